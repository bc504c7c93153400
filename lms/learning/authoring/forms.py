"""Forms of authoring: a report, what is written back, a corrected key, and a file of questions."""

from collections.abc import Sequence

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSelect, GovTextArea
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.learning.authoring.services import LONGEST_NOTE

_TOO_LONG = _l("Shorten this to at most %(max)d characters.")


class NoteForm(LmsForm):
    """What the learner is told of what they reported."""

    note = TextAreaField(
        _l("Write back to the learner"),
        description=_l("One or two plain sentences: what you looked at and what you changed, or why not."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write to the learner what you did about it. One sentence is enough.")),
            Length(max=LONGEST_NOTE, message=_TOO_LONG),
        ],
    )


class ReasonForm(OnceForm):
    """Why a key is corrected; with the spellings where the answer is typed."""

    accepted = TextAreaField(
        _l("Answers that are right"),
        description=_l("One on each line. Capital letters, spaces and full stops at the end make no difference."),
        widget=GovTextArea(),
    )
    reason = TextAreaField(
        _l("Why was the key wrong?"),
        description=_l("Learners who were asked this question read it."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Say why the key was wrong. Learners read it.")),
            Length(max=LONGEST_NOTE, message=_TOO_LONG),
        ],
    )


class ImportForm(LmsForm):
    """A file of questions, and the module and outcome they are for."""

    file = FileField(
        _l("File of questions"),
        description=_l("GIFT (.txt, .gift) or Moodle XML (.xml), at most 5 MB. Nothing is changed by looking at it."),
        widget=GovFileInput(),
        validators=[FileRequired(_l("Choose a file."))],
    )
    outcome = SelectField(
        _l("Outcome"),
        description=_l("For questions that name no outcome themselves."),
        widget=GovSelect(),
        validators=[InputRequired(_l("Choose an outcome."))],
    )

    def offer(self, outcomes: Sequence[tuple[str, str]]) -> None:
        """The outcomes to choose from, by code, with what they say."""
        self.outcome.choices = [SelectChoice(code, f"{code}: {text}") for code, text in outcomes]
