"""Write assessment: what was seen and judged, and sign-off. Who assesses whom is in `allocating`."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment import places
from lms.assessment.admission import admitted, refuse_wrong_day
from lms.assessment.closing import refuse_missing, refuse_signed_off, refuse_unseen, sign_off_of
from lms.assessment.content import Criterion, Placed
from lms.assessment.events import CriterionJudged, ObservationRecorded, UnitSignedOff
from lms.assessment.models import JudgementRow, Observation
from lms.assessment.rules import ANYBODY, HOUSEHOLD, Capacity, Judgement, Setting, Standing
from lms.assessment.signing.models import SignOff
from lms.assessment.signing.rules import How
from lms.assessment.texts import LONGEST_FEEDBACK, LONGEST_SEEN
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, Refused
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people

_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody saw and made of it. `setting` is None where it was not asked; `feedback` is for the learner."""

    on: date
    text: str
    judgement: Judgement
    feedback: str = ""
    setting: Setting | None = None


def record_observation_and_judge(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    criterion: str,
    seen: Seen,
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Record what `by` saw a learner do and what they made of it; returns the observation's id, which is `id`.

    The same `id` with the same content a second time changes nothing. `among` are the capacities of the door somebody
    came in by. Raises NotFound for strangers; refused for one's own work, a day that cannot be, a day on which they
    were not allocated or employing, and a unit that is signed off.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    placed, asked = places.criterion_of(db, enrolment, criterion)
    standing = admitted(db, enrolment, by=by, on=seen.on, now=now, among=among)
    seen = _cleaned(seen)
    refuse_wrong_day(seen.on, enrolment, london_day(now))
    places.hold(db, enrolment, placed.unit.code, now=now)
    row = Observation(
        **_common(enrolment, placed, standing),
        id=id,
        criterion=asked.code,
        observer_id=by,
        seen_on=seen.on,
        setting=seen.setting,
        what_was_seen=seen.text,
        recorded_at=now,
    )
    earlier = db.get(Observation, id)
    if earlier is not None:
        _refuse_another_one(db, earlier, row, seen)
        return id
    refuse_signed_off(db, enrolment.id, placed.unit.code, standing=standing, by=by, language=language)
    if not add_once(db, row):
        raise Refused(_REUSED)
    _record_judgement(db, row, asked, seen)
    return id


def sign_off(
    db: Db,
    *,
    id: UUID,
    enrolment_id: UUID,
    unit: str,
    by: UUID,
    now: datetime,
    among: Collection[Capacity] = ANYBODY,
    language: str = "en",
) -> UUID:
    """Sign a learner's unit off for good; returns the sign-off's id, which is `id`. `language`: as the signer read it.

    The same `id` by the same person a second time changes nothing. Raises NotFound for strangers; refused for one's
    own work, while a criterion is not met, when somebody has signed it off already, and for a household that has not
    itself seen the work.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    placed = places.unit_of(db, enrolment, unit)
    standing = admitted(db, enrolment, by=by, on=london_day(now), now=now, among=among)
    places.hold(db, enrolment, unit, now=now)
    there = sign_off_of(db, enrolment.id, unit)
    if there is not None and there.id == id and there.signed_by == by:
        return id
    refuse_signed_off(db, enrolment.id, unit, standing=standing, by=by, language=language)
    refuse_missing(db, enrolment.id, placed)
    if standing.capacity in HOUSEHOLD:
        refuse_unseen(db, enrolment.id, unit, by=by)
    statement = placed.framework.statements.for_(standing.capacity).text(language)
    row = SignOff(
        **_common(enrolment, placed, standing),
        id=id,
        signed_by=by,
        statement=statement,
        at=now,
        turn=1,
        name=people.person(db, by).name,
        role=standing.capacity,
        how=How.ACCOUNT,
        supporter="",
        consent="",
        heard_by="",
    )
    if not add_once(db, row):
        refuse_signed_off(db, enrolment.id, unit, standing=standing, by=by, language=language)
        raise Refused(_REUSED)
    fact = UnitSignedOff(about=enrolment.learner_id, enrolment_id=enrolment.id, unit=unit, sign_off_id=id)
    record(db, fact, by=by, now=now, behalf=standing.behalf)
    return id


def _cleaned(seen: Seen) -> Seen:
    text, feedback = clean_text(seen.text, LONGEST_SEEN), clean_text(seen.feedback, LONGEST_FEEDBACK)
    if not text:
        raise Refused(N_("Write what you saw. One sentence is enough."))
    if seen.judgement is Judgement.NOT_YET_MET and not feedback:
        raise Refused(N_("Write what should be different next time, so that they know what to work on."))
    return replace(seen, text=text, feedback=feedback)


_SAME = ("enrolment_id", "criterion", "observer_id", "seen_on", "setting", "what_was_seen")


def _refuse_another_one(db: Db, earlier: Observation, asked: Observation, seen: Seen) -> None:
    """A double tap brings the same content and is quiet; anything else must not be lost without a word."""
    same = all(getattr(earlier, name) == getattr(asked, name) for name in _SAME)
    judged = db.scalar(select(JudgementRow).where(JudgementRow.observation_id == earlier.id))
    if not same or judged is None or (judged.judgement, judged.feedback) != (seen.judgement, seen.feedback):
        raise Refused(_REUSED)


def _common(enrolment: EnrolmentView, placed: Placed, standing: Standing) -> dict[str, Any]:
    """What an observation and a sign-off both say: whose unit, by which edition, in which capacity, on whose behalf."""
    return {
        "enrolment_id": enrolment.id,
        "unit": placed.unit.code,
        "framework": placed.framework.code,
        "edition": placed.framework.edition,
        "learner_id": enrolment.learner_id,
        "capacity": standing.capacity,
        "behalf": standing.behalf,
    }


def _record_judgement(db: Db, observed: Observation, criterion: Criterion, seen: Seen) -> None:
    shared = {name: getattr(observed, name) for name in ("enrolment_id", "unit", "criterion", "capacity")}
    row = JudgementRow(
        **shared,
        id=uuid4(),
        kind=criterion.kind,
        learner_id=observed.learner_id,
        judgement=seen.judgement,
        feedback=seen.feedback,
        observation_id=observed.id,
        judge_id=observed.observer_id,
        behalf=observed.behalf,
        at=observed.recorded_at,
    )
    db.add(row)
    db.flush()
    about, observation = observed.learner_id, observed.id
    facts = (
        ObservationRecorded(
            **shared,
            about=about,
            framework=observed.framework,
            edition=observed.edition,
            observation_id=observation,
            seen_on=observed.seen_on,
            setting=observed.setting,
        ),
        CriterionJudged(
            **shared, about=about, judgement=seen.judgement, judgement_id=row.id, observation_id=observation
        ),
    )
    for fact in facts:
        record(db, fact, by=observed.observer_id, now=observed.recorded_at, behalf=observed.behalf)
