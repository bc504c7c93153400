"""What tests of reports share: a report that is asked for and made."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.core.clock import london_day
from lms.core.house import House
from lms.core.work import do_all
from lms.programme.reports import services
from lms.programme.reports.kinds import ReportKind
from tests.world import World

MakeReport = Callable[..., UUID]


@pytest.fixture
def make_report(house: House, world: World, clock: Any) -> MakeReport:
    """Ask for a report of Rivermere's programme since April, and let the worker make it."""

    def make(**other: Any) -> UUID:
        asked = {
            "report_id": uuid4(),
            "authority_id": world.authority,
            "kind": ReportKind.PROGRAMME,
            "first": date(2026, 4, 1),
            "last": london_day(clock()),
            "by": world.coordinator,
            "now": clock(),
        }
        with house.database.writing() as db:
            id = services.ask(db, **{**asked, **other})
        do_all(house, now=clock())
        return id

    return make
