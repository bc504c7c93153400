"""A report about a year of the programme: counted from what the rooms recorded, then made as a PDF and a workbook."""

import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from lms.core.clock import london_day
from lms.people.models import RoleHeld
from lms.people.rules import Role
from lms.programme.reports import filing, services
from lms.programme.reports.kinds import ReportKind
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON


def reports(country: Country, _app: Flask) -> Iterator[Done]:
    """Ask for each kind, then do what the worker does."""
    house, last = country.house, london_day(NOON)
    held = select(RoleHeld.person_id).where(
        RoleHeld.organisation_id == country.authority, RoleHeld.role == Role.COORDINATOR
    )
    for kind in (ReportKind.PROGRAMME, ReportKind.MONEY):
        with house.database.writing() as db:
            by = db.scalars(held).first()
            assert by is not None
            asked = services.ask(
                db, report_id=uuid4(), authority_id=country.authority, kind=kind, first=last - timedelta(days=364),
                last=last, by=by, now=NOON,
            )  # fmt: skip
        begun = time.perf_counter()
        services.count(house, asked, NOON)
        yield Done(f"Counting a report over a year: {kind.value}", time.perf_counter() - begun, "s", goal=2)
        begun = time.perf_counter()
        filing.make(house, str(asked), NOON)
        yield Done(f"Its PDF and workbook: {kind.value}", time.perf_counter() - begun, "s", goal=5)
