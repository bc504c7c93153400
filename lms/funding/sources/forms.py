"""Saying which money meets a cost. What is typed is bounded again where it is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from wtforms import Field, HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from lms.core.types import Pence
from lms.core.web.fields import Radios
from lms.core.web.forms import OnceForm
from lms.core.web.texts import _, _l
from lms.funding.money import pence_in
from lms.funding.sources import labels
from lms.funding.sources.rules import Share
from lms.funding.sources.words import FROM_RECORDS, CostKind, Source

MONEY = tuple(source for source in Source if source not in FROM_RECORDS)
"""What people name here. Places come from places, and a scheme is named with its code by the team alone."""
NOBODY = "nobody"


def amount_field(label: Any) -> StringField:
    """An amount in pounds that may be left empty."""
    return StringField(
        label,
        widget=GovTextInput(),
        render_kw={"inputmode": "decimal"},
        validators=[Optional(), Length(max=20, message=_l("That is too long."))],
    )


@dataclass(frozen=True)
class Typed:
    """What somebody typed: the cost, and what each source gives (None: the whole of it)."""

    cost: Pence | None
    shares: tuple[Share, ...]


class SayForm(OnceForm):
    """Which money meets one cost: one source for the whole of it, or two with their amounts."""

    turn = HiddenField(default="0")
    cost_kind = RadioField(
        _l("Which cost?"),
        choices=[SelectChoice(code.value, _l(label)) for code, label in labels.COSTS.items()],
        default=CostKind.COURSE.value,
        widget=Radios(),
        validators=[InputRequired(_l("Choose which cost you mean."))],
    )
    cost = amount_field(_l("What it costs, in pounds (if you know)"))
    first = RadioField(_l("Who pays for it?"), widget=Radios(), validators=[InputRequired(_l("Choose who pays."))])
    first_pence = amount_field(_l("How much of it? Leave it empty where they pay all of it."))
    second = SelectField(_l("Does somebody else pay a part? (optional)"), widget=GovSelect(), validators=[Optional()])
    second_pence = amount_field(_l("How much do they pay?"))

    def offer(self, sources: Sequence[tuple[str, str]]) -> None:
        """The sources there are to choose from."""
        self.first.choices = [
            *(SelectChoice(code, label) for code, label in sources),
            SelectChoice(NOBODY, _("Nobody yet, or it was a mistake")),
        ]
        self.second.choices = [
            SelectChoice("", _("No")),
            *(SelectChoice(code, label) for code, label in sources),
        ]

    def validate_cost(self, field: Field) -> None:
        """An amount of pounds and pence."""
        _check(field)

    def validate_first_pence(self, field: Field) -> None:
        """An amount of pounds and pence."""
        _check(field)

    def validate_second_pence(self, field: Field) -> None:
        """An amount of pounds and pence, where somebody else pays a part."""
        _check(field)
        if field.data and not self.second.data:
            raise ValidationError(_("Choose who pays this part, or leave it empty."))

    @property
    def after(self) -> int:
        """How often something had been said when the page was opened."""
        turn = self.turn.data or ""
        return int(turn) if turn.isascii() and turn.isdigit() and len(turn) < 8 else 0

    def typed(self) -> Typed:
        """What was typed; only of a form that validated."""
        cost = pence_in(self.cost.data or "")
        shares = [_share(self.first.data, self.first_pence.data), _share(self.second.data, self.second_pence.data)]
        return Typed(cost, tuple(share for share in shares if share is not None))


def _share(source: str | None, pence: str | None) -> Share | None:
    if not source or source == NOBODY:
        return None
    code, _bar, scheme = source.partition("|")
    return Share(source=Source(code), pence=pence_in(pence or ""), scheme=scheme or None)


def _check(field: Field) -> None:
    if field.data and pence_in(field.data) is None:
        raise ValidationError(_("Enter an amount in pounds and pence, such as 40.00."))
