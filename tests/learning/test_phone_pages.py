"""What a phone is given to keep, and what it may send: whole, small, nothing that gives an answer away."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import func, select

from lms.core.house import House
from lms.learning import checks, queries, services
from lms.learning.catalogue import Courses, Module
from lms.learning.models import Answer
from lms.learning.questions import Question
from lms.learning.questions.samples import sample_answer
from tests.clients import Browser
from tests.world import World

MOST = 400_000
MOST_QUERIES = 40
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # services are tried on both: see test_offline


def bundle_of(browser: Browser, enrolment: UUID, module: str = "PAI-1") -> dict[str, Any]:
    answer = browser.get(f"/learning/{enrolment}/{module}/phone.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(gzip.decompress(answer.get_data()))
    return found


def pages_of(found: dict[str, Any]) -> dict[str, str]:
    """The pages as the phone keeps them."""
    return {
        address: re.sub(r"<!--same (\d+)-->", lambda mark: str(found["same"][int(mark[1])]), html)
        for address, html in found["pages"].items()
    }


def post_json(browser: Browser, path: str, body: Any, **options: Any) -> Any:
    headers = {"X-LMS-CSRF": browser.token(), **options.pop("headers", {})}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return browser._client.post(path, data=data, content_type="application/json", headers=headers, **options)


@pytest.fixture
def pa(browser_for: Callable[..., Browser], world: World) -> Browser:
    return browser_for(world.pa)


def test_a_module_is_kept_whole(pa: Browser, enrolment: UUID, module: Module) -> None:
    assert post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {}).get_json() == {"begun": True}
    found = bundle_of(pa, enrolment)
    questions = found["check"]["questions"]
    assert len(questions) == 12
    assert len(found["steps"]) == len(module.lessons) + 2
    wanted = {each["url"] for each in [*found["steps"], *questions]} | {found["url"], found["check"]["answers_url"]}
    assert wanted <= found["pages"].keys()
    for lesson in module.lessons:
        assert any(lesson.english.can_do in html for html in found["pages"].values())
    for name in ("vendor/palms.css", "js/start.js", "vendor/govuk-frontend.min.js", "vendor/idb.js", "js/check.js"):
        assert any(name in address for address in found["assets"]), name
    for address in found["assets"]:
        assert pa.get(address, buffered=True).status_code == 200, address


def ready(courses: Courses) -> list[Module]:
    return [module for module in courses.modules_of("PAI") if module.ready]


def test_a_bundle_is_small_and_says_neither_a_secret_nor_which_answer_is_right(
    pa: Browser, enrolment: UUID, courses: Courses
) -> None:
    for module in ready(courses):
        post_json(pa, f"/learning/{enrolment}/{module.code}/keep", {})
        found = bundle_of(pa, enrolment, module.code)
        text = json.dumps(found, ensure_ascii=False)
        assert len(text.encode()) < MOST, module.code
        assert pa.token() not in text
        bank = module.by_code()
        pages = {url: html for url, html in pages_of(found).items() if "/learning/checks/" in url}
        assert len(pages) == len(found["check"]["questions"]) + 1
        said = [words for question in module.questions for words in _feedback(question.model_dump())]
        for html in pages.values():
            assert not [words for words in said if words in html]
        for each in found["check"]["questions"]:
            assert each.keys() == {"code", "url", "given", "whole"}
            controls = re.findall(r"<(?:input|option|select|button)[^>]*>", pages[each["url"]])
            assert not [control for control in controls if re.search(r"right|correct|wrong", control)]
            _hides_its_codes(bank[each["code"]], pages[each["url"]])


def _hides_its_codes(question: Question, html: str) -> None:
    """What is matched or put in order goes by names that are no codes, and never stands in the order of its author."""
    if question.kind not in {"match", "put_in_order"}:
        return
    codes = [each.code for each in (question.pairs if question.kind == "match" else question.steps)]
    names = re.findall(r'name="answer_([^"]+)"', html)
    assert len(names) == len(codes)
    assert not set(names) & set(codes)
    assert not {value for value in re.findall(r'<option value="([^"]+)"', html) if value in codes}
    if question.kind == "put_in_order":
        texts = [html.find(str(escape(step.text.en))) for step in question.steps]
        assert min(texts) > 0
        assert texts != sorted(texts), "the steps stand in the right order"


def _feedback(value: Any, *, inside: bool = False) -> Iterator[str]:
    """Every authored sentence that answers to an answer."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _feedback(each, inside=inside or name == "feedback")
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _feedback(each, inside=inside)
    elif inside and isinstance(value, str) and len(value) > 12:
        yield value


