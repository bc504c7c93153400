"""Who may have a place, in which order places are offered, and until when an offer stands. Plain Python.

Days are Europe/London days, and the last one counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lms.funding.money import Pence
from lms.funding.places.words import HOLDS, MOVES, Need, Order, PlaceState, Why

FEWEST_DAYS, MOST_DAYS = 1, 28
"""Days somebody may be given to answer an offer."""
MOST_PLACES = 500
PROOF_LASTS = timedelta(days=365)
_NEEDS = (Need.BEFORE_WORK, Need.FOR_REGISTER, Need.USEFUL)


@dataclass(frozen=True, kw_only=True)
class Run:
    """A course with places. `quota` None: as many as ask. `offers_from` is set where need decides and not arrival."""

    opens_on: date
    closes_on: date
    starts_on: date
    quota: int | None
    order: Order
    accept_days: int
    called_off: bool = False


@dataclass(frozen=True)
class Waiter:
    """Somebody in the line: `arrived` counts up, so that nobody stands at the same place."""

    ask_id: UUID
    arrived: int
    need: Need


@dataclass(frozen=True)
class Proof:
    """Where somebody was seen to work, and until when that counts."""

    area: str
    lasts_until: date

    def counts(self, areas: Collection[str], on: date) -> bool:
        """Whether it shows work in one of these areas on a day; no areas at all ask for none in particular."""
        return on <= self.lasts_until and (not areas or self.area in areas)


def why_not_yet(
    *, is_pa: bool, proofs: Iterable[Proof], areas: Collection[str], needs_area: bool, has_place: bool, on: date
) -> Why | None:
    """What keeps somebody from being offered a place on a day; None when nothing does."""
    if not is_pa:
        return Why.NOT_A_PA
    if has_place:
        return Why.HAS_PLACE
    if needs_area and not any(proof.counts(areas, on) for proof in proofs):
        return Why.PROOF_NEEDED
    return None


def may_ask(run: Run, on: date) -> bool:
    """Whether somebody can ask for a place on a day."""
    return not run.called_off and run.opens_on <= on <= run.closes_on


def may_offer(run: Run, on: date) -> bool:
    """Whether places are offered on a day: while the course has not begun, and by need only once asking is over.

    Where need decides, everybody who asks in time is compared with everybody; an early offer would be first come.
    """
    if run.called_off or on > run.starts_on or on < run.opens_on:
        return False
    return run.order is Order.FIRST_COME or on > run.closes_on or run.quota is None


def free(run: Run, held: int, on: date) -> int | None:
    """How many places can be offered on a day; None: as many as wait."""
    if not may_offer(run, on):
        return 0
    return None if run.quota is None else max(0, run.quota - held)


def in_order(waiters: Iterable[Waiter], order: Order) -> list[Waiter]:
    """Those who wait, the next one first."""
    if order is Order.FIRST_COME:
        return sorted(waiters, key=lambda each: each.arrived)
    return sorted(waiters, key=lambda each: (_NEEDS.index(each.need), each.arrived))


def next_ones(run: Run, waiters: Sequence[Waiter], held: int, on: date) -> list[Waiter]:
    """Whom to offer a place now, never more than there are."""
    return in_order(waiters, run.order)[: free(run, held, on)]


def answer_by(run: Run, on: date) -> date:
    """The last day to answer an offer made on a day: so many days later, and before the course begins where it can."""
    return min(on + timedelta(days=run.accept_days), max(on, run.starts_on - timedelta(days=1)))


def over(offered_until: date, on: date) -> bool:
    """Whether an offer stands no longer."""
    return on > offered_until


def moves(came_from: PlaceState, went_to: PlaceState) -> bool:
    """Whether a move is allowed."""
    return went_to in MOVES[came_from]


def change_of_held(came_from: PlaceState | None, went_to: PlaceState) -> int:
    """By how many the number of places that are taken changes with a move."""
    return int(went_to in HOLDS) - int(came_from in HOLDS)


def council_pays(cost: Pence, price_to_pa: Pence, most: Pence) -> Pence:
    """What the council gives to a place: its cost without what the PA pays, at most the scheme's maximum."""
    return min(most, max(0, cost - price_to_pa))
