"""What this room itself holds about one PA, asked for at once: four kinds of small rows in one statement.

Of most PAs there are a dozen rows in all, and asking four times costs more than reading them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    CompoundSelect,
    Date,
    Integer,
    String,
    bindparam,
    cast,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from lms.core.db import Db, columns, writes
from lms.core.types import Id, UtcDateTime
from lms.register.held import Waiver
from lms.register.kinds import Circumstance, RequirementKind
from lms.register.listing.models import WaiverEnd, WaiverRow
from lms.register.listing.waiving import WaiverReason
from lms.register.merging.models import SamePerson
from lms.register.merging.queries import same_as
from lms.register.models import CircumstanceSaid, RequirementRecord


@dataclass(frozen=True)
class Facts:
    """What is held of some PAs, by person: whose records count besides their own, and rows in their order."""

    same: Mapping[UUID, Sequence[UUID]]
    records: Mapping[UUID, Sequence[Any]] = field(default_factory=dict)
    said: Mapping[UUID, Sequence[Any]] = field(default_factory=dict)
    waivers: Mapping[UUID, Sequence[Waiver]] = field(default_factory=dict)


class Record(NamedTuple):
    """One record; the first columns are those by which rows of several people are sorted."""

    person_id: UUID
    number: int
    id: UUID
    kind: RequirementKind
    code: str
    data: dict[str, Any]
    seen_on: date
    ends_on: date | None
    by: UUID
    at: Any


def facts_of(db: Db, person_id: UUID, authority_id: UUID) -> Facts:
    """All of one PA. One query; three where two records are read as one. A unit that only reads asks once."""
    place = ("lms_register_facts", person_id, authority_id)
    kept: Facts | None = db.info.get(place)
    if kept is not None:
        return kept
    rows = list(columns(db, _FACTS, {"person_id": person_id, "authority_id": authority_id}))
    same: Mapping[UUID, Sequence[UUID]] = {}
    if rows and rows[0][0] == _SAME:
        same = same_as(db, [person_id], authority_id)
        others = same.get(person_id, ())
        for other in others:
            rows += columns(db, _FACTS, {"person_id": other, "authority_id": authority_id})
    found = _sorted_out(rows, same)
    if not writes(db):
        db.info[place] = found
    return found


def _sorted_out(rows: Sequence[Any], same: Mapping[UUID, Sequence[UUID]]) -> Facts:
    records: defaultdict[UUID, list[Any]] = defaultdict(list)
    said: defaultdict[UUID, list[Any]] = defaultdict(list)
    waivers: defaultdict[UUID, list[Waiver]] = defaultdict(list)
    for part, person_id, number, id, word, code, data, on, ends, by, at, ended, holds in rows:
        if part == _RECORD:
            kind = RequirementKind(word)
            records[person_id].append(Record(person_id, number, id, kind, code, data, on, ends, by, at))
        elif part == _SAID:
            said[person_id].append((person_id, number, Circumstance(word), holds))
        elif part == _WAIVER:
            last = ends if ended is None else min(ends, ended - timedelta(days=1))
            if last >= on:
                waivers[person_id].append(Waiver(code=code, reason=WaiverReason(word).value, on=on, ends_on=last))
    return Facts(same, records, said, waivers)


_SAME, _RECORD, _SAID, _WAIVER = range(4)
_SHAPE: Mapping[str, Any] = {
    "person_id": Id(),
    "number": Integer(),
    "id": Id(),
    "word": String(),
    "code": String(),
    "data": JSON(),
    "on_day": Date(),
    "ends_on": Date(),
    "by": Id(),
    "at": UtcDateTime(),
    "ended_on": Date(),
    "holds": Boolean(),
}


def _part(part: int, **given: Any) -> Any:
    """One of the four: what it does not have is empty."""
    cells = (given[name] if name in given else cast(null(), kind) for name, kind in _SHAPE.items())
    wanted = (cell.label(name) for cell, name in zip(cells, _SHAPE, strict=True))
    return select(literal(part, Integer).label("part"), *wanted)


_PERSON, _AUTHORITY = bindparam("person_id", type_=Id()), bindparam("authority_id", type_=Id())


def _of(table: Any) -> tuple[Any, Any]:
    return table.person_id == bindparam("person_id", type_=Id()), table.authority_id == bindparam(
        "authority_id", type_=Id()
    )


_PARTS = union_all(
    _part(_SAME, person_id=SamePerson.kept_id, id=SamePerson.other_id).where(
        SamePerson.authority_id == _AUTHORITY,
        SamePerson.ended_at.is_(None),
        or_(SamePerson.kept_id == _PERSON, SamePerson.other_id == _PERSON),
    ),
    _part(
        _RECORD,
        person_id=RequirementRecord.person_id,
        number=RequirementRecord.number,
        id=RequirementRecord.id,
        word=type_coerce(RequirementRecord.kind, String()),
        code=RequirementRecord.code,
        data=RequirementRecord.data,
        on_day=RequirementRecord.seen_on,
        ends_on=RequirementRecord.ends_on,
        by=RequirementRecord.by,
        at=RequirementRecord.at,
    ).where(*_of(RequirementRecord)),
    _part(
        _SAID,
        person_id=CircumstanceSaid.person_id,
        number=CircumstanceSaid.number,
        id=CircumstanceSaid.id,
        word=type_coerce(CircumstanceSaid.circumstance, String()),
        holds=CircumstanceSaid.holds,
    ).where(*_of(CircumstanceSaid)),
    _part(
        _WAIVER,
        person_id=WaiverRow.person_id,
        id=WaiverRow.id,
        word=type_coerce(WaiverRow.reason, String()),
        code=WaiverRow.code,
        on_day=WaiverRow.starts_on,
        ends_on=WaiverRow.ends_on,
        at=WaiverRow.at,
        ended_on=WaiverEnd.ended_on,
    )
    .outerjoin(WaiverEnd, WaiverEnd.waiver_id == WaiverRow.id)
    .where(*_of(WaiverRow)),
)
_FACTS: CompoundSelect[*tuple[Any, ...]] = _PARTS.order_by("part", "number", "at", "id")
"""Put together once: every verdict of one PA asks it."""
