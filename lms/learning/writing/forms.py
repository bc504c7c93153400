"""Forms of writing for the learner."""

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import LmsForm
from lms.core.web.texts import _l
from lms.learning.services import LONGEST_TEXT


class AgainForm(LmsForm):
    """A new version of a text that came back."""

    text = TextAreaField(
        _l("Your text"),
        description=_l("Change what you like. The earlier version stays as it was."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Write something first. A few words are enough to begin.")),
            Length(max=LONGEST_TEXT, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )
