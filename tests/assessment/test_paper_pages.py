"""Pages of study on paper, from the coordinator's list to the learner's result, and who may open which."""

import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from lms.assessment import allocating
from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as study
from lms.learning.acting import Instead
from lms.learning.models import Answer, LessonDone
from lms.learning.paper import queries, services
from lms.learning.paper.models import PaperRecord
from lms.learning.paper.rules import sheet_number
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.doings import BrowserFor, count, counted, text
from tests.assessment.on_paper import PAPER, OnDesk
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
EVERY_KIND = Path(__file__).parents[1] / "learning" / "every_kind"


@pytest.fixture(scope="module")
def loaded() -> shelves.Shelves:
    """The shelves with a module that has one question of every kind."""
    return shelves.load(LOADERS, [EVERY_KIND], across=ACROSS)


@pytest.fixture
def desk(house: House, world: World, now: datetime) -> OnDesk:
    """The PA's check of every kind, put on paper by the coordinator."""
    with house.database.writing() as db:
        enrolment = study.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="NEW", by=world.coordinator, now=now
        )
        instead = Instead(world.pa, world.authority)
        asked: dict[str, Any] = {"enrolment_id": enrolment, "module": "NEW-1", "name": "P. M."}
        attempt_id = services.make_sheet(db, **asked, by=world.coordinator, now=now, instead=instead)
    return OnDesk(house, world.pa, enrolment, attempt_id)


def written(house: House) -> tuple[int, int, int]:
    return count(house, Answer), count(house, LessonDone), count(house, PaperRecord)


@pytest.fixture
def record_id(house: House, world: World, desk: OnDesk, browser_for: BrowserFor) -> UUID:
    """The whole sheet, recorded by the coordinator."""
    assert browser_for(world.coordinator).submit(desk.at, desk.fields()).status_code == 302
    with house.database.reading() as db:
        return queries.records_of(db, desk.enrolment)[0].id


def test_from_the_list_to_the_result(browser_for: BrowserFor, desk: OnDesk, world: World, house: House) -> None:
    recorder, learner = browser_for(world.coordinator), browser_for(world.pa)
    assert f"/on-paper/{desk.enrolment}" in recorder.get("/learners").get_data(as_text=True)
    page = recorder.get(f"/on-paper/{desk.enrolment}")
    assert 'href="/learners" class="govuk-back-link"' in page.get_data(as_text=True)
    listed = text(page)
    assert f"Check on paper: {sheet_number(desk.attempt_id)}" in listed
    page = recorder.get(desk.at).get_data(as_text=True)
    assert page.count("<h1") == 1
    for question in desk.attempt().questions:
        assert question.text.en in page
    sent = recorder.submit(desk.at, desk.fields())
    assert sent.location.endswith(f"/on-paper/{desk.enrolment}")
    after = text(recorder.get(sent.location))
    assert "the check of Pat Morgan is handed in and marked" in after
    assert "Try 1: 100 percent. Passed." in after
    result = text(learner.get(f"/learning/checks/{desk.attempt_id}"))
    assert "You passed with 100 percent" in result
    assert result.count("Recorded from paper by Cora Coordinator on 21 November 2026") == 1 + len(desk.answers())
    own = learner.get(f"/learning/{desk.enrolment}/NEW-1/paper").get_data(as_text=True)
    (paper,) = set(re.findall(r"/learning/papers/[0-9a-f-]+", own))
    handed_out = learner.get(paper)
    assert handed_out.get_data() == PAPER
    assert handed_out.headers["Content-Disposition"].startswith("attachment")


def test_what_is_recorded_is_what_was_entered(browser_for: BrowserFor, desk: OnDesk, world: World) -> None:
    browser_for(world.coordinator).submit(desk.at, desk.fields(right=False))
    assert desk.attempt().answers == desk.answers(right=False)


