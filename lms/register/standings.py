"""Keep standings: work verdicts out again when a fact arrives or a day comes, and say when one changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.events import record_all
from lms.people import queries as people
from lms.register.content import Edition
from lms.register.events import VerdictChanged
from lms.register.kinds import ListingState, TrainingKind
from lms.register.learning_done import items_of
from lms.register.listing import calendar
from lms.register.merging.queries import same_as
from lms.register.models import Standing, StandingLack
from lms.register.queries import edition_for
from lms.register.rules import Verdict
from lms.register.stored import in_short, rules_digest
from lms.register.touching import touch
from lms.register.working_out import Worked, work_out

MANY = 100
"""People put on a list at once from which on their verdicts are worked out a moment later."""

KEPT = (
    "state",
    "edition",
    "rules",
    "verdict",
    "missing",
    "holds_until",
    "lapses_on",
    "next_step",
    "next_for",
    "turn",
    "worked_out_at",
)


def reassess(db: Db, *, person_id: UUID, authority_id: UUID, now: datetime) -> Verdict | None:
    """Work out what the rules say of a PA today and keep it; None when the authority has no rules.

    Records VerdictChanged when the state or what is missing is not what it was. A PA nobody has looked at yet stands
    at checking, so the first verdict is news only when it is another one.
    """
    touch(db, authority_id, [person_id], now)  # also for what no fact says: a later day, something recommended
    return reassess_many(db, authority_id=authority_id, person_ids=[person_id], now=now).get(person_id)


def reassess_many(db: Db, *, authority_id: UUID, person_ids: Collection[UUID], now: datetime) -> dict[UUID, Verdict]:
    """The same for many PAs of one authority, in a constant number of queries; empty when it has no rules.

    What is known under another record of the same person counts for both, so both are worked out.
    """
    today, same = london_day(now), same_as(db, person_ids, authority_id)
    ids = sorted({*person_ids, *(other for others in same.values() for other in others)})
    edition = edition_for(db, authority_id, today)
    if edition is None:
        _leave_alone(db, authority_id, ids)
        return {}
    # The rows are locked before anything is read: of two facts arriving at once, the second to be worked out sees both.
    rows = locked(db, authority_id, ids)
    if len(rows) < len(ids):
        _begin(db, authority_id, [each for each in ids if each not in rows], edition, now)
        rows = locked(db, authority_id, ids)
    worked = work_out(db, edition, authority_id, ids, on=today)
    keep(db, edition, authority_id, worked, rows=rows, now=now)
    return {each.person_id: each.verdict for each in worked}


def reassess_everywhere(
    db: Db, *, person_id: UUID, now: datetime, where: Collection[TrainingKind] | None = None
) -> None:
    """Work out a PA's standing again at every authority that knows them today.

    `where` leaves out authorities whose rules name no learning of these kinds: nothing of it changes anything there.
    """
    today = london_day(now)
    for authority in people.authorities_of(db, person_id, today):
        if where is not None and not _names(edition_for(db, authority.id, today), where):
            continue
        reassess(db, person_id=person_id, authority_id=authority.id, now=now)


def _names(edition: Edition | None, kinds: Collection[TrainingKind]) -> bool:
    return edition is not None and any(item.kind in kinds for item in items_of(edition.rules.requirements))


def end_standing(db: Db, *, person_id: UUID, authority_id: UUID, last_day: date | None) -> None:
    """Take a PA off an authority's lists after a last day; None puts them back."""
    row = db.scalar(select(Standing).where(Standing.person_id == person_id, Standing.authority_id == authority_id))
    if row is not None:
        row.ended_on = last_day
        db.flush()


def begin_standings(db: Db, *, person_ids: Sequence[UUID], authority_id: UUID, now: datetime) -> None:
    """Put many new PAs on an authority's list at once. They stand at checking; verdicts are worked out a moment later.

    A standing that nobody has worked out is overdue, so whoever reads again (see `rereading`) finds it within a minute,
    in short turns of the writer. Of a few they are worked out at once.
    """
    edition = edition_for(db, authority_id, london_day(now))
    if edition is None or len(person_ids) <= MANY:
        reassess_many(db, authority_id=authority_id, person_ids=person_ids, now=now)
        for person_id in person_ids:
            end_standing(db, person_id=person_id, authority_id=authority_id, last_day=None)
        return
    there = locked(db, authority_id, person_ids)
    _begin(db, authority_id, [each for each in person_ids if each not in there], edition, now)
    if there:
        mine = Standing.authority_id == authority_id, Standing.person_id.in_(list(there))
        db.execute(update(Standing).where(*mine).values(ended_on=None, rules=""))


def take_back_standings(db: Db, *, person_ids: Sequence[UUID], authority_id: UUID) -> None:
    """Delete what was worked out of people who were never to be on an authority's list. It is no fact: facts stay."""
    values = {"authority_id": authority_id, "person_ids": list(person_ids)}
    db.flush()
    for wanted in (_GONE_LACKS, _GONE_STANDINGS):
        db.connection().execute(wanted, values)


_GONE_LACKS, _GONE_STANDINGS = (
    delete(table).where(
        table.authority_id == bindparam("authority_id"),
        table.person_id.in_(bindparam("person_ids", expanding=True)),
    )
    for table in (StandingLack, Standing)
)


