"""Forms of study: an activity's text."""

from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import LmsForm
from lms.core.web.texts import _l
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
