"""What waits by the trunk of assessment: evidence without a decision, drafts, what was sent back, sign-offs, homes.

One row for each learner and kind, however many points it is about: whoever opens it sees to all of them at once.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, Select, bindparam, case, func, or_, select
from sqlalchemy.orm import aliased

from lms.assessment import worklists
from lms.assessment.caseload import given, theirs, walls
from lms.assessment.deciding.models import Decision, DecisionDraft, Review
from lms.assessment.deciding.rules import ReviewOutcome
from lms.assessment.models import LearnerUnit
from lms.assessment.personal import queries as personal
from lms.assessment.personal.rules import State
from lms.assessment.queues.makers import Rarely
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

_NOTHING: Mapping[str, str] = {}


def for_assessor(db: Db, viewer: Viewer, on: date) -> list[Waiting]:
    """What waits for somebody as assessor: evidence to decide on, drafts to finalise, and what is ready to sign off.

    Three queries.
    """
    if not viewer.has(Role.ASSESSOR):
        return []
    mine = {"person_id": viewer.person_id, "on": on, "walls": list(walls(db, viewer, on))}
    return [*_units(db, mine), *_drafts(db, viewer.person_id, mine)]


def _sent_back(db: Db, viewer: Viewer, _on: date) -> list[Waiting]:
    """Decisions that somebody sent back to the viewer, with the day by which to see to them. One query."""
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


def _units(db: Db, mine: Mapping[str, object]) -> list[Waiting]:
    """Evidence nobody has decided on, and what is ready to sign off. One query over standings."""
    found = []
    for *whose, undecided, undecided_since, ready, ready_since, ready_unit in columns(db, _WAITS, mine).all():
        if undecided:
            found.append(_of_learner(_EVIDENCE, whose, since=undecided_since, count=undecided))
        if ready > 1:
            found.append(_of_learner(_SIGN_OFFS, whose, since=ready_since, count=ready))
        elif ready:
            found.append(_of_learner(_SIGN_OFF, whose, since=ready_since, count=1, more={"unit_code": ready_unit}))
    return found


def _waits() -> Select[*tuple[Any, ...]]:
    ready = LearnerUnit.state == UnitState.READY
    open_ = LearnerUnit.state != UnitState.SIGNED_OFF
    return (
        select(
            LearnerUnit.enrolment_id,
            LearnerUnit.learner_id,
            LearnerUnit.authority_id,
            func.sum(LearnerUnit.undecided).label("undecided"),
            func.min(LearnerUnit.undecided_since).label("undecided_since"),
            func.sum(case((ready, 1), else_=0)).label("ready"),
            func.min(case((ready, func.coalesce(LearnerUnit.changed_at, LearnerUnit.opened_at)))).label("ready_since"),
            func.min(case((ready, LearnerUnit.unit))).label("ready_unit"),
        )
        .where(_THEIRS, open_, or_(ready, LearnerUnit.undecided > 0))
        .group_by(LearnerUnit.enrolment_id, LearnerUnit.learner_id, LearnerUnit.authority_id)
        .limit(2 * MOST)
    )


# Put together once: putting it together takes longer than asking it.
_BY = bindparam("person_id", type_=LearnerUnit.learner_id.type)
_WALLS: BindParameter[Sequence[UUID]] = bindparam("walls", expanding=True)
_THEIRS = theirs(_BY, bindparam("on"), _WALLS)
_WAITS = _waits()


def _drafts(db: Db, person_id: UUID, mine: Mapping[str, object]) -> list[Waiting]:
    found = columns(db, _DRAFTS, mine).all()
    return [_of_learner(_DRAFT, whose, since=since, count=many, mine=person_id) for *whose, since, many in found]


class _Kind(NamedTuple):
    """What rows of one kind have in common; put together once, since a queue has hundreds."""

    kind: Waits
    title: str
    step: str
    endpoint: str
    one: str
    many: str


_POINTS = (N_("%(num)s point"), N_("%(num)s points"))
_STANDARDS = (N_("%(num)s standard"), N_("%(num)s standards"))
_EVIDENCE = _Kind(
    Waits.EVIDENCE,
    N_("%(name)s: evidence for %(count)s, and no decision yet"),
    N_("Read it and decide"),
    OPEN_LEARNER,
    *_POINTS,
)
_DRAFT = _Kind(
    Waits.DRAFTS,
    N_("%(name)s: your draft for %(count)s is not finalised"),
    N_("Look at your drafts"),
    "lms.deciding.drafts",
    *_POINTS,
)
_SIGN_OFFS = _Kind(
    Waits.SIGN_OFF,
    N_("%(name)s: %(count)s ready to sign off"),
    N_("Look through it and sign off"),
    OPEN_LEARNER,
    *_STANDARDS,
)
_SIGN_OFF = _SIGN_OFFS._replace(endpoint="lms.assessment.sign_off")


def _of_learner(
    of: _Kind,
    whose: Sequence[UUID],
    *,
    since: datetime,
    count: int,
    mine: UUID | None = None,
    more: Mapping[str, str] = _NOTHING,
) -> Waiting:
    enrolment_id, learner_id, authority_id = whose
    return Waiting(
        kind=of.kind,
        key=f"{of.kind.value}:{enrolment_id}" + (f":{mine.hex[:8]}" if mine else ""),
        since=since,
        title=of.title,
        values={"count": Count(of.one, of.many, count)},
        step=of.step,
        endpoint=of.endpoint,
        args={"enrolment_id": enrolment_id, **more},
        about=learner_id,
        authority_id=authority_id,
        open_to_others=mine is None,
    )


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
    .where(DecisionDraft.by == _BY, LearnerUnit.state != UnitState.SIGNED_OFF)
    .where(given(_BY, bindparam("on"), _WALLS).exists())
    .group_by(DecisionDraft.enrolment_id, DecisionDraft.learner_id, LearnerUnit.authority_id)
    .limit(MOST)
)
_NOT_DECIDED_SINCE = (
    ~select(_LATER.id)
    .where(_LATER.enrolment_id == Decision.enrolment_id, _LATER.line == Decision.line, _LATER.turn > Decision.turn)
    .exists()
)
_BACK = (Review.decided_by == bindparam("person_id"), Review.outcome == ReviewOutcome.SENT_BACK, _NOT_DECIDED_SINCE)
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
    .where(*_BACK)
    .group_by(Decision.enrolment_id, Decision.learner_id, Decision.authority_id)
    .limit(MOST)
)
for_whoever_decided = Rarely(
    _sent_back,
    frozenset({Role.ASSESSOR, Role.EMPLOYER, Role.REPRESENTATIVE}),
    select(Review.id).join(Decision, Decision.id == Review.decision_id).where(*_BACK),
)
"""What was sent back to whoever decided."""
