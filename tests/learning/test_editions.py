"""Several editions of a module: what the shelf holds, what an enrolment keeps, and the move to a newer one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.app import app_of
from lms.brought import LOOKS
from lms.core import migrate
from lms.core.content import Problems
from lms.core.db import Database, Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.tables import kinds_of, writing
from lms.core.words import NotFound, Refused
from lms.learning import checks, queries, services
from lms.learning.catalogue import Courses, edition_order
from lms.learning.content import load
from lms.learning.editions import queries as editions
from lms.learning.editions import services as moving
from lms.learning.editions.models import EditionMove
from lms.learning.editions.rules import offer
from lms.learning.models import Enrolment
from lms.learning.rules import Studied
from lms.people.login import signed_in_viewer
from lms.wiring import REACTIONS
from tests.clients import Browser
from tests.learning.packs import LESSON, MODULE, QUESTIONS, Pack
from tests.world import World

THIRD = "  - {code: SMALL-1-L3, file: 03-three, title: {en: Three}, minutes: 7, outcomes: [SMALL-1.2]}\n"
NEWER = (
    MODULE.replace('edition: "1"', 'edition: "2"\nchanges: {en: Lesson three is new.}')
    .replace("title: {en: Two}", "title: {en: Two again}")
    .replace("activity:\n", f"{THIRD}activity:\n")
)


def add_edition(pack: Pack, folder: str = "SMALL-1-later", module: str = NEWER) -> None:
    """Put a second edition of the small module on the shelf, with one lesson more."""
    pack.write(f"{folder}/module.yaml", module)
    pack.write(f"{folder}/questions.yaml", QUESTIONS.replace("Which one", "Which one now"))
    for number, name in enumerate(("01-one", "02-two", "03-three"), start=1):
        pack.write(f"{folder}/lessons/{name}.en.md", LESSON.replace("CODE", f"SMALL-1-L{number}"))


def shelf_of(*folders: Path) -> Courses:
    problems = Problems()
    found = load(folders, problems)
    assert [str(problem) for problem in problems.found] == []
    return found


On = Callable[[Courses], House]


@pytest.fixture
def on(house: House) -> Iterator[On]:
    """Gives the same site with other content on its shelf, as after an upgrade."""
    opened: list[Database] = []

    def made(courses: Courses) -> House:
        shelves = {**house.shelves, Courses: courses}
        opened.append(Database(house.settings.database_url, info={"reactions": REACTIONS, "shelves": shelves}))
        return replace(house, shelves=shelves, database=opened[-1])

    yield made
    for database in opened:
        database.close()


@pytest.fixture
def before(on: On, pack: Pack) -> House:
    """The site with the first edition only."""
    return on(shelf_of(pack.folder))


@pytest.fixture
def after(on: On, before: House, begun: UUID, pack: Pack) -> House:
    """The site once the second edition has come, with a learner who began with the first."""
    add_edition(pack)
    return on(shelf_of(pack.folder))


@pytest.fixture
def begun(before: House, world: World, now: datetime) -> UUID:
    """A learner enrolled with the first edition, who has studied lesson one of it."""
    with before.database.writing() as db:
        enrolment = services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="SMALL", by=world.coordinator, now=now
        )
        services.study_lesson(db, enrolment_id=enrolment, lesson="SMALL-1-L1", by=world.pa, now=now)
    return enrolment


def finish_all(db: Db, enrolment: UUID, world: World, now: datetime, *lessons: str) -> None:
    who: Any = {"by": world.pa, "now": now}
    for lesson in lessons:
        services.study_lesson(db, enrolment_id=enrolment, lesson=lesson, **who)
    services.write_activity(db, enrolment_id=enrolment, activity="SMALL-1-A1", text="Something.", **who)
    attempt = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="SMALL-1", **who)
    answer(db, attempt, world, now)


def answer(db: Db, attempt: UUID, world: World, now: datetime) -> None:
    for question in checks.own_attempt(db, attempt, world.pa).questions:
        services.give_answer(
            db, attempt_id=attempt, question=question.code, options=question.model_answer(), by=world.pa, now=now
        )
    services.hand_in(db, attempt_id=attempt, by=world.pa, now=now)


# ── The shelf ────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=4), st.lists(st.integers(0, 3000), min_size=1, max_size=4))
def test_editions_are_counted_as_people_count(one: list[int], other: list[int]) -> None:
    spelled = [".".join(map(str, each)) for each in (one, other)]
    assert (edition_order(spelled[0]) < edition_order(spelled[1])) == (one < other)


def test_editions_with_letters_can_be_sorted_too() -> None:
    assert sorted(["2026.10", "2026.2", "A", "2026.2b", "2026"], key=edition_order) == [
        "A", "2026", "2026.2", "2026.2b", "2026.10",
    ]  # fmt: skip


def test_two_editions_stand_side_by_side_and_the_higher_is_the_newest(pack: Pack) -> None:
    add_edition(pack, "A-folder-that-sorts-first")
    courses = shelf_of(pack.folder)
    assert [module.edition for module in courses.editions_of("SMALL-1")] == ["2", "1"]
    assert courses.module_in("SMALL", "SMALL-1").edition == "2"
    assert courses.module_in("SMALL", "SMALL-1", "1").title.en == "Small module"
    assert courses.module_in("SMALL", "SMALL-1", "0").edition == "2", "an edition that is gone gives the newest"
    with pytest.raises(NotFound):
        courses.module_in("SMALL", "OTHER", "1")


def test_the_same_edition_twice_in_one_pack_is_a_mistake(pack: Pack) -> None:
    add_edition(pack, module=NEWER.replace('edition: "2"', 'edition: "1"'))
    problems = Problems()
    load([pack.folder], problems)
    assert any("“SMALL-1, edition 1” is the code of" in each.message for each in problems.found)


def test_an_edition_that_is_coming_does_not_hide_one_that_is_ready(pack: Pack) -> None:
    add_edition(pack, module=NEWER.replace("status: ready", "status: coming"))
    assert shelf_of(pack.folder).module_in("SMALL", "SMALL-1").edition == "1"


def test_a_councils_own_edition_stays_the_one_taught_when_the_built_in_moves_on(pack: Pack, tmp_path: Path) -> None:
    council = Pack(tmp_path / "council" / "modules")
    add_edition(pack)
    courses = shelf_of(pack.folder, council.folder)
    assert courses.modules["SMALL-1"].edition == "1"
    assert [module.edition for module in courses.editions_of("SMALL-1")] == ["1", "2"]


# ── What is offered ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_offer_says_what_is_new_what_stays_and_what_it_adds(pack: Pack) -> None:
    add_edition(pack)
    courses = shelf_of(pack.folder)
    kept, done = courses.edition("SMALL-1", "1"), Studied(lessons=frozenset({"SMALL-1-L1"}))
    found = offer(kept, courses.editions_of("SMALL-1"), done)
    assert found is not None
    assert [words.en for words in found.changes] == ["Lesson three is new."]
    assert [step.code for step in found.stay_done] == ["SMALL-1-L1"]
    assert [step.code for step in found.to_do] == ["SMALL-1-L2", "SMALL-1-L3", "SMALL-1-A1", "SMALL-1"]
    assert found.minutes == 7
    assert offer(found.newer, courses.editions_of("SMALL-1"), done) is None


def test_what_changed_in_between_is_told_as_well_the_latest_first(pack: Pack) -> None:
    add_edition(pack)
    third = NEWER.replace('edition: "2"', 'edition: "10"').replace("Lesson three is new", "All is shorter")
    add_edition(pack, "SMALL-1-third", third)
    courses = shelf_of(pack.folder)
    found = offer(courses.edition("SMALL-1", "1"), courses.editions_of("SMALL-1"), Studied())
    assert found is not None
    assert [words.en for words in found.changes] == ["All is shorter.", "Lesson three is new."]


# ── What an enrolment keeps ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_learner_keeps_the_edition_they_began(after: House, begun: UUID, world: World, now: datetime) -> None:
    with after.database.writing() as db:
        assert queries.enrolment(db, begun).editions == {"SMALL-1": "1"}
        with pytest.raises(NotFound):
            services.study_lesson(db, enrolment_id=begun, lesson="SMALL-1-L3", by=world.pa, now=now)
        finish_all(db, begun, world, now, "SMALL-1-L2")
        assert queries.module_done(db, begun, "SMALL-1") == (now.date(), "1")
        other = services.enrol(
            db, learner_id=world.second_pa, authority_id=world.authority, course="SMALL", by=world.coordinator, now=now
        )
        assert queries.enrolment(db, other).editions == {"SMALL-1": "2"}


def test_moving_takes_nothing_back(after: House, begun: UUID, world: World, now: datetime) -> None:
    with after.database.writing() as db:
        finish_all(db, begun, world, now, "SMALL-1-L2")
        before = queries.studied(db, begun)
        moving.move(db, enrolment_id=begun, module="SMALL-1", edition="2", by=world.pa, now=now)
        moving.move(db, enrolment_id=begun, module="SMALL-1", edition="2", by=world.pa, now=now)
        assert queries.studied(db, begun) == before
        assert queries.module_done(db, begun, "SMALL-1") == (now.date(), "1"), "finished in the edition it was done in"
        services.study_lesson(db, enrolment_id=begun, lesson="SMALL-1-L3", by=world.pa, now=now)
        (trail,) = db.scalars(select(EditionMove)).all()
        assert (trail.from_edition, trail.to_edition, trail.moved_by) == ("1", "2", world.pa)
        (event,) = db.scalars(select(EventRow).where(EventRow.kind == "EditionMoved")).all()
        assert event.data == {
            "enrolment_id": str(begun), "module": "SMALL-1", "from_edition": "1", "to_edition": "2",
        }  # fmt: skip


def test_a_check_that_was_begun_is_answered_to_its_end_in_its_own_edition(
    after: House, begun: UUID, world: World, now: datetime
) -> None:
    with after.database.writing() as db:
        attempt = services.start_or_resume_attempt(db, enrolment_id=begun, module="SMALL-1", by=world.pa, now=now)
        moving.move(db, enrolment_id=begun, module="SMALL-1", edition="2", by=world.pa, now=now)
        view = checks.own_attempt(db, attempt, world.pa)
        assert view.module.edition == "1"
        assert all("now" not in question.text.en for question in view.questions)
        services.study_lesson(db, enrolment_id=begun, lesson="SMALL-1-L2", by=world.pa, now=now)
        services.write_activity(db, enrolment_id=begun, activity="SMALL-1-A1", text="Yes.", by=world.pa, now=now)
        answer(db, attempt, world, now)
        assert "SMALL-1" in queries.studied(db, begun).passed
        assert queries.module_done(db, begun, "SMALL-1") is None, "lesson three belongs to what is studied now"
        services.study_lesson(db, enrolment_id=begun, lesson="SMALL-1-L3", by=world.pa, now=now)
        assert queries.module_done(db, begun, "SMALL-1") == (now.date(), "2")


def test_moving_finishes_a_module_in_which_nothing_is_left(
    on: On, pack: Pack, begun: UUID, world: World, now: datetime
) -> None:
    shorter = "\n".join(line for line in NEWER.splitlines() if "02-two" not in line and "03-three" not in line)
    add_edition(pack, module=shorter)
    with on(shelf_of(pack.folder)).database.writing() as db:
        finish_all(db, begun, world, now)
        assert queries.module_done(db, begun, "SMALL-1") is None
        moving.move(db, enrolment_id=begun, module="SMALL-1", edition="2", by=world.pa, now=now)
        assert queries.module_done(db, begun, "SMALL-1") == (now.date(), "2")


def test_who_may_not_move_and_where_to(after: House, begun: UUID, world: World, now: datetime) -> None:
    with after.database.writing() as db:
        move: Callable[..., None] = moving.move
        with pytest.raises(NotFound):
            move(db, enrolment_id=begun, module="SMALL-1", edition="2", by=world.second_pa, now=now)
        with pytest.raises(NotFound):
            move(db, enrolment_id=begun, module="SMALL-9", edition="2", by=world.pa, now=now)
        with pytest.raises(Refused, match="still newer edition"):
            move(db, enrolment_id=begun, module="SMALL-1", edition="3", by=world.pa, now=now)
        db.get_one(Enrolment, begun).ended_at = now
        with pytest.raises(Refused, match="has ended"):
            move(db, enrolment_id=begun, module="SMALL-1", edition="2", by=world.pa, now=now)


def test_an_edition_that_left_the_shelf_gives_the_newest_and_the_doctor_names_it(
    after: House, on: On, begun: UUID, world: World, pack: Pack
) -> None:
    for path in sorted((pack.folder / "SMALL-1").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    without = replace(on(shelf_of(pack.folder)), looks=LOOKS)
    with without.database.writing() as db:
        services.study_lesson(db, enrolment_id=begun, lesson="SMALL-1-L3", by=world.pa, now=after.clock())
        assert editions.gone(db) == [("SMALL-1", "1", 1)]
    with without.database.reading() as db:
        said = [finding.sentence for look in without.looks for finding in look(db, without, after.clock())]
    assert "Enrolments that keep SMALL-1 in edition 1: 1. No pack has it now, so these learners see the newest." in said


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def browser_on(house: House, person: UUID) -> Browser:
    return Browser(app_of(replace(house, who=signed_in_viewer, standalone=True)), house, person)


def test_the_pages_offer_the_newer_edition_and_one_button_moves(
    after: House, begun: UUID, world: World, now: datetime
) -> None:
    browser = browser_on(after, world.pa)
    assert "A newer edition is here" in browser.get("/learning").text
    page = browser.get(f"/learning/{begun}/SMALL-1").text
    assert "Lesson three is new." in page
    assert "It adds about 7 minutes." in page
    assert "1 step stays done." in page
    moved = browser.post(f"/learning/{begun}/SMALL-1/edition", {"edition": "2"})
    assert moved.status_code == 302
    page = browser.get(f"/learning/{begun}/SMALL-1").text
    assert "What you had done is still done." in page
    assert "A newer edition is here" not in page
    assert "Two again" in page
    old = browser.post(f"/learning/{begun}/SMALL-1/edition", {"edition": "1"})
    assert "still newer edition" in browser.get(old.location).text


def test_nobody_moves_somebody_else(after: House, begun: UUID, world: World) -> None:
    browser = browser_on(after, world.second_pa)
    assert browser.post(f"/learning/{begun}/SMALL-1/edition", {"edition": "2"}).status_code == 404


# ── Older data ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_bringing_up_keeps_what_each_enrolment_had_begun(url: str, now: datetime) -> None:
    database = Database(url)
    migrate.bring_up(database, "0010")
    person, place, busy, idle = (uuid4() for _ in range(4))
    with database.engine.begin() as connection:
        kinds = kinds_of(connection)

        def add(table: str, **values: object) -> None:
            columns = {column: kind for column, kind in kinds[table].items() if column in values}
            connection.execute(writing(table, columns, connection.dialect.name), values)

        add("lms_person", id=person, name="A", language="en", access_needs="", created_at=now)
        add("lms_organisation", id=place, kind="authority", name="O", nation="england", user_led=False, created_at=now)
        for enrolment in (busy, idle):
            add(
                "lms_enrolment",
                id=enrolment,
                learner_id=person,
                authority_id=place,
                course=str(enrolment),
                edition="1",
                enrolled_at=now,
                enrolled_by=person,
            )

        def did(what: str, module: str, edition: str, days: int, **more: object) -> None:
            when = {"started_at" if what == "attempt" else "studied_at": now + timedelta(days=days)}
            add(f"lms_{what}", id=uuid4(), enrolment_id=busy, module=module, edition=edition, **when, **more)

        did("lesson_studied", "M-1", "2026.1", 2, lesson="L1")
        did("attempt", "M-1", "2026.2", 3, number=1, seed="s", questions="[]")
        did("lesson_studied", "M-2", "7", 2, lesson="L2")
        did("module_studied", "M-3", "5", 1)
    migrate.bring_up(database)
    with database.reading() as db:
        kept = {row.id: row.editions for row in db.scalars(select(Enrolment))}
    assert kept == {busy: {"M-1": "2026.2", "M-2": "7", "M-3": "5"}, idle: None}
    database.close()
