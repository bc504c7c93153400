"""Read who may decide: competence an authority wrote down, ties between people, and the authority's own policy."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select

from lms.assessment.competence.done import decisions_done
from lms.assessment.competence.models import (
    CompetenceEnd,
    CompetenceRow,
    MarkEnd,
    MarkRow,
    PolicyRow,
    RelationEnd,
    RelationRow,
    TrainingEnd,
    TrainingRow,
)
from lms.assessment.competence.rules import (
    NEW_FOR,
    Case,
    Mark,
    MayDecide,
    Needs,
    Policy,
    Relation,
    Span,
    closest,
    shortened,
)
from lms.assessment.competence.rules import (
    may_decide as rule,
)
from lms.assessment.content import Framework, Frameworks, Placed
from lms.assessment.rules import Capacity
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.queries import EnrolmentView


def may_decide(
    db: Db,
    *,
    person_id: UUID,
    capacity: Capacity,
    behalf: UUID,
    enrolment: EnrolmentView,
    placed: Placed,
    on: date,
    today: date,
) -> MayDecide:
    """Whether somebody may decide today on one unit of a learner's work of a day; at most 6 queries."""
    found = may_decide_each(
        db,
        person_id=person_id,
        capacity=capacity,
        behalf=behalf,
        enrolment=enrolment,
        units=[placed],
        on=on,
        today=today,
    )
    return found[placed.unit.code]


def may_decide_each(
    db: Db,
    *,
    person_id: UUID,
    capacity: Capacity,
    behalf: UUID,  # noqa: ARG001  for whom somebody looks changes nothing today; callers say it all the same
    enrolment: EnrolmentView,
    units: Sequence[Placed],
    on: date,
    today: date,
) -> Mapping[str, MayDecide]:
    """The same for several units of one learner, by code; at most 6 queries however many."""
    authority = enrolment.authority_id
    asked = {placed.framework.code for placed in units if needs_of(placed.framework) is Needs.UNIT}
    relation = close_to(db, person_id, enrolment.learner_id, on, today)
    said = said_of(db, person_id, authority, asked)
    return {
        placed.unit.code: said.decides(
            placed, learner_id=enrolment.learner_id, relation=relation, capacity=capacity, on=on, today=today
        )
        for placed in units
    }


@dataclass(frozen=True, kw_only=True)
class Said:
    """Everything an authority has on record of one person who would decide, and its own policy."""

    person_id: UUID
    policy: Policy
    spans: Mapping[tuple[UUID, str, str], Sequence[Span]]
    trained: Sequence[Span]
    marks: Mapping[Mark, Sequence[Span]]
    done: int

    def decides(
        self,
        placed: Placed,
        *,
        learner_id: UUID,
        relation: Relation | None,
        capacity: Capacity,
        on: date,
        today: date,
    ) -> MayDecide:
        """Whether they may decide on a unit of a learner."""
        return rule(
            Case(
                person=self.person_id,
                learner=learner_id,
                capacity=capacity,
                on=on,
                today=today,
                needs=needs_of(placed.framework),
                household=placed.framework.judging.household,
                policy=self.policy,
                relation=relation,
                competent=self.spans.get((self.person_id, placed.framework.code, placed.unit.code), ()),
                trained=self.trained,
                marks=self.marks,
                done=self.done,
            )
        )


def said_of(db: Db, person_id: UUID, authority_id: UUID, frameworks: Collection[str]) -> Said:
    """What an authority has on record of somebody for these frameworks; none that asks for competence: one query.

    At most five queries.
    """
    policy = policy_of(db, authority_id)
    if not frameworks:
        return Said(person_id=person_id, policy=policy, spans={}, trained=(), marks={}, done=0)
    judged = _judged_by_unit(db)
    return Said(
        person_id=person_id,
        policy=policy,
        spans=competence_of(db, [person_id], authority_id, frameworks),
        trained=trained_of(db, person_id, authority_id) if policy.training else (),
        marks=marks_of(db, person_id, authority_id),
        done=decisions_done(db, person_id, authority_id, judged, most=max(NEW_FOR, policy.first)),
    )


def needs_of(framework: Framework) -> Needs:
    """Whether a framework asks for competence recorded for each of its units."""
    return framework.judging.competence


def _judged_by_unit(db: Db) -> frozenset[str]:
    """The frameworks that ask for competence, in whatever edition."""
    there = shelf(db, Frameworks).by_edition.values()
    return frozenset(each.code for each in there if needs_of(each) is Needs.UNIT)


_POLICY = (
    select(PolicyRow.employers, PolicyRow.first_countersigned, PolicyRow.training_needed)
    .where(PolicyRow.authority_id == bindparam("authority_id"))
    .order_by(PolicyRow.set_at.desc(), PolicyRow.id.desc())
    .limit(1)
)


