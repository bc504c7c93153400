"""What is shown in the learning room is written line by line, in every edition, once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lms.assessment.content import Frameworks
from lms.assessment.knowledge import catching_up, keeping, queries, services
from lms.assessment.knowledge.models import FrameworkLine, KnowledgeShown, MappingRead
from lms.assessment.knowledge.rules import LineState, UnitState
from lms.assessment.rules import Kind
from lms.core.clock import london_day
from lms.core.db import Base, Database, Db
from lms.core.house import House
from lms.learning import queries as learning
from lms.learning import services as studying
from lms.learning.catalogue import Courses
from lms.learning.shown.rules import HowShown
from lms.people import services as people
from lms.people.rules import Role
from lms.wiring import REACTIONS
from tests.assessment.knowledge.conftest import Knower
from tests.world import World


def count(db: Db, table: type[Base]) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def test_one_outcome_is_written_in_every_edition_it_maps_to(db: Db, knower: Knower) -> None:
    knower.show(db, "CCK-1", ["CCK-1-K1"])
    rows = db.scalars(select(KnowledgeShown).order_by(KnowledgeShown.framework)).all()
    assert [(row.framework, row.edition, row.line, row.outcome, row.module) for row in rows] == [
        ("cc-2015", "2015", "1.1a", "CCK-1-K1", "CCK-1"),
        ("cc-2025", "2025", "1.1a", "CCK-1-K1", "CCK-1"),
    ]
    assert {(row.how, row.judged_by) for row in rows} == {(HowShown.CONVERSATION, knower.judge)}


def test_doing_it_again_changes_nothing(db: Db, knower: Knower) -> None:
    knower.show(db, "CCK-5")
    before = count(db, KnowledgeShown), count(db, FrameworkLine)
    assert before[0] > 10
    knower.show(db, "CCK-5")
    assert keeping.keep_in(db, knower.enrolment) == 0
    assert (count(db, KnowledgeShown), count(db, FrameworkLine)) == before


def test_a_line_that_two_outcomes_teach_is_shown_once_both_are(db: Db, knower: Knower) -> None:
    module = knower.module(db, "CCK-1")
    first, second, *rest = module.outcomes
    taught_twice = second.model_copy(update={"maps_to": first.maps_to})
    outcomes = (first, taught_twice, *rest)
    courses: Courses = db.info["shelves"][Courses]
    modules = {**courses.modules, "CCK-1": module.model_copy(update={"outcomes": outcomes})}
    db.info["shelves"] = {**db.info["shelves"], Courses: replace(courses, modules=modules)}
    knower.show(db, "CCK-1", [first.code])
    assert count(db, KnowledgeShown) == 0
    knower.show(db, "CCK-1", [second.code])
    found = queries.progress_of(db, knower.learner, knower.framework(db)).unit("CC1")
    assert found is not None
    assert [showing.outcome for showing in found.lines[0].showings] == [first.code, second.code]


def test_eight_threads_write_it_once(house: House, knower: Knower) -> None:
    def one(number: int) -> None:
        with house.database.writing() as db:
            if number % 2:
                knower.show(db, "CCK-5")
            keeping.keep_in(db, knower.enrolment)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(16)))
    with house.database.reading() as db:
        lines = sum(len(knower.framework(db, code).unit("CC5").knowledge) for code in ("cc-2025", "cc-2015"))
        assert count(db, KnowledgeShown) == lines


@pytest.fixture
def second(db: Db, knower: Knower, world: World) -> UUID:
    """The same PA is known to another authority and begins there as well."""
    people.give_role(
        db,
        person_id=knower.learner,
        organisation_id=world.other_authority,
        role=Role.PA,
        by=None,
        now=knower.now,
        since=london_day(knower.now - timedelta(days=5)),
    )
    return services.start(db, learner_id=knower.learner, authority_id=world.other_authority, now=knower.now)


def test_a_learner_with_two_authorities_has_one_record_and_each_wall_its_own(
    db: Db, knower: Knower, world: World, second: UUID
) -> None:
    knower.show(db, "CCK-1", ["CCK-1-K1"])
    other = replace(knower, enrolment=second, judge=world.other_coordinator)
    other.show(db, "CCK-1", ["CCK-1-K2"])
    framework = knower.framework(db)

    def shown(authority: UUID | None) -> set[str]:
        standing = queries.standing_of(db, knower.learner, framework, authority_id=authority)
        return {key for key, state in standing.lines.items() if state is LineState.SHOWN}

    assert shown(world.authority) == {"1.1a"}
    assert shown(world.other_authority) == {"1.1b"}
    assert shown(None) == {"1.1a", "1.1b"}
    assert queries.hanging_on(db, world.other_authority, "cc-2025", "2025", "1.1a").count == 0
    assert queries.hanging_on(db, None, "cc-2025", "2025", "1.1a").names == ("Pat Morgan",)


def test_states_go_from_untouched_over_studied_to_shown(db: Db, knower: Knower) -> None:
    framework = knower.framework(db)

    def state() -> tuple[LineState, UnitState]:
        found = queries.standing_of(db, knower.learner, framework)
        return found.lines["5.2a"], found.units["CC5"]

    assert state() == (LineState.UNTOUCHED, UnitState.UNTOUCHED)
    lesson = next(
        lesson
        for lesson in knower.module(db, "CCK-5").lessons
        if any("5.2a" in o.maps_to["cc-2025"] for o in knower.module(db, "CCK-5").outcomes if o.code in lesson.outcomes)
    )
    studying.study_lesson(db, enrolment_id=knower.enrolment, lesson=lesson.code, by=knower.learner, now=knower.now)
    assert state() == (LineState.STUDIED, UnitState.BEGUN)
    knower.show(db, "CCK-5")
    assert state() == (LineState.SHOWN, UnitState.COMPLETE)


def test_practice_lines_stay_untouched_whatever_is_shown(db: Db, knower: Knower) -> None:
    for code in ("CCK-1", "CCK-4", "CCK-5"):
        knower.show(db, code)
    for code in ("cc-2025", "cc-2015"):
        standing = queries.standing_of(db, knower.learner, knower.framework(db, code))
        practice = [line.key for line in standing.framework.lines.values() if line.kind is Kind.PRACTICE]
        assert practice
        assert {standing.lines[key] for key in practice} == {LineState.UNTOUCHED}


def test_basic_life_support_counts_when_its_unit_is_finished(db: Db, knower: Knower) -> None:
    framework = knower.framework(db)
    assert not framework.unit("CC12").knowledge

    def state() -> UnitState:
        return queries.standing_of(db, knower.learner, framework).units["CC12"]

    assert state() is UnitState.UNTOUCHED
    for lesson in knower.module(db, "CCK-12").lessons:
        studying.study_lesson(db, enrolment_id=knower.enrolment, lesson=lesson.code, by=knower.learner, now=knower.now)
        assert state() is UnitState.BEGUN
    knower.show(db, "CCK-12")
    found = queries.progress_of(db, knower.learner, framework).unit("CC12")
    assert found is not None
    assert found.state is UnitState.COMPLETE
    assert str(found.sentence) == "Standard 12: preparation done"
    assert count(db, KnowledgeShown) == 0


def test_a_line_the_authority_corrected_to_practice_is_passed_over(
    db: Db, knower: Knower, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lms.assessment.knowledge import keeping as module

    monkeypatch.setattr(module, "frameworks_for", lambda db, _authority: _with_practice(db, "1.1a"))
    knower.show(db, "CCK-1", ["CCK-1-K1", "CCK-1-K2"])
    assert set(db.scalars(select(KnowledgeShown.line))) == {"1.1b"}


def _with_practice(db: Db, key: str) -> Frameworks:
    frameworks: Frameworks = db.info["shelves"][Frameworks]
    changed = {}
    for place, framework in frameworks.by_edition.items():
        other = framework.model_copy()
        lines = dict(framework.lines)
        if key in lines:
            lines[key] = replace(lines[key], kind=Kind.PRACTICE)
        other.__dict__["lines"] = lines
        changed[place] = other
    return Frameworks(changed)


def test_progress_asks_as_often_for_much_as_for_little(house: House, knower: Knower) -> None:
    from tests.assessment.doings import counted

    def asked() -> int:
        with house.database.reading() as db:
            framework = knower.framework(db)
            queries.progress_of(db, knower.learner, framework)
        with house.database.reading() as db, counted(house) as statements:
            queries.progress_of(db, knower.learner, framework)
        return len(statements)

    with house.database.writing() as db:
        knower.show(db, "CCK-1", ["CCK-1-K1"])
    little = asked()
    with house.database.writing() as db:
        for code in ("CCK-1", "CCK-4", "CCK-5"):
            knower.show(db, code)
    assert asked() == little <= 4


@pytest.fixture
def unheard(database: Database) -> Database:
    """The same database in a house in which nobody listens when something is shown: as before this was there."""
    deaf: dict[Any, Any] = {fact: [] for fact in REACTIONS}
    return Database(
        str(database.engine.url.render_as_string(hide_password=False)), info=_info(database) | {"reactions": deaf}
    )


def _info(database: Database) -> dict[Any, Any]:
    with database.reading() as db:
        return dict(db.info)


def test_a_mapping_that_comes_later_shows_what_older_facts_show(
    house: House, knower: Knower, unheard: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "AT_ONCE", 1)
    with unheard.writing() as db:
        knower.show(db, "CCK-1", ["CCK-1-K1"])
    unheard.close()
    with house.database.reading() as db:
        assert count(db, KnowledgeShown) == 0
    assert catching_up.catch_up(house, knower.now) == 1
    assert catching_up.catch_up(house, knower.now) == 0
    with house.database.reading() as db:
        assert count(db, KnowledgeShown) == 2
        row = db.scalars(select(MappingRead)).one()
        assert row.done_at == knower.now
        at = db.scalars(select(KnowledgeShown.at)).first()
        assert at == knower.now
    assert catching_up.catch_up(house, knower.now) == 0


def test_another_mapping_is_read_again(house: House, knower: Knower) -> None:
    with house.database.writing() as db:
        knower.show(db, "CCK-1", ["CCK-1-K1"])
    catching_up.catch_up(house, knower.now)
    courses: Courses = house.shelves[Courses]
    module = courses.modules["CCK-1"]
    first = module.outcomes[0].model_copy(update={"maps_to": {"cc-2025": ("1.1a", "1.1b"), "cc-2015": ("1.1a",)}})
    second = module.outcomes[1].model_copy(update={"maps_to": {}})
    changed = module.model_copy(update={"outcomes": (first, second, *module.outcomes[2:])})
    shelves = {**house.shelves, Courses: replace(courses, modules={**courses.modules, "CCK-1": changed})}
    database = Database(
        house.database.engine.url.render_as_string(hide_password=False),
        info=_info(house.database) | {"shelves": shelves},
    )
    newer = replace(house, shelves=shelves, database=database, known={})
    assert catching_up.catch_up(newer, knower.now) == 1
    with newer.database.reading() as db:
        assert set(db.scalars(select(KnowledgeShown.line).where(KnowledgeShown.framework == "cc-2025"))) == {
            "1.1a",
            "1.1b",
        }
        assert learning.enrolment(db, knower.enrolment).course == "CCK"
    newer.database.close()
