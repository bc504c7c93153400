"""What a PA does with places: ask, take or decline an offer, give a place back. Services flush; views commit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.words import N_, NotFound, Refused
from lms.funding.places import line, rules
from lms.funding.places.models import PlaceAsk, PlaceHeld, PlaceRun
from lms.funding.places.words import AGAIN, HOLDS, IN_LINE, Need, PlaceState, Why
from lms.funding.sources import services as sources
from lms.funding.sources.queries import Cost
from lms.funding.sources.rules import Share
from lms.funding.sources.words import CostKind, Source
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role

_PAID_OTHERWISE = N_(
    "Somebody has said that this training is paid for in another way. Ask your council's team before you take a place."
)


def ask(db: Db, *, once: UUID, run_id: UUID, person_id: UUID, need: Need, now: datetime) -> UUID:
    """A PA asks for a place; returns their asking, the same one when they tap twice.

    Where nothing has to be shown and a place is free, it is offered at once. Raises NotFound for a course of an
    authority that does not know the PA. Refused before and after the days on which asking is open, and for a second
    place under the same item.
    """
    run, on = line.take(db, run_id), london_day(now)
    if not people.holds(db, person_id, Role.PA, [run.authority_id], on):
        raise NotFound("places")
    there = _ask_on(db, run_id, person_id)
    if there is not None and there.state not in AGAIN:
        return there.id
    if not rules.may_ask(line.plain(run), on):
        raise Refused(N_("Nobody can ask for a place on this course now."))
    why = line.hindrance(db, run, person_id, on, ask_id=there.id if there else once)
    if why is Why.HAS_PLACE:
        raise Refused(N_("You have a place on a course of this kind already."))
    if there is None:
        row = PlaceAsk(
            id=once, run_id=run_id, person_id=person_id, need=need, state=PlaceState.ASKED, arrived=0, changed_at=now
        )
        if not line.begin(db, run, row, by=person_id, now=now):
            raise Refused(N_("This was sent before. Open the page again."))
        there = row
    else:
        there.need = need
        line.move(db, run, there, PlaceState.ASKED, by=person_id, now=now)
    there.enrolment_id = _enrolment(db, person_id, run)
    db.flush()
    if why is None:
        line.move(db, run, there, PlaceState.WAITING, by=None, now=now)
        line.fill(db, run, now=now)
    return there.id


def accept(db: Db, *, ask_id: UUID, person_id: UUID, now: datetime) -> None:
    """A PA takes the place they were offered; the second tap changes nothing.

    Refused when the offer's last day is over, when they have taken a place of this kind elsewhere, and where the same
    cost is met by other money already.
    """
    run, row = _own(db, ask_id, person_id)
    if row.state is PlaceState.PLACE:
        return
    on = london_day(now)
    if row.state is not PlaceState.OFFERED or row.offered_until is None:
        raise Refused(N_("There is no offer to take. Open the page again to see how it stands."))
    if rules.over(row.offered_until, on):
        raise Refused(N_("The last day to take this place is over. It goes to the next in the line."))
    held = PlaceHeld(person_id=person_id, scheme=run.scheme, item=run.item, training=run.training, ask_id=ask_id)
    if not add_once(db, held):
        raise Refused(N_("You have a place on a course of this kind already. Decline this one, so that others get it."))
    line.move(db, run, row, PlaceState.PLACE, by=person_id, now=now)
    row.enrolment_id = row.enrolment_id or _enrolment(db, person_id, run)
    if not pay(db, run, row, now=now):
        raise Refused(_PAID_OTHERWISE)


def decline(db: Db, *, ask_id: UUID, person_id: UUID, now: datetime) -> None:
    """A PA does not want the place they were offered; it goes to the next at once. Twice changes nothing."""
    run, row = _own(db, ask_id, person_id)
    if row.state is PlaceState.DECLINED:
        return
    line.move(db, run, row, PlaceState.DECLINED, by=person_id, now=now)
    line.fill(db, run, now=now)


def leave(db: Db, *, ask_id: UUID, person_id: UUID, now: datetime) -> None:
    """A PA leaves the line, or gives their place back before the course begins; it goes to the next at once."""
    run, row = _own(db, ask_id, person_id)
    if row.state is PlaceState.LEFT:
        return
    if row.state is PlaceState.PLACE and london_day(now) > run.starts_on:
        raise Refused(N_("The course has begun. Tell your council's team that you cannot come."))
    had = row.state in HOLDS
    line.move(db, run, row, PlaceState.LEFT, by=person_id, now=now)
    if had:
        line.fill(db, run, now=now)


def pay(db: Db, run: PlaceRun, row: PlaceAsk, *, now: datetime) -> bool:
    """Write down that the council meets its part of the course; False where it would be met twice.

    Nothing is written for a course that leads to none of the trainings in PALMS, and while the PA is on no course of
    the authority: then it is no cost of any enrolment, and must not stand in the way of claims for others.
    """
    if row.enrolment_id is None or not run.training or run.council_pence == 0:
        return True
    return sources.take_in(
        db,
        cost=Cost(row.enrolment_id, run.training, CostKind.COURSE),
        learner_id=row.person_id,
        authority_id=run.authority_id,
        share=Share(source=Source.COUNCIL_PLACE, pence=run.council_pence, scheme=run.scheme, place_id=row.id),
        cost_pence=run.cost_pence,
        now=now,
    )


def may_leave(state: PlaceState) -> bool:
    """Whether somebody can leave from where they stand."""
    return state in IN_LINE or state is PlaceState.PLACE


def _own(db: Db, ask_id: UUID, person_id: UUID) -> tuple[PlaceRun, PlaceAsk]:
    run, row = line.take_ask(db, ask_id)
    if row.person_id != person_id:
        raise NotFound("place")
    return run, row


def _ask_on(db: Db, run_id: UUID, person_id: UUID) -> PlaceAsk | None:
    return db.scalar(select(PlaceAsk).where(PlaceAsk.run_id == run_id, PlaceAsk.person_id == person_id))


def _enrolment(db: Db, person_id: UUID, run: PlaceRun) -> UUID | None:
    """The oldest running enrolment with this authority: whose cost the place is."""
    running = learning.enrolments_of(db, person_id)
    return next((each.id for each in running if each.authority_id == run.authority_id), None)
