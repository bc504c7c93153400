"""Ask whoever has the next move once more: with one click, in their language, and never more often than once a week."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from lms.assessment import under_way as practice
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.queries import PersonView
from lms.people.rules import Role
from lms.programme.desk.events import Nudged
from lms.programme.desk.models import DeskStanding, Nudge
from lms.programme.desk.rules import NUDGE_AGAIN_AFTER, Spell, Who, may_nudge_again


@dataclass(frozen=True)
class Asked:
    """Who was asked by a nudge: those by e-mail, and those who have none and have to be reached another way."""

    by_mail: tuple[str, ...]
    without: tuple[str, ...]


def nudge(db: Db, *, authority_id: UUID, enrolment_id: UUID, by: UUID, now: datetime) -> Asked:
    """Ask whoever an enrolment waits for. Raises NotFound for one that is not behind the authority's wall.

    Refused when it waits for nobody, for the coordinators themselves or for nobody there is, and within a week of the
    last time: a second tap asks nobody twice.
    """
    on = london_day(now)
    # Held, so that two who nudge at the same moment ask once.
    row = db.scalars(_HELD, {"enrolment_id": enrolment_id, "authority_id": authority_id}).one_or_none()
    if row is None:
        raise NotFound("enrolment")
    if row.waits_for is None or row.why is None:
        raise Refused(N_("This waits for nobody any more, so there is nobody to remind."))
    last = nudged_on(db, [enrolment_id]).get(enrolment_id)
    if last is not None and not may_nudge_again(last, on):
        raise Refused(
            N_("They were reminded on %(day)s already. You can remind them again after %(days)s days, or ring them."),
            day=last,
            days=NUDGE_AGAIN_AFTER,
        )
    found = whom(
        db, row.waits_for, learner_id=row.learner_id, authority_id=authority_id, enrolment_id=row.enrolment_id, on=on
    )
    if not found:
        raise Refused(_NOBODY[row.waits_for])
    for someone in found:
        made = Nudge(
            enrolment_id=enrolment_id,
            authority_id=authority_id,
            person_id=someone.id,
            waits_for=row.waits_for,
            why=row.why,
            on_day=on,
            by=by,
            at=now,
        )
        db.add(made)
        db.flush()
        fact = Nudged(
            about=row.learner_id,
            nudge_id=made.id,
            enrolment_id=enrolment_id,
            authority_id=authority_id,
            person_id=someone.id,
            waits_for=row.waits_for,
            why=row.why,
            reachable=someone.email is not None,
        )
        record(db, fact, by=by, now=now, behalf=authority_id)
    return Asked(tuple(each.name for each in found if each.email), tuple(each.name for each in found if not each.email))


def whom(
    db: Db, who: Who, *, learner_id: UUID, authority_id: UUID, enrolment_id: UUID, on: date
) -> Sequence[PersonView]:
    """The people who have a move on a day: the learner, their employers here, their assessors, or the register team."""
    match who:
        case Who.SELF:
            return [people.person(db, learner_id)]
        case Who.EMPLOYER:
            homes = [each.id for each in people.employers_of(db, learner_id, on) if each.authority_id == authority_id]
            found = people.holders_of(db, Role.EMPLOYER, homes, on) if homes else []
            return found or (people.holders_of(db, Role.REPRESENTATIVE, homes, on) if homes else [])
        case Who.ASSESSOR | Who.READER:
            every = practice.allocations_of(db, [enrolment_id]).get(enrolment_id, [])
            now_there = {assessor for assessor, since, until in every if Spell(since, until).holds(on)}
            return sorted(people.persons(db, now_there).values(), key=lambda each: each.name)
        case Who.REGISTER_TEAM:
            return _once(
                person
                for role in (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)
                for person in people.people_in(db, authority_id, role, on)
            )
        case Who.COORDINATOR:
            return []


def _once(found: Any) -> list[PersonView]:
    return list({each.id: each for each in found}.values())


_NOBODY = {
    Who.SELF: N_("There is nobody to remind."),
    Who.EMPLOYER: N_("No employer has an account here. Ring them, or choose an assessor."),
    Who.ASSESSOR: N_("No assessor is there any more. Choose one."),
    Who.READER: N_("No assessor is there who could be reminded. You can read it yourself, under “Texts to read”."),
    Who.COORDINATOR: N_("This waits for the coordinators, and that is you."),
    Who.REGISTER_TEAM: N_("Nobody is on the register team. Ask an administrator."),
}


def nudged_on(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, date]:
    """The day of the last nudge about each of these enrolments; those never nudged about are left out."""
    return dict(columns(db, _LAST, {"ids": list(enrolment_ids)}).all()) if enrolment_ids else {}


def asked_by(db: Db, nudge_id: UUID) -> UUID:
    """Who nudged."""
    return columns(db, _BY, {"nudge_id": nudge_id}).scalar_one()


_HELD = (
    select(DeskStanding)
    .where(
        DeskStanding.enrolment_id == bindparam("enrolment_id"), DeskStanding.authority_id == bindparam("authority_id")
    )
    .with_for_update()
)
_LAST = (
    select(Nudge.enrolment_id, func.max(Nudge.on_day))
    .where(Nudge.enrolment_id.in_(bindparam("ids", type_=Uuid(), expanding=True)))
    .group_by(Nudge.enrolment_id)
)
_BY = select(Nudge.by).where(Nudge.id == bindparam("nudge_id"))