def test_right_and_wrong_look_alike_in_a_bundle(pa: Browser, enrolment: UUID, module: Module) -> None:
    """Each option's markup is the same but for its code, its text and its place."""
    post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {})
    bank = module.by_code()
    found = bundle_of(pa, enrolment)
    pages = pages_of(found)
    for each in found["check"]["questions"]:
        question, html = bank[each["code"]], pages[each["url"]]
        if question.kind not in {"one_answer", "several_answers", "true_or_false"}:
            continue
        inputs = re.findall(r'<input[^>]*name="answer"[^>]*>', html)
        plain = {re.sub(r'(id|value|aria-describedby)="[^"]*"', "", control) for control in inputs}
        assert len(inputs) == len(question.options)
        assert len(plain) == 1, each["code"]


def test_a_bundle_is_its_learners_alone(
    pa: Browser, browser_for: Callable[..., Browser], world: World, enrolment: UUID
) -> None:
    for stranger in (world.second_pa, world.other_pa):
        browser = browser_for(stranger)
        for name in ("phone.json", "phone-size.json"):
            assert browser.get(f"/learning/{enrolment}/PAI-1/{name}").status_code == 404
        assert post_json(browser, f"/learning/{enrolment}/PAI-1/keep", {}).status_code == 404
    assert pa.get(f"/learning/{enrolment}/NO-1/phone.json").status_code == 404


def test_a_bundle_says_nothing_that_was_said_before_it(pa: Browser, enrolment: UUID) -> None:
    pa.submit("/account", {"name": "Pat Morgan", "language": "en"})
    found = bundle_of(pa, enrolment)
    assert "Your details are saved." not in json.dumps(found)
    assert "Your details are saved." in pa.get("/account").get_data(as_text=True)


def test_keeping_a_module_whose_check_is_passed_keeps_the_rest(  # noqa: PLR0917  fixtures
    pa: Browser, house: House, world: World, enrolment: UUID, now: datetime, answer_all: Callable[..., UUID]
) -> None:
    with house.database.writing() as db:
        attempt_id = answer_all(db)
        services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    assert post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {}).get_json()["begun"] is False
    found = bundle_of(pa, enrolment)
    assert found["check"] is None
    assert any("You have passed this check." in html for html in pages_of(found).values())


def test_the_size_is_said_before_and_is_about_right(pa: Browser, enrolment: UUID) -> None:
    before = pa.get(f"/learning/{enrolment}/PAI-1/phone-size.json").get_json()
    post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {})
    really = len(pa.get(f"/learning/{enrolment}/PAI-1/phone.json").get_data())
    assert 0.7 < before["pages"] / really < 1.4
    assert before["assets"] > 10_000
    room = sum(map(len, pages_of(bundle_of(pa, enrolment)).values()))
    assert 0.7 < (before["room"] - before["pictures"]) / (room + 3 * before["assets"]) < 1.4
    assert pa.get(f"/learning/{enrolment}/PAI-1/phone-size.json").get_json()["version"] != before["version"]


