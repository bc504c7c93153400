"""Say which money meets a cost. Nothing is changed: a new row counts from now on. Services flush; views commit."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.sources import queries, rules
from lms.funding.sources.events import MoneySourceSaid
from lms.funding.sources.models import MoneySaid, MoneyShare
from lms.funding.sources.queries import Cost, Said
from lms.funding.sources.rules import Share, Wrong
from lms.funding.sources.words import HOUSEHOLD, MAY_SAY, TEAM, Capacity
from lms.learning import queries as learning
from lms.people import queries as people

LONGEST_TRAINING = 40
_TRIES = 5

WRONG = {
    Wrong.TOGETHER_MORE: N_("Together the amounts are more than the cost. The same cost cannot be paid twice."),
    Wrong.WHOLE_AND_MORE: N_("Where two sources share a cost, say how much each of them gives."),
    Wrong.COST_UNKNOWN: N_("Where two sources share a cost, say what the whole cost is."),
    Wrong.SAME_TWICE: N_("The same money is named twice. Put its amounts together."),
    Wrong.NOT_POSITIVE: N_("Enter amounts of more than nothing."),
    Wrong.TOO_MUCH: N_("That is more than training costs. Look at the amounts again."),
}
_BUSY = N_("Somebody else has just said something about this cost. Look at it again.")


def say(
    db: Db,
    *,
    once: UUID,
    cost: Cost,
    cost_pence: Pence | None,
    shares: Sequence[Share],
    after: int,
    by: UUID,
    now: datetime,
) -> None:
    """Say which money meets one cost, as the learner, as their employer or as the team of their authority.

    `after` is the turn the page showed (0: nothing was said yet); refused when somebody has said something since. What
    a claim or a place gives stays as it is and counts with what is said. Refused when the sources give more than the
    cost. Raises NotFound for an enrolment that is not this person's to speak of.
    """
    if db.scalar(select(MoneySaid.number).where(MoneySaid.id == once)) is not None:
        return
    enrolment = learning.enrolment(db, cost.enrolment_id)
    capacity = capacity_of(db, cost.enrolment_id, by, now)
    if len(cost.training) > LONGEST_TRAINING or any(share.from_records for share in shares):
        raise NotFound("cost")
    before = queries.said_about(db, cost)
    if (before.turn if before else 0) != after:
        raise Refused(_BUSY)
    fixed = _kept(before, capacity)
    if any(share.source not in MAY_SAY[capacity] for share in shares):
        raise Refused(N_("Only your council can say that a scheme or a council place pays."))
    wanted = (*fixed, *shares)
    wrong = rules.wrong_with(wanted, cost_pence)
    if wrong is not None:
        raise Refused(WRONG[wrong])
    added = _add(
        db,
        once,
        cost,
        _Who(enrolment.learner_id, enrolment.authority_id, capacity, by),
        turn=after + 1,
        cost_pence=cost_pence,
        shares=wanted,
        now=now,
    )
    if not added:
        raise Refused(_BUSY)


def capacity_of(db: Db, enrolment_id: UUID, person_id: UUID, now: datetime) -> Capacity:
    """As what somebody speaks of an enrolment's costs today. Raises NotFound when it is not theirs to speak of."""
    enrolment, on = learning.enrolment(db, enrolment_id), london_day(now)
    if enrolment.learner_id == person_id:
        return Capacity.PA
    if any(people.holds(db, person_id, role, [enrolment.authority_id], on) for role in TEAM):
        return Capacity.TEAM
    homes = [home.id for home in people.employers_of(db, enrolment.learner_id, on)]
    if homes and any(people.holds(db, person_id, role, homes, on) for role in HOUSEHOLD):
        return Capacity.EMPLOYER
    raise NotFound("enrolment")


def take_in(
    db: Db, *, cost: Cost, learner_id: UUID, authority_id: UUID, share: Share, cost_pence: Pence | None, now: datetime
) -> bool:
    """Write down what a claim's line or a place gives, as the service; the same again writes nothing.

    Returns False, and writes nothing, where it cannot stand beside what other sources give: whoever asks decides what
    follows. A whole cost that was said to come from elsewhere is such a case; a claim finds it before it is sent in.
    """
    for _ in range(_TRIES):
        before = queries.said_about(db, cost)
        shares = rules.with_share(before.shares if before else (), share)
        known = cost_pence if cost_pence is not None else (before.cost_pence if before else None)
        if before is not None and (shares, known) == (before.shares, before.cost_pence):
            return True
        if rules.wrong_with(shares, known) is not None:
            return False
        who = _Who(learner_id, authority_id, Capacity.SERVICE, None)
        turn = (before.turn if before else 0) + 1
        if _add(db, uuid4(), cost, who, turn=turn, cost_pence=known, shares=shares, now=now):
            return True
    raise Refused(_BUSY)


def take_out(db: Db, *, line_id: UUID | None = None, place_id: UUID | None = None, now: datetime) -> None:
    """A claim's line or a place gives nothing any more: it was rejected, withdrawn or given back. Twice is harmless."""
    for _ in range(_TRIES):
        said = queries.from_line(db, line_id) if line_id else queries.from_place(db, place_id) if place_id else []
        changed = [(each, rules.without(each.shares, line_id=line_id, place_id=place_id)) for each in said]
        if all(shares == each.shares or _add_after(db, each, shares, now) for each, shares in changed):
            return
    raise Refused(_BUSY)


def _add_after(db: Db, before: Said, shares: Sequence[Share], now: datetime) -> bool:
    who = _Who(before.learner_id, before.authority_id, Capacity.SERVICE, None)
    turn = before.turn + 1
    return _add(db, uuid4(), before.cost, who, turn=turn, cost_pence=before.cost_pence, shares=shares, now=now)


def _kept(before: Said | None, capacity: Capacity) -> tuple[Share, ...]:
    """What stays whatever somebody says: what claims and places give, and what the team said, unless it is the team."""
    shares = before.shares if before else ()
    return tuple(
        share for share in shares if share.from_records or (capacity is not Capacity.TEAM and share.scheme is not None)
    )


class _Who:
    """Whose cost it is, and who says it."""

    def __init__(self, learner_id: UUID, authority_id: UUID, capacity: Capacity, by: UUID | None) -> None:
        self.learner_id, self.authority_id, self.capacity, self.by = learner_id, authority_id, capacity, by


def _add(
    db: Db,
    id: UUID,
    cost: Cost,
    who: _Who,
    *,
    turn: int,
    cost_pence: Pence | None,
    shares: Sequence[Share],
    now: datetime,
) -> bool:
    """Add a row and its shares; False when somebody else had this turn."""
    row = MoneySaid(
        id=id,
        enrolment_id=cost.enrolment_id,
        training=cost.training,
        cost_kind=cost.cost_kind,
        turn=turn,
        learner_id=who.learner_id,
        authority_id=who.authority_id,
        cost_pence=cost_pence,
        capacity=who.capacity,
        by=who.by,
        at=now,
    )
    if not add_once(db, row):
        return False
    db.add_all(
        MoneyShare(
            said=row.number,
            place=place,
            source=share.source,
            pence=share.pence,
            scheme=share.scheme,
            line_id=share.line_id,
            place_id=share.place_id,
        )
        for place, share in enumerate(shares)
    )
    db.flush()
    fact = MoneySourceSaid(
        about=who.learner_id,
        authority_id=who.authority_id,
        enrolment_id=cost.enrolment_id,
        training=cost.training,
        cost_kind=cost.cost_kind.value,
        sources=tuple(share.source.value for share in shares),
        capacity=who.capacity.value,
    )
    record(db, fact, by=who.by, now=now)
    return True
