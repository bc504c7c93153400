"""Ratings, reports and corrected keys on a real database, with every wall and everything sent twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core import work
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import checks, marking, services
from lms.learning.authoring import queries as authoring
from lms.learning.authoring import services as authors
from lms.learning.authoring.models import LessonRating, MistakeReport
from lms.learning.authoring.rules import Rating
from lms.learning.catalogue import Module
from lms.learning.models import KeyCorrection
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.questions.samples import sample_answer
from lms.learning.states import Why
from tests.learning.conftest import Answering
from tests.world import World


def events(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


def rate(db: Db, world: World, enrolment: UUID, rating: Rating, now: datetime, **more: Any) -> None:
    how = {"module": "PAI-1", "lesson": "PAI-1-L1", "by": world.pa, **more}
    authors.rate_lesson(db, enrolment_id=enrolment, rating=rating, now=now, **how)


def test_a_later_rating_replaces_and_both_are_kept(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    for n, rating in enumerate((Rating.POOR, Rating.POOR, Rating.GOOD)):
        rate(db, world, enrolment, rating, now + timedelta(minutes=n))
    assert db.scalar(select(func.count()).select_from(LessonRating)) == 2
    assert authoring.ratings(db, world.authority, "PAI-1")["PAI-1-L1"][Rating.GOOD] == 1
    assert sum(authoring.ratings(db, world.authority, "PAI-1")["PAI-1-L1"].values()) == 1
    assert authoring.ratings(db, world.other_authority, "PAI-1") == {}
    assert events(db, "LessonRated") == 2


def test_only_ones_own_lessons_can_be_rated(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    for more in ({"by": world.second_pa}, {"lesson": "PAI-1-L99"}, {"module": "PAI-99"}):
        with pytest.raises(NotFound):
            rate(db, world, enrolment, Rating.GOOD, now, **more)


def test_a_report_is_one_however_often_it_is_sent_and_is_dealt_with_once(
    db: Db, world: World, enrolment: UUID, now: datetime
) -> None:
    report_id = uuid4()
    for _twice in range(2):
        authors.report_lesson(
            db, report_id=report_id, enrolment_id=enrolment, module="PAI-1", lesson="PAI-1-L1", text=" A typo. ",
            by=world.pa, now=now,
        )  # fmt: skip
    (found,), total = authoring.reports(db, world.authority)
    assert (found.text, found.note, total) == ("A typo.", None, 1)
    assert authoring.reports(db, world.other_authority) == ([], 0)
    deal = {"report_id": report_id, "by": world.admin, "now": now}
    with pytest.raises(NotFound):
        authors.deal_with(db, authority_id=world.other_authority, note="x", **deal)
    with pytest.raises(Refused):
        authors.deal_with(db, authority_id=world.authority, note="  ", **deal)
    authors.deal_with(db, authority_id=world.authority, note="Mended, thank you.", **deal)
    with pytest.raises(Refused):
        authors.deal_with(db, authority_id=world.authority, note="Again.", **deal)
    assert authoring.reports(db, world.authority) == ([], 0)
    assert authoring.answered_to(db, world.pa, "PAI-1-L1")[0].note == "Mended, thank you."
    assert (events(db, "MistakeReported"), events(db, "ReportDealtWith")) == (1, 1)


def test_reports_have_an_end_in_a_day(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    def report(at: datetime) -> None:
        authors.report_lesson(
            db, report_id=uuid4(), enrolment_id=enrolment, module="PAI-1", lesson="PAI-1-L1", text="", by=world.pa,
            now=at,
        )  # fmt: skip

    for _each in range(authors.MOST_REPORTS):
        report(now)
    with pytest.raises(Refused):
        report(now)
    report(now + timedelta(days=1))
    assert db.scalar(select(func.count()).select_from(MistakeReport)) == authors.MOST_REPORTS + 1


def test_a_question_is_reported_after_handing_in_by_whoever_was_asked(
    db: Db, world: World, now: datetime, answer_all: Answering
) -> None:
    attempt_id = answer_all(db)
    asked = checks.own_attempt(db, attempt_id, world.pa).questions[0].code
    how = {"attempt_id": attempt_id, "text": "Both are right.", "now": now}
    with pytest.raises(NotFound):
        authors.report_question(db, report_id=uuid4(), question=asked, by=world.pa, **how)
    services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    with pytest.raises(NotFound):
        authors.report_question(db, report_id=uuid4(), question="PAI-9-Q9", by=world.pa, **how)
    with pytest.raises(NotFound):
        authors.report_question(db, report_id=uuid4(), question=asked, by=world.second_pa, **how)
    authors.report_question(db, report_id=uuid4(), question=asked, by=world.pa, **how)
    assert authoring.reports(db, world.authority)[0][0].question == asked


@pytest.fixture
def one_short(house: House, world: World, now: datetime, enrolment: UUID) -> tuple[UUID, str]:
    """An attempt at PAI-1 that one right answer more would have passed, and a choice question it has wrong."""
    with house.database.writing() as db:
        who = {"by": world.pa, "now": now}
        attempt_id = services.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", **who)
        attempt = checks.own_attempt(db, attempt_id, world.pa)
        plan = attempt.module.check
        assert plan is not None
        counted = [question for question in attempt.questions if not question.by_hand]
        need = -(-plan.pass_percent * len(counted) // 100)
        counted.sort(key=lambda question: question.kind != "one_answer")
        wrong = {question.code for question in counted[: len(counted) - need + 1]}
        for question in attempt.questions:
            answer = sample_answer(question, right=question.code not in wrong)
            services.give_answer(db, attempt_id=attempt_id, question=question.code, options=answer, **who)
        services.hand_in(db, attempt_id=attempt_id, **who)
        seen = checks.own_attempt(db, attempt_id, world.pa)
        assert not seen.passed
        return attempt_id, counted[0].code


def correction(world: World, module: Module, question: str, key: tuple[str, ...], now: datetime) -> dict[str, Any]:
    return {
        "correction_id": uuid4(), "authority_id": world.authority, "module": module.code, "edition": module.edition,
        "question": question, "key": key, "reason": "The other answer is right too often.", "by": world.admin,
        "now": now,
    }  # fmt: skip


def chosen(db: Db, world: World, attempt_id: UUID, question: str) -> tuple[str, ...]:
    return checks.own_attempt(db, attempt_id, world.pa).answers[question]


def test_a_corrected_key_gives_the_pass_with_a_trail_and_nobody_loses_one(
    house: House, world: World, module: Module, now: datetime, one_short: tuple[UUID, str]
) -> None:
    attempt_id, question = one_short
    with house.database.writing() as db:
        key = chosen(db, world, attempt_id, question)
        asked = authors.corrected_question(db, world.authority, module.code, module.edition, question)
        foreseen = authoring.preview(db, world.authority, module, asked, key)
        elsewhere = authoring.preview(db, world.other_authority, module, asked, key)
        what = correction(world, module, question, key, now)
        for _twice in range(2):
            authors.correct_key(db, **what)
        assert db.scalar(select(func.count()).select_from(KeyCorrection)) == 1
        original = asked.key()
    assert (foreseen.asked, foreseen.better, foreseen.worse, foreseen.become_passed) == (1, 1, 0, 1)
    assert elsewhere.asked == 0
    for _twice in range(2):
        work.do_all(house, now=now)
        authors.remark(house, str(what["correction_id"]), now)
    with house.database.writing() as db:
        seen = checks.own_attempt(db, attempt_id, world.pa)
        assert seen.passed
        assert seen.corrected[question].reason.startswith("The other")
        assert [each.why for each in marking.trail_of(db, attempt_id)] == [Why.HANDED_IN, Why.KEY_CORRECTED]
        assert (events(db, "CheckPassed"), events(db, "KeyCorrected")) == (1, 1)
        back = correction(world, module, question, original, now + timedelta(hours=1))
        authors.correct_key(db, **back)
    work.do_all(house, now=now + timedelta(hours=1))
    with house.database.unit(writing=False) as db:
        seen = checks.own_attempt(db, attempt_id, world.pa)
        assert seen.passed
        assert seen.marks[question].value == "wrong"


def test_keys_that_are_refused(
    db: Db, world: World, module: Module, now: datetime, one_short: tuple[UUID, str]
) -> None:
    _attempt, question = one_short
    (asked,) = [each for each in module.questions if each.code == question]
    assert isinstance(asked, ChoiceQuestion)
    (other, *_rest) = sorted(asked.codes - asked.right)
    good = correction(world, module, question, (other,), now)
    for wrong in ({"key": ("zzz",)}, {"key": ()}, {"key": asked.key()}, {"reason": " "}):
        with pytest.raises(Refused):
            authors.correct_key(db, **{**good, **wrong})
    for absent in ({"question": "PAI-1-Q999"}, {"edition": "1066"}, {"module": "PAI-99"}):
        with pytest.raises(NotFound):
            authors.correct_key(db, **{**good, **absent})


def test_analysis_counts_each_learner_once_and_keeps_to_its_authority(
    db: Db, world: World, module: Module, one_short: tuple[UUID, str], statements: Callable[[], Any]
) -> None:
    attempt_id, question = one_short
    with statements() as sent:
        found = authoring.items(db, world.authority, module)
    assert len(sent) <= 3
    asked = checks.own_attempt(db, attempt_id, world.pa).questions
    assert sum(item.asked for item in found.values()) == len(asked)
    (wrong,) = [line for line in found[question].lines if line.count]
    assert not wrong.right
    assert all(item.asked == 0 for item in authoring.items(db, world.other_authority, module).values())
