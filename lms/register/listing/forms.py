"""Forms of the listing pages. Each stands on a page that says first what will happen. None has a text field."""

from collections.abc import Iterable

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from lms.core.web.fields import DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l


class ReasonForm(OnceForm):
    """A move with a reason; `withheld` is taken away where the rules do not know it."""

    reason = RadioField(_l("Why?"), widget=Radios(), validators=[InputRequired(_l("Choose why."))])
    withheld = BooleanField(
        _l("Do not tell the PA the reason"),
        description=_l("The rules of this register allow that. The PA is told that no reason is given."),
        widget=Tick(),
    )

    def offer(self, reasons: Iterable[tuple[str, str]], *, may_withhold: bool) -> None:
        """Let somebody choose among these reasons, each with its sentence."""
        self.reason.choices = [SelectChoice(value, sentence) for value, sentence in reasons]
        if not may_withhold:
            del self.withheld

    def is_withheld(self) -> bool:
        """Whether the PA is not told why."""
        return "withheld" in self and bool(self.withheld.data)


class AnswerForm(OnceForm):
    """The answer to a review."""

    changed = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice("no", _l("The decision stands")),
            SelectChoice("yes", _l("The decision is changed")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what you decide."))],
    )


class WaiverForm(OnceForm):
    """Do without one requirement for a time."""

    reason = RadioField(_l("Why?"), widget=Radios(), validators=[InputRequired(_l("Choose why."))])
    seen = RadioField(
        _l("What have you seen?"),
        description=_l("It is not kept here. Give it back."),
        widget=Radios(),
        validators=[InputRequired(_l("Choose what you have seen."))],
    )
    ends_on = DayField(_l("Until when? This day is included."), validators=[DayNeeded()])

    def offer(self, reasons: Iterable[tuple[str, str]], seen: Iterable[tuple[str, str]]) -> None:
        """Let somebody choose among these reasons and kinds of evidence."""
        self.reason.choices = [SelectChoice(value, _(sentence)) for value, sentence in reasons]
        self.seen.choices = [SelectChoice(value, _(sentence)) for value, sentence in seen]