def test_a_blank_stays_open_and_is_said(browser_for: BrowserFor, desk: OnDesk, world: World) -> None:
    recorder = browser_for(world.coordinator)
    sent = recorder.submit(desk.at, desk.fields(leave=["typed_answer"]))
    assert "1 question has no whole answer yet" in text(recorder.get(sent.location))
    answers = text(browser_for(world.pa).get(f"/learning/checks/{desk.attempt_id}/answers"))
    assert "Recorded from paper by Cora Coordinator" in answers
    assert "There is an answer already" in text(recorder.get(desk.at))
    again = recorder.submit(desk.at, desk.fields(leave=["match", "written", "one_answer"]))
    assert again.status_code == 302, text(again)[:1500]
    assert desk.attempt().finished_at is not None


@pytest.mark.parametrize(
    ("amiss", "says"),
    [
        ({"number": "K7Q-M2D"}, "This is not the number of the check that is open"),
        ({"declared": ""}, "Tick this once you have compared"),
        ({"paper": (io.BytesIO(b""), "")}, "Attach a scan or a photo"),
        ({"paper": (io.BytesIO(b"MZ program"), "scan.pdf")}, "neither a picture"),
        ({"lessons": ["PAI-1-L1"]}, "is not a valid choice"),
    ],
)
def test_what_is_amiss_is_said_and_nothing_is_lost_or_written(
    browser_for: BrowserFor, house: House, desk: OnDesk, world: World, *, amiss: dict[str, Any], says: str
) -> None:
    recorder = browser_for(world.coordinator)
    answer = recorder.submit(desk.at, desk.fields() | amiss)
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert "Error:" in page
    assert says in page.replace("&#39;", "'")
    assert written(house) == (0, 0, 0)
    assert page.count(" checked") + page.count(" selected") >= 8
    if "paper" in amiss:
        return
    kept = dict(re.findall(r'name="(kept|once|attempt|lms_csrf_token)"[^>]*value="([^"]+)"', page))
    again = {**desk.fields(), **kept, "paper": (io.BytesIO(b""), "")}
    assert recorder.post(desk.at, again).status_code == 302
    assert written(house)[2] == 1


def test_an_order_that_is_none_is_said_at_its_place(
    browser_for: BrowserFor, house: House, desk: OnDesk, world: World
) -> None:
    (number,) = (n for n, q in enumerate(desk.attempt().questions, 1) if q.kind == "put_in_order")
    fields = desk.fields()
    doubled = {name: "1" for name in fields if name.startswith(f"question-{number}-")}
    page = text(browser_for(world.coordinator).submit(desk.at, fields | doubled))
    assert "Give each step the number from the paper" in page
    assert written(house) == (0, 0, 0)


