"""Questions of every kind as a browser without scripts sees them, from the first answer to the result."""

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.house import House
from lms.learning import checks, services
from lms.learning.checks import AttemptView
from lms.learning.questions import Match, PutInOrder, Question
from lms.learning.questions.samples import sample_answer
from tests.clients import Browser
from tests.conftest import StandingClock
from tests.world import World

EVERY_KIND = Path(__file__).parent / "every_kind"


@pytest.fixture(scope="module")
def loaded() -> shelves.Shelves:
    """The shelves with a module that has one question of every kind."""
    return shelves.load(LOADERS, [EVERY_KIND], across=ACROSS)


@pytest.fixture
def attempt_id(house: House, world: World, now: datetime) -> UUID:
    """The PA's attempt at the check of every kind, committed."""
    with house.database.writing() as db:
        enrolment = services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="NEW", by=world.coordinator, now=now
        )
        return services.start_or_resume_attempt(db, enrolment_id=enrolment, module="NEW-1", by=world.pa, now=now)


class Check:
    """The pages of one attempt."""

    def __init__(self, house: House, world: World, attempt_id: UUID, browser: Browser) -> None:
        self.house, self.world, self.id, self.browser = house, world, attempt_id, browser
        self.at = f"/learning/checks/{attempt_id}"

    def seen(self) -> AttemptView:
        with self.house.database.unit(writing=False) as db:
            return checks.own_attempt(db, self.id, self.world.pa)

    def where(self, kind: str) -> tuple[str, Question]:
        """The page and the question of a kind."""
        for number, question in enumerate(self.seen().questions, start=1):
            if question.kind == kind:
                return f"{self.at}/questions/{number}", question
        raise AssertionError(kind)

    def kept(self, kind: str) -> tuple[str, ...]:
        return self.seen().answers.get(self.where(kind)[1].code, ())

    def page(self, kind: str) -> str:
        return html(self.browser.get(self.where(kind)[0]))


def html(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.get_data(as_text=True))


@pytest.fixture
def check(house: House, world: World, attempt_id: UUID, browser_for: Callable[..., Browser]) -> Check:
    """The PA's check of every kind."""
    return Check(house, world, attempt_id, browser_for(world.pa))


def fields_of(question: Question, answer: tuple[str, ...], seed: str) -> dict[str, Any]:
    """An answer as the form of its kind sends it."""
    names = question.tokens(answer, seed)
    if isinstance(question, Match):
        return {f"answer_{left}": right for left, right in (name.split("=") for name in names)}
    if isinstance(question, PutInOrder):
        return {f"answer_{name}": str(place) for place, name in enumerate(names, start=1)}
    return {"answer": list(names)}


@pytest.mark.parametrize("right", [True, False])
def test_the_whole_way_through_every_kind(check: Check, right: bool) -> None:
    seed = check.seen().seed
    for number, question in enumerate(check.seen().questions, start=1):
        page = html(check.browser.get(f"{check.at}/questions/{number}"))
        assert page.count("<h1") == 1
        assert question.text.en in page
        answer = sample_answer(question, right=right)
        sent = check.browser.submit(f"{check.at}/questions/{number}", fields_of(question, answer, seed))
        assert sent.status_code == 302, (question.kind, html(sent))
        assert check.seen().answers[question.code] == answer
        again = html(check.browser.get(f"{check.at}/questions/{number}"))
        assert again.count(" checked") + again.count(" selected") + again.count("palms-") > 0
    html(check.browser.get(f"{check.at}/answers"))
    assert check.browser.submit(f"{check.at}/answers").location == check.at
    result = html(check.browser.get(check.at))
    assert ("You passed with 100 percent" in result) == right
    assert ("7 of 7" if right else "0 of 7") in result
    assert "It does not change your percent" in result
    for question in check.seen().questions:
        assert f'id="{question.code}"' in result


def test_pages_do_not_give_codes_away(check: Check) -> None:
    for kind in ("match", "put_in_order"):
        names = set(re.findall(r'name="answer_([^"]+)"', check.page(kind)))
        assert names
        assert not names & set("abcdx")


