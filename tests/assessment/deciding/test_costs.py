"""What it costs to decide and to read where somebody stands: the same, however much there is already."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from lms.assessment.deciding import queries
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.rules import Judgement
from lms.core.db import Db
from lms.learning import queries as learning
from tests.assessment.practising import Practice
from tests.world import World

LINES = ("12.1a", "12.1b", "12.1c")


@contextmanager
def counted(db: Db) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    engine = db.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def more(db: Db, practice: Practice, world: World, times: int) -> None:
    """Pieces and decisions, and a day on which all of it is old."""
    for number in range(times):
        piece = practice.offer(db, world.assessor, LINES, text=f"Seen {number}.")
        practice.decide(db, world.assessor, piece, LINES, Judgement.MET)


@pytest.mark.parametrize("times", [1, 12])
def test_reading_where_somebody_stands(db: Db, practice: Practice, world: World, times: int) -> None:
    more(db, practice, world, times)
    enrolment = learning.enrolment(db, practice.enrolment)
    with counted(db) as asked:
        assert len(queries.stand_of(db, enrolment)) == 16
    assert len(asked) <= 9
    with counted(db) as asked:
        assert len(evidence_of(db, practice.enrolment)) == times
    assert len(asked) <= 6


def test_deciding_on_one_line(db: Db, practice: Practice, world: World) -> None:
    costs = []
    for times in (1, 12):
        more(db, practice, world, times)
        piece = practice.offer(db, world.assessor, LINES)
        with counted(db) as asked:
            practice.decide(db, world.assessor, piece, LINES[:1], Judgement.MET)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 54, "a third of it is what quality assurance and the notice write"
