"""What the team does with people in the line: what shows where a PA works, how much they need it, and a no.

What is kept is the kind of thing that was seen, the area and until when it counts; never a copy, never an address.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.funding.places import line, rules
from lms.funding.places.events import AreaProofSeen
from lms.funding.places.models import AreaProof, PlaceAsk, PlaceRun
from lms.funding.places.opening import in_team
from lms.funding.places.words import IN_LINE, SHOWN, Need, PlaceState, ProofKind, Why


def see(
    db: Db,
    *,
    once: UUID,
    ask_id: UUID,
    kind: ProofKind,
    area: str,
    seen_on: date,
    lasts_until: date | None,
    by: UUID,
    now: datetime,
) -> None:
    """Write down that something shows where a PA works; whatever they asked for in this authority goes on by it.

    `area` is a code of the course's scheme; without a last day it counts a year. Refused for a day still to come, for
    a last day before it or more than a year after, for one's own papers, and for a place outside the area.
    """
    run, row = _in_line(db, ask_id, by, now)
    on = london_day(now)
    until = lasts_until or seen_on + rules.PROOF_LASTS
    if kind not in SHOWN or area not in run.areas:
        raise NotFound("area")
    if seen_on > on:
        raise Refused(N_("Enter the day on which you saw it. It cannot be still to come."))
    if not seen_on <= until <= seen_on + rules.PROOF_LASTS or until < on:
        raise Refused(N_("It can count for at most a year, and has to count today."))
    proof = AreaProof(
        id=once,
        person_id=row.person_id,
        authority_id=run.authority_id,
        kind=kind,
        area=area,
        seen_on=seen_on,
        lasts_until=until,
        seen_by=by,
        at=now,
    )
    if not add_once(db, proof):
        return
    fact = AreaProofSeen(about=row.person_id, authority_id=run.authority_id, proof_id=once, kind=kind.value)
    record(db, fact, by=by, now=now, behalf=run.authority_id)
    _go_on(db, row.person_id, run.authority_id, by, now)


def set_need(db: Db, *, ask_id: UUID, need: Need, by: UUID, now: datetime) -> None:
    """Write down how much somebody needs a training, by what it is for; it decides the line where need does."""
    run, row = _in_line(db, ask_id, by, now)
    if row.need is not need:
        row.need = need
        db.flush()
    line.fill(db, run, now=now)


def refuse(db: Db, *, ask_id: UUID, by: UUID, now: datetime) -> None:
    """Somebody works outside the area, so they cannot have a place. They can ask again when that changes."""
    run, row = _in_line(db, ask_id, by, now)
    line.move(db, run, row, PlaceState.REFUSED, why=Why.OUTSIDE_AREA, by=by, now=now)


def _in_line(db: Db, ask_id: UUID, by: UUID, now: datetime) -> tuple[PlaceRun, PlaceAsk]:
    run, row = line.take_ask(db, ask_id)
    in_team(db, by, run.authority_id, now)
    if by == row.person_id:
        raise Refused(N_("This is your own. Somebody else has to do it."))
    if row.state not in IN_LINE:
        raise Refused(N_("This person is not in the line any more. Go back to the list."))
    return run, row


def _go_on(db: Db, person_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Everything a PA waits for at this authority that only lacked what was now seen; courses in order of their id."""
    on = london_day(now)
    wanted = (
        select(PlaceAsk.id)
        .join(PlaceRun, PlaceRun.id == PlaceAsk.run_id)
        .where(
            PlaceAsk.person_id == person_id,
            PlaceAsk.state == PlaceState.ASKED,
            PlaceRun.authority_id == authority_id,
            PlaceRun.called_off_at.is_(None),
            PlaceRun.starts_on >= on - timedelta(days=1),
        )
        .order_by(PlaceRun.id)
    )
    for ask_id in db.scalars(wanted).all():
        run, row = line.take_ask(db, ask_id)
        if line.hindrance(db, run, person_id, on, ask_id=ask_id) is None and row.state is PlaceState.ASKED:
            line.move(db, run, row, PlaceState.WAITING, why=Why.PROOF_SEEN, by=by, now=now)
            line.fill(db, run, now=now)
