"""Forms of study on paper, for the learner's side."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from lms.core.web.forms import LmsForm
from lms.core.web.texts import _l
from lms.learning.paper.rules import LONGEST_NAME


class NameForm(LmsForm):
    """What stands on the paper as the name."""

    name = StringField(
        _l("What should stand on the paper as the name?"),
        description=_l("Initials are enough. Paper can get lost, and then it tells nobody who it belongs to."),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Say what stands on the paper as the name. Initials are enough.")),
            Length(max=LONGEST_NAME, message=_l("Shorten this to at most %(max)d characters.")),
        ],
    )
