"""The form in which an authority says for how many years contacts are kept."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import IntegerField
from wtforms.validators import NumberRange, Optional

from lms.core.web.forms import OnceForm
from lms.core.web.texts import _l
from lms.programme.forgetting.rules import LEAST, MOST, Years

_IN_BOUNDS = NumberRange(LEAST, MOST, _l("Choose a number of years from 1 to 75, or leave the box empty."))


class YearsForm(OnceForm):
    """Years for notes, call-backs and alerts; an empty box means that there is no end."""

    notes = IntegerField(
        _l("Contact notes: how many years?"),
        description=_l("From the day a note was written, or last corrected."),
        widget=GovTextInput(),
        validators=[Optional(), _IN_BOUNDS],
    )
    call_backs = IntegerField(
        _l("Call-backs and their answers: how many years?"),
        description=_l("From the day the call-back ended."),
        widget=GovTextInput(),
        validators=[Optional(), _IN_BOUNDS],
    )
    alerts = IntegerField(
        _l("Alerts: how many years?"),
        description=_l("From the day an alert was closed. An open one stays."),
        widget=GovTextInput(),
        validators=[Optional(), _IN_BOUNDS],
    )

    @property
    def years(self) -> Years:
        """What was typed."""
        return Years(self.notes.data, self.call_backs.data, self.alerts.data)
