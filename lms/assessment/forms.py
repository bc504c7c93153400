"""Forms of assessment, and the words for what is stored as codes."""

from datetime import date, timedelta
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.assessment.admission import WRONG_DAYS
from lms.assessment.deciding.labels import NOT_COUNTING
from lms.assessment.rules import Capacity, Judgement, Setting, UnitState, wrong_day
from lms.assessment.services import Seen
from lms.assessment.texts import LONGEST_FEEDBACK, LONGEST_SEEN
from lms.core import i18n
from lms.core.web.fields import DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l, language

LABELS: dict[str, dict[Any, Any]] = {
    "settings": {
        Setting.OWN_HOME: _l("In the person's own home"),
        Setting.OUT_AND_ABOUT: _l("Out and about"),
        Setting.WORK_OR_STUDY: _l("At the person's work or place of study"),
        Setting.SOMEWHERE_ELSE: _l("Somewhere else"),
    },
    "judgements": {Judgement.MET: _l("Met"), Judgement.NOT_YET_MET: _l("Not yet met")},
    "not_counting": {decided: _l(text) for decided, text in NOT_COUNTING.items()},
    "capacities": {
        Capacity.ASSESSOR: _l("assessor"),
        Capacity.EMPLOYER: _l("employer"),
        Capacity.REPRESENTATIVE: _l("acting for the employer"),
    },
    "states": {
        UnitState.NOT_SEEN: _l("Not seen yet"),
        UnitState.NOT_YET_MET: _l("Not yet met"),
        UnitState.READY: _l("Ready to sign off"),
        UnitState.SIGNED_OFF: _l("Signed off"),
    },
    "criteria": {
        UnitState.NOT_SEEN: _l("Not seen yet"),
        UnitState.NOT_YET_MET: _l("Not yet met"),
        UnitState.READY: _l("Met"),
        UnitState.SIGNED_OFF: _l("Signed off"),
    },
    "colours": {
        UnitState.NOT_SEEN: "grey",
        UnitState.NOT_YET_MET: "yellow",
        UnitState.READY: "blue",
        UnitState.SIGNED_OFF: "green",
    },
    "marks": {
        UnitState.NOT_SEEN: "missing",
        UnitState.NOT_YET_MET: "waiting",
        UnitState.READY: "waiting",
        UnitState.SIGNED_OFF: "met",
    },
}
"""What pages say for codes; `colours` and `marks` are ends of class names."""

_INITIALS = _l("Use initials. Do not write names, addresses or health details of the person supported.")


