"""What a household says of its PA's work in the standards: a decision where it may decide, else a witness's words.

Where a PA stands with the standards is theirs to share: nothing here reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import select

from lms.assessment.competence.queries import may_decide_each
from lms.assessment.competence.rules import MayDecide
from lms.assessment.content import Line, Placed
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.evidence import services
from lms.assessment.evidence.queries import EvidenceView, evidence_of
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.evidence.services import Offer
from lms.assessment.models import LearnerUnit, WorkingTo
from lms.assessment.rules import Standing
from lms.core.db import Db
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

if TYPE_CHECKING:  # the form is given, never made here
    from lms.assessment.forms import HouseholdForm

MOST_PAS = 200


@dataclass(frozen=True)
class Showing:
    """A PA of the household who shows at work what the standards ask."""

    enrolment_id: UUID
    learner_name: str


def showing_standards(db: Db, viewer: Viewer, on: date) -> list[Showing]:
    """The PAs of a household who show practice in the standards, by name. Three queries."""
    households = viewer.organisations(Role.EMPLOYER, Role.REPRESENTATIVE)
    pas = {pa.id: pa.name for pa in people.pas_of(db, households, on) if pa.id != viewer.person_id}
    if not pas:
        return []
    wanted = (
        select(WorkingTo.enrolment_id, LearnerUnit.learner_id)
        .join(LearnerUnit, LearnerUnit.enrolment_id == WorkingTo.enrolment_id)
        .where(LearnerUnit.learner_id.in_(pas))
        .distinct()
        .limit(MOST_PAS)
    )
    found = [Showing(enrolment_id, pas[learner_id]) for enrolment_id, learner_id in db.execute(wanted)]
    return sorted(found, key=lambda each: (each.learner_name, each.enrolment_id))


def may_decide(
    db: Db, enrolment: EnrolmentView, standing: Standing, *, units: Sequence[Placed], by: UUID, on: date
) -> Mapping[str, MayDecide]:
    """Whether somebody of a household may decide today, by unit."""
    return may_decide_each(
        db,
        person_id=by,
        capacity=standing.capacity,
        behalf=standing.behalf,
        enrolment=enrolment,
        units=units,
        on=on,
        today=on,
    )


def told_by(db: Db, enrolment: EnrolmentView, standing: Standing) -> list[EvidenceView]:
    """What one household said before, the latest first."""
    return [piece for piece in evidence_of(db, enrolment.id) if piece.behalf == standing.behalf][:20]


def save(
    db: Db,
    form: "HouseholdForm",
    enrolment: EnrolmentView,
    *,
    standing: Standing,
    line: Line,
    by: UUID,
    now: datetime,
    language: str,
) -> UUID:
    """Keep what a household saw of a line; with a decision where the form asked for one. Raises Refused.

    Returns the piece. The form's number names it and the sitting, so that a double tap makes one of each.
    """
    decides = "judgement" in form
    offer = Offer(
        kind=EvidenceKind.DIRECT_OBSERVATION if decides else EvidenceKind.WITNESS_TESTIMONY,
        on=form.day() or form.today,
        text=form.what_was_seen.data or "",
        lines=(line.key,),
    )
    among = {standing.capacity}
    piece = services.offer_evidence(
        db, id=form.key(), enrolment_id=enrolment.id, offer=offer, by=by, now=now, among=among, language=language
    )
    if decides:
        seen = form.seen()
        one = deciding.Deciding(
            line=line.key, judgement=seen.judgement, feedback=seen.feedback, rests_on=piece, five=ALL_FIVE
        )
        sitting = uuid5(piece, "sitting")
        deciding.decide(
            db, id=sitting, enrolment_id=enrolment.id, decisions=[one], by=by, now=now, among=among, language=language
        )
    return piece
