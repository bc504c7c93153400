"""Home reads where units stand from their standings: the same as what the whole record says."""

from lms.assessment import queries
from lms.assessment.rules import Judgement
from lms.core.db import Db
from tests.assessment.practising import Practice
from tests.world import World

LINES = ("12.1a", "12.1b", "12.1c")


def test_standings_say_what_the_record_says(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, LINES[:1], Judgement.MET)
    practice.decide(db, world.assessor, piece, LINES[1:2], Judgement.NOT_YET_MET, feedback="Ask first.")
    whole = {one.placed.unit.code: one.state for one in queries.practice_of_learner(db, world.pa)}
    assert {one.placed.unit.code: one.state for one in queries.units_now(db, world.pa)} == whole
    assert len(set(whole.values())) > 1
    assert queries.units_now(db, world.coordinator) == ()
