"""Read how people want to be told and where they can be reached: a constant number of queries for however many."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.notifications.channels import queries as channels
from lms.notifications.preferences.models import MessagePreference, MobileCode, ThroughEmployer
from lms.notifications.preferences.rules import Purpose, Reach, Way, Wishes
from lms.people.queries import PersonView


@dataclass(frozen=True)
class Chosen:
    """What somebody chose, and where they can be reached."""

    wishes: Wishes
    reach: Reach
    postal: str = ""


_CHOSEN = select(
    MessagePreference.person_id,
    MessagePreference.ways,
    MessagePreference.digest,
    MessagePreference.quiet,
    MessagePreference.quiet_from,
    MessagePreference.quiet_until,
    MessagePreference.sundays,
    MessagePreference.mobile,
    MessagePreference.postal,
).where(MessagePreference.person_id.in_(bindparam("ids", expanding=True)))


def chosen(db: Db, persons: Iterable[PersonView]) -> dict[UUID, Chosen]:
    """What each of these people chose. Two queries."""
    people = list(persons)
    rows = {row.person_id: row for row in columns(db, _CHOSEN, {"ids": [each.id for each in people]})} if people else {}
    numbers = {f"tel:{row.mobile}" for row in rows.values() if row.mobile}
    broken = channels.broken(db, numbers | {each.email for each in people if each.email})
    return {each.id: _chosen(each, rows.get(each.id), broken) for each in people}


def _chosen(someone: PersonView, row: object, broken: frozenset[str]) -> Chosen:
    if row is None:
        return Chosen(Wishes(), Reach(someone.email, None, broken))
    held: MessagePreference = row  # type: ignore[assignment]  # a row of its columns
    ways = {Purpose(name): Way(way) for name, way in held.ways.items() if name in set(Purpose) and way in set(Way)}
    wishes = Wishes(ways, held.digest, held.quiet, clock(held.quiet_from), clock(held.quiet_until), held.sundays)
    return Chosen(wishes, Reach(someone.email, held.mobile, broken), held.postal)


def clock(minutes: int) -> time:
    """The time of so many minutes after midnight."""
    return time(minutes // 60, minutes % 60)


def of(db: Db, someone: PersonView) -> Chosen:
    """What one person chose. Two queries."""
    return chosen(db, [someone])[someone.id]


def number_asked(db: Db, person_id: UUID) -> str | None:
    """The number a code was sent to that was not typed in yet."""
    row = db.get(MobileCode, person_id)
    return row.number if row is not None and row.digest else None


def through(db: Db, pa_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], tuple[bool, bool | None]]:
    """By PA and employer: whether the employer wishes messages about work through them, and what the PA said to it."""
    rows = columns(db, _THROUGH, {"ids": list(pa_ids)}) if pa_ids else ()
    return {(row.pa_id, row.employer_id): (row.wished, row.agreed) for row in rows}


_THROUGH = select(
    ThroughEmployer.pa_id, ThroughEmployer.employer_id, ThroughEmployer.wished, ThroughEmployer.agreed
).where(ThroughEmployer.pa_id.in_(bindparam("ids", expanding=True)))

Agreed = Mapping[tuple[UUID, UUID], tuple[bool, bool | None]]
