"""Forms of groups."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.core.web.fields import Checkboxes, DayField, DayNeeded
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.programme.groups.services import LONGEST_NAME, About


class GroupForm(OnceForm):
    """What a group is."""

    name = StringField(
        _l("What is the group called?"),
        description=_l("For example, Autumn 2026. Members see it."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Give the group a name.")),
            Length(max=LONGEST_NAME, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )
    course = SelectField(_l("Is it for one course? (optional)"), widget=GovSelect())
    since = DayField(_l("From which day?"), earliest=2015, latest=2100, validators=[DayNeeded()])
    until = DayField(_l("Until which day? (optional)"), earliest=2015, latest=2100)

    def offer(self, courses: Iterable[tuple[str, str]]) -> None:
        """Which courses there are."""
        self.course.choices = [SelectChoice("", _("Any course")), *(SelectChoice(*each) for each in courses)]

    def about(self) -> About:
        """What was typed; only once it is valid."""
        assert self.since.data is not None  # the form asked for it
        return About(self.name.data or "", self.course.data or None, self.since.data, self.until.data)


class MembersForm(OnceForm):
    """Who comes into a group, and from when on."""

    since = DayField(_l("From which day are they in the group?"), earliest=2015, latest=2100, validators=[DayNeeded()])
    people = SelectMultipleField(
        _l("Who?"), widget=Checkboxes(), validators=[InputRequired(_l("Tick at least one person."))]
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Put in whom one can tick."""
        self.people.choices = [SelectChoice(*each) for each in people]


class LeaveForm(OnceForm):
    """The last day of somebody in a group."""

    until = DayField(_l("What was their last day in the group?"), earliest=2015, latest=2100, validators=[DayNeeded()])
