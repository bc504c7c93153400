"""Forms of the settings."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.core.web.fields import DayField, DayNeeded
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.people.forms import ROLE_NAMES
from lms.programme.authority.terms import GIVEN, LONGEST_REASON

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


def _line(label: Any, hint: Any = "", *, longest: int, needed: Any = None) -> StringField:
    checks: list[Any] = [InputRequired(needed)] if needed is not None else []
    return StringField(
        label, description=hint, widget=GovTextInput(), validators=[*checks, Length(max=longest, message=_TOO_LONG)]
    )


class NameForm(LmsForm):
    """What an authority is called."""

    name = _line(_l("Name in English"), longest=120, needed=_l("Enter a name."))
    name_cy = _line(_l("Name in Welsh (optional)"), longest=120)
    was = HiddenField()
    was_cy = HiddenField()


class ColoursForm(OnceForm):
    """The colours of an authority's pages."""

    header = _line(_l("Header"), _l("Behind your name at the top of every page."), longest=20)
    link = _line(_l("Links"), _l("Words one can follow, and lines around cards."), longest=20)
    button = _line(_l("Buttons"), _l("Behind white words."), longest=20)
    seen = HiddenField()


_WHY = _l("The other administrators read this.")
_NO_END = _l("Leave it empty while you do not know it. They and the administrators are told 14 days before.")


def _reason() -> StringField:
    return _line(_l("Why?"), _WHY, longest=LONGEST_REASON, needed=_l("Say in a few words why."))


class GiveForm(OnceForm):
    """Somebody is to have a role."""

    name = _line(_l("Full name"), longest=120, needed=_l("Enter a name."))
    email = StringField(
        _l("E-mail address at work"),
        description=_l("Somebody who is not here yet gets an invitation to this address."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter an e-mail address.")), Length(max=254, message=_TOO_LONG)],
        render_kw={"type": "email", "spellcheck": "false", "autocomplete": "off"},
    )
    role = SelectField(_l("Which role?"), widget=GovSelect(), validators=[InputRequired(_l("Choose a role."))])
    since = DayField(_l("First day"), earliest=2020, latest=2100, validators=[DayNeeded()])
    until = DayField(_l("Last day (optional)"), description=_NO_END, earliest=2020, latest=2100)
    reason = _reason()

    def offer(self) -> None:
        """Which roles there are."""
        named = [SelectChoice(role.value, str(ROLE_NAMES[role])) for role in GIVEN]
        self.role.choices = [SelectChoice("", _("Choose a role")), *named]


class EndForm(OnceForm):
    """Another last day for a role."""

    until = DayField(_l("Last day (optional)"), description=_NO_END, earliest=2020, latest=2100)
    reason = _reason()
    seen = HiddenField()


class EndNowForm(OnceForm):
    """A role ends at once."""

    reason = _reason()
