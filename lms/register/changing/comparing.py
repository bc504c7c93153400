"""Compare what two sets of rules say of many PAs on a day. It only reads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.core.house import House
from lms.register.changing.rules import Affected, affected, begins_with
from lms.register.holding import held_of_many
from lms.register.listing.queries import before_of_many
from lms.register.models import Standing
from lms.register.rules import AuthorityRules, eligibility

SLICE = 1000


@dataclass(frozen=True)
class Change:
    """Two sets of an authority's rules, without a change and with it, to be asked about one day."""

    authority_id: UUID
    was: AuthorityRules
    will: AuthorityRules
    on: date


def compare(db: Db, change: Change, person_ids: Sequence[UUID]) -> Mapping[UUID, Affected]:
    """Whom of these PAs a change affects, and how. What they hold is read once for both."""
    held = held_of_many(db, person_ids, change.authority_id, change.was, change.will)
    before = before_of_many(db, person_ids, change.authority_id)
    begin = begins_with(change.was), begins_with(change.will)
    found = {}
    for person_id in person_ids:
        holds, stood = held[person_id], before[person_id]
        was, will = (eligibility(rules, holds, on=change.on, before=stood) for rules in (change.was, change.will))
        if (one := affected(was, will, begin=begin, shown=stood.shown)) is not None:
            found[person_id] = one
    return found


_HERE = (
    Standing.authority_id == bindparam("authority_id"),
    or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on")),
)
_NEXT = (
    select(Standing.person_id)
    .where(*_HERE, Standing.person_id > bindparam("after"))
    .order_by(Standing.person_id)
    .limit(SLICE)
)
_COUNT = select(func.count()).select_from(Standing).where(*_HERE)


def pas_after(db: Db, change: Change, after: UUID | None) -> list[UUID]:
    """The next PAs an authority will still know on the day, in the order of their ids."""
    asked = {"authority_id": change.authority_id, "on": change.on, "after": after or UUID(int=0)}
    return [row.person_id for row in columns(db, _NEXT, asked)]


def count_pas(db: Db, change: Change) -> int:
    """How many PAs there are to be looked at."""
    return columns(db, _COUNT, {"authority_id": change.authority_id, "on": change.on}).scalar_one()


def everybody(
    house: House, change: Change, tell: Callable[[int, int], None] | None = None
) -> Iterator[tuple[UUID, Affected]]:
    """Each PA a change affects, a slice at a time in units of work of their own. Nothing is written."""
    done, after = 0, None
    with house.database.reading() as db:
        total = count_pas(db, change)
    while True:
        with house.database.reading() as db:
            ids = pas_after(db, change, after)
            found = compare(db, change, ids)
        yield from found.items()
        if not ids:
            return
        done, after = done + len(ids), ids[-1]
        if tell:
            tell(done, total)
