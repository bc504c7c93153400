"""What was observed, judged and signed off before there was evidence comes over, with the ids it had."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from lms.assessment.deciding.models import Decision, Sitting
from lms.assessment.deciding.queries import decisions_of
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.models import LearnerUnit
from lms.assessment.quality.models import Sample, SamplingPlan, SamplingWork
from lms.assessment.quality.planning import moved
from lms.assessment.quality.planning import services as sampling
from lms.assessment.rules import Judgement, UnitState
from lms.assessment.signing.queries import sign_offs_of
from lms.core import migrate
from lms.core.db import Database
from lms.core.house import House
from lms.core.shelves import Shelves
from tests.conftest import house_of, settings_of

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
LEARNER, ASSESSOR, EMPLOYER, WALL, HOME, ENROLMENT = (UUID(int=n) for n in range(1, 7))
SEEN = tuple(UUID(int=n) for n in range(11, 15))
JUDGED = tuple(UUID(int=n) for n in range(21, 25))
SIGNED = UUID(int=31)
HouseOver = Callable[[], House]


@pytest.fixture
def older(url: str) -> Iterator[Database]:
    """A database of 0018: of one unit a “met” and a doubt in the same moment, then met and signed; of another a doubt.

    A third has nothing.
    """
    database = Database(url)
    migrate.bring_up(database, "0018")
    _fill(database)
    yield database
    database.close()


def _fill(database: Database) -> None:
    people = [{"id": id, "name": name, "language": "en"} for id, name in PEOPLE.items()]
    _add(database, "lms_person", *people)
    _add(
        database,
        "lms_organisation",
        {"id": WALL, "kind": "authority", "name": "Rivermere", "nation": "england"},
        {"id": HOME, "kind": "individual_employer", "name": "Amina", "nation": "england", "authority_id": WALL},
    )
    _add(
        database,
        "lms_enrolment",
        {"id": ENROLMENT, "learner_id": LEARNER, "authority_id": WALL, "course": "PAI", "edition": "2026.1"}
        | {"enrolled_at": AT, "enrolled_by": LEARNER},
    )
    for unit in ("A", "B", "C"):
        whose = {"enrolment_id": ENROLMENT, "unit": unit, "framework": "pai-practice", "edition": "2026.1"}
        _add(
            database,
            "lms_learner_unit",
            {**whose, "learner_id": LEARNER, "authority_id": WALL, "module": None, "opened_at": AT},
        )
    doubt = {"judgement": "not_yet_met", "feedback": "Ask first."}
    met = {"judgement": "met", "feedback": ""}
    later = AT + timedelta(hours=1)
    _judge(database, 0, "A", by=ASSESSOR, at=AT, **doubt)
    _judge(database, 1, "A", by=EMPLOYER, at=AT, **met)
    _judge(database, 2, "A", by=EMPLOYER, at=later, **met)
    _judge(database, 3, "B", by=ASSESSOR, at=AT, **doubt)
    _add(
        database,
        "lms_sign_off",
        {
            **_whose("A"),
            "id": SIGNED,
            "framework": "pai-practice",
            "edition": "2026.1",
            "signed_by": EMPLOYER,
            "capacity": "employer",
            "behalf": HOME,
            "statement": "I saw it myself.",
            "at": later,
        },
    )


PEOPLE = {LEARNER: "Pat Morgan", ASSESSOR: "Dai Assessor", EMPLOYER: "Amina Yusuf"}


def _whose(unit: str) -> dict[str, Any]:
    return {"enrolment_id": ENROLMENT, "unit": unit, "learner_id": LEARNER}


def _judge(database: Database, number: int, unit: str, **said: Any) -> None:
    by, at = said.pop("by"), said.pop("at")
    part = {**PARTS[by], "criterion": f"{unit}.1", **_whose(unit)}
    seen = {
        **part,
        "id": SEEN[number],
        "framework": "pai-practice",
        "edition": "2026.1",
        "observer_id": by,
        "seen_on": date(2026, 10, 31),
        "setting": "own_home" if number else None,
        "what_was_seen": f"Seen {number}.",
        "recorded_at": at,
    }
    _add(database, "lms_observation", seen)
    judged = {**part, **said, "id": JUDGED[number], "kind": "practice", "observation_id": SEEN[number], "judge_id": by}
    _add(database, "lms_judgement", {**judged, "at": at})


PARTS = {
    ASSESSOR: {"capacity": "assessor", "behalf": WALL},
    EMPLOYER: {"capacity": "employer", "behalf": HOME},
}


def _add(database: Database, table: str, *rows: dict[str, Any]) -> None:
    """Rows into a table as it was then; what a row does not say is the plainest value there is."""
    found = Table(table, MetaData(), autoload_with=database.engine)
    with database.engine.begin() as connection:
        for row in rows:
            missing = {c.name: _plain(c) for c in found.columns if c.name not in row and not c.nullable}
            values = {**{k: v for k, v in missing.items() if v is not ...}, **row}
            connection.execute(found.insert(), {k: _stored(v, connection.dialect.name) for k, v in values.items()})


def _stored(value: object, dialect: str) -> object:
    return value.hex if isinstance(value, UUID) and dialect == "sqlite" else value


def _plain(column: Any) -> Any:
    if column.server_default is not None:
        return ...
    kind = column.type.python_type
    return {str: "", bool: False, int: 0, datetime: AT, date: AT.date()}.get(kind, ...)


def test_everything_comes_over_with_its_ids(older: Database) -> None:
    migrate.bring_up(older)
    assert {"lms_observation", "lms_judgement", "lms_sign_off_before"}.isdisjoint(
        inspect(older.engine).get_table_names()
    )
    with older.reading() as db:
        pieces = {piece.id: piece for piece in evidence_of(db, ENROLMENT)}
        assert set(pieces) == set(SEEN)
        first = pieces[SEEN[1]]
        assert (first.text, first.by_name, first.behalf, first.authority_id) == ("Seen 1.", "Amina Yusuf", HOME, WALL)
        assert (first.on, first.lines, first.carries_for) == (date(2026, 10, 31), ("A.1",), {"A.1"})
        assert (pieces[SEEN[0]].setting, first.setting) == (None, "own_home")
        decided = {each.id: each for each in decisions_of(db, ENROLMENT)}
        assert set(decided) == set(JUDGED)
        assert {each.five for each in decided.values()} == {None}, "nobody was asked then"
        assert [decided[id].counts for id in JUDGED] == ["superseded", "superseded", "yes", "yes"]
        assert [decided[id].turn for id in JUDGED] == [2, 1, 3, 1], "of two in one moment the doubt came last"
        assert decided[JUDGED[1]].flags == {"employer_as_assessor"}
        assert decided[JUDGED[0]].rests_on == SEEN[0]
        assert set(db.scalars(select(Sitting.id))) == set(JUDGED)
        chain = dict(db.execute(select(Decision.id, Decision.saw)).all())
        assert [chain[id] for id in JUDGED] == [JUDGED[1], None, JUDGED[0], None]


def test_a_sign_off_comes_over_and_says_what_was_never_asked(older: Database) -> None:
    migrate.bring_up(older)
    with older.reading() as db:
        (signed,) = sign_offs_of(db, ENROLMENT)
        assert (signed.id, signed.unit, signed.turn, signed.by_name) == (SIGNED, "A", 1, "Amina Yusuf")
        assert (signed.declared.how, signed.declared.name) == ("account", "Amina Yusuf")
        assert (signed.copy, signed.copy_digest, signed.withdrawn) == (None, None, None)


def test_units_say_where_they_stand_and_wait_to_be_counted(older: Database) -> None:
    migrate.bring_up(older)
    with older.reading() as db:
        rows = {row.unit: row for row in db.scalars(select(LearnerUnit))}
        states = {unit: row.state for unit, row in rows.items()}
        assert states == {"A": UnitState.SIGNED_OFF, "B": UnitState.NOT_YET_MET, "C": UnitState.NOT_SEEN}
        assert {row.needed for row in rows.values()} == {0}


@pytest.fixture
def house_over(url: str, loaded: Shelves, tmp_path: Path) -> Iterator[HouseOver]:
    """A worker's house on the database that came over, as often as one starts."""
    made: list[House] = []

    def start() -> House:
        made.append(house_of(settings_of(url, tmp_path), loaded))
        return made[-1]

    yield start
    for house in made:
        house.database.close()