def _what() -> TextAreaField:
    return TextAreaField(
        _l("What did you see?"),
        description=_INITIALS,
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write what you saw. One sentence is enough.")),
            Length(max=LONGEST_SEEN, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )


def _feedback() -> TextAreaField:
    too_long = Length(max=LONGEST_FEEDBACK, message=_l("Shorten this to at most %(max)d characters."))
    return TextAreaField(widget=GovTextArea(), validators=[too_long])


class _SeenForm(OnceForm):
    """What an assessor and a household are both asked; each form has the fields in the order of its page."""

    what_was_seen: TextAreaField
    judgement: RadioField
    feedback: TextAreaField
    enrolled_on: date
    today: date

    def since(self, enrolled_on: date, today: date) -> None:
        """Tell the form between which days something can have been seen."""
        self.enrolled_on, self.today = enrolled_on, today

    def validate_feedback(self, field: Any) -> None:
        """Somebody who cannot do it yet is told what to work on."""
        if self.judgement.data == Judgement.NOT_YET_MET and not (field.data or "").strip():
            raise ValidationError(_("Write what should be different next time, so that they know what to work on."))

    def _check_day(self, day: date | None) -> None:
        problem = wrong_day(day, enrolled_on=self.enrolled_on, today=self.today) if day else None
        if problem:
            raise ValidationError(_(WRONG_DAYS[problem]))


class ObserveForm(_SeenForm):
    """An assessor records what they saw and judges it."""

    seen_on = DayField(
        _l("When did you see it?"),
        description=_l("For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=2015,
    )
    setting = RadioField(
        _l("Where was it?"),
        description=_l("The kind of place only, never an address."),
        choices=[SelectChoice(str(kind), text) for kind, text in LABELS["settings"].items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose the kind of place."))],
    )
    what_was_seen = _what()
    judgement = RadioField(
        _l("What do you judge?"),
        choices=[SelectChoice(str(kind), text) for kind, text in LABELS["judgements"].items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose “Met” or “Not yet met”."))],
    )
    feedback = _feedback()

    def for_learner(self, name: str) -> None:
        """Put the learner's name into what is asked."""
        self.what_was_seen.label.text = _("What did you see %(name)s do?", name=name)
        self.feedback.label.text = _("Feedback for %(name)s", name=name)
        self.feedback.description = _("%(name)s reads this. It is needed when you choose “Not yet met”.", name=name)

    def validate_seen_on(self, field: Any) -> None:
        """The day has come, and is not before the enrolment."""
        self._check_day(field.data)

    def seen(self) -> Seen:
        """What was filled in."""
        return Seen(
            on=self.seen_on.data or self.today,
            setting=Setting(self.setting.data),
            text=self.what_was_seen.data or "",
            judgement=Judgement(self.judgement.data),
            feedback=self.feedback.data or "",
        )


class HouseholdForm(_SeenForm):
    """An employer, or somebody acting for them, says what they saw: few questions, and signs off in the same step."""

    which_day = RadioField(
        _l("Which day?"),
        choices=[SelectChoice(which) for which in ("today", "yesterday", "other")],
        widget=Radios(),
        validators=[InputRequired(_l("Choose the day."))],
    )
    other_day = DayField(_l("If it was another day: which?"), description=_l("For example, 21 11 2026."), earliest=2015)
    what_was_seen = _what()
    judgement = RadioField(
        choices=[SelectChoice(str(Judgement.MET), _l("Yes")), SelectChoice(str(Judgement.NOT_YET_MET), _l("Not yet"))],
        widget=Radios(),
        validators=[InputRequired(_l("Choose “Yes” or “Not yet”."))],
    )
    sure = BooleanField(widget=Tick())
    signed = BooleanField(widget=Tick())
    feedback = _feedback()

    def for_learner(self, name: str, statement: str | None) -> None:
        """Put the PA's name and the statement into the questions; None: this answer alone cannot sign the unit off."""
        self.sure.label.text = _(
            "I saw it myself, it was %(name)s’s own work, and what I saw is enough to be sure they can do it now",
            name=name,
        )
        self.sure.description = _("Needed for “Yes”.")
        tongue, yesterday = language(), self.today - timedelta(days=1)
        self.which_day.choices = [
            SelectChoice("today", _("Today, %(day)s", day=i18n.day(self.today, tongue))),
            SelectChoice("yesterday", _("Yesterday, %(day)s", day=i18n.day(yesterday, tongue))),
            SelectChoice("other", _("Another day")),
        ]
        self.what_was_seen.label.text = _("What did you see %(name)s do?", name=name)
        self.what_was_seen.description = _("One sentence is enough. Please do not write private things.")
        self.judgement.label.text = _("Did %(name)s do it?", name=name)
        self.feedback.label.text = _("If not yet: what should %(name)s do differently next time?", name=name)
        self.feedback.description = _("%(name)s reads this.", name=name)
        if statement is None:
            del self.signed
        else:
            self.signed.label.text = statement
            self.signed.description = _("Only if you chose “Yes”. Your name and today's date stand beside it.")

    def validate_other_day(self, field: Any) -> None:
        """Another day has to be given, have come, and not be before the enrolment; else the boxes do not matter."""
        if self.which_day.data != "other":
            field.errors = []
        elif not field.errors:
            if field.data is None:
                raise ValidationError(_("Enter the day on which you saw it."))
            self._check_day(field.data)

    def validate_which_day(self, field: Any) -> None:
        """The chosen day is not before the enrolment."""
        if field.data != "other":
            self._check_day(self.day())

    def day(self) -> date | None:
        """The day that was chosen."""
        if self.which_day.data == "other":
            return self.other_day.data
        return self.today - timedelta(days=self.which_day.data == "yesterday")

    def only_tells(self) -> None:
        """Leave out what decides: the words are kept as what a witness saw."""
        for name in ("judgement", "sure", "signed", "feedback"):
            if name in self:
                del self[name]

    def validate_sure(self, field: Any) -> None:
        """The five that every decision needs, asked in one: who cannot say it has not seen enough."""
        if not field.data and self.judgement.data == Judgement.MET:
            raise ValidationError(_("Tick this if you can say it. If you cannot, choose “Not yet”."))

    def validate_signed(self, field: Any) -> None:
        """“Not yet” and a sign-off contradict each other: ask, since we cannot know which was meant."""
        if field.data and self.judgement.data == Judgement.NOT_YET_MET:
            raise ValidationError(_("You chose “Not yet”. Untick this box, or choose “Yes”."))

    def signs_off(self) -> bool:
        """Whether the unit is signed off in the same step."""
        return "signed" in self and bool(self.signed.data)

    def seen(self) -> Seen:
        """What was filled in. Where it was is not asked: fewer questions for somebody who tires."""
        return Seen(
            on=self.day() or self.today,
            text=self.what_was_seen.data or "",
            judgement=Judgement(self.judgement.data),
            feedback=self.feedback.data or "",
        )


class SignOffForm(OnceForm):
    """Confirm the statement."""

    agreed = BooleanField(
        widget=Tick(), validators=[InputRequired(_l("Tick the box if you can say this. If not, do not sign off."))]
    )


class AllocateForm(OnceForm):
    """Choose an assessor for a learner."""

    assessor = SelectField(
        _l("Assessor"), widget=GovSelect(), validators=[InputRequired(_l("Choose an assessor."))], default=""
    )
    since = DayField(
        _l("First day"),
        description=_l("They can judge what they see from this day on. For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=2015,
    )

    def offer(self, assessors: list[tuple[str, str]]) -> None:
        """Fill the list of assessors."""
        self.assessor.choices = [
            SelectChoice("", _("Choose an assessor")),
            *(SelectChoice(*each) for each in assessors),
        ]
