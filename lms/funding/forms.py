"""Forms about claims. Lengths are bounded here and once more in the services."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from lms.core.types import Pence
from lms.core.web.fields import DayField, DayNeeded
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.funding.money import pence_in
from lms.funding.services import LONGEST_REASON


class AnAmount:
    """What is typed has to be pounds and whole pence."""

    def __call__(self, form: Any, field: Field) -> None:
        if pence_in(field.data or "") is None:
            raise StopValidation(str(_l("Enter an amount in pounds and pence, such as 40.00.")))


class CostForm(OnceForm):
    """What the training really cost, and when it was paid."""

    cost = StringField(
        _l("What the training cost, in pounds"),
        description=_l("For this learner only, as the invoice says. For example 40.00."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter what the training cost.")), Length(max=20), AnAmount()],
    )
    paid_on = DayField(
        _l("The day it was paid"),
        description=_l("For example 21 11 2026."),
        earliest=2010,
        latest=2100,
        validators=[DayNeeded()],
    )

    @property
    def cost_pence(self) -> Pence:
        """The amount in pence; only of a form that validated."""
        return pence_in(self.cost.data or "") or 0


class WithdrawForm(LmsForm):
    """Why a claim is withdrawn."""

    reason = TextAreaField(
        _l("Why do you withdraw this claim?"),
        description=_l("Colleagues read this later. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Say why you withdraw this claim.")),
            Length(max=LONGEST_REASON, message=_l("Use at most 500 characters.")),
        ],
    )
