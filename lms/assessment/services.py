"""The short way of writing what was seen: one observation of one criterion, judged at once; and its sign-off.

The writing itself is in the rooms of evidence, deciding and signing. Who assesses whom is in `allocating`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from lms.assessment import places
from lms.assessment.admission import admitted, refuse_wrong_day
from lms.assessment.deciding.deciding import Deciding
from lms.assessment.deciding.rules import ALL_FIVE, Five
from lms.assessment.deciding.sittings import Sits, sit
from lms.assessment.evidence.offering import Offer
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.evidence.services import offer_evidence
from lms.assessment.rules import ANYBODY, Capacity, Judgement, Setting
from lms.assessment.signing import services as signing
from lms.core.clock import london_day
from lms.core.db import Db
from lms.learning import queries as learning


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What somebody saw and made of it. `setting` is None where it was not asked; `feedback` is for the learner.

    `five`: where the page asks one question, its words stand for all five.
    """

    on: date
    text: str
    judgement: Judgement
    feedback: str = ""
    setting: Setting | None = None
    five: Five = ALL_FIVE


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
    """Record what `by` saw a learner do and what they made of it; returns the piece of evidence, which is `id`.

    The same `id` with the same content a second time changes nothing. `among` are the capacities of the door somebody
    came in by. Raises NotFound for strangers; refused for one's own work, a day that cannot be, a day on which they
    were not allocated or employing, outside their standing, and for a unit that is signed off.
    """
    enrolment = learning.enrolment(db, enrolment_id)
    placed, asked = places.criterion_of(db, enrolment, criterion)
    unit = placed.unit.code
    standing = admitted(db, enrolment, by=by, on=seen.on, now=now, among=among, units=[unit])
    refuse_wrong_day(seen.on, enrolment, london_day(now))
    offer = Offer(EvidenceKind.DIRECT_OBSERVATION, seen.on, seen.text, (asked.key,), seen.setting)
    offer_evidence(
        db, id=id, enrolment_id=enrolment_id, offer=offer, by=by, now=now, among={standing.capacity}, language=language
    )
    deciding = Deciding(asked.key, seen.judgement, feedback=seen.feedback, rests_on=id, five=seen.five)
    sits = Sits(enrolment=enrolment, standing=standing, by=by, now=now, language=language)
    sit(db, uuid5(id, "sitting"), sits, [deciding], lines=places.lines_of(db, enrolment, [asked.key]))
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
    """Sign a learner's unit off in one's own account, without a declaration; see `signing.services.sign_off`."""
    return signing.sign_off(
        db,
        id=id,
        enrolment_id=enrolment_id,
        unit=unit,
        declaration=None,
        by=by,
        now=now,
        among=among,
        language=language,
    )
