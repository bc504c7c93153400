"""Read appeals: who may ask, where one stands, and what waits for whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from lms.assessment import standing
from lms.assessment.content import Frameworks, Placed
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.models import Decision
from lms.assessment.quality.appeals.rules import (
    WITH_SECOND,
    WITH_STAFF,
    CannotAppeal,
    Outcome,
    Stage,
    cannot_appeal,
    last_day,
)
from lms.assessment.quality.models import Appeal, AppealStep
from lms.assessment.quality.planning.queries import policy_of
from lms.assessment.rules import HOUSEHOLD, Capacity, Judgement
from lms.assessment.shelf.parts import Line
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 100
STAFF = (Role.QUALITY_ASSURER, Role.COORDINATOR)
"""Who looks after appeals in an authority."""


@dataclass(frozen=True)
class DecisionToAppeal:
    """A decision as somebody who would appeal it sees it. `why_not`: what stands in the way."""

    id: UUID
    authority_id: UUID
    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    placed: Placed | None
    unit: str
    line: Line | None
    key: str
    judgement: Judgement
    feedback: str
    by: UUID
    by_name: str
    at: datetime
    until: date
    why_not: CannotAppeal | None
    appeal_id: UUID | None


@dataclass(frozen=True)
class AppealView:
    """An appeal as pages see it."""

    id: UUID
    decision_id: UUID
    authority_id: UUID
    enrolment_id: UUID
    unit: str
    key: str
    placed: Placed | None
    line: Line | None
    learner_id: UUID
    learner_name: str
    decided_by: UUID
    decided_by_name: str
    asked_by: UUID
    asked_by_name: str
    why: str
    asked_at: datetime
    stage: Stage
    due_on: date | None
    second_id: UUID | None
    second_name: str
    outcome: Outcome | None
    new_decision_id: UUID | None
    changed_at: datetime

    @property
    def since(self) -> datetime:
        """Since when it waits for whoever it waits for."""
        return self.changed_at

    @property
    def endpoint(self) -> str:
        """Where it is looked at."""
        return "lms.quality.appeal"

    @property
    def args(self) -> Mapping[str, Any]:
        """What goes with the endpoint."""
        return {"appeal_id": self.id}


@dataclass(frozen=True)
class AppealStepView:
    """One step of an appeal, with its words. `person_name`: who was asked to look."""

    stage: Stage
    outcome: Outcome | None
    word: str
    by_name: str
    person_name: str
    at: datetime


def decision_to_appeal(db: Db, decision_id: UUID, viewer: Viewer, on: date) -> DecisionToAppeal:
    """A decision, for its learner, or somebody who may read it and asks for them. NotFound for everybody else."""
    row = db.get(Decision, decision_id)
    if row is None or not may_look_after(db, viewer, row, on):
        raise NotFound("decision")
    policy = policy_of(db, row.authority_id)
    appeal = db.scalar(select(Appeal.id).where(Appeal.decision_id == decision_id))
    last = latest_of(db, row.enrolment_id).get(row.line)
    names = people.persons(db, {row.by, row.learner_id})
    placed = shelf(db, Frameworks).placed(row.framework, row.edition, row.unit)
    decided_on = london_day(row.at)
    return DecisionToAppeal(
        id=row.id,
        authority_id=row.authority_id,
        enrolment_id=row.enrolment_id,
        learner_id=row.learner_id,
        learner_name=names[row.learner_id].name,
        placed=placed,
        unit=row.unit,
        line=placed.line(row.line) if placed else None,
        key=row.line,
        judgement=row.judgement,
        feedback=row.feedback,
        by=row.by,
        by_name=names[row.by].name,
        at=row.at,
        until=last_day(decided_on, policy.appeal_days),
        why_not=cannot_appeal(
            met=row.judgement is Judgement.MET,
            is_last=last is not None and last.id == row.id,
            already=appeal is not None,
            decided_on=decided_on,
            days=policy.appeal_days,
            today=on,
        ),
        appeal_id=appeal,
    )


def may_look_after(db: Db, viewer: Viewer, row: Decision | Appeal, on: date) -> bool:
    """Whether somebody may ask for a second look: the learner, and whoever may read the decision.

    That is an assessor of its unit. A household reads what it decided itself, and what others said of its PA's work
    is between them and the PA.
    """
    if viewer.person_id == row.learner_id:
        return True
    decision = row if isinstance(row, Decision) else db.get_one(Decision, row.decision_id)
    enrolment = learning.enrolment(db, row.enrolment_id)
    found = standing.standings(db, viewer, enrolment, on=on, today=on, unit=row.unit)
    return any(
        each.capacity is Capacity.ASSESSOR or (decision.capacity in HOUSEHOLD and each.behalf == decision.behalf)
        for each in found
    )


def appeal_for(db: Db, appeal_id: UUID, viewer: Viewer, on: date) -> AppealView:
    """An appeal, for its learner, who asked, who looks at it, and the staff of its authority. Else NotFound."""
    row = db.get(Appeal, appeal_id)
    if row is None:
        raise NotFound("appeal")
    theirs = viewer.person_id in {row.learner_id, row.second_id}
    asked = viewer.person_id == row.asked_by and may_look_after(db, viewer, row, on)
    if not (theirs or asked or row.authority_id in viewer.authorities(*STAFF)):
        raise NotFound("appeal")
    return views(db, [row])[0]


def views(db: Db, rows: Iterable[Appeal]) -> list[AppealView]:
    """Rows as pages see them. Two queries."""
    rows = list(rows)
    if not rows:
        return []
    ids = {id for row in rows for id in (row.learner_id, row.decided_by, row.asked_by, row.second_id) if id}
    names = {id: person.name for id, person in people.persons(db, ids).items()}
    editions = {
        row.id: (row.framework, row.edition)
        for row in db.execute(
            select(Decision.id, Decision.framework, Decision.edition).where(
                Decision.id.in_([row.decision_id for row in rows])
            )
        )
    }
    return [_view(row, names, shelf(db, Frameworks).placed(*editions[row.decision_id], row.unit)) for row in rows]


def _view(row: Appeal, names: Mapping[UUID, str], placed: Placed | None) -> AppealView:
    return AppealView(
        id=row.id,
        decision_id=row.decision_id,
        authority_id=row.authority_id,
        enrolment_id=row.enrolment_id,
        unit=row.unit,
        key=row.line,
        placed=placed,
        line=placed.line(row.line) if placed else None,
        learner_id=row.learner_id,
        learner_name=names.get(row.learner_id, ""),
        decided_by=row.decided_by,
        decided_by_name=names.get(row.decided_by, ""),
        asked_by=row.asked_by,
        asked_by_name=names.get(row.asked_by, ""),
        why=row.why,
        asked_at=row.asked_at,
        stage=row.stage,
        due_on=row.due_on,
        second_id=row.second_id,
        second_name=names.get(row.second_id, "") if row.second_id else "",
        outcome=row.outcome,
        new_decision_id=row.new_decision_id,
        changed_at=row.changed_at,
    )


def steps_of(db: Db, appeal_id: UUID) -> list[AppealStepView]:
    """What happened to an appeal, the oldest first. Two queries."""
    rows = db.scalars(select(AppealStep).where(AppealStep.appeal_id == appeal_id).order_by(AppealStep.at)).all()
    names = {id: p.name for id, p in people.persons(db, _ids(rows)).items()}
    return [
        AppealStepView(
            row.stage,
            row.outcome,
            row.word,
            names.get(row.by, "") if row.by else "",
            names.get(row.person_id, "") if row.person_id else "",
            row.at,
        )
        for row in rows
    ]


def _ids(rows: Iterable[AppealStep]) -> Collection[UUID]:
    return {id for row in rows for id in (row.by, row.person_id) if id is not None}


def of_person(db: Db, person_id: UUID) -> list[AppealView]:
    """A learner's own appeals, and those somebody asked for others, the newest first. Three queries."""
    theirs = or_(Appeal.learner_id == person_id, Appeal.asked_by == person_id)
    return views(db, db.scalars(select(Appeal).where(theirs).order_by(Appeal.asked_at.desc()).limit(MOST)))


