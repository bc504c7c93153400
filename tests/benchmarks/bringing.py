"""A list of people, employers, employment and courses: looked at, brought in and taken back, as the worker does it."""

import io
import time
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from lms.core import work
from lms.core.house import House
from lms.people.models import RoleHeld
from lms.people.rules import Role
from lms.programme.intake import services, working
from lms.programme.intake.models import IntakeBatch
from lms.programme.intake.rules import guessed
from lms.programme.intake.words import DayOrder, State
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON

MANY = 10_000
ALL_OF_ENGLAND = 115_000
HEADINGS = "Name,E-mail,Language,Employer,Start date,Course,Certificate,Certificate date\n"
_FIRST = ("Ali", "Beth", "Carys", "Dan", "Eira", "Femi", "Grace", "Huw", "Ifan", "Jo")


def people_list(number: int, seed: int = 1) -> bytes:
    """A list of so many PAs, two at each third employer, half of them on a course, some with a certificate."""
    random, out = Random(seed), io.StringIO()  # noqa: S311  names, no secrets
    out.write(HEADINGS)
    for row in range(number):
        name = f"{random.choice(_FIRST)} {row:x}-{seed:x}"
        home = f"Household {row * 3 // 4:x}-{seed:x}"
        course = "PAI" if row % 2 else ""
        certificate = "First aid,14/02/2025" if row % 7 == 0 else ","
        day = f"{1 + row % 28:02d}/0{1 + row % 9}/2026"
        out.write(f"{name},pa{row}.{seed}@example.com,en,{home},{day},{course},{certificate}\n")
    return out.getvalue().encode()


def names_alone(number: int) -> bytes:
    """A list of so many PAs, with no more than name and e-mail address."""
    return ("Name,E-mail\n" + "".join(f"Ali {row:x}-0,pa{row}.0@example.com\n" for row in range(number))).encode()


def bringing(country: Country, _app: Flask) -> Iterator[Done]:
    """Ten thousand, by name alone and with everything; in a country as large as that all of England's PAs."""
    yield from in_and_out(country, "people", names_alone(MANY))
    yield from in_and_out(country, "people with all that a list can say", people_list(MANY, seed=1))
    if country.learners >= ALL_OF_ENGLAND:
        yield from in_and_out(country, "people with all that a list can say", people_list(ALL_OF_ENGLAND, seed=2))


def in_and_out(country: Country, what: str, data: bytes) -> Iterator[Done]:
    """What the worker takes for one list, looked at, carried out, and taken back."""
    house, by, number = country.house, _coordinator(country), data.count(b"\n") - 1
    asked = {"batch_id": _taken_in(house, country.authority, data, by), "by": by, "now": NOON}
    looked = _worked(house, working.look, asked, State.LOOKED_AT)
    with house.database.writing() as db:
        services.start(db, course=None, courses=frozenset({"PAI"}), invite=False, **asked)
    carried = _worked(house, working.carry, asked, State.DONE)
    with house.database.writing() as db:
        services.undo(db, **asked)
    back = _worked(house, working.undo, asked, State.UNDONE)
    goal = 60 if number == ALL_OF_ENGLAND else None
    yield Done(f"Looking at a list of {number:,} {what}", looked, "s", goal=goal)
    yield Done(f"Bringing in {number:,} {what}", carried, "s", goal=goal)
    yield Done(f"Taking back {number:,} {what}", back, "s", goal=goal)
    if goal is None:
        yield Done(f"Bringing in 115,000 {what}, at this rate", carried * ALL_OF_ENGLAND / number, "s", goal=60)


def _taken_in(house: House, authority: UUID, data: bytes, by: UUID) -> UUID:
    with house.database.writing() as db:
        taken = services.upload(
            db, house.files, once=uuid4(), authority_id=authority, data=data, name="pas.csv", by=by, now=NOON
        )
        columns = guessed(db.get_one(IntakeBatch, taken).headings)
        services.set_columns(db, batch_id=taken, columns=columns, order=DayOrder.DAY_FIRST, by=by, now=NOON)
    return taken


def _worked(house: House, worker: work.Worker, asked: Mapping[str, Any], then: State) -> float:
    """Seconds a part takes; LookupError when the list does not stand as it should afterwards."""
    with house.database.reading() as db:
        run = db.get_one(IntakeBatch, asked["batch_id"]).run
    began = time.perf_counter()
    worker(house, f"{asked['batch_id']}:{run}", NOON)
    seconds = time.perf_counter() - began
    with house.database.reading() as db:
        row = db.get_one(IntakeBatch, asked["batch_id"])
        if row.state is not then:
            raise LookupError(f"the list is {row.state}: {row.stopped}")
    return seconds


def _coordinator(country: Country) -> UUID:
    here = RoleHeld.organisation_id == country.authority, RoleHeld.role == Role.COORDINATOR
    with country.house.database.reading() as db:
        return db.scalars(select(RoleHeld.person_id).where(*here).limit(1)).one()
