"""Who was on a course with subsidised places: written down by the team once it has begun, and corrected."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_, Refused
from lms.funding.claims.attended import WasThere, open_line, take_line_back
from lms.funding.places import asking, line
from lms.funding.places.models import PlaceAsk, PlaceHeld, PlaceRun
from lms.funding.places.opening import in_team
from lms.funding.places.words import PlaceState
from lms.funding.places.words import Why as Reason

_KNOWN = (PlaceState.PLACE, PlaceState.ATTENDED, PlaceState.MISSED)


def note(db: Db, *, run_id: UUID, there: Collection[UUID], by: UUID, now: datetime) -> int:
    """Write down who was there, by their asking; everybody else with a place missed it. Returns what was new.

    Doing it again corrects it. Who missed a course can ask for another one, and the council pays for what was
    attended. Refused before the course begins, and for one that was called off.
    """
    run = line.take(db, run_id)
    in_team(db, by, run.authority_id, now)
    if run.called_off_at is not None:
        raise Refused(N_("This course was called off."))
    if london_day(now) < run.starts_on:
        raise Refused(N_("Write down who was there once the course has begun."))
    rows = db.scalars(select(PlaceAsk).where(PlaceAsk.run_id == run_id, PlaceAsk.state.in_(_KNOWN))).all()
    changed = 0
    for row in rows:
        went_to = PlaceState.ATTENDED if row.id in there else PlaceState.MISSED
        if row.state is went_to:
            continue
        corrected = row.state is not PlaceState.PLACE
        line.move(db, run, row, went_to, why=Reason.CORRECTED if corrected else None, by=by, now=now)
        changed += 1
        if went_to is PlaceState.MISSED:
            _tell_claims(db, run, row, there=False, by=by, now=now)
            continue
        if corrected and db.get(PlaceHeld, (row.person_id, run.scheme, run.item, run.training)) is None:
            db.add(
                PlaceHeld(
                    person_id=row.person_id,
                    scheme=run.scheme,
                    item=run.item,
                    training=run.training,
                    ask_id=row.id,
                )
            )
        asking.pay(db, run, row, now=now)
        _tell_claims(db, run, row, there=True, by=by, now=now)
    db.flush()
    return changed


def _tell_claims(db: Db, run: PlaceRun, row: PlaceAsk, *, there: bool, by: UUID, now: datetime) -> None:
    """What was attended can be claimed, once; what leads to no training in PALMS is no cost of any enrolment."""
    if row.enrolment_id is None or not run.training:
        return
    place = WasThere(
        place_id=row.id,
        learner_id=row.person_id,
        enrolment_id=row.enrolment_id,
        scheme=run.scheme,
        item=run.item,
        training=run.training,
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        cost_pence=run.cost_pence,
    )
    tell = open_line if there else take_line_back
    tell(db, place, by=by, now=now)
