"""Read samples: what a plan chose, what waits for whom, and what is to be looked at."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, inspect, or_, select

from lms.assessment.competence.queries import close_to
from lms.assessment.content import Frameworks, Placed
from lms.assessment.deciding.latest import Latest, latest_of, reviews_of
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.models import Allocation
from lms.assessment.quality.models import QualityActivity, Sample, SampleStep
from lms.assessment.quality.planning.rules import Why
from lms.assessment.quality.planning.work import words_of
from lms.assessment.quality.rules import Period, Stage, Weighed
from lms.assessment.quality.samples.rules import State, WhyNot, why_not
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.people import queries as people
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 100
"""Samples of one person that a page shows."""


class SampleView(NamedTuple):
    """A sample as pages see it. `waits_for`: who has it, or decided. A tuple: a plan shows very many."""

    id: UUID
    authority_id: UUID
    period: str
    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    assessor_id: UUID
    assessor_name: str
    placed: Placed | None
    unit: str
    framework: str
    edition: str
    stage: Stage
    why: tuple[Why, ...]
    risks: tuple[Weighed, ...]
    kinds: tuple[str, ...]
    state: State
    taken_by: UUID | None
    taken_by_name: str
    chosen_at: datetime
    due_on: date | None
    changed_at: datetime

    @property
    def since(self) -> datetime:
        """Since when it waits for whoever it waits for."""
        return self.changed_at

    @property
    def endpoint(self) -> str:
        """Where it is looked at."""
        return "lms.quality.sample"

    @property
    def args(self) -> Mapping[str, Any]:
        """What goes with the endpoint."""
        return {"sample_id": self.id}


@dataclass(frozen=True)
class StepView:
    """One step of a sample."""

    state: State
    word: str
    by_name: str
    at: datetime


def views(db: Db, rows: Iterable[Any]) -> list[SampleView]:
    """Rows as pages see them. One query for names."""
    rows = list(rows)
    ids = {id for row in rows for id in (row.learner_id, row.assessor_id, row.taken_by) if id is not None}
    names = {id: person.name for id, person in people.persons(db, ids).items()}
    frameworks, placed = shelf(db, Frameworks), dict[tuple[str, str, str], Placed | None]()
    for row in rows:
        place = (row.framework, row.edition, row.unit)
        if place not in placed:
            placed[place] = frameworks.placed(*place)
    return [_view(row, names, placed[row.framework, row.edition, row.unit]) for row in rows]


def _view(row: Any, names: Mapping[UUID, str], placed: Placed | None) -> SampleView:
    learner, assessor, taken_by = row.learner_id, row.assessor_id, row.taken_by
    return SampleView(
        row.id,
        row.authority_id,
        row.period,
        row.enrolment_id,
        learner,
        names.get(learner, ""),
        assessor,
        names.get(assessor, ""),
        placed,
        row.unit,
        row.framework,
        row.edition,
        row.stage,
        _why(row.why),
        _risks(row.risks),
        words_of(row.kinds),
        row.state,
        taken_by,
        names.get(taken_by, "") if taken_by else "",
        row.chosen_at,
        row.due_on,
        row.changed_at,
    )


@lru_cache(maxsize=500)
def _why(words: str) -> tuple[Why, ...]:
    return tuple(Why(word) for word in words_of(words))


@lru_cache(maxsize=500)
def _risks(words: str) -> tuple[Weighed, ...]:
    return tuple(Weighed(word) for word in words_of(words))


def sample(db: Db, sample_id: UUID, authorities: Collection[UUID]) -> SampleView:
    """One sample behind one of these walls. Raises NotFound."""
    row = db.get(Sample, sample_id)
    if row is None or row.authority_id not in authorities:
        raise NotFound("sample")
    return views(db, [row])[0]


_ORDER = case(
    {State.ANSWERED: 0, State.TAKEN: 1, State.OPEN: 2, State.SENT_BACK: 3, State.ACCEPTED: 4}, value=Sample.state
)


def in_plan(
    db: Db, authority_id: UUID, period: Period, *, state: State | None, offset: int, limit: int
) -> tuple[list[SampleView], dict[State, int]]:
    """A page of a plan's samples, what waits for a quality assurer first; and how many stand where. Three queries."""
    asked: dict[str, object] = {"authority_id": authority_id, "period": period.code}
    counts = {row[0]: row[1] for row in columns(db, _COUNTED, asked)}
    page = asked | {"offset": offset, "limit": limit}
    rows = columns(db, _CHOSEN, page) if state is None else columns(db, _CHOSEN_IN, page | {"state": state})
    return views(db, rows), counts


