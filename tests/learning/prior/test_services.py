"""Prior learning on a real database: offered once, decided once by somebody else, and what it does to study."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from lms.core.db import Db
from lms.core.files import keep
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.shelves import shelf
from lms.core.words import NotFound, Refused
from lms.learning import checks, rules
from lms.learning import queries as learning
from lms.learning import services as study
from lms.learning.catalogue import Courses
from lms.learning.prior import queries, services
from lms.learning.prior.models import PriorDecision
from lms.learning.prior.rules import OfferState
from lms.learning.questions.samples import sample_answer
from lms.learning.rules import ModuleState, StepKind
from lms.learning.writing.waiting import Scope
from lms.people.rules import Nation
from tests.world import World


def events(db: Db, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(EventRow).where(EventRow.kind == kind)) or 0


@pytest.fixture
def paper(house: House, db: Db, now: datetime) -> str:
    return keep(db, house.files, b"%PDF-1.7 a certificate", "application/pdf", now=now)


@pytest.fixture
def offering(db: Db, world: World, enrolment: UUID, paper: str, now: datetime) -> Any:
    """Offers something; any argument can be another."""

    def offer(**other: Any) -> UUID:
        asked = {
            "id": uuid4(),
            "enrolment_id": enrolment,
            "module": "PAI-1",
            "outcomes": ["PAI-1.1", "PAI-1.2"],
            "title": "Induction at another council",
            "earned_on": None,
            "says": "",
            "paper": paper,
            "certificate": None,
            "by": world.pa,
            "now": now,
        } | other
        services.offer_prior(db, **asked)
        return asked["id"]

    return offer


def decide(db: Db, world: World, offer_id: UUID, now: datetime, **other: Any) -> None:
    asked = {
        "id": uuid4(),
        "offer_id": offer_id,
        "accepted": ["PAI-1.1"],
        "reason": "The paper shows it.",
        "by": world.assessor,
        "behalf": world.college,
        "now": now,
    }
    services.decide(db, **(asked | other))


def test_offering_twice_with_the_same_number_is_once(db: Db, world: World, offering: Any) -> None:
    number = uuid4()
    assert offering(id=number) == offering(id=number)
    (found,) = queries.offers_of(db, world.pa)
    assert (found.state, found.outcomes, found.module) == (OfferState.WAITING, ("PAI-1.1", "PAI-1.2"), "PAI-1")
    assert events(db, "PriorOffered") == 1


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"outcomes": []}, "at least one"),
        ({"outcomes": ["PAI-2.1"]}, "at least one"),
        ({"title": " \n "}, "Say what it was"),
        ({"paper": None}, "picture or PDF"),
        ({"certificate": "ABC"}, "picture or PDF"),
        ({"says": "x" * 2001}, "Shorten"),
    ],
)
def test_what_cannot_be_offered_is_refused(db: Db, world: World, offering: Any, other: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        offering(**other)
    assert queries.offers_of(db, world.pa) == []


def test_a_day_to_come_and_a_day_long_ago_are_refused(offering: Any, now: datetime) -> None:
    with pytest.raises(Refused, match="still to come"):
        offering(earned_on=(now + timedelta(days=1)).date())
    with pytest.raises(Refused, match="long ago"):
        offering(earned_on=now.date().replace(year=1926))
    offering(earned_on=now.date())


def test_nobody_offers_on_somebody_elses_enrolment(db: Db, world: World, offering: Any) -> None:
    with pytest.raises(NotFound):
        offering(by=world.second_pa)


def test_a_decision_accepts_some_and_says_why(
    db: Db, world: World, offering: Any, enrolment: UUID, now: datetime
) -> None:
    offer_id = offering()
    decide(db, world, offer_id, now)
    found = queries.offer(db, offer_id)
    assert found.state is OfferState.ACCEPTED
    assert found.decision is not None
    assert (found.decision.accepted, found.decision.reason) == (("PAI-1.1",), "The paper shows it.")
    assert learning.prior_outcomes(db, enrolment) == {"PAI-1.1"}
    assert events(db, "PriorDecided") == 1


def test_accepting_none_is_a_decision_too(db: Db, world: World, offering: Any, enrolment: UUID, now: datetime) -> None:
    offer_id = offering()
    decide(db, world, offer_id, now, accepted=[])
    assert queries.offer(db, offer_id).state is OfferState.NOT_ACCEPTED
    assert learning.prior_outcomes(db, enrolment) == frozenset()


def test_the_same_decision_twice_is_once_and_another_is_refused(
    db: Db, world: World, offering: Any, now: datetime
) -> None:
    offer_id, number = offering(), uuid4()
    decide(db, world, offer_id, now, id=number)
    decide(db, world, offer_id, now, id=number)
    with pytest.raises(Refused, match="decided about this already"):
        decide(db, world, offer_id, now, accepted=["PAI-1.2"])
    assert events(db, "PriorDecided") == 1


def test_what_cannot_be_decided_is_refused(db: Db, world: World, offering: Any, now: datetime) -> None:
    offer_id = offering()
    with pytest.raises(Refused, match="offered"):
        decide(db, world, offer_id, now, accepted=["PAI-1.3"])
    with pytest.raises(Refused, match="Say why"):
        decide(db, world, offer_id, now, reason=" ")


def test_nobody_decides_about_their_own(db: Db, world: World, offering: Any, now: datetime) -> None:
    offer_id = offering()
    with pytest.raises(Refused, match="Somebody else"):
        decide(db, world, offer_id, now, by=world.pa)
    row = insert(PriorDecision).values(
        id=uuid4(),
        offer_id=offer_id,
        learner_id=world.pa,
        accepted=[],
        reason="mine",
        decided_by=world.pa,
        behalf=world.college,
        decided_at=now,
    )
    with pytest.raises(IntegrityError, match="somebody_else_decides"):
        db.execute(row)


def test_what_was_taken_back_is_not_decided(db: Db, world: World, offering: Any, now: datetime) -> None:
    offer_id = offering()
    services.take_back(db, offer_id=offer_id, by=world.pa, now=now)
    services.take_back(db, offer_id=offer_id, by=world.pa, now=now)
    assert events(db, "PriorTakenBack") == 1
    with pytest.raises(Refused, match="taken this back"):
        decide(db, world, offer_id, now)


def test_what_was_decided_is_not_taken_back_and_nobody_takes_back_anothers(
    db: Db, world: World, offering: Any, now: datetime
) -> None:
    offer_id = offering()
    with pytest.raises(NotFound):
        services.take_back(db, offer_id=offer_id, by=world.second_pa, now=now)
    decide(db, world, offer_id, now)
    with pytest.raises(Refused, match="decided about this already"):
        services.take_back(db, offer_id=offer_id, by=world.pa, now=now)


def test_what_waits_is_seen_by_who_is_tied_to_the_learner(
    db: Db, world: World, offering: Any, enrolment: UUID, now: datetime
) -> None:
    offer_id = offering()
    allocated = Scope(world.assessor, enrolments=frozenset({enrolment}))
    coordinating = Scope(world.coordinator, authorities=frozenset({world.authority}))
    elsewhere = Scope(world.other_coordinator, authorities=frozenset({world.other_authority}))
    self_ = Scope(world.pa, authorities=frozenset({world.authority}))
    for scope, seen in ((allocated, 1), (coordinating, 1), (elsewhere, 0), (self_, 0), (Scope(world.assessor), 0)):
        assert len(queries.waiting(db, scope)) == queries.count_waiting(db, scope) == seen
    decide(db, world, offer_id, now)
    assert queries.count_waiting(db, allocated) == 0


def study_what_is_left(db: Db, world: World, enrolment: UUID, now: datetime) -> None:
    found = shelf(db, Courses).module_in("PAI", "PAI-1")
    for step in rules.steps(found, learning.studied(db, enrolment)):
        if step.kind is StepKind.LESSON and not step.prior:
            study.study_lesson(db, enrolment_id=enrolment, lesson=step.code, by=world.pa, now=now)
    study.write_activity(db, enrolment_id=enrolment, activity="PAI-1-A1", text="My plan", by=world.pa, now=now)


def test_what_is_accepted_need_not_be_studied_nor_asked_and_the_module_says_so(
    db: Db, world: World, offering: Any, enrolment: UUID, now: datetime
) -> None:
    decide(db, world, offering(), now, accepted=["PAI-1.1", "PAI-1.2"])
    module = shelf(db, Courses).module_in("PAI", "PAI-1")
    known = [step.code for step in rules.steps(module, learning.studied(db, enrolment)) if step.prior]
    assert known == ["PAI-1-L1", "PAI-1-L2", "PAI-1-L3"]
    study_what_is_left(db, world, enrolment, now)
    attempt_id = study.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)
    attempt = checks.own_attempt(db, attempt_id, world.pa)
    assert {question.outcome for question in attempt.questions} == {"PAI-1.3", "PAI-1.4", "PAI-1.5", "PAI-1.6"}
    for question in attempt.questions:
        given = sample_answer(question, right=True)
        study.give_answer(db, attempt_id=attempt_id, question=question.code, options=given, by=world.pa, now=now)
    study.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    assert "PAI-1" in learning.studied(db, enrolment).finished
    assert learning.prior_in(db, enrolment, "PAI-1") == ("PAI-1.1", "PAI-1.2")


def test_a_module_that_is_prior_learning_as_a_whole_was_not_studied(
    db: Db, world: World, offering: Any, enrolment: UUID, now: datetime
) -> None:
    module = shelf(db, Courses).module_in("PAI", "PAI-1")
    every = [outcome.code for outcome in module.outcomes]
    decide(db, world, offering(outcomes=every), now, accepted=every)
    studied = learning.studied(db, enrolment)
    assert rules.state(module, studied) is ModuleState.PRIOR
    assert rules.next_in(module, studied) is None
    assert studied.finished == {}
    assert events(db, "ModuleStudied") == 0
    with pytest.raises(Refused, match="no check to take"):
        study.start_or_resume_attempt(db, enrolment_id=enrolment, module="PAI-1", by=world.pa, now=now)


def test_an_outcome_of_another_nation_is_not_missed(db: Db, world: World, now: datetime) -> None:
    """PAI-2 has an outcome that is asked for in Wales only; in England all of it can be prior learning without."""
    enrolment = study.enrol(
        db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=now
    )
    module = shelf(db, Courses).module_in("PAI", "PAI-2")
    here = module.outcomes_in(Nation.ENGLAND)
    assert len(here) < len(module.outcomes)
    offer_id = uuid4()
    services.offer_prior(
        db,
        id=offer_id,
        enrolment_id=enrolment,
        module="PAI-2",
        outcomes=here,
        title="Another induction",
        earned_on=None,
        says="",
        paper=None,
        certificate="ABCD-EFGH",
        by=world.pa,
        now=now,
    )
    decide(db, world, offer_id, now, accepted=here)
    assert rules.state(module, learning.studied(db, enrolment)) is ModuleState.PRIOR


def test_nobody_offers_without_end(offering: Any, now: datetime) -> None:
    number = uuid4()
    for _ in range(services.MOST_A_DAY - 1):
        offering()
    offering(id=number)
    with pytest.raises(Refused, match="Go on tomorrow"):
        offering()
    offering(now=now + timedelta(days=1, minutes=1))
