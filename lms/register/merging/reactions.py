"""A record that is read with another one stays off the lists, whatever becomes of its role."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import together
from lms.people.events import RoleEnded, RoleGiven
from lms.people.rules import Role
from lms.register import standings
from lms.register.merging.models import SamePerson


def _stay_off_lists(db: Db, facts: Sequence[RoleGiven | RoleEnded], now: datetime) -> None:
    linked = select(SamePerson.other_id).where(
        SamePerson.other_id.in_([fact.about for fact in facts]), SamePerson.ended_at.is_(None)
    )
    some = set(db.scalars(linked))
    for fact in facts:
        if fact.about in some:
            stay_off_lists(db, fact, now)


@together(_stay_off_lists)
def stay_off_lists(db: Db, fact: RoleGiven | RoleEnded, now: datetime) -> None:
    """A PA's role began again or was given an end: the record on the lists is the other one."""
    if fact.role is not Role.PA:
        return
    linked = select(SamePerson.id).where(
        SamePerson.authority_id == fact.organisation_id,
        SamePerson.other_id == fact.about,
        SamePerson.ended_at.is_(None),
    )
    if db.scalar(linked) is not None:
        last = london_day(now) - timedelta(days=1)
        standings.end_standing(db, person_id=fact.about, authority_id=fact.organisation_id, last_day=last)
