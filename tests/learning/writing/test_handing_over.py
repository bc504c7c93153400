"""What a learner hands over, takes back and writes again, on a real database."""

import pytest
from sqlalchemy import select

from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.learning import checks, queries, rules, services
from lms.learning.models import WrittenWork
from lms.learning.rules import StepKind
from lms.learning.states import WorkState
from lms.learning.writing import desk
from lms.learning.writing import queries as writing
from lms.learning.writing import services as writing_services
from lms.learning.writing.waiting import Scope, count_waiting
from tests.learning.writing.acts import ACTIVITY, Acts, facts

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def step(db: Db, acts: Acts, kind: StepKind) -> rules.Step:
    found = rules.steps(acts.module, queries.studied(db, acts.enrolment))
    return next(each for each in found if each.kind is kind)


def test_an_unfinished_text_is_nobody_elses(db: Db, acts: Acts) -> None:
    acts.write(db, "Half a thought", finished=False)
    assert writing.pieces_of(db, acts.world.pa) == []
    assert facts(db, "TextHandedOver") == 0
    (kept,) = writing.kept_by(db, acts.world.pa)
    assert kept.text == "Half a thought"
    assert writing.kept_by(db, acts.world.second_pa) == []


def test_a_finished_text_waits_and_its_step_with_it(db: Db, acts: Acts) -> None:
    acts.write(db, "All of it")
    piece = acts.activity(db)
    assert (piece.state, piece.version, piece.latest.text, piece.needed) == (WorkState.WAITING, 1, "All of it", True)
    assert writing.kept_by(db, acts.world.pa) == []
    waiting = step(db, acts, StepKind.ACTIVITY)
    assert (waiting.done, waiting.waiting) == (False, True)
    left = rules.next_in(acts.module, queries.studied(db, acts.enrolment))
    assert left is not None
    assert left.kind is StepKind.LESSON
    acts.write(db, "All of it")
    assert acts.activity(db).version == 1


def test_a_text_changed_while_it_waits_is_a_new_version(db: Db, acts: Acts) -> None:
    acts.write(db, "First")
    acts.write(db, "Second")
    acts.write(db, "Third, not finished", finished=False)
    assert [(v.number, v.text) for v in acts.activity(db).versions] == [(2, "Second"), (1, "First")]


def test_a_text_taken_back_is_only_its_learners_until_finished_anew(db: Db, acts: Acts) -> None:
    acts.write(db, "Too soon")
    piece = acts.activity(db)
    acts.take_back(db, piece)
    acts.take_back(db, piece)
    assert acts.activity(db).state is WorkState.TAKEN_BACK
    assert facts(db, "TextTakenBack") == 1
    assert count_waiting(db, Scope(acts.world.coordinator, authorities=frozenset({acts.world.authority}))) == 0
    assert not step(db, acts, StepKind.ACTIVITY).done
    with pytest.raises(Refused, match="took this text back"):
        acts.open(db, piece)
    acts.write(db, "Too soon", finished=True)
    assert (acts.activity(db).state, acts.activity(db).version) == (WorkState.WAITING, 2)


