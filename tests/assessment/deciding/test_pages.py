"""An assessor's pages of one learner: a whole activity written down, decided on, looked over, made final."""

from uuid import UUID, uuid4

import pytest

from lms.assessment.deciding.models import Decision, DecisionDraft, Sitting
from lms.assessment.deciding.queries import decisions_of, drafts_of
from lms.assessment.evidence.models import Evidence
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement
from lms.core.house import House
from tests.assessment.doings import BrowserFor, count, counted, text
from tests.assessment.practising import Practice, desk, second_assessor
from tests.world import World

KNOWN = "5.3~assessing"
FIVE = ["valid", "authentic", "reliable", "current", "sufficient"]
ACTIVITY = {
    "lines": ["1.1c", "5.2b", "7.1a"],
    "kind": "direct_observation",
    "on": ["20", "11", "2026"],
    "setting": "own_home",
    "text": "A. asked for a shower before breakfast. Pat asked how, closed the door, and waited outside until called.",
}


def pieces(house: House, practice: Practice) -> list[UUID]:
    with house.database.reading() as db:
        return [piece.id for piece in evidence_of(db, practice.enrolment)]


def decisions(house: House, practice: Practice) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    with house.database.reading() as db:
        for one in decisions_of(db, practice.enrolment):
            found.setdefault(one.line, []).append(one.judgement)
    return found


