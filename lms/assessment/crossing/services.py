"""Write awards that learners say they hold: they tell of them, take that back, and somebody else sees the proof."""

from datetime import date, datetime, timedelta
from uuid import UUID

from lms.assessment.content import Framework
from lms.assessment.crossing.events import AwardHeld, AwardSeen, AwardTakenBack
from lms.assessment.crossing.models import HeldAward, HeldAwardSeen, HeldAwardTakenBack
from lms.assessment.crossing.queries import awards_of, count_since
from lms.assessment.crossing.rules import LONGEST_PROOF, LONGEST_SIGNER, trouble_with_award
from lms.assessment.knowledge.looking import look
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")
MOST_A_DAY = 20
"""Awards one person tells of within a day: more than anybody has."""


def hold(
    db: Db,
    *,
    id: UUID,
    framework: Framework,
    awarded_on: date,
    day_known: bool,
    signed_by: str,
    proof: str,
    by: UUID,
    now: datetime,
) -> None:
    """Somebody says that they hold the award of an edition; with the same `id` again it changes nothing.

    `signed_by` names an organisation, `proof` where the paper is. Refused with how to mend it, and for an `id` under
    which something else was saved.
    """
    signer = " ".join(clean_text(signed_by, LONGEST_SIGNER).split())
    where = clean_text(proof, LONGEST_PROOF)
    first = awarded_on if day_known else awarded_on.replace(day=1)
    if (earlier := db.get(HeldAward, id)) is not None:
        before = (earlier.learner_id, earlier.framework, earlier.awarded_on, earlier.day_known, earlier.signed_by)
        same = (*before, earlier.proof) == (by, framework.code, first, day_known, signer, where)
        if not same or db.get(HeldAwardTakenBack, id) is not None:
            raise Refused(_REUSED)
        return
    if count_since(db, by, now - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(N_("You have added a lot today, thank you. Go on tomorrow."))
    if trouble := trouble_with_award(first, framework.introduced, london_day(now)):
        raise Refused(trouble)
    if not signer:
        raise Refused(N_("Enter the organisation that signed the award."))
    row = HeldAward(
        id=id,
        learner_id=by,
        framework=framework.code,
        awarded_on=first,
        day_known=day_known,
        signed_by=signer,
        proof=where,
        said_at=now,
    )
    if add_once(db, row):
        record(db, AwardHeld(about=by, award_id=id, framework=framework.code), by=by, now=now)


def take_back(db: Db, *, award_id: UUID, by: UUID, now: datetime) -> None:
    """Take back what one said of an award; again changes nothing. Raises NotFound for another's."""
    row = db.get(HeldAward, award_id)
    if row is None or row.learner_id != by:
        raise NotFound("award")
    if add_once(db, HeldAwardTakenBack(award_id=award_id, at=now)):
        record(db, AwardTakenBack(about=by, award_id=award_id, framework=row.framework), by=by, now=now)


def see(db: Db, *, award_id: UUID, learner_id: UUID, by: UUID, now: datetime) -> None:
    """An assessor or a coordinator of the learner saw the proof of an award; the first one counts, again is nothing.

    Raises NotFound for strangers, for the learner, and for an award that is not theirs or was taken back.
    """
    viewer = people.viewer_of(db, by, london_day(now))
    if viewer is None:
        raise NotFound("award")
    tie = look(db, viewer, learner_id, london_day(now))
    held = next((each for each in awards_of(db, learner_id) if each.id == award_id), None)
    if held is None:
        raise NotFound("award")
    row = HeldAwardSeen(award_id=award_id, learner_id=learner_id, seen_by=by, behalf=tie.behalf, at=now)
    if add_once(db, row):
        fact = AwardSeen(about=learner_id, award_id=award_id, framework=held.framework)
        record(db, fact, by=by, now=now, behalf=tie.behalf)