def in_authority(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[AppealView], int]:
    """A page of an authority's appeals, those that are not over first; and how many there are. Four queries."""
    here = Appeal.authority_id == authority_id
    total = db.scalar(select(func.count()).select_from(Appeal).where(here)) or 0
    over = Appeal.stage == Stage.CLOSED
    wanted = select(Appeal).where(here).order_by(over, Appeal.due_on.is_(None), Appeal.due_on, Appeal.asked_at.desc())
    return views(db, db.scalars(wanted.offset(offset).limit(limit))), total


def _waits_for(viewer: Viewer) -> ColumnElement[bool]:
    second = and_(Appeal.second_id == viewer.person_id, Appeal.stage.in_(WITH_SECOND))
    staff = and_(Appeal.authority_id.in_(viewer.authorities(*STAFF)), Appeal.stage.in_(WITH_STAFF))
    return or_(second, staff)


# Put together once: every queue of staff and assessors asks whether anything waits, and mostly nothing does.
_AS_SECOND = and_(Appeal.second_id == bindparam("person_id"), Appeal.stage.in_(WITH_SECOND))
_AS_STAFF = and_(Appeal.authority_id.in_(bindparam("authorities", expanding=True)), Appeal.stage.in_(WITH_STAFF))
ANY = select(Appeal.id).where(or_(_AS_SECOND, _AS_STAFF)).limit(1)
_WAITING = (
    select(Appeal.id, Appeal.learner_id, Appeal.authority_id, Appeal.changed_at, Appeal.due_on, Appeal.second_id)
    .where(or_(_AS_SECOND, _AS_STAFF))
    .order_by(Appeal.due_on, Appeal.asked_at)
    .limit(MOST)
)


