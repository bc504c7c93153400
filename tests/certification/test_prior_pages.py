"""Pages of prior learning: a paper handed in, kept over a failed try, decided by who is tied to the learner."""

import io
import re
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from PIL import Image

from lms.assessment import allocating
from lms.certification.prior.home import cards
from lms.core.clock import london_day
from lms.core.house import House
from lms.learning.prior import queries
from lms.learning.prior.queries import OfferView
from lms.people import queries as people
from tests.certification import steps
from tests.world import World


def _pdf() -> bytes:
    made, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    pdf.save(made)
    return made.getvalue()


PAPER = _pdf()


@pytest.fixture
def enrolment_id(house: House, world: World, now: datetime) -> UUID:
    with house.database.writing() as db:
        made = steps.enrolled(db, world, now)
        allocating.allocate_assessor(
            db,
            id=uuid4(),
            enrolment_id=made,
            assessor_id=world.assessor,
            since=london_day(now),
            by=world.coordinator,
            now=now,
        )
    return made


@pytest.fixture
def form(enrolment_id: UUID) -> str:
    return f"/learning/{enrolment_id}/PAI-1/prior-learning"


def answers(**other: Any) -> dict[str, Any]:
    asked = {"outcomes": ["PAI-1.1"], "title": "Induction elsewhere", "proof": "paper"}
    return {**asked, "paper": (io.BytesIO(PAPER), "mine.pdf"), **other}


def offers(house: House, world: World) -> list[OfferView]:
    with house.database.reading() as db:
        return queries.offers_of(db, world.pa)


def test_a_learner_offers_a_paper_and_an_assessor_accepts_it(
    browser_for: Any, house: House, world: World, form: str, enrolment_id: UUID
) -> None:
    learner, assessor = browser_for(world.pa), browser_for(world.assessor)
    sent = learner.submit(form, answers())
    assert sent.status_code == 302
    (offer,) = offers(house, world)
    assert "Waiting for an assessor" in learner.get("/prior-learning").get_data(as_text=True)
    page = f"/prior-learning/{offer.id}/decision"
    assert page in assessor.get("/prior-learning/waiting").get_data(as_text=True)
    paper = assessor.get(f"/prior-learning/{offer.id}/handed-in")
    assert paper.get_data() == PAPER
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert paper.headers["X-Content-Type-Options"] == "nosniff"
    both = assessor.submit(page, {"accepted": ["PAI-1.1", "none"], "reason": "Seen."})
    assert "Tick one or the other" in both.get_data(as_text=True)
    assert assessor.submit(page, {"accepted": ["PAI-1.1"], "reason": "The certificate shows it."}).status_code == 302
    mine = learner.get("/prior-learning").get_data(as_text=True)
    assert "Accepted as prior learning" in mine
    assert "The certificate shows it." in mine
    module = learner.get(f"/learning/{enrolment_id}/PAI-1").get_data(as_text=True)
    assert "Prior learning" in module


def test_a_photo_as_large_as_phones_take_them_is_taken(browser_for: Any, house: House, world: World, form: str) -> None:
    photo = io.BytesIO()
    Image.effect_noise((2000, 1500), 90).convert("RGB").save(photo, "JPEG", quality=95)
    assert photo.tell() > 2_000_000
    sent = browser_for(world.pa).submit(form, answers(paper=(io.BytesIO(photo.getvalue()), "photo.jpg")))
    assert sent.status_code == 302
    (offer,) = offers(house, world)
    assert offer.paper is not None
    much = io.BytesIO(bytes(12_000_000))
    assert browser_for(world.pa).submit(form, answers(paper=(much, "photo.jpg"))).status_code == 413


def test_cards_say_what_waits_and_what_was_decided(
    browser_for: Any, house: House, world: World, form: str, now: datetime
) -> None:
    def shown(person: UUID) -> list[str]:
        with house.database.reading() as db:
            viewer = people.viewer_of(db, person, london_day(now))
            assert viewer is not None
            return [card.body for card in cards(db, viewer, now)]

    assert shown(world.assessor) == shown(world.pa) == []
    browser_for(world.pa).submit(form, answers())
    assert len(shown(world.assessor)) == len(shown(world.coordinator)) == 1
    (offer,) = offers(house, world)
    decision = {"accepted": ["none"], "reason": "The name is another."}
    browser_for(world.assessor).submit(f"/prior-learning/{offer.id}/decision", decision)
    assert shown(world.assessor) == []
    assert "did not accept" in shown(world.pa)[0]


