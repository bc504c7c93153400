"""Keep prospects: work them out again when a fact arrives, a day comes, or a scheme changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.funding.prospects import schemes
from lms.funding.prospects.facts import learners_of, place_of
from lms.funding.prospects.models import Prospect, ProspectStanding
from lms.funding.prospects.rules import Key, Reading, Said
from lms.funding.prospects.touching import take
from lms.learning import queries as learning

AT_ONCE = 500
MANY = 100
"""Learners touched in one unit of work from which on they are read a moment later, as those of a list that came in."""

NEVER = ""
"""The digest of one whose prospects nobody has worked out yet."""

SAID = tuple(each.name for each in fields(Said))


@dataclass(frozen=True)
class Worked:
    """A learner's prospects as they should be: what is new, what is another, what is gone, and until when it holds."""

    learner_id: UUID
    added: Mapping[Key, Said]
    changed: Mapping[UUID, Said]
    gone: Sequence[UUID]
    holds_until: date | None


def settle(db: Db) -> None:
    """Work out again whomever a fact of this unit of work touched: once, just before its commit."""
    touched = take(db)
    if touched is None:
        return
    ids, now = touched
    where: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for enrolment in learning.every_enrolment_of(db, ids):
        where[enrolment.authority_id].add(enrolment.learner_id)
    for authority_id, learner_ids in sorted(where.items()):
        if len(ids) > MANY:
            ask_for(db, authority_id=authority_id, learner_ids=sorted(learner_ids), now=now)
            continue
        reassess(db, authority_id=authority_id, learner_ids=learner_ids, now=now)


def take_back(db: Db, *, authority_id: UUID, learner_ids: Sequence[UUID]) -> None:
    """Delete what was worked out of learners who were never to be an authority's. Those with another enrolment there
    are worked out again at the commit, as after any fact."""
    db.flush()
    for start in range(0, len(learner_ids), AT_ONCE):
        values = {"authority_id": authority_id, "ids": list(learner_ids[start : start + AT_ONCE])}
        for wanted in (_GONE_PROSPECTS, _GONE_STANDINGS):
            db.connection().execute(wanted, values)


_GONE_PROSPECTS, _GONE_STANDINGS = (
    delete(table).where(
        table.authority_id == bindparam("authority_id"), table.learner_id.in_(bindparam("ids", expanding=True))
    )
    for table in (Prospect, ProspectStanding)
)


def ask_for(db: Db, *, authority_id: UUID, learner_ids: Sequence[UUID], now: datetime) -> None:
    """Have these learners read by whoever reads next (see `rereading`), within a minute: nobody holds the writer."""
    for start in range(0, len(learner_ids), AT_ONCE):
        ids = learner_ids[start : start + AT_ONCE]
        there = locked(db, authority_id, ids)
        _begin(db, authority_id, [each for each in ids if each not in there], now)
        theirs = ProspectStanding.authority_id == authority_id, ProspectStanding.learner_id.in_(list(there))
        if there:
            db.execute(update(ProspectStanding).where(*theirs).values(rules=NEVER))


def reassess(db: Db, *, authority_id: UUID, learner_ids: Collection[UUID], now: datetime) -> None:
    """Work out what every live scheme says to these learners of an authority today, and keep it."""
    every = sorted(learner_ids)
    reading = reading_of(db, authority_id, london_day(now))
    for start in range(0, len(every), AT_ONCE):
        ids = every[start : start + AT_ONCE]
        # Locked before anything is read: of two facts arriving at once, the second to be worked out sees both.
        rows = locked(db, authority_id, ids)
        if len(rows) < len(ids):
            _begin(db, authority_id, [each for each in ids if each not in rows], now)
            rows = locked(db, authority_id, ids)
        digest = schemes.digest(reading.schemes)
        keep(db, authority_id, work_out(db, reading, ids), turns=rows, digest=digest, now=now)


def reading_of(db: Db, authority_id: UUID, on: date) -> Reading:
    """A reading of an authority's learners on a day, by the schemes that hold there."""
    return Reading(place_of(db, authority_id, on), schemes.schemes_of(db, authority_id, on), on)


def digest_of(db: Db, authority_id: UUID, on: date) -> str:
    """What the schemes of an authority come to on a day; another one after any of them changed."""
    return schemes.digest(schemes.schemes_of(db, authority_id, on))


