"""The worker's part: whom a change would affect, a piece at a time, and telling them once it is published.

Each piece is a transaction of its own that moves the look's cursor on: who is killed leaves a look that goes on where
it was, and doing a piece twice finds the cursor moved already.
"""

from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.house import House
from lms.core.work import later
from lms.register.authoring import queries as authoring
from lms.register.changing.comparing import compare, pas_after
from lms.register.changing.events import RuleChangeAhead, RuleChangeOff
from lms.register.changing.knowing import change_of, upcoming
from lms.register.changing.models import RuleChange, RuleChangeTold, RuleLook, RuleLookLine
from lms.register.changing.queries import SHOWN_LOSE
from lms.register.changing.rules import DAYS_BEFORE, TOLD, Affected, Effect, next_round
from lms.register.changing.services import LOOK, ask_before_telling, key_of

PIECES = 20
"""Slices in one piece of work, some seconds; then the next piece is asked for."""

AT_ONCE = 25
"""PAs told in one transaction."""

TELL = "register.tell_of_change"
TELL_OFF = "register.tell_change_is_off"


def look_some(house: House, key: str, now: datetime) -> None:
    """Look at the next PAs; then ask for the next piece, or for the telling."""
    look_id, step = UUID(key.partition(":")[0]), int(key.partition(":")[2])
    for _ in range(PIECES):
        if not _look(house, look_id, now):
            return
    with house.database.writing() as db:
        later(db, LOOK, key_of(look_id, step + 1), now=now)


def _look(house: House, look_id: UUID, now: datetime) -> bool:
    """One slice: worked out beside the writer, written in a moment. False when the look is over."""
    with house.database.reading() as db:
        look = db.get(RuleLook, look_id)
        if look is None or look.ended_at or look.overtaken_at:
            return False
        change, after = change_of(db, look), look.after
        ids = pas_after(db, change, after) if change else []
        found = compare(db, change, ids) if change else {}
    with house.database.writing() as db:
        look = db.get_one(RuleLook, look_id, with_for_update=True)
        if look.after != after or look.ended_at or look.overtaken_at:
            return True  # somebody else did this slice
        if change is None:
            look.overtaken_at = now
            return False
        if not ids:
            look.ended_at = now
            if look.tells:
                later(db, TELL, str(look_id), now=now)
            return False
        _keep(db, look, found)
        look.after, look.done = ids[-1], look.done + len(ids)
    return True


def _keep(db: Db, look: RuleLook, found: Any) -> None:
    if found:
        db.execute(insert(RuleLookLine), [_line(look.id, person_id, one) for person_id, one in found.items()])
    counted = Counter({name: number for name, number in look.numbers.items() if isinstance(number, int)})
    for one in found.values():
        counted[one.effect.value] += 1
        counted[SHOWN_LOSE] += one.effect is Effect.LOSES and one.shown
        counted.update(f"{one.effect.value}:+{code}" for code in one.more)
        counted.update(f"{one.effect.value}:-{code}" for code in one.fewer)
    look.numbers = dict(counted)


def _line(look_id: UUID, person_id: UUID, one: Affected) -> dict[str, Any]:
    return {
        "look_id": look_id,
        "person_id": person_id,
        "effect": one.effect,
        "was": one.was,
        "will": one.will,
        "more": list(one.more),
        "fewer": list(one.fewer),
    }


# Telling ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def sweep(house: House, now: datetime) -> None:
    """Notice changes that are published or taken back, and begin the rounds of telling whose day has come."""
    today = london_day(now)
    with house.database.reading() as db:
        authorities = list(authoring.authorities_with_rules(db))
        todo = [each for each in authorities if _to_do(db, each, today)]
    for authority_id in todo:
        with house.database.writing() as db:
            _notice(db, authority_id, today, now)


def _to_do(db: Db, authority_id: UUID, today: date) -> bool:
    known = {(row.edition, row.valid_from): row for row in _rows(db, authority_id, today)}
    due = any(row.next_on and row.next_on <= today for row in known.values())
    return due or known.keys() != _changes(db, authority_id, today)


def _changes(db: Db, authority_id: UUID, today: date) -> set[tuple[str, date]]:
    """Editions to come, of an authority that has rules already: the first rules of all change nothing."""
    first = min((e.rules.valid_from for e in authoring.editions(db, authority_id)), default=today)
    return {key for key in upcoming(db, authority_id, today) if key[1] > first}


