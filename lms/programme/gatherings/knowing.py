"""What is known of somebody on the day of an event, and whether they may come."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.learning import queries as learning
from lms.people import agreements
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.gatherings.models import Gathering
from lms.programme.gatherings.rules import Knows, may_join
from lms.programme.gatherings.words import Open
from lms.programme.groups import queries as groups

HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)
COMES = (Role.PA, *HOUSEHOLD, Role.ASSESSOR)
"""Roles of those who come to events."""


def known_of(db: Db, person_id: UUID, on: date) -> dict[UUID, Knows]:
    """What is known of somebody on a day, by authority; nothing when their account is closed. At most four queries."""
    viewer = people.viewer_of(db, person_id, on)
    if viewer is None:
        return {}
    at = viewer.organisations(Role.ASSESSOR)
    assesses = viewer.authorities(Role.ASSESSOR) | (agreements.agreed_with(db, at, on) if at else frozenset())
    pa, employs = viewer.authorities(Role.PA), viewer.authorities(*HOUSEHOLD)
    courses: defaultdict[UUID, set[str]] = defaultdict(set)
    for each in learning.enrolments_of(db, person_id) if pa else ():
        courses[each.authority_id].add(each.course)
    inside = groups.groups_of(db, person_id) if pa else frozenset()
    return {
        each: Knows(
            pa=each in pa,
            employer=each in employs,
            assessor=each in assesses,
            groups=inside,
            courses=frozenset(courses[each]),
        )
        for each in pa | employs | assesses
    }


def known_for(db: Db, row: Gathering, person_id: UUID) -> Knows:
    """The same for one event, on its day."""
    return known_of(db, person_id, london_day(row.starts_at)).get(row.authority_id, Knows())


def open_words(given: Collection[object]) -> frozenset[Open]:
    """Who may sign up, as it stands in a row."""
    return frozenset(Open(str(each)) for each in given)


def could_join(db: Db, row: Gathering, person_id: UUID) -> bool:
    """Whether somebody may sign up by themselves, by who they are on the day."""
    return may_join(open_words(row.open_to), known_for(db, row, person_id), group=row.group_id, course=row.course)
