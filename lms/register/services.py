"""Write the register: what was seen, what the PA says, what follows a disclosure. Each works the standing out again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.register import queries
from lms.register.events import CircumstancesSaid, RequirementSeen
from lms.register.kinds import Circumstance, CodeNeeded, RequirementKind
from lms.register.lines import AreaLine, Line
from lms.register.models import CircumstanceSaid, RequirementRecord
from lms.register.records import SAID_BY_THE_PA, limited
from lms.register.rereading import reread
from lms.register.standings import (
    begin_standings,
    end_standing,
    reassess,
    reassess_everywhere,
    reassess_many,
    take_back_standings,
)

__all__ = [
    "accept_code",
    "begin_standings",
    "end_standing",
    "reassess",
    "reassess_everywhere",
    "reassess_many",
    "record_seen",
    "reread",
    "say_circumstances",
    "say_so",
    "take_back_standings",
]

EARLIEST = date(2000, 1, 1)


def record_seen(
    db: Db,
    *,
    once: UUID,
    person_id: UUID,
    authority_id: UUID,
    code: str,
    on: date,
    data: Mapping[str, Any],
    by: UUID,
    now: datetime,
    ends_on: date | None = None,
) -> None:
    """Record what the register team saw on a day for the requirement with a code.

    `data` is what records.MAY_STORE names for its kind; `ends_on` is the document's own last day. `once` is the form's
    number: the same form sent twice makes one record. Raises NotFound for a requirement or PA the authority does not
    have; refuses what only the PA can say, one's own record, and days that cannot be.
    """
    line = _line(db, person_id, authority_id, code, now)
    if line.kind in SAID_BY_THE_PA:
        raise Refused(N_("Only the PA can say this. Ask them to do it on their own page."))
    if by == person_id:
        raise Refused(N_("Somebody else has to record this for you."))
    _check_days(on, ends_on, now)
    issued = data.get("issue_date") or data.get("completed_on")
    if issued is not None and date.fromisoformat(issued) > on:
        raise Refused(N_("The date on the document is after the day you saw it. Check both dates."))
    _keep(
        db,
        once=once,
        person_id=person_id,
        authority_id=authority_id,
        line=line,
        on=on,
        ends_on=ends_on,
        data=data,
        by=by,
        now=now,
    )


def accept_code(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, version: str, now: datetime) -> None:
    """The PA accepts the authority's code of conduct as it is today. Refused when another version has come since."""
    line, rule = _code_line(db, person_id, authority_id, now)
    if version != rule.version:
        raise Refused(N_("There is a newer code of conduct. Read this one, then accept it."))
    _say(db, once=once, person_id=person_id, authority_id=authority_id, line=line, data={"version": version}, now=now)


def say_so(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, code: str, now: datetime) -> None:
    """The PA confirms that their details are right, or that they work or want to work in the authority's area."""
    line = _line(db, person_id, authority_id, code, now)
    if line.kind not in SAID_BY_THE_PA - {RequirementKind.CODE_OF_CONDUCT}:
        raise NotFound("requirement")
    data = {"area": line.areas[0]} if isinstance(line, AreaLine) else {}
    _say(db, once=once, person_id=person_id, authority_id=authority_id, line=line, data=data, now=now)


def say_circumstances(
    db: Db, *, person_id: UUID, authority_id: UUID, answers: Mapping[Circumstance, bool], by: UUID, now: datetime
) -> None:
    """What is so of a PA's work, as the PA or the register team says it. The same answer again changes nothing."""
    _known(db, person_id, authority_id, now)
    before = queries.circumstances_of(db, person_id, authority_id)
    changed = {c: holds for c, holds in answers.items() if before.get(c) is not holds}
    if not changed:
        return
    for circumstance, holds in changed.items():
        db.add(
            CircumstanceSaid(
                person_id=person_id, authority_id=authority_id, circumstance=circumstance, holds=holds, by=by, at=now
            )
        )
    db.flush()
    holding = tuple(sorted(c.value for c, holds in {**before, **answers}.items() if holds))
    fact = CircumstancesSaid(about=person_id, authority_id=authority_id, holding=holding)
    record(db, fact, by=by, now=now, behalf=authority_id)
    reassess(db, person_id=person_id, authority_id=authority_id, now=now)


def _say(
    db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, line: Line, data: Mapping[str, Any], now: datetime
) -> None:
    """Keep what the PA says themselves, today."""
    _keep(
        db,
        once=once,
        person_id=person_id,
        authority_id=authority_id,
        line=line,
        on=london_day(now),
        data=data,
        by=person_id,
        now=now,
    )


def _keep(
    db: Db,
    *,
    once: UUID,
    person_id: UUID,
    authority_id: UUID,
    line: Line,
    on: date,
    data: Mapping[str, Any],
    by: UUID,
    now: datetime,
    ends_on: date | None = None,
) -> None:
    row = RequirementRecord(
        id=once,
        person_id=person_id,
        authority_id=authority_id,
        kind=line.kind,
        code=line.code,
        data=limited(line.kind, data),
        seen_on=on,
        ends_on=ends_on,
        by=by,
        at=now,
    )
    if not add_once(db, row):
        _refuse_another_one(db, row)
        return
    fact = RequirementSeen(
        about=person_id, authority_id=authority_id, record_id=once, kind=line.kind.value, code=line.code
    )
    record(db, fact, by=by, now=now, behalf=authority_id)
    reassess(db, person_id=person_id, authority_id=authority_id, now=now)


def _refuse_another_one(db: Db, asked: RequirementRecord) -> None:
    """A double tap brings the same content and is quiet; anything else must not be lost without a word."""
    there = db.scalars(select(RequirementRecord).where(RequirementRecord.id == asked.id)).one()
    if (there.person_id, there.authority_id, there.code) != (asked.person_id, asked.authority_id, asked.code):
        raise NotFound("record")
    if asked.kind in SAID_BY_THE_PA:  # the same button again, at most on the next day
        return
    if (there.seen_on, there.ends_on, there.data) != (asked.seen_on, asked.ends_on, asked.data):
        raise Refused(N_("Something was saved from this page before. Open the page anew to add something else."))


def _known(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    if not queries.knows(db, authority_id, person_id, london_day(now)):
        raise NotFound("person")


def _line(db: Db, person_id: UUID, authority_id: UUID, code: str, now: datetime) -> Line:
    _known(db, person_id, authority_id, now)
    edition = queries.edition_for(db, authority_id, london_day(now))
    line = edition.lines.get(code) if edition else None
    if line is None:
        raise NotFound("requirement")
    return line


def _code_line(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> tuple[Line, CodeNeeded]:
    _known(db, person_id, authority_id, now)
    edition = queries.edition_for(db, authority_id, london_day(now))
    for rule in edition.rules.requirements if edition else ():
        if isinstance(rule, CodeNeeded) and edition:
            return edition.lines[rule.code], rule
    raise NotFound("code of conduct")


def _check_days(on: date, ends_on: date | None, now: datetime) -> None:
    if on > london_day(now):
        raise Refused(N_("That day has not come yet. Enter today or an earlier day."))
    if on < EARLIEST:
        raise Refused(N_("That day is too early. Check the year."))
    if ends_on is not None and ends_on < on:
        raise Refused(N_("The document had run out on the day you saw it. Ask for a current one."))