def test_a_bundle_costs_about_the_same_queries_whatever_was_done(  # noqa: PLR0917  fixtures
    pa: Browser, house: House, world: World, enrolment: UUID, now: datetime, statements: Callable[[], Any]
) -> None:
    post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {})
    with statements() as empty:
        found = bundle_of(pa, enrolment)
    for question in found["check"]["questions"]:
        form = re.findall(r'name="(answer[^"]*)"[^>]*value="([^"]+)"', pages_of(found)[question["url"]])
        fields = [list(form[0])] if form else [["answer", "Something"]]
        item = {"id": str(uuid4()), "kind": "answer", "at": 0, "attempt": found["check"]["attempt"]}
        send(pa, world.pa, [{**item, "question": question["code"], "fields": fields}])
    with statements() as full:
        bundle_of(pa, enrolment)
    assert len(full) <= len(empty) < MOST_QUERIES


# ---- sending ----


def send(browser: Browser, person: UUID, items: list[Any], **more: Any) -> Any:
    return post_json(browser, "/learning/sending", {"person": str(person), "phone_now": 0, "items": items, **more})


@pytest.fixture
def asked(pa: Browser, house: House, world: World, enrolment: UUID) -> checks.AttemptView:
    post_json(pa, f"/learning/{enrolment}/PAI-1/keep", {})
    with house.database.reading() as db:
        begun = queries.studied(db, enrolment).open["PAI-1"]
        return checks.own_attempt(db, begun.attempt_id, world.pa)


def item_for(asked: checks.AttemptView, n: int = 0, *, right: bool = True, **more: Any) -> dict[str, Any]:
    """An answer as the page's own fields would send it."""
    question = asked.questions[n]
    names = question.tokens(sample_answer(question, right=right), asked.seed)
    fields = [["answer", name] for name in names]
    if question.kind == "match":
        fields = [["answer_" + name.split("=")[0], name.split("=")[1]] for name in names]
    if question.kind == "put_in_order":
        fields = [[f"answer_{name}", str(i)] for i, name in enumerate(names, start=1)]
    thing = {"id": str(uuid4()), "kind": "answer", "at": 0, "attempt": str(asked.id), "question": question.code}
    return {**thing, "fields": fields, **more}


def test_every_kind_of_question_can_be_answered_on_a_phone(
    pa: Browser, house: House, world: World, asked: checks.AttemptView
) -> None:
    items = [item_for(asked, n) for n in range(len(asked.questions))]
    answer = send(pa, world.pa, items)
    assert answer.status_code == 200
    assert {each["came"] for each in answer.get_json()["items"]} == {"saved"}
    with house.database.reading() as db:
        view = checks.own_attempt(db, asked.id, world.pa)
    assert view.answers == {q.code: q.canonical(sample_answer(q, right=True)) for q in asked.questions}
    assert {each["came"] for each in send(pa, world.pa, items).get_json()["items"]} == {"there"}


def test_a_batch_names_what_it_could_not_read_and_keeps_the_rest(
    pa: Browser, world: World, asked: checks.AttemptView
) -> None:
    good = item_for(asked)
    bad: list[Any] = [
        None, 7, "x", [], {}, {**good, "kind": "other"}, {**good, "extra": 1}, {**good, "fields": [["answer", "a\0"]]},
        {**good, "fields": [["answer", "\ud800"]]}, {**good, "fields": [["answer", "a"]] * 41},
        {**good, "attempt": "1"}, {**good, "fields": [["answer", "x" * 30_000]]},
    ]  # fmt: skip
    bad = [each if not isinstance(each, dict) else {**each, "id": str(uuid4())} for each in bad]
    answer = send(pa, world.pa, [*bad, good])
    assert answer.status_code == 200
    came = {each["id"]: each for each in answer.get_json()["items"]}
    assert came.pop(good["id"])["came"] == "saved"
    assert {each["came"] for each in came.values()} == {"refused"}
    assert {each["id"] for each in bad if isinstance(each, dict)} <= came.keys()
    assert all(each["says"] for each in came.values())


