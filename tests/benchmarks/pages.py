"""The main pages of the thread: who opens them, and where they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle
from uuid import uuid4

from flask import Flask
from werkzeug.routing import BuildError
from werkzeug.test import TestResponse

from lms.demo import cast
from tests.benchmarks.measure import Call
from tests.benchmarks.visitors import Visitor, Visitors
from tests.clients import Browser

MODULE, LESSON, UNIT, CRITERION = "PAI-1", "PAI-1-L1", "PAI-1-P", "PAI-1-P.1"


@dataclass(frozen=True)
class Page:
    """A page to measure. `args` of the endpoint name what a visitor is about, or stand for themselves with a "=".

    `goal` is how many bare pages it may cost. `does` names what is posted, in DOINGS; without it the page is opened.
    """

    name: str
    who: str
    endpoint: str
    args: Mapping[str, str] = field(default_factory=dict)
    answer: int = 200
    goal: float = 4
    does: str = ""


_ATTEMPT = {"attempt_id": "attempt"}
_STUDY = {"enrolment_id": "enrolment", "module": f"={MODULE}"}
_WHOSE = {"enrolment_id": "enrolment"}
_SIGHT = {"enrolment_id": "enrolment", "unit_code": f"={UNIT}"}

PAGES = (
    Page("Welcome", "nobody", "lms.people.home"),
    Page("Sign in", "nobody", "lms.entrance.sign_in"),
    Page("Home of a PA", "reading", "lms.people.home"),
    Page("Home with seven modules", "far along", "lms.people.home"),
    Page("Home of a certified PA", "certified", "lms.people.home"),
    Page("Home of an employer", "employer", "lms.people.home"),
    Page("Home of an assessor", "assessor", "lms.people.home"),
    Page("Home of a coordinator", "coordinator", "lms.people.home"),
    Page("Home of a register officer", "register officer", "lms.people.home"),
    Page("Home of a funding officer", "funding officer", "lms.people.home"),
    Page("My induction", "reading", "lms.learning.my_induction"),
    Page("Module", "reading", "lms.learning.module_page", _STUDY),
    Page("Lesson", "reading", "lms.learning.lesson_page", {**_STUDY, "lesson": "lesson"}),
    Page("Check question", "answering", "lms.learning.question_page", {**_ATTEMPT, "number": "=1", "change": "=1"}),
    Page(
        "Check answer (POST)",
        "answering",
        "lms.learning.question_page",
        {**_ATTEMPT, "number": "=1"},
        answer=302,
        goal=6,
        does="answer",
    ),
    Page(
        "Save one answer (POST)",
        "answering",
        "lms.learning.save_choice",
        {**_ATTEMPT, "number": "=1"},
        answer=204,
        goal=6,
        does="save",
    ),
    Page(
        "Keep the place in a lesson (POST)",
        "joined",
        "lms.learning.keep_place",
        {**_STUDY, "lesson": f"={LESSON}"},
        answer=204,
        goal=6,
        does="place",
    ),
    Page("Practice", "certified", "lms.assessment.practice"),
    Page("My PAs", "employer", "lms.household.my_pas"),
    Page(
        "Say what you saw",
        "employer",
        "lms.household.seen",
        {"enrolment_id": "enrolment", "criterion": f"={CRITERION}"},
    ),
    Page("People I assess", "assessor", "lms.assessment.people_i_assess"),
    Page("Unit of a learner", "assessor", "lms.assessment.unit_page", _SIGHT),
    Page("Queue of an assessor", "assessor of many", "lms.queues.queue"),
    Page("People I assess, a long list", "assessor of many", "lms.assessment.people_i_assess"),
    Page("Grid of a learner", "practising", "lms.grids.own"),
    Page("Grid of a learner, for the assessor", "assessor of standards", "lms.grids.learner", _WHOSE),
    Page("Grid of a cohort", "coordinator", "lms.grids.cohort", goal=12),
    Page("Sampling plan", "quality assurer", "lms.quality.plan"),
    Page("Learners", "coordinator", "lms.learning.learners"),
    Page("Learners and assessors", "coordinator", "lms.allocation.learners"),
    Page("People", "coordinator", "lms.desk.people"),
    Page("Desk", "coordinator", "lms.programme_desk.desk", goal=6),
    Page("Desk: a list", "coordinator", "lms.programme_desk.learners", goal=6),
    Page("Desk: who is stuck", "coordinator", "lms.programme_desk.stuck", goal=6),
    Page("Desk: one person’s story", "coordinator", "lms.programme_desk.story", {"person_id": "pa"}, goal=6),
    Page("Messages to people", "coordinator", "lms.messages_out.outbox", goal=6),
    Page("How we tell you", "joined", "lms.preferences.mine", goal=6),
    Page("Teams that learn", "coordinator", "lms.teams.teams", goal=6),
    Page("Mentors", "coordinator", "lms.mentors.desk", goal=6),
    Page("Mentoring, for a PA", "joined", "lms.mentors.mine"),
    Page("Care Certificate: what one knows", "knowing", "lms.knowledge.overview"),
    Page("Every line of the standards", "knowing", "lms.knowledge.lines", {"framework": "=cc-2025"}),
    Page(
        "Progress log of a standard",
        "knowing",
        "lms.knowledge.unit_log",
        {"framework": "=cc-2025", "unit_code": "=CC1"},
    ),
    Page("What is new since 2015", "knowing", "lms.crossing.between"),
    Page("My certificates", "certified", "lms.holder.mine"),
    Page("Certificate", "certified", "lms.holder.certificate", {"certificate_id": "certificate"}),
    Page("Certificates issued", "coordinator", "lms.life.issued"),
    Page("One certificate, for staff", "coordinator", "lms.life.one", {"certificate_id": "certificate"}),
    Page("Certificates for many", "coordinator", "lms.bulk.batches"),
    Page("Choose what to issue to many", "coordinator", "lms.bulk.begin"),
    Page("Certificates: one batch", "coordinator", "lms.bulk.batch", {"batch_id": "batch"}),
    Page("Certificates: workshops", "coordinator", "lms.attendance.workshops"),
    Page("Certificates: one workshop", "coordinator", "lms.attendance.workshop", {"workshop_id": "workshop"}),
    Page("Certificates: kinds", "coordinator", "lms.keys.kinds"),
    Page("Certificates: one kind", "coordinator", "lms.keys.kind", {"kind": "=module"}),
    Page("How certificates look", "coordinator", "lms.appearance.appearance"),
    Page("Check page", "nobody", "lms.checking.verify"),
    Page("Check page of a number", "nobody", "lms.checking.verified", {"number": "number"}, goal=2),
    Page("Register: what is missing", "reading", "lms.register.mine"),
    Page("Register: desk", "register officer", "lms.register.desk_page"),
    Page("Register: list", "register officer", "lms.register.people_list"),
    Page("Register: code of conduct", "reading", "lms.conduct.read", {"authority_id": "authority"}),
    Page("Register: PAs who are here twice", "register officer", "lms.merging.doubles"),
    Page(
        "Register: one PA",
        "register officer",
        "lms.register.person_page",
        {"authority_id": "authority", "person_id": "pa"},
    ),
    Page("Register: what other systems are told, for a PA", "reading", "lms.feed.mine", {"authority_id": "authority"}),
    Page("Register: what other systems are told, for the team", "register officer", "lms.feed.overview"),
    Page("Claims", "funding officer", "lms.funding.claims"),
    Page("Claim", "funding officer", "lms.funding.claim", {"claim_id": "claim"}),
    Page("Claim: a draft", "funding officer", "lms.funding.claim", {"claim_id": "draft"}),
    Page("Claims: board of 5,000", "funding officer", "lms.funding_board.board"),
    Page("Claims: a list of the board", "funding officer", "lms.funding_board.claims"),
    Page("Claims: trainings nobody has claimed yet", "funding officer", "lms.funding_board.trainings"),
)


class NotThere(Exception):  # noqa: N818  says what is the matter
    """The page cannot be measured, with the reason."""


def opener(page: Page, app: Flask, visitors: Visitors) -> "Opener":
    """What opens a page as one visitor after the other. Raises NotThere when there is no page, nobody, or an error."""
    found = visitors.get(page.who, [])
    if not found:
        raise NotThere(f"nobody to open it ({page.who})")
    try:
        addresses = [address(page, app, visitor) for visitor in found]
    except BuildError:
        raise NotThere("not there") from None
    browsers = [visitor.browser for visitor in found]
    call = {"": _getting, "answer": _answering, "save": _saving, "place": _placing}[page.does]
    return Opener([call(b, a) for b, a in zip(browsers, addresses, strict=True)], page.answer)


class Opener:
    """Opens a page, each time as the next visitor."""

    def __init__(self, calls: list[Call], expected: int) -> None:
        self._calls, self._expected = cycle(calls), expected
        for _ in calls:
            self()

    def __call__(self) -> TestResponse:
        """Open it. Raises NotThere for any other answer than the one expected: only real pages are measured."""
        self.last = next(self._calls)()
        if self.last.status_code != self._expected:
            raise NotThere(f"answers {self.last.status_code}")
        return self.last


def address(page: Page, app: Flask, visitor: Visitor) -> str:
    """Where a visitor finds a page. Raises BuildError when there is no such page."""
    args = {name: what[1:] if what.startswith("=") else visitor.about[what] for name, what in page.args.items()}
    return app.url_map.bind("localhost").build(page.endpoint, args)


def _getting(browser: Browser, address: str) -> Call:
    def get() -> TestResponse:
        response = browser.get(address)
        response.get_data()
        return response

    return get


def _answering(browser: Browser, address: str, *, to: str = "") -> Call:
    """Gives one answer and then the other, so that each post writes, each with a number of its own, as a page does."""
    shown = browser.get(address).get_data(as_text=True)
    fields = {
        name: list(dict.fromkeys(re.findall(rf'name="{name}"[^>]*? value="([^"]+)"', shown)))
        for name in dict.fromkeys(re.findall(r'name="(answer[^"]*)"', shown))
    } or {"answer": ["one", "two"]}
    turns = cycle(range(2))
    token = browser.token(address)

    def post() -> TestResponse:
        turn = next(turns)
        given = {name: values[turn % len(values)] for name, values in fields.items() if values}
        return _posted(browser, to or address, {"lms_csrf_token": token, "given_id": str(uuid4()), **given})

    return post


def _saving(browser: Browser, address: str) -> Call:
    """The same as the page's script sends it the moment something is chosen."""
    return _answering(browser, address.removesuffix("/choice"), to=address)


def _placing(browser: Browser, address: str) -> Call:
    """Moves the place in a lesson on and back."""
    sections, token = cycle(("2", "3")), browser.token()
    return lambda: _posted(browser, address, {"lms_csrf_token": token, "section": next(sections)})


def _posted(browser: Browser, address: str, fields: Mapping[str, str]) -> TestResponse:
    response = browser.post_raw(address, dict(fields))
    response.get_data()
    return response


def sign_in(app: Flask, identifiers: list[str]) -> "Opener":
    """Signs somebody else in each time, in a browser of their own, with the quick password of the country's people."""
    people, asking = cycle(identifiers), app.test_client()
    shown = asking.get("/sign-in").get_data(as_text=True)
    token = re.findall(r'name="lms_csrf_token" value="([^"]+)"', shown)[0]
    cookie = asking.get_cookie("lms_session")
    assert cookie is not None

    def post() -> TestResponse:
        browser = app.test_client()
        browser.set_cookie("lms_session", cookie.value)
        return browser.post(
            "/sign-in", data={"lms_csrf_token": token, "email": next(people), "password": cast.PASSWORD}
        )

    return Opener([post], 302)
