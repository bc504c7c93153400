"""Every source of learning, from the act that brings it to the verdict that rests on it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from lms.assessment.content import Frameworks
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.shelves import shelf
from lms.register import holding, lists, queries, services
from lms.register.findings import Finding
from lms.register.kinds import ContactModel, Item, LearningNeeded, RequirementKind, RequirementState, TrainingKind
from lms.register.rules import AuthorityRules, Provisional, eligibility
from tests.assessment.practising import Practice, practice  # noqa: F401  a fixture
from tests.certification import earning
from tests.certification.test_kinds import withdraw_sign_off
from tests.world import World

DAY = timedelta(days=1)
Kind = TrainingKind
State = RequirementState


def found(db: Db, person_id: UUID, authority_id: UUID, *items: Item, on: date) -> Finding:
    """How a requirement for all of these pieces of learning stands."""
    needed = LearningNeeded(code="X-LEARN", kind=RequirementKind.TRAINING, alternatives=(items,))
    rules = AuthorityRules(
        authority="X",
        edition="2026.1",
        valid_from=date(2026, 1, 1),
        contact_model=ContactModel.MASKED,
        requirements=(needed,),
        provisional=Provisional(allowed=False),
        remind_days=60,
        grace_days=0,
    )
    return eligibility(rules, holding.held_of(db, person_id, authority_id, rules), on=on).finding("X-LEARN")


@pytest.fixture
def stands(db: Db, world: World, now: datetime) -> Callable[..., State]:
    def ask(*codes: str, person: UUID | None = None, days: int = 0) -> State:
        items = [Item(Kind(kind), code) for kind, _, code in (each.partition("=") for each in codes)]
        return found(db, person or world.pa, world.authority, *items, on=london_day(now) + days * DAY).state

    return ask


def standing(db: Db, world: World, code: str, now: datetime) -> State:
    """How one of Rivermere's requirements stands by the standing's own missing codes."""
    judged = queries.verdict_of(db, world.pa, world.authority, london_day(now))
    assert judged is not None
    return judged.verdict.finding(code).state


def test_a_module_and_a_further_module(db: Db, world: World, now: datetime, stands: Callable[..., State]) -> None:
    enrolment = earning.enrol(db, world, now)
    assert stands("modules=PAI-4") is State.NOT_STARTED
    earning.study(db, enrolment, ["PAI-4"], now)
    assert stands("modules=PAI-4") is State.MET
    assert stands("modules=PAI-4", days=-1) is State.NOT_STARTED
    assert stands("modules=PAI-4", "modules=PAF-10") is State.PENDING


def test_certificates_by_their_code(db: Db, world: World, now: datetime, stands: Callable[..., State]) -> None:
    enrolment = earning.enrol(db, world, now)
    earning.accept_code(db, world, now)
    earning.study(db, enrolment, earning.SEVEN, now)
    assert stands("certificates=PAI-CERT") is State.MET
    assert stands("certificates=CARE-CERT-2025") is State.NOT_STARTED


def test_standards_whose_sign_off_stands(db: Db, world: World, now: datetime, stands: Callable[..., State]) -> None:
    enrolment = earning.enrol(db, world, now, course="CCK")
    earning.open_standards(db, enrolment, world, "cc-2015", now)
    (third,) = earning.sign(db, enrolment, ["CC3"], world, now)
    assert stands("care_certificate_standards=CC3", "care_certificate_standards=CC10") is State.PENDING
    (tenth,) = earning.sign(db, enrolment, ["CC10"], world, now)
    assert stands("care_certificate_standards=CC3", "care_certificate_standards=CC10") is State.MET
    assert stands("care_certificate_standards=cc-2015:CC3") is State.MET
    assert stands("care_certificate_standards=cc-2025:CC3") is State.NOT_STARTED
    assert stands("units=CC3") is State.NOT_STARTED
    assert standing(db, world, "RM-SAFE", now) is State.MET
    withdraw_sign_off(db, world, enrolment, tenth, now)
    assert stands("care_certificate_standards=CC10") is State.NOT_STARTED
    assert stands("care_certificate_standards=CC3") is State.MET
    assert third


def test_a_sign_off_and_its_withdrawal_reach_the_standing_at_once(db: Db, world: World, now: datetime) -> None:
    def lacks() -> set[str]:
        return set(lists.lacks_of(db, world.authority, [world.pa]).get(world.pa, ()))

    enrolment = earning.enrol(db, world, now, course="CCK")
    earning.open_standards(db, enrolment, world, "cc-2025", now)
    earning.sign(db, enrolment, ["CC3"], world, now)
    assert "RM-SAFE" in lacks()
    (end,) = earning.sign(db, enrolment, ["CC10"], world, now)
    assert "RM-SAFE" not in lacks()
    withdraw_sign_off(db, world, enrolment, end, now)
    assert "RM-SAFE" in lacks()


def test_the_knowledge_of_an_edition(db: Db, world: World, now: datetime, stands: Callable[..., State]) -> None:
    enrolment = earning.enrol(db, world, now, course="CCK")
    earning.know(db, enrolment, world, now, but=frozenset({"CCK-3"}))
    assert stands("care_certificate_knowledge=all") is State.NOT_STARTED
    assert standing(db, world, "RM-CC-KNOW", now) is State.NOT_STARTED
    earning.know(db, enrolment, world, now)
    assert stands("care_certificate_knowledge=all") is State.MET
    assert stands("care_certificate_knowledge=cc-2015", "care_certificate_knowledge=cc-2025") is State.MET
    assert standing(db, world, "RM-CC-KNOW", now) is State.MET
    assert stands("care_certificate_standards=CC1") is State.NOT_STARTED, "knowledge is not competence"


def test_a_unit_of_practice(db: Db, world: World, now: datetime, stands: Callable[..., State]) -> None:
    enrolment = earning.enrol(db, world, now)
    assert stands("units=PAI-1-P") is State.NOT_STARTED
    earning.sign(db, enrolment, ["PAI-1-P"], world, now)
    assert stands("units=PAI-1-P") is State.MET


def test_criteria_that_somebody_decided(
    db: Db,
    world: World,
    now: datetime,
    practice: Practice,  # noqa: F811  the fixture
    stands: Callable[..., State],
) -> None:
    line = _practice_line(db, "CC5")
    criterion = f"criteria=cc-2025:{line}"
    assert stands(criterion) is State.NOT_STARTED
    piece = practice.offer(db, world.assessor, (line,))
    said = {"reason": "I saw it.", "feedback": "Well done."}
    practice.decide(db, world.assessor, piece, (line,), Judgement.NOT_YET_MET, **said)
    assert stands(criterion) is State.NOT_STARTED
    practice.decide(db, world.assessor, piece, (line,), Judgement.MET, **said)
    assert stands(criterion) is State.MET
    assert stands(f"criteria=cc-2015:{line}") is State.NOT_STARTED


def test_criteria_shown_by_learning_and_with_their_unit(
    db: Db, world: World, now: datetime, stands: Callable[..., State]
) -> None:
    enrolment = earning.enrol(db, world, now, course="CCK")
    knowledge, practice_line = _knowledge_line(db, "CC3"), _practice_line(db, "CC5")
    earning.know(db, enrolment, world, now)
    assert stands(f"criteria=cc-2025:{knowledge}") is State.MET
    assert stands(f"criteria=cc-2025:{practice_line}") is State.NOT_STARTED
    earning.open_standards(db, enrolment, world, "cc-2025", now)
    earning.sign(db, enrolment, ["CC5"], world, now)
    assert stands(f"criteria=cc-2025:{practice_line}") is State.MET


def test_the_care_certificate_on_paper_covers_its_standards_and_their_knowledge(
    db: Db, world: World, now: datetime, stands: Callable[..., State]
) -> None:
    for item, on in (("CARE-CERT-2015", "2026-02-01"), ("CC-KNOWLEDGE-2025", "2026-03-01")):
        services.record_seen(
            db,
            once=uuid4(),
            person_id=world.pa,
            authority_id=world.authority,
            code="RM-CC-KNOW",
            on=london_day(now),
            data={"item_kind": "certificates", "item_code": item, "completed_on": on},
            by=world.register_officer,
            now=now,
        )
    assert stands("care_certificate_standards=CC15", "care_certificate_knowledge=cc-2015") is State.MET
    assert stands("care_certificate_standards=cc-2025:CC15") is State.NOT_STARTED
    assert stands("care_certificate_knowledge=cc-2025") is State.MET
    assert standing(db, world, "RM-CC-KNOW", now) is State.MET
    assert standing(db, world, "RM-SAFE", now) is State.MET


def test_what_was_learned_behind_another_wall_counts_alike(db: Db, world: World, now: datetime) -> None:
    enrolment = earning.enrol(db, world, now)
    earning.study(db, enrolment, ["PAI-4"], now)
    elsewhere = uuid4()  # any other authority: learning belongs to the person
    item = Item(Kind.MODULE, "PAI-4")
    assert found(db, world.pa, elsewhere, item, on=london_day(now)).state is State.MET


def test_many_cost_as_many_queries_as_one(house: House, world: World, now: datetime) -> None:
    def count(ids: list[UUID]) -> int:
        asked: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        with house.database.reading() as db:
            edition = queries.edition_for(db, world.authority, london_day(now))
            assert edition is not None
            event.listen(house.database.engine, "before_cursor_execute", note)
            held = holding.held_of_many(db, ids, world.authority, edition.rules)
            event.remove(house.database.engine, "before_cursor_execute", note)
        assert list(held) == ids
        return len(asked)

    everybody = [world.pa, world.second_pa, *(uuid4() for _ in range(400))]
    assert count(everybody) == count([world.pa]) <= 12


def _practice_line(db: Db, unit: str) -> str:
    return next(line.key for line in _unit(db, unit).lines if line.kind.value == "practice")


def _knowledge_line(db: Db, unit: str) -> str:
    return _unit(db, unit).knowledge[0].key


def _unit(db: Db, unit: str) -> Any:
    return shelf(db, Frameworks).framework("cc-2025").unit(unit)
