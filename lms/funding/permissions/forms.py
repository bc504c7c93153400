"""Forms of permissions. What is chosen is checked again where it is stored."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.core.i18n import LANGUAGE_NAMES
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.funding.permissions import texts
from lms.funding.permissions.rules import Action, GivenHow
from lms.funding.permissions.services import LONGEST_NOTE

Choice = tuple[str, str]

_HOW_ON_BEHALF = [how for how in GivenHow if how is not GivenHow.IN_PALMS]


class AdviserForm(OnceForm):
    """A coordinator invites somebody who advises for an organisation."""

    name = StringField(
        _l("Name"), widget=GovTextInput(), validators=[InputRequired(_l("Enter their name.")), Length(max=120)]
    )
    email = StringField(
        _l("E-mail address"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter their e-mail address.")), Length(max=254)],
    )
    language = RadioField(
        _l("Which language shall we write to them in?"),
        choices=[SelectChoice(str(code), name) for code, name in LANGUAGE_NAMES.items()],
        default="en",
        widget=Radios(),
    )


class GiveForm(OnceForm):
    """An employer says who may act, about whom and what, and until when."""

    delegate = RadioField(
        _l("Who may act for you?"),
        widget=Radios(),
        validators=[InputRequired(_l("Choose an organisation."))],
    )
    actions = SelectMultipleField(
        _l("What may they do?"),
        choices=[SelectChoice(action.value, _l(label)) for action, label in texts.ACTIONS.items()],
        widget=Checkboxes(),
        validators=[InputRequired(_l("Choose at least one thing that they may do."))],
    )
    workers = SelectMultipleField(
        _l("About which of your PAs?"),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Choose at least one PA."))],
    )
    schemes = SelectMultipleField(
        _l("For which money?"),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Choose for which money they may act."))],
    )
    ends_on = DayField(
        _l("Until when?"),
        description=_l("The last day counts. Two years from now at most. You can end it earlier at any time."),
        earliest=2020,
        latest=2100,
        validators=[DayNeeded()],
    )

    def offer(self, delegates: Iterable[Choice], schemes: Iterable[Choice], workers: Iterable[Choice]) -> None:
        """What there is to choose from."""
        for field, choices in ((self.delegate, delegates), (self.schemes, schemes), (self.workers, workers)):
            field.choices = [SelectChoice(value, label) for value, label in choices]

    @property
    def worker_ids(self) -> list[UUID]:
        """The PAs chosen; only of a form that validated."""
        return [UUID(value) for value in self.workers.data or ()]

    @property
    def allowed(self) -> list[Action]:
        """What they may do; only of a form that validated."""
        return [Action(value) for value in self.actions.data or ()]

    @property
    def last_day(self) -> date:
        """The last day; only of a form that validated."""
        assert self.ends_on.data is not None
        return self.ends_on.data


class WriteDownForm(GiveForm):
    """The desk writes down a permission that an employer gave otherwise."""

    given_how = RadioField(
        _l("How did the employer give it?"),
        choices=[SelectChoice(how.value, _l(texts.GIVEN_HOW[how])) for how in _HOW_ON_BEHALF],
        widget=Radios(),
        validators=[InputRequired(_l("Choose how the employer gave it."))],
    )
    note = TextAreaField(
        _l("When was it, and who heard or saw it?"),
        description=_l("The employer reads this too. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Say when it was and who heard or saw it.")),
            Length(max=LONGEST_NOTE, message=_l("Use at most 500 characters.")),
        ],
    )

    def offer(self, delegates: Iterable[Choice], schemes: Iterable[Choice], workers: Iterable[Choice]) -> None:
        """What there is to choose from, asked of somebody who is not the employer."""
        super().offer(delegates, schemes, workers)
        self.delegate.label.text = _("Who may act for the employer?")
        self.workers.label.text = _("About which PAs?")


def choices_of(pairs: Collection[tuple[UUID, str]]) -> list[Choice]:
    """Ids and names as choices."""
    return [(str(id), name) for id, name in pairs]