def overdue_in(db: Db, authority_id: UUID, today: date) -> Select[UUID] | None:
    """Each PA of an authority whose standing the calendar or a change of the rules has overtaken; None: no rules."""
    edition = edition_for(db, authority_id, today)
    if edition is None:
        return None
    digest = rules_digest(edition.rules)
    other = or_(Standing.rules < digest, Standing.rules > digest)  # “not equal” would not use the index
    here = Standing.authority_id == authority_id, Standing.ended_on.is_(None)
    return select(Standing.person_id).where(*here, or_(Standing.holds_until <= today, other))


_LOCKED = (
    select(
        Standing.person_id,
        Standing.id,
        Standing.state,
        Standing.verdict,
        Standing.turn,
    )
    .where(
        Standing.authority_id == bindparam("authority_id"),
        Standing.person_id.in_(bindparam("person_ids", expanding=True)),
    )
    .order_by(Standing.person_id)
    .with_for_update()
)


def locked(db: Db, authority_id: UUID, person_ids: Collection[UUID]) -> dict[UUID, Any]:
    """The standings' rows by person, held until the end of this unit of work; always in one order, so none deadlock."""
    rows = columns(db, _LOCKED, {"authority_id": authority_id, "person_ids": list(person_ids)})
    return {row.person_id: row for row in rows}


def _begin(db: Db, authority_id: UUID, person_ids: Iterable[UUID], edition: Edition, now: datetime) -> None:
    # Rows are written without the unit of work, which would go on with what it knows.
    first = [
        {
            "id": uuid4(),
            "person_id": person_id,
            "authority_id": authority_id,
            "state": ListingState.CHECKING,
            "edition": edition.rules.edition,
            "rules": "",
            "verdict": {},
            "missing": 0,
            "worked_out_at": now,
        }
        for person_id in person_ids
    ]
    if first:
        make = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
        db.flush()
        db.connection().execute(make(Standing).on_conflict_do_nothing(), first)


def keep(
    db: Db,
    edition: Edition,
    authority_id: UUID,
    worked: Sequence[Worked],
    *,
    rows: Mapping[UUID, Any],
    now: datetime,
) -> None:
    """Write what was worked out of people whose rows are locked, say what changed, and let their listings follow."""
    if not worked:
        return
    digest = rules_digest(edition.rules)
    db.connection().execute(_KEEP, [_values(rows[each.person_id], each, digest, now) for each in worked])
    _keep_lacks(db, authority_id, [each for each in worked if _lacks_else(rows[each.person_id], each.verdict)])
    facts = [_fact(authority_id, each, rows[each.person_id]) for each in worked if news(rows[each.person_id], each)]
    if facts:
        record_all(db, facts, by=None, now=now, behalf=authority_id)
    # Anything that hangs on the new verdicts comes last: a listing that moves has the standing worked out once more.
    moved = calendar.follow(db, authority_id, {each.person_id: each.verdict for each in worked}, now)
    if moved:
        reassess_many(db, authority_id=authority_id, person_ids=moved, now=now)


def news(row: Any, worked: Worked) -> bool:
    """Whether a verdict says something else than the standing's row: another state, or something else missing."""
    known = row.verdict.get("missing")
    return worked.verdict.state is not row.state or (known is not None and known != list(worked.verdict.missing))


def _fact(authority_id: UUID, worked: Worked, row: Any) -> VerdictChanged:
    return VerdictChanged(
        about=worked.person_id,
        authority_id=authority_id,
        state=worked.verdict.state.value,
        missing=worked.verdict.missing,
        was=row.state.value,
    )


_KEEP = (
    update(Standing)
    .where(Standing.id == bindparam("key"))
    .values({name: bindparam(f"new_{name}") for name in KEPT})
    .execution_options(synchronize_session=False)
)


def _values(row: Any, worked: Worked, digest: str, now: datetime) -> dict[str, Any]:
    verdict = worked.verdict
    return {
        "key": row.id,
        "new_state": verdict.state,
        "new_edition": verdict.edition,
        "new_rules": digest,
        "new_verdict": in_short(verdict),
        "new_missing": len(verdict.missing),
        "new_holds_until": verdict.until,
        "new_lapses_on": worked.lapses_on,
        "new_next_step": verdict.next_step.step if verdict.next_step else None,
        "new_next_for": verdict.next_step.code if verdict.next_step else None,
        "new_turn": row.turn + 1,
        "new_worked_out_at": now,
    }


def _lacks_else(row: Any, verdict: Verdict) -> bool:
    known = (row.verdict.get("missing"), row.verdict.get("recommended_missing"))
    return known != (list(verdict.missing), list(verdict.recommended_missing))


def _keep_lacks(db: Db, authority_id: UUID, worked: Sequence[Worked]) -> None:
    if not worked:
        return
    gone = delete(StandingLack).where(
        StandingLack.authority_id == authority_id,
        StandingLack.person_id.in_(bindparam("person_ids", expanding=True)),
    )
    db.connection().execute(gone, {"person_ids": [each.person_id for each in worked]})
    rows = [
        {"authority_id": authority_id, "code": code, "person_id": each.person_id}
        for each in worked
        for code in (*each.verdict.missing, *each.verdict.recommended_missing)
    ]
    if rows:
        db.connection().execute(insert(StandingLack), rows)


def _leave_alone(db: Db, authority_id: UUID, person_ids: Collection[UUID]) -> None:
    """Without rules the calendar changes nothing: what was worked out last stays, and is not asked for again."""
    wanted = update(Standing).where(Standing.authority_id == authority_id, Standing.person_id.in_(person_ids))
    db.execute(wanted.values(holds_until=None, lapses_on=None))
