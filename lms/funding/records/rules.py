"""Until when the records of a claim are kept, and what keeps them longer. Plain Python.

Source: each scheme's `retention`. Days are Europe/London days; the last day to keep is the last one they are
there for sure, and they can be cleared from the day after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.funding.vocabulary import ClaimState, KeptFrom
from lms.funding.windows import months_later

USUAL_YEARS = 6
"""Where nobody knows the scheme any more: six years, as accounts usually are kept."""

ENDED = frozenset({ClaimState.PAID, ClaimState.REJECTED, ClaimState.WITHDRAWN, ClaimState.RECOVERED})
"""Only records of a claim that has ended are ever cleared."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A claim as far as keeping goes. `last_money_on` is the last payment or recovery, `moved_on` the last move.

    `years` and `counted_from` are the scheme's own; both None where nobody knows the scheme any more.
    """

    claim_id: UUID
    scheme: str
    state: ClaimState
    moved_on: date
    decided_on: date | None = None
    last_money_on: date | None = None
    claim_year_ends: date | None = None
    years: int | None = None
    counted_from: KeptFrom | None = None

    @property
    def starts(self) -> date:
        """The day from which the years are counted, never before the last thing that happened to the claim."""
        named = {
            KeptFrom.CLAIM_YEAR_END: self.claim_year_ends,
            KeptFrom.DECISION: self.decided_on,
            KeptFrom.LAST_PAYMENT: self.last_money_on,
        }
        known = named.get(self.counted_from) if self.counted_from else None
        return max(day for day in (known, self.moved_on, self.last_money_on) if day is not None)


@dataclass(frozen=True, kw_only=True)
class Hold:
    """Something that keeps records longer: of one claim or of everything under a scheme; the last day counts."""

    claim_id: UUID | None
    scheme: str | None
    until: date | None
    ended: bool = False

    def holds(self, kept: Kept, on: date) -> bool:
        """Whether it keeps these records on a day."""
        if self.ended or (self.until is not None and on > self.until):
            return False
        return kept.claim_id == self.claim_id if self.claim_id is not None else kept.scheme == self.scheme


def keep_until(kept: Kept) -> date | None:
    """The last day records have to be kept; None while the claim has not ended, so that nobody can say yet.

    So many years after the day the scheme counts from, on the same day of the year or the last day of that month.
    """
    if kept.state not in ENDED:
        return None
    return months_later(kept.starts, 12 * (USUAL_YEARS if kept.years is None else kept.years))


def held(kept: Kept, holds: Iterable[Hold], on: date) -> bool:
    """Whether something keeps these records on a day."""
    return any(hold.holds(kept, on) for hold in holds)


def is_due(kept: Kept, holds: Iterable[Hold], on: date) -> bool:
    """Whether records can be cleared on a day: their time is over and nothing holds them."""
    last = keep_until(kept)
    return last is not None and on > last and not held(kept, holds, on)
