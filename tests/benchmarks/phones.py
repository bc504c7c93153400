"""What studying with no signal costs the server: a module for a phone, and what waited there in one batch."""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from statistics import median
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from lms.learning import checks
from lms.learning.models import Attempt, Enrolment
from lms.learning.questions.samples import sample_answer
from tests.benchmarks import measure
from tests.benchmarks.attempts import MODULE, bare_seconds
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.clients import Browser

SEVERAL = 12
BATCH = 20
LARGEST = 400.0
"""kB of a module's pages, styles and scripts apart, before they are compressed."""


def phones(country: Country, app: Flask) -> Iterator[Done]:
    """A module is kept, twenty answers come at once, and come again because the signal went before our word came."""
    by_clock = country.house.database.engine.dialect.name != "sqlite"
    now = time.perf_counter if by_clock else time.thread_time
    bare = bare_seconds(country, by_clock=by_clock)
    taken: dict[str, list[float]] = {"kept": [], "first": [], "again": []}
    sizes, queries = [(0, 0)], {}
    for learner, enrolment, attempt in _answering(country):
        browser = Browser(app, country.house, learner)
        address = f"/learning/{enrolment}/{MODULE}/phone.json"
        browser.get(address)
        seconds, queries["kept"], body = _timed(country, lambda b=browser, a=address: b.get(a).get_data(), now)
        taken["kept"].append(seconds)
        sizes.append((len(gzip.decompress(body)), len(body)))
        send = _sending(browser, _batch(country, learner, attempt))
        for name in ("first", "again"):
            seconds, queries[name], _body = _timed(country, send, now)
            taken[name].append(seconds)
    if not taken["kept"]:
        return
    raw, packed = max(sizes)
    note = f"{median(taken['kept']) * 1000:.1f} ms, {queries['kept']} queries; {packed / 1000:.0f} kB as it is sent"
    yield Done("Offline bundle of a module", raw / 1000, "kB without pictures", note=note, goal=LARGEST)
    for name, what in (("first", f"Batch of {BATCH} answers (POST)"), ("again", "The same batch again (POST)")):
        each = median(taken[name])
        note = f"{each * 1000:.1f} ms, {queries[name]} queries, median of {len(taken[name])} learners"
        yield Done(what, each / bare, "bare pages", note=note, goal=6.0 * BATCH)


def _answering(country: Country) -> list[tuple[UUID, UUID, UUID]]:
    wanted = (
        select(Enrolment.learner_id, Enrolment.id, Attempt.id)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(Enrolment.authority_id == country.authority, Attempt.module == MODULE, Attempt.finished_at.is_(None))
        .order_by(Enrolment.id)
        .limit(SEVERAL)
    )
    with country.house.database.reading() as db:
        return [(learner, enrolment, attempt) for learner, enrolment, attempt in db.execute(wanted)]


def _batch(country: Country, learner: UUID, attempt: UUID) -> bytes:
    """Twenty answers to the questions of a check, each given a second after the one before."""
    with country.house.database.reading() as db:
        questions = checks.own_attempt(db, attempt, learner).questions
    chosen = [each for each in questions if each.kind in {"one_answer", "several_answers", "true_or_false"}]
    items = [
        {
            "id": str(uuid4()),
            "kind": "answer",
            "at": 1000 * n,
            "attempt": str(attempt),
            "question": chosen[n % len(chosen)].code,
            "fields": [["answer", code] for code in sample_answer(chosen[n % len(chosen)], right=n % 2 == 0)],
        }
        for n in range(BATCH)
    ]
    return json.dumps({"person": str(learner), "phone_now": 1000 * BATCH, "items": items}).encode()


def _sending(browser: Browser, body: bytes) -> Callable[[], bytes]:
    headers = {"X-LMS-CSRF": browser.token()}

    def send() -> bytes:
        answer = browser.post_json("/learning/sending", body, headers=headers)
        if answer.status_code != 200:
            raise ValueError(f"answers {answer.status_code}")
        return answer.get_data()

    return send


def _timed(country: Country, call: Callable[[], bytes], now: Callable[[], float]) -> tuple[float, int, bytes]:
    with measure.counted(country.house.database.engine) as sent:
        began = now()
        body = call()
        seconds = now() - began
    return seconds, len(sent), body
