"""Forms about assessors' competence. Lengths are bounded here and once more where they are stored."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from lms.assessment.competence.labels import BASES, EMPLOYERS, MARKS, RELATIONS, TRAININGS
from lms.assessment.competence.rules import (
    MOST_COUNTERSIGNED,
    Basis,
    Employers,
    Mark,
    Policy,
    Relation,
    Training,
)
from lms.assessment.competence.services import LONGEST_WORDS
from lms.assessment.deciding.rules import ReviewOutcome
from lms.core.web.fields import Checkboxes, DayField, DayNeeded, Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l

TOO_LONG = _l("Shorten this to at most %(max)d characters.")


def _choices(labels: Any) -> list[SelectChoice]:
    return [SelectChoice(str(code), _l(text)) for code, text in labels.items()]


def _words(label: Any, description: Any, needed: Any) -> TextAreaField:
    return TextAreaField(
        label,
        description=description,
        widget=GovTextArea(),
        validators=[InputRequired(needed), Length(max=LONGEST_WORDS, message=TOO_LONG)],
    )


def _last_day(label: Any) -> DayField:
    return DayField(label, description=_l("Leave this empty if it has no end."), earliest=2015)


class CompetenceForm(OnceForm):
    """Record that somebody may decide on several standards at once."""

    units = SelectMultipleField(
        _l("Which standards?"), widget=Checkboxes(), validators=[InputRequired(_l("Choose at least one standard."))]
    )
    basis = RadioField(
        _l("What does it rest on?"),
        choices=_choices(BASES),
        widget=Radios(),
        validators=[InputRequired(_l("Choose what it rests on."))],
    )
    words = _words(
        _l("Say more"),
        _l("For example the name of the qualification, or how many years of what work. The assessor reads this."),
        _l("Write what it rests on."),
    )
    since = DayField(
        _l("First day"),
        description=_l("They may decide on work seen from this day on. For example, 21 11 2026."),
        validators=[DayNeeded()],
        earliest=1980,
    )
    until = _last_day(_l("Last day (optional)"))

    def offer(self, units: list[tuple[str, str]]) -> None:
        """Fill the list of standards."""
        self.units.choices = [SelectChoice(*each) for each in units]

    def chosen(self) -> Basis:
        """The basis, once the form is valid."""
        return Basis(self.basis.data)


class TrainingForm(OnceForm):
    """Record how somebody learned to assess."""

    kind = RadioField(
        _l("What kind of training?"),
        choices=_choices(TRAININGS),
        widget=Radios(),
        validators=[InputRequired(_l("Choose the kind of training."))],
    )
    words = _words(
        _l("What was it?"), _l("The name of the award or the training, and who gave it."), _l("Write what it was.")
    )
    done_on = DayField(
        _l("When was it done?"), description=_l("For example, 21 11 2026."), validators=[DayNeeded()], earliest=1980
    )
    until = _last_day(_l("Counts until (optional)"))

    def chosen(self) -> Training:
        """The kind, once the form is valid."""
        return Training(self.kind.data)


class MarkForm(OnceForm):
    """Say something of an assessor as a whole."""

    mark = RadioField(
        _l("What do you want to say of this assessor?"),
        choices=_choices(MARKS),
        widget=Radios(),
        validators=[InputRequired(_l("Choose one."))],
    )
    reason = _words(_l("Why?"), _l("The assessor reads this."), _l("Write why. The assessor reads it."))
    until = _last_day(_l("Last day (optional)"))

    def chosen(self) -> Mark:
        """The mark, once the form is valid."""
        return Mark(self.mark.data)


class EndForm(OnceForm):
    """End something that is on record."""

    last_day = DayField(
        _l("Last day"), description=_l("Today or an earlier day."), validators=[DayNeeded()], earliest=1980
    )
    reason = _words(_l("Why?"), _l("The assessor reads this."), _l("Write why."))


class TieForm(OnceForm):
    """How one is tied to a learner."""

    relation = RadioField(widget=Radios(), validators=[InputRequired(_l("Choose one answer."))])
    since = DayField(
        _l("Since when? (optional)"), description=_l("Leave this empty if it was always so."), earliest=1930
    )

    def ask(self, question: str, none: str) -> None:
        """Put names into the question, and into the answer that there is nothing."""
        self.relation.label.text = question
        self.relation.choices = [
            SelectChoice(Relation.NONE.value, none),
            *(SelectChoice(str(code), _(text)) for code, text in RELATIONS.items() if code is not Relation.NONE),
        ]

    def chosen(self) -> Relation:
        """The answer, once the form is valid."""
        return Relation(self.relation.data)


class PersonTieForm(TieForm):
    """The same, about somebody who is chosen first."""

    person = RadioField(_l("Who?"), widget=Radios(), validators=[InputRequired(_l("Choose who."))])

    def offer(self, those: list[tuple[str, str]]) -> None:
        """Fill the list of people."""
        self.person.choices = [SelectChoice(*each) for each in those]


class PolicyForm(OnceForm):
    """How an authority lets people decide."""

    employers = RadioField(
        _l("May employers decide on the standards themselves?"),
        description=_l("An employer's decision is always marked as such, and looked at sooner by quality assurers."),
        choices=_choices(EMPLOYERS),
        widget=Radios(),
        validators=[InputRequired(_l("Choose one answer."))],
    )
    first = IntegerField(
        _l("How many first decisions of a new assessor does somebody else countersign?"),
        description=_l("0 means none. A decision that waits for this does not count yet."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a number. 0 means none.")),
            NumberRange(min=0, max=MOST_COUNTERSIGNED, message=_l("Enter a number from %(min)s to %(max)s.")),
        ],
    )
    training = BooleanField(
        _l("Nobody decides without training as an assessor that counts today"), widget=Tick(), validators=[Optional()]
    )

    def chosen(self) -> Policy:
        """The policy, once the form is valid."""
        return Policy(
            employers=Employers(self.employers.data), first=self.first.data or 0, training=bool(self.training.data)
        )


class CountersignForm(OnceForm):
    """Agree with a decision, or send it back."""

    outcome = RadioField(
        _l("What do you say?"),
        choices=[
            SelectChoice(ReviewOutcome.AGREED.value, _l("I agree with this decision")),
            SelectChoice(ReviewOutcome.SENT_BACK.value, _l("I send it back")),
        ],
        widget=Radios(),
        validators=[InputRequired(_l("Choose one answer."))],
    )
    word = TextAreaField(
        _l("A word to whoever decided (optional)"),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_WORDS, message=TOO_LONG)],
    )
    action = TextAreaField(
        _l("If you send it back: what should they do?"),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_WORDS, message=TOO_LONG)],
    )
    due_on = DayField(_l("If you send it back: until when?"), description=_l("For example, 21 11 2026."), earliest=2020)

    @property
    def sends_back(self) -> bool:
        """Whether it is sent back."""
        return bool(self.outcome.data == ReviewOutcome.SENT_BACK.value)

    def validate_action(self, field: Any) -> None:
        """Somebody whose decision is sent back is told what to do."""
        if self.sends_back and not (field.data or "").strip():
            raise ValidationError(_("Write what they should do."))

    def validate_due_on(self, field: Any) -> None:
        """And until when."""
        if self.sends_back and field.data is None and not field.errors:
            raise ValidationError(_("Enter the day until which they should do it."))
