"""The pages of visits with the test client: who may enter, what is sent, and what a coordinator does."""

import gzip
import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from lms.assessment import allocating
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.visits.models import VisitTaken
from lms.core.house import House
from tests.assessment.conftest import CRITERION, Course
from tests.assessment.visits.conftest import milliseconds
from tests.clients import Browser
from tests.world import World

BrowserFor = Callable[..., Browser]


def post(browser: Browser, path: str, body: object) -> object:
    return browser._client.post(path, json=body, headers={"X-LMS-CSRF": browser.token()})


def taken(browser: Browser, *enrolments: UUID) -> dict[str, object]:
    answer = post(browser, "/visits/take", {"learners": [str(each) for each in enrolments]})
    assert answer.status_code == 200
    return json.loads(gzip.decompress(answer.get_data()))


def seen(bundle: dict[str, object], now: object, **given: object) -> dict[str, object]:
    pack = bundle["pack"]
    said = {
        "id": str(uuid4()), "kind": "observation", "at": milliseconds(now), "taken": pack["learners"][0]["taken"],
        "phone": str(uuid4()), "days_ago": 0, "clock": "10:30", "setting": "own_home", "in_presence_of": "A. Y.",
        "text": "Pat asked A. before moving the boxes.", "lines": [CRITERION],
    }  # fmt: skip
    return {**said, **given}


def send(browser: Browser, course: Course, person: UUID, *items: object) -> object:
    body = {"person": str(person), "phone_now": milliseconds(course.now), "items": list(items)}
    return post(browser, "/visits/sending", body)


def test_an_assessor_takes_along_their_own_and_nobody_elses(
    house: House, course: Course, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.assessor)
    page = browser.get("/visits").get_data(as_text=True)
    assert "Pat Morgan" in page
    assert "Sam Okoro" not in page
    bundle = taken(browser, course.enrolment, course.second, course.other)
    assert [each["who"] for each in bundle["pack"]["learners"]] == ["Pat M."]
    assert set(bundle["pages"]) == {"/visits/phone", "/visits/phone/learner", "/visits/phone/observe"}
    whole = json.dumps([bundle["pages"], bundle["same"]])
    assert "Pat" not in whole  # the pages themselves say nothing of anybody
    assert 'lms_csrf_token\\" value=\\"\\"' in whole or "lms_csrf_token" not in whole
    assert {"visit-observe.js", "visit-list.js"} <= {each.split("/")[-1].split("?")[0] for each in bundle["assets"]}
    with house.database.reading() as db:
        (row,) = db.query(VisitTaken).all()
    assert (row.person_id, row.enrolment_id) == (world.assessor, course.enrolment)


def test_strange_asks_are_refused_with_a_sentence(course: Course, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.assessor)
    for body in ({}, [], {"learners": 1}, {"learners": ["x"]}, {"learners": [str(uuid4())] * 13}, {"learners": [1]}):
        assert post(browser, "/visits/take", body).status_code == 400, body
    assert post(browser_for(world.pa), "/visits/take", {"learners": []}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 4001},
        {"text": "a\0b"},
        {"text": "\ud800"},
        {"lines": []},
        {"lines": [CRITERION] * 81},
        {"clock": "25:00"},
        {"setting": "12 High Street"},
        {"at": 10**30},
        {"at": "now"},
        {"days_ago": 9},
        {"on": "2026-02-31"},
        {"kind": "decision"},
        {"extra": 1},
        {"id": "1"},
    ],
)
def test_what_cannot_be_read_is_refused_and_the_rest_is_kept(
    house: House, course: Course, world: World, browser_for: BrowserFor, wrong: dict[str, object]
) -> None:
    browser = browser_for(world.assessor)
    bundle = taken(browser, course.enrolment)
    good = seen(bundle, course.now)
    answer = send(browser, course, world.assessor, seen(bundle, course.now, **wrong), good)
    assert answer.status_code == 200
    came = {each["id"]: each["came"] for each in answer.get_json()["items"]}
    assert came.pop(good["id"]) == "saved"
    assert list(came.values()) == ["refused"]
    with house.database.reading() as db:
        assert len(evidence_of(db, course.enrolment)) == 1


def test_a_batch_of_somebody_elses_is_not_taken(course: Course, world: World, browser_for: BrowserFor) -> None:
    bundle = taken(browser_for(world.assessor), course.enrolment)
    for other in (world.other_assessor, world.coordinator, world.pa):
        browser = browser_for(other)
        assert send(browser, course, world.assessor, seen(bundle, course.now)).status_code == 409
        answer = send(browser, course, other, seen(bundle, course.now))
        assert [each["came"] for each in answer.get_json()["items"]] == ["refused"]