def _rows(db: Db, authority_id: UUID, today: date) -> list[RuleChange]:
    wanted = select(RuleChange).where(RuleChange.authority_id == authority_id, RuleChange.off_at.is_(None))
    return list(db.scalars(wanted.where(RuleChange.valid_from > today)))


def _notice(db: Db, authority_id: UUID, today: date, now: datetime) -> None:
    coming = _changes(db, authority_id, today)
    known = {(row.edition, row.valid_from): row for row in _rows(db, authority_id, today)}
    for (edition, valid_from), row in known.items():
        if (edition, valid_from) not in coming:
            row.off_at, row.next_on = now, None
            later(db, TELL_OFF, f"{authority_id}:{edition}:{valid_from}", now=now)
    for edition, valid_from in sorted(coming - known.keys()):
        _found(db, authority_id, edition, valid_from, now)
    for row in _rows(db, authority_id, today):
        if row.next_on is not None and row.next_on <= today:
            ask_before_telling(db, authority_id=authority_id, edition=row.edition, valid_from=row.valid_from, now=now)
            row.next_on = next_round(row.valid_from, row.days_before, after=today)
    db.flush()


def _found(db: Db, authority_id: UUID, edition: str, valid_from: date, now: datetime) -> None:
    key = (authority_id, edition, valid_from)
    there = db.get(RuleChange, key)
    first = next_round(valid_from, DAYS_BEFORE, after=date.min)
    if there is not None:  # taken back and published again as it was
        there.off_at, there.next_on = None, first
        return
    row = RuleChange(
        authority_id=authority_id,
        edition=edition,
        valid_from=valid_from,
        days_before=DAYS_BEFORE,
        next_on=first,
        found_at=now,
    )
    add_once(db, row)


def tell(house: House, key: str, now: datetime) -> None:
    """Tell those a look found, each once for each change, however often it is looked for them."""
    after = UUID(int=0)
    while True:
        with house.database.writing() as db:
            look = db.get_one(RuleLook, UUID(key))
            lines = _untold(db, look, after)
            if not lines or change_of(db, look) is None or look.valid_from <= london_day(now):
                return
            for line in lines:
                _tell(db, look, line, now)
            after = lines[-1].person_id


def _untold(db: Db, look: RuleLook, after: UUID) -> list[RuleLookLine]:
    told = select(RuleChangeTold.person_id).where(
        RuleChangeTold.authority_id == look.authority_id,
        RuleChangeTold.edition == look.edition,
        RuleChangeTold.valid_from == look.valid_from,
        RuleChangeTold.person_id == RuleLookLine.person_id,
    )
    wanted = select(RuleLookLine).where(
        RuleLookLine.look_id == look.id, RuleLookLine.effect.in_(TOLD), RuleLookLine.person_id > after
    )
    return list(db.scalars(wanted.where(~told.exists()).order_by(RuleLookLine.person_id).limit(AT_ONCE)))


def _tell(db: Db, look: RuleLook, line: RuleLookLine, now: datetime) -> None:
    told = RuleChangeTold(
        person_id=line.person_id,
        authority_id=look.authority_id,
        edition=look.edition,
        valid_from=look.valid_from,
        effect=line.effect,
        told_at=now,
    )
    if add_once(db, told):
        fact = RuleChangeAhead(
            about=line.person_id,
            authority_id=look.authority_id,
            edition=look.edition,
            day=look.valid_from,
            effect=line.effect.value,
        )
        record(db, fact, by=None, now=now, behalf=look.authority_id)


def tell_off(house: House, key: str, now: datetime) -> None:
    """Tell those who were told of a change that it was taken back."""
    authority, edition, day = key.split(":")
    authority_id, valid_from = UUID(authority), date.fromisoformat(day)
    while True:
        with house.database.writing() as db:
            wanted = select(RuleChangeTold).where(
                RuleChangeTold.authority_id == authority_id,
                RuleChangeTold.edition == edition,
                RuleChangeTold.valid_from == valid_from,
            )
            rows = list(db.scalars(wanted.limit(AT_ONCE)))
            if not rows:
                return
            for row in rows:
                fact = RuleChangeOff(about=row.person_id, authority_id=authority_id, edition=edition, day=valid_from)
                record(db, fact, by=None, now=now, behalf=authority_id)
                db.delete(row)  # should it be published again, they are told again


WORKERS = {LOOK: look_some, TELL: tell, TELL_OFF: tell_off}
