"""Whom a message may go to: people behind an authority's own wall, by ids or by a list of the desk."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.people import queries as people
from lms.people.beginnings import still_holding
from lms.people.rules import Role
from lms.programme.contacts.staff import HOUSEHOLD, STAFF_HERE
from lms.programme.desk import lists, setting
from lms.programme.desk.lists import Wanted

AT_ONCE = 500
_HERE = (Role.PA, Role.LEARNER, Role.ASSESSOR, *STAFF_HERE)


def belonging(db: Db, authority_id: UUID, ids: Collection[UUID], on: date) -> set[UUID]:
    """Those of these people with an open account who hold a role in an authority or a household behind its wall.

    Two queries for each 500 people.
    """
    found: set[UUID] = set()
    for some in pieces(list(ids)):
        held = still_holding(db, some, (*_HERE, *HOUSEHOLD), on)
        homes = people.organisations(db, {place for _person, place in held if place != authority_id})
        here = {authority_id} | {home.id for home in homes.values() if home.authority_id == authority_id}
        found |= {person for person, place in held if place in here}
    return found


def on_list(db: Db, authority_id: UUID, wanted: Wanted, on: date, *, most: int) -> list[UUID]:
    """The people on a list of the desk in its order, each once, at most so many and one more."""
    limits = setting.setting_of(db, authority_id).limits
    found: dict[UUID, None] = {}
    offset = 0
    while len(found) <= most:
        lines, total = lists.page_of(db, authority_id, wanted, limits, on, offset=offset, limit=AT_ONCE)
        found.update(dict.fromkeys(line.learner_id for line in lines))
        offset += AT_ONCE
        if offset >= total:
            break
    return list(found)[: most + 1]


def pieces(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    """Some ids after the others, so that no question names too many."""
    return (ids[first : first + AT_ONCE] for first in range(0, len(ids), AT_ONCE))
