"""The protocol of what waits: each room gives what waits for a viewer, in a constant number of queries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from lms.assessment.queues.rules import Waiting
from lms.core.db import Db, columns
from lms.people.rules import Role
from lms.people.viewer import Viewer

WaitsFor = Callable[[Db, Viewer, date], list[Waiting]]
"""What waits for a viewer on a day: unit of work, viewer, day. House.waits lists them all."""


@dataclass(frozen=True, eq=False)
class Rarely:
    """What waits for hardly anybody. Whether anything does is asked of the database together with all others like it.

    `any` has a row when something waits, by `person_id` and what `values` adds. `roles`: for whom at all.
    """

    make: WaitsFor
    roles: frozenset[Role]
    any: Select[*tuple[Any, ...]]
    values: Callable[[Viewer, date], Mapping[str, object]] = lambda _viewer, _on: {}

    def __call__(self, db: Db, viewer: Viewer, on: date) -> list[Waiting]:
        """The same as `make`, and nothing without the roles."""
        return self.make(db, viewer, on) if viewer.has(*self.roles) else []


def worth_asking(db: Db, viewer: Viewer, on: date, waits: Sequence[WaitsFor]) -> list[WaitsFor]:
    """Those that may have something for a viewer. One query, none without a role for what waits rarely."""
    rare = tuple(each for each in waits if isinstance(each, Rarely) and viewer.has(*each.roles))
    there: set[WaitsFor] = set()
    if rare:
        values: dict[str, object] = {"person_id": viewer.person_id}
        for each in rare:
            values.update(each.values(viewer, on))
        found = columns(db, _any(rare), values).one()
        there = {each for each, waiting in zip(rare, found, strict=True) if waiting}
    return [each for each in waits if not isinstance(each, Rarely) or each in there]


@lru_cache(maxsize=32)
def _any(rare: tuple[Rarely, ...]) -> Select[*tuple[Any, ...]]:
    return select(*(each.any.exists() for each in rare))