def test_a_paper_is_not_lost_when_something_else_is_wrong(
    browser_for: Any, house: House, world: World, form: str
) -> None:
    learner = browser_for(world.pa)
    back = learner.submit(form, answers(title="")).get_data(as_text=True)
    assert "Say what it was" in back
    assert "Handed in already: mine.pdf" in back
    hidden = dict(re.findall(r'name="(kept|once|lms_csrf_token)"[^>]*value="([^"]+)"', back))
    sent = learner.post_raw(form, {**hidden, "outcomes": ["PAI-1.1"], "title": "Induction", "proof": "paper"})
    assert sent.status_code == 302
    assert len(offers(house, world)) == 1
    other = browser_for(world.second_pa)
    assert other.get(form).status_code == 404


def test_a_note_of_a_paper_holds_for_who_handed_it_in_only(
    browser_for: Any, house: House, world: World, form: str, now: datetime
) -> None:
    back = browser_for(world.pa).submit(form, answers(title="")).get_data(as_text=True)
    note = re.search(r'name="kept"[^>]*value="([^"]+)"', back)
    assert note
    with house.database.writing() as db:
        theirs = steps.enrolled(db, world, now, learner=world.second_pa)
    thief = browser_for(world.second_pa)
    page = thief.submit(f"/learning/{theirs}/PAI-1/prior-learning", answers(paper="", kept=note[1]))
    assert "Hand in a photo or PDF of the paper." in page.get_data(as_text=True)


def test_all_that_is_missing_is_named_at_once(browser_for: Any, world: World, form: str) -> None:
    page = browser_for(world.pa).submit(form, {"outcomes": [], "title": "", "paper": ""}).get_data(as_text=True)
    assert "Choose at least one thing" in page
    assert "Say what it was" in page
    assert page.count("Hand in a photo or PDF of the paper.") == 2  # in the summary and beside the field


@pytest.mark.parametrize("data", [b"", b"<html><script>alert(1)</script>", b"%PDF-1.7 no"])
def test_what_is_no_paper_is_refused_beside_its_field(
    browser_for: Any, house: House, world: World, form: str, data: bytes
) -> None:
    page = browser_for(world.pa).submit(form, answers(paper=(io.BytesIO(data), "mine.pdf")))
    assert page.status_code == 200
    assert 'id="paper-error"' in page.get_data(as_text=True)
    assert offers(house, world) == []


def test_a_certificate_can_be_named_only_by_who_holds_it(
    browser_for: Any, house: House, world: World, form: str
) -> None:
    named = answers(proof="certificate", certificate="ABCD-EFGH-JKLM", paper="")
    page = browser_for(world.pa).submit(form, named).get_data(as_text=True)
    assert offers(house, world) == []
    assert "There is a problem" in page


def test_who_may_see_and_decide(browser_for: Any, house: House, world: World, form: str) -> None:
    browser_for(world.pa).submit(form, answers())
    (offer,) = offers(house, world)
    decision, paper = f"/prior-learning/{offer.id}/decision", f"/prior-learning/{offer.id}/handed-in"
    table = {
        world.assessor: (200, 200),
        world.other_assessor: (404, 404),
        world.coordinator: (403, 403),
        world.pa: (403, 403),
        world.employer_person: (403, 403),
        world.admin: (403, 403),
    }
    for person, (page, file) in table.items():
        browser = browser_for(person)
        assert (browser.get(decision).status_code, browser.get(paper).status_code) == (page, file)
    assert browser_for(world.second_pa).get(f"/prior-learning/{offer.id}/paper").status_code == 404
    assert browser_for(world.pa).get(f"/prior-learning/{offer.id}/paper").status_code == 200
    waiting = browser_for(world.coordinator).get("/prior-learning/waiting").get_data(as_text=True)
    assert "Induction elsewhere" in waiting
    assert decision not in waiting
    there = browser_for(world.other_coordinator).get("/prior-learning/waiting").get_data(as_text=True)
    assert "Nothing waits." in there
