"""Forms about a change of rules."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.register.changing.rules import MOST_DAYS_BEFORE


class AskForm(OnceForm):
    """Work out what a draft would change."""


class DaysForm(LmsForm):
    """How long before a change those affected are told."""

    days_before = IntegerField(
        _l("Days before the change"),
        widget=GovTextInput(),
        validators=[
            InputRequired(_l("Enter a number of days.")),
            NumberRange(1, MOST_DAYS_BEFORE, _l("Enter a number of days from 1 to 180.")),
        ],
    )
