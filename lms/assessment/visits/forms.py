"""Forms of visits: choosing between two versions, and what becomes of what was not filed."""

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length

from lms.assessment.visits.settling import LONGEST_WORD
from lms.core.web.fields import DayField, DayNeeded, Radios
from lms.core.web.forms import LmsForm
from lms.core.web.texts import _l


class ChooseForm(LmsForm):
    """Which of two versions to use. `seen` says what the page showed."""

    which = RadioField(
        _l("Which one do you use?"),
        widget=Radios(),
        choices=[
            SelectChoice("phone", _l("The draft from my visit")),
            SelectChoice("here", _l("What stands here")),
        ],
        validators=[InputRequired(_l("Choose one. The other is kept in the record too."))],
    )
    seen = HiddenField()


class FileForm(LmsForm):
    """File a kept observation, of a day."""

    on = DayField(_l("The day it was seen"), validators=[DayNeeded()])


class CloseForm(LmsForm):
    """Close something without filing it."""

    word = TextAreaField(
        _l("Why is it not filed?"),
        description=_l("A few words. The assessor reads them."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write a few words: why it is not filed.")),
            Length(max=LONGEST_WORD, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )
