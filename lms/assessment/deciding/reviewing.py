"""Write what a second person says of a decision. Whether they may is asked by whoever calls this."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment import places
from lms.assessment.closing import sign_off_of
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.events import DecisionReviewed
from lms.assessment.signing.withdrawing import withdraw
from lms.assessment.standing_rows import refresh
from lms.assessment.texts import LONGEST_REASON
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning


def review(
    db: Db,
    *,
    decision_id: UUID,
    part: ReviewPart,
    outcome: ReviewOutcome,
    word: str = "",
    action: str = "",
    due_on: date | None = None,
    by: UUID,
    now: datetime,
) -> UUID:
    """Keep what a second person says of a decision; returns the review. The same a second time changes nothing.

    `word` is for whoever decided; sent back, `action` says what to do, until the day `due_on`. A decision that a
    standing sign-off rests on and that is sent back takes the sign-off with it. Raises NotFound for a decision that is
    not there; refused for one's own decision or work, for a later decision's sake, for a countersignature nobody needs,
    and when somebody looked at it in this part already.
    """
    row = db.get(Decision, decision_id)
    if row is None:
        raise NotFound("decision")
    if by in (row.by, row.learner_id):
        raise Refused(N_("Somebody else has to look at this: nobody reviews their own decision or their own work."))
    made = _made(
        Review(
            id=uuid4(),
            decision_id=row.id,
            decided_by=row.by,
            part=part,
            outcome=outcome,
            word=word,
            action=action,
            due_on=due_on,
            by=by,
            at=now,
        )
    )
    enrolment = learning.enrolment(db, row.enrolment_id)
    places.hold(db, enrolment, row.unit, now=now)
    there = db.scalar(select(Review).where(Review.decision_id == decision_id, Review.part == part))
    if there is not None:
        if (there.by, there.outcome, there.word, there.action) == (by, outcome, made.word, made.action):
            return there.id
        raise Refused(N_("Somebody has looked at this decision already."))
    latest = latest_of(db, row.enrolment_id).get(row.line)
    if latest is None or latest.id != row.id:
        raise Refused(N_("A later decision took the place of this one. Look at that one instead."))
    if part is ReviewPart.COUNTERSIGN and not row.needs_countersign:
        raise Refused(N_("This decision needs no countersignature."))
    if not add_once(db, made):
        raise Refused(N_("Somebody has looked at this decision already."))
    fact = DecisionReviewed(
        about=row.learner_id, enrolment_id=row.enrolment_id, decision_id=row.id, part=part, outcome=outcome
    )
    record(db, fact, by=by, now=now, behalf=enrolment.authority_id)
    signed = sign_off_of(db, row.enrolment_id, row.unit)
    if outcome is ReviewOutcome.SENT_BACK and signed is not None:
        withdraw(db, signed, reason=made.word or made.action, by=by, now=now)
    refresh(db, row.enrolment_id, row.unit, now)
    return made.id


def _made(row: Review) -> Review:
    """The review with its texts cleaned. Refused when it sends something back and says not what to do, or by when."""
    row.word, row.action = clean_text(row.word, LONGEST_REASON), clean_text(row.action, LONGEST_REASON)
    if row.outcome is ReviewOutcome.SENT_BACK:
        if not row.action:
            raise Refused(N_("Write what should be done, so that the assessor can put it right."))
        if row.due_on is None or row.due_on < london_day(row.at):
            raise Refused(N_("Choose today or a later day by which it should be done."))
    return row
