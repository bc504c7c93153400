"""Write who from outside may read what, for how long; and its end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.assessment.models import LearnerUnit
from lms.assessment.quality.events import VerifierAccessEnded, VerifierAccessGiven
from lms.assessment.quality.models import VerifierAccess, VerifierAccessEnd
from lms.assessment.quality.verifiers.rules import Access, wrong
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role

STAFF = (Role.QUALITY_ASSURER, Role.COORDINATOR)
MOST_RUNNING = 200


def give(
    db: Db,
    *,
    id: UUID,
    authority_id: UUID,
    verifier_id: UUID,
    access: Access,
    framework: str | None = None,
    by: UUID,
    now: datetime,
) -> None:
    """Let a verifier read one learner's record of a course, or one standard of everybody; the same form again is one.

    Raises NotFound for who may not give it and for another authority's learner; refused for somebody who is no
    verifier here, for oneself, and for a period that cannot be.
    """
    on = london_day(now)
    _is_staff(db, authority_id, by, now)
    lacking = wrong(access, on)
    if lacking:
        raise Refused(lacking)
    if verifier_id == by:
        raise Refused(N_("Somebody else has to give you access."))
    if not people.holds(db, verifier_id, Role.VERIFIER, [authority_id], on):
        raise Refused(N_("Choose a verifier of this authority."))
    learner = None
    if access.enrolment_id is not None:
        learner = _learner(db, authority_id, access.enrolment_id)
    elif not _is_decided(db, authority_id, framework, access.unit):
        raise Refused(N_("Choose a standard that somebody here works on."))
    running = (VerifierAccess.verifier_id == verifier_id) & (VerifierAccess.until >= on)
    if (db.scalar(select(func.count()).select_from(VerifierAccess).where(running)) or 0) >= MOST_RUNNING:
        raise Refused(N_("This verifier has very many accesses already. End some first."))
    row = VerifierAccess(
        id=id,
        authority_id=authority_id,
        verifier_id=verifier_id,
        enrolment_id=access.enrolment_id,
        framework=framework if access.unit else None,
        unit=access.unit,
        work_from=access.work_from if access.unit else None,
        work_until=access.work_until if access.unit else None,
        since=access.since,
        until=access.until,
        given_by=by,
        given_at=now,
    )
    if add_once(db, row):
        fact = VerifierAccessGiven(
            about=learner or verifier_id,
            access_id=id,
            verifier_id=verifier_id,
            since=access.since,
            until=access.until,
        )
        record(db, fact, by=by, now=now, behalf=authority_id)


def end(db: Db, *, access_id: UUID, by: UUID, now: datetime) -> None:
    """End an access at once; again changes nothing. Raises NotFound for who may not."""
    row = db.get(VerifierAccess, access_id)
    if row is None:
        raise NotFound("access")
    _is_staff(db, row.authority_id, by, now)
    if add_once(db, VerifierAccessEnd(access_id=access_id, by=by, at=now)):
        record(
            db, VerifierAccessEnded(about=row.verifier_id, access_id=access_id), by=by, now=now, behalf=row.authority_id
        )


def _is_staff(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    if not any(people.holds(db, by, role, [authority_id], london_day(now)) for role in STAFF):
        raise NotFound("authority")


def _learner(db: Db, authority_id: UUID, enrolment_id: UUID) -> UUID:
    here = (LearnerUnit.enrolment_id == enrolment_id) & (LearnerUnit.authority_id == authority_id)
    learner = db.scalar(select(LearnerUnit.learner_id).where(here).limit(1))
    if learner is None:
        raise NotFound("enrolment")
    return learner


def _is_decided(db: Db, authority_id: UUID, framework: str | None, unit: str | None) -> bool:
    here = (LearnerUnit.authority_id == authority_id) & (LearnerUnit.framework == framework)
    return db.scalar(select(LearnerUnit.enrolment_id).where(here, LearnerUnit.unit == unit).limit(1)) is not None