def test_what_came_over_can_be_drawn_in_a_quarter_with_a_plan(older: Database, house_over: HouseOver) -> None:
    migrate.bring_up(older)
    house, after = house_over(), datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    sampling.sweep(house, after)
    with older.reading() as db:
        rows = {(row.unit, row.assessor_id): row for row in db.scalars(select(SamplingWork))}
        assert set(rows) == {("A", ASSESSOR), ("A", EMPLOYER), ("B", ASSESSOR)}
        assert {row.period for row in rows.values()} == {"2026-Q4"}
        assert (rows["A", EMPLOYER].stage, rows["B", ASSESSOR].stage) == ("final", "interim")
        assert "employer_as_assessor" in rows["A", EMPLOYER].risks
        assert db.scalar(select(func.count()).select_from(Sample)), "the plan of the quarter chose among them"
        count = db.scalar(select(func.count()).select_from(SamplingWork))
    sampling.sweep(house, after)
    moved.take_in_moved(house_over(), after)  # another worker
    with older.reading() as db:
        assert db.scalar(select(func.count()).select_from(SamplingWork)) == count


def test_what_came_over_from_a_quarter_nobody_planned_stays_as_it_is(older: Database, house_over: HouseOver) -> None:
    migrate.bring_up(older)
    later = datetime(2027, 2, 1, 12, 0, tzinfo=UTC)
    assert moved.take_in_moved(house_over(), later) == 0
    with older.writing() as db:
        db.add(SamplingPlan(authority_id=WALL, period="2026-Q4", stands=[], pieces=0, decisions=0, made_at=AT))
    assert moved.take_in_moved(house_over(), later) == 2, "there is a plan of that quarter"


