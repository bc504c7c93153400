"""Twenty processes that ask for the same certificate at the same moment make one, on both databases."""

import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from lms.certification import services
from lms.certification.models import Certificate, DesignPage
from lms.certification.printing import designs
from lms.core.db import Database
from lms.core.house import House
from lms.core.models import EventRow, WorkRow
from lms.learning.events import ModuleStudied
from lms.rooms import import_models
from lms.wiring import GROUNDS, REACTIONS
from tests.certification import earning
from tests.certification.test_kinds import everything
from tests.world import World

PROCESSES = 20
_ready: list[Database] = []


def _begin(url: str, barrier: threading.Barrier) -> None:
    """What each process does first: its own connection, then wait for the others."""
    import_models()
    quiet = {fact: reactions for fact, reactions in REACTIONS.items() if fact.__name__ != "CertificateIssued"}
    _ready.append(Database(url, info={"reactions": quiet, "shelves": everything(), "grounds": GROUNDS}))
    barrier.wait(timeout=120)


def _ask(enrolment_id: UUID, now: datetime) -> UUID | None:
    with _ready[0].writing() as db:
        return services.issue(db, kind="induction", source_id=enrolment_id, now=now).certificate_id


def test_twenty_processes_issue_one(house: House, world: World, now: datetime) -> None:
    assert designs.fill  # imported before the fork, as a server has done
    quiet = Database(
        house.settings.database_url,
        info={"reactions": {ModuleStudied: []}, "shelves": everything(), "grounds": GROUNDS},
    )
    with quiet.writing() as db:
        enrolment_id = earning.enrol(db, world, now)
        earning.study(db, enrolment_id, earning.SEVEN, now)
        earning.accept_code(db, world, now)
        assert db.scalar(select(func.count()).select_from(Certificate)) == 0
    quiet.close()
    house.database.close()  # no connection is handed on to another process
    everything()
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(PROCESSES)
    url = house.settings.database_url
    with ProcessPoolExecutor(PROCESSES, mp_context=context, initializer=_begin, initargs=(url, barrier)) as processes:
        answers = list(processes.map(_ask, [enrolment_id] * PROCESSES, [now] * PROCESSES))
    assert sum(answer is not None for answer in answers) == 1
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Certificate)) == 1
        assert db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == "CertificateIssued")) == 1
        assert db.scalar(select(func.count()).select_from(WorkRow)) == 1
        assert db.scalar(select(func.count()).select_from(DesignPage)) == 1
