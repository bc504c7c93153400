"""Forms of budgets. Amounts and lengths are bounded here and once more in the services."""

from collections.abc import Iterable
from uuid import UUID

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextArea, GovTextInput
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional

from lms.core.types import Pence
from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.funding.budgets.models import LONGEST_REASON
from lms.funding.claims.forms import AnAmount
from lms.funding.money import pence_in


class _MoneyForm(OnceForm):
    amount = StringField(
        _l("Amount in pounds"),
        description=_l("For example 10,000.00."),
        widget=GovTextInput(),
        validators=[InputRequired(_l("Enter the amount.")), Length(max=20), AnAmount()],
    )
    reason = TextAreaField(
        _l("Where does this money come from, or why does it go?"),
        description=_l("For example a letter of the funder with its day. Whoever checks the books reads it."),
        widget=GovTextArea(),
        validators=[
            InputRequired(_l("Say where this money comes from, or why it goes.")),
            Length(max=LONGEST_REASON, message=_l("Use at most 500 characters.")),
        ],
    )

    @property
    def pence(self) -> Pence:
        """The amount in pence; only of a form that validated."""
        return pence_in(self.amount.data or "") or 0


class OpenForm(_MoneyForm):
    """Open a pot: for which scheme, for whom, with how much."""

    scheme = SelectField(
        _l("For which scheme?"), widget=GovSelect(), validators=[InputRequired(_l("Choose a scheme."))]
    )
    organisation = SelectField(
        _l("For whom?"),
        description=_l("An organisation with a pot of its own takes from that and not from the common one."),
        widget=GovSelect(),
        validators=[Optional()],
    )

    def offer(self, schemes: Iterable[tuple[str, str]], organisations: Iterable[tuple[UUID, str]]) -> None:
        """What there is to choose from."""
        self.scheme.choices = [SelectChoice("", _("Choose a scheme")), *(SelectChoice(*each) for each in schemes)]
        others = (SelectChoice(str(id), name) for id, name in organisations)
        self.organisation.choices = [SelectChoice("", _("Everybody who has no pot of their own")), *others]

    @property
    def organisation_id(self) -> UUID | None:
        """Whose pot it is; None for the common one."""
        return UUID(self.organisation.data) if self.organisation.data else None


class ChangeForm(_MoneyForm):
    """Put money into a pot, or take some out."""

    way = RadioField(
        _l("What do you want to do?"),
        choices=[SelectChoice("in", _l("Put money in")), SelectChoice("out", _l("Take money out"))],
        widget=Radios(),
        validators=[InputRequired(_l("Say whether money goes in or out."))],
    )

    @property
    def change(self) -> Pence:
        """The amount in pence, minus where it goes out; only of a form that validated."""
        return -self.pence if self.way.data == "out" else self.pence
