"""What waits by the trunk of assessment: evidence without a decision, drafts, what was sent back, sign-offs, homes.

One row for each learner and kind, however many points it is about: whoever opens it sees to all of them at once.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from lms.assessment import worklists
from lms.assessment.caseload import Caseload, caseload
from lms.assessment.deciding.models import Decision, DecisionDraft, Review
from lms.assessment.deciding.rules import ReviewOutcome
from lms.assessment.evidence.models import EvidenceLine, EvidenceWithdrawn
from lms.assessment.models import LearnerUnit
from lms.assessment.personal import queries as personal
from lms.assessment.personal.rules import State
from lms.assessment.queues.rules import Waiting, Waits
from lms.assessment.rules import UnitState
from lms.core.cards import Count
from lms.core.db import Db, columns
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 500
"""Rows of one kind that are looked at, the oldest first."""

OPEN_LEARNER = "lms.deciding.learner"
"""Where an assessor's work on one learner begins."""


def for_assessor(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """What waits for somebody as assessor: evidence to decide on, drafts to finalise, and what is ready to sign off.

    At most five queries, and one more for each authority they have learners of.
    """
    if not viewer.has(Role.ASSESSOR):
        return []
    mine = caseload(db, viewer, on)
    if not mine:
        return []
    return [*_evidence(db, mine), *_ready(db, mine), *_drafts(db, viewer.person_id)]


def for_whoever_decided(db: Db, viewer: Viewer, _on: date) -> list[Waiting]:
    """Decisions that somebody sent back to the viewer, with the day by which to see to them. One query."""
    if not viewer.has(Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE):
        return []
    rows = columns(db, _SENT_BACK, {"person_id": viewer.person_id})
    assessor = viewer.has(Role.ASSESSOR)
    return [
        Waiting(
            kind=Waits.SENT_BACK,
            key=f"sent_back:{row.enrolment_id}:{viewer.person_id.hex[:8]}",
            since=row.since,
            due_on=row.due_on,
            title=N_("%(name)s: %(count)s sent back to you"),
            values={"count": _decisions(row.how_many)},
            step=N_("See what to do"),
            endpoint=OPEN_LEARNER if assessor else "lms.household.my_pas",
            args={"enrolment_id": row.enrolment_id} if assessor else {},
            about=row.learner_id,
            authority_id=row.authority_id,
            open_to_others=False,
        )
        for row in rows
    ]


def for_household(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """What waits for a household: PAs to be seen, and what somebody competent has to look at. At most ten queries."""
    if not viewer.has(Role.EMPLOYER, Role.REPRESENTATIVE):
        return []
    seen = [one for one in worklists.work_of_employer(db, viewer, on) if not one.signed and one.ready_at]
    found = [
        Waiting(
            kind=Waits.SEEN,
            key=f"seen:{one.enrolment_id}:{one.placed.unit.code}",
            since=one.ready_at,
            title=N_("Say what you saw %(name)s do: %(unit)s"),
            values={"unit": one.placed.unit.title},
            step=N_("Say what you saw") if one.next_criterion else N_("Sign it off"),
            endpoint="lms.household.seen",
            args={
                "enrolment_id": one.enrolment_id,
                "criterion": one.next_criterion or one.placed.unit.codes[0],
            },
            about=one.learner_id,
            authority_id=one.authority_id,
        )
        for one in seen
        if one.ready_at
    ]
    return found + _paused(db, viewer, on)


def _paused(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    return [
        Waiting(
            kind=Waits.PERSONAL,
            key=f"personal:{one.id}",
            since=one.looks[0].at,
            title=N_("%(name)s: something changed for %(code)s. Somebody competent has to look."),
            values={"code": one.person_code},
            step=N_("See what it is"),
            endpoint="lms.personal.page",
            args={"personal_id": one.id},
            about=one.learner_id,
        )
        for one in personal.for_homes(db, viewer, on)
        if one.state is State.PAUSED
    ]


def _evidence(db: Db, mine: Caseload) -> list[Waiting]:
    decided = select(Decision.id).where(
        Decision.enrolment_id == EvidenceLine.enrolment_id,
        Decision.line == EvidenceLine.line,
        Decision.at >= EvidenceLine.said_at,
    )
    withdrawn = select(EvidenceWithdrawn.evidence_id).where(EvidenceWithdrawn.evidence_id == EvidenceLine.evidence_id)
    rows = db.execute(
        select(
            EvidenceLine.enrolment_id,
            LearnerUnit.learner_id,
            LearnerUnit.authority_id,
            func.min(EvidenceLine.said_at).label("since"),
            func.count(EvidenceLine.line.distinct()).label("how_many"),
        )
        .join(
            LearnerUnit,
            (LearnerUnit.enrolment_id == EvidenceLine.enrolment_id) & (LearnerUnit.unit == EvidenceLine.unit),
        )
        .where(mine.has(EvidenceLine), LearnerUnit.state != UnitState.SIGNED_OFF)
        .where(~decided.exists(), ~withdrawn.exists())
        .group_by(EvidenceLine.enrolment_id, LearnerUnit.learner_id, LearnerUnit.authority_id)
        .order_by(func.min(EvidenceLine.said_at))
        .limit(MOST)
    )
    return [
        _of_learner(
            row,
            Waits.EVIDENCE,
            N_("%(name)s: evidence for %(count)s, and no decision yet"),
            N_("Read it and decide"),
            OPEN_LEARNER,
        )
        for row in rows
    ]


def _ready(db: Db, mine: Caseload) -> list[Waiting]:
    rows = db.execute(
        select(
            LearnerUnit.enrolment_id,
            LearnerUnit.learner_id,
            LearnerUnit.authority_id,
            func.min(func.coalesce(LearnerUnit.changed_at, LearnerUnit.opened_at)).label("since"),
            func.count().label("how_many"),
            func.min(LearnerUnit.unit).label("unit"),
        )
        .where(mine.has(LearnerUnit), LearnerUnit.state == UnitState.READY)
        .group_by(LearnerUnit.enrolment_id, LearnerUnit.learner_id, LearnerUnit.authority_id)
        .order_by(func.min(LearnerUnit.changed_at))
        .limit(MOST)
    )
    return [
        _of_learner(
            row,
            Waits.SIGN_OFF,
            N_("%(name)s: %(count)s ready to sign off"),
            N_("Look through it and sign off"),
            "lms.assessment.sign_off" if row.how_many == 1 else OPEN_LEARNER,
            **({"unit_code": row.unit} if row.how_many == 1 else {}),
        )
        for row in rows
    ]


def _drafts(db: Db, person_id: UUID) -> list[Waiting]:
    return [
        _of_learner(
            row,
            Waits.DRAFTS,
            N_("%(name)s: your draft for %(count)s is not finalised"),
            N_("Look at your drafts"),
            "lms.deciding.drafts",
            mine=person_id,
        )
        for row in columns(db, _DRAFTS, {"person_id": person_id})
    ]


def _of_learner(
    row: Any, kind: Waits, title: str, step: str, endpoint: str, *, mine: UUID | None = None, **more: str
) -> Waiting:
    of = Count(N_("%(num)s standard"), N_("%(num)s standards"), row.how_many)
    return Waiting(
        kind=kind,
        key=f"{kind.value}:{row.enrolment_id}" + (f":{mine.hex[:8]}" if mine else ""),
        since=row.since,
        title=title,
        values={"count": of if kind is Waits.SIGN_OFF else _points(row.how_many)},
        step=step,
        endpoint=endpoint,
        args={"enrolment_id": row.enrolment_id, **more},
        about=row.learner_id,
        authority_id=row.authority_id,
        open_to_others=mine is None,
    )


def _points(count: int) -> Count:
    return Count(N_("%(num)s point"), N_("%(num)s points"), count)


def _decisions(count: int) -> Count:
    return Count(N_("%(num)s decision"), N_("%(num)s decisions"), count)


_LATER = aliased(Decision)
_OPEN = (LearnerUnit.enrolment_id == DecisionDraft.enrolment_id) & (LearnerUnit.unit == DecisionDraft.unit)
_DRAFTS = (
    select(
        DecisionDraft.enrolment_id,
        DecisionDraft.learner_id,
        LearnerUnit.authority_id,
        func.min(DecisionDraft.updated_at).label("since"),
        func.count().label("how_many"),
    )
    .join(LearnerUnit, _OPEN)
    .where(DecisionDraft.by == bindparam("person_id"), LearnerUnit.state != UnitState.SIGNED_OFF)
    .group_by(DecisionDraft.enrolment_id, DecisionDraft.learner_id, LearnerUnit.authority_id)
    .limit(MOST)
)
_SENT_BACK = (
    select(
        Decision.enrolment_id,
        Decision.learner_id,
        Decision.authority_id,
        func.min(Review.at).label("since"),
        func.min(Review.due_on).label("due_on"),
        func.count().label("how_many"),
    )
    .join(Decision, Decision.id == Review.decision_id)
    .where(Review.decided_by == bindparam("person_id"), Review.outcome == ReviewOutcome.SENT_BACK)
    .where(
        ~select(_LATER.id)
        .where(_LATER.enrolment_id == Decision.enrolment_id, _LATER.line == Decision.line, _LATER.turn > Decision.turn)
        .exists()
    )
    .group_by(Decision.enrolment_id, Decision.learner_id, Decision.authority_id)
    .limit(MOST)
)
