"""Write how an assessor or an employer is tied to a learner: said by either of them, or by a coordinator."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment.competence.countersigning import waits_of_learner
from lms.assessment.competence.events import RelationDeclared, RelationEnded
from lms.assessment.competence.models import RelationEnd, RelationRow
from lms.assessment.competence.people import household_members, is_coordinator, is_known, is_staff
from lms.assessment.competence.rules import TOO_CLOSE, Relation
from lms.assessment.competence.services import LONGEST_WORDS
from lms.assessment.models import Allocation
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people


def declare(
    db: Db,
    *,
    person_id: UUID,
    learner_id: UUID,
    relation: Relation,
    by: UUID,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
    id: UUID | None = None,
) -> None:
    """Say how somebody is tied to a learner, or that they are not (`none`). The same `id` again changes nothing.

    Raises NotFound unless `by` is one of the two and they have to do with each other, or a coordinator of the
    learner's authority and the other an assessor, employer or quality assurer there. A tie is never taken back by
    saying “none” afterwards: it is ended, and stays on record.
    """
    today = london_day(now)
    if person_id == learner_id or not _may_say(db, person_id, learner_id, by, today):
        raise NotFound("learner")
    if since is not None and since > today:
        raise Refused(N_("This day has not come yet."))
    if since is not None and until is not None and until < since:
        raise Refused(N_("The last day has to be on or after the first day."))
    row = RelationRow(
        id=id or uuid4(),
        person_id=person_id,
        learner_id=learner_id,
        relation=relation,
        since=since,
        until=until,
        said_by=by,
        said_at=now,
    )
    if add_once(db, row):
        fact = RelationDeclared(
            about=learner_id, person_id=person_id, relation_id=row.id, too_close=relation in TOO_CLOSE
        )
        record(db, fact, by=by, now=now)


def end(db: Db, *, relation_id: UUID, last_day: date, reason: str, by: UUID, now: datetime) -> None:
    """Let a tie be over after a day; again changes nothing.

    Whoever said it can end it; one that keeps somebody from deciding, only somebody else who coordinates, so that
    nobody lifts a bar that stands against themselves. Raises NotFound for everybody else.
    """
    row, today = db.get(RelationRow, relation_id), london_day(now)
    if row is None or row.relation is Relation.NONE:
        raise NotFound("relation")
    coordinates = by not in {row.person_id, row.learner_id} and _coordinates(db, row.learner_id, by, today)
    if not coordinates and by != row.said_by:
        raise NotFound("relation")
    if not coordinates and row.relation in TOO_CLOSE:
        raise Refused(N_("Ask your training coordinator to end this, because it decides who may assess."))
    if last_day > today:
        raise Refused(N_("Choose today or an earlier day."))
    why = clean_text(reason, LONGEST_WORDS)
    if not why:
        raise Refused(N_("Write why this is over."))
    if add_once(db, RelationEnd(relation_id=row.id, last_day=last_day, reason=why, ended_by=by, at=now)):
        fact = RelationEnded(
            about=row.learner_id,
            person_id=row.person_id,
            relation_id=row.id,
            last_day=last_day,
        )
        record(db, fact, by=by, now=now)


def _may_say(db: Db, person_id: UUID, learner_id: UUID, by: UUID, today: date) -> bool:
    if by in {person_id, learner_id}:
        return _have_to_do(db, person_id, learner_id, today)
    return any(
        is_coordinator(db, by, place.id, today)
        and (is_known(db, person_id, place.id, today) or is_staff(db, person_id, place.id, today))
        for place in people.authorities_of(db, learner_id, today)
    )


def _have_to_do(db: Db, person_id: UUID, learner_id: UUID, today: date) -> bool:
    """Whether somebody assesses or assessed a learner, looks after their authority's assessors, employs them, or may
    countersign a decision on them that waits.
    """
    given = select(Allocation.id).where(Allocation.assessor_id == person_id, Allocation.learner_id == learner_id)
    if db.scalar(given.limit(1)) is not None:
        return True
    if any(is_staff(db, person_id, place.id, today) for place in people.authorities_of(db, learner_id, today)):
        return True
    if person_id in {one.id for one in household_members(db, learner_id, today)}:
        return True
    return waits_of_learner(db, person_id, learner_id, today)


def _coordinates(db: Db, learner_id: UUID, by: UUID, today: date) -> bool:
    return any(is_coordinator(db, by, place.id, today) for place in people.authorities_of(db, learner_id, today))
