"""The worker's part of a batch: who would get a certificate, and then issuing, in slices that can be cut off anywhere.

Each line is a transaction of its own: its certificate and what the line says of it are committed together, so that a
worker that is killed leaves lines that are done and lines that are not, and nothing between. Doing a slice twice finds
nothing left to do. A line that goes wrong says so; the others go on.
"""

from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from lms.certification import services as certificates
from lms.certification.bulk import outcomes
from lms.certification.bulk.models import Batch, BatchLine
from lms.certification.bulk.outcomes import Outcome
from lms.certification.bulk.rules import LOOKS, SLICE, Line, State
from lms.certification.bulk.services import ISSUE, LOOK, add_lines, key_of, read_key
from lms.core.db import Db
from lms.core.house import House
from lms.core.work import later
from lms.learning import queries as learning
from lms.people import queries as people

log = structlog.get_logger(__name__)

_NO_FAULT_OF_A_RECORD = (OperationalError, InterfaceError)
"""The database is away, locked or full: the slice is tried again, and no line is blamed for it."""


def look_some(house: House, key: str, now: datetime) -> None:
    """Find out for the next lines of a batch whether a certificate would come; then ask for the next slice."""
    batch_id, run, step = read_key(key)
    with house.database.writing() as db:
        batch = _at_work(db, batch_id, run, State.LOOKING)
        if batch is None:
            return
        if step == 0:
            _gather(db, batch)
        places = _next_places(db, batch_id, Line.NEW, LOOKS)
        if not places:
            batch.state, batch.looked_at = State.READY, now
            return
    found = {place: _look(house, batch_id, place, now) for place in places}
    with house.database.writing() as db:
        if _at_work(db, batch_id, run, State.LOOKING) is not None:
            for place, outcome in found.items():
                _note(db, batch_id, place, outcome, before=Line.NEW, now=now)
            later(db, LOOK, key_of(batch_id, run, step + 1), now=now)


def issue_some(house: House, key: str, now: datetime) -> None:
    """Issue the next certificates of a batch, one transaction each; then ask for the next slice."""
    batch_id, run, step = read_key(key)
    for _ in range(SLICE):
        if not issue_next(house, batch_id, run, now):
            return
    with house.database.writing() as db:
        later(db, ISSUE, key_of(batch_id, run, step + 1), now=now)


def _gather(db: Db, batch: Batch) -> None:
    """Everybody of the authority on the course, in the order of their names."""
    enrolments = learning.enrolments_in(db, batch.authority_id, course=batch.about)
    names = people.persons(db, {each.learner_id for each in enrolments})
    known = [each for each in enrolments if each.learner_id in names]
    known.sort(key=lambda each: (names[each.learner_id].name.casefold(), str(each.id)))
    add_lines(db, batch.id, [(each.id, each.learner_id) for each in known], Line.NEW)


def _look(house: House, batch_id: UUID, place: int, now: datetime) -> Outcome:
    """What would come of a line. A record that cannot even be looked at says so, and stops nobody else."""
    try:
        with house.database.reading() as db:
            batch, line = db.get_one(Batch, batch_id), db.get_one(BatchLine, (batch_id, place))
            verdict = certificates.dry_run(
                db, kind=batch.kind, source_id=line.source_id, code=batch.code or None, now=now
            )
    except _NO_FAULT_OF_A_RECORD:
        raise
    except Exception as trouble:  # noqa: BLE001  whatever is wrong with one record
        return _wrong(batch_id, trouble)
    if verdict.already is not None:
        return Outcome(Line.HELD, (), verdict.already)
    if verdict.missing:
        return outcomes.missing(verdict.missing)
    return outcomes.waits(verdict.waits_since) if verdict.waits_since is not None else Outcome(Line.WILL)


def issue_next(house: House, batch_id: UUID, run: int, now: datetime) -> bool:
    """Issue one; False when this run is over: stopped, begun anew, or through."""
    place: int | None = None
    try:
        with house.database.writing() as db:
            batch = _at_work(db, batch_id, run, State.RUNNING)
            place = next(iter(_next_places(db, batch_id, Line.WILL, 1)), None) if batch is not None else None
            if batch is None:
                return False
            if place is None:
                batch.state, batch.ended_at = State.DONE, now
                return False
            _note(db, batch_id, place, _issue(db, batch, place, now), before=Line.WILL, now=now)
    except _NO_FAULT_OF_A_RECORD:
        raise  # what was begun is rolled back whole
    except Exception as trouble:
        if place is None:
            raise
        with house.database.writing() as db:
            _note(db, batch_id, place, _wrong(batch_id, trouble), before=Line.WILL, now=now)
    return True


def _issue(db: Db, batch: Batch, place: int, now: datetime) -> Outcome:
    line = db.get_one(BatchLine, (batch.id, place))
    came = certificates.issue(
        db, kind=batch.kind, source_id=line.source_id, code=batch.code or None, by=batch.started_by, now=now
    )
    if came.certificate_id is not None:
        return Outcome(Line.ISSUED, (), came.certificate_id)
    if came.already is not None:
        return Outcome(Line.HELD, (), came.already)
    if came.missing or came.waits_since is None:
        return outcomes.missing(came.missing)
    return outcomes.waits(came.waits_since)


def _at_work(db: Db, batch_id: UUID, run: int, state: State) -> Batch | None:
    """The batch, held until the end, while this run of it goes on. A stop waits for it, and it for a stop."""
    batch = db.get(Batch, batch_id, with_for_update=True)
    return batch if batch is not None and (batch.state, batch.run) == (state, run) else None


def _next_places(db: Db, batch_id: UUID, state: Line, limit: int) -> list[int]:
    wanted = select(BatchLine.place).where(BatchLine.batch_id == batch_id, BatchLine.state == state)
    return list(db.scalars(wanted.order_by(BatchLine.place).limit(limit)))


def _note(db: Db, batch_id: UUID, place: int, outcome: Outcome, *, before: Line, now: datetime) -> None:
    """Write down what came of a line, unless somebody did meanwhile."""
    here = (BatchLine.batch_id == batch_id) & (BatchLine.place == place) & (BatchLine.state == before)
    said = {"state": outcome.state, "why": list(outcome.why), "certificate_id": outcome.certificate_id, "at": now}
    db.execute(update(BatchLine).where(here).values(**said).execution_options(synchronize_session=False))


def _wrong(batch_id: UUID, trouble: Exception) -> Outcome:
    log.warning("batch_line_failed", batch=str(batch_id), trouble=type(trouble).__name__)
    return outcomes.went_wrong(trouble)
