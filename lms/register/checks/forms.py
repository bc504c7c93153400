"""Forms of checks. The one field of free text says when and where to meet, and is looked through before it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.register.checks.kinds import Outcome
from lms.register.checks.labels import DECISIONS, FACTORS, OUTCOMES, STATUS_RESULTS
from lms.register.checks.steps import LONGEST_PLACE
from lms.register.disclosures import Decision, Factor, FollowUp, StatusResult
from lms.register.forms import DisclosureForm, NoOffences


def _choices(named: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(str(value), _l(label)) for value, label in named.items()]


class CertificateForm(DisclosureForm):
    """A DBS certificate, with its number where the PA agreed to status checks."""

    number = StringField(
        _l("The certificate’s number (you can leave this out)"),
        description=_l("12 digits. Only for asking the update service. It is deleted by itself after about 6 months."),
        widget=GovTextInput(),
        validators=[Length(max=20, message=_l("A DBS certificate’s number has 12 digits."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-10"},
    )


class StepForm(OnceForm):
    """A step that follows a certificate with content: the day it was taken."""

    done_on = DayField(
        _l("The day you did this"),
        description=_l("For example 21 11 2026."),
        earliest=2000,
        latest=2100,
        validators=[DayNeeded()],
    )

    def chosen(self) -> dict[str, Any]:
        """What the step carries beside its day."""
        return {}


class InvitationForm(StepForm):
    """When and where the PA is invited to talk. The invitation goes out now, so it is of today."""

    done_on = None  # type: ignore[assignment]  # a form leaves a field of its base out so
    place = TextAreaField(
        _l("When and where can you talk?"),
        description=_l(
            "The PA reads this. For example: Tuesday 24 November at 10:30, Town Hall, room 3, or by video. "
            "Write nothing about what the certificate says."
        ),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Say when and where you can talk. The PA reads it.")),
            Length(max=LONGEST_PLACE, message=_l("Shorten this to at most %(max)d characters.")),
            NoOffences(),
        ],
    )

    def chosen(self) -> dict[str, Any]:
        """When and where."""
        return {"place": self.place.data or ""}


class FactorsForm(StepForm):
    """What was weighed: that it was, not what it came to."""

    factors = SelectMultipleField(
        _l("What did you weigh?"),
        description=_l("Tick what you talked about. What was said is written down nowhere."),
        choices=_choices(FACTORS),
        widget=Checkboxes(),
        validators=[InputRequired(_l("Tick what you weighed."))],
    )

    def chosen(self) -> dict[str, Any]:
        """The factors ticked."""
        return {"factors": [Factor(each) for each in self.factors.data or []]}


class DecisionForm(StepForm):
    """What was decided after the discussion."""

    decision = RadioField(
        _l("What do you decide?"),
        description=_l("Your name stands with it. “With conditions” and “do not go on” need a second person."),
        choices=_choices(DECISIONS),
        widget=Radios(),
        validators=[InputRequired(_l("Choose what was decided."))],
    )

    def chosen(self) -> dict[str, Any]:
        """What was decided."""
        return {"decision": Decision(self.decision.data)}


class SecondForm(StepForm):
    """A second person agrees to a decision, or does not."""

    agrees = RadioField(
        _l("Do you agree?"),
        choices=[
            SelectChoice(FollowUp.AGREED.value, _l("Yes, I agree. The PA is told at once")),
            SelectChoice(FollowUp.NOT_AGREED.value, _l("No. It has to be decided again")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Say whether you agree."))],
    )


FORMS: Mapping[FollowUp, type[StepForm]] = {
    FollowUp.INVITED: InvitationForm,
    FollowUp.DISCUSSED: StepForm,
    FollowUp.CONSIDERED: FactorsForm,
    FollowUp.DECIDED: DecisionForm,
    FollowUp.AGREED: SecondForm,
    FollowUp.TOLD: StepForm,
}


class StatusForm(OnceForm):
    """What the update service answered."""

    done_on = DayField(
        _l("The day you asked"),
        description=_l("For example 21 11 2026."),
        earliest=2000,
        latest=2100,
        validators=[DayNeeded()],
    )
    result = RadioField(
        _l("What did the service answer?"),
        choices=_choices(STATUS_RESULTS),
        widget=Radios(),
        validators=[InputRequired(_l("Choose what the service answered."))],
    )

    def answer(self) -> StatusResult:
        """The answer."""
        return StatusResult(self.result.data)


class ReviewForm(OnceForm):
    """Somebody who had no part in a decision looks at it again."""

    outcome = RadioField(
        _l("What does your review come to?"),
        choices=_choices(OUTCOMES),
        widget=Radios(),
        validators=[InputRequired(_l("Say what your review comes to."))],
    )
    decision = RadioField(
        _l("If it is decided anew: what do you decide?"), widget=Radios(), validate_choice=False, default=""
    )

    def leave_out(self, stands: Decision | None) -> None:
        """The decision that stands is not among the new ones."""
        offered = {each: words for each, words in DECISIONS.items() if each is not stands}
        self.known = {each.value for each in offered}
        self.decision.choices = _choices(offered)

    def validate_decision(self, field: RadioField) -> None:
        """A new decision is one of the list."""
        if self.outcome.data == Outcome.DECIDED_ANEW and field.data not in self.known:
            raise ValidationError(_("Choose another decision, or say that it stands."))

    def anew(self) -> Decision | None:
        """The new decision, where there is one."""
        return Decision(self.decision.data) if self.outcome.data == Outcome.DECIDED_ANEW else None


class SureForm(OnceForm):
    """One button."""


class EmployersForm(LmsForm):
    """The PA ticks which employers may know a decision."""

    employers = SelectMultipleField(
        _l("Who may know what was decided?"),
        description=_l("They learn the decision and its day, and nothing else. You can take it back at any time."),
        widget=Checkboxes(),
    )

    def offer(self, employers: Sequence[tuple[str, str]]) -> None:
        """The PA's own employers."""
        self.employers.choices = [SelectChoice(*each) for each in employers]


class OnDayForm(LmsForm):
    """A day to look at."""

    on = DayField(_l("On which day?"), earliest=2015, latest=2100)
