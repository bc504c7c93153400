"""Read what was recorded of several enrolments of somebody at once: as many questions as for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms.assessment.deciding.queries import DecisionView, decisions_in, used_by
from lms.assessment.evidence.queries import EvidenceView, evidence_in
from lms.assessment.signing.queries import SignOffView, sign_offs_in
from lms.core.db import Db


@dataclass(frozen=True)
class Recorded:
    """What was recorded of one enrolment: decisions, pieces, what these speak to by line, and sign-offs."""

    decisions: Sequence[DecisionView]
    pieces: Sequence[EvidenceView]
    spoken: Mapping[str, tuple[UUID, ...]]
    sign_offs: Sequence[SignOffView]


def recorded_in(db: Db, enrolment_ids: Sequence[UUID]) -> dict[UUID, Recorded]:
    """What was recorded of each enrolment. At most eight queries."""
    decisions = decisions_in(db, enrolment_ids)
    sign_offs = sign_offs_in(db, enrolment_ids)
    used = used_by(one for each in decisions.values() for one in each)
    signed = {id: {one.unit for one in those if one.withdrawn is None} for id, those in sign_offs.items()}
    pieces, spoken = evidence_in(db, enrolment_ids, used=used, signed=signed)
    return {id: Recorded(decisions[id], pieces[id], spoken[id], sign_offs[id]) for id in enrolment_ids}
