"""The declaration with which a unit is signed off, and the form that withdraws a sign-off."""

from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, Length

from lms.assessment.evidence.forms import ReasonForm
from lms.assessment.signing.rules import Declaration, How, Lacking, lacking
from lms.core.web.fields import Radios, Tick
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.core.words import N_

LONGEST_NAME = 120
_LONG = Length(max=LONGEST_NAME, message=_l("Shorten this to at most %(max)d characters."))


class DeclareForm(OnceForm):
    """Who signs, in which role, and how: typed, spoken, or by a named supporter. Never a drawing."""

    agreed = BooleanField(
        widget=Tick(), validators=[InputRequired(_l("Tick the box if you can say this. If not, do not sign off."))]
    )
    name = StringField(
        _l("Name of whoever signs"),
        widget=GovTextInput(),
        validators=[DataRequired(_l("Enter the name of whoever signs.")), _LONG],
    )
    role = StringField(
        _l("Role"),
        description=_l("For example: assessor, Rivermere College."),
        widget=GovTextInput(),
        validators=[DataRequired(_l("Enter the role in which it is signed.")), _LONG],
    )
    how = RadioField(
        _l("How is it signed?"),
        default=str(How.TYPED),
        choices=[
            SelectChoice(str(How.TYPED), _l("I typed my name myself")),
            SelectChoice(str(How.SPOKEN), _l("I said it aloud, and somebody wrote it down")),
            SelectChoice(str(How.SUPPORTER), _l("Somebody who supports me does it for me, with my consent")),
        ],
        widget=Radios(),
    )
    heard_by = StringField(_l("Said aloud: who heard it?"), widget=GovTextInput(), validators=[_LONG])
    supporter = StringField(_l("With a supporter: their name"), widget=GovTextInput(), validators=[_LONG])
    consent = StringField(
        _l("With a supporter: how did the signer agree?"),
        description=_l("For example: nodded when I read it out, and chose “yes” on her board."),
        widget=GovTextInput(),
        validators=[Length(max=500, message=_l("Shorten this to at most %(max)d characters."))],
    )

    def signer(self, name: str, role: str) -> None:
        """Suggest who signs and in which role, as long as nothing was typed."""
        if not self.is_submitted():
            self.name.data, self.role.data = name, role

    def validate(self, extra_validators: Any = None) -> bool:
        """What one way of signing needs is given; what belongs to another way does not matter."""
        fine: bool = super().validate(extra_validators)
        wanted = None if self.how.errors else lacking(self.declaration())
        if wanted in _ASKS:
            name, says = _ASKS[wanted]
            self[name].errors = [_(says)]
            return False
        return fine

    def declaration(self) -> Declaration:
        """What was declared."""
        how = How(self.how.data)
        return Declaration(
            name=_one_line(self.name.data),
            role=_one_line(self.role.data),
            how=how,
            supporter=_one_line(self.supporter.data) if how is How.SUPPORTER else "",
            consent=_one_line(self.consent.data) if how is How.SUPPORTER else "",
            heard_by=_one_line(self.heard_by.data) if how is How.SPOKEN else "",
        )


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


_ASKS: dict[Lacking | None, tuple[str, str]] = {
    Lacking.HEARD_BY: ("heard_by", N_("Enter who heard it.")),
    Lacking.SUPPORTER: ("supporter", N_("Enter the name of the supporter.")),
    Lacking.CONSENT: ("consent", N_("Write how the signer agreed to it.")),
}


class WithdrawForm(ReasonForm):
    """Withdraw a sign-off: why, and a tick."""

    sure = BooleanField(
        _l("I know that both sides are told, and that what rests on it is withdrawn"),
        widget=Tick(),
        validators=[InputRequired(_l("Tick this if you want to withdraw the sign-off."))],
    )
