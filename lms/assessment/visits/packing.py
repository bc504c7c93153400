"""What an assessor takes along of their learners: as little as a visit needs, and for some days only.

A first name and initials; the lines of the units they look at, where each stands, whether they may decide; their own
drafts; and which decision was the last, so that it can be told when another was made meanwhile. No address, no way to
reach anybody, nothing that others wrote.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment import places
from lms.assessment.competence.labels import WHY
from lms.assessment.competence.queries import may_decide_each
from lms.assessment.content import Placed
from lms.assessment.deciding.latest import Latest
from lms.assessment.deciding.rules import Stand
from lms.assessment.deciding.services import Deciding
from lms.assessment.deciding.stands import stands_of
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.rules import Capacity, Standing, UnitState
from lms.assessment.standing import chosen, standings, units_open_to
from lms.assessment.visits.drafts import content_of_draft, drafts_here
from lms.assessment.visits.events import LearnerTakenAlong
from lms.assessment.visits.models import VisitTaken
from lms.assessment.visits.rules import HOLDS, MOST_LEARNERS, mark_of, short_name
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused, Say
from lms.learning import queries as learning
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.viewer import Viewer

MOST_LISTED = 60
"""Learners in the list to choose from: more than anybody assesses at once."""


@dataclass(frozen=True)
class Mine:
    """A learner whom an assessor may take along."""

    enrolment: EnrolmentView
    name: str
    units: tuple[Placed, ...]
    standing: Standing

    @property
    def titles(self) -> tuple[Words, ...]:
        """What they work to, each framework once."""
        return tuple({placed.framework.code: placed.framework.title for placed in self.units}.values())


def learners_of(db: Db, viewer: Viewer, on: date) -> list[Mine]:
    """The learners allocated to an assessor on a day, by name; at most a few queries for each."""
    rows = db.execute(
        select(Allocation.enrolment_id, Allocation.learner_id)
        .where(Allocation.assessor_id == viewer.person_id, people.current(Allocation, on))
        .distinct()
        .order_by(Allocation.enrolment_id)
        .limit(MOST_LISTED)
    ).all()
    names = people.persons(db, {row.learner_id for row in rows})
    found = [mine for row in rows if (mine := _mine(db, viewer, row.enrolment_id, names[row.learner_id].name, on))]
    return sorted(found, key=lambda each: (each.name, str(each.enrolment.id)))


def mine(db: Db, viewer: Viewer, enrolment_id: UUID, on: date) -> Mine:
    """One of them. Raises NotFound for everybody else's."""
    enrolment = learning.enrolment(db, enrolment_id)
    found = _mine(db, viewer, enrolment.id, people.person(db, enrolment.learner_id).name, on)
    if found is None:
        raise NotFound("learner")
    return found


def _mine(db: Db, viewer: Viewer, enrolment_id: UUID, name: str, on: date) -> Mine | None:
    enrolment = learning.enrolment(db, enrolment_id)
    if enrolment.ended or enrolment.learner_id == viewer.person_id:
        return None
    standing = chosen(standings(db, viewer, enrolment, on=on, today=on, among={Capacity.ASSESSOR}))
    if standing is None:
        return None
    open_to = units_open_to(db, viewer, enrolment, on=on, today=on)
    units = tuple(p for p in places.units_of(db, enrolment) if open_to is None or p.unit.code in open_to)
    return Mine(enrolment, name, units, standing) if units else None


def take_along(
    db: Db, *, enrolment_ids: Sequence[UUID], viewer: Viewer, language: str, say: Say, now: datetime
) -> dict[str, Any]:
    """What these learners' visits need, as JSON can carry it; that they were taken along is recorded.

    Whoever is no longer allocated to the assessor is left out. Refused when there are too many, or nobody is left.
    """
    if len(enrolment_ids) > MOST_LEARNERS:
        raise Refused(N_("Take at most %(most)s people along at once."), most=MOST_LEARNERS)
    wanted = set(enrolment_ids)
    found = [each for each in learners_of(db, viewer, london_day(now)) if each.enrolment.id in wanted]
    units: dict[str, Any] = {}
    for each in found:
        units |= {_id(placed): _unit(placed, language) for placed in each.units}
    return {
        "units": units,
        "learners": [_learner(db, each, viewer, language=language, say=say, now=now) for each in found],
    }


