"""Certificates for many: one by itself, then a thousand issued, printed, sealed and packed by one process."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from lms.certification.attendance import queries as workshops
from lms.certification.attendance import services as attendance
from lms.certification.attendance.issuing import CODE, KIND
from lms.certification.attendance.rules import Place
from lms.certification.attendance.services import Held
from lms.certification.bulk import packing, queries, services, working
from lms.certification.bulk.models import BatchLine
from lms.certification.bulk.rules import State
from lms.certification.bulk.services import Wanted
from lms.certification.credentials import making
from lms.certification.models import CertificatePdf
from lms.certification.printing import rendering
from lms.core import garbage
from lms.core.clock import london_day
from lms.core.db import Db
from lms.people import queries as people
from lms.people.rules import Role
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON

BATCH, SINGLE, CREDENTIALS = 1000, 20, 200
LONGEST = 120.0
"""Seconds after which the batch is not gone on with; the figures are those of what was done by then."""

GOAL = 20.0
MOST_GROWTH = 30.0
"""Megabytes by which memory may grow over a batch whose design is warm: what is reused is there by then."""


def issuing(country: Country, _app: Flask) -> Iterator[Done]:
    """A thousand people who were at workshops get their certificates."""
    batch, by = _started(country)
    house, key = country.house, services.key_of(batch, 1, 0)
    single = [_one(country, batch) for _ in range(SINGLE)]
    yield Done("One certificate issued, printed and sealed", median(single) * 1000, "ms", note=f"median of {SINGLE}")
    garbage.look_less_often()  # as the worker does
    before, began, busy = _memory(), perf_counter(), process_time()
    while perf_counter() - began < LONGEST and _state(country, batch) is State.RUNNING:
        working.issue_some(house, key, NOON)
    issuing_one = (process_time() - busy) / len(ids := _unprinted(country, batch))
    printed, printing_one = _each(ids, lambda key: rendering.render(house, key, NOON))
    after = _memory()
    packed, packing_one = _packed(country, batch, by)
    note = f"{len(ids)} issued, {issuing_one * 1000:.1f} ms each; {printed} printed, tagged and sealed,"
    note += f" {printing_one * 1000:.1f} ms each; packed, {packing_one * 1000:.1f} ms each"
    rate = 1 / (issuing_one + printing_one + packing_one)
    yield Done("A batch of 1,000 certificates, on one core", rate, "a second", note, GOAL, more_is_better=True)
    yield Done("Memory over that batch", after - before, "MB more", f"{after:.0f} MB at its end", MOST_GROWTH)
    yield packed
    made, making_one = _each(ids[:CREDENTIALS], lambda key: making.make(house, key, NOON))
    yield Done("Credentials of a batch, after its papers", 1 / making_one, "a second", f"{made} made, on one core")


def _each(ids: Sequence[UUID], work: Callable[[str], None]) -> tuple[int, float]:
    """How many were worked on within the time there is, and the seconds of the processor each took."""
    began, busy, done = perf_counter(), process_time(), 0
    for certificate_id in ids:
        work(str(certificate_id))
        done += 1
        if perf_counter() - began > LONGEST:
            break
    return done, (process_time() - busy) / done


def lay(country: Country) -> None:
    """A large batch that is over, for its page to be looked at."""
    batch, by = _started(country)
    with country.house.database.writing() as db:
        services.stop(db, batch_id=batch, by=by, now=NOON)
        services.close(db, batch_id=batch, by=by, now=NOON)


def _started(country: Country) -> tuple[UUID, UUID]:
    """A batch of a thousand that is running, and who began it: workshops with as many people as there are."""
    with country.house.database.writing() as db:
        on = london_day(NOON)
        by = people.people_in(db, country.authority, Role.COORDINATOR, on, limit=1)[0].id
        pas = [each.id for each in people.people_in(db, country.authority, Role.PA, on, limit=attendance.MOST_ATTENDED)]
        lines: list[tuple[UUID, UUID]] = []
        while len(lines) < BATCH:
            lines += _workshop(db, country.authority, pas[: BATCH - len(lines)], by, len(lines))
        wanted = Wanted(KIND, CODE, str(uuid4()), "A thousand")
        id = uuid4()
        services.begin_with(db, id=id, authority_id=country.authority, wanted=wanted, lines=lines, by=by, now=NOON)
    return id, by


def _workshop(db: Db, authority: UUID, pas: Sequence[UUID], by: UUID, number: int) -> list[tuple[UUID, UUID]]:
    id, on = uuid4(), london_day(NOON) - timedelta(days=1)
    held = Held(title=f"Workshop {number}", on=on, minutes=120, place=Place.ONLINE)
    attendance.record_workshop(db, id=id, authority_id=authority, held=held, by=by, now=NOON)
    attendance.note_attendance(db, workshop_id=id, people_ids=pas, by=by, now=NOON)
    return [(each.id, each.person_id) for each in workshops.present(db, id)]


def _one(country: Country, batch: UUID) -> float:
    """Seconds from the decision to the sealed file of one certificate."""
    began = perf_counter()
    working.issue_next(country.house, batch, 1, NOON)
    for certificate_id in _unprinted(country, batch):
        rendering.render(country.house, str(certificate_id), NOON)
    return perf_counter() - began


def _unprinted(country: Country, batch: UUID) -> list[UUID]:
    of_it = select(BatchLine.certificate_id).where(BatchLine.batch_id == batch, BatchLine.certificate_id.is_not(None))
    printed = select(CertificatePdf.certificate_id)
    with country.house.database.reading() as db:
        found = db.scalars(of_it.where(BatchLine.certificate_id.not_in(printed)).order_by(BatchLine.place))
        return [each for each in found if each is not None]


def _state(country: Country, batch: UUID) -> State:
    with country.house.database.reading() as db:
        return queries.batch(db, batch, [country.authority]).state


def _packed(country: Country, batch: UUID, by: UUID) -> tuple[Done, float]:
    """All of them as files, and the seconds of the processor each took."""
    began, busy, part = perf_counter(), process_time(), 1
    with country.house.database.writing() as db:
        download = services.ask_for_files(db, id=uuid4(), batch_id=batch, by=by, now=NOON)
    while True:
        packing.pack_some(country.house, services.key_of(download, 0, part), NOON)
        with country.house.database.reading() as db:
            found = queries.downloads_of(db, batch)[0]
        if found.done_at is not None:
            break
        part += 1
    size, files = sum(each[1] for each in found.parts), sum(each[2] for each in found.parts)
    note = f"{files} certificates in {len(found.parts)} parts, {size / 1e6:.0f} MB"
    return Done("All of them packed as files", perf_counter() - began, "s", note), (process_time() - busy) / files


def _memory() -> float:
    """Megabytes this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
