"""What would make a record of knowledge say more than was shown, tried at the very moment when things change."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import yaml
from sqlalchemy import delete, func, select

import lms
from lms.assessment.content import Frameworks
from lms.assessment.knowledge import catching_up, keeping, services
from lms.assessment.knowledge.models import FrameworkLine, KnowledgeShown
from lms.assessment.knowledge.queries import standing_of
from lms.assessment.knowledge.rules import LineState, UnitState
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.lines.starting import check_lines_are_held
from lms.assessment.rules import Kind
from lms.brought import ACROSS, LOADERS
from lms.core import shelves
from lms.core.db import Database, Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import Refused
from lms.learning import checks, rules
from lms.learning import services as learning
from lms.learning.done import done_by
from lms.learning.questions.samples import sample_answer
from lms.learning.rules import Studied
from lms.learning.shown.queries import shown_in
from lms.learning.states import Judged
from lms.people import services as people
from lms.people.rules import Role
from lms.wiring import REACTIONS
from tests.assessment.knowledge import cck
from tests.assessment.knowledge.conftest import Knower, knower
from tests.assessment.lines.conftest import Desk
from tests.world import World

__all__ = ["knower"]

BrowserFor = Callable[..., Any]
LINE = "5.2a"


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> shelves.Shelves:
    """The built-in shelves with a small course CCK: standards 1, 4, 5 and 12."""
    return cck.load(tmp_path_factory.mktemp("pack"))


def rows_on(db: Db, key: str) -> list[KnowledgeShown]:
    return list(db.scalars(select(KnowledgeShown).where(KnowledgeShown.line == key)))


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_line_made_practice_while_somebody_shows_it_is_not_shown(
    house: House, world: World, knower: Knower, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL what was read at first may be older than what is written down a moment later."""
    plain, done = keeping.teaching, []

    def slow(*of: Any) -> Any:
        if not done:
            done.append(True)
            with house.database.writing() as beside:
                Desk(beside, world, house.clock()).correct(LINE, kind=Kind.PRACTICE)
        return plain(*of)

    monkeypatch.setattr(keeping, "teaching", slow)
    with house.database.writing() as db:
        knower.show(db, "CCK-5")
    with house.database.reading() as db:
        framework = frameworks_for(db, world.authority).framework("cc-2025")
        assert framework.line(LINE).kind is Kind.PRACTICE
        assert [row.edition for row in rows_on(db, LINE) if row.framework == "cc-2025"] == []
        kinds = select(FrameworkLine.kind).where(FrameworkLine.framework == "cc-2025", FrameworkLine.line == LINE)
        assert list(db.scalars(kinds)) == [Kind.PRACTICE]
        assert standing_of(db, world.pa, framework).lines[LINE] is LineState.UNTOUCHED


@pytest.fixture
def answered(house: House, knower: Knower) -> UUID:
    """A check of standard 5 with every question answered rightly, not handed in."""
    who = {"by": knower.learner, "now": knower.now}
    with house.database.writing() as db:
        attempt = learning.start_or_resume_attempt(db, enrolment_id=knower.enrolment, module="CCK-5", **who)
        for question in checks.own_attempt(db, attempt, knower.learner).questions:
            answer = sample_answer(question, right=True)
            learning.give_answer(db, attempt_id=attempt, question=question.code, options=answer, **who)
    return attempt


def together(call: Callable[[], None], times: int = 8) -> list[Exception]:
    """What goes wrong when something is done in several threads at once."""

    def tried(_number: int) -> Exception | None:
        try:
            call()
        except Exception as trouble:  # noqa: BLE001  whatever it is, the test says so
            return trouble
        return None

    with ThreadPoolExecutor(times) as workers:
        return [trouble for trouble in workers.map(tried, range(times)) if trouble]


