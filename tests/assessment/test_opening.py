"""Standards are opened for a learner on the knowledge course, and what they study counts in them."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.assessment import places, places_opening, standing_rows
from lms.assessment.deciding import queries
from lms.assessment.deciding.rules import Stand
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import Judgement, UnitState
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning import services as learning_services
from lms.learning.catalogue import Courses
from lms.learning.shown.services import show_in_conversation
from tests.assessment.practising import Practice, leaves, practice
from tests.assessment.reading import facts
from tests.world import World

__all__ = ["practice"]


def open_(db: Db, practice: Practice, by: UUID, framework: str = "cc-2025", **given: Any) -> None:
    asked = {"enrolment_id": practice.enrolment, "now": practice.now} | given
    places_opening.open_standards(db, framework=framework, by=by, **asked)


def rows(db: Db, practice: Practice) -> dict[str, LearnerUnit]:
    found = select(LearnerUnit).where(LearnerUnit.enrolment_id == practice.enrolment)
    return {row.unit: row for row in db.scalars(found.execution_options(populate_existing=True))}


def test_every_standard_is_opened_with_the_module_that_teaches_it(db: Db, practice: Practice) -> None:
    found = rows(db, practice)
    assert len(found) == 16
    assert {unit: row.module for unit, row in found.items()} == {f"CC{n}": f"CCK-{n}" for n in range(1, 17)}
    assert (found["CC5"].needed, found["CC5"].state, found["CC5"].ready_at) == (25, UnitState.NOT_SEEN, None)


def test_doing_it_again_changes_nothing(db: Db, practice: Practice, world: World) -> None:
    before = len(facts(db, "StandardsOpened"))
    open_(db, practice, world.pa)
    open_(db, practice, world.coordinator)
    assert (len(rows(db, practice)), len(facts(db, "StandardsOpened"))) == (16, before)


def test_another_edition_takes_its_place_while_nothing_is_recorded(db: Db, practice: Practice, world: World) -> None:
    open_(db, practice, world.coordinator, "cc-2015")
    assert {row.framework for row in rows(db, practice).values()} == {"cc-2015"}
    assert len(rows(db, practice)) == 15
    practice.offer(db, world.assessor, ("5.4a",))
    with pytest.raises(Refused, match="so it stays"):
        open_(db, practice, world.pa)


def test_criteria_of_the_other_edition_are_not_theirs(db: Db, practice: Practice, world: World) -> None:
    enrolment = learning.enrolment(db, practice.enrolment)
    newer = {line.key for placed in places.units_of(db, enrolment) for line in placed.unit.lines}
    piece = practice.offer(db, world.assessor, ("12.1a",))
    other = next(key for key in ("15.1b", "1.1a", "12.1d", "14.2a") if key not in newer)
    with pytest.raises(NotFound):
        practice.decide(db, world.assessor, piece, (other,), Judgement.MET)


def test_who_may_open_and_where(db: Db, practice: Practice, world: World) -> None:
    for by in (world.assessor, world.employer_person, world.second_pa, world.other_coordinator):
        with pytest.raises(NotFound):
            open_(db, practice, by, "cc-2015")
    for framework in ("pai-practice", "awif-hsc", "nothing"):
        with pytest.raises(NotFound):
            open_(db, practice, world.pa, framework)
    induction = learning_services.enrol(
        db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.pa, now=practice.now
    )
    with pytest.raises(Refused, match="Care Certificate course"):
        open_(db, practice, world.pa, enrolment_id=induction)
    leaves(db, practice.enrolment, practice.now)
    with pytest.raises(Refused, match="They have left"):
        open_(db, practice, world.pa, "cc-2015")


def show(db: Db, practice: Practice, world: World, module: str) -> None:
    """Somebody hears that the learner knows everything a module teaches."""
    loaded: Courses = db.info["shelves"][Courses]
    outcomes = tuple(outcome.code for outcome in loaded.module_in("CCK", module).outcomes)
    show_in_conversation(
        db,
        enrolment_id=practice.enrolment,
        module=module,
        outcomes=outcomes,
        source_id=practice.enrolment,
        by=world.assessor,
        now=practice.now,
    )


def test_what_is_shown_in_the_learning_is_met_without_a_decision(db: Db, practice: Practice, world: World) -> None:
    show(db, practice, world, "CCK-12")
    show(db, practice, world, "CCK-15")
    found = queries.stand_of(db, learning.enrolment(db, practice.enrolment))
    knowledge = {line.key for line in found["CC15"].placed.unit.knowledge}
    shown = {key for key, line in found["CC15"].lines.items() if line.stand is Stand.MET}
    assert shown
    assert shown <= knowledge
    row = rows(db, practice)["CC15"]
    assert (row.met, row.needed) == (len(shown), 7)


def test_a_decision_on_knowledge_goes_before_what_was_shown(db: Db, practice: Practice, world: World) -> None:
    show(db, practice, world, "CCK-1")
    enrolment = learning.enrolment(db, practice.enrolment)
    before = queries.stand_of(db, enrolment)["CC1"]
    line = next(key for key, each in before.lines.items() if each.stand is Stand.MET)
    asked = {"kind": EvidenceKind.ORAL_QUESTIONS, "asked": "What would you do?"}
    piece = practice.offer(db, world.assessor, (line,), **asked)
    practice.decide(db, world.assessor, piece, (line,), Judgement.NOT_YET_MET, feedback="Say it once more.")
    assert queries.stand_of(db, enrolment)["CC1"].lines[line].stand is Stand.NOT_YET_MET
    practice.decide(db, world.assessor, piece, (line,), Judgement.MET)
    assert queries.stand_of(db, enrolment)["CC1"].lines[line].stand is Stand.MET


def test_the_worker_counts_what_nobody_has_counted(house: House, practice: Practice) -> None:
    with house.database.writing() as db:
        for row in rows(db, practice).values():
            row.needed = 0
    assert standing_rows.catch_up(house, practice.now) == 1
    assert standing_rows.catch_up(house, practice.now) == 0
    with house.database.reading() as db:
        units = places.units_of(db, learning.enrolment(db, practice.enrolment))
        assert {unit: row.needed for unit, row in rows(db, practice).items()} == {
            placed.unit.code: len(placed.unit.lines) for placed in units
        }