def test_a_batch_that_is_none_says_so(course: Course, world: World, browser_for: BrowserFor) -> None:
    browser = browser_for(world.assessor)
    token = {"X-LMS-CSRF": browser.token()}
    for body in (b"", b"[]", b"{", b"[" * 100, b'{"items": 1}', b"x" * 400_001):
        assert browser._client.post("/visits/sending", data=body, headers=token).status_code == 400, body[:20]
    assert browser._client.post("/visits/sending", json={"items": []}).status_code == 400  # no token


def test_a_coordinator_reads_files_and_closes_and_others_find_nothing(
    house: House, course: Course, world: World, browser_for: BrowserFor
) -> None:
    bundle = taken(browser_for(world.assessor), course.enrolment)
    with house.database.writing() as db:
        allocating.end_allocation(db, allocation_id=course.allocation, by=world.coordinator, now=course.now)
        db.execute(text("UPDATE lms_allocation SET until = since"))
    one, two = seen(bundle, course.now), seen(bundle, course.now, text="Another one.")
    send(browser_for(world.assessor), course, world.assessor, one, two)
    coordinator = browser_for(world.coordinator)
    page = coordinator.get("/visits/received").get_data(as_text=True)
    assert "2 to read" in page
    address = f"/visits/received/{one['id']}"
    assert browser_for(world.other_coordinator).get(address).status_code == 404
    assert browser_for(world.assessor).get(address).status_code == 403
    page = coordinator.get(address).get_data(as_text=True)
    assert one["text"] in page
    assert coordinator.post(address, {"on": ["1", "1", "2031"]}).status_code == 200
    assert coordinator.post(address, {"on": ["20", "11", "2026"]}).status_code == 302
    closing = f"/visits/received/{two['id']}/close"
    assert "Write a few words" in coordinator.post(closing, {"word": ""}).get_data(as_text=True)
    assert browser_for(world.other_coordinator).post(closing, {"word": "x"}).status_code == 404
    assert coordinator.post(closing, {"word": "The same as the other."}).status_code == 302
    assert "Nothing waits" in coordinator.get("/visits/received").get_data(as_text=True)
    sent = browser_for(world.assessor).get("/visits/sent").get_data(as_text=True)
    assert "The same as the other." in sent
    assert "Filed by a coordinator" in sent
    with house.database.reading() as db:
        (piece,) = evidence_of(db, course.enrolment)
    assert (piece.text, piece.carries) == (one["text"], False)


def test_two_versions_are_shown_to_whom_they_belong(
    house: House, course: Course, world: World, browser_for: BrowserFor
) -> None:
    browser = browser_for(world.assessor)
    bundle = taken(browser, course.enrolment)
    with house.database.writing() as db:
        course.look(db, world.employer_person, text="The employer saw it.")
    one = seen(bundle, course.now)
    draft = {
        "id": str(uuid4()), "kind": "draft", "at": milliseconds(course.now) + 1, "taken": one["taken"],
        "phone": one["phone"], "line": CRITERION, "judgement": "not_yet_met", "reason": "", "feedback": "Ask first.",
        "five": [False] * 5, "observation": one["id"], "saw": None, "knew": None,
    }  # fmt: skip
    send(browser, course, world.assessor, one, draft)
    assert "meets another version" in browser.get("/visits").get_data(as_text=True)
    assert CRITERION in browser.get("/visits/meet").get_data(as_text=True)
    address = f"/visits/meet/{draft['id']}"
    for other in (world.coordinator, world.pa, world.employer_person):
        assert browser_for(other).get(address).status_code == 403
    assert browser_for(world.other_assessor).get(address).status_code == 404
    page = browser.get(address).get_data(as_text=True)
    assert "Ask first." in page
    assert "Amina Yusuf" in page
    mark = page.split('name="seen" value="')[1].split('"')[0]
    assert "Choose one" in browser.post(address, {"seen": mark}).get_data(as_text=True)
    assert "changed again" in browser.post(address, {"seen": "x", "which": "phone"}).get_data(as_text=True)
    assert browser.post(address, {"seen": mark, "which": "phone"}).status_code == 302
    assert browser.post(address, {"seen": mark, "which": "phone"}).status_code == 302
    assert "Nothing to choose" in browser.get("/visits/meet").get_data(as_text=True)
    assert "You chose already" in browser.get(address).get_data(as_text=True)


def test_the_sheet_is_for_the_learners_assessor(course: Course, world: World, browser_for: BrowserFor) -> None:
    address = f"/visits/sheet/{course.enrolment}"
    page = browser_for(world.assessor).get(address).get_data(as_text=True)
    assert "Observation sheet for Pat M." in page
    assert CRITERION in page
    assert "Morgan" not in page
    assert browser_for(world.other_assessor).get(address).status_code == 404
    assert browser_for(world.assessor).get(f"/visits/sheet/{course.second}").status_code == 404
    assert browser_for(world.pa).get(address).status_code == 403
