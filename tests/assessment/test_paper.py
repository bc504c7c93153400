"""Recording what stands on a learner's paper: all or nothing, once, by somebody else, with the paper kept."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.db import Db
from lms.core.files import keep
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning import services as study
from lms.learning.acting import Instead
from lms.learning.activity_texts import activity_text
from lms.learning.models import Answer, LessonDone
from lms.learning.outcomes import NumberUsed
from lms.learning.paper import queries, services
from lms.learning.paper.models import PaperRecord
from lms.learning.paper.services import Recorded, Sheet
from tests.assessment.on_paper import PAPER, OnDesk
from tests.world import World

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
        attempt_id = services.make_sheet(
            db,
            enrolment_id=enrolment,
            module="NEW-1",
            name="P. M.",
            by=world.coordinator,
            now=now,
            instead=Instead(world.pa, world.authority),
        )
    return OnDesk(house, world.pa, enrolment, attempt_id)


Record = Callable[..., Recorded]


@pytest.fixture
def record(house: House, world: World, desk: OnDesk, now: datetime) -> Record:
    """Records a sheet for the learner as the coordinator; anything can be given otherwise."""

    def recorded(db: Db, **given: Any) -> Recorded:
        asked: dict[str, Any] = {
            "id": uuid4(),
            "enrolment_id": desk.enrolment,
            "module": "NEW-1",
            "sheet": Sheet(desk.attempt_id, desk.answers(), ["NEW-1-L1"]),
            "by": world.coordinator,
            "behalf": world.authority,
            "now": now,
        } | given
        return services.record_paper(db, paper=keep(db, house.files, PAPER, "application/pdf", now=now), **asked)

    return recorded


def count(db: Db, table: Any) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def facts(db: Db, since: int = 0) -> list[EventRow]:
    return list(db.scalars(select(EventRow).where(EventRow.id > since).order_by(EventRow.id)))


def test_every_fact_says_who_recorded_it_for_whom(db: Db, desk: OnDesk, world: World, record: Record) -> None:
    last = max(row.id for row in facts(db))
    came = record(db)
    assert came.handed_in
    new = facts(db, last)
    assert {"LessonStudied", "CheckMarked", "CheckPassed", "ModuleStudied", "PaperRecorded"} <= {r.kind for r in new}
    ours = [row for row in new if row.kind != "TextHandedOver"]  # what a learner wrote is theirs, whoever typed it
    assert {(row.about, row.by, row.behalf) for row in ours if row.kind in STUDY} == {
        (world.pa, world.coordinator, world.authority)
    }
    (told,) = [row for row in new if row.kind == "PaperRecorded"]
    assert set(told.data["questions"]) == set(desk.answers())
    assert told.data["lessons"] == ["NEW-1-L1"]
    (kept,) = queries.records_of(db, desk.enrolment)
    assert (kept.recorder_name, kept.handed_in, kept.lessons) == ("Cora Coordinator", True, ("NEW-1-L1",))
    assert desk.attempt(db).passed


STUDY = {"LessonStudied", "CheckMarked", "CheckPassed", "ModuleStudied", "PaperRecorded"}


def test_the_same_form_twice_is_one_record(db: Db, desk: OnDesk, record: Record) -> None:
    number = uuid4()
    first, second = record(db, id=number), record(db, id=number)
    assert first.handed_in
    assert second.handed_in
    assert count(db, PaperRecord) == 1
    assert count(db, Answer) == len(desk.answers())
    assert len([row for row in facts(db) if row.kind == "PaperRecorded"]) == 1


def test_a_number_of_somebody_elses_record_is_refused(db: Db, world: World, record: Record) -> None:
    number = uuid4()
    record(db, id=number)
    with pytest.raises(NumberUsed):
        record(db, id=number, by=world.assessor, behalf=world.college)


def test_what_is_blank_stays_open(db: Db, desk: OnDesk, record: Record) -> None:
    came = record(db, sheet=Sheet(desk.attempt_id, desk.answers(leave=["match", "written"]), []))
    assert (came.handed_in, came.open_) == (False, 2)
    assert desk.attempt(db).finished_at is None
    assert len(desk.attempt(db).answers) == 6
    rest = record(db)
    assert rest.handed_in
    assert [each.handed_in for each in queries.records_of_attempt(db, desk.attempt_id)].count(True) == 1


def test_a_blank_leaves_an_answer_given_on_a_phone(
    db: Db, desk: OnDesk, world: World, record: Record, now: datetime
) -> None:
    question = desk.attempt().questions[0]
    given = desk.answers()[question.code]
    study.give_answer(db, attempt_id=desk.attempt_id, question=question.code, options=given, by=world.pa, now=now)
    came = record(db, sheet=Sheet(desk.attempt_id, desk.answers(leave=[question.kind]), []))
    assert came.handed_in
    assert desk.attempt(db).answers[question.code] == given
    assert question.code not in queries.records_of_attempt(db, desk.attempt_id)[0].questions


@pytest.mark.parametrize("amiss", ["lesson", "question", "attempt", "answer"])
def test_one_thing_amiss_and_nothing_is_written(db: Db, desk: OnDesk, record: Record, amiss: str) -> None:
    answers = desk.answers()
    before = (count(db, Answer), count(db, LessonDone), count(db, EventRow))
    sheets = {
        "lesson": Sheet(desk.attempt_id, answers, ["NEW-1-L1", "PAI-1-L1"]),
        "question": Sheet(desk.attempt_id, {**answers, "PAI-1-Q01": ("a",)}, ["NEW-1-L1"]),
        "attempt": Sheet(uuid4(), answers, ["NEW-1-L1"]),
        "answer": Sheet(desk.attempt_id, {**answers, next(reversed(answers)): ("x" * 6000, "y")}, ["NEW-1-L1"]),
    }
    with pytest.raises((NotFound, Refused)):
        record(db, sheet=sheets[amiss])
    assert (count(db, Answer), count(db, LessonDone), count(db, EventRow)) == before
    assert count(db, PaperRecord) == 0


def test_handed_in_meanwhile_nothing_is_written(
    db: Db, desk: OnDesk, world: World, record: Record, now: datetime
) -> None:
    for question, answer in desk.answers(right=False).items():
        study.give_answer(db, attempt_id=desk.attempt_id, question=question, options=answer, by=world.pa, now=now)
    study.hand_in(db, attempt_id=desk.attempt_id, by=world.pa, now=now)
    answers = count(db, Answer)
    with pytest.raises(Refused, match="handed in meanwhile"):
        record(db)
    assert (count(db, Answer), count(db, PaperRecord), count(db, LessonDone)) == (answers, 0, 0)


def test_nobody_records_their_own(db: Db, desk: OnDesk, world: World, record: Record) -> None:
    with pytest.raises(Refused, match="Somebody else"):
        record(db, by=world.pa)
    row = {"module": "NEW-1", "answers": {}, "lessons": [], "handed_in": False, "behalf": world.authority}
    record(db)
    (kept,) = queries.records_of(db, desk.enrolment)
    db.add(
        PaperRecord(
            id=uuid4(),
            enrolment_id=desk.enrolment,
            learner_id=world.pa,
            recorded_by=world.pa,
            paper=kept.paper,
            recorded_at=kept.recorded_at,
            **row,
        )
    )
    with pytest.raises(IntegrityError):
        db.flush()
    db.rollback()


def test_there_has_to_be_something_to_record(db: Db, desk: OnDesk, record: Record) -> None:
    with pytest.raises(Refused, match="nothing to record"):
        record(db, sheet=Sheet(desk.attempt_id, {}, [], "  "))


def test_an_activity_from_paper_is_the_learners_and_may_be_read(
    db: Db, world: World, record: Record, now: datetime
) -> None:
    enrolment = study.enrol(
        db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
    )
    sheet = Sheet(None, {}, ["PAI-1-L1", "PAI-1-L2"], "I asked A. first.\nThen I waited.")
    came = record(db, enrolment_id=enrolment, module="PAI-1", sheet=sheet)
    assert not came.handed_in
    kept = activity_text(db, enrolment, "PAI-1-A1")
    assert kept is not None
    assert (kept.text, kept.finished) == ("I asked A. first.\nThen I waited.", True)
    done = learning.studied(db, enrolment)
    assert done.lessons == {"PAI-1-L1", "PAI-1-L2"}
    assert done.activities == {"PAI-1-A1"}
    (told,) = queries.records_of(db, enrolment)
    assert (told.attempt_id, told.activity) == (None, True)


def test_a_sheet_is_made_once(db: Db, desk: OnDesk, world: World, now: datetime) -> None:
    again = services.make_sheet(
        db, enrolment_id=desk.enrolment, module="NEW-1", name="Pat", by=world.pa, now=now + timedelta(hours=1)
    )
    assert again == desk.attempt_id
    assert queries.open_sheets(db, desk.enrolment)["NEW-1"].name == "P. M."
    (fact,) = [row for row in facts(db) if row.kind == "PaperSheetMade"]
    assert (fact.about, fact.by, fact.behalf) == (world.pa, world.coordinator, world.authority)


def test_a_strangers_enrolment_makes_no_sheet(db: Db, desk: OnDesk, world: World, now: datetime) -> None:
    with pytest.raises(NotFound):
        services.make_sheet(db, enrolment_id=desk.enrolment, module="NEW-1", name="X", by=world.second_pa, now=now)
