"""Sign-off of a standard with a declaration, and its withdrawal."""

import json
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment import places
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.models import Allocation
from lms.assessment.rules import Judgement
from lms.assessment.signing.models import SignOff
from lms.assessment.signing.queries import sign_offs_of
from lms.core.house import House
from lms.learning import queries as learning
from tests.assessment.doings import BrowserFor, count, text
from tests.assessment.practising import Practice
from tests.world import World

DECLARED = {"agreed": "y", "name": "Dai Assessor", "role": "assessor, Rivermere College", "how": "typed"}


def lines_of(house: House, practice: Practice, unit: str) -> dict[str, str]:
    with house.database.reading() as db:
        placed = places.unit_of(db, learning.enrolment(db, practice.enrolment), unit)
    return {line.key: str(line.kind) for line in placed.unit.lines}


@pytest.fixture
def ready(house: House, practice: Practice, world: World) -> str:
    """Standard 12, every line met: the address of its sign-off."""
    lines = tuple(lines_of(house, practice, "CC12"))
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, lines)
        practice.decide(db, world.assessor, piece, lines, Judgement.MET, reason="Seen at work.")
    return f"/sign-off/{practice.enrolment}/CC12"


def only(house: House, practice: Practice) -> object:
    with house.database.reading() as db:
        (found,) = sign_offs_of(db, practice.enrolment)
    return found


def test_an_assessor_signs_off_with_a_declaration(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World
) -> None:
    browser = browser_for(world.assessor)
    assert "Everything is met. Sign it off" in text(browser.get(f"/assess/{practice.enrolment}/CC12"))
    page = text(browser.get(ready))
    assert "What the sign-off locks" in page
    assert "All of its 3 points are met." in page
    assert "Your name will stand on the Care Certificate of Pat Morgan, and that you signed as an assessor" in page
    assert "Pat Morgan may show it to others." in page
    once = str(uuid4())
    for _ in range(2):
        assert browser.post(ready, {**DECLARED, "once": once}).status_code == 302
    made = only(house, practice)
    assert (made.declared.name, made.declared.role, str(made.declared.how)) == (  # type: ignore[attr-defined]
        "Dai Assessor",
        "assessor, Rivermere College",
        "typed",
    )
    assert json.loads(made.copy)  # type: ignore[attr-defined]
    said = "Signed off by Dai Assessor, assessor, Rivermere College, on 21 November 2026."
    for who, path in {
        "assessor": f"/assess/{practice.enrolment}/CC12",
        "pa": f"/practice/{practice.enrolment}/CC12",
        "coordinator": f"/learners/{world.pa}/practice/CC12",
    }.items():
        assert said in text(browser_for(getattr(world, who)).get(path)), who
    assert "Can you say this?" not in text(browser.get(ready))


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"agreed": ""}, "Tick the box if you can say this"),
        ({"name": " "}, "Enter the name of whoever signs."),
        ({"role": ""}, "Enter the role"),
        ({"how": "drawn"}, "Not a valid choice"),
        ({"how": "spoken"}, "Enter who heard it."),
        ({"how": "supporter"}, "Enter the name of the supporter."),
        ({"how": "supporter", "supporter": "Ruth Yusuf"}, "Write how the signer agreed to it."),
    ],
)
def test_a_declaration_that_lacks_something_is_sent_back_whole(
    browser_for: BrowserFor, house: House, ready: str, world: World, *, amiss: dict[str, str], says: str
) -> None:
    answer = browser_for(world.assessor).submit(ready, {**DECLARED, **amiss})
    assert answer.status_code == 200
    assert "Error:" in text(answer)
    assert text(answer).count(says) == 2
    if "name" not in amiss:
        assert 'value="Dai Assessor"' in answer.get_data(as_text=True)
    assert count(house, SignOff) == 0


def test_said_aloud_and_by_a_supporter(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World
) -> None:
    spoken = {**DECLARED, "how": "spoken", "heard_by": "Cora Coordinator", "supporter": "not asked"}
    assert browser_for(world.assessor).submit(ready, spoken).status_code == 302
    made = only(house, practice)
    assert (made.declared.heard_by, made.declared.supporter) == ("Cora Coordinator", "")  # type: ignore[attr-defined]
    assert "Said aloud; Cora Coordinator heard it." in text(
        browser_for(world.pa).get(f"/practice/{practice.enrolment}/CC12")
    )