def work_out(db: Db, reading: Reading, learner_ids: Sequence[UUID]) -> list[Worked]:
    """What is to be written about these learners; nothing is written."""
    known: defaultdict[UUID, dict[Key, Any]] = defaultdict(dict)
    wanted = {"authority_id": reading.place.id, "learner_ids": list(learner_ids)}
    for row in columns(db, _KNOWN, wanted):
        known[row.learner_id][row.enrolment_id, row.training, row.scheme] = row
    learners = learners_of(db, reading.place, reading.schemes, learner_ids, on=reading.on)
    return [_compared(each, *reading.said_to(learners[each]), known.get(each, {})) for each in learner_ids]


def _compared(learner_id: UUID, said: Mapping[Key, Said], until: date | None, known: Mapping[Key, Any]) -> Worked:
    added = {key: one for key, one in said.items() if key not in known}
    both = ((known[key], one) for key, one in said.items() if key in known)
    changed = {row.id: one for row, one in both if tuple(row)[_KEYS:] != tuple(getattr(one, name) for name in SAID)}
    gone = [row.id for key, row in known.items() if key not in said]
    return Worked(learner_id, added, changed, gone, until)


_KEYS = 5
_KNOWN = select(
    Prospect.id,
    Prospect.learner_id,
    Prospect.enrolment_id,
    Prospect.training,
    Prospect.scheme,
    *(getattr(Prospect, name) for name in SAID),
).where(
    Prospect.authority_id == bindparam("authority_id"),
    Prospect.learner_id.in_(bindparam("learner_ids", expanding=True)),
)


def keep(
    db: Db, authority_id: UUID, worked: Sequence[Worked], *, turns: Mapping[UUID, int], digest: str, now: datetime
) -> None:
    """Write what was worked out of learners whose standings are locked."""
    if not worked:
        return
    connection = db.connection()
    gone = [id for each in worked for id in each.gone]
    if gone:
        connection.execute(_GONE, {"ids": gone})
    changed = [{"key": id, **_named(said, "new_")} for each in worked for id, said in each.changed.items()]
    if changed:
        connection.execute(_CHANGE, changed)
    added = [
        {
            "id": uuid4(),
            "authority_id": authority_id,
            "learner_id": each.learner_id,
            "enrolment_id": enrolment_id,
            "training": training,
            "scheme": scheme,
            **_named(said),
        }
        for each in worked
        for (enrolment_id, training, scheme), said in each.added.items()
    ]
    if added:
        connection.execute(insert(Prospect), added)
    connection.execute(_STAND, [_standing(authority_id, each, turns[each.learner_id], digest, now) for each in worked])


def _named(said: Said, before: str = "") -> dict[str, Any]:
    return {before + name: getattr(said, name) for name in SAID}


def _standing(authority_id: UUID, worked: Worked, turn: int, digest: str, now: datetime) -> dict[str, Any]:
    return {
        "of_authority": authority_id,
        "of_learner": worked.learner_id,
        "new_rules": digest,
        "new_until": worked.holds_until,
        "new_turn": turn + 1,
        "new_at": now,
    }


_GONE = delete(Prospect).where(Prospect.id.in_(bindparam("ids", expanding=True)))
_CHANGE = (
    update(Prospect)
    .where(Prospect.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in SAID})
    .execution_options(synchronize_session=False)
)
_STAND = (
    update(ProspectStanding)
    .where(
        ProspectStanding.authority_id == bindparam("of_authority"),
        ProspectStanding.learner_id == bindparam("of_learner"),
    )
    .values(
        rules=bindparam("new_rules"),
        holds_until=bindparam("new_until"),
        turn=bindparam("new_turn"),
        worked_out_at=bindparam("new_at"),
    )
    .execution_options(synchronize_session=False)
)

_LOCKED = (
    select(ProspectStanding.learner_id, ProspectStanding.turn)
    .where(
        ProspectStanding.authority_id == bindparam("authority_id"),
        ProspectStanding.learner_id.in_(bindparam("learner_ids", expanding=True)),
    )
    .order_by(ProspectStanding.learner_id)
    .with_for_update()
)


def locked(db: Db, authority_id: UUID, learner_ids: Collection[UUID]) -> dict[UUID, int]:
    """The turn of each standing there is, locked in the order of learners."""
    rows = columns(db, _LOCKED, {"authority_id": authority_id, "learner_ids": list(learner_ids)})
    return {row.learner_id: row.turn for row in rows}


def _begin(db: Db, authority_id: UUID, learner_ids: Iterable[UUID], now: datetime) -> None:
    same = {"authority_id": authority_id, "rules": NEVER, "turn": 0, "worked_out_at": now}
    rows = [{"learner_id": learner_id, **same} for learner_id in learner_ids]
    if rows:
        make = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
        db.flush()
        db.connection().execute(make(ProspectStanding).on_conflict_do_nothing(), rows)
