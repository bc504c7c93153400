"""Facts of budgets. They are about whoever is told or decides; amounts are whole pence."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact
from lms.core.types import Pence


@dataclass(frozen=True, kw_only=True)
class PotChanged(Fact):
    """Somebody put money into a pot, or took some out (minus). `about` is whoever did."""

    authority_id: UUID
    pot_id: UUID
    pence: Pence


@dataclass(frozen=True, kw_only=True)
class MoneyRunsOut(Fact):
    """Pots or deadlines run out, and somebody who works on the money of an authority is told, once for each."""

    authority_id: UUID
    alerts: int
