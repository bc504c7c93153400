"""Forms of study: an activity's text, and the answer to a question."""

from collections.abc import Sequence

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import LmsForm
from lms.core.web.texts import _l
from lms.learning.questions import Question
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.services import LONGEST_TEXT


class ActivityForm(LmsForm):
    """What a learner writes about their own practice."""

    text = TextAreaField(
        _l("Your writing"),
        description=_l("Save as often as you like. Every saving is kept."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write something first. A few words are enough to begin.")),
            Length(max=LONGEST_TEXT, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )


class OneAnswerForm(LmsForm):
    """One choice of several."""

    answer = RadioField(validators=[InputRequired(_l("Choose an answer."))])

    def chosen(self) -> list[str]:
        """The code of the choice, in a list."""
        return [self.answer.data] if self.answer.data else []


class SeveralAnswersForm(LmsForm):
    """Any number of choices."""

    answer = SelectMultipleField(validators=[InputRequired(_l("Choose at least one answer."))])

    def chosen(self) -> list[str]:
        """The codes of the choices."""
        return list(self.answer.data or [])


def answer_form(question: Question, chosen: Sequence[str]) -> OneAnswerForm | SeveralAnswersForm:
    """The form for a question, with what was chosen before."""
    choices = (
        [(option.code, option.text.en) for option in question.options] if isinstance(question, ChoiceQuestion) else []
    )
    form = (
        SeveralAnswersForm(answer=list(chosen))
        if question.several
        else OneAnswerForm(answer=chosen[0] if chosen else None)
    )
    form.answer.choices = choices
    return form
