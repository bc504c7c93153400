"""How a standard and its decisions read: what counts, what comes first, and what waits for nobody."""

from uuid import UUID

import pytest

from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.labels import judged
from lms.assessment.deciding.queries import decisions_of
from lms.assessment.deciding.rules import Counts, ReviewOutcome, ReviewPart
from lms.assessment.deciding.stands import undecided_of
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.house import House
from tests.assessment.doings import BrowserFor, text
from tests.assessment.practising import Practice, desk
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


@pytest.mark.parametrize(
    ("judgement", "counts", "says"),
    [
        (Judgement.MET, Counts.YES, "Met"),
        (Judgement.MET, Counts.WAITS_COUNTERSIGN, "Met, waits for a second person"),
        (Judgement.MET, Counts.SENT_BACK, "Was met: sent back, to be decided anew"),
        (Judgement.MET, Counts.SUPERSEDED, "Met (earlier)"),
        (Judgement.NOT_YET_MET, Counts.YES, "Not yet"),
        (Judgement.MORE_EVIDENCE, Counts.SUPERSEDED, "More evidence needed (earlier)"),
    ],
)
def test_a_decision_that_does_not_count_is_called_otherwise(judgement: Judgement, counts: Counts, says: str) -> None:
    assert judged(judgement, counts) == says


def test_met_that_was_sent_back_does_not_read_met(
    browser_for: BrowserFor, house: House, practice: Practice, seen: UUID, world: World
) -> None:
    pages = {
        world.pa: f"/practice/{practice.enrolment}/CC1",
        world.assessor: desk(practice, "/CC1"),
        world.quality_assurer: f"/learners/{world.pa}/practice/CC1",
    }
    with house.database.writing() as db:
        practice.decide(db, world.assessor, seen, ("1.1c",), Judgement.MET)
    for who, page in pages.items():
        assert "<strong>Met</strong>" in browser_for(who).get(page).get_data(as_text=True), page
    with house.database.writing() as db:
        deciding.review(
            db,
            decision_id=decisions_of(db, practice.enrolment)[0].id,
            part=ReviewPart.SAMPLE,
            outcome=ReviewOutcome.SENT_BACK,
            word="",
            action="See it once more.",
            due_on=london_day(practice.now),
            by=world.quality_assurer,
            now=practice.now,
        )
    for who, page in pages.items():
        html = browser_for(who).get(page).get_data(as_text=True)
        assert "<strong>Met</strong>" not in html, page
        assert "<strong>Was met: sent back, to be decided anew</strong>" in html, page


def test_what_has_to_be_seen_stands_first_and_knowledge_is_folded_away(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    pages = {
        world.pa: f"/practice/{practice.enrolment}/CC5",
        world.assessor: desk(practice, "/CC5"),
        world.coordinator: f"/learners/{world.pa}/practice/CC5",
    }
    with house.database.writing() as db:
        talk = practice.offer(
            db, world.assessor, (KNOWN,), kind=EvidenceKind.ORAL_QUESTIONS, asked="How?", setting=None
        )
        practice.decide(db, world.assessor, talk, (KNOWN,), Judgement.MET)
    for who, page in pages.items():
        html = browser_for(who).get(page).get_data(as_text=True)
        seen, knowledge = html.index(">To be seen at work</h2>"), html.index(">Knowledge</h2>")
        assert seen < html.index('id="line-5.4a"') < knowledge < html.index(f'id="line-{KNOWN}"'), page
        assert "points of knowledge: 1 shown" in html, page
        assert '<details class="govuk-details" id="knowledge">' in html, page
    with house.database.writing() as db:
        practice.decide(db, world.assessor, talk, (KNOWN,), Judgement.NOT_YET_MET, feedback="Say why.")
    for who, page in pages.items():
        html = browser_for(who).get(page).get_data(as_text=True)
        assert '<details class="govuk-details" open id="knowledge">' in html, page


def test_knowledge_ticked_for_what_was_seen_waits_for_nobody(
    browser_for: BrowserFor, house: House, practice: Practice, world: World
) -> None:
    browser = browser_for(world.assessor)
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, ("5.4a", KNOWN))
    page = text(browser.get(desk(practice, f"/decide/{piece}")))
    assert page.count("This is knowledge: what was seen cannot show it. Leave it out") == 1
    assert "Decide on:" in text(browser.get(desk(practice, "/CC5")))
    with house.database.writing() as db:
        practice.decide(db, world.assessor, piece, ("5.4a",), Judgement.MET)
        assert undecided_of(db, practice.enrolment) == {}
    assert "Decide on:" not in text(browser.get(desk(practice, "/CC5")))
    with house.database.writing() as db:
        practice.offer(db, world.pa, (KNOWN,), kind=EvidenceKind.REFLECTIVE_ACCOUNT)
        assert undecided_of(db, practice.enrolment)["CC5"][0] == 1
    assert "Decide on:" in text(browser.get(desk(practice, "/CC5")))
