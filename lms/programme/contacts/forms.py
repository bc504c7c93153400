"""Forms of contacts, call-backs and alerts."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.core.web.fields import DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.programme.contacts import labels
from lms.programme.contacts.alerts import LONGEST_SAID
from lms.programme.contacts.services import LONGEST_NOTE

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_CHOOSE = _l("Choose one.")


class ContactForm(OnceForm):
    """Whom somebody turns to, and how they are reached."""

    contact = SelectField(_l("Who is their contact?"), widget=GovSelect())
    email = StringField(
        _l("E-mail address they can write to"),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=254, message=_TOO_LONG)],
        render_kw={"type": "email", "spellcheck": "false", "autocomplete": "off"},
    )
    phone = StringField(
        _l("Telephone number they can call"),
        description=_l("A number at work. They see it on their page."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=40, message=_TOO_LONG)],
        render_kw={"type": "tel", "autocomplete": "off"},
    )

    def offer(self, staff: Iterable[tuple[str, str]]) -> None:
        """Who there is."""
        self.contact.choices = [SelectChoice("", _("Nobody"))] + [SelectChoice(id, name) for id, name in staff]


class NoteForm(OnceForm):
    """What was spoken."""

    on = DayField(_l("When did you speak?"), earliest=2015, latest=2100, validators=[DayNeeded()])
    way = RadioField(
        _l("How?"),
        choices=[SelectChoice(way.value, _l(text)) for way, text in labels.WAYS.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    with_whom = RadioField(
        _l("With whom?"),
        choices=[SelectChoice(who.value, _l(text)) for who, text in labels.WITH.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    said = TextAreaField(
        _l("What was it about, in short?"),
        description=_l(
            "The person can ask to read this. Write nothing about anybody’s health, nothing about offences, and no "
            "names of other people."
        ),
        widget=GovTextArea(),
        validators=[InputRequired(_l("Write in short what you spoke about.")), Length(max=LONGEST_NOTE)],
    )


class PlanForm(OnceForm):
    """After how many days people are called back."""

    days = StringField(
        _l("How many days after the start?"),
        description=_l("One to six numbers with commas between them, for example 28, 90"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Give at least one number of days.")), Length(max=60)],
    )
    employers = BooleanField(_l("Call employers as well"), widget=Tick())

    def validate_days(self, field: StringField) -> None:
        """Whole numbers, and nothing else."""
        if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in _parts(field.data)):
            raise ValidationError(_("Give whole numbers of days, with commas between them."))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that were typed, once they are."""
        return tuple(int(part) for part in _parts(self.days.data))


def _parts(text: str | None) -> list[str]:
    return (text or "").replace(",", " ").split()


class NamePersonForm(OnceForm):
    """Somebody is named for alerts."""

    person = SelectField(_l("Who?"), widget=GovSelect(), validators=[InputRequired(_CHOOSE)])
    since = DayField(_l("From which day?"), earliest=2020, latest=2100, validators=[DayNeeded()])
    until = DayField(_l("Until which day? (optional)"), earliest=2020, latest=2100)

    def offer(self, staff: Iterable[tuple[str, str]]) -> None:
        """Who there is."""
        self.person.choices = [SelectChoice("", _("Choose somebody"))] + [SelectChoice(id, name) for id, name in staff]


class CloseForm(OnceForm):
    """What was done about an alert."""

    referral = RadioField(
        _l("What was done?"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.REFERRALS.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    said = TextAreaField(
        _l("What came of it, or why nothing further is done"),
        description=_l("Only those named for alerts read this."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_SAID)],
    )
