"""Who opens what stands around practice: samples, second looks, meetings, visits received, requests and sign-offs.

Everybody else gets nothing, the same as for what is not there. Practice itself is in `test_access_practice`.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.assessment.asking.models import AssessorRequest, AssessorRequestEnd, OutsideAssessor
from lms.assessment.evidence.models import EvidenceWithdrawn
from lms.assessment.models import Allocation
from lms.assessment.quality.models import (
    Appeal,
    AppealStep,
    Meeting,
    MeetingAgreed,
    MeetingAttended,
    Sample,
    SampleStep,
    VerifierAccessEnd,
    VerifierLook,
)
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.assessment.visits.models import VisitSettled
from lms.core.house import House
from lms.people.models import Invitation
from tests.whole.practice_cast import Cast
from tests.whole.quality_cast import quality_cast
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ASSURERS = {"quality assurer", "second looker"}
STAFF = ASSURERS | {"coordinator"}
HOME = {"employer", "representative"}

MAY: dict[str, set[str]] = {
    "/quality/samples/{sample}": ASSURERS,
    "/appeals/ask/{doubted}": {"learner", "assessor"},
    "/appeals/ask/{home decision}": {"learner", "assessor"} | HOME,
    "/appeals/{appeal}": {"learner"} | STAFF,
    "/appeals/{employer's appeal}": {"learner", "employer"} | STAFF,
    "/quality/meetings/{meeting}": STAFF,
    "/meetings/{meeting}": {"assessor", "second looker"},
    "/visits/received/{received}": {"coordinator"},
    "/visits/meet/{two versions}": {"assessor"},
    "/assessors/invite/for?learner={enrolment}": {"coordinator"},
    "/assessor-requests/{request}": {"coordinator"},
    "/assessor-requests/{request}/choose/{assessor}": {"coordinator"},
    "/assessor-requests/{request}/close": {"coordinator"},
    "/sign-off/{sign-off}/withdraw": {"assessor"} | STAFF,
    "/sign-off/{former assessor's sign-off}/withdraw": {"assessor before"} | STAFF,  # who signed reads whom to tell
    "/evidence/{assessor's piece}/take-back": {"assessor"},  # who reads that a decision rests on it
    "/evidence/{learner's piece}/take-back": {"learner"},
    "/evidence/{employer's piece}/take-back": {"employer"},
    "/evidence/{former employer's piece}/take-back": {"employer before"},
    "/evidence/{former assessor's piece}/take-back": {"assessor before"},
    "/verify-records/{enrolment}/CC12": {"verifier with access"},
}

POSTS: dict[str, set[str]] = {
    "/quality/samples/{sample}/take": ASSURERS,
    "/quality/samples/{sample}/give-back": ASSURERS,
    "/quality/work/{work}/choose": ASSURERS,
    "/appeals/{appeal}/acknowledge": STAFF,
    "/appeals/{appeal}/second": STAFF,
    "/appeals/{appeal}/answer": {"second looker"},
    "/appeals/{appeal}/again": {"learner"},
    "/appeals/{appeal}/take-back": {"learner"},
    "/quality/meetings/{meeting}/attendance": STAFF,
    "/quality/meetings/{meeting}/agreed": STAFF,
    "/quality/verifiers/{access}/end": STAFF,
    "/visits/received/{received}/close": {"coordinator"},
    "/assessor-requests/{request}/open": {"coordinator"},
    "/assessor-requests/{request}/withdraw": {"learner"} | HOME,
}
WRITTEN = (
    Allocation, Appeal, AppealStep, AssessorRequest, AssessorRequestEnd, EvidenceWithdrawn, Invitation, Meeting,
    MeetingAgreed, MeetingAttended, OutsideAssessor, Sample, SampleStep, SignOff, SignOffWithdrawal, VerifierAccessEnd,
    VisitSettled,
)  # fmt: skip
SAID = {
    "why": "Not theirs.", "word": "Not theirs.", "words": "Not theirs.", "reason": "Not theirs.", "text": "Not theirs.",
    "sure": "y", "outcome": "upheld",
}  # fmt: skip


@pytest.fixture
def there(house: House, world: World) -> Cast:
    """Everybody, and one thing of each kind."""
    return quality_cast(house, world)


def address(pattern: str, there: Cast, world: World) -> str:
    return pattern.format_map({**there.things, "assessor": world.assessor})


def test_everybody_opens_what_is_theirs_and_nothing_else(there: Cast, world: World, browser_for: BrowserFor) -> None:
    wrong = {}
    browsers = {who: browser_for(person) for who, person in there.people.items()}
    for pattern, may in MAY.items():
        opened = set()
        for who, browser in browsers.items():
            answer = browser.get(address(pattern, there, world))
            assert answer.status_code in {200, 302, 403, 404}, (pattern, who, answer.status_code)
            if answer.status_code in {200, 302}:
                opened.add(who)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(there: Cast, house: House, world: World, browser_for: BrowserFor) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]

    before, wrong = counted(), {}
    for who, person in there.people.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if who not in may:
                said = SAID | {"once": str(uuid4()), "second": str(world.assessor), "came": str(world.assessor)}
                answer = browser.post(address(pattern, there, world), said)
                if answer.status_code not in {403, 404, 405}:
                    wrong[pattern, who] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_who_may_does(there: Cast, world: World, browser_for: BrowserFor) -> None:
    """What is refused to others is not refused to everybody: each of these is open to one who may."""
    once = {"once": str(uuid4())}
    for pattern, may in POSTS.items():
        who = sorted(may)[0]
        answer = browser_for(there.people[who]).post(address(pattern, there, world), SAID | once)
        assert answer.status_code in {200, 302}, (pattern, who, answer.status_code)


def test_a_verifier_looks_at_nothing_here_without_a_line_in_the_log(
    there: Cast, house: House, browser_for: BrowserFor
) -> None:
    browser_for(there.people["verifier with access"]).get(f"/verify-records/{there.practice.enrolment}/CC12")
    with house.database.reading() as db:
        assert db.scalars(select(VerifierLook.unit)).all() == ["CC12"]


def test_every_page_around_practice_is_in_the_table(app: Flask) -> None:
    known = {_shape(each.partition("?")[0]) for each in MAY | POSTS}
    for rule in app.url_map.iter_rules():
        shape = _shape(rule.rule)
        if "<" in rule.rule and shape.startswith(ROOMS):
            assert shape in known, rule.rule


ROOMS = (
    "/quality/", "/appeals/", "/meetings/", "/visits/meet/", "/visits/received/", "/assessor-requests/",
    "/verify-records/", "/sign-off/*/withdraw",
)  # fmt: skip


def _shape(pattern: str) -> str:
    import re

    return re.sub(r"(?<=/)CC\d+", "*", re.sub(r"<[^>]+>|\{[^}]+\}", "*", pattern))


def test_the_cast_is_whole(there: Cast) -> None:
    assert all(isinstance(each, UUID) for each in there.things.values())
