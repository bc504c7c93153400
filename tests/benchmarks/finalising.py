"""Finalising decisions: a draft is made final once, so it is measured over several learners, and said in bare pages."""

import re
import time
from collections.abc import Iterator
from statistics import median
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import func, select

from lms.assessment.deciding.models import DecisionDraft
from lms.assessment.models import LearnerUnit
from tests.benchmarks import measure
from tests.benchmarks.attempts import bare_seconds
from tests.benchmarks.country import Country
from tests.benchmarks.done import Done
from tests.clients import Browser

SEVERAL = 24
GOAL = 20.0
_LINES = re.compile(r'name="lines" value="([^"]+)"')


def finalising(country: Country, app: Flask) -> Iterator[Done]:
    """Assessors make the drafts of a learner final: three decisions at once, each with what follows from it."""
    by_clock = country.house.database.engine.dialect.name != "sqlite"
    now = time.perf_counter if by_clock else time.thread_time
    taken, queries, lines = list[float](), 0, 0
    for by, enrolment in _drafts(country):
        browser, address = Browser(app, country.house, by), f"/assess/{enrolment}/drafts"
        found = _LINES.search(browser.get(address).get_data(as_text=True))
        if found is None:
            continue
        lines = found.group(1).count(",") + 1
        fields = {"lms_csrf_token": browser.token(address), "once": str(uuid4()), "lines": found.group(1)}
        with measure.counted(country.house.database.engine) as sent:
            began = now()
            answer = browser.post_raw(address, fields)
            seconds = now() - began
        if answer.status_code == 302:
            taken.append(seconds)
            queries = len(sent)
    if not taken:
        yield Done("Finalise decisions (POST)", 0, "", note="nobody has drafts")
        return
    note = f"{median(taken) * 1000:.1f} ms, {lines} decisions, {queries} queries, median of {len(taken)} learners"
    cost = median(taken) / bare_seconds(country, by_clock=by_clock)
    yield Done("Finalise decisions (POST)", cost, "bare pages", note=note, goal=GOAL)


def _drafts(country: Country) -> list[tuple[UUID, UUID]]:
    of = (LearnerUnit.enrolment_id == DecisionDraft.enrolment_id) & (LearnerUnit.unit == DecisionDraft.unit)
    wanted = (
        select(DecisionDraft.by, DecisionDraft.enrolment_id)
        .join(LearnerUnit, of)
        .where(LearnerUnit.authority_id == country.authority)
        .group_by(DecisionDraft.by, DecisionDraft.enrolment_id)
        .order_by(func.min(DecisionDraft.updated_at), DecisionDraft.enrolment_id)
        .limit(SEVERAL)
    )
    with country.house.database.reading() as db:
        return [(by, enrolment) for by, enrolment in db.execute(wanted)]
