"""Read frameworks as one authority holds them, and what its administrators looked up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment.content import Frameworks, Looked
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.lines.rules import Simulated
from lms.assessment.rules import Kind
from lms.assessment.shelf.corrections import LineCheck, laid_over
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db, columns, writes
from lms.core.shelves import shelf
from lms.people import queries as people

LONGEST_HISTORY = 100

# Put together once: every page that shows a framework asks the first.
_LATEST = (
    select(LineCheckRow.id, func.count().over())
    .where(LineCheckRow.authority_id == bindparam("authority_id"))
    .order_by(LineCheckRow.at.desc(), LineCheckRow.id.desc())
    .limit(1)
)
_ALL = (
    select(LineCheckRow)
    .where(LineCheckRow.authority_id == bindparam("authority_id"))
    .order_by(LineCheckRow.at, LineCheckRow.id)
)


def frameworks_for(db: Db, authority_id: UUID) -> Frameworks:
    """Every framework, with what this authority looked up laid over it. One query, three when something is new.

    It is kept by the latest thing that was looked up and how many there are, so that nobody reads an older state, also
    after a write that was rolled back. A unit of work that only reads asks once.
    """
    place = (_KEPT, authority_id)
    found: Frameworks | None = db.info.get(place)
    if found is None:
        found = _read(db, authority_id)
        if not writes(db):  # one page asks for each enrolment, and again for its parts
            db.info[place] = found
    return found


_KEPT = "lms_frameworks"


def _read(db: Db, authority_id: UUID) -> Frameworks:
    built = shelf(db, Frameworks)
    latest = columns(db, _LATEST, {"authority_id": authority_id}).first()
    if latest is None:
        return built
    state = tuple(latest)
    kept = built.held.get(authority_id)
    if kept is not None and kept[0] == state:
        found: Frameworks = kept[1]
        return found
    made = _laid_over(db, built, authority_id)
    built.held[authority_id] = state, made
    return made


def _laid_over(db: Db, built: Frameworks, authority_id: UUID) -> Frameworks:
    rows = db.scalars(_ALL, {"authority_id": authority_id}).all()
    names = people.persons(db, {row.by for row in rows})
    checks: dict[tuple[str, str], list[LineCheck]] = {}
    for row in rows:
        checks.setdefault((row.framework, row.edition), []).append(check_of(row, names[row.by].name))
    laid = {edition: laid_over(framework, checks.get(edition, ())) for edition, framework in built.by_edition.items()}
    return replace(built, by_edition=laid, held={})


def check_of(row: LineCheckRow, name: str) -> LineCheck:
    """What a row says of its line."""
    return LineCheck(
        key=row.line,
        looked=row.looked,
        code=row.code,
        text=Words(en=row.text_en, cy=row.text_cy),
        kind=row.kind,
        simulation_allowed=row.simulation.allowed,
        on=london_day(row.at),
        by_name=name,
    )


@dataclass(frozen=True)
class LookedUp:
    """One time somebody looked a line up: what they found, where, and when."""

    looked: Looked
    code: str | None
    text: Words
    kind: Kind
    simulation: Simulated
    looked_up_in: str
    document_on: date | None
    by_name: str
    at: datetime


def history(db: Db, authority_id: UUID, *, framework: str, edition: str, key: str) -> Sequence[LookedUp]:
    """Every time an authority looked a line up, the latest first; at most a hundred. Two queries."""
    rows = db.scalars(
        select(LineCheckRow)
        .where(
            LineCheckRow.authority_id == authority_id,
            LineCheckRow.framework == framework,
            LineCheckRow.edition == edition,
            LineCheckRow.line == key,
        )
        .order_by(LineCheckRow.at.desc(), LineCheckRow.id.desc())
        .limit(LONGEST_HISTORY)
    ).all()
    names = people.persons(db, {row.by for row in rows})
    return [
        LookedUp(
            looked=row.looked,
            code=row.code,
            text=Words(en=row.text_en, cy=row.text_cy),
            kind=row.kind,
            simulation=row.simulation,
            looked_up_in=row.looked_up_in,
            document_on=row.document_on,
            by_name=names[row.by].name,
            at=row.at,
        )
        for row in rows
    ]


def latest_rows(db: Db, authority_id: UUID) -> list[LineCheckRow]:
    """Of each line an authority looked up the row that holds, in order of framework and line."""
    held = {(row.framework, row.edition, row.line): row for row in db.scalars(_ALL, {"authority_id": authority_id})}
    return [held[key] for key in sorted(held)]


def any_looked_up(db: Db, authority_id: UUID) -> bool:
    """Whether an authority looked up anything at all."""
    return db.execute(_LATEST, {"authority_id": authority_id}).first() is not None
