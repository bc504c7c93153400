"""Forms of links: one small form for each kind of question, and the form by which somebody is asked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from lms.assessment.links import rules
from lms.assessment.links.queries import Candidate
from lms.assessment.links.rules import Day, Kind, Question
from lms.assessment.links.services import WITNESS, Whom
from lms.assessment.links.texts import OTHER, QUESTIONS, TODAY, WRONG_DAYS, YESTERDAY
from lms.core import i18n
from lms.core.i18n import LANGUAGE_NAMES
from lms.core.web.fields import Checkboxes, DayField, Radios
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _, _l, language

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


def _texts(field: Any) -> list[tuple[str, str]]:
    """The choices of a field, as code and text."""
    return [(str(choice.value), str(choice.label)) for choice in field.choices]


class AnswerForm(LmsForm):
    """What every page of a link has: the answer, as a code or text, and as it is read back."""

    def fill(self, value: str) -> None:
        """Show what was answered before."""
        raise NotImplementedError

    def value(self) -> str:
        """The answer as it is kept."""
        raise NotImplementedError

    def said(self) -> str:
        """The answer as it is read back."""
        raise NotImplementedError

    def offered(self) -> list[str]:
        """What stood there to choose from."""
        return []


class ChoiceForm(AnswerForm):
    """One of a few answers."""

    answer = RadioField(widget=Radios(), validators=[InputRequired(_l("Choose one answer."))])

    def fill(self, value: str) -> None:
        self.answer.data = value

    def value(self) -> str:
        return str(self.answer.data)

    def said(self) -> str:
        return dict(self._choices())[self.value()]

    def offered(self) -> list[str]:
        return [text for _code, text in self._choices()]

    def _choices(self) -> list[tuple[str, str]]:
        return _texts(self.answer)


class DayForm(AnswerForm):
    """Today, yesterday, or another day in three boxes."""

    answer = RadioField(widget=Radios(), validators=[InputRequired(_l("Choose the day."))])
    other = DayField(_l("If it was another day: which?"), description=_l("For example, 21 11 2026."), earliest=2015)
    enrolled_on: date
    today: date

    def between(self, enrolled_on: date, today: date) -> None:
        """Say which days there can be."""
        self.enrolled_on, self.today = enrolled_on, today
        tongue = language()
        shown = {
            Day.TODAY: _(TODAY, day=i18n.day(today, tongue)),
            Day.YESTERDAY: _(YESTERDAY, day=i18n.day(today - timedelta(days=1), tongue)),
            Day.OTHER: _(OTHER),
        }
        self.answer.choices = [SelectChoice(str(code), text) for code, text in shown.items()]

    def fill(self, value: str) -> None:
        """A day that was given stays that day, also when it is opened again tomorrow."""
        day = date.fromisoformat(value)
        near = {self.today: Day.TODAY, self.today - timedelta(days=1): Day.YESTERDAY}
        self.answer.data = str(near.get(day, Day.OTHER))
        if self.answer.data == Day.OTHER:
            self.other.data = day

    def validate_other(self, field: Any) -> None:
        """Another day has to be given; else its boxes do not matter."""
        if self.answer.data != Day.OTHER:
            field.errors = []
        elif not field.errors:
            if field.data is None:
                raise ValidationError(_("Enter the day on which you saw it."))
            self._check(field.data)

    def validate_answer(self, field: Any) -> None:
        """The chosen day is not before the enrolment."""
        if field.data in {Day.TODAY, Day.YESTERDAY}:
            self._check(self.day())

    def _check(self, day: date) -> None:
        problem = rules.wrong_day(day, enrolled_on=self.enrolled_on, today=self.today)
        if problem is not None:
            raise ValidationError(_(WRONG_DAYS[problem]))

    def day(self) -> date:
        """The day that was chosen."""
        if self.answer.data == Day.OTHER and self.other.data:
            found: date = self.other.data
            return found
        return self.today - timedelta(days=self.answer.data == Day.YESTERDAY)

    def value(self) -> str:
        return self.day().isoformat()

    def said(self) -> str:
        return i18n.day(self.day(), language())

    def offered(self) -> list[str]:
        return [text for _code, text in _texts(self.answer)]


class TextForm(AnswerForm):
    """Some words of one's own."""

    answer = TextAreaField(widget=GovTextArea(), validators=[InputRequired(_l("Write or say a few words."))])

    def at_most(self, longest: int) -> None:
        """Bound the text."""
        too_long = Length(max=longest, message=str(_TOO_LONG))
        self.answer.validators = [*self.answer.validators, too_long]

    def fill(self, value: str) -> None:
        self.answer.data = value

    def value(self) -> str:
        return (self.answer.data or "").strip()

    def said(self) -> str:
        return self.value()


