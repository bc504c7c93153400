"""Drafts of decisions on their way from a phone: what they say, and how they become drafts here."""

from datetime import datetime
from uuid import UUID

from lms.assessment.deciding.drafts import of_draft, own_drafts
from lms.assessment.deciding.services import Deciding, Five, draft
from lms.assessment.evidence.rules import Way
from lms.assessment.rules import Capacity
from lms.assessment.visits.rules import Content, mark_of
from lms.assessment.visits.things import Draft
from lms.core.db import Db


def content_of_draft(said: Deciding) -> Content:
    """What a draft that stands here says."""
    five = (said.five.valid, said.five.authentic, said.five.reliable, said.five.current, said.five.sufficient)
    return Content(said.judgement.value, said.reason, said.feedback, said.rests_on, five)


def content_of_thing(said: Draft) -> Content:
    """What a draft from a phone says."""
    return Content(said.judgement.value, said.reason, said.feedback, said.observation, said.five)


def drafts_here(db: Db, enrolment_id: UUID, by: UUID) -> dict[str, Deciding]:
    """Somebody's own drafts for a learner as they stand here now, by line. One query."""
    return {row.line: of_draft(row) for row in own_drafts(db, enrolment_id, by, None)}


def write_draft(db: Db, *, enrolment_id: UUID, said: Draft, by: UUID, now: datetime) -> str:
    """Keep a draft from a phone as the assessor's draft of its line; returns its mark as it stands here.

    Whoever writes it has just compared it with the line's latest decision, so it has that in sight. Raises what
    `deciding.services.draft` raises.
    """
    wanted = Deciding(
        line=said.line,
        judgement=said.judgement,
        reason=said.reason,
        feedback=said.feedback,
        rests_on=said.observation,
        beside=(),
        five=Five(*said.five),
    )
    draft(db, enrolment_id=enrolment_id, deciding=wanted, by=by, now=now, way=Way.VISIT, among={Capacity.ASSESSOR})
    return mark_of(content_of_draft(drafts_here(db, enrolment_id, by)[said.line]))
