"""Who else of a register team can do what somebody with a part in a decision cannot: agree to it, or review it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from lms.core.db import Db
from lms.people import queries as people
from lms.people.rules import Role


class SomebodyElse(NamedTuple):
    """The names of those who can, and where nobody can, of the administrators who can appoint somebody."""

    can: tuple[str, ...]
    admins: tuple[str, ...]


def somebody_else(
    db: Db, authority_id: UUID, on: date, *, besides: Collection[UUID], roles: Collection[Role]
) -> SomebodyElse:
    """Who of an authority holds one of these roles on a day, besides some people: the PA, and who had a part."""
    can = {each.id: each.name for role in roles for each in people.people_in(db, authority_id, role, on)}
    names = tuple(sorted(name for id, name in can.items() if id not in besides))
    if names:
        return SomebodyElse(names, ())
    return SomebodyElse((), tuple(each.name for each in people.people_in(db, authority_id, Role.ADMIN, on)))
