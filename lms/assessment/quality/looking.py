"""Writes down each look of a verifier. A page that is only looked at cannot write, so the log has a unit of its own."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from lms.assessment.models import LearnerUnit
from lms.assessment.quality.models import VerifierLook
from lms.core.db import Db
from lms.core.web.state import house, now
from lms.people.rules import Role
from lms.people.viewer import Viewer


def note_look(
    viewer: Viewer, *, enrolment_id: UUID, unit: str, what: str = "record", what_id: str = "", part: bool = False
) -> None:
    """Write down that a verifier opened something of a learner's unit; harmless for everybody else.

    `what` is record, evidence, file, or a file's thumbnail or captions; `what_id` which one. It is committed before the
    page goes out: what could not be written down is not shown. `part`: a player asks for another part of a file, or a
    page for what stands on it; of these the first of a day is written down.
    """
    if not viewer.has(Role.VERIFIER):
        return
    with house().database.writing() as db:
        row = db.get(LearnerUnit, (enrolment_id, unit))
        if row is None or row.authority_id not in viewer.authorities(Role.VERIFIER):
            return
        if part and _noted(db, viewer, enrolment_id, what, what_id):
            return
        db.add(
            VerifierLook(
                authority_id=row.authority_id,
                verifier_id=viewer.person_id,
                enrolment_id=enrolment_id,
                learner_id=row.learner_id,
                unit=unit,
                what=what[:40],
                what_id=what_id[:64],
                at=now(),
            )
        )


def _noted(db: Db, viewer: Viewer, enrolment_id: UUID, what: str, what_id: str) -> bool:
    """Whether a look of theirs at this was written down within a day."""
    looked = select(VerifierLook.id).where(
        VerifierLook.verifier_id == viewer.person_id,
        VerifierLook.enrolment_id == enrolment_id,
        VerifierLook.what == what,
        VerifierLook.what_id == what_id,
        VerifierLook.at > now() - timedelta(days=1),
    )
    return db.scalar(looked.limit(1)) is not None