def test_a_match_names_each_line_that_is_open_and_keeps_what_was_chosen(check: Check) -> None:
    where, question = check.where("match")
    sent = fields_of(question, ("a=b",), check.seen().seed)
    page = html(check.browser.submit(where, sent))
    assert "There is a problem" in page
    assert page.count("Choose an answer for") == 4  # two lines, each in the summary and beside its field
    (chosen,) = sent.values()
    assert re.search(rf'value="{chosen}" selected', page)


def test_a_script_may_save_a_match_that_is_not_finished_and_it_cannot_be_handed_in(check: Check) -> None:
    where, question = check.where("match")
    sent = check.browser.post(f"{where}/choice", fields_of(question, ("a=b",), check.seen().seed))
    assert sent.status_code == 204
    assert check.kept("match") == ("a=b",)
    answers = html(check.browser.get(f"{check.at}/answers"))
    assert "Not finished yet" in answers
    assert "8 questions have no full answer yet" in answers
    assert check.browser.post(f"{where}/choice", {}).status_code == 204
    assert check.kept("match") == ()


def test_two_steps_with_one_number_are_named(check: Check) -> None:
    where, question = check.where("put_in_order")
    sent = fields_of(question, tuple("abcd"), check.seen().seed)
    page = html(check.browser.submit(where, dict.fromkeys(sent, "2")))
    assert "Two steps have the number 2" in page
    assert check.kept("put_in_order") == ()


def test_steps_move_without_scripts_and_stay_where_they_were_put(check: Check) -> None:
    where, question = check.where("put_in_order")
    seed = check.seen().seed
    start = tuple("dcba")
    (last,) = question.tokens(["a"], seed)
    sent = {**fields_of(question, start, seed), "move": f"{last}:up"}
    answer = check.browser.submit(where, sent)
    assert answer.location == f"{where}#step-answer_{last}"
    assert check.kept("put_in_order") == tuple("dcab")
    page = check.page("put_in_order")
    names = re.findall(r'name="answer_([^"]+)"', page)
    assert question.from_tokens(names, seed) == tuple("dcab")
    check.browser.submit(where, {**fields_of(question, tuple("dcab"), seed), "move": f"{last}:down"})
    assert check.kept("put_in_order") == start
    for nonsense in ("x:up", f"{last}:sideways", "", ":", "up"):
        check.browser.submit(where, {**fields_of(question, start, seed), "move": nonsense})
        assert check.kept("put_in_order") == start


def test_markup_in_answers_is_shown_as_it_was_typed(check: Check) -> None:
    for kind in ("typed_answer", "written"):
        where, _question = check.where(kind)
        assert check.browser.submit(where, {"answer": "<script>alert(1)</script>"}).status_code == 302
        assert "&lt;script&gt;alert(1)" in check.page(kind)
        assert "<script>alert" not in html(check.browser.get(f"{check.at}/answers"))


def test_too_long_answers_are_refused_and_not_lost(check: Check) -> None:
    for kind, longest in (("typed_answer", 100), ("written", 5000)):
        where, _question = check.where(kind)
        text = "x" * (longest + 1)
        page = html(check.browser.submit(where, {"answer": text}))
        assert "There is a problem" in page
        assert text in page
        assert check.browser.post(f"{where}/choice", {"answer": text}).status_code == 409
        assert check.kept(kind) == ()


def test_a_waiting_time_is_kept(check: Check, clock: StandingClock) -> None:
    seed = check.seen().seed
    for number, question in enumerate(check.seen().questions, start=1):
        answer = fields_of(question, sample_answer(question, right=False), seed)
        check.browser.submit(f"{check.at}/questions/{number}", answer)
    check.browser.submit(f"{check.at}/answers")
    again = f"/learning/{check.seen().enrolment.id}/NEW-1/check"
    for page in (check.at, again):
        shown = html(check.browser.get(page))
        assert "You can try again from 12:00 on 22 November 2026" in shown
        assert "Try again</button>" not in shown.replace("\n", "").replace("  ", "")
    assert check.browser.post(again).location == again
    assert "You can try again from 22/11/2026, 12:00" in html(check.browser.get(again))
    clock.on(hours=24)
    assert "/questions/1" in check.browser.post(again).location