def policy_of(db: Db, authority_id: UUID) -> Policy:
    """How an authority lets people decide; the strictest as to employers while it has said nothing."""
    row = columns(db, _POLICY, {"authority_id": authority_id}).first()
    return Policy(*row) if row is not None else Policy()


def competence_of(
    db: Db, person_ids: Collection[UUID], authority_id: UUID, frameworks: Collection[str]
) -> Mapping[tuple[UUID, str, str], Sequence[Span]]:
    """What an authority accepted of these people: spans by person, framework and unit. One query."""
    rows = columns(
        db,
        _COMPETENCE,
        {"person_ids": list(person_ids), "authority_id": authority_id, "frameworks": list(frameworks)},
    )
    found: dict[tuple[UUID, str, str], list[Span]] = defaultdict(list)
    for person, framework, unit, since, until, last_day in rows:
        span = shortened(since, until, last_day)
        if span is not None:
            found[person, framework, unit].append(span)
    return found


_COMPETENCE = (
    select(
        CompetenceRow.person_id,
        CompetenceRow.framework,
        CompetenceRow.unit,
        CompetenceRow.since,
        CompetenceRow.until,
        CompetenceEnd.last_day,
    )
    .outerjoin(CompetenceEnd, CompetenceEnd.competence_id == CompetenceRow.id)
    .where(
        CompetenceRow.person_id.in_(bindparam("person_ids", expanding=True)),
        CompetenceRow.authority_id == bindparam("authority_id"),
        CompetenceRow.framework.in_(bindparam("frameworks", expanding=True)),
    )
)


def competent_in(
    db: Db, person_ids: Collection[UUID], authority_id: UUID, framework: str, on: date
) -> Mapping[UUID, frozenset[str]]:
    """The units of a framework in which each of these people is competent on a day. One query."""
    found: dict[UUID, set[str]] = {person: set() for person in person_ids}
    for (person, _framework, unit), spans in competence_of(db, person_ids, authority_id, [framework]).items():
        if any(span.holds(on) for span in spans):
            found[person].add(unit)
    return {person: frozenset(units) for person, units in found.items()}


def marks_of(db: Db, person_id: UUID, authority_id: UUID) -> Mapping[Mark, Sequence[Span]]:
    """What an authority said of an assessor as a whole. One query."""
    return marks_of_each(db, [person_id], authority_id).get(person_id, {})


def marks_of_each(
    db: Db, person_ids: Collection[UUID], authority_id: UUID
) -> Mapping[UUID, Mapping[Mark, Sequence[Span]]]:
    """The same for several. One query."""
    found: dict[UUID, dict[Mark, list[Span]]] = defaultdict(lambda: defaultdict(list))
    rows = columns(db, _MARKS, {"person_ids": list(person_ids), "authority_id": authority_id})
    for person, mark, since, until, last_day in rows:
        span = shortened(since, until, last_day)
        if span is not None:
            found[person][mark].append(span)
    return found


_MARKS = (
    select(MarkRow.person_id, MarkRow.mark, MarkRow.since, MarkRow.until, MarkEnd.last_day)
    .outerjoin(MarkEnd, MarkEnd.mark_id == MarkRow.id)
    .where(
        MarkRow.person_id.in_(bindparam("person_ids", expanding=True)),
        MarkRow.authority_id == bindparam("authority_id"),
    )
)


def trained_of(db: Db, person_id: UUID, authority_id: UUID) -> Sequence[Span]:
    """When somebody's training to assess counted, as an authority wrote it down. One query."""
    rows = columns(db, _TRAINED, {"person_id": person_id, "authority_id": authority_id})
    return tuple(span for row in rows if (span := shortened(*row)) is not None)


_TRAINED = (
    select(TrainingRow.done_on, TrainingRow.until, TrainingEnd.last_day)
    .outerjoin(TrainingEnd, TrainingEnd.training_id == TrainingRow.id)
    .where(TrainingRow.person_id == bindparam("person_id"), TrainingRow.authority_id == bindparam("authority_id"))
)


def close_to(db: Db, person_id: UUID, learner_id: UUID, *days: date) -> Relation | None:
    """The closest tie of somebody to a learner on any of these days; `none` when they said so, None when nobody did.

    One query.
    """
    return ties_to(db, [person_id], learner_id, *days).get(person_id)


