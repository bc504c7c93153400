"""What mentoring does because a role ends: whoever is no PA or employer any more is nobody's mentor or newcomer."""

from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import LONDON
from lms.core.db import Db
from lms.core.house import House
from lms.core.work import later
from lms.people.events import RoleEnded
from lms.programme.mentors import services
from lms.programme.mentors.models import Mentor, MentorRequest

OVER = "mentors.over"
_ROLES = frozenset(role for roles in services.KINDS.values() for role in roles)


def look_when_over(db: Db, fact: RoleEnded, now: datetime) -> None:
    """The day after the last one, somebody looks whether this was their only reason to be a mentor or to have one."""
    if fact.role in _ROLES:
        due = datetime.combine(fact.until + timedelta(days=1), time(), LONDON)
        later(db, OVER, f"{fact.about}:{fact.until.isoformat()}", now=now, due=due)


def end_when_over(house: House, key: str, now: datetime) -> None:
    """End what somebody agreed to as what they are no longer. `key` begins with the person. Twice changes nothing."""
    person_id = UUID(key.partition(":")[0])
    with house.database.writing() as db:
        agreed = select(Mentor).where(Mentor.person_id == person_id, Mentor.ended_at.is_(None))
        for mentor in db.scalars(agreed).all():
            if not services.is_still(db, person_id, mentor.kind, mentor.authority_id, now):
                services.withdraw(db, mentor_id=mentor.id, by=person_id, now=now, of_itself=True)
        asked = select(MentorRequest).where(MentorRequest.newcomer_id == person_id, MentorRequest.ended_at.is_(None))
        for request in db.scalars(asked).all():
            if not services.is_still(db, person_id, request.kind, request.authority_id, now):
                services.take_back(db, request_id=request.id, by=person_id, now=now, of_itself=True)
