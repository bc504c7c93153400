"""A second look: asked within the days, answered by somebody who did not decide, and the first decision stays."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from lms.assessment.deciding.models import Decision
from lms.assessment.quality.appeals import queries, services
from lms.assessment.quality.appeals.rules import (
    MOVES,
    WITH_SECOND,
    CannotAppeal,
    NotSecond,
    Outcome,
    Stage,
    cannot_appeal,
    may_move,
    next_answer_by,
    not_second,
)
from lms.assessment.quality.models import Appeal
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import queries as reading
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.quality.conftest import Quality
from tests.conftest import NOON as NOW
from tests.world import World

A, B, C = (UUID(int=n) for n in (1, 2, 3))


SAID = st.fixed_dictionaries({"met": st.booleans(), "is_last": st.booleans(), "already": st.booleans()})


@given(SAID, st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 365), st.integers(-400, 400))
def test_a_decision_can_be_appealed_only_in_its_days(said: dict[str, bool], on: date, days: int, later: int) -> None:
    found = cannot_appeal(**said, decided_on=on, days=days, today=on + timedelta(days=later))
    may = said["is_last"] and not said["met"] and not said["already"]
    assert (found is None) == (may and later <= days)


@pytest.mark.parametrize(
    ("person", "before", "close", "why"),
    [
        (A, (), False, NotSecond.DECIDED),
        (B, (), False, NotSecond.LEARNER),
        (C, (C,), False, NotSecond.LOOKED_BEFORE),
        (C, (), True, NotSecond.CLOSE),
        (C, (), False, None),
    ],
)
def test_who_looks_did_not_decide(person: UUID, before: tuple[UUID, ...], close: bool, why: NotSecond | None) -> None:
    assert not_second(person, decider=A, learner=B, before=before, close=close) == why


def test_every_stage_leads_to_an_end() -> None:
    for stage in Stage:
        seen, open_ones = {stage}, [stage]
        while open_ones:
            for to in MOVES[open_ones.pop()] - seen:
                seen.add(to)
                open_ones.append(to)
        assert Stage.CLOSED in seen
        assert (next_answer_by(stage, london_day(NOW), 14) is None) == (stage in {Stage.CLOSED, Stage.ANSWERED})
    assert not may_move(Stage.ANSWERED, Stage.BEING_LOOKED_AT)


def decided(db: Db, quality: Quality, by: UUID) -> UUID:
    """A decision that is not met."""
    quality.course.look(db, by, judgement=Judgement.NOT_YET_MET, feedback="Ask A. before you lift.")
    return db.scalars(select(Decision.id).order_by(Decision.turn.desc()).limit(1)).one()


def ask(db: Db, quality: Quality, decision: UUID, by: UUID) -> UUID:
    return services.ask(db, id=uuid4(), decision_id=decision, why="I did ask her.", by=by, now=quality.now)


def view(db: Db, appeal: UUID) -> queries.AppealView:
    return queries.views(db, [db.get_one(Appeal, appeal)])[0]


def told(db: Db, person: UUID) -> list[str]:
    return [row.kind for row in db.scalars(select(Notice).where(Notice.person_id == person).order_by(Notice.made_at))]


def test_a_learner_asks_and_a_second_person_upholds(db: Db, quality: Quality, world: World) -> None:
    appeal = ask(db, quality, decided(db, quality, world.assessor), world.pa)
    services.acknowledge(db, id=uuid4(), appeal_id=appeal, by=world.coordinator, now=quality.now)
    services.name_second(
        db, id=uuid4(), appeal_id=appeal, second_id=quality.second, by=world.coordinator, now=quality.now
    )
    services.answer(
        db,
        id=uuid4(),
        appeal_id=appeal,
        outcome=Outcome.UPHELD,
        word="I read it all. She was not asked.",
        by=quality.second,
        now=quality.now,
    )
    assert view(db, appeal).stage is Stage.ANSWERED
    assert [step.stage for step in queries.steps_of(db, appeal)] == [
        Stage.ASKED,
        Stage.ACKNOWLEDGED,
        Stage.BEING_LOOKED_AT,
        Stage.ANSWERED,
    ]
    kinds = told(db, world.pa)
    assert [k for k in kinds if k.startswith("appeal")] == [
        "appeal_acknowledged",
        "appeal_being_looked_at",
        "appeal_answered",
    ]
    assert "appeal_second" in told(db, quality.second)


def test_changed_leads_to_a_new_decision_and_the_first_stays(db: Db, quality: Quality, world: World) -> None:
    first = decided(db, quality, world.assessor)
    appeal = ask(db, quality, first, world.pa)
    services.name_second(
        db, id=uuid4(), appeal_id=appeal, second_id=quality.second, by=world.quality_assurer, now=quality.now
    )
    services.answer(
        db,
        id=uuid4(),
        appeal_id=appeal,
        outcome=Outcome.CHANGED,
        word="The evidence shows it.",
        by=quality.second,
        now=quality.now,
    )
    assert view(db, appeal).stage is Stage.DECIDING_AGAIN
    quality.course.look(db, world.assessor, text="Pat asked A. first, each time.")
    found = view(db, appeal)
    assert (found.stage, found.outcome) == (Stage.CLOSED, Outcome.CHANGED)
    assert found.new_decision_id not in (None, first)
    assert db.get_one(Decision, first).judgement is Judgement.NOT_YET_MET


def test_an_assessor_who_is_asked_gets_the_learner_for_that_time(db: Db, quality: Quality, world: World) -> None:
    on = london_day(quality.now)
    other = people.add_person(db, name="Olga Other", email="olga@example.com", by=None, now=quality.now)
    people.give_role(
        db,
        person_id=other,
        organisation_id=world.college,
        role=Role.ASSESSOR,
        by=None,
        now=quality.now,
        since=on - timedelta(days=30),
    )
    appeal = ask(db, quality, decided(db, quality, world.assessor), world.pa)
    services.name_second(db, id=uuid4(), appeal_id=appeal, second_id=other, by=world.coordinator, now=quality.now)
    someone = reading.viewer_of(db, other, on)
    assert someone is not None
    row = db.get_one(Appeal, appeal)
    assert queries.may_look_after(db, someone, row, on)
    assert not queries.may_look_after(db, someone, row, on + timedelta(days=60))


def test_the_second_time_it_is_somebody_else(db: Db, quality: Quality, world: World) -> None:
    appeal = ask(db, quality, decided(db, quality, world.assessor), world.pa)
    name = {"db": db, "appeal_id": appeal, "by": world.coordinator, "now": quality.now}
    services.name_second(**name, id=uuid4(), second_id=quality.second)  # type: ignore[arg-type]
    answer = {"db": db, "appeal_id": appeal, "now": quality.now, "outcome": Outcome.UPHELD, "word": "I see it so too."}
    services.answer(**answer, id=uuid4(), by=quality.second)  # type: ignore[arg-type]
    services.ask_again(db, id=uuid4(), appeal_id=appeal, why="Please look again.", by=world.pa, now=quality.now)
    assert quality.second not in {each.id for each in queries.seconds_for(db, view(db, appeal), london_day(NOW))}
    with pytest.raises(Refused, match="looked at it before"):
        services.name_second(**name, id=uuid4(), second_id=quality.second)  # type: ignore[arg-type]
    services.name_second(**name, id=uuid4(), second_id=world.quality_assurer)  # type: ignore[arg-type]
    services.answer(**answer, id=uuid4(), by=world.quality_assurer)  # type: ignore[arg-type]
    assert view(db, appeal).stage is Stage.CLOSED


def test_whoever_decided_never_looks(db: Db, quality: Quality, world: World) -> None:
    appeal = ask(db, quality, decided(db, quality, world.assessor), world.pa)
    with pytest.raises(Refused, match="made the decision"):
        services.name_second(
            db, id=uuid4(), appeal_id=appeal, second_id=world.assessor, by=world.coordinator, now=quality.now
        )
    with pytest.raises(Refused, match="Choose a quality assurer"):
        services.name_second(
            db, id=uuid4(), appeal_id=appeal, second_id=quality.far, by=world.coordinator, now=quality.now
        )


def test_only_the_learner_and_who_may_read_the_decision_asks(db: Db, quality: Quality, world: World) -> None:
    decision = decided(db, quality, world.assessor)
    for stranger in (
        world.second_pa, world.other_coordinator, world.coordinator, world.verifier, world.other_assessor,
        world.employer_person, world.representative,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            ask(db, quality, decision, stranger)
    ask(db, quality, decision, world.assessor)


def test_a_household_asks_only_about_what_it_decided_itself(db: Db, quality: Quality, world: World) -> None:
    decision = decided(db, quality, world.employer_person)
    with pytest.raises(NotFound):
        ask(db, quality, decision, world.second_employer_person)
    appeal = ask(db, quality, decision, world.representative)
    on = london_day(quality.now)
    someone = reading.viewer_of(db, world.representative, on)
    assert someone is not None
    assert queries.appeal_for(db, appeal, someone, on).decision_id == decision


def test_asking_twice_makes_one_appeal(db: Db, quality: Quality, world: World) -> None:
    decision, id = decided(db, quality, world.assessor), uuid4()
    for _ in range(2):
        services.ask(db, id=id, decision_id=decision, why="Please look.", by=world.pa, now=quality.now)
    with pytest.raises(Refused, match="already been asked"):
        ask(db, quality, decision, world.pa)
    assert len(db.scalars(select(Appeal)).all()) == 1


def test_a_met_or_replaced_or_old_decision_is_not_appealed(db: Db, quality: Quality, world: World) -> None:
    old = decided(db, quality, world.assessor)
    with pytest.raises(Refused, match=r"time to ask .* is over"):
        services.ask(db, id=uuid4(), decision_id=old, why="x", by=world.pa, now=quality.now + timedelta(days=29))
    quality.course.look(db, world.assessor)
    with pytest.raises(Refused, match="newer decision"):
        ask(db, quality, old, world.pa)
    new = db.scalars(select(Decision.id).order_by(Decision.turn.desc()).limit(1)).one()
    with pytest.raises(Refused, match="met already"):
        ask(db, quality, new, world.pa)


def test_an_appeal_is_taken_back(db: Db, quality: Quality, world: World) -> None:
    appeal = ask(db, quality, decided(db, quality, world.assessor), world.pa)
    with pytest.raises(NotFound):
        services.take_back(db, id=uuid4(), appeal_id=appeal, by=world.second_pa, now=quality.now)
    services.take_back(db, id=uuid4(), appeal_id=appeal, by=world.pa, now=quality.now)
    services.take_back(db, id=uuid4(), appeal_id=appeal, by=world.pa, now=quality.now)
    found = view(db, appeal)
    assert (found.stage, found.outcome) == (Stage.CLOSED, Outcome.TAKEN_BACK)
    assert found.stage not in WITH_SECOND


def test_the_reason_has_words_of_its_own() -> None:
    assert len({why.sentence for why in CannotAppeal}) == len(CannotAppeal)
    assert len({why.sentence for why in NotSecond}) == len(NotSecond)