def ties_to(db: Db, person_ids: Collection[UUID], learner_id: UUID, *days: date) -> Mapping[UUID, Relation]:
    """The same for several people; those of whom nobody said anything are left out. One query."""
    found: dict[UUID, list[Relation]] = defaultdict(list)
    for person, relation, since, until, last_day in columns(
        db, _RELATIONS, {"person_ids": list(person_ids), "learner_id": learner_id}
    ):
        if _counts(relation, since, until, last_day, days):
            found[person].append(relation)
    return {person: tie for person, ties in found.items() if (tie := closest(ties)) is not None}


def ties_of(db: Db, person_id: UUID, learner_ids: Collection[UUID], *days: date) -> Mapping[UUID, Relation]:
    """The closest tie of somebody to each of several learners, by learner. One query."""
    found: dict[UUID, list[Relation]] = defaultdict(list)
    values = {"person_id": person_id, "learner_ids": list(learner_ids)}
    for learner, relation, since, until, last_day in columns(db, _RELATIONS_OF, values):
        if _counts(relation, since, until, last_day, days):
            found[learner].append(relation)
    return {learner: tie for learner, ties in found.items() if (tie := closest(ties)) is not None}


def _counts(
    relation: Relation, since: date | None, until: date | None, last_day: date | None, days: Collection[date]
) -> bool:
    span = shortened(since or date.min, until, last_day)
    return relation is Relation.NONE or (span is not None and any(span.holds(day) for day in days))


def named_to_countersign(db: Db, person_id: UUID, on: date) -> frozenset[UUID]:
    """The authorities that named somebody to countersign. One query."""
    rows = columns(db, _NAMED, {"person_id": person_id})
    return frozenset(
        authority
        for authority, since, until, last_day in rows
        if (span := shortened(since, until, last_day)) is not None and span.holds(on)
    )


def named_somewhere(person_id: Any) -> Select[UUID]:
    """The question for the authorities that ever named somebody to countersign."""
    return select(MarkRow.authority_id).where(MarkRow.person_id == person_id, MarkRow.mark == Mark.COUNTERSIGNS)


_NAMED = (
    select(MarkRow.authority_id, MarkRow.since, MarkRow.until, MarkEnd.last_day)
    .outerjoin(MarkEnd, MarkEnd.mark_id == MarkRow.id)
    .where(MarkRow.person_id == bindparam("person_id"), MarkRow.mark == Mark.COUNTERSIGNS)
)
_DAYS = (RelationRow.relation, RelationRow.since, RelationRow.until, RelationEnd.last_day)
_RELATIONS_OF: Any = (
    select(RelationRow.learner_id, *_DAYS)
    .outerjoin(RelationEnd, RelationEnd.relation_id == RelationRow.id)
    .where(
        RelationRow.person_id == bindparam("person_id"),
        RelationRow.learner_id.in_(bindparam("learner_ids", expanding=True)),
    )
)
_RELATIONS: Any = (
    select(RelationRow.person_id, *_DAYS)
    .outerjoin(RelationEnd, RelationEnd.relation_id == RelationRow.id)
    .where(
        RelationRow.person_id.in_(bindparam("person_ids", expanding=True)),
        RelationRow.learner_id == bindparam("learner_id"),
    )
)


def has_answered(db: Db, person_id: UUID, learner_id: UUID) -> bool:
    """Whether somebody said how they are tied to a learner, or a tie is known from others. One query."""
    return columns(db, _ANSWERED, {"person_id": person_id, "learner_id": learner_id}).first() is not None


# Put together once: whoever decides is asked.
_ANSWERED = (
    select(RelationRow.id)
    .where(RelationRow.person_id == bindparam("person_id"), RelationRow.learner_id == bindparam("learner_id"))
    .where(or_(RelationRow.said_by == bindparam("person_id"), RelationRow.relation != Relation.NONE))
    .limit(1)
)


def holds_until(db: Db, person_ids: Collection[UUID], authority_id: UUID, on: date) -> dict[UUID, date | None]:
    """Until when an authority accepts each of these people in some unit: the last day of all, None without one.

    Whoever is not accepted in any on a day is left out. One query.
    """
    found: dict[UUID, date | None] = {}
    values = {"person_ids": list(person_ids), "authority_id": authority_id}
    for person, since, until, last_day in columns(db, _ACCEPTED, values) if person_ids else ():
        span = shortened(since, until, last_day)
        if span is None or not span.holds(on):
            continue
        known = found.get(person, date.min)
        found[person] = None if known is None or span.until is None else max(known, span.until)
    return found


_ACCEPTED = (
    select(CompetenceRow.person_id, CompetenceRow.since, CompetenceRow.until, CompetenceEnd.last_day)
    .outerjoin(CompetenceEnd, CompetenceEnd.competence_id == CompetenceRow.id)
    .where(
        CompetenceRow.person_id.in_(bindparam("person_ids", expanding=True)),
        CompetenceRow.authority_id == bindparam("authority_id"),
    )
)
