"""Forms of mentoring."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, Regexp

from lms.core.web.fields import Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.programme.mentors import labels
from lms.programme.mentors.services import LONGEST_AREA, LONGEST_PURPOSE, Reach
from lms.programme.mentors.words import Kind, Way

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")
_CHOOSE = _l("Choose one.")


class _ReachForm(OnceForm):
    kind = RadioField(
        _l("You are here as"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.KINDS.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    tongue = RadioField(
        _l("Which language do you like to speak?"),
        choices=[SelectChoice(code, _l(text)) for code, text in labels.LANGUAGES.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    way = RadioField(
        _l("How do you want to be reached?"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.WAYS.items()],
        widget=Radios(),
        validators=[InputRequired(_CHOOSE)],
    )
    address = StringField(
        _l("The e-mail address or telephone number for that"),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Give the e-mail address or telephone number by which you want to be reached.")),
            Length(max=254, message=_TOO_LONG),
        ],
        render_kw={"spellcheck": "false"},
    )
    area = StringField(
        _l("Your town or village (optional)"),
        description=_l("Helps to find somebody near. No street."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=LONGEST_AREA, message=_TOO_LONG)],
    )

    def narrow(self, kinds: Iterable[Kind]) -> None:
        """Offer only what somebody is here."""
        mine = {each.value for each in kinds}
        self.kind.choices = [
            SelectChoice(each.value, _(text)) for each, text in labels.KINDS.items() if each.value in mine
        ]
        if len(mine) == 1 and self.kind.data is None:
            self.kind.data = mine.pop()

    def reach(self) -> Reach:
        """How they want to be reached."""
        return Reach(Way(self.way.data), self.address.data or "")


class OfferForm(_ReachForm):
    """Somebody agrees to be a mentor."""

    for_what = TextAreaField(
        _l("What can you talk about with somebody new? (optional)"),
        description=_l("For example: first weeks as an employer, night support, hiring. Only coordinators read this."),
        widget=GovTextArea(),
        validators=[Optional(), Length(max=LONGEST_PURPOSE, message=_TOO_LONG)],
    )
    room = StringField(
        _l("For how many people at once do you have time?"),
        widget=GovTextInput(),
        default="1",
        validators=[
            InputRequired(_l("Give a whole number from 1 to 10.")),
            Regexp(r"^\s*([1-9]|10)\s*$", message=_l("Give a whole number from 1 to 10.")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    agreed = BooleanField(_l("I agree to all of this"), widget=Tick())


class WishForm(_ReachForm):
    """Somebody new asks for a mentor."""

    name = StringField(
        _l("The name the mentor should use"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter your name.")), Length(max=120, message=_TOO_LONG)],
        render_kw={"autocomplete": "name"},
    )
    near = BooleanField(_l("I would like somebody from near me"), widget=Tick())
    agreed = BooleanField(_l("I agree to all of this"), widget=Tick())


class TouchForm(OnceForm):
    """A mentor got in touch."""

    minutes = StringField(
        _l("For how many minutes? (optional)"),
        widget=GovTextInput(),
        validators=[
            Optional(),
            Regexp(r"^\s*[0-9]{1,3}\s*$", message=_l("Give the minutes as a whole number, or leave them out.")),
        ],
        render_kw={"inputmode": "numeric"},
    )

    @property
    def number(self) -> int | None:
        """The minutes that were typed."""
        typed = (self.minutes.data or "").strip()
        return int(typed) if typed else None


class ApartForm(OnceForm):
    """Two people who are never matched."""

    one = SelectField(_l("One person"), widget=GovSelect(), validators=[InputRequired(_CHOOSE)])
    other = SelectField(_l("The other person"), widget=GovSelect(), validators=[InputRequired(_CHOOSE)])

    def offer(self, found: Iterable[tuple[str, str]]) -> None:
        """Who there is."""
        choices = [SelectChoice("", _("Choose somebody")), *(SelectChoice(id, name) for id, name in found)]
        self.one.choices, self.other.choices = choices, choices