def form_for(question: Question, *, name: str, enrolled_on: date, today: date) -> AnswerForm:
    """The form of a question, in this request's language. `name` is the learner's first name."""
    if question.kind is Kind.DAY:
        day = DayForm()
        day.between(enrolled_on, today)
        return day
    if question.kind in {Kind.WHAT, Kind.NEXT}:
        text = TextForm()
        text.at_most(rules.LONGEST_SAID if question.kind is Kind.WHAT else rules.LONGEST_NEXT)
        return text
    choice = ChoiceForm()
    listed = QUESTIONS[question.kind].choices
    choice.answer.choices = [SelectChoice(str(code), _(text, name=name)) for code, text in listed]
    return choice


class NotRightForm(OnceForm):
    """Say afterwards that something was not right."""

    text = TextAreaField(
        _l("What was not right?"),
        description=_l("It is added beside your answer. What you said before stays as it was."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write what was not right.")),
            Length(max=rules.LONGEST_NOTE, message=_TOO_LONG),
        ],
    )


class AskForm(OnceForm):
    """Ask somebody by a one-time link: about what, whom, and where to send it."""

    lines = SelectMultipleField(widget=Checkboxes(), validators=[InputRequired(_l("Choose what they can have seen."))])
    whom = RadioField(_l("Who saw it?"), widget=Radios(), validators=[InputRequired(_l("Choose whom to ask."))])
    name = StringField(
        _l("Their name"),
        widget=GovTextInput(),
        validators=[Length(max=rules.LONGEST_NAME, message=_TOO_LONG)],
    )
    relation = StringField(
        _l("What do they have to do with the work?"),
        description=_l("For example: district nurse, the other PA, a neighbour who was there."),
        widget=GovTextInput(),
        validators=[Length(max=rules.LONGEST_RELATION, message=_TOO_LONG)],
    )
    email = StringField(_l("Their e-mail address"), widget=GovTextInput(), validators=[Length(max=254)])
    phone = StringField(
        _l("Or their mobile number"),
        description=_l("We send a text message. Give one of the two."),
        widget=GovTextInput(),
        validators=[Length(max=30)],
    )
    language = RadioField(
        _l("Which language should we write to them in?"),
        choices=[SelectChoice(str(code), name) for code, name in LANGUAGE_NAMES.items()],
        default="en",
        widget=Radios(),
    )

    def offer(
        self, lines: Sequence[tuple[str, str]], known: Sequence[Candidate], *, learner: str | None, texts: bool
    ) -> None:
        """Fill the choices. `learner` is the learner's name, None when they ask themselves."""
        self.lines.label.text = (
            _("What can they have seen %(name)s do?", name=learner) if learner else _("What can they have seen you do?")
        )
        self.lines.description = _("At most %(most)s. Each is a page of its own for them.", most=rules.MOST_LINES)
        self.lines.choices = [SelectChoice(*each) for each in lines]
        self.whom.choices = [
            *(SelectChoice(one.key, one.name) for one in known),
            SelectChoice(WITNESS, _("Somebody else who saw it")),
        ]
        self._unreached = {one.key for one in known if one.email is None}
        if not texts:
            del self.phone

    def validate_name(self, field: Any) -> None:
        """A witness has a name."""
        if self.whom.data == WITNESS and not (field.data or "").strip():
            raise ValidationError(_("Enter the name of the person you ask."))

    def validate_relation(self, field: Any) -> None:
        """It is said what a witness has to do with the work."""
        if self.whom.data == WITNESS and not (field.data or "").strip():
            raise ValidationError(_("Say what they have to do with the work, such as “district nurse”."))

    def validate_email(self, field: Any) -> None:
        """There is a way to them."""
        typed = any((part.data or "").strip() for part in (field, self._fields.get("phone")) if part is not None)
        if (self.whom.data == WITNESS or self.whom.data in self._unreached) and not typed:
            raise ValidationError(_("Give an e-mail address, so that we can send the link."))

    def asked(self) -> Whom:
        """Whom to ask."""
        phone = self._fields.get("phone")
        return Whom(
            key=self.whom.data or "",
            name=self.name.data or "",
            relation=self.relation.data or "",
            email=self.email.data or "",
            phone=(phone.data if phone is not None else "") or "",
        )


class DaysForm(OnceForm):
    """How many days links work."""

    days = IntegerField(
        _l("How many days does a link work?"),
        description=_l("From 2 to 60. Links that were sent already keep their day."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a number of days.")),
            NumberRange(rules.FEWEST_DAYS, rules.MOST_DAYS, message=_l("Choose between 2 and 60 days.")),
        ],
    )


class HandInForm(LmsForm):
    """Hand in what was read through."""

    read = HiddenField()
