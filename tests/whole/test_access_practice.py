"""Every page and file of practice, and who may open it: all others get nothing, the same as for what is not there."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from lms.assessment.competence import ties
from lms.assessment.competence.rules import Relation
from lms.assessment.deciding.models import Decision, DecisionDraft
from lms.assessment.evidence.models import Evidence
from lms.assessment.links.models import Link, LinkSecret
from lms.assessment.media.models import EvidenceFile
from lms.assessment.models import Allocation
from lms.assessment.personal.models import PersonalEnd, PersonalSignOff
from lms.assessment.quality.models import Appeal, VerifierLook
from lms.assessment.together.models import Together
from lms.core.house import House
from tests.assessment.doings import text
from tests.whole.practice_cast import LINE, Cast, cast
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

HOME = {"employer", "representative"}
WHOLE_HOME = HOME | {"other employer"}
STAFF = {"coordinator", "quality assurer"}
READERS = {"learner", "assessor", *STAFF, "verifier with access", "countersigner"}
MINE = {"assessor"}
ANY_PART = {"assessor", "assessor of another unit"}

MAY: dict[str, set[str]] = {
    "/evidence/{assessor's piece}": READERS,
    "/evidence/{assessor's piece}/files/1": READERS,
    "/evidence/{assessor's piece}/files/1/thumbnail": READERS,
    "/evidence/{assessor's piece}/files/1/captions": set(),  # it has none
    "/evidence/{assessor's piece}/files/2": set(),
    "/evidence/{assessor's piece}/take-back": MINE,
    "/evidence/{assessor's piece}/speaks-to": MINE,
    "/evidence/{learner's piece}/speaks-to": MINE | {"learner"},
    "/evidence/{employer's piece}/speaks-to": MINE | {"employer"},
    "/evidence/{former employer's piece}/speaks-to": MINE,
    "/evidence/{former assessor's piece}/speaks-to": MINE,
    "/evidence/{learner's piece}": READERS,
    "/evidence/{learner's piece}/take-back": {"learner"},
    "/evidence/{employer's piece}": READERS | HOME,
    "/evidence/{employer's piece}/take-back": {"employer"},
    "/evidence/{former employer's piece}": READERS | {"employer before"},
    "/evidence/{former assessor's piece}": READERS | {"assessor before"},
    "/assess/{enrolment}": ANY_PART,
    "/assess/{enrolment}/before-you-come": ANY_PART,
    "/assess/{enrolment}/drafts": ANY_PART,
    "/assess/{enrolment}/record": ANY_PART,
    "/assess/{enrolment}/tie": ANY_PART | WHOLE_HOME | {"countersigner"},
    "/assess/{enrolment}/CC5": MINE,
    "/assess/{enrolment}/CC5/{line}": set(),  # the short way of a course of ours: a standard asks more
    "/assess/{enrolment}/decide/{assessor's piece}": MINE,
    "/assess/{enrolment}/decide/{learner's piece}": MINE,
    "/assess/countersign/{decision}": {"countersigner"},
    "/asked-by-link/{enrolment}": {"learner", "coordinator"} | ANY_PART,
    "/asked-by-link/{enrolment}/CC5": {"learner", "coordinator"} | MINE,
    "/asked-by-link/links/{link}/proof": STAFF | MINE,
    "/grid/{enrolment}": {"learner", "verifier with access"} | STAFF | ANY_PART,
    "/grid/{enrolment}/record.pdf?unit=CC5": {"learner", "verifier with access"} | STAFF | MINE,
    "/learners/{learner}/practice": STAFF,
    "/learners/{learner}/practice/CC5": STAFF,
    "/learners/{learner}/practice/begin": {"coordinator"},
    "/my-pas/{enrolment}": WHOLE_HOME,
    "/my-pas/{enrolment}/{line}": WHOLE_HOME,
    "/my-pas/{learner}/assessor": WHOLE_HOME,
    "/people/{learner}/assessor": {"coordinator"},
    "/people/{learner}/ties": {"coordinator"},
    "/people/{learner}/for-one-person": WHOLE_HOME | {"coordinator"},
    "/people/{learner}/for-one-person/new": WHOLE_HOME | ANY_PART | {"coordinator"},
    "/for-one-person/{personal}": HOME | {"learner", "coordinator"},
    "/for-one-person/{personal}/look": HOME | {"learner", "coordinator"},
    "/for-one-person/{personal}/stop": HOME | {"coordinator"},
    "/practice/{enrolment}/CC5": {"learner"},
    "/practice/{enrolment}/offer": {"learner"},
    "/sign-off/{enrolment}/CC5": MINE | WHOLE_HOME,
    "/together/start/{enrolment}/CC5": MINE,
    "/verify-records/{enrolment}/CC5": {"verifier with access"},
    "/visits/sheet/{enrolment}": ANY_PART,
    "/appeals/ask/{decision}": {"learner", "assessor"},
    "/assessors/people/{assessor}": STAFF,
}
"""Who opens what; a redirect to a question that comes first counts as opening."""

POSTS: dict[str, set[str]] = {
    "/assess/{enrolment}/drafts/drop": ANY_PART,
    "/asked-by-link/links/{link}/cancel": {"assessor", "coordinator"},
    "/asked-by-link/links/{link}/again": {"assessor", "coordinator"},
}
WRITTEN = (
    Allocation, Appeal, Decision, DecisionDraft, Evidence, Link, LinkSecret, PersonalEnd, PersonalSignOff, Together,
)  # fmt: skip


@pytest.fixture
def there(house: House, world: World) -> Cast:
    """Everybody, and one thing of each kind."""
    made = cast(house, world)
    with house.database.writing() as db:  # who has not answered the question about ties is led there first
        for person in ("assessor of another unit", "other employer"):
            ties.declare(
                db, id=uuid4(), person_id=made.people[person], learner_id=world.pa, relation=Relation.NONE,
                by=made.people[person], now=house.clock(),
            )  # fmt: skip
    return made


def address(pattern: str, there: Cast, world: World) -> str:
    return pattern.format_map({**there.things, "line": LINE, "assessor": world.assessor})


def test_everybody_opens_what_is_theirs_and_nothing_else(there: Cast, world: World, browser_for: BrowserFor) -> None:
    browsers = {who: browser_for(person) for who, person in there.people.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for who, browser in browsers.items():
            answer = browser.get(address(pattern, there, world))
            answer.close()
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
                answer = browser.post(address(pattern, there, world), {"what_was_seen": "Not theirs."})
                answer.close()
                if answer.status_code not in {403, 404, 405}:
                    wrong[pattern, who] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_about_somebody_is_in_the_table(app: Flask) -> None:
    rooms = {
        "evidence", "deciding", "signing", "media", "asking", "links", "together", "visits", "personal", "grids",
        "assessment", "household",
    }  # fmt: skip
    known = {_shape(each.partition("?")[0]) for each in MAY | POSTS}
    # Numbers that only their owner has, or that are looked at in the tests of their own rooms.
    elsewhere = (
        "/evidence/uploads", "/sign-off/*/withdraw", "/assessor-requests/", "/together/*", "/visits/meet/",
        "/visits/received/",
    )  # fmt: skip
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[1:2] and rule.endpoint.split(".")[1] in rooms and "<" in rule.rule:
            shape = _shape(rule.rule)
            assert shape in known or shape.startswith(elsewhere), rule.rule


def _shape(pattern: str) -> str:
    import re

    numbered = re.sub(r"/files/\d", "/files/*", pattern)
    found = re.sub(r"<[^>]+>|\{[^}]+\}", "*", numbered)
    return re.sub(r"(?<=/)CC\d+", "*", found)


def test_whoever_gave_a_piece_once_reads_nothing_of_what_others_made_of_it_since(
    there: Cast, house: House, world: World, browser_for: BrowserFor
) -> None:
    from lms.assessment.rules import Judgement

    with house.database.writing() as db:
        for piece in ("former employer's piece", "former assessor's piece"):
            there.practice.decide(
                db, world.assessor, there.things[piece], (LINE,), Judgement.NOT_YET_MET, feedback="Feedback for Pat."
            )
    for who, piece in (("employer before", "former employer's piece"), ("assessor before", "former assessor's piece")):
        page = text(browser_for(there.people[who]).get(f"/evidence/{there.things[piece]}"))
        assert "Words of the former" in page
        assert "Feedback for Pat" not in page
        assert "Dai Assessor" not in page
    assert "Feedback for Pat" in text(browser_for(world.pa).get(f"/evidence/{there.things[piece]}"))


def test_a_household_that_may_not_decide_does_not_read_where_its_pa_stands(
    there: Cast, world: World, browser_for: BrowserFor
) -> None:
    for who in WHOLE_HOME:
        page = text(browser_for(there.people[who]).get(f"/sign-off/{there.practice.enrolment}/CC5"))
        assert "not everything has been seen" not in page


def test_an_assessor_of_another_unit_reads_nothing_of_who_was_asked(there: Cast, browser_for: BrowserFor) -> None:
    page = text(browser_for(there.people["assessor of another unit"]).get(f"/asked-by-link/{there.practice.enrolment}"))
    assert "Nia Nurse" not in page


def test_a_verifier_reads_no_part_of_a_file_without_a_line_in_the_log(
    there: Cast, house: House, browser_for: BrowserFor
) -> None:
    browser = browser_for(there.people["verifier with access"])
    piece = there.things["assessor's piece"]
    answer = browser.get(f"/evidence/{piece}/files/1", headers={"Range": "bytes=1-"})
    assert answer.status_code == 206
    answer.close()
    with house.database.writing() as db:
        db.execute(update(EvidenceFile).values(captions="WEBVTT\n\n00:00.000 --> 00:02.000\nWhat shall we do first?"))
    for part in ("thumbnail", "thumbnail", "captions", "captions"):
        answer = browser.get(f"/evidence/{piece}/files/1/{part}")
        assert answer.status_code == 200
        answer.close()
    with house.database.reading() as db:
        looks = db.scalars(select(VerifierLook.what).order_by(VerifierLook.at, VerifierLook.what)).all()
    assert sorted(looks) == ["captions", "file", "thumbnail"], "each once a day"
    page = text(browser_for(there.people["coordinator"]).get("/quality/verifiers"))
    assert "the small picture of a file" in page
    assert "the captions of a file" in page
