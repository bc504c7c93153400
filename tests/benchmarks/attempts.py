"""Starting a knowledge check and handing it in: each learner does it once, so it is measured over several learners."""

import time
from collections.abc import Callable, Iterator
from statistics import median
from uuid import UUID

from flask import Flask, url_for
from sqlalchemy import select

from lms.learning import checks, services
from lms.learning.models import Attempt, Enrolment
from lms.learning.questions.samples import sample_answer
from lms.people.models import Person
from tests.benchmarks import measure
from tests.benchmarks.bare import bare_page
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.benchmarks.sites import NOON
from tests.clients import Browser

COURSE, MODULE = "PAI", "PAI-1"
SEVERAL = 24
GOALS = {"Start a knowledge check": 8.0, "Hand in and mark": 20.0}


def attempts(country: Country, app: Flask) -> Iterator[Done]:
    """Learners who have not tried yet start, answer everything, and hand in; in bare pages, as pages are."""
    by_clock = country.house.database.engine.dialect.name != "sqlite"
    now = time.perf_counter if by_clock else time.thread_time
    taken: dict[str, list[float]] = {name: [] for name in GOALS}
    queries: dict[str, int] = {}
    for learner, enrolment in _fresh(country):
        browser = Browser(app, country.house, learner)
        start = _post(browser, _address(app, "lms.learning.check_page", enrolment_id=enrolment, module=MODULE))
        seconds, queries["Start a knowledge check"] = _timed(country, start, now)
        taken["Start a knowledge check"].append(seconds)
        attempt = _answered(country, learner, enrolment)
        hand_in = _post(browser, _address(app, "lms.learning.answers_page", attempt_id=attempt))
        seconds, queries["Hand in and mark"] = _timed(country, hand_in, now)
        taken["Hand in and mark"].append(seconds)
    bare = bare_seconds(country, by_clock=by_clock)
    for name, each in taken.items():
        if each:
            note = f"{median(each) * 1000:.1f} ms, {queries[name]} queries, median of {len(each)} learners"
            yield Done(f"{name} (POST)", median(each) / bare, "bare pages", note=note, goal=GOALS[name])


def _fresh(country: Country) -> list[tuple[UUID, UUID]]:
    tried = select(Attempt.id).where(Attempt.enrolment_id == Enrolment.id, Attempt.module == MODULE)
    wanted = (
        select(Enrolment.learner_id, Enrolment.id)
        .where(Enrolment.authority_id == country.authority, Enrolment.course == COURSE, ~tried.exists())
        .order_by(Enrolment.id)
        .limit(SEVERAL)
    )
    with country.house.database.reading() as db:
        return [(learner, enrolment) for learner, enrolment in db.execute(wanted)]


def _address(app: Flask, endpoint: str, **args: object) -> str:
    with app.test_request_context():
        return url_for(endpoint, **args)


def _post(browser: Browser, address: str) -> Callable[[], int]:
    token = browser.token()
    return lambda: browser.post_raw(address, {"lms_csrf_token": token}).status_code


def _timed(country: Country, call: Callable[[], int], now: Callable[[], float]) -> tuple[float, int]:
    """Seconds and statements of one call that has to lead somewhere."""
    with measure.counted(country.house.database.engine) as sent:
        began = now()
        status = call()
        seconds = now() - began
    if status != 302:
        raise ValueError(f"answers {status}")
    return seconds, len(sent)


def _answered(country: Country, learner: UUID, enrolment: UUID) -> UUID:
    """Every question of the open attempt is answered rightly."""
    with country.house.database.writing() as db:
        open_ = select(Attempt.id).where(Attempt.enrolment_id == enrolment, Attempt.finished_at.is_(None))
        attempt = db.scalars(open_).one()
        for question in checks.own_attempt(db, attempt, learner).questions:
            answer = sample_answer(question, right=True)
            services.give_answer(db, attempt_id=attempt, question=question.code, options=answer, by=learner, now=NOON)
    return attempt


def bare_seconds(country: Country, *, by_clock: bool) -> float:
    """Seconds of a bare page, by the clock or of the processor."""
    with country.house.database.reading() as db:
        person = db.scalars(select(Person.id).limit(1)).one()
    client = bare_page(country.house.settings.database_url, person).test_client()
    (timing,) = measure.in_turns([lambda: client.get("/").get_data()], seconds=1)
    return timing.percentile(50) / 1000 if by_clock else timing.cpu
