"""Who has a thing open: taken before it is opened, given back, and free again when it ran out."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from lms.assessment.queues.models import OpenThing
from lms.assessment.queues.rules import LEASE, Held, taken_by_other
from lms.core.clock import LONDON
from lms.core.db import Db, add_once, columns
from lms.core.words import N_, Refused
from lms.people import queries as people

_HELD = select(OpenThing.thing, OpenThing.person_id, OpenThing.since, OpenThing.until).where(
    OpenThing.thing.in_(bindparam("things", expanding=True))
)


def held(db: Db, things: Collection[str], *, now: datetime) -> Mapping[str, Held]:
    """Who has which of these things open now. One query."""
    if not things:
        return {}
    rows = columns(db, _HELD, {"things": list(things)})
    return {thing: Held(person, since, until) for thing, person, since, until in rows if until > now}


def take(db: Db, *, thing: str, by: UUID, now: datetime) -> None:
    """Open a thing for a while; one that is open already goes on. Refused while somebody else has it open.

    Of several people who take it at the same moment one has it.
    """
    row = _row(db, thing)
    # Given back at the very moment between the two: it is free, so ask once more.
    while row is None and not add_once(db, OpenThing(thing=thing, person_id=by, since=now, until=now + LEASE)):
        row = _row(db, thing)
    if row is not None:
        _go_on(db, row, by=by, now=now)


def _row(db: Db, thing: str) -> OpenThing | None:
    wanted = select(OpenThing).where(OpenThing.thing == thing).with_for_update()
    return db.scalar(wanted.execution_options(populate_existing=True))


def _go_on(db: Db, row: OpenThing, *, by: UUID, now: datetime) -> None:
    if taken_by_other(Held(row.person_id, row.since, row.until), person=by, now=now):
        raise Refused(
            N_("%(name)s has had this open since %(since)s. It is free again at %(until)s."),
            name=people.person(db, row.person_id).name,
            since=clock_time(row.since),
            until=clock_time(row.until),
        )
    if row.person_id != by or row.until <= now:
        row.person_id, row.since = by, now
    row.until = now + LEASE
    db.flush()


def put_back(db: Db, *, thing: str, by: UUID) -> None:
    """Let others open a thing one has open. Nothing happens when one has it not open."""
    db.execute(delete(OpenThing).where(OpenThing.thing == thing, OpenThing.person_id == by))


def clock_time(moment: datetime) -> str:
    """The time of day in the United Kingdom: “10:02”."""
    return f"{moment.astimezone(LONDON):%H:%M}"