class WaitingRow(NamedTuple):
    """An appeal that waits, as much of it as a queue shows; since `changed_at` it waits for whoever it waits for."""

    id: UUID
    learner_id: UUID
    authority_id: UUID
    changed_at: datetime
    due_on: date | None
    second_id: UUID | None


def waiting_rows(db: Db, viewer: Viewer) -> list[WaitingRow]:
    """What somebody has to do about appeals, the soonest day first. One query, none for a PA or employer."""
    if not viewer.has(*STAFF, Role.ASSESSOR):
        return []
    values = {"person_id": viewer.person_id, "authorities": list(viewer.authorities(*STAFF))}
    return [WaitingRow(*row) for row in columns(db, _WAITING, values)]


def waiting_for(db: Db, viewer: Viewer) -> list[AppealView]:
    """The same with all there is to show. Four queries at most."""
    ids = [each.id for each in waiting_rows(db, viewer)]
    in_order = select(Appeal).where(Appeal.id.in_(ids)).order_by(Appeal.due_on, Appeal.asked_at)
    return views(db, db.scalars(in_order)) if ids else []


def count_waiting(db: Db, viewer: Viewer) -> int:
    """How many appeals wait for somebody. One query, none for a PA or an employer."""
    if not viewer.has(*STAFF, Role.ASSESSOR):
        return 0
    return db.scalar(select(func.count()).select_from(Appeal).where(_waits_for(viewer))) or 0


def open_appeals_of(db: Db, learner_id: UUID) -> int:
    """How many of a learner's appeals are not over. One query."""
    theirs = (Appeal.learner_id == learner_id) & (Appeal.stage != Stage.CLOSED)
    return db.scalar(select(func.count()).select_from(Appeal).where(theirs)) or 0


def seconds_for(db: Db, view: AppealView, on: date) -> list[people.PersonView]:
    """Who could look at an appeal: quality assurers and assessors of the authority, by name. At most three queries."""
    assurers = people.people_in(db, view.authority_id, Role.QUALITY_ASSURER, on)
    found = {each.id: each for each in (*assurers, *standing.assessors_for(db, view.authority_id, on))}
    out = {view.decided_by, view.learner_id} | looked_before(db, view.id)
    return sorted((each for id, each in found.items() if id not in out), key=lambda each: (each.name, each.id))


def looked_before(db: Db, appeal_id: UUID) -> set[UUID]:
    """Who answered the first stage of an appeal."""
    answered = (AppealStep.appeal_id == appeal_id) & (AppealStep.outcome.is_not(None))
    found = db.scalars(select(AppealStep.by).where(answered))
    return {id for id in found if id is not None}
