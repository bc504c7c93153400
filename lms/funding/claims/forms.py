"""Forms about claims. Lengths are bounded here and once more in the services."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextArea, GovTextInput
from wtforms import BooleanField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from lms.core.types import Pence
from lms.core.web.fields import DayField, DayNeeded, Tick
from lms.core.web.forms import LmsForm, OnceForm
from lms.core.web.texts import _l
from lms.funding.claims.gathering import LONGEST_JUSTIFICATION
from lms.funding.claims.services import LONGEST_REASON
from lms.funding.money import pence_in


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


class QuoteForm(OnceForm):
    """What the training would cost, before anything is booked or paid."""

    cost = StringField(
        _l("What it would cost, in pounds"),
        description=_l("As the provider's quote says. For example 40.00."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter what it would cost.")), Length(max=20), AnAmount()],
    )

    @property
    def cost_pence(self) -> Pence:
        """The amount in pence; only of a form that validated."""
        return pence_in(self.cost.data or "") or 0


class ReasonForm(LmsForm):
    """A reason in words."""

    reason: TextAreaField


def _reason(label: str, missing: str) -> TextAreaField:
    return TextAreaField(
        label,
        description=_l("Colleagues read this later. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[
            InputRequired(missing),
            Length(max=LONGEST_REASON, message=_l("Use at most 500 characters.")),
        ],
    )


class WithdrawForm(ReasonForm):
    """Why a claim is withdrawn."""

    reason = _reason(_l("Why do you withdraw this claim?"), _l("Say why you withdraw this claim."))


class ActionForm(ReasonForm):
    """What the payer wants."""

    reason = _reason(_l("What does the payer want?"), _l("Say what the payer wants."))


class RejectForm(ReasonForm):
    """Why the payer refused."""

    reason = _reason(_l("Why was the claim rejected?"), _l("Say why the claim was rejected."))


class LookForm(ReasonForm):
    """What somebody found who looked."""

    reason = _reason(_l("What did you find or do?"), _l("Say what you found or did."))


class JustifyForm(LmsForm):
    """Words for the payer."""

    text = TextAreaField(
        _l("What should the payer know?"),
        description=_l("For example why the cost is above the guide. Do not write about anybody's health."),
        widget=GovTextArea(),
        validators=[Length(max=LONGEST_JUSTIFICATION, message=_l("Use at most 2,000 characters."))],
    )


class SubmitForm(OnceForm):
    """The declaration, and the version of the claim that was shown."""

    version = HiddenField()
    accept = BooleanField(_l("I accept the terms of the scheme, and what this claim says is true"), widget=Tick())
