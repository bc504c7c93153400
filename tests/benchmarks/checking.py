"""The public check page with few and with very many certificates beside the one that is looked at, in bare pages.

The many are laid down row by row in a SQLite file of their own, with their indexes made at the end: a million take less
than a minute. They are one certificate of the country again and again; those that are looked at are whole, the others
have what is indexed and no page, so that the file stays below a gigabyte.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.engine import make_url

from lms.certification.models import Certificate
from lms.certification.numbers import number_of
from lms.core.house import House
from lms.people.models import Organisation, Person
from tests.benchmarks import measure, sites
from tests.benchmarks.bare import bare_page
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.clients import Browser

SIZES = (500, 1_000_000)
VISITED = 50
"""Certificates that are looked at, in turns, so that none is measured on one lucky page of the file."""

GOAL = 2.0
BATCH = 50_000
_EMPTY = {"html": "", "face": None} | dict.fromkeys(("shown", "proves", "does_not_prove", "signatories"), "[]")


def checking(country: Country, _app: Flask) -> Iterator[Done]:
    """Check a number among 500 certificates and among a million."""
    with tempfile.TemporaryDirectory(prefix="palms-checking-") as folder:
        for size in SIZES:
            house = sites.build(sites.settings_in(Path(folder) / str(size)))
            try:
                yield _measured(house, size, _lay(country, house, size))
            finally:
                house.database.close()


def _measured(house: House, size: int, numbers: list[str]) -> Done:
    app = sites.site_of(house)
    browser = Browser(app, house)
    with house.database.reading() as db:
        person = db.scalars(select(Person.id).limit(1)).one()
    bare = bare_page(house.settings.database_url, person).test_client()
    turn = cycle(f"/verify/{number}" for number in numbers)

    def look() -> None:
        answer = browser.get(next(turn))
        answer.get_data()
        assert answer.status_code == 200

    with measure.counted(house.database.engine) as sent:
        look()
    plain, page = measure.in_turns([lambda: bare.get("/").get_data(), look], seconds=3)
    note = f"p50 {page.percentile(50):.2f} ms, {len(sent)} queries"
    return Done(f"Check page, {size:,} certificates", page.cpu / plain.cpu, "bare pages", note=note, goal=GOAL)


def _lay(country: Country, house: House, size: int) -> list[str]:
    """Fill a database; returns the numbers of the whole ones, spread over all of them."""
    with country.house.database.reading() as db:
        issued = db.execute(select(Certificate.__table__).limit(1)).mappings().one()
        who = db.execute(select(Person.__table__).where(Person.id == issued["holder_id"])).mappings().one()
        where = select(Organisation.__table__).where(Organisation.id == issued["authority_id"])
        authority = db.execute(where).mappings().one()
    alone = {"renews_id": None, "replaces_id": None, "logo_sha256": None, "design_sha256": None}
    with house.database.writing() as db:
        db.execute(insert(Organisation), [dict(authority)])
        db.execute(insert(Person), [dict(who)])
        db.execute(insert(Certificate), [{**issued, **alone}])
    house.database.close()
    return _copy(Path(make_url(house.settings.database_url).database or ""), size)


def _copy(path: Path, size: int) -> list[str]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    first = dict(connection.execute("SELECT * FROM lms_certificate").fetchone())
    connection.execute("BEGIN")
    indexes = [
        tuple(row)
        for row in connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'lms_certificate' AND sql <> ''"
        )
    ]
    for name, _sql in indexes:
        connection.execute(f'DROP INDEX "{name}"')
    columns, places = ", ".join(f'"{name}"' for name in first), ", ".join("?" * len(first))
    numbers: list[str] = []
    for begin in range(0, size, BATCH):
        rows = list(_rows(first, range(begin, min(size, begin + BATCH)), size // VISITED, numbers))
        connection.executemany(f"INSERT INTO lms_certificate ({columns}) VALUES ({places})", rows)  # noqa: S608
    for _name, sql in indexes:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    return numbers


def _rows(first: dict[str, Any], places: range, step: int, numbers: list[str]) -> Iterator[tuple[Any, ...]]:
    for place in places:
        whole = place % step == 0
        number = number_of(place << 17) if whole else f"PALMS-{place // 10_000:04d}-{place % 10_000:04d}-A"
        if whole:
            numbers.append(number)
        source = uuid4().hex
        own = {"id": uuid4().hex, "number": number, "source_id": source, "enrolment_id": source}
        yield tuple({**first, **({} if whole else _EMPTY), **own}.values())