def test_a_whole_activity_from_the_list_to_final_decisions(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.assessor)
    assert f"/assess/{practice.enrolment}" in browser.get("/assess").get_data(as_text=True)
    page = text(browser.get(desk(practice)))
    assert "Record what you saw Pat Morgan do" in page
    assert "5. Work in a person-centred way" in page

    saved = browser.submit(desk(practice, "/record"), ACTIVITY)
    assert saved.status_code == 302
    decide = saved.headers["Location"]
    page = text(browser.get(decide))
    assert "Now decide, point by point." in page
    assert "waited outside until called" in page

    sent = {
        "judgement-1.1c": "met",
        "judgement-7.1a": "more_evidence",
        "feedback-7.1a": "Tell me next time why privacy matters here.",
        "why": "She asked first and kept the door closed.",
        "five": FIVE,
    }
    looked = browser.submit(decide, sent)
    assert looked.headers["Location"] == desk(practice, "/drafts")
    assert count(house, Decision) == 0
    over = text(browser.get(desk(practice, "/drafts")))
    assert "This is what Pat Morgan will be told" in over
    assert "Tell me next time why privacy matters here." in over
    assert "2 drafts of yours are not final" in text(browser.get(desk(practice)))

    assert browser.submit(desk(practice, "/drafts")).status_code == 302
    assert decisions(house, practice) == {"1.1c": [Judgement.MET], "7.1a": [Judgement.MORE_EVIDENCE]}
    assert "2 decisions are final. Pat Morgan is told." in text(browser.get(desk(practice)))
    own = text(browser_for(world.pa).get("/practice"))
    assert "She asked first and kept the door closed." in own
    assert "Tell me next time why privacy matters here." in own


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"judgement-1.1c": ""}, "for at least one point"),
        ({"five": ["valid"]}, "have to be able to say all five"),
        ({"judgement-1.1c": "not_yet_met"}, "Write what is missing or what to work on."),
        ({"judgement-1.1c": "failed"}, "Not a valid choice"),
        ({"why": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_a_decision_says_what_it_needs_to_say(
    browser_for: BrowserFor,
    house: House,
    practice: Practice,
    seen: UUID,
    world: World,
    *,
    amiss: dict[str, object],
    says: str,
) -> None:
    sent = {"judgement-1.1c": "met", "reason-1.1c": "I was there.", "five": FIVE, **amiss}
    answer = browser_for(world.assessor).submit(desk(practice, f"/decide/{seen}"), sent)
    assert answer.status_code == 200
    assert "Error:" in text(answer)
    assert says in text(answer)
    assert "I was there." in text(answer)
    assert count(house, DecisionDraft) == 0


def test_practice_is_not_met_by_what_nobody_saw(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.pa, ("1.1c", "5.2b"), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
    browser, page = browser_for(world.assessor), desk(practice, f"/decide/{piece}")
    assert "has to be seen at work" in text(browser.get(page))
    answer = browser.submit(page, {"judgement-1.1c": "met", "five": FIVE})
    assert "has to be seen at work" in text(answer)
    assert "Error:" in text(answer)
    more = {
        "judgement-1.1c": "more_evidence",
        "feedback-1.1c": "Ask to be seen.",
        "judgement-5.2b": "met",
        "five": FIVE,
    }
    assert browser.submit(page, more).status_code == 302


def test_a_draft_can_be_changed_and_thrown_away(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    browser, page = browser_for(world.assessor), desk(practice, f"/decide/{seen}")
    browser.submit(page, {"judgement-1.1c": "met", "reason-1.1c": "First word.", "five": FIVE})
    again = browser.get(page).get_data(as_text=True)
    assert "First word." in again
    browser.submit(page, {"judgement-1.1c": "met", "reason-1.1c": "Second word.", "five": FIVE})
    with house.database.reading() as db:
        (draft,) = drafts_of(db, practice.enrolment, world.assessor)
    assert draft.deciding.reason == "Second word."
    for _ in range(2):
        assert browser.post(desk(practice, "/drafts/drop"), {"line": "1.1c"}).status_code == 302
    assert count(house, DecisionDraft) == 0
    assert "You have no drafts" in text(browser.get(desk(practice, "/drafts")))


def test_a_double_tap_is_final_once(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    browser, once = browser_for(world.assessor), str(uuid4())
    browser.submit(desk(practice, f"/decide/{seen}"), {"judgement-1.1c": "met", "five": FIVE})
    for _ in range(2):
        assert browser.post(desk(practice, "/drafts"), {"once": once, "lines": "1.1c"}).status_code == 302
    assert (count(house, Sitting), count(house, Decision)) == (1, 1)


def test_a_later_decision_supersedes_and_the_history_stays(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    with house.database.writing() as db:
        practice.decide(db, world.assessor, seen, ("1.1c",), Judgement.NOT_YET_MET, feedback="Ask before you start.")
    browser = browser_for(world.assessor)
    browser.submit(desk(practice, f"/decide/{seen}"), {"judgement-1.1c": "met", "five": FIVE})
    assert "It takes the place of “Not yet”" in text(browser.get(desk(practice, "/drafts")))
    browser.submit(desk(practice, "/drafts"))
    assert sorted(decisions(house, practice)["1.1c"]) == [Judgement.MET, Judgement.NOT_YET_MET]
    page = text(browser_for(world.pa).get(f"/practice/{practice.enrolment}/CC1"))
    assert "Decided before" in page
    assert "Ask before you start." in page
    assert "a later decision took its place" in page
    assert "Not yet (earlier)" in page


def test_two_who_decide_at_once_see_both(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    browser = browser_for(world.assessor)
    browser.submit(desk(practice, f"/decide/{seen}"), {"judgement-1.1c": "met", "five": FIVE})
    with house.database.writing() as db:
        other = second_assessor(db, practice, world)
        practice.decide(db, other, seen, ("1.1c",), Judgement.NOT_YET_MET, feedback="The other one.")
    over = browser.get(desk(practice, "/drafts"))
    assert "Somebody decided on this since you wrote it." in text(over)
    assert "The other one." in text(over)
    refused = browser.submit(desk(practice, "/drafts"))
    assert refused.status_code == 200
    assert decisions(house, practice) == {"1.1c": [Judgement.NOT_YET_MET]}
    browser.submit(desk(practice, f"/decide/{seen}"), {"judgement-1.1c": "met", "five": FIVE})
    assert browser.submit(desk(practice, "/drafts")).status_code == 302


def test_outside_their_competence_the_page_says_so_before_they_type(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.assessor)
    record = text(browser.get(desk(practice, "/record?unit=CC6")))
    assert "In some standards you keep a record, and do not decide" in record
    assert "Nobody has recorded yet that you may decide on this standard." in record
    saved = browser.submit(desk(practice, "/record"), {**ACTIVITY, "lines": ["6.2a"]})
    assert saved.headers["Location"] == desk(practice), "there is nothing for them to decide"
    assert "saved as a record" in text(browser.get(desk(practice)))
    (piece,) = pieces(house, practice)
    page = desk(practice, f"/decide/{piece}")
    assert "Nobody has recorded yet" in text(browser.get(page))
    kept = {"judgement-6.2a": "not_yet_met", "feedback-6.2a": "Look up when you speak."}
    assert browser.submit(page, kept).status_code == 302
    over = text(browser.get(desk(practice, "/drafts")))
    assert "Kept, not yours to decide" in over
    assert "decision final" not in over
    browser.post(desk(practice, "/drafts"), {"once": str(uuid4()), "lines": "6.2a"})
    assert count(house, Decision) == 0


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"lines": []}, "Choose at least one point"),
        ({"kind": "oral_questions", "asked": ""}, "Note what you asked"),
        ({"setting": ""}, "Choose the kind of place."),
        ({"on": ["31", "10", "2026"]}, "before they joined"),
        ({"text": " "}, "Write what you saw or heard."),
    ],
)
def test_what_is_amiss_in_a_record_is_said_and_nothing_is_lost(
    browser_for: BrowserFor, house: House, practice: Practice, world: World, *, amiss: dict[str, object], says: str
) -> None:
    answer = browser_for(world.assessor).submit(desk(practice, "/record"), {**ACTIVITY, **amiss})
    assert "Error:" in text(answer)
    assert text(answer).count(says) == 2
    if "text" not in amiss:
        assert "waited outside until called" in text(answer)
    assert count(house, Evidence) == 0


PAGES = ("", "/record", "/decide/{piece}", "/drafts", "/CC5")
OTHERS = {
    "pa": 403,
    "employer_person": 403,
    "coordinator": 403,
    "quality_assurer": 403,
    "admin": 403,
    "other_assessor": 404,
}


def test_only_the_learners_assessor_opens_the_desk(
    browser_for: BrowserFor, practice: Practice, seen: UUID, world: World
) -> None:
    for path in PAGES:
        page = desk(practice, path.format(piece=seen))
        assert browser_for(world.assessor).get(page).status_code == 200, page
        found = {who: browser_for(getattr(world, who)).get(page).status_code for who in OTHERS}
        assert found == OTHERS, page
        assert (
            browser_for(world.assessor).get(page.replace(str(practice.enrolment), str(practice.second))).status_code
            == 404
        )
        assert browser_for(world.assessor).get(page.replace(str(practice.enrolment), str(uuid4()))).status_code == 404
    assert browser_for(world.assessor).get(desk(practice, f"/decide/{uuid4()}")).status_code == 404


READERS = {
    "coordinator": 200,
    "quality_assurer": 200,
    "other_coordinator": 404,
    "assessor": 403,
    "pa": 403,
    "employer_person": 403,
    "register_officer": 403,
}


def test_coordinators_and_quality_assurers_read_the_same_page(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    with house.database.writing() as db:
        practice.decide(db, world.assessor, seen, ("1.1c",), Judgement.MET, reason="She asked first.")
    for path in ("", "/CC1"):
        page = f"/learners/{world.pa}/practice{path}"
        found = {who: browser_for(getattr(world, who)).get(page).status_code for who in READERS}
        assert found == READERS, page
    read = browser_for(world.quality_assurer).get(f"/learners/{world.pa}/practice/CC1")
    assert "She asked first." in text(read)
    assert "/record" not in read.get_data(as_text=True)
    assert browser_for(world.coordinator).get(f"/learners/{world.other_pa}/practice").status_code == 404
    assert browser_for(world.coordinator).get(f"/learners/{world.pa}/practice/CC99").status_code == 404
    begin = f"/learners/{world.pa}/practice/begin"
    assert browser_for(world.other_coordinator).post(begin, {"framework": "cc-2015"}).status_code == 404
    assert browser_for(world.quality_assurer).get(begin).status_code == 403


def test_pages_cost_the_same_however_much_is_recorded(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    pages = {
        "assessor": (desk(practice), desk(practice, "/CC5"), desk(practice, "/record"), desk(practice, "/drafts")),
        "pa": ("/practice", f"/practice/{practice.enrolment}/CC5"),
        "coordinator": (f"/learners/{world.pa}/practice", f"/learners/{world.pa}/practice/CC5"),
    }

    def costs() -> dict[str, int]:
        found = {}
        for who, paths in pages.items():
            for path in paths:
                browser = browser_for(getattr(world, who))
                with counted(house) as sent:
                    browser.get(path)
                found[path] = len(sent)
        return found

    with house.database.writing() as db:
        practice.decide(db, world.assessor, seen, ("1.1c",), Judgement.MET)
    before = costs()
    with house.database.writing() as db:
        for _ in range(8):
            piece = practice.offer(db, world.assessor, ("1.1c", "5.2b", "7.2a"))
            practice.decide(db, world.assessor, piece, ("1.1c", "7.2a"), Judgement.MET)
    assert costs() == before
    assert max(before.values()) <= 34, before
