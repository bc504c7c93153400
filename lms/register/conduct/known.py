"""Every version of a code of conduct there is or was: written in rule files, and published in the browser."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.register.authoring import queries as authoring
from lms.register.conduct.models import ConductVersion
from lms.register.conduct.queries import ConductView, holding_on, versions
from lms.register.kinds import RequirementKind
from lms.register.lines import CodeLine
from lms.register.models import RequirementRecord


@dataclass(frozen=True)
class DraftView:
    """A version that is being written, or was written for a day to come; `from_day` None while it is a draft."""

    id: UUID
    version: str
    revision: int
    commitments: tuple[Words, ...]
    news: Words | None
    reaccept_days: int
    from_day: date | None
    written_by: UUID
    written_at: datetime


Known = ConductView


def known(db: Db, authority_id: UUID, *, drafts: bool = False) -> list[Known]:
    """Versions from the oldest. One that stands in several editions counts from its first day.

    With `drafts` the names of drafts are among them, with a day that never comes.
    """
    found = {each.version: each for each in sorted(_in_files(db, authority_id), key=lambda e: e.from_day, reverse=True)}
    found |= {each.version: each for each in versions(db, authority_id)}
    if drafts:
        found |= {
            each.version: ConductView(each.version, date.max, each.commitments, each.reaccept_days)
            for each in written(db, authority_id)
            if each.from_day is None
        }
    return sorted(found.values(), key=lambda each: each.from_day)


def holds(db: Db, authority_id: UUID, on: date) -> Known | None:
    """The version PAs are asked to accept on a day; None where the authority has no code."""
    return holding_on(known(db, authority_id), on)


def written(db: Db, authority_id: UUID) -> list[DraftView]:
    """What managers wrote in the browser, published or not, the newest first."""
    rows = db.scalars(
        select(ConductVersion)
        .where(ConductVersion.authority_id == authority_id)
        .order_by(ConductVersion.written_at.desc(), ConductVersion.id)
    )
    return [_view(row) for row in rows]


def accepted_by_version(db: Db, authority_id: UUID) -> dict[str, int]:
    """How many PAs accepted each version. For the register team's page; people who left are counted too."""
    version = RequirementRecord.data["version"].as_string()
    wanted = (
        select(version, func.count(RequirementRecord.person_id.distinct()))
        .where(
            RequirementRecord.authority_id == authority_id,
            RequirementRecord.kind == RequirementKind.CODE_OF_CONDUCT,
        )
        .group_by(version)
    )
    return dict(columns(db, wanted, {}).all())


def accepted_on(db: Db, person_id: UUID, authority_id: UUID) -> dict[str, date]:
    """When a PA accepted which version, by version; the first day counts."""
    rows = columns(db, _ACCEPTED, {"person_id": person_id, "authority_id": authority_id})
    return dict(rows.all())


_VERSION = RequirementRecord.data["version"].as_string()  # said once: PostgreSQL takes two of them for two things
_ACCEPTED = (
    select(_VERSION, func.min(RequirementRecord.seen_on))
    .where(
        RequirementRecord.person_id == bindparam("person_id"),
        RequirementRecord.authority_id == bindparam("authority_id"),
        RequirementRecord.kind == RequirementKind.CODE_OF_CONDUCT,
    )
    .group_by(_VERSION)
)


def who_accepted(
    db: Db, authority_id: UUID, version: str, *, offset: int, limit: int
) -> tuple[list[tuple[UUID, date]], int]:
    """Who accepted a version and when, the newest first, and how many did."""
    mine = (
        RequirementRecord.authority_id == authority_id,
        RequirementRecord.kind == RequirementKind.CODE_OF_CONDUCT,
        RequirementRecord.data["version"].as_string() == version,
    )
    first = func.min(RequirementRecord.seen_on)
    wanted = (
        select(RequirementRecord.person_id, first)
        .where(*mine)
        .group_by(RequirementRecord.person_id)
        .order_by(first.desc(), RequirementRecord.person_id)
    )
    total = columns(db, select(func.count(RequirementRecord.person_id.distinct())).where(*mine), {}).scalar_one()
    return [(row[0], row[1]) for row in columns(db, wanted.offset(offset).limit(limit), {})], total


def _in_files(db: Db, authority_id: UUID) -> Iterator[Known]:
    for edition in authoring.editions(db, authority_id):
        for line in edition.lines.values():
            if isinstance(line, CodeLine):
                yield ConductView(line.version, line.version_from, line.commitments, line.reaccept_on_new_version_days)


def _view(row: ConductVersion) -> DraftView:
    return DraftView(
        id=row.id,
        version=row.version,
        revision=row.revision,
        commitments=tuple(Words(**each) for each in row.commitments),
        news=Words(**row.news) if row.news.get("en") else None,
        reaccept_days=row.reaccept_days,
        from_day=row.valid_from,
        written_by=row.written_by,
        written_at=row.written_at,
    )


def written_one(db: Db, version_id: UUID, authority_ids: Collection[UUID]) -> tuple[UUID, DraftView]:
    """A version written for one of these authorities, and which. Raises NotFound, also for another authority's."""
    row = db.scalar(
        select(ConductVersion).where(ConductVersion.id == version_id, ConductVersion.authority_id.in_(authority_ids))
    )
    if row is None:
        raise NotFound("code of conduct")
    return row.authority_id, _view(row)
