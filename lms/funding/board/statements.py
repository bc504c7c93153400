"""Make a year-end statement: everything it says is copied when it is made, and never changes after."""

import hashlib
import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.funding.board.histories import histories
from lms.funding.board.models import YearStatement
from lms.funding.board.year import year_of
from lms.funding.claims.models import Claim
from lms.people import queries as people

PRINT = "board.statement"
LONGEST_YEAR = 366
MOST_TRIES = 20


def make(
    db: Db,
    *,
    statement_id: UUID,
    authority_id: UUID,
    claimant_id: UUID,
    first: date,
    last: date,
    as_at: date,
    by: UUID,
    now: datetime,
) -> UUID:
    """Make the statement of an organisation for a year as it stands at the end of a day; the worker prints it.

    `statement_id` is the form's once-only number. Refuses days to come, a year that is none, and an organisation
    without a claim behind this wall as NotFound.
    """
    if db.get(YearStatement, statement_id) is not None:
        return statement_id
    if as_at > london_day(now):
        raise Refused(N_("The day it shows the money at has to be today or in the past."))
    if last < first or (last - first).days > LONGEST_YEAR or as_at < first:
        raise Refused(N_("Choose a year that has begun by the day the statement shows the money at."))
    if claimant_id not in claimants_in(db, authority_id):
        raise NotFound("organisation")
    data = _data(db, authority_id, claimant_id, (first, last, as_at))
    for _try in range(MOST_TRIES):
        row = YearStatement(
            id=statement_id,
            authority_id=authority_id,
            claimant_id=claimant_id,
            made_year=london_day(now).year,
            number=_next_number(db, authority_id, london_day(now).year),
            first_on=first,
            last_on=last,
            as_at=as_at,
            data=data,
            digest=digest_of(data),
            made_by=by,
            made_at=now,
        )
        if add_once(db, row):
            later(db, PRINT, str(row.id), now=now)
            return row.id
    raise Refused(N_("Several people made a statement at once. Try again."))


def _data(db: Db, authority_id: UUID, claimant_id: UUID, days: tuple[date, date, date]) -> dict[str, Any]:
    first, last, as_at = days
    found = year_of(histories(db, authority_id, claimant_id), first=first, last=last, as_at=as_at)
    authority, claimant = people.organisation(db, authority_id), people.organisation(db, claimant_id)
    return {
        "authority": authority.name,
        "organisation": claimant.name,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "as_at": as_at.isoformat(),
        "schemes": [{"scheme": code, **asdict(sums)} for code, sums in found.schemes],
        "total": asdict(found.total),
        "moved": {**asdict(found.moved), "kept": found.moved.kept},
        "lines": [{**asdict(line), "owed": line.owed} for line in found.lines],
    }


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of what a statement says, in one spelling."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def claimants_in(db: Db, authority_id: UUID) -> dict[UUID, str]:
    """The organisations that ever claimed behind a wall, by id, with their names."""
    ids = set(db.scalars(select(Claim.claimant_id).where(Claim.authority_id == authority_id).distinct())) - {None}
    return {id: each.name for id, each in people.organisations(db, ids).items()}  # type: ignore[arg-type]  # no None


def _next_number(db: Db, authority_id: UUID, year: int) -> int:
    wanted = select(func.max(YearStatement.number))
    ours = YearStatement.authority_id == authority_id, YearStatement.made_year == year
    return (db.scalar(wanted.where(*ours)) or 0) + 1


def statement(db: Db, statement_id: UUID, authority_ids: frozenset[UUID]) -> YearStatement:
    """One statement behind one of these walls. Raises NotFound, the same whether it is absent or behind another."""
    found = db.get(YearStatement, statement_id)
    if found is None or found.authority_id not in authority_ids:
        raise NotFound("statement")
    return found


def reference_of(found: YearStatement, authority_code: str) -> str:
    """The number on its face, which never changes: RIVERMERE-YEAR-2026-0003."""
    return f"{authority_code}-YEAR-{found.made_year}-{found.number:04d}"


def statements_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[YearStatement], int]:
    """A page of an authority's statements, the newest first, and how many there are."""
    ours = YearStatement.authority_id == authority_id
    total = db.scalar(select(func.count()).select_from(YearStatement).where(ours)) or 0
    newest = select(YearStatement).where(ours).order_by(YearStatement.made_at.desc(), YearStatement.id)
    return list(db.scalars(newest.offset(offset).limit(limit))), total
