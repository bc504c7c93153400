"""Forms of teams."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, Regexp

from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.learning.audiences import Audience
from lms.programme.teams import labels
from lms.programme.teams.services import LONGEST_NAME

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


class TeamForm(OnceForm):
    """A team's name and target."""

    name = StringField(
        _l("Name of the team"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Give the team a name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)],
    )
    target = StringField(
        _l("Share that should be trained, in percent (optional)"),
        description=_l("A whole number from 1 to 100, for example 80"),
        widget=GovTextInput(),
        validators=[
            Optional(),
            Regexp(r"^\s*[0-9]{1,3}\s*$", message=_l("Give a whole number from 1 to 100, or leave it empty.")),
        ],
        render_kw={"inputmode": "numeric"},
    )

    @property
    def percent(self) -> int | None:
        """The target that was typed."""
        typed = (self.target.data or "").strip()
        return int(typed) if typed else None


class NewTeamForm(TeamForm):
    """A new team: who is in it as well, since that stays."""

    whom = RadioField(
        _l("Who is in it?"),
        choices=[SelectChoice(each.value, _l(text)) for each, text in labels.WHOM.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose who is in this team: council staff, or employers."))],
    )

    def audience(self) -> Audience:
        """Who is in it."""
        return Audience(self.whom.data)


class InviteForm(OnceForm):
    """One of the council's people who is not here yet."""

    name = StringField(
        _l("Name"),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter their name.")), Length(max=120, message=_TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )
    email = StringField(
        _l("E-mail address"),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Give an e-mail address to which the invitation goes.")),
            Length(max=254, message=_TOO_LONG),
        ],
        render_kw={"type": "email", "spellcheck": "false", "autocomplete": "off"},
    )
    course = SelectField(_l("Course"), widget=GovSelect())

    def offer(self, courses: Iterable[tuple[str, str]]) -> None:
        """Which courses there are for them."""
        self.course.choices = [SelectChoice(code, title) for code, title in courses]
