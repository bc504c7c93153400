"""Write countersignatures: another assessor agrees with a decision, or sends it back with what to do."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.assessment.competence.countersigning import one_waiting
from lms.assessment.competence.queries import has_answered, needs_of
from lms.assessment.competence.rules import Needs
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.admitting import UNANSWERED
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.lines.queries import frameworks_for
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people


def countersign(
    db: Db,
    *,
    decision_id: UUID,
    outcome: ReviewOutcome,
    word: str,
    action: str,
    due_on: date | None,
    by: UUID,
    now: datetime,
) -> None:
    """Agree with a decision, or send it back with what to do and by when. The same a second time changes nothing.

    Raises NotFound for somebody who may not; refused when somebody else did it, or it was decided anew, meanwhile; and
    until they have said whether they are close to the learner, as before a decision of their own.
    """
    # Not against rows that name it: a sample's review holds the unit already, and would wait here for ever.
    row = db.get(Decision, decision_id, with_for_update={"key_share": True}, populate_existing=True)
    if row is None:
        raise NotFound("decision")
    said = db.scalar(select(Review).where(Review.decision_id == decision_id, Review.part == ReviewPart.COUNTERSIGN))
    if said is not None:
        if said.by == by and said.outcome is outcome:
            return
        raise Refused(N_("Somebody else has countersigned this meanwhile, or sent it back."))
    viewer = people.viewer_of(db, by, london_day(now))
    if viewer is None:
        raise NotFound("decision")
    one_waiting(db, viewer, decision_id, london_day(now))
    framework = frameworks_for(db, row.authority_id).by_edition[row.framework, row.edition]
    if needs_of(framework) is Needs.UNIT and not has_answered(db, by, row.learner_id):
        raise Refused(UNANSWERED)
    deciding.review(
        db,
        decision_id=decision_id,
        part=ReviewPart.COUNTERSIGN,
        outcome=outcome,
        word=word,
        action=action,
        due_on=due_on,
        by=by,
        now=now,
    )
