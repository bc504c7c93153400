"""Compare an authority's records with each other, and keep which pairs look like the same person."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Delete, delete, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.house import House
from lms.core.work import later
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.authoring import queries as authoring
from lms.register.merging.models import DoubleLook, LikelyDouble, SamePerson
from lms.register.merging.reasons import Likeness
from lms.register.merging.rules import Looks, pairs

LOOK = "register.look_for_doubles"
EVERY = timedelta(days=1)
AT_ONCE = 2000
WRITTEN_AT_ONCE = 200

Pair = tuple[UUID, UUID]


def ask(db: Db, *, authority_id: UUID, now: datetime) -> None:
    """Have an authority's records compared soon. Asking again while that waits changes nothing."""
    later(db, LOOK, str(authority_id), now=now)


def sweep(house: House, now: datetime) -> int:
    """Have the records of every authority compared that has not been looked at for a day; how many that is."""
    with house.database.reading() as db:
        looked = dict(columns(db, select(DoubleLook.authority_id, DoubleLook.looked_at), {}).all())
        due = [
            each for each in authoring.authorities_with_rules(db) if each not in looked or looked[each] <= now - EVERY
        ]
    for authority_id in due:
        look(house, str(authority_id), now)
    return len(due)


def look(house: House, key: str, now: datetime) -> None:
    """Compare the records of the authority with this id: read first, then written in small steps."""
    authority_id = UUID(key)
    with house.database.reading() as db:
        found = pairs(_looks(db, authority_id, now))
        known = _known(db, authority_id)
        linked = _linked(db, authority_id)
    new = [(pair, why) for pair, why in found.items() if pair not in known and not linked.issuperset(pair)]
    gone = [pair for pair, settled in known.items() if not settled and pair not in found]
    for start in range(0, len(new), WRITTEN_AT_ONCE):
        with house.database.writing() as db:
            _keep(db, authority_id, new[start : start + WRITTEN_AT_ONCE], now)
    with house.database.writing() as db:
        for first, second in gone:
            db.execute(_of(authority_id, first, second))
        row = db.get(DoubleLook, authority_id)
        if row is not None:
            row.looked_at = now
        else:
            add_once(db, DoubleLook(authority_id=authority_id, looked_at=now))


def _looks(db: Db, authority_id: UUID, now: datetime) -> Iterator[Looks]:
    """Everybody an authority knows as a PA, a piece at a time."""
    on, offset = london_day(now), 0
    while some := people.people_in(db, authority_id, Role.PA, on, offset=offset, limit=AT_ONCE):
        employers: dict[UUID, set[UUID]] = {}
        for pa_id, employer_id in people.employed_by(db, None, [each.id for each in some], on):
            employers.setdefault(pa_id, set()).add(employer_id)
        for each in some:
            yield Looks(each.id, each.name, each.email, frozenset(employers.get(each.id, ())))
        offset += len(some)


def _known(db: Db, authority_id: UUID) -> dict[Pair, bool]:
    """The pairs found before, and whether somebody settled them."""
    wanted = select(LikelyDouble.first_id, LikelyDouble.second_id, LikelyDouble.settled_at.is_not(None))
    rows = db.execute(wanted.where(LikelyDouble.authority_id == authority_id))
    return {(row[0], row[1]): bool(row[2]) for row in rows}


def _linked(db: Db, authority_id: UUID) -> set[UUID]:
    """Records that are part of a link already; of two linked ones nobody has to think again."""
    wanted = select(SamePerson.kept_id, SamePerson.other_id)
    rows = db.execute(wanted.where(SamePerson.authority_id == authority_id, SamePerson.ended_at.is_(None)))
    return {each for row in rows for each in row}


def _keep(db: Db, authority_id: UUID, new: list[tuple[Pair, Likeness]], now: datetime) -> None:
    for (first, second), why in new:
        row = LikelyDouble(
            id=uuid4(), authority_id=authority_id, first_id=first, second_id=second, likeness=why, found_at=now
        )
        add_once(db, row)


def _of(authority_id: UUID, first: UUID, second: UUID) -> Delete:
    return delete(LikelyDouble).where(
        LikelyDouble.authority_id == authority_id,
        LikelyDouble.first_id == first,
        LikelyDouble.second_id == second,
        LikelyDouble.settled_at.is_(None),
    )
