"""Whether a verifier from outside may read something today: asked by whoever shows a learner's record."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select

from lms.assessment.quality.models import SamplingWork, VerifierAccess, VerifierAccessEnd
from lms.assessment.quality.verifiers.rules import Access, opened
from lms.core.clock import london_day
from lms.core.db import Db
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 200
"""Accesses of one verifier that run at the same time: more than anybody reads."""


def may_read(
    db: Db, viewer: Viewer, *, enrolment_id: UUID, authority_id: UUID, units: Collection[str], on: date
) -> bool:
    """Whether somebody may read, as a verifier, something of one of these units. Nothing is asked for others."""
    if authority_id not in viewer.authorities(Role.VERIFIER):
        return False
    return bool(readable(db, viewer, enrolment_id=enrolment_id, authority_id=authority_id, units=units, on=on))


def readable(
    db: Db, viewer: Viewer, *, enrolment_id: UUID, authority_id: UUID, units: Collection[str], on: date
) -> frozenset[str]:
    """Which of a learner's units a verifier may read today. Two queries at most."""
    accesses = running(db, viewer.person_id, authority_id, on)
    if not accesses:
        return frozenset()
    spans = _spans(db, enrolment_id) if any(each.unit for each in accesses) else {}
    return frozenset(
        unit for unit in units if any(_opens(access, enrolment_id, unit, spans, on) for access in accesses)
    )


def running(db: Db, verifier_id: UUID, authority_id: UUID, on: date) -> tuple[Access, ...]:
    """The accesses of a verifier that run on a day. One query."""
    rows = db.scalars(
        select(VerifierAccess)
        .outerjoin(VerifierAccessEnd, VerifierAccessEnd.access_id == VerifierAccess.id)
        .where(VerifierAccess.verifier_id == verifier_id, VerifierAccess.authority_id == authority_id)
        .where(VerifierAccess.since <= on, VerifierAccess.until >= on, VerifierAccessEnd.access_id.is_(None))
        .order_by(VerifierAccess.until.desc(), VerifierAccess.id)
        .limit(MOST)
    )
    return tuple(access_of(row, None) for row in rows)


def access_of(row: VerifierAccess, end: VerifierAccessEnd | None) -> Access:
    """An access as its rule reads one. The standard is named with its edition."""
    return Access(
        enrolment_id=row.enrolment_id,
        unit=f"{row.framework}:{row.unit}" if row.unit else None,
        work_from=row.work_from,
        work_until=row.work_until,
        since=row.since,
        until=row.until,
        ended_on=london_day(end.at) if end else None,
    )


def _opens(
    access: Access, enrolment_id: UUID, unit: str, spans: dict[str, list[tuple[str, date, date]]], on: date
) -> bool:
    if access.enrolment_id is not None:
        return opened([access], enrolment_id, unit, None, on)
    return any(
        opened([access], enrolment_id, f"{framework}:{unit}", (first, last), on)
        for framework, first, last in spans.get(unit, ())
    )


def _spans(db: Db, enrolment_id: UUID) -> dict[str, list[tuple[str, date, date]]]:
    """When each of a learner's units was decided."""
    wanted = select(SamplingWork.unit, SamplingWork.framework, SamplingWork.first_at, SamplingWork.last_at)
    found: dict[str, list[tuple[str, date, date]]] = {}
    for unit, framework, first, last in db.execute(wanted.where(SamplingWork.enrolment_id == enrolment_id)):
        found.setdefault(unit, []).append((framework, london_day(first), london_day(last)))
    return found