def _id(placed: Placed) -> str:
    return f"{placed.framework.code}/{placed.framework.edition}/{placed.unit.code}"


def _unit(placed: Placed, language: str) -> dict[str, Any]:
    unit = placed.unit
    lines = [
        {
            "key": line.key,
            "code": line.code or "",
            "text": line.text.text(language),
            "lang": line.text.language(language),
        }
        for line in unit.lines
    ]
    return {
        "code": unit.code,
        "title": f"{unit.number}. {unit.title.text(language)}" if unit.number else unit.title.text(language),
        "lang": unit.title.language(language),
        "lines": lines,
    }


def _learner(db: Db, mine: Mine, viewer: Viewer, *, language: str, say: Say, now: datetime) -> dict[str, Any]:
    enrolment, today = mine.enrolment, london_day(now)
    stands, latest = stands_of(db, enrolment, mine.units)
    drafts = drafts_here(db, enrolment.id, viewer.person_id)
    signed = set(db.scalars(_SIGNED, {"enrolment_id": enrolment.id}))
    may = may_decide_each(
        db,
        person_id=viewer.person_id,
        capacity=mine.standing.capacity,
        behalf=mine.standing.behalf,
        enrolment=enrolment,
        units=mine.units,
        on=today,
        today=today,
    )
    return {
        "enrolment": str(enrolment.id),
        "taken": str(_note(db, mine, viewer, now)),
        "who": short_name(mine.name),
        "what": ", ".join(each.text(language) for each in mine.titles),
        "units": [
            {
                "id": _id(placed),
                "may": may[placed.unit.code].yes,
                "why": say(WHY[why]) if (why := may[placed.unit.code].why) else None,
                "signed": placed.unit.code in signed,
                "stands": _stands(placed, stands[placed.unit.code], latest, drafts),
            }
            for placed in mine.units
        ],
    }


_SIGNED = select(LearnerUnit.unit).where(
    LearnerUnit.enrolment_id == bindparam("enrolment_id"), LearnerUnit.state == UnitState.SIGNED_OFF
)


def _stands(
    placed: Placed, stands: Mapping[str, Stand], latest: Mapping[str, Latest], drafts: Mapping[str, Deciding]
) -> dict[str, Any]:
    """Where each line stands, the id of its last decision, and one's own draft of it; lines with nothing left out."""
    found: dict[str, Any] = {}
    for line in placed.unit.lines:
        stand: dict[str, Any] = {"stand": stands[line.key].value}
        if line.key in latest:
            stand["decision"] = str(latest[line.key].id)
        if line.key in drafts:
            content = content_of_draft(drafts[line.key])
            stand["draft"] = {
                "mark": mark_of(content),
                "judgement": content.judgement,
                "reason": content.reason,
                "feedback": content.feedback,
            }
        if stand != {"stand": "nothing"}:
            found[line.key] = stand
    return found


def _note(db: Db, mine: Mine, viewer: Viewer, now: datetime) -> UUID:
    enrolment = mine.enrolment
    row = VisitTaken(
        person_id=viewer.person_id,
        enrolment_id=enrolment.id,
        learner_id=enrolment.learner_id,
        authority_id=enrolment.authority_id,
        behalf=mine.standing.behalf,
        taken_at=now,
        holds_until=now + HOLDS,
    )
    db.add(row)
    db.flush()
    fact = LearnerTakenAlong(about=enrolment.learner_id, enrolment_id=enrolment.id, taken_id=row.id)
    record(db, fact, by=viewer.person_id, now=now, behalf=mine.standing.behalf)
    return row.id
