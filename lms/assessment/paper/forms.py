"""The form with which a paper is entered: a field for each question as it stands on the sheet."""

from collections.abc import Mapping
from typing import Any, cast

from flask import request
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.core.web.fields import Checkboxes, Radios, Tick
from lms.core.web.papers import PaperForm
from lms.core.web.texts import _, _l, language
from lms.learning.answer_forms import sent_answer
from lms.learning.catalogue import Module
from lms.learning.checks import AttemptView
from lms.learning.paper.sheets import Line, OnPaper, on_paper
from lms.learning.questions import Answer, Match, PutInOrder, TypedAnswer, Written
from lms.learning.questions.typed import LONGEST_TYPED
from lms.learning.questions.written import LONGEST_WRITTEN
from lms.learning.services import LONGEST_TEXT

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


class RecordForm(PaperForm):
    """What stands on a paper. `attempt` and `number` name the sheet it was entered from."""

    attempt = HiddenField()
    number = StringField(
        _l("Number of the check, from the top of the sheet"),
        description=_l("For example K7Q-M2D. It makes sure that you enter the right sheet."),
        widget=GovTextInput(),
        validators=[Length(max=20, message=_TOO_LONG)],
    )
    lessons = SelectMultipleField(_l("Lessons ticked on the sheet as read"), widget=Checkboxes())
    activity = TextAreaField(
        _l("The activity, word for word (you can leave this out)"),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_TEXT, message=_TOO_LONG)],
    )
    declared = BooleanField(
        _l("I entered what stands on the paper, no more and no less"),
        widget=Tick(),
        validators=[InputRequired(_l("Tick this once you have compared your entries with the paper."))],
    )

    asked: tuple[OnPaper, ...] = ()
    seed: str = ""

    def fields_of(self, each: OnPaper) -> list[Any]:
        """The fields of one question, in the order of the sheet."""
        return [self[name] for name in _names(each)]

    def answers(self) -> dict[str, Answer]:
        """What was entered, by question, in its codes; blank ones are left out. Says at the field what is amiss."""
        found = {}
        for each in self.asked:
            if isinstance(each.question, PutInOrder) and not self._in_order(each):
                continue
            answer = sent_answer(each.question, _of_one(each), self.seed)
            if each.question.canonical(answer):
                found[each.question.code] = answer
        return found

    def _in_order(self, each: OnPaper) -> bool:
        """Whether every step has a number of its own. All blank is fine and no order."""
        fields = self.fields_of(each)
        numbers = [field.data for field in fields if field.data]
        if numbers and len(set(numbers)) < len(fields):
            fields[0].errors = [
                _("Give each step the number from the paper, each its own, or leave all of them empty.")
            ]
        return len(set(numbers)) == len(fields)


def record_form(module: Module, attempt: AttemptView | None) -> RecordForm:
    """The form of a learner's module, with the questions of the attempt when there is one."""
    asked = on_paper(attempt) if attempt else ()
    fields = {name: field for each in asked for name, field in _fields(each).items()}
    form = cast("RecordForm", type("RecordForm", (RecordForm,), fields)(attempt=str(attempt.id) if attempt else ""))
    form.asked, form.seed = asked, attempt.seed if attempt else ""
    form.lessons.choices = [
        SelectChoice(lesson.code, f"{n}. {lesson.title.text(language())}")
        for n, lesson in enumerate(module.lessons, start=1)
    ]
    return form


def _name(each: OnPaper) -> str:
    return f"question-{each.number}"


def _names(each: OnPaper) -> list[str]:
    if each.lines:
        return [f"{_name(each)}-{line.value}" for line in each.lines]
    return [_name(each)]


def _of_one(each: OnPaper) -> "MultiDict[str, str]":
    """What was sent for one question, under the names a question's own page would send it."""
    prefix = _name(each)
    sent: MultiDict[str, str] = MultiDict()
    for name in _names(each):
        for value in request.form.getlist(name):
            sent.add("answer" + name.removeprefix(prefix).replace("-", "_"), value)
    return sent


def _fields(each: OnPaper) -> Mapping[str, Any]:
    question, title = each.question, f"{each.number}. {each.question.text.text(language())}"
    if isinstance(question, Match):
        letters = [(line.value, line.mark) for line in each.choices]
        return {_names(each)[i]: _select(_marked(line), letters) for i, line in enumerate(each.lines)}
    if isinstance(question, PutInOrder):
        numbers = [(str(n), str(n)) for n in range(1, len(each.lines) + 1)]
        return {_names(each)[i]: _select(_marked(line), numbers) for i, line in enumerate(each.lines)}
    if isinstance(question, TypedAnswer):
        limit = Length(max=LONGEST_TYPED, message=_TOO_LONG)
        return {_name(each): StringField(title, widget=GovTextInput(), validators=[limit])}
    if isinstance(question, Written):
        limit = Length(max=LONGEST_WRITTEN, message=_TOO_LONG)
        return {_name(each): TextAreaField(title, widget=GovTextArea(), validators=[limit])}
    choices = [SelectChoice(line.value, _marked(line)) for line in each.choices]
    if question.several:
        return {_name(each): SelectMultipleField(title, choices=choices, widget=Checkboxes())}
    blank = SelectChoice("", _("Nothing, or it cannot be read"))
    return {_name(each): RadioField(title, choices=[*choices, blank], default="", widget=Radios())}


def _select(label: str, choices: list[tuple[str, str]]) -> SelectField:
    offered = [SelectChoice("", _("Empty")), *(SelectChoice(*each) for each in choices)]
    return SelectField(label, choices=offered, default="", widget=GovSelect())


def _marked(line: Line) -> str:
    return f"{line.mark}. {line.words.text(language())}"
