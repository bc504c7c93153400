"""The database itself keeps e-learning away from practice, whatever the code above it does: raw rows."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import String, bindparam, text, update
from sqlalchemy.exc import IntegrityError

from lms.assessment.knowledge import keeping, queries
from lms.assessment.knowledge.models import Conversation, FrameworkLine, KnowledgeShown
from lms.assessment.reading.rules import As
from lms.assessment.rules import Kind
from lms.core.db import Db
from lms.learning.shown.rules import HowShown
from lms.learning.states import Judged
from tests.assessment.knowledge.conftest import Knower
from tests.world import World

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PRACTICE, KNOWN = "1.1c", "1.1a"
FOREIGN = r"(?i)foreign key"


def line(db: Db, there: object, key: str, kind: Kind) -> None:
    db.add(FrameworkLine(authority_id=there, framework="cc-2025", edition="2025", line=key, kind=kind))
    db.flush()


def shown(knower: Knower, **other: object) -> dict[str, object]:
    return {
        "learner_id": knower.learner,
        "authority_id": knower.there,
        "framework": "cc-2025",
        "edition": "2025",
        "line": KNOWN,
        "outcome": "CCK-1-K1",
        "kind": "knowledge",
        "module": "CCK-1",
        "enrolment_id": knower.enrolment,
        "how": "check",
        "source_id": None,
        "judged_by": None,
        "at": NOON,
    } | other


def insert(db: Db, row: dict[str, object]) -> None:
    """Past the model and its types, as somebody at the database's own prompt would."""
    named = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    statement = text(f"INSERT INTO lms_knowledge_shown ({named}) VALUES ({places})").bindparams(  # noqa: S608
        *(_typed(name) for name in row)
    )
    db.execute(statement, row)


def _typed(name: str) -> Any:
    column = KnowledgeShown.__table__.c[name]
    plain = String() if name in {"kind", "how"} else column.type
    return bindparam(name, type_=plain)


def test_a_raw_row_of_a_knowledge_line_is_taken(db: Db, knower: Knower) -> None:
    line(db, knower.there, KNOWN, Kind.KNOWLEDGE)
    insert(db, shown(knower))
    assert db.scalar(text("SELECT count(*) FROM lms_knowledge_shown")) == 1


def test_a_row_may_not_say_that_it_is_practice(db: Db, knower: Knower) -> None:
    line(db, knower.there, PRACTICE, Kind.PRACTICE)
    with pytest.raises(IntegrityError, match="never_practice"):
        insert(db, shown(knower, line=PRACTICE, kind="practice"))


def test_a_row_may_not_call_a_practice_line_knowledge(db: Db, knower: Knower) -> None:
    line(db, knower.there, PRACTICE, Kind.PRACTICE)
    with pytest.raises(IntegrityError, match=FOREIGN):
        insert(db, shown(knower, line=PRACTICE))


def test_a_row_may_not_stand_on_a_line_nobody_wrote_down(db: Db, knower: Knower) -> None:
    with pytest.raises(IntegrityError, match=FOREIGN):
        insert(db, shown(knower, line="1.1z"))


def test_a_row_may_not_stand_on_another_authoritys_line(db: Db, knower: Knower, world: World) -> None:
    line(db, world.other_authority, KNOWN, Kind.KNOWLEDGE)
    with pytest.raises(IntegrityError, match=FOREIGN):
        insert(db, shown(knower))


def test_nobody_judges_their_own(db: Db, knower: Knower) -> None:
    line(db, knower.there, KNOWN, Kind.KNOWLEDGE)
    with pytest.raises(IntegrityError, match="somebody_else_judged"):
        insert(db, shown(knower, how="conversation", judged_by=knower.learner))


def test_the_kind_of_a_line_does_not_change_under_evidence(db: Db, knower: Knower) -> None:
    line(db, knower.there, KNOWN, Kind.KNOWLEDGE)
    insert(db, shown(knower))
    with pytest.raises(IntegrityError, match=FOREIGN):
        db.execute(update(FrameworkLine).values(kind=Kind.PRACTICE))


def test_a_line_does_not_go_away_under_evidence(db: Db, knower: Knower) -> None:
    line(db, knower.there, KNOWN, Kind.KNOWLEDGE)
    insert(db, shown(knower))
    with pytest.raises(IntegrityError, match=FOREIGN):
        db.execute(text("DELETE FROM lms_criterion"))


def test_a_line_is_of_one_of_two_kinds(db: Db, knower: Knower) -> None:
    insert_line = text(
        "INSERT INTO lms_criterion (authority_id, framework, edition, line, kind) "
        "SELECT authority_id, framework, edition, 'x', 'both' FROM lms_criterion"
    )
    line(db, knower.there, KNOWN, Kind.KNOWLEDGE)
    with pytest.raises(IntegrityError, match="known_kind"):
        db.execute(insert_line)


def test_settling_a_kind_is_refused_while_something_hangs_on_it(db: Db, knower: Knower) -> None:
    about = {"authority_id": knower.there, "framework": "cc-2025", "edition": "2025", "key": "1.1a"}
    keeping.settle_kind(db, **about, kind=Kind.PRACTICE)  # type: ignore[arg-type]
    keeping.settle_kind(db, **about, kind=Kind.KNOWLEDGE)  # type: ignore[arg-type]
    knower.show(db, "CCK-1")
    assert queries.hanging_on(db, knower.there, "cc-2025", "2025", "1.1a").names == ("Pat Morgan",)
    with pytest.raises(IntegrityError):
        keeping.settle_kind(db, **about, kind=Kind.PRACTICE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spoiled", "says"),
    [
        ({"heard_by": None}, "somebody_else_listens"),
        ({"asked": ""}, "was_noted"),
        ({"said": ""}, "was_noted"),
        ({"judged": Judged.NOT_YET, "word": ""}, "not_yet_says_why"),
    ],
)
def test_what_the_database_takes_for_a_conversation(
    db: Db, knower: Knower, spoiled: dict[str, object], says: str
) -> None:
    row = {
        "id": uuid4(),
        "enrolment_id": knower.enrolment,
        "learner_id": knower.learner,
        "authority_id": knower.there,
        "module": "CCK-1",
        "edition": "",
        "outcomes": ["CCK-1-K1"],
        "held_on": NOON.date(),
        "asked": "What?",
        "said": "This.",
        "judged": Judged.MET,
        "word": "",
        "heard_by": knower.judge,
        "capacity": As.COORDINATOR,
        "behalf": knower.there,
        "recorded_at": NOON,
    } | spoiled
    row["heard_by"] = row["heard_by"] or knower.learner
    db.add(Conversation(**row))
    with pytest.raises(IntegrityError, match=says):
        db.flush()


def test_how_is_kept_as_it_was(db: Db, knower: Knower) -> None:
    knower.show(db, "CCK-1", ["CCK-1-K1"])
    row = db.query(KnowledgeShown).filter_by(framework="cc-2025").one()
    assert (row.how, row.judged_by, row.kind) == (HowShown.CONVERSATION, knower.judge, Kind.KNOWLEDGE)