# Put together once, and of columns: a plan is looked at often.
_OF_PLAN = (Sample.authority_id == bindparam("authority_id")) & (Sample.period == bindparam("period"))
_COUNTED = select(Sample.state, func.count()).where(_OF_PLAN).group_by(Sample.state)
_CHOSEN: Select[Any] = (
    select(*inspect(Sample).columns)
    .where(_OF_PLAN)
    .order_by(_ORDER, Sample.chosen_at, Sample.id)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_CHOSEN_IN = _CHOSEN.where(Sample.state == bindparam("state"))


def steps_of(db: Db, sample_id: UUID) -> list[StepView]:
    """What happened to a sample, the newest last. Two queries."""
    rows = db.scalars(select(SampleStep).where(SampleStep.sample_id == sample_id).order_by(SampleStep.at)).all()
    names = people.persons(db, {row.by for row in rows if row.by})
    return [StepView(row.state, row.word, names[row.by].name if row.by in names else "", row.at) for row in rows]


def waiting_for(db: Db, viewer: Viewer, on: date) -> list[SampleView]:  # noqa: ARG001  queues ask each list with a day
    """What waits for a quality assurer: answered and taken by them, and what nobody has taken yet. Two queries."""
    walls = viewer.authorities(Role.QUALITY_ASSURER)
    if not walls:
        return []
    rows = db.scalars(
        select(Sample)
        .where(Sample.authority_id.in_(walls), _waits_for(viewer.person_id))
        .order_by(_ORDER, Sample.changed_at, Sample.id)
        .limit(MOST)
    )
    return views(db, rows)


def _waits_for(person_id: UUID) -> ColumnElement[bool]:
    mine = and_(Sample.taken_by == person_id, Sample.state.in_([State.TAKEN, State.ANSWERED]))
    free = and_(Sample.state == State.OPEN, Sample.assessor_id != person_id, Sample.learner_id != person_id)
    return or_(mine, free)


def count_waiting(db: Db, viewer: Viewer) -> tuple[int, int]:
    """How many samples nobody has taken, and how many wait for this quality assurer. One query."""
    walls = viewer.authorities(Role.QUALITY_ASSURER)
    if not walls:
        return 0, 0
    free = func.sum(case((Sample.state == State.OPEN, 1), else_=0))
    wanted = select(free, func.count()).where(Sample.authority_id.in_(walls), _waits_for(viewer.person_id))
    open_ones, every = db.execute(wanted).one()
    return int(open_ones or 0), every - int(open_ones or 0)


@dataclass(frozen=True)
class SentBack:
    """A decision that was sent back and has not been decided anew, for whoever made it."""

    sample_id: UUID
    decision_id: UUID
    enrolment_id: UUID
    learner_id: UUID
    learner_name: str
    unit: str
    line: str
    framework: str
    edition: str
    word: str
    action: str
    due_on: date | None
    since: datetime
    by_name: str
    endpoint: str = "lms.quality.sent_back"

    @property
    def args(self) -> Mapping[str, Any]:
        """What goes with the endpoint."""
        return {}


def _open_lines() -> ColumnElement[bool]:
    """The condition that nobody has decided a line anew since this decision."""
    later = Decision.__table__.alias("later")
    return ~exists().where(
        later.c.enrolment_id == Decision.enrolment_id, later.c.line == Decision.line, later.c.turn > Decision.turn
    )


def sent_back_to(db: Db, person_id: UUID) -> list[SentBack]:
    """What was sent back to somebody and waits for them, the soonest day first. Two queries."""
    rows = db.execute(
        select(Sample, Decision, Review)
        .join(Decision, and_(Decision.enrolment_id == Sample.enrolment_id, Decision.unit == Sample.unit))
        .join(Review, Review.decision_id == Decision.id)
        .where(Sample.assessor_id == person_id, Sample.state == State.SENT_BACK)
        .where(Decision.by == person_id, Review.part == ReviewPart.SAMPLE)
        .where(Review.outcome == ReviewOutcome.SENT_BACK, _open_lines())
        .order_by(Review.due_on, Decision.at, Decision.id)
        .limit(MOST)
    ).all()
    names = people.persons(db, {id for row, _, review in rows for id in (row.learner_id, review.by)})
    found: dict[UUID, SentBack] = {}
    for row, decision, review in rows:
        found[decision.id] = SentBack(
            sample_id=row.id,
            decision_id=decision.id,
            enrolment_id=row.enrolment_id,
            learner_id=row.learner_id,
            learner_name=names[row.learner_id].name,
            unit=row.unit,
            line=decision.line,
            framework=row.framework,
            edition=row.edition,
            word=review.word,
            action=review.action,
            due_on=review.due_on,
            since=review.at,
            by_name=names[review.by].name,
        )
    return list(found.values())


def count_sent_back(db: Db, person_id: UUID) -> tuple[int, date | None]:
    """How many samples were sent back to somebody, and the soonest day of an answer. One query."""
    mine = (Sample.assessor_id == person_id) & (Sample.state == State.SENT_BACK)
    number, soonest = db.execute(select(func.count(), func.min(Sample.due_on)).where(mine)).one()
    return number, soonest


def lines_sent_back(db: Db, enrolment_id: UUID, unit: str, *, unanswered: bool) -> set[str]:
    """The lines of a unit that a sample sent back; `unanswered`: those nobody has decided anew. One query."""
    wanted = (
        select(Decision.line)
        .join(Review, Review.decision_id == Decision.id)
        .where(Decision.enrolment_id == enrolment_id, Decision.unit == unit)
        .where(Review.part == ReviewPart.SAMPLE, Review.outcome == ReviewOutcome.SENT_BACK)
    )
    return set(db.scalars(wanted.where(_open_lines()) if unanswered else wanted))


def to_look_at(db: Db, view: SampleView) -> Sequence[Latest]:
    """The decisions a quality assurer has to say something about: the last of each line, not looked at in a sample.

    Those of the assessor the sample is about; and of a line that was sent back, whoever decided it anew. Four queries.
    """
    back = lines_sent_back(db, view.enrolment_id, view.unit, unanswered=False)
    said = reviews_of(db, view.enrolment_id)
    return [
        each
        for each in latest_of(db, view.enrolment_id).values()
        if each.unit == view.unit
        and (each.by == view.assessor_id or each.line in back)
        and ReviewPart.SAMPLE not in said.get(each.id, {})
    ]


def cannot_look(db: Db, view: SampleView, person_id: UUID, now: datetime) -> WhyNot | None:
    """Why somebody may not look at a sample, or None. At most five queries."""
    on = london_day(now)
    deciders = set(
        db.scalars(
            select(Decision.by).where(Decision.enrolment_id == view.enrolment_id, Decision.unit == view.unit).distinct()
        )
    )
    allocated = select(Allocation.id).where(
        Allocation.assessor_id == person_id, Allocation.learner_id == view.learner_id, people.current(Allocation, on)
    )
    decided = select(Decision.id).where(Decision.by == person_id, Decision.learner_id == view.learner_id)
    assesses = db.scalar(allocated.limit(1)) is not None or db.scalar(decided.limit(1)) is not None
    close = any(
        relation is not None and relation.value != "none"
        for relation in (close_to(db, person_id, view.learner_id, on), close_to(db, person_id, view.assessor_id, on))
    )
    return why_not(
        person_id, learner=view.learner_id, deciders=deciders | {view.assessor_id}, assesses=assesses, close=close
    )


@dataclass(frozen=True)
class ActivityView:
    """A quality assurer watched an assessor, or talked with a learner."""

    id: UUID
    kind: str
    about_name: str
    on: date
    said: str
    by_name: str


def activities_of(db: Db, authority_id: UUID, period: Period, *, limit: int = MOST) -> list[ActivityView]:
    """What was watched and talked about in a quarter, the newest first. Two queries."""
    rows = db.scalars(
        select(QualityActivity)
        .where(QualityActivity.authority_id == authority_id)
        .where(QualityActivity.on_day >= period.first, QualityActivity.on_day <= period.last)
        .order_by(QualityActivity.on_day.desc(), QualityActivity.id)
        .limit(limit)
    ).all()
    names = people.persons(db, {id for row in rows for id in (row.about_id, row.by)})
    return [
        ActivityView(row.id, row.kind, names[row.about_id].name, row.on_day, row.said, names[row.by].name)
        for row in rows
    ]


def learners_in(db: Db, authority_id: UUID, period: Period) -> set[UUID]:
    """Learners whose samples stand in a quarter's plan: whom a quality assurer could talk with. One query."""
    here = (Sample.authority_id == authority_id) & (Sample.period == period.code)
    return set(db.scalars(select(Sample.learner_id).where(here).distinct().limit(500)))
