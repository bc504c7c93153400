"""Showing outcomes on a real database: by checks, a text, a conversation and prior learning; once, and never less."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from lms.core.db import Db
from lms.core.files import keep
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import marking, queries, rules
from lms.learning.catalogue import Courses
from lms.learning.models import Attempt, Enrolment, KeyCorrection
from lms.learning.prior import services as prior
from lms.learning.shown import services
from lms.learning.shown.models import ShownOutcome
from lms.learning.shown.queries import shown_in
from lms.learning.shown.rules import HowShown
from lms.learning.states import Judged, Why
from lms.learning.writing import desk
from lms.learning.writing import queries as writing
from lms.learning.writing import services as texts
from tests.learning.shown.conftest import Learner
from tests.world import World

FIRST = ("KNOW-1-K1", "KNOW-1-K2")


def facts(db: Db, kind: str) -> list[dict[str, object]]:
    return [row.data for row in db.scalars(select(EventRow).where(EventRow.kind == kind).order_by(EventRow.at))]


def shown(learner: Learner) -> set[str]:
    return set(shown_in(learner.db, learner.on["KNOW"]))


def finished(learner: Learner) -> set[str]:
    return set(queries.studied(learner.db, learner.on["KNOW"]).finished)


class TestCheck:
    def test_each_go_asks_for_what_is_not_shown_yet(self, learner: Learner) -> None:
        first = learner.start("KNOW-1")
        assert set(learner.asked(first)) == set(FIRST)
        learner.answer(first, wrong=("KNOW-1-K2",))
        assert shown(learner) == {"KNOW-1-K1"}
        second = learner.start("KNOW-1")
        assert set(learner.asked(second)) == {"KNOW-1-K2", "KNOW-1-K5"}
        assert learner.asked(second)["KNOW-1-K2"] != learner.asked(first)["KNOW-1-K2"]
        learner.answer(second)
        assert shown(learner) == {*FIRST, "KNOW-1-K5"}

    def test_it_is_passed_once_all_are_shown_over_all_goes(self, learner: Learner) -> None:
        first = learner.go("KNOW-1")
        second = learner.go("KNOW-1")
        assert [learner.db.get_one(Attempt, each).passed for each in (first, second)] == [False, True]
        assert len(facts(learner.db, "CheckPassed")) == 1
        assert facts(learner.db, "CheckNotPassed") == []
        with pytest.raises(Refused, match="shown all"):
            learner.start("KNOW-1")

    def test_a_fact_says_what_was_shown_and_how(self, learner: Learner) -> None:
        first = learner.go("KNOW-1", wrong=("KNOW-1-K1",))
        (fact,) = facts(learner.db, "OutcomesShown")
        assert fact == {
            "enrolment_id": str(learner.on["KNOW"]),
            "module": "KNOW-1",
            "edition": "1",
            "outcomes": ["KNOW-1-K2"],
            "how": "check",
            "source_id": str(first),
            "judged_by": None,
        }
        held = shown_in(learner.db, learner.on["KNOW"])["KNOW-1-K2"]
        assert (held.how, held.source_id, held.judged_by, held.at) == (HowShown.CHECK, first, None, learner.now)
        assert held.question in {"KNOW-1-Q3", "KNOW-1-Q4"}

    def test_what_belongs_to_another_nation_is_not_asked(self, learner: Learner) -> None:
        learner.go("KNOW-1")
        assert "KNOW-1-K4" not in learner.asked(learner.start("KNOW-1"))

    def test_only_some_are_asked_when_only_those_are_wanted(self, learner: Learner) -> None:
        attempt = learner.start("KNOW-1", only=("KNOW-1-K5", "KNOW-1-K3"))
        assert set(learner.asked(attempt)) == {"KNOW-1-K5"}
        learner.answer(attempt)
        with pytest.raises(Refused, match="shown all"):
            learner.start("KNOW-1", only=("KNOW-1-K5",))
        assert set(learner.asked(learner.start("KNOW-1"))) == set(FIRST)

    def test_a_corrected_key_shows_more_and_never_less(self, learner: Learner, world: World, taught: Courses) -> None:
        learner.go("KNOW-1")
        last = learner.go("KNOW-1", wrong=("KNOW-1-K5",))
        assert shown(learner) == set(FIRST)
        for right in ("b", "a"):
            learner.db.add(
                KeyCorrection(
                    authority_id=world.authority,
                    module="KNOW-1",
                    edition="1",
                    question="KNOW-1-Q6",
                    key=[right],
                    reason="It was the other way round.",
                    by=world.admin,
                    at=learner.who()["now"],
                )
            )
            learner.db.flush()
            attempt = learner.db.get_one(Attempt, last)
            marking.mark_attempt(learner.db, attempt, why=Why.KEY_CORRECTED, by=world.admin, now=learner.now)
            assert shown(learner) == {*FIRST, "KNOW-1-K5"}
            assert attempt.passed
        assert len(facts(learner.db, "CheckPassed")) == 1

    def test_whoever_has_shown_everything_need_not_read_about_it(self, learner: Learner, taught: Courses) -> None:
        learner.go("KNOW-2")
        assert finished(learner) == {"KNOW-2"}
        done = queries.studied(learner.db, learner.on["KNOW"])
        lesson, check = rules.steps(taught.modules["KNOW-2"], done)
        assert (lesson.done, lesson.shown, check.done, check.shown) == (True, True, True, False)
        assert done.lessons == frozenset()

    def test_while_something_is_left_to_show_its_lessons_are_to_be_read(
        self, learner: Learner, taught: Courses
    ) -> None:
        learner.go("KNOW-1")
        learner.go("KNOW-1")
        done = queries.studied(learner.db, learner.on["KNOW"])
        first, second, activity, check = rules.steps(taught.modules["KNOW-1"], done)
        assert [first.done, second.done, activity.done, check.done] == [False, False, False, True]


class TestText:
    def read(self, learner: Learner, world: World, judged: Judged) -> UUID:
        piece = writing.activity_piece(learner.db, learner.on["KNOW"], "KNOW-1-A1")
        assert piece is not None
        desk.record_reading(
            learner.db,
            id=uuid4(),
            work_id=piece.id,
            version=piece.version,
            judged=judged,
            comment="Say more.",
            by=world.assessor,
            behalf=world.college,
            now=learner.who()["now"],
        )
        return piece.id

    def test_a_text_shows_once_its_reader_says_it_is_met(self, learner: Learner, world: World) -> None:
        learner.write()
        assert shown(learner) == set()
        self.read(learner, world, Judged.NOT_YET)
        assert shown(learner) == set()
        learner.write("More of my own work")
        work = self.read(learner, world, Judged.MET)
        held = shown_in(learner.db, learner.on["KNOW"])["KNOW-1-K3"]
        assert (held.how, held.source_id, held.judged_by) == (HowShown.ACTIVITY, work, world.assessor)

    def test_a_text_taken_back_shows_nothing(self, learner: Learner) -> None:
        learner.write()
        piece = writing.activity_piece(learner.db, learner.on["KNOW"], "KNOW-1-A1")
        assert piece is not None
        texts.take_back(learner.db, work_id=piece.id, **learner.who())
        assert shown(learner) == set()

    def test_the_whole_module(self, learner: Learner, world: World) -> None:
        learner.read("KNOW", "SMALL-1-L1")
        learner.read("KNOW", "KNOW-1-L1")
        learner.go("KNOW-1")
        learner.go("KNOW-1")
        learner.write()
        assert finished(learner) == set()
        self.read(learner, world, Judged.MET)
        assert finished(learner) == {"KNOW-1"}


class TestConversation:
    def hear(self, learner: Learner, world: World, *outcomes: str, source: UUID | None = None) -> UUID:
        source = source or uuid4()
        services.show_in_conversation(
            learner.db,
            enrolment_id=learner.on["KNOW"],
            module="KNOW-1",
            outcomes=outcomes,
            source_id=source,
            by=world.assessor,
            now=learner.who()["now"],
        )
        return source

    def test_it_shows_once_with_who_heard_it(self, learner: Learner, world: World) -> None:
        source = self.hear(learner, world, "KNOW-1-K1", "KNOW-1-K3")
        self.hear(learner, world, "KNOW-1-K1", "KNOW-1-K3")
        held = shown_in(learner.db, learner.on["KNOW"])["KNOW-1-K1"]
        assert (held.how, held.source_id, held.judged_by) == (HowShown.CONVERSATION, source, world.assessor)
        assert len(facts(learner.db, "OutcomesShown")) == 1
        assert set(learner.asked(learner.start("KNOW-1"))) == {"KNOW-1-K2", "KNOW-1-K5"}

    def test_an_activity_all_of_which_was_told_need_not_be_written(self, learner: Learner, world: World) -> None:
        for lesson in ("SMALL-1-L1", "KNOW-1-L1"):
            learner.read("KNOW", lesson)
        learner.go("KNOW-1")
        self.hear(learner, world, "KNOW-1-K3")
        assert finished(learner) == set()
        self.hear(learner, world, "KNOW-1-K5")
        assert finished(learner) == {"KNOW-1"}
        assert facts(learner.db, "CheckPassed") == []

    def test_what_was_told_of_a_check_that_was_begun_is_done(
        self, learner: Learner, world: World, taught: Courses
    ) -> None:
        learner.start("KNOW-2")
        services.show_in_conversation(
            learner.db,
            enrolment_id=learner.on["KNOW"],
            module="KNOW-2",
            outcomes=["KNOW-2-K1"],
            source_id=uuid4(),
            by=world.assessor,
            now=learner.who()["now"],
        )
        done = queries.studied(learner.db, learner.on["KNOW"])
        assert [step.done for step in rules.steps(taught.modules["KNOW-2"], done)] == [True, True]

    def test_refusals(self, learner: Learner, world: World) -> None:
        def hear(**other: object) -> None:
            asked = {
                "enrolment_id": learner.on["KNOW"],
                "module": "KNOW-1",
                "outcomes": ["KNOW-1-K1"],
                "source_id": uuid4(),
                "by": world.assessor,
                "now": learner.now,
            }
            services.show_in_conversation(learner.db, **{**asked, **other})  # type: ignore[arg-type]

        for wrong in (
            {"outcomes": ["KNOW-1-K4"]},
            {"outcomes": ["KNOW-2-K1"]},
            {"module": "SMALL-1"},
            {"enrolment_id": uuid4()},
        ):
            with pytest.raises(NotFound):
                hear(**wrong)
        with pytest.raises(Refused, match="Somebody else"):
            hear(by=world.pa)
        learner.db.get_one(Enrolment, learner.on["KNOW"]).ended_at = learner.now
        with pytest.raises(Refused, match="ended"):
            hear()
        assert shown(learner) == set()

    @pytest.mark.parametrize(
        "wrong", [{"judged_by": "self"}, {"judged_by": None}, {"how": HowShown.CHECK}], ids=["own", "nobody", "both"]
    )
    def test_the_database_itself_wants_another_judge(
        self, learner: Learner, world: World, wrong: dict[str, object]
    ) -> None:
        row = {
            "enrolment_id": learner.on["KNOW"],
            "outcome": "KNOW-1-K1",
            "learner_id": world.pa,
            "module": "KNOW-1",
            "edition": "1",
            "how": HowShown.CONVERSATION,
            "judged_by": world.assessor,
            "at": learner.now,
        }
        wrong = {**wrong, "judged_by": world.pa} if wrong.get("judged_by") == "self" else wrong
        with pytest.raises(IntegrityError), learner.db.begin_nested():
            learner.db.execute(insert(ShownOutcome).values(**{**row, **wrong}))


def test_prior_learning_shows_and_is_not_asked(learner: Learner, world: World, house: House, now: datetime) -> None:
    db, offer, decision = learner.db, uuid4(), uuid4()
    prior.offer_prior(
        db,
        id=offer,
        enrolment_id=learner.on["KNOW"],
        module="KNOW-1",
        outcomes=["KNOW-1-K1", "KNOW-1-K3"],
        title="A course elsewhere",
        earned_on=None,
        says="",
        paper=keep(db, house.files, b"%PDF-1.7 a certificate", "application/pdf", now=now),
        certificate=None,
        **learner.who(),
    )
    prior.decide(
        db,
        id=decision,
        offer_id=offer,
        accepted=["KNOW-1-K1", "KNOW-1-K3"],
        reason="The certificate says so.",
        by=world.assessor,
        behalf=world.college,
        now=learner.who()["now"],
    )
    held = shown_in(db, learner.on["KNOW"])
    for code in ("KNOW-1-K1", "KNOW-1-K3"):
        assert (held[code].how, held[code].source_id) == (HowShown.PRIOR, decision)
        assert held[code].judged_by == world.assessor
    assert set(learner.asked(learner.start("KNOW-1"))) == {"KNOW-1-K2", "KNOW-1-K5"}
    assert "KNOW-1-A1" in queries.studied(db, learner.on["KNOW"]).shown