def test_markup_in_an_answer_is_only_letters(pa: Browser, world: World, enrolment: UUID) -> None:
    text = "<script>alert(1)</script>"
    thing = {"id": str(uuid4()), "kind": "activity", "at": 0, "enrolment": str(enrolment), "activity": "PAI-1-A1"}
    (came,) = send(pa, world.pa, [{**thing, "text": text, "finished": False}]).get_json()["items"]
    assert came["came"] == "saved"
    page = pa.get(f"/learning/{enrolment}/PAI-1/activity").get_data(as_text=True)
    assert text not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_cannot_be_read_at_all_is_refused_whole(pa: Browser, world: World) -> None:
    for body in (b"", b"{", b"[" * 100_000, b'{"person": "%s", "items": 1}' % str(world.pa).encode()):
        answer = post_json(pa, "/learning/sending", body)
        assert answer.status_code == 400
        assert answer.get_json()["message"]
    assert post_json(pa, "/learning/sending", b" " * 600_000).status_code == 413


def test_nobody_sends_for_somebody_else(
    pa: Browser, browser_for: Callable[..., Browser], world: World, asked: checks.AttemptView
) -> None:
    item = item_for(asked)
    other = browser_for(world.second_pa)
    assert send(other, world.pa, [item]).status_code == 409
    (came,) = send(other, world.second_pa, [item]).get_json()["items"]
    assert came["came"] == "refused"
    assert pa.get("/learning/sending").get_json()["person"] == str(world.pa)
    assert send(browser_for(world.assessor), world.assessor, [item]).status_code == 403
    assert send(browser_for(), world.pa, [item]).status_code == 302


def test_a_claim_of_any_time_is_kept_beside_our_receipt(
    pa: Browser, house: House, world: World, asked: checks.AttemptView
) -> None:
    for at in (0, -(10**18), 10**18, 10**400):
        item = item_for(asked, at=at)
        (came,) = send(pa, world.pa, [item], phone_now=at).get_json()["items"]
        assert came["came"] in {"saved", "not_counted"}, at


def test_the_page_and_the_phone_make_one_answer(
    pa: Browser, house: House, world: World, asked: checks.AttemptView
) -> None:
    number = next(n for n, q in enumerate(asked.questions) if q.kind in {"one_answer", "true_or_false"})
    item = item_for(asked, number)
    page = f"/learning/checks/{asked.id}/questions/{number + 1}"
    fields = {"answer": item["fields"][0][1], "given_id": item["id"]}
    assert pa.post(page, fields).status_code == 302
    assert pa.post(f"{page}/choice", fields).status_code == 204
    assert [each["came"] for each in send(pa, world.pa, [item]).get_json()["items"]] == ["there"]
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Answer)) == 1


def test_an_old_page_shown_again_never_loses_the_answer_given_on_it(
    pa: Browser, house: House, world: World, asked: checks.AttemptView
) -> None:
    number = next(n for n, q in enumerate(asked.questions) if q.kind in {"one_answer", "true_or_false"})
    page = f"/learning/checks/{asked.id}/questions/{number + 1}"
    options = [option.code for option in asked.questions[number].options]
    for option in options[:2]:
        assert pa.post(page, {"answer": option, "given_id": str(UUID(int=9))}).status_code == 302
    with house.database.reading() as db:
        assert checks.own_attempt(db, asked.id, world.pa).answers[asked.questions[number].code] == (options[1],)


def test_the_worker_is_served_from_above_all_pages(app: Flask) -> None:
    answer = app.test_client().get("/phone-worker.js")
    assert answer.mimetype == "text/javascript"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_result_shows_what_was_kept_and_not_counted(
    pa: Browser, house: House, world: World, asked: checks.AttemptView
) -> None:
    items = [item_for(asked, n) for n in range(len(asked.questions))]
    send(pa, world.pa, items)
    pa.post(f"/learning/checks/{asked.id}/answers")
    result = f"/learning/checks/{asked.id}"
    assert "Kept, and not counted" not in pa.get(result).get_data(as_text=True)
    (came,) = send(pa, world.pa, [item_for(asked, right=False)]).get_json()["items"]
    assert came["came"] == "not_counted"
    assert "before this answer came" in came["says"]
    assert pa.get(result).get_data(as_text=True).count("Kept, and not counted") == 1