@pytest.mark.parametrize(
    ("spoiled", "says"),
    [
        ('UPDATE lms_decision SET "by" = learner_id', "(?i)_is_not_learner|foreign key"),
        ("UPDATE lms_decision SET valid = TRUE WHERE judgement = 'met'", "met_says_all_five"),
        ("UPDATE lms_decision SET rests_on = NULL WHERE judgement = 'met'", "practice_was_seen"),
        ("UPDATE lms_decision SET turn = 1", "(?i)unique|duplicate"),
        ("UPDATE lms_sign_off SET signed_by = learner_id", "signer_is_not_learner"),
        ("UPDATE lms_sign_off SET how = 'supporter'", "supporter_has_consent"),
        ("UPDATE lms_evidence SET part = 'witness', carries = TRUE", "carried_by_whom_may_decide"),
        ("DELETE FROM lms_evidence_line", "(?i)foreign key"),
    ],
)
def test_what_came_over_is_guarded_like_everything_else(older: Database, spoiled: str, says: str) -> None:
    migrate.bring_up(older)
    with pytest.raises(IntegrityError, match=says), older.writing() as db:
        db.execute(text(spoiled))


def test_judgements_that_came_over_still_count_as_met(older: Database) -> None:
    migrate.bring_up(older)
    with older.reading() as db:
        latest = {each.line: each for each in decisions_of(db, ENROLMENT) if each.counts == "yes"}
        assert {line: each.judgement for line, each in latest.items()} == {
            "A.1": Judgement.MET,
            "B.1": Judgement.NOT_YET_MET,
        }
