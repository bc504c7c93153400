"""Tell those who work on an authority's money, before a pot or a deadline runs out; once for each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.house import House
from lms.core.types import Pence
from lms.funding.budgets import queries
from lms.funding.budgets.events import MoneyRunsOut
from lms.funding.budgets.models import BudgetAlert, Pot, PotChange
from lms.funding.budgets.queries import PotView
from lms.funding.budgets.rules import NEARLY, Standing
from lms.funding.budgets.words import Alert
from lms.funding.claims import money
from lms.people import queries as people
from lms.people.rules import Role

DESK = (Role.COORDINATOR, Role.FUNDING_OFFICER)
MINUTES = 15
SOON, VERY_SOON = 30, 7
"""Days before a deadline on which somebody is told."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """Something that runs out. `key` is spelled so that the same is told once."""

    key: str
    what: Alert
    pence: Pence
    scheme: str
    pot_id: UUID | None = None
    on_day: date | None = None
    count: int = 0


def of_pot(standing: Standing, expected: Pence) -> tuple[Alert, Pence] | None:
    """The most urgent thing to say about a pot, with its amount: too much spoken for, nearly all of it, or not enough
    for what is expected. None where there is nothing to say, or where nothing was allocated."""
    if standing.allocated <= 0:
        return None
    if standing.left < 0:
        return Alert.POT_OVER, -standing.left
    if standing.percent >= NEARLY:
        return Alert.POT_NEARLY_SPOKEN_FOR, standing.left
    if expected > standing.allocated:
        return Alert.POT_WILL_NOT_LAST, expected - standing.allocated
    return None


def of_deadline(last_day: date, today: date) -> Alert | None:
    """What to say about a deadline on a day: it is 7 days or fewer away, or 30 or fewer. The last day itself counts."""
    days = (last_day - today).days
    if not 0 <= days <= SOON:
        return None
    return Alert.DEADLINE_IN_7 if days <= VERY_SOON else Alert.DEADLINE_IN_30


def sweep(house: House, now: datetime) -> None:
    """Look every quarter of an hour; the worker calls each minute."""
    if now.minute % MINUTES == 0:
        tell(house, now)


def tell(house: House, now: datetime) -> int:
    """Look at every pot and deadline and tell about what is new; returns how many alerts were raised."""
    with house.database.reading() as db:
        found = _look(db, now)
        known = _known(db, [each.key for alerts in found.values() for each in alerts])
    told = 0
    for authority_id, alerts in found.items():
        new = [each for each in alerts if each.key not in known]
        if new:
            with house.database.writing() as db:
                told += _raise(db, authority_id, new, now)
    return told


def _look(db: Db, now: datetime) -> dict[UUID, list[Found]]:
    today, found = london_day(now), defaultdict[UUID, list[Found]](list)
    for authority_id in db.scalars(select(Pot.authority_id).distinct()).all():
        newest = dict(db.execute(_newest(authority_id)).all())
        for pot in queries.pots(db, authority_id, on=today):
            if pot.id is not None and pot.last_on is not None and today <= pot.last_on:
                found[authority_id] += _about(db, pot, newest.get(pot.id, 0), now)
    for each in money.deadlines(db, today, today + timedelta(days=SOON)):
        what = of_deadline(each.last_day, today)
        if what is not None:
            found[each.authority_id].append(
                Found(
                    key=_key(each.authority_id.hex, each.scheme, what.value, each.last_day.isoformat()),
                    what=what,
                    pence=each.pence,
                    scheme=each.scheme,
                    on_day=each.last_day,
                    count=each.claims,
                )
            )
    return found


def _about(db: Db, pot: PotView, newest: int, now: datetime) -> list[Found]:
    said = of_pot(pot.standing, queries.outlook(db, pot, now).forecast.total)
    if said is None or pot.id is None:
        return []
    what, pence = said
    # Once money is put in or taken out it is another pot in this respect, and may run out again.
    return [
        Found(key=_key(pot.id.hex, what.value, str(newest)), what=what, pence=pence, scheme=pot.scheme, pot_id=pot.id)
    ]


def _newest(authority_id: UUID) -> Select[UUID, int]:
    return (
        select(PotChange.pot_id, func.max(PotChange.number))
        .join(Pot, Pot.id == PotChange.pot_id)
        .where(Pot.authority_id == authority_id)
        .group_by(PotChange.pot_id)
    )


def _known(db: Db, keys: list[str]) -> set[str]:
    return {
        key
        for at in range(0, len(keys), 400)
        for key in db.scalars(select(BudgetAlert.key).where(BudgetAlert.key.in_(keys[at : at + 400])))
    }


def _raise(db: Db, authority_id: UUID, new: list[Found], now: datetime) -> int:
    """Write down what is new, and tell everybody at the desk once for all of it."""
    raised = sum(
        add_once(
            db,
            BudgetAlert(
                id=uuid4(),
                key=each.key,
                authority_id=authority_id,
                pot_id=each.pot_id,
                scheme=each.scheme,
                what=each.what,
                pence=each.pence,
                on_day=each.on_day,
                count=each.count,
                told_at=now,
            ),
        )
        for each in new
    )
    if raised:
        desk = {p.id for role in DESK for p in people.people_in(db, authority_id, role, london_day(now))}
        facts = [
            MoneyRunsOut(about=person_id, authority_id=authority_id, alerts=raised)
            for person_id in sorted(desk, key=lambda id: id.hex)
        ]
        record_all(db, facts, by=None, now=now, behalf=authority_id)
    return raised


def _key(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()
