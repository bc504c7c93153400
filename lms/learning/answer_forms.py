"""The form of a question, one for each kind, and what was sent of it, in the words of the question.

Names of fields, for pages and scripts alike: `answer` for what is chosen, typed or written; `answer_<name>` for each
line of a match, whose value is the name of what was chosen for it, and for each step to be put in order, whose value is
its number. The names of lines and steps are opaque: authored codes would say what belongs where.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from lms.core.content import Words
from lms.core.web.forms import LmsForm
from lms.core.web.texts import _, _l, language
from lms.learning.questions import Answer, Match, PutInOrder, Question, TypedAnswer, Written
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.questions.typed import LONGEST_TYPED
from lms.learning.questions.written import LONGEST_WRITTEN

Sent = MultiDict[str, str]
_PREFIX = "answer_"
_UP, _DOWN = "up", "down"


def sent_answer(question: Question, data: Sent, seed: str) -> Answer:
    """What was sent for a question, in its codes. Steps with the same number keep the order in which they stand."""
    if isinstance(question, Match):
        lines = ((name, data.get(_PREFIX + name, "")) for name, _words in question.shown(seed).lefts)
        return question.from_tokens([f"{name}={value}" for name, value in lines if value], seed)
    if isinstance(question, PutInOrder):
        names = [name for name, _words in question.shown(seed)]
        if not any(_PREFIX + name in data for name in names):
            return ()
        return question.from_tokens(sorted(names, key=lambda name: _number(data.get(_PREFIX + name, ""))), seed)
    return tuple(value for value in data.getlist("answer") if value)


def _number(text: str) -> int:
    """A number on a page; what is none comes last."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 100


def moved(question: Question, data: Sent, seed: str) -> Answer | None:
    """The order after one of the buttons “move up” or “move down”; None when none of them was pressed."""
    name, _colon, way = data.get("move", "").partition(":")
    if not isinstance(question, PutInOrder) or way not in {_UP, _DOWN}:
        return None
    order = list(sent_answer(question, data, seed))
    (code,) = question.from_tokens([name], seed)
    if code not in order:
        return None
    at = order.index(code)
    to = min(max(at + (1 if way == _DOWN else -1), 0), len(order) - 1)
    order.insert(to, order.pop(at))
    return tuple(order)


class AnswerForm(LmsForm):
    """What the form of every kind offers: the answer it holds, in the question's codes."""

    question: Question
    seed: str
    kept: Answer
    held: Answer | None = None
    """What to show whatever was sent: for pages that work it out before."""

    def given(self) -> Answer:
        """What was sent, or what was kept before."""
        if self.held is not None:
            return self.held
        return sent_answer(self.question, request.form, self.seed) if request.method == "POST" else self.kept


class ChoiceForm(AnswerForm):
    """One choice of several."""

    answer = RadioField(validators=[InputRequired(_l("Choose an answer."))])


class SeveralForm(AnswerForm):
    """Any number of choices."""

    answer = SelectMultipleField(validators=[InputRequired(_l("Choose at least one answer."))])


class TypedForm(AnswerForm):
    """A few words or a number."""

    answer = StringField(
        validators=[
            InputRequired(_l("Type your answer.")),
            Length(max=LONGEST_TYPED, message=_l("Shorten your answer. A few words are enough.")),
        ]
    )


class WrittenForm(AnswerForm):
    """An answer in one's own words."""

    answer = TextAreaField(
        validators=[
            InputRequired(_l("Write your answer. A few sentences are enough.")),
            Length(max=LONGEST_WRITTEN, message=_l("Shorten this to at most %(max)d characters.")),
        ]
    )


class MatchForm(AnswerForm):
    """One choice for each line."""

    question: Match

    def lines(self) -> list[tuple[Any, Words]]:
        """Each line's field with its words, in the order of the page."""
        return [(self[_PREFIX + name], words) for name, words in self.question.shown(self.seed).lefts]

    def rights(self) -> Sequence[tuple[str, Words]]:
        """What can be chosen, by name."""
        return self.question.shown(self.seed).rights

    def chosen(self) -> Mapping[str, str]:
        """The name of what is chosen, by the name of the field."""
        pairs = (entry.split("=", 1) for entry in self.question.tokens(self._decodable(), self.seed))
        return {_PREFIX + left: right for left, right in pairs}

    def _decodable(self) -> Answer:
        return tuple(entry for entry in self.given() if self.question.trouble([entry]) is None)


class OrderForm(AnswerForm):
    """A number for each step."""

    question: PutInOrder

    def steps(self) -> list[tuple[Any, Words]]:
        """Each step's field with its words, in the order given so far, or in the first, shuffled one."""
        shown = dict(self.question.shown(self.seed))
        order = self.question.tokens(self.given(), self.seed) or tuple(shown)
        return [(self[_PREFIX + name], shown[name]) for name in order]


class _OwnNumber:
    """Refuses a number that another step has as well."""

    def __call__(self, form: LmsForm, field: Any) -> None:
        numbers = [each.data for each in form if each.name.startswith(_PREFIX)]
        if numbers.count(field.data) > 1:
            raise ValidationError(_("Two steps have the number %(number)s. Give each its own.", number=field.data))


def answer_form(question: Question, kept: Answer, seed: str) -> AnswerForm:
    """The form of a question, filled with the answer kept so far."""
    if isinstance(question, Match):
        form = _made(MatchForm, _lines(question, seed))
    elif isinstance(question, PutInOrder):
        form = _made(OrderForm, _steps(question, seed))
    else:
        form = _one_field(question, kept)
    form.question, form.seed, form.kept = question, seed, kept
    return form


def _one_field(question: Question, kept: Answer) -> AnswerForm:
    one = kept[0] if kept else None
    if isinstance(question, TypedAnswer):
        return TypedForm(answer=one)
    if isinstance(question, Written):
        return WrittenForm(answer=one)
    assert isinstance(question, ChoiceQuestion)
    form = SeveralForm(answer=list(kept)) if question.several else ChoiceForm(answer=one)
    form.answer.choices = [SelectChoice(option.code, option.text.text(language())) for option in question.options]
    return form


def _lines(question: Match, seed: str) -> dict[str, Any]:
    shown, tongue = question.shown(seed), language()
    choices = [SelectChoice(name, words.text(tongue)) for name, words in shown.rights]
    return {
        _PREFIX + name: SelectField(
            choices=[SelectChoice("", _("Choose one")), *choices],
            validators=[InputRequired(_("Choose an answer for this line: %(line)s", line=words.text(tongue)))],
        )
        for name, words in shown.lefts
    }


def _steps(question: PutInOrder, seed: str) -> dict[str, Any]:
    numbers = [SelectChoice(str(n), str(n)) for n in range(1, len(question.steps) + 1)]
    return {
        _PREFIX + name: SelectField(choices=numbers, validators=[_OwnNumber()]) for name, _words in question.shown(seed)
    }


def _made(base: type[AnswerForm], fields: Mapping[str, Any]) -> AnswerForm:
    """A form with a field for each line or step of this very question."""
    return cast("AnswerForm", type(base.__name__, (base,), dict(fields))())
