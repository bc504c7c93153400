"""The line for places: every move of somebody's asking goes through here, and free places are offered to the next.

Whoever moves anybody on a course has taken the course's row first (`take`), so that two cannot give away the last
place at once; the database's own check on `held` stands behind it.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.funding.places import rules
from lms.funding.places.events import PlaceMoved
from lms.funding.places.models import AreaProof, PlaceAsk, PlaceHeld, PlaceMove, PlaceRun
from lms.funding.places.rules import Proof, Run, Waiter
from lms.funding.places.words import HAS, PlaceState, Why
from lms.funding.sources import services as sources
from lms.people import queries as people
from lms.people.rules import Role

_NO_MOVE = N_("That is not possible any more. Open the page again to see how it stands.")


def take(db: Db, run_id: UUID) -> PlaceRun:
    """A course, kept from everybody else until the end of the unit of work. Raises NotFound."""
    row = db.get(PlaceRun, run_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("places")
    return row


def take_ask(db: Db, ask_id: UUID) -> tuple[PlaceRun, PlaceAsk]:
    """Somebody's asking and its course, the course taken first. Raises NotFound."""
    run_id = db.scalar(select(PlaceAsk.run_id).where(PlaceAsk.id == ask_id))
    if run_id is None:
        raise NotFound("place")
    run = take(db, run_id)
    return run, db.get_one(PlaceAsk, ask_id, with_for_update=True, populate_existing=True)


def plain(run: PlaceRun) -> Run:
    """A course as the rules see it."""
    return Run(
        opens_on=run.opens_on,
        closes_on=run.closes_on,
        starts_on=run.starts_on,
        quota=run.quota,
        order=run.order,
        accept_days=run.accept_days,
        called_off=run.called_off_at is not None,
    )


def begin(db: Db, run: PlaceRun, ask: PlaceAsk, *, by: UUID, now: datetime) -> bool:
    """Somebody's first asking; False when they have asked before, also a moment ago by the same tap."""
    ask.arrived = 0
    if not add_once(db, ask):
        return False
    ask.arrived = _note(db, run, ask, None, by=by, now=now)
    db.flush()
    return True


def move(
    db: Db, run: PlaceRun, ask: PlaceAsk, went_to: PlaceState, *, why: Why | None = None, by: UUID | None, now: datetime
) -> None:
    """Move somebody's asking on. Refused when that move is not allowed. The course has been taken by the caller."""
    came_from = ask.state
    if not rules.moves(came_from, went_to):
        raise Refused(_NO_MOVE)
    run.held += rules.change_of_held(came_from, went_to)
    ask.state, ask.changed_at = went_to, now
    ask.offered_until = rules.answer_by(plain(run), london_day(now)) if went_to is PlaceState.OFFERED else None
    if came_from in HAS and went_to not in HAS:
        db.execute(delete(PlaceHeld).where(PlaceHeld.ask_id == ask.id))
        sources.take_out(db, place_id=ask.id, now=now)  # the council pays for nobody who is not there
    number = _note(db, run, ask, came_from, why=why, by=by, now=now)
    if went_to is PlaceState.ASKED and came_from is not PlaceState.WAITING:
        ask.arrived = number  # asked anew: at the end of the line; who only has to show something again keeps theirs
    db.flush()


def fill(db: Db, run: PlaceRun, *, now: datetime) -> int:
    """Offer every free place to the next in the line; returns how many were offered. The course has been taken."""
    on, offered = london_day(now), 0
    waiting = select(PlaceAsk).where(PlaceAsk.run_id == run.id, PlaceAsk.state == PlaceState.WAITING)
    if rules.free(plain(run), run.held, on) == 0:
        return 0
    by_id = {ask.id: ask for ask in db.scalars(waiting)}
    line = rules.in_order((Waiter(ask.id, ask.arrived, ask.need) for ask in by_id.values()), run.order)
    for waiter in line:
        if rules.free(plain(run), run.held, on) == 0:
            break
        ask = by_id[waiter.ask_id]
        why = hindrance(db, run, ask.person_id, on, ask_id=ask.id)
        if why is not None:
            _put_aside(db, run, ask, why, now)
            continue
        move(db, run, ask, PlaceState.OFFERED, by=None, now=now)
        offered += 1
    return offered


def hindrance(db: Db, run: PlaceRun, person_id: UUID, on: date, *, ask_id: UUID) -> Why | None:
    """What keeps somebody from having a place on a course today; None when nothing does."""
    other = db.scalar(
        select(PlaceHeld.ask_id).where(
            PlaceHeld.person_id == person_id,
            PlaceHeld.scheme == run.scheme,
            PlaceHeld.item == run.item,
            PlaceHeld.training == run.training,
            PlaceHeld.ask_id != ask_id,
        )
    )
    return rules.why_not_yet(
        is_pa=people.holds(db, person_id, Role.PA, [run.authority_id], on),
        proofs=proofs(db, person_id, run.authority_id, on),
        areas=run.areas,
        needs_area=bool(run.areas),
        has_place=other is not None,
        on=on,
    )


def proofs(db: Db, person_id: UUID, authority_id: UUID, on: date) -> list[Proof]:
    """What shows where a PA works: what the team saw, and an employer of this authority that PALMS knows itself."""
    seen = select(AreaProof.area, AreaProof.lasts_until).where(
        AreaProof.person_id == person_id, AreaProof.authority_id == authority_id, AreaProof.lasts_until >= on
    )
    found = [Proof(area, until) for area, until in db.execute(seen)]
    if any(home.authority_id == authority_id for home in people.employers_of(db, person_id, on)):
        code = people.organisation(db, authority_id).code
        found.extend([Proof(code, on)] if code else [])
    return found


def _put_aside(db: Db, run: PlaceRun, ask: PlaceAsk, why: Why, now: datetime) -> None:
    """Whoever cannot be offered a place today makes way: papers to show again, or the end of their asking."""
    to = {Why.PROOF_NEEDED: PlaceState.ASKED, Why.HAS_PLACE: PlaceState.LEFT}.get(why, PlaceState.REFUSED)
    move(db, run, ask, to, why=why, by=None, now=now)


def _note(
    db: Db,
    run: PlaceRun,
    ask: PlaceAsk,
    came_from: PlaceState | None,
    *,
    why: Why | None = None,
    by: UUID | None,
    now: datetime,
) -> int:
    row = PlaceMove(ask_id=ask.id, came_from=came_from, went_to=ask.state, why=why, by=by, at=now)
    db.add(row)
    db.flush()
    fact = PlaceMoved(
        about=ask.person_id,
        authority_id=run.authority_id,
        run_id=run.id,
        ask_id=ask.id,
        went_to=ask.state.value,
        why=why.value if why else None,
    )
    record(db, fact, by=by, now=now, behalf=run.authority_id if by is None else None)
    return row.number