def test_a_text_that_is_being_read_or_was_read_is_not_taken_back(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece = acts.activity(db)
    acts.open(db, piece)
    with pytest.raises(Refused, match="Dai Assessor is reading this now"):
        acts.take_back(db, piece)
    acts.later(minutes=40)
    acts.not_yet(db, piece)
    with pytest.raises(Refused, match="has read this text already"):
        acts.take_back(db, piece)
    with pytest.raises(Refused, match="handed in with its check"):
        acts.take_back(db, acts.answer(db, acts.check(db)))


def test_not_yet_comes_back_and_is_read_again_with_what_was_said(db: Db, acts: Acts) -> None:
    acts.write(db, "First")
    acts.not_yet(db, acts.activity(db))
    piece = acts.activity(db)
    assert piece.state is WorkState.SENT_BACK
    assert step(db, acts, StepKind.ACTIVITY).sent_back
    studied = queries.studied(db, acts.enrolment)
    left = rules.next_in(acts.module, studied)
    assert left is not None
    assert (left.kind, studied.sent_back[ACTIVITY]) == (StepKind.ACTIVITY, piece.id)
    acts.again(db, piece, "Second")
    again = acts.activity(db)
    assert (again.state, again.version) == (WorkState.WAITING, 2)
    assert [(v.text, v.said.comment if v.said else None) for v in again.versions] == [
        ("Second", None),
        ("First", "Say what you did yourself."),
    ]
    acts.read(db, again)
    assert step(db, acts, StepKind.ACTIVITY).done


def test_what_was_met_stays_met_whatever_is_written_after(db: Db, acts: Acts) -> None:
    acts.write(db, "First")
    acts.read(db, acts.activity(db))
    acts.write(db, "An afterthought")
    piece = acts.activity(db)
    assert (piece.state, piece.version) == (WorkState.MET, 1)
    assert step(db, acts, StepKind.ACTIVITY).done
    (kept,) = writing.kept_by(db, acts.world.pa)
    assert kept.text == "An afterthought"
    with pytest.raises(Refused, match="did not come back"):
        acts.again(db, piece)


def test_a_welcome_text_counts_when_finished_and_stays_when_it_comes_back(db: Db, acts: Acts) -> None:
    acts.write(db)
    db.execute(WrittenWork.__table__.update().values(needed=False))  # type: ignore[attr-defined]
    assert step(db, acts, StepKind.ACTIVITY).done
    acts.not_yet(db, acts.activity(db))
    assert step(db, acts, StepKind.ACTIVITY).done
    acts.again(db, acts.activity(db))
    assert step(db, acts, StepKind.ACTIVITY).done


def test_an_answer_is_read_only_when_enough_of_the_others_is_right(db: Db, acts: Acts) -> None:
    wrong = acts.check(db, right=False)
    assert writing.pieces_in(db, wrong) == {}
    assert acts.answer(db, acts.check(db, "Now it is")).latest.text == "Now it is"


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001], ids=["nothing", "blank", "too long"])
def test_what_cannot_be_an_answer_is_refused(db: Db, acts: Acts, text: str) -> None:
    piece = acts.answer(db, acts.check(db))
    acts.not_yet(db, piece)
    with pytest.raises(Refused):
        acts.again(db, piece, text)


def test_nobody_writes_or_takes_back_for_somebody_else(db: Db, acts: Acts) -> None:
    acts.write(db)
    piece = acts.activity(db)
    acts.not_yet(db, piece)
    for stranger in (acts.world.second_pa, acts.world.coordinator):
        with pytest.raises(NotFound):
            writing.own_piece(db, piece.id, stranger)
        with pytest.raises(NotFound):
            writing_services.write_again(db, work_id=piece.id, text="Mine", by=stranger, now=acts.now)
        with pytest.raises(NotFound):
            writing_services.take_back(db, work_id=piece.id, by=stranger, now=acts.now)


def test_no_new_try_while_only_the_reading_is_missing(db: Db, acts: Acts) -> None:
    acts.check(db)
    with pytest.raises(Refused, match="Only the reading"):
        services.start_or_resume_attempt(
            db, enrolment_id=acts.enrolment, module="SMALL-1", by=acts.world.pa, now=acts.now
        )


def test_markup_and_directions_in_a_text_are_only_text(db: Db, acts: Acts) -> None:
    attempt = acts.check(db, "<script>alert(1)</script> \u202eabc")
    assert acts.answer(db, attempt).latest.text == "<script>alert(1)</script> abc"
    assert checks.own_attempt(db, attempt, acts.world.pa).answers["Q4"] == ("<script>alert(1)</script> abc",)
    assert db.scalar(select(WrittenWork.state)) is WorkState.WAITING
    assert desk.open_next(db, Scope(acts.world.pa, frozenset({acts.enrolment})), now=acts.now) is None
