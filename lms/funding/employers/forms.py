"""Forms of the six questions, of accepting, and of bank details. What is typed is checked again where it is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from wtforms import BooleanField, Field, HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.core.spelling import visible
from lms.core.web.fields import DayField, Radios, Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l
from lms.funding.employers import texts
from lms.funding.employers.answers import LONGEST_COURSE, Answers, Booked, ForWhom, Lives, Step, Wages
from lms.funding.employers.rules import Cost
from lms.funding.money import Pence, pence_in
from lms.people.forms import as_id

OTHER = "other"
"""The choice of a course that is not taught here."""


class CourseForm(LmsForm):
    """Which PA, and which course?"""

    pa = RadioField(_l("Which PA?"), widget=Radios(), validators=[InputRequired(_l("Choose a PA."))])
    training = RadioField(_l("Which course?"), widget=Radios(), validators=[InputRequired(_l("Choose a course."))])
    course_name = StringField(
        _l("If it is another course: what is it called?"),
        description=_l("For example “First aid at work”. At most 40 characters. Do not write about anybody's health."),
        widget=GovTextInput(),
        validators=[Optional(), Length(max=LONGEST_COURSE, message=_l("Use at most 40 characters."))],
    )

    def offer(self, pas: Iterable[tuple[str, str]], courses: Iterable[tuple[str, str]]) -> None:
        """The PAs and courses to choose from."""
        self.pa.choices = [SelectChoice(value, label) for value, label in pas]
        listed = [SelectChoice(value, label) for value, label in courses]
        self.training.choices = [*listed, SelectChoice(OTHER, _l("Another course"))]

    def validate_course_name(self, field: Field) -> None:
        """Another course has a name."""
        if self.training.data == OTHER and not " ".join(visible(field.data or "").split()):
            raise ValidationError(_("Enter what the course is called."))

    def begin_with(self, answers: Answers) -> None:
        """Fill in what was answered before."""
        self.pa.data = str(answers.pa_id) if answers.pa_id else None
        self.training.data = answers.training or (OTHER if answers.course_name else None)
        self.course_name.data = answers.course_name

    def given(self) -> Mapping[str, Any]:
        """The PA and the course."""
        other = self.training.data == OTHER
        name = " ".join(visible(self.course_name.data or "").split())
        return {
            "pa_id": as_id(self.pa.data),
            "training": None if other else self.training.data,
            "course_name": name if other else None,
        }


class WagesForm(LmsForm):
    """What are the wages paid from?"""

    wages = RadioField(
        _l(texts.QUESTIONS[Step.WAGES]),
        description=_l("Some money is only for people who employ their PA themselves."),
        choices=[SelectChoice(each.value, _l(label)) for each, label in texts.WAGES.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose what you pay the wages from."))],
    )

    def begin_with(self, answers: Answers) -> None:
        """Fill in what was answered before."""
        self.wages.data = answers.wages.value if answers.wages else None

    def given(self) -> Mapping[str, Any]:
        """From what the PA is paid."""
        return {"wages": Wages(self.wages.data)}


class HomeForm(LmsForm):
    """Where does the employer live?"""

    lives = RadioField(
        _l(texts.QUESTIONS[Step.HOME]),
        description=_l("Each nation has its own money for training."),
        choices=[SelectChoice(each.value, _l(label)) for each, label in texts.LIVES.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose where you live."))],
    )

    def begin_with(self, answers: Answers) -> None:
        """Fill in what was answered before."""
        self.lives.data = answers.lives.value if answers.lives else None

    def given(self) -> Mapping[str, Any]:
        """Where the employer lives."""
        return {"lives": Lives(self.lives.data)}


class ForWhomForm(LmsForm):
    """Whom does the PA support?"""

    for_whom = RadioField(
        _l(texts.QUESTIONS[Step.FOR_WHOM]),
        choices=[SelectChoice(each.value, _l(label)) for each, label in texts.FOR_WHOM.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose whom your PA supports."))],
    )

    def begin_with(self, answers: Answers) -> None:
        """Fill in what was answered before."""
        self.for_whom.data = answers.for_whom.value if answers.for_whom else None

    def given(self) -> Mapping[str, Any]:
        """Whom the PA supports."""
        return {"for_whom": ForWhom(self.for_whom.data)}


class BookedForm(LmsForm):
    """Is the course booked already?"""

    booked = RadioField(
        _l(texts.QUESTIONS[Step.BOOKED]),
        description=_l("Some money has to be asked for before anything is booked."),
        choices=[SelectChoice(each.value, _l(label)) for each, label in texts.BOOKED.items()],
        widget=Radios(),
        validators=[InputRequired(_l("Choose whether the course is booked."))],
    )
    starts_on = DayField(
        _l("When does the course start?"),
        description=_l("Leave it empty when you do not know yet. For example 15 1 2027."),
        earliest=2015,
        latest=2100,
        validators=[Optional()],
    )

    def begin_with(self, answers: Answers) -> None:
        """Fill in what was answered before."""
        self.booked.data = answers.booked.value if answers.booked else None
        self.starts_on.data = answers.starts_on

    def given(self) -> Mapping[str, Any]:
        """How far the booking is, and when the course starts where that is known."""
        return {"booked": Booked(self.booked.data), "starts_on": self.starts_on.data}


class _Pounds:
    """An amount in pounds, or nothing."""

    def __call__(self, form: Any, field: Field) -> None:
        typed = (field.data or "").strip()
        if typed and not pence_in(typed):
            raise ValidationError(_("Enter an amount of pounds above nothing, such as 40 or 40.50."))


def _cost(label: str) -> StringField:
    return StringField(
        _l(label),
        widget=GovTextInput(),
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
        validators=[Length(max=20, message=_l("Use at most 20 characters.")), _Pounds()],
    )


class CostsForm(LmsForm):
    """What will it cost?"""

    course = _cost(texts.COSTS[Cost.COURSE])
    travel = _cost(texts.COSTS[Cost.TRAVEL])
    cover = _cost(texts.COSTS[Cost.COVER])

    def validate_course(self, field: Field) -> None:
        """At least one of the three costs something."""
        if not any((each.data or "").strip() for each in (self.course, self.travel, self.cover)):
            raise ValidationError(_("Enter at least one cost."))

    def begin_with(self, answers: Answers) -> None:
        """Fill in what was answered before."""
        for field, pence in ((self.course, answers.course), (self.travel, answers.travel), (self.cover, answers.cover)):
            field.data = f"{pence // 100}.{pence % 100:02}" if pence else ""

    def given(self) -> Mapping[str, Any]:
        """The three costs in pence."""
        return {"course": _pence(self.course), "travel": _pence(self.travel), "cover": _pence(self.cover)}


def _pence(field: StringField) -> Pence | None:
    typed = (field.data or "").strip()
    return pence_in(typed) if typed else None


StepForm = CourseForm | WagesForm | HomeForm | ForWhomForm | BookedForm | CostsForm
"""One of the six questions: each begins with what was answered before, and says what is given now."""

FORMS: Mapping[Step, type[StepForm]] = {
    Step.COURSE: CourseForm,
    Step.WAGES: WagesForm,
    Step.HOME: HomeForm,
    Step.FOR_WHOM: ForWhomForm,
    Step.BOOKED: BookedForm,
    Step.COSTS: CostsForm,
}


class AcceptForm(OnceForm):
    """The employer accepts the terms of an application."""

    version = HiddenField()
    agree = BooleanField(
        _l("I have read this, it is true, and I accept the terms"),
        widget=Tick(),
        validators=[InputRequired(_l("Tick the box to accept, or go back without accepting."))],
    )

    @property
    def shown_version(self) -> int:
        """Which version of the application was shown; none that ever stood when it was tampered with."""
        typed = self.version.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


class AccountForm(OnceForm):
    """The account that money is paid to, with the employer's own password again."""

    holder = StringField(
        _l("Name on the account"),
        description=_l("As it stands on your bank card or letters from your bank."),
        widget=GovTextInput(),
        render_kw={"autocomplete": "name", "spellcheck": "false"},
        validators=[InputRequired(_l("Enter the name on the account.")), Length(max=120)],
    )
    sort_code = StringField(
        _l("Sort code"),
        description=_l("6 digits, like 12-34-56."),
        widget=GovTextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
        validators=[InputRequired(_l("Enter the sort code.")), Length(max=20)],
    )
    number = StringField(
        _l("Account number"),
        description=_l("6 to 8 digits."),
        widget=GovTextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"},
        validators=[InputRequired(_l("Enter the account number.")), Length(max=20)],
    )
    own = BooleanField(
        _l("This account is in my own name"),
        widget=Tick(),
        validators=[InputRequired(_l("The money can only be paid to an account in your own name."))],
    )
    password = PasswordField(
        _l("Your PALMS password"),
        description=_l("So that nobody else can change where your money goes."),
        widget=GovPasswordInput(),
        render_kw={"autocomplete": "current-password"},
        validators=[InputRequired(_l("Enter your password.")), Length(max=200)],
    )
    code = StringField(
        _l("Code from your app"),
        description=_l("Only where you sign in with a second step."),
        widget=GovTextInput(),
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
        validators=[Optional(), Length(max=20)],
    )
