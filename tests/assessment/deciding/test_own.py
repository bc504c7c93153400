"""What a PA's own page reads where standings cannot be taken at their word; see also `test_truth`."""

from uuid import uuid4

from sqlalchemy import update

from lms.assessment.content import Frameworks
from lms.assessment.deciding.own import OwnStandards, own_standards, whole_standards
from lms.assessment.lines import services as lines
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.lines.rules import Simulated
from lms.assessment.lines.services import Place, Said
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import Judgement, Kind, UnitState
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import queries as learning
from tests.assessment.deciding.test_costs import counted
from tests.assessment.practising import FRAMEWORK, Practice
from tests.world import World

LINES = ("12.1a", "12.1b", "12.1c")


def seen(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, LINES, Judgement.MET)


def own(db: Db, practice: Practice, world: World) -> OwnStandards:
    (found,) = own_standards(db, world.pa, [learning.enrolment(db, practice.enrolment)])
    return found


def test_a_standing_nobody_has_counted_is_worked_out(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    db.execute(update(LearnerUnit).values(needed=0, met=0, state=UnitState.NOT_SEEN))
    found = own(db, practice, world)
    assert {one.placed.unit.code: one.met for one in found.standards}["CC12"] == len(LINES)
    assert found == whole_standards(db, learning.enrolment(db, practice.enrolment))


def test_a_line_the_authority_says_is_of_another_kind(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    db.execute(update(LearnerUnit).values(met=99))
    assert {one.met for one in own(db, practice, world).standards} == {99}, "standings are read"
    line = shelf(db, Frameworks).framework(FRAMEWORK).lines["8.3e"]
    lines.correct_line(
        db,
        check_id=uuid4(),
        authority_id=world.authority,
        framework=FRAMEWORK,
        key=line.key,
        said=Said(code=line.code, text=line.text, kind=Kind.KNOWLEDGE, simulation=Simulated.YES),
        place=Place(looked_up_in="The standards", document_on=None),
        by=world.coordinator,
        now=practice.now,
    )
    assert frameworks_for(db, world.authority).framework(FRAMEWORK).lines["8.3e"].kind is Kind.KNOWLEDGE
    found = own(db, practice, world)
    assert 99 not in {one.met for one in found.standards}
    assert found == whole_standards(db, learning.enrolment(db, practice.enrolment))


def test_it_costs_the_same_however_much_there_is(db: Db, practice: Practice, world: World) -> None:
    costs = []
    for _ in range(2):
        for _ in range(6):
            seen(db, practice, world)
        with counted(db) as asked:
            found = own(db, practice, world)
        assert (len(found.said), len(found.pieces)) == (len(LINES), 5)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 10
