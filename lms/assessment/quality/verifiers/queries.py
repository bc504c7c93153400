"""Read who from outside may read what, what they may open today, and what they looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from lms.assessment.content import Frameworks, Placed
from lms.assessment.models import LearnerUnit
from lms.assessment.quality import access as access_
from lms.assessment.quality.models import SamplingWork, VerifierAccess, VerifierAccessEnd, VerifierLook
from lms.assessment.quality.verifiers.rules import Access
from lms.assessment.rules import UnitState
from lms.core.clock import LONDON
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 100


@dataclass(frozen=True)
class AccessView:
    """An access as the authority sees it. `about`: whose record, or which standard."""

    id: UUID
    verifier_name: str
    learner_name: str
    placed: Placed | None
    access: Access
    given_by_name: str
    given_at: datetime
    runs: bool


@dataclass(frozen=True)
class LookView:
    """What a verifier opened, and when."""

    verifier_name: str
    learner_name: str
    unit: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Readable:
    """A learner's unit that a verifier may read today."""

    enrolment_id: UUID
    learner_name: str
    placed: Placed
    state: UnitState


def accesses_in(db: Db, authority_id: UUID, on: date) -> list[AccessView]:
    """An authority's accesses, those that run first. Four queries."""
    rows = db.execute(
        select(VerifierAccess, VerifierAccessEnd)
        .outerjoin(VerifierAccessEnd, VerifierAccessEnd.access_id == VerifierAccess.id)
        .where(VerifierAccess.authority_id == authority_id)
        .order_by(VerifierAccess.until.desc(), VerifierAccess.given_at.desc())
        .limit(MOST)
    ).all()
    learners = _learners(db, [row.enrolment_id for row, _ in rows if row.enrolment_id])
    names = people.persons(
        db, {id for row, _ in rows for id in (row.verifier_id, row.given_by)} | set(learners.values())
    )
    found = []
    for row, end in rows:
        access = access_.access_of(row, end)
        learner = learners.get(row.enrolment_id) if row.enrolment_id else None
        found.append(
            AccessView(
                row.id,
                names[row.verifier_id].name,
                names[learner].name if learner else "",
                _placed(db, row),
                access,
                names[row.given_by].name,
                row.given_at,
                access.runs(on),
            )
        )
    return sorted(found, key=lambda each: not each.runs)


def _placed(db: Db, row: VerifierAccess) -> Placed | None:
    if row.unit is None:
        return None
    frameworks = shelf(db, Frameworks)
    newest = frameworks.newest.get(row.framework or "")
    return frameworks.placed(newest.code, newest.edition, row.unit) if newest else None


def _learners(db: Db, enrolments: list[UUID]) -> Mapping[UUID, UUID]:
    if not enrolments:
        return {}
    wanted = select(LearnerUnit.enrolment_id, LearnerUnit.learner_id).where(LearnerUnit.enrolment_id.in_(enrolments))
    return {row.enrolment_id: row.learner_id for row in db.execute(wanted.distinct())}


def looks_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[LookView], int]:
    """What verifiers looked at in an authority, the newest first, and how many looks there were. Three queries."""
    here = VerifierLook.authority_id == authority_id
    total = db.scalar(select(func.count()).select_from(VerifierLook).where(here)) or 0
    wanted = select(VerifierLook).where(here).order_by(VerifierLook.at.desc(), VerifierLook.id)
    rows = db.scalars(wanted.offset(offset).limit(limit)).all()
    names = people.persons(db, {id for row in rows for id in (row.verifier_id, row.learner_id)})
    found = [
        LookView(names[row.verifier_id].name, names[row.learner_id].name, row.unit, row.what, row.at) for row in rows
    ]
    return found, total


def readable_by(db: Db, viewer: Viewer, on: date, *, offset: int, limit: int) -> tuple[list[Readable], int]:
    """The learners' units a verifier may read today, by name; and how many. A few queries for each of their walls."""
    opens = [_opens(db, viewer.person_id, wall, on) for wall in sorted(viewer.authorities(Role.VERIFIER))]
    conditions = [each for each in opens if each is not None]
    if not conditions:
        return [], 0
    any_of = or_(*conditions)
    total = db.scalar(select(func.count()).select_from(LearnerUnit).where(any_of)) or 0
    wanted = select(LearnerUnit).where(any_of).order_by(LearnerUnit.learner_id, LearnerUnit.framework, LearnerUnit.unit)
    rows = db.scalars(wanted.offset(offset).limit(limit)).all()
    names = people.persons(db, {row.learner_id for row in rows})
    frameworks = shelf(db, Frameworks)
    found = [
        Readable(row.enrolment_id, names[row.learner_id].name, placed, row.state)
        for row in rows
        if (placed := frameworks.placed(row.framework, row.edition, row.unit))
    ]
    return found, total


def _opens(db: Db, verifier_id: UUID, authority_id: UUID, on: date) -> ColumnElement[bool] | None:
    """The condition on learners' units that the accesses of a verifier behind one wall come to; None without any."""
    running = access_.running(db, verifier_id, authority_id, on)
    if not running:
        return None
    whole = [each.enrolment_id for each in running if each.enrolment_id is not None]
    found: list[ColumnElement[bool]] = [LearnerUnit.enrolment_id.in_(whole)] if whole else []
    found += [_decided_in(each) for each in running if each.unit is not None]
    return and_(LearnerUnit.authority_id == authority_id, or_(*found))


def _decided_in(access: Access) -> ColumnElement[bool]:
    framework, _, unit = (access.unit or "").partition(":")
    assert access.work_from is not None
    assert access.work_until is not None
    begins = datetime.combine(access.work_from, datetime.min.time(), LONDON)
    ends = datetime.combine(access.work_until, datetime.max.time(), LONDON)
    decided = select(SamplingWork.enrolment_id).where(
        SamplingWork.framework == framework,
        SamplingWork.unit == unit,
        SamplingWork.first_at <= ends,
        SamplingWork.last_at >= begins,
    )
    return and_(LearnerUnit.framework == framework, LearnerUnit.unit == unit, LearnerUnit.enrolment_id.in_(decided))


def until_of(db: Db, viewer: Viewer, on: date) -> date | None:
    """The last day on which a verifier may still read something; None when there is nothing today."""
    found = [
        access.until
        for wall in viewer.authorities(Role.VERIFIER)
        for access in access_.running(db, viewer.person_id, wall, on)
    ]
    return max(found, default=None)


def enrolment_choices(db: Db, authority_id: UUID, search: str, on: date) -> list[tuple[UUID, str, str]]:
    """Learners with something to show in an authority, whose name has a part: enrolment, name, framework."""
    found = people.people_in(db, authority_id, Role.PA, on, search=search, limit=MOST)
    named = {each.id: each.name for each in found}
    wanted = select(LearnerUnit.enrolment_id, LearnerUnit.learner_id, LearnerUnit.framework).distinct()
    rows = db.execute(wanted.where(LearnerUnit.authority_id == authority_id, LearnerUnit.learner_id.in_(named))).all()
    return sorted(((row.enrolment_id, named[row.learner_id], row.framework) for row in rows), key=lambda e: e[1:])