def test_handed_in_meanwhile_nothing_is_written_and_what_was_typed_stays(
    browser_for: BrowserFor, house: House, desk: OnDesk, world: World
) -> None:
    recorder = browser_for(world.coordinator)
    page = recorder.get(desk.at).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(once|attempt|lms_csrf_token)"[^>]*value="([^"]*)"', page))
    now = house.clock()
    with house.database.writing() as db:
        for question, answer in desk.answers(right=False).items():
            study.give_answer(db, attempt_id=desk.attempt_id, question=question, options=answer, by=world.pa, now=now)
        study.hand_in(db, attempt_id=desk.attempt_id, by=world.pa, now=now)
    before = written(house)
    late = recorder.post(desk.at, {**desk.fields(), **hidden, "activity": ""})
    assert late.status_code == 200
    said = late.get_data(as_text=True)
    assert "handed in meanwhile" in said
    assert written(house) == before
    assert sheet_number(desk.attempt_id) in said
    assert "scan.pdf" in said


def test_the_same_form_twice_is_one_record(browser_for: BrowserFor, house: House, desk: OnDesk, world: World) -> None:
    recorder, once = browser_for(world.coordinator), str(uuid4())
    for _ in range(2):
        sent = {**desk.fields(), "once": once, "attempt": str(desk.attempt_id)}
        assert recorder.post(desk.at, sent).status_code == 302
    assert written(house) == (len(desk.answers()), 1, 1)


def test_who_may_open_what(browser_for: BrowserFor, desk: OnDesk, world: World, record_id: UUID, house: House) -> None:
    at = f"/on-paper/{desk.enrolment}"
    desks = [at, f"{at}/NEW-1/print/workbook", desk.at, f"/on-paper/papers/{record_id}"]
    for path in desks:
        assert browser_for(world.coordinator).get(path).status_code == 200, path
        for stranger in (world.assessor, world.other_assessor, world.other_coordinator):
            assert browser_for(stranger).get(path).status_code == 404, path
        for other in (world.pa, world.employer_person, world.admin, world.register_officer, world.quality_assurer):
            assert browser_for(other).get(path).status_code == 403, path
    own = f"/learning/papers/{record_id}"
    assert browser_for(world.pa).get(own).status_code == 200
    assert browser_for(world.second_pa).get(own).status_code == 404
    assert browser_for(world.coordinator).get(own).status_code == 403
    for stranger in (world.assessor, world.other_coordinator):
        for path in (desk.at, f"{at}/NEW-1/check", f"{at}/NEW-1/print/workbook.pdf"):
            assert browser_for(stranger).post(path, desk.fields()).status_code == 404, path


def test_an_allocated_assessor_makes_the_check_and_records(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        enrolment = study.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
        )
        who = {"assessor_id": world.assessor, "since": london_day(now), "by": world.coordinator}
        allocation = allocating.allocate_assessor(db, enrolment_id=enrolment, **who, now=now)
    assessor = browser_for(world.assessor)
    assert f"/on-paper/{enrolment}" in assessor.get(f"/assess/{enrolment}/PAI-1-P").get_data(as_text=True)
    assert 'href="/assess" class="govuk-back-link"' in assessor.get(f"/on-paper/{enrolment}").get_data(as_text=True)
    assert assessor.post(f"/on-paper/{enrolment}/PAI-1/check").status_code == 302
    with house.database.reading() as db:
        sheet = queries.open_sheets(db, enrolment)["PAI-1"]
    assert sheet.name == "P. M."
    sent = {
        "activity": "I asked A. first.", "declared": "y", "lessons": ["PAI-1-L1"], "attempt": str(sheet.attempt_id),
        "paper": (io.BytesIO(PAPER), "p.pdf"),
    }  # fmt: skip
    assert assessor.submit(f"/on-paper/{enrolment}/PAI-1/record", sent).status_code == 302
    with house.database.reading() as db:
        (kept,) = queries.records_of(db, enrolment)
    assert (kept.recorder_name, kept.activity, kept.attempt_id) == ("Dai Assessor", True, None)
    house_clock = house.clock()
    with house.database.writing() as db:
        allocating.end_allocation(db, allocation_id=allocation, by=world.coordinator, now=house_clock)
    house.clock.on(days=1)  # type: ignore[attr-defined]
    for path in (f"/on-paper/{enrolment}", f"/on-paper/papers/{kept.id}"):
        assert browser_for(world.assessor).get(path).status_code == 404


def test_a_coordinator_who_is_the_learner_records_nothing(
    browser_for: BrowserFor, house: House, desk: OnDesk, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db, person_id=world.pa, organisation_id=world.authority, role=Role.COORDINATOR, by=None, now=now
        )
    own = browser_for(world.pa)
    assert own.get(desk.at).status_code == 404
    assert own.post(desk.at, desk.fields()).status_code == 404
    assert written(house) == (0, 0, 0)


def test_pages_cost_as_many_queries_for_many_records_as_for_one(
    browser_for: BrowserFor, house: House, desk: OnDesk, world: World, record_id: UUID
) -> None:
    recorder = browser_for(world.coordinator)
    asked = []
    for more in (0, 12):
        for _ in range(more):
            fields = {"lessons": ["NEW-1-L1"], "declared": "y", "paper": (io.BytesIO(PAPER), "p.pdf")}
            assert recorder.submit(desk.at, fields).status_code == 302
        recorder.get(f"/on-paper/{desk.enrolment}")
        with counted(house) as sent:
            recorder.get(f"/on-paper/{desk.enrolment}")
        asked.append(len(sent))
    assert asked[0] == asked[1] <= 20