def test_what_is_not_all_met_cannot_be_signed(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    page = f"/sign-off/{practice.enrolment}/CC12"
    browser = browser_for(world.assessor)
    assert "This cannot be signed off yet" in text(browser.get(page))
    assert browser.post(page, {**DECLARED, "once": str(uuid4())}).status_code == 200
    assert count(house, SignOff) == 0


def test_nothing_is_added_after_the_sign_off(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World
) -> None:
    browser = browser_for(world.assessor)
    browser.submit(ready, DECLARED)
    assert 'value="12.1a"' not in browser.get(f"/assess/{practice.enrolment}/record?unit=CC12").get_data(as_text=True)
    offered = browser_for(world.pa).get(f"/practice/{practice.enrolment}/offer").get_data(as_text=True)
    assert not any(f'value="{line}"' in offered for line in lines_of(house, practice, "CC12"))


@pytest.mark.parametrize("who", ["assessor", "quality_assurer", "coordinator"])
def test_a_sign_off_is_withdrawn_with_a_reason(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World, *, who: str
) -> None:
    browser_for(world.assessor).submit(ready, DECLARED)
    page = f"/sign-off/{only(house, practice).id}/withdraw"  # type: ignore[attr-defined]
    browser = browser_for(getattr(world, who))
    assert "A certificate that rests on it is withdrawn too." in text(browser.get(page))
    untold = browser.submit(page, {"sure": "y"})
    assert "Write why" in text(untold)
    unsure = browser.submit(page, {"reason": "It was somebody else's work."})
    assert "Tick this if you want" in text(unsure)
    assert "somebody else's work" in text(unsure)
    back = browser.submit(page, {"reason": "It was somebody else's work.", "sure": "y"})
    assert back.status_code == 302
    after = text(browser.get(back.headers["Location"]))
    assert "Both sides are told." in after
    assert "Sign-offs that were withdrawn" in after
    assert browser.get(page).status_code == 404, "once"
    own = text(browser_for(world.pa).get(f"/practice/{practice.enrolment}/CC12"))
    assert "It was somebody else's work." in own
    assert browser_for(world.assessor).submit(ready, DECLARED).status_code == 302, "it can be signed off anew"
    with house.database.reading() as db:
        assert [each.turn for each in sign_offs_of(db, practice.enrolment)] == [1, 2]


OTHERS = {
    "pa": 403,
    "second_pa": 403,
    "employer_person": 404,
    "representative": 404,
    "other_assessor": 404,
    "other_coordinator": 404,
    "admin": 403,
}


def test_nobody_else_withdraws(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World
) -> None:
    browser_for(world.assessor).submit(ready, DECLARED)
    page = f"/sign-off/{only(house, practice).id}/withdraw"  # type: ignore[attr-defined]
    asked = {"reason": "No.", "sure": "y"}
    found = {who: browser_for(getattr(world, who)).post(page, asked).status_code for who in OTHERS}
    assert found == OTHERS
    assert browser_for(world.assessor).get(f"/sign-off/{uuid4()}/withdraw").status_code == 404


def test_a_signer_of_before_reads_whom_to_tell_and_finds_no_button(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World
) -> None:
    browser = browser_for(world.assessor)
    browser.submit(ready, DECLARED)
    assert "Withdraw this sign-off" in text(browser.get(f"/assess/{practice.enrolment}/CC12"))
    with house.database.writing() as db:
        for row in db.scalars(select(Allocation).where(Allocation.assessor_id == world.assessor)):
            row.until = practice.yesterday
    page = f"/sign-off/{only(house, practice).id}/withdraw"  # type: ignore[attr-defined]
    for answer in (browser.get(page), browser.post(page, {"reason": "No.", "sure": "y", "once": str(uuid4())})):
        assert "coordinator or a quality assurer. They can do it." in text(answer)
        assert "Withdraw the sign-off" not in text(answer)
    assert only(house, practice).withdrawn is None  # type: ignore[attr-defined]


def test_strangers_do_not_sign(browser_for: BrowserFor, practice: Practice, ready: str, world: World) -> None:
    for who, code in {"other_assessor": 404, "other_employer_person": 404, "pa": 403, "coordinator": 403}.items():
        assert browser_for(getattr(world, who)).post(ready, DECLARED).status_code == code, who


def test_evidence_is_locked_by_the_sign_off(
    browser_for: BrowserFor, house: House, practice: Practice, ready: str, world: World
) -> None:
    with house.database.writing() as db:
        line = next(iter(lines_of(house, practice, "CC12")))
        piece: UUID = practice.offer(db, world.pa, (line,), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
    browser_for(world.assessor).submit(ready, DECLARED)
    assert "so it cannot be taken back" in text(browser_for(world.pa).get(f"/evidence/{piece}"))
