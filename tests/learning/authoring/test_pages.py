"""The authors' desk and what learners say, as browsers without scripts see them."""

import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from lms.core import work
from lms.core.house import House
from lms.learning import checks, services
from lms.learning.catalogue import Module
from lms.learning.questions.samples import sample_answer
from tests.clients import Browser
from tests.learning.authoring.test_import import GIFT, LAUGHS
from tests.learning.conftest import Answering
from tests.world import World

BrowserFor = Callable[..., Browser]


def html(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.get_data(as_text=True))


@pytest.fixture
def admin(browser_for: BrowserFor, world: World) -> Browser:
    """The author of the first authority."""
    return browser_for(world.admin)


@pytest.fixture
def desk(module: Module) -> str:
    """Where the pages of PAI-1 begin."""
    return f"/content/{module.code}/{module.edition}"


@pytest.fixture
def handed_in(house: House, world: World, now: datetime, answer_all: Answering) -> UUID:
    """The PA's handed-in attempt, all of it wrong."""
    with house.database.writing() as db:
        attempt_id = answer_all(db, right=False)
        services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    return attempt_id


def test_two_presses_rate_a_lesson_and_report_a_mistake_and_the_answer_comes_back(
    browser_for: BrowserFor, world: World, enrolment: UUID, admin: Browser, desk: str
) -> None:
    pa = browser_for(world.pa)
    lesson = f"/learning/{enrolment}/PAI-1/lessons/PAI-1-L1"
    page = html(pa.get(lesson))
    assert page.count('name="rating"') == 3
    assert pa.post(f"{lesson}/rating", {"rating": "good"}).location == lesson
    assert pa.post(f"{lesson}/rating", {"rating": "excellent"}).status_code == 404
    once = re.findall(r'name="once" value="([^"]+)"', page)[-1]
    for _twice in range(2):
        assert pa.post(f"{lesson}/report", {"once": once, "text": "<b>Wrong</b> number"}).location == lesson
    assert "We are looking at it" in html(pa.get(lesson))
    assert browser_for(world.second_pa).post(f"{lesson}/report", {"once": once}).status_code == 404
    queue = html(admin.get("/content/reports"))
    (address,) = set(re.findall(r"/content/reports/[0-9a-f-]+", queue))
    assert "&lt;b&gt;Wrong&lt;/b&gt; number" in html(admin.get(address))
    assert "There is a problem" in html(admin.submit(address, {"note": ""}))
    assert admin.submit(address, {"note": "It is 112 now."}).location == "/content/reports"
    assert address not in html(admin.get("/content/reports"))
    assert address in html(admin.get("/content/reports?state=dealt-with"))
    assert "It is 112 now." in html(pa.get(lesson))
    assert ">1</td>" in html(admin.get(desk))


def test_a_question_is_reported_on_its_result(
    browser_for: BrowserFor, world: World, handed_in: UUID, admin: Browser
) -> None:
    pa = browser_for(world.pa)
    result = html(pa.get(f"/learning/checks/{handed_in}"))
    (action, *_more) = re.findall(r'action="(/learning/checks/[^"]+/report/[^"]+)"', result)
    assert pa.post(action, {"text": ""}).location == f"/learning/checks/{handed_in}"
    queue = html(admin.get("/content/reports"))
    assert "without words" in queue
    assert "Nobody has answered yet" in html(pa.get("/learning/reports"))
    (address,) = set(re.findall(r"/content/reports/[0-9a-f-]+", queue))
    admin.submit(address, {"note": "The key is mended."})
    mine = html(pa.get("/learning/reports"))
    assert "The key is mended." in mine
    assert "A question of the knowledge check" in mine
    assert "The key is mended." not in html(browser_for(world.second_pa).get("/learning/reports"))


def test_every_page_of_the_desk_says_plainly_what_is_too_little(
    admin: Browser, desk: str, module: Module, handed_in: UUID
) -> None:
    assert desk in html(admin.get("/content"))
    assert "too few answers to judge" in html(admin.get(desk))
    for question in module.questions:
        page = html(admin.get(f"{desk}/questions/{question.code}"))
        assert page.count("<h1") == 1
        if not question.by_hand:
            assert html(admin.get(f"{desk}/questions/{question.code}/key")).count("<h1") == 1
    assert admin.get(f"{desk}/questions/PAI-1-Q999").status_code == 404
    assert admin.get("/content/PAI-1/1066").status_code == 404


def test_a_key_is_corrected_after_looking_at_what_it_would_do(
    house: House, world: World, desk: str, handed_in: UUID, browser_for: BrowserFor
) -> None:
    admin = browser_for(world.admin)
    with house.database.unit(writing=False) as db:
        attempt = checks.own_attempt(db, handed_in, world.pa)
        question = next(each for each in attempt.questions if each.kind == "one_answer")
        (given,) = attempt.answers[question.code]
    where = f"{desk}/questions/{question.code}/key"
    assert "There is a problem" in html(admin.submit(where, {"answer": given}))
    assert "This is the key already" not in html(admin.submit(where, {"answer": given, "reason": "It was wrong."}))
    page = html(admin.submit(where, {"answer": given, "reason": "It was wrong."}))
    assert "In 1 of them the answer becomes right" in page
    assert "Nobody loses a pass" in page
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    for _twice in range(2):
        sent = admin.post(where, {**hidden, "confirm": "yes"})
        assert sent.location == f"{desk}/questions/{question.code}"
    work.do_all(house, now=house.clock())
    assert "It was wrong." in html(admin.get(f"{desk}/questions/{question.code}"))
    result = html(browser_for(world.pa).get(f"/learning/checks/{handed_in}"))
    assert "What is right here was corrected" in result
    with house.database.unit(writing=False) as db:
        assert checks.own_attempt(db, handed_in, world.pa).marks[question.code].value == "right"


def test_nobody_else_enters_the_desk(browser_for: BrowserFor, world: World, desk: str) -> None:
    for who in (world.pa, world.coordinator, world.assessor):
        for where in ("/content", desk, "/content/reports", "/content/import"):
            assert browser_for(who).get(where).status_code == 403


def test_a_file_is_looked_at_and_taken_along(admin: Browser) -> None:
    def upload(content: str) -> str:
        data = {"file": (io.BytesIO(content.encode()), "q.txt"), "outcome": "PAI-1.1"}
        return html(admin.submit("/content/import", data))

    page = upload(GIFT)
    assert "8 questions can be used" in page
    assert "line 24: left out" in page
    assert "Leave out" in upload(LAUGHS) or "leave out the document type" in upload(LAUGHS)
    sent = admin.post("/content/import/download", {"text": "questions:\r\n- a\r\n"})
    assert sent.headers["Content-Disposition"] == 'attachment; filename="questions.yaml"'
    assert sent.get_data(as_text=True) == "questions:\n- a\n"


def test_a_bank_goes_out_as_gift(admin: Browser, desk: str, module: Module) -> None:
    out = admin.get(f"{desk}/questions.gift")
    assert out.headers["Content-Type"].startswith("text/plain")
    assert out.get_data(as_text=True).count("::") >= 2 * sum(
        question.kind not in {"put_in_order", "picture_choice"} for question in module.questions
    )
    assert sample_answer(module.questions[0], right=True)


def test_home_tells_an_author_of_new_reports(
    browser_for: BrowserFor, world: World, enrolment: UUID, admin: Browser
) -> None:
    assert "Training content" in html(admin.get("/"))
    browser_for(world.pa).post(f"/learning/{enrolment}/PAI-1/lessons/PAI-1-L1/report", {"text": ""})
    assert "Reports without an answer: 1." in html(admin.get("/"))
