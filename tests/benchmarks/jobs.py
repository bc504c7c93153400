"""The main jobs: what is done beside the pages, and how long each takes."""

import dataclasses
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import delete, event, select, update

from lms import serving
from lms.brought import ACROSS, LOADERS
from lms.certification import freezing
from lms.certification.models import Certificate, CertificatePdf
from lms.certification.printing import rendering
from lms.core import seal, shelves, work
from lms.core.db import READING, Database
from lms.core.models import WorkRow
from lms.core.settings import Settings
from lms.notifications import services as notices
from lms.people.models import Person
from lms.people.secrets import hash_password, verify
from lms.register.models import Standing
from lms.register.rereading import reread
from tests.benchmarks import (
    attempts,
    bringing,
    checking,
    feeding,
    finalising,
    funding,
    issuing,
    measure,
    messaging,
    pages,
    phones,
    reporting,
)
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON

ROOT = Path(__file__).resolve().parents[2]
ALL_OF_ENGLAND = 115_000


Job = Callable[[Country, Flask], Iterator[Done]]


def sign_in(country: Country, app: Flask) -> Iterator[Done]:
    """Signing in by password: our part, and the password's own deliberate slowness apart."""
    wanted = select(Person.email).where(Person.email.is_not(None), Person.totp_secret.is_(None)).limit(20)
    with country.house.database.reading() as db:
        people = list(db.scalars(wanted))
    try:
        (timing,) = measure.in_turns([pages.sign_in(app, [str(email) for email in people])], seconds=1)
    except pages.NotThere as missing:
        yield Done("Sign in (POST)", 0, "", note=str(missing))
        return
    yield Done("Sign in (POST), without the password check", timing.percentile(50), "ms", note=_median(timing))
    kept = hash_password("learning together")
    (timing,) = measure.in_turns([lambda: verify(kept, "learning together")], seconds=1, warm_up=1, least=5)
    yield Done(
        "Checking a password", timing.percentile(50), "ms", note="p50; argon2id, slow on purpose, several threads"
    )


def sealing(country: Country, _app: Flask) -> Iterator[Done]:
    """One batch of the chain over the facts."""
    watch = Watch()
    with country.house.database.writing() as db:
        count = seal.seal_batch(db, now=NOON)
    yield Done("Sealing a batch", watch.seconds * 1000, "ms", note=f"{count} facts; {watch.worked}")


def mails(country: Country, _app: Flask) -> Iterator[Done]:
    """The worker sends what waits, into a folder."""
    with country.house.database.writing() as db:
        for person in db.scalars(select(Person).where(Person.email.is_not(None)).limit(100)).all():
            said: dict[str, Any] = {
                "name": person.name,
                "address": person.email,
                "language": "en",
                "person_id": person.id,
            }
            notices.tell(db, kind="verdict_changed", now=NOON, authority="Rivermere Council", **said)
        waiting = select(WorkRow.id).where(WorkRow.kind == notices.SEND, WorkRow.done_at.is_(None))
        ids = list(db.scalars(waiting.where(WorkRow.created_at == NOON)))
    watch = Watch()
    done = sum(work.do(country.house, each, now=NOON) for each in ids)
    note = f"{done} of {len(ids)} sent, into a folder; {watch.worked}"
    yield Done("Mails by the worker", done / watch.seconds, "a second", note=note)


def certificates(country: Country, _app: Flask) -> Iterator[Done]:
    """Printing certificates, in a process that has printed before and in one that has not."""
    with country.house.database.writing() as db:
        found = list(db.scalars(select(Certificate).limit(25)))
        for row in found:  # copies have other names and numbers than what was frozen, and nothing else is printed
            row.frozen_digest = freezing.digest_of({name: getattr(row, name) for name in freezing.FROZEN})
        db.execute(delete(CertificatePdf).where(CertificatePdf.certificate_id.in_([row.id for row in found])))
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(found[0].html, encoding="utf-8")
        try:
            cold = _inside(_PRINT.format(path=str(page)))
            rendering.render(country.house, str(found[0].id), NOON)
        except (ImportError, subprocess.CalledProcessError) as trouble:
            yield Done("Certificates", 0, "", note=f"not there: {type(trouble).__name__}")
            return
    watch = Watch()
    for row in found[1:]:
        rendering.render(country.house, str(row.id), NOON)
    rate, note = (len(found) - 1) / watch.seconds, f"{len(found) - 1} printed; {watch.worked}"
    yield Done("First certificate of a worker, with what it imports", cold * 1000, "ms")
    yield Done("Certificates, design warm", rate, "a second", note=note, goal=20, more_is_better=True)


