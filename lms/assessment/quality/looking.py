"""Writes down each look of a verifier. A page that is only looked at cannot write, so the log has a unit of its own."""

from uuid import UUID

from lms.assessment.models import LearnerUnit
from lms.assessment.quality.models import VerifierLook
from lms.core.web.state import house, now
from lms.people.rules import Role
from lms.people.viewer import Viewer


def note_look(viewer: Viewer, *, enrolment_id: UUID, unit: str, what: str = "record", what_id: str = "") -> None:
    """Write down that a verifier opened something of a learner's unit; harmless for everybody else.

    `what` is record, evidence or file; `what_id` which one. It is committed before the page goes out: what could not
    be written down is not shown.
    """
    if not viewer.has(Role.VERIFIER):
        return
    with house().database.writing() as db:
        row = db.get(LearnerUnit, (enrolment_id, unit))
        if row is None or row.authority_id not in viewer.authorities(Role.VERIFIER):
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
