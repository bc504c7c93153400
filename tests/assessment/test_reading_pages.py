"""The reader's pages and what the learner sees of it, with the test client."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.core.house import House
from lms.core.work import do_all
from lms.learning import services as learning
from lms.learning.states import WorkState
from lms.learning.writing import queries as writing
from lms.learning.writing.models import Reading
from tests.assessment.conftest import Course
from tests.assessment.doings import BrowserFor, count, counted, text
from tests.conftest import StandingClock
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

PRIVATE = "I asked A. before I moved <b>her</b> chair."


def write(house: House, enrolment: UUID, by: UUID, now: datetime, words: str = PRIVATE) -> UUID:
    with house.database.writing() as db:
        learning.write_activity(db, enrolment_id=enrolment, activity="PAI-1-A1", text=words, by=by, now=now)
    with house.database.reading() as db:
        piece = writing.activity_piece(db, enrolment, "PAI-1-A1")
    assert piece is not None
    return piece.id


def state(house: House, course: Course) -> WorkState:
    with house.database.reading() as db:
        piece = writing.activity_piece(db, course.enrolment, "PAI-1-A1")
    assert piece is not None
    return piece.state


@pytest.fixture
def work(house: House, course: Course, world: World, now: datetime) -> UUID:
    """A text of the first PA that waits."""
    return write(house, course.enrolment, world.pa, now)


def test_from_the_card_to_the_comment_and_back(
    browser_for: BrowserFor, house: House, course: Course, world: World, work: UUID
) -> None:
    reader, learner = browser_for(world.assessor), browser_for(world.pa)
    assert "Texts to read: 1" in text(reader.get("/"))
    listed = text(reader.get("/reading"))
    assert "Pat Morgan" in listed
    assert "1 text waits" in listed
    assert PRIVATE[:5] not in listed
    taken = reader.post("/reading/next")
    assert taken.location.endswith(f"/reading/{work}")
    page = reader.get(taken.location)
    assert "&lt;b&gt;her&lt;/b&gt;" in page.get_data(as_text=True)
    assert "Does it point to harm?" in text(page)
    assert "12:30" in text(page)
    sent = {"judged": "not_yet", "comment": "Good.\nNow say what A. wanted."}
    assert reader.submit(f"/reading/{work}", sent).status_code == 302
    assert state(house, course) is WorkState.SENT_BACK

    home = text(learner.get("/"))
    assert "Your next step Dai Assessor sent you a comment" in " ".join(home.split())
    own = text(learner.get(f"/learning/texts/{work}"))
    assert "Now say what A. wanted." in own
    assert "Not yet" in own
    assert "fail" not in own.lower()
    assert learner.submit(f"/learning/texts/{work}", {"text": "A. wanted to sit by the window."}).status_code == 302
    assert "version 2" in text(reader.get("/reading")).lower()
    again = text(reader.get(f"/reading/{work}"))
    assert "A. wanted to sit by the window." in again
    assert "Now say what A. wanted." in again
    reader.post(f"/reading/{work}/open")
    assert reader.submit(f"/reading/{work}", {"judged": "met", "comment": ""}).status_code == 302
    assert "Met" in text(learner.get(f"/learning/texts/{work}"))
    assert "sent you a comment" not in text(learner.get("/"))


def test_the_mail_says_that_there_is_a_comment_and_nothing_of_it(
    browser_for: BrowserFor, house: House, world: World, work: UUID, clock: StandingClock
) -> None:
    reader = browser_for(world.coordinator)
    reader.post(f"/reading/{work}/open")
    reader.submit(f"/reading/{work}", {"judged": "met", "comment": "You asked her. That is it."})
    do_all(house, now=clock())
    assert house.settings.outbox is not None
    mails = [path.read_text() for path in house.settings.outbox.glob("*.eml")]
    (mail,) = [each for each in mails if "comment on what you wrote" in each]
    assert "pat.morgan@example.com" in mail
    assert str(work) in mail
    assert "asked" not in mail
    assert "A message" not in mail
    told = text(browser_for(world.pa).get("/messages"))
    assert "You have a comment on what you wrote" in told


def test_a_second_reader_is_told_who_has_it_and_loses_nothing(
    browser_for: BrowserFor, house: House, world: World, work: UUID, clock: StandingClock
) -> None:
    first, second = browser_for(world.assessor), browser_for(world.coordinator)
    first.post(f"/reading/{work}/open")
    assert "Dai Assessor has it open until 12:30" in text(second.get("/reading"))
    assert "Dai Assessor has this open until 12:30." in text(second.get(f"/reading/{work}"))
    none = second.post("/reading/next", follow_redirects=True)
    assert "Nothing is free to read at the moment." in text(none)
    page = first.get(f"/reading/{work}")
    assert page.status_code == 200
    clock.on(minutes=31)
    second.post(f"/reading/{work}/open")
    late = first.submit(f"/reading/{work}", {"judged": "met", "comment": "All that I typed", "version": "1"})
    assert late.status_code == 200
    said = text(late)
    assert "Cora Coordinator has this open until 13:01." in said
    assert "All that I typed" in said
    assert count(house, Reading) == 0
    assert "All that I typed" in text(first.get(f"/reading/{work}"))


def test_a_draft_is_kept_and_gives_more_time(
    browser_for: BrowserFor, house: House, world: World, work: UUID, clock: StandingClock
) -> None:
    reader = browser_for(world.assessor)
    reader.post(f"/reading/{work}/open")
    clock.on(minutes=20)
    kept = reader.submit(f"/reading/{work}", {"judged": "met", "comment": "Half a", "draft": "yes"})
    assert kept.status_code == 302
    page = text(reader.get(f"/reading/{work}"))
    assert "Half a" in page
    assert "12:50" in page
    reader.post(f"/reading/{work}/put-back")
    assert "What you typed so far is kept" in text(reader.get(f"/reading/{work}"))
    assert count(house, Reading) == 0


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"judged": "", "comment": "x"}, "Choose “Met” or “Not yet”."),
        ({"judged": "fail", "comment": "x"}, "Not a valid choice"),
        ({"judged": "not_yet", "comment": " "}, "Write what is still missing"),
        ({"judged": "met", "comment": "y" * 4001}, "at most 4000 characters"),
        ({"judged": "met", "comment": "kept", "version": "7"}, "A newer version came meanwhile"),
        ({"judged": "met", "comment": "kept", "version": "x"}, "A newer version came meanwhile"),
    ],
)
def test_what_is_amiss_is_said_and_nothing_is_lost(
    browser_for: BrowserFor, house: House, world: World, work: UUID, *, amiss: dict[str, str], says: str
) -> None:
    reader = browser_for(world.assessor)
    reader.post(f"/reading/{work}/open")
    answer = reader.submit(f"/reading/{work}", amiss)
    assert answer.status_code == 200
    assert "Error:" in text(answer)
    assert says in text(answer)
    assert amiss["comment"].strip() in answer.get_data(as_text=True)
    assert count(house, Reading) == 0


def test_another_authoritys_text_is_not_there(
    browser_for: BrowserFor, course: Course, house: House, world: World, now: datetime
) -> None:
    other = write(house, course.other, world.other_pa, now)
    for who in (world.coordinator, world.assessor):
        browser = browser_for(who)
        assert browser.get(f"/reading/{other}").status_code == 404
        for act in ("", "/open", "/put-back"):
            sent = {"judged": "met", "comment": "", "version": "1"}
            assert browser.post(f"/reading/{other}{act}", sent).status_code == 404
        assert "Olwen Price" not in text(browser.get("/reading"))
    for path in (f"/learning/texts/{other}", f"/learning/texts/{other}/take-back"):
        assert browser_for(world.pa).post(path, {"text": "x"}).status_code == 404


def test_the_list_is_narrowed_to_a_module(browser_for: BrowserFor, world: World, work: UUID) -> None:
    reader = browser_for(world.coordinator)
    assert "Pat Morgan" in text(reader.get("/reading?module=PAI-1"))
    nothing = text(reader.get("/reading?module=PAI-9"))
    assert "Pat Morgan" not in nothing
    assert "Nothing waits to be read." in nothing


def test_a_learner_takes_back_and_downloads(
    browser_for: BrowserFor, house: House, course: Course, world: World, work: UUID
) -> None:
    learner = browser_for(world.pa)
    assert "Waiting to be read" in text(learner.get("/learning/texts"))
    page = learner.get("/learning/texts.html")
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert "&lt;b&gt;her&lt;/b&gt;" in page.get_data(as_text=True)
    plain = learner.get("/learning/texts.txt")
    assert (plain.mimetype, plain.headers["X-Content-Type-Options"]) == ("text/plain", "nosniff")
    assert PRIVATE in plain.get_data(as_text=True)
    assert learner.post(f"/learning/texts/{work}/take-back").status_code == 302
    assert state(house, course) is WorkState.TAKEN_BACK
    reader = browser_for(world.assessor)
    gone = text(reader.get(f"/reading/{work}"))
    assert "took this text back" in gone
    assert "I asked A." not in gone
    assert "Texts to read: " not in text(reader.get("/"))
    assert "Only yours" in text(learner.get("/learning/texts"))
    assert PRIVATE not in browser_for(world.second_pa).get("/learning/texts.txt").get_data(as_text=True)


def test_pages_cost_as_many_queries_for_many_texts_as_for_few(
    browser_for: BrowserFor, house: House, course: Course, world: World, work: UUID
) -> None:
    reader, learner, now = browser_for(world.coordinator), browser_for(world.pa), house.clock()
    pages = {reader: ("/", "/reading", f"/reading/{work}"), learner: ("/", "/learning/texts")}
    asked = []
    for more in (0, 1):
        if more:
            write(house, course.second, world.second_pa, now)
            for number in range(20):
                write(house, course.enrolment, world.pa, now, f"Version {number}")
        for browser, paths in pages.items():
            for path in paths:
                browser.get(path)
                with counted(house) as sent:
                    assert browser.get(path).status_code == 200
                asked.append((path, len(sent)))
    assert asked[: len(asked) // 2] == asked[len(asked) // 2 :]
    assert max(sent for _path, sent in asked) <= 20


def test_the_same_form_sent_twice_is_one_reading(
    browser_for: BrowserFor, house: House, world: World, work: UUID
) -> None:
    reader = browser_for(world.assessor)
    reader.post(f"/reading/{work}/open")
    once = "5f0d5c5e-6f0c-4b52-9a3f-0d9f5b9b6d01"
    sent = {"judged": "met", "comment": "Good", "version": "1", "once": once}
    for _ in range(2):
        assert reader.post(f"/reading/{work}", sent).status_code == 302
    with house.database.reading() as db:
        assert [str(row.id) for row in db.scalars(select(Reading))] == [once]