def facts(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


def test_a_check_handed_in_eight_times_at_once_shows_everything_once(
    house: House, knower: Knower, answered: UUID
) -> None:
    def hand_in() -> None:
        with house.database.writing() as db:
            learning.hand_in(db, attempt_id=answered, by=knower.learner, now=knower.now)

    assert together(hand_in) == []
    with house.database.reading() as db:
        framework = knower.framework(db)
        assert standing_of(db, knower.learner, framework).units["CC5"] is UnitState.COMPLETE
        for kind in ("OutcomesShown", "CheckPassed", "ModuleStudied"):
            assert facts(db, kind) == 1
        practice = {line.key for line in framework.unit("CC5").practice}
        mine = select(KnowledgeShown.line).where(KnowledgeShown.framework == framework.code)
        assert not practice & set(db.scalars(mine))


def test_a_conversation_noted_eight_times_at_once_is_one(house: House, knower: Knower) -> None:
    number = uuid4()
    heard = services.Heard(
        module="CCK-5",
        outcomes=("CCK-5-K1", "CCK-5-K2"),
        on=date(2026, 11, 20),
        asked="What is it?",
        said="This.",
        judged=Judged.MET,
    )

    def hear() -> None:
        with house.database.writing() as db:
            services.hear(db, id=number, learner_id=knower.learner, heard=heard, by=knower.judge, now=knower.now)

    # The others are told plainly, when they come in the very same moment, that it was saved from this page.
    assert {type(trouble) for trouble in together(hear)} <= {Refused}
    with house.database.reading() as db:
        for kind in ("ConversationHeard", "OutcomesShown"):
            assert facts(db, kind) == 1


def test_the_sweep_holds_nobody_up(house: House, world: World, knower: Knower, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it writes for one enrolment is committed before it looks at the next: learners go on writing between."""
    with house.database.writing() as db:
        second = services.start(db, learner_id=world.second_pa, authority_id=world.authority, now=knower.now)
        knower.show(db, "CCK-5")
        Knower(world.second_pa, world.authority, second, knower.judge, knower.now).show(db, "CCK-5")
        db.execute(delete(KnowledgeShown))
    plain, learners = catching_up.keep_in, []

    def watched(db: Db, enrolment_id: UUID) -> int:
        with house.database.reading() as beside:
            learners.append(set(beside.scalars(select(KnowledgeShown.learner_id))))
        return plain(db, enrolment_id)

    monkeypatch.setattr(catching_up, "keep_in", watched)
    assert catching_up.catch_up(house, knower.now) == 2
    assert catching_up.catch_up(house, knower.now) == 0
    assert [len(each) for each in learners] == [0, 1]


def test_a_top_up_asks_for_nothing_that_is_not_in_its_module(house: House, knower: Knower) -> None:
    who = {"by": knower.learner, "now": knower.now}
    with house.database.writing() as db:
        for wanted in (("CCK-4-K1",), ("CCK-5-K99",), ("CCK-5", "5.2a", "")):
            with pytest.raises(Refused):
                learning.start_or_resume_attempt(db, enrolment_id=knower.enrolment, module="CCK-5", only=wanted, **who)
        attempt = learning.start_or_resume_attempt(
            db, enrolment_id=knower.enrolment, module="CCK-5", only=("CCK-5-K1", "CCK-5-K1"), **who
        )
        (question,) = checks.own_attempt(db, attempt, knower.learner).questions
        right = sample_answer(question, right=True)
        learning.give_answer(db, attempt_id=attempt, question=question.code, options=right, **who)
        learning.hand_in(db, attempt_id=attempt, **who)
        assert not checks.own_attempt(db, attempt, knower.learner).passed
        assert set(shown_in(db, knower.enrolment)) == {"CCK-5-K1"}
        assert "CCK-5" not in done_by(db, knower.learner).modules


def test_a_standard_without_a_line_of_knowledge_needs_all_that_prepares_for_it(
    house: House, knower: Knower, tmp_path: Path
) -> None:
    """A pack that says that another module belongs to basic life support as well does not stand in for its unit."""
    pack = cck.write(tmp_path, shelves.load(LOADERS, across=ACROSS)[Frameworks])
    path = pack / "modules/CCK-4/module.yaml"
    module = yaml.safe_load(path.read_text(encoding="utf-8"))
    cck.put(path, module | {"maps_to": {"cc-2025": ["CC4", "CC12"], "cc-2015": ["CC4"]}})
    newer = shelves.load(LOADERS, [pack], across=ACROSS)
    database = Database(house.settings.database_url, info={"reactions": REACTIONS, "shelves": newer})
    with database.writing() as db:
        knower.show(db, "CCK-4")
        framework = knower.framework(db)
        assert "CCK-4" in done_by(db, knower.learner).modules
        assert standing_of(db, knower.learner, framework).units["CC12"] is not UnitState.COMPLETE
        knower.show(db, "CCK-12")
        assert standing_of(db, knower.learner, framework).units["CC12"] is UnitState.COMPLETE
    database.close()


def test_no_row_of_facts_about_knowledge_is_changed_or_taken_away() -> None:
    """Facts are added. What is written anew is a mapping that was read, a kind nothing hangs on, and a print."""
    changing = re.compile(r"(?<![.\w])(update|delete)\(|db\.(delete|merge)\(")
    rooms = ("knowledge", "crossing", "confidence", "sharing", "lines")
    folder = Path(lms.__file__).parent
    files = [path for room in rooms for path in (folder / "assessment" / room).glob("*.py")]
    files += list((folder / "learning/shown").glob("*.py"))
    assert len(files) > 50
    assert [path.name for path in files if changing.search(path.read_text(encoding="utf-8"))] == []


def test_eight_learners_show_the_same_lines_at_once(house: House, world: World, knower: Knower) -> None:
    """The first to show a line writes it down; nobody is turned away because another was first by a moment."""
    knowers = []
    with house.database.writing() as db:
        for number in range(8):
            pa = people.add_person(db, name=f"PA {number}", email=f"pa{number}@example.com", by=None, now=knower.now)
            people.give_role(db, person_id=pa, organisation_id=world.authority, role=Role.PA, by=None, now=knower.now)
            enrolment = services.start(db, learner_id=pa, authority_id=world.authority, now=knower.now)
            knowers.append(Knower(pa, world.authority, enrolment, knower.judge, knower.now))
    left = list(enumerate(knowers))

    def show() -> None:
        number, one = left.pop()
        for module in ("CCK-4", "CCK-5") if number % 2 else ("CCK-5", "CCK-4"):
            with house.database.writing() as db:
                one.show(db, module)

    assert together(show) == []
    with house.database.reading() as db:
        framework = knower.framework(db)
        for one in knowers:
            assert standing_of(db, one.learner, framework).complete == 2
        desk = Desk(db, world, knower.now)
        with pytest.raises(Refused, match="People hold evidence"):
            desk.correct(LINE, kind=Kind.PRACTICE)


def test_a_correction_to_practice_and_eight_learners_agree_in_the_end(
    house: House, world: World, knower: Knower
) -> None:
    """Whoever is first, records and framework say the same: nobody holds knowledge on a line of practice."""
    who = iter([True, *[False] * 7])

    def write() -> None:
        corrects = next(who)
        with house.database.writing() as db:
            if corrects:
                Desk(db, world, knower.now).correct(LINE, kind=Kind.PRACTICE)
            else:
                knower.show(db, "CCK-5")

    assert {type(trouble) for trouble in together(write)} <= {Refused}
    with house.database.reading() as db:
        kind = frameworks_for(db, world.authority).framework("cc-2025").line(LINE).kind
        held = [row for row in rows_on(db, LINE) if row.framework == "cc-2025"]
        assert bool(held) is (kind is Kind.KNOWLEDGE)
    check_lines_are_held(house.database)


def test_a_pass_of_an_earlier_kind_of_check_stands_for_no_lesson(house: House, knower: Knower) -> None:
    """Whoever passed an edition that asked for a few of its outcomes, and moves on, has shown none of the rest."""
    with house.database.reading() as db:
        module = knower.module(db, "CCK-5")
    assert module.check is not None
    assert module.activity is None
    assert not rules.complete(module, Studied(passed=frozenset({"CCK-5"})))
    assert rules.complete(module, Studied(passed=frozenset({"CCK-5"}), shown=frozenset({"CCK-5"})))
    assert rules.complete(module, Studied(shown=frozenset({"CCK-5"})))