_PRINT = """
from datetime import UTC, datetime
from pathlib import Path
from lms.certification.printing.pdf import address_of, pdf_of
pdf_of(Path({path!r}).read_text(encoding="utf-8"), address=address_of("https://palms.example", "PALMS-0"), title="-",
       language="en", at=datetime.now(UTC))
"""


def verdicts(country: Country, _app: Flask) -> Iterator[Done]:
    """Reading every verdict again, as after a change of the rules, and how long the writer is held for it."""
    database = country.house.database
    with database.writing() as db:
        db.execute(update(Standing).values(rules=""))
    watch = Watch()
    with turns(database) as taken:
        count = reread(country.house, now=NOON)
    seconds, longest = watch.seconds, max(taken, default=0.0)
    rate = count / seconds
    yield Done("Verdicts read again", rate, "a second", note=f"{count} of {country.learners}; {watch.worked}")
    yield Done("Every verdict of 115,000 people, at this rate", ALL_OF_ENGLAND / rate, "s", goal=60)
    yield Done("Longest turn of the writer meanwhile", longest * 1000, "ms", note=f"{len(taken)} turns", goal=200)


@contextmanager
def turns(database: Database) -> Iterator[list[float]]:
    """How long each unit that writes holds the writer, in seconds, while this lasts."""
    taken, began = list[float](), dict[int, float]()

    def begin(connection: Any) -> None:
        if not connection.get_execution_options().get(READING):  # whoever reads keeps nobody from writing
            began[id(connection)] = time.perf_counter()

    def end(connection: Any) -> None:
        if id(connection) in began:
            taken.append(time.perf_counter() - began.pop(id(connection)))

    listened = [("begin", begin), ("commit", end), ("rollback", end)]
    for name, listener in listened:
        event.listen(database.engine, name, listener)
    try:
        yield taken
    finally:
        for name, listener in listened:
            event.remove(database.engine, name, listener)


def starting(country: Country, _app: Flask) -> Iterator[Done]:
    """How long until the command line and the site are there, in a process of their own."""
    own = country.house.settings
    plain = dataclasses.replace(own, packs=())
    yield _start("`lms --help`", plain, "-m", "lms.cli", "--help")
    yield _start("`lms` starts: site ready to answer", plain, *_SITE, goal=1.5)
    if own.packs:
        yield _start(f"The same with the rules of {country.authorities} authorities", own, *_SITE)
    watch = Watch()
    shelves.load(LOADERS, across=ACROSS)
    yield Done("Loading the built-in content", watch.seconds * 1000, "ms", note=watch.worked)


_SITE = ("-c", "from lms.serving import application; application()")


def _start(name: str, settings: Settings, *command: str, goal: float | None = None) -> Done:
    seconds, worked = min(_process(settings, *command) for _ in range(3))
    return Done(name, seconds, "s", note=f"quickest of 3; processor {worked:.2f} s", goal=goal)


class Watch:
    """Time since it was made, by the clock and by what the processor worked for this process."""

    def __init__(self) -> None:
        self._began, self._busy = time.perf_counter(), time.process_time()

    @property
    def seconds(self) -> float:
        """Seconds by the clock."""
        return time.perf_counter() - self._began

    @property
    def worked(self) -> str:
        """What the processor worked, in words."""
        return f"processor {time.process_time() - self._busy:.2f} s"


def _median(timing: measure.Timing) -> str:
    return f"p50; processor {timing.cpu * 1000:.1f} ms"


JOBS: Mapping[str, Job] = {
    "sign in": sign_in,
    "attempts": attempts.attempts,
    "finalising": finalising.finalising,
    "phones": phones.phones,
    "sealing": sealing,
    "mails": mails,
    "certificates": certificates,
    "issuing to many": issuing.issuing,
    "checking": checking.checking,
    "verdicts": verdicts,
    "feeding": feeding.feeding,
    "funding": funding.funding,
    "starting": starting,
    "reports": reporting.reports,
    "messages": messaging.messages,  # last: these add people
    "bringing people in": bringing.bringing,
}


def environment(settings: Settings) -> dict[str, str]:
    """What a process of ours needs to know."""
    return {**os.environ, **serving.as_environment(settings), "PYTHONPATH": str(ROOT)}


def _process(settings: Settings, *command: str) -> tuple[float, float]:
    """Seconds a process of ours takes, by the clock and of the processor."""
    began, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, *command], env=environment(settings), check=True, capture_output=True)
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - began, worked


def _inside(code: str) -> float:
    """Seconds a fresh process takes for some code, its own start left out."""
    timed = f"import time\nbegan = time.perf_counter()\n{code}\nprint(time.perf_counter() - began)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", timed], env=env, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1])
