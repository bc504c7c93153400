"""Asking for a place, being offered one, taking it and giving it back, on both databases."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from lms.core.words import NotFound, Refused
from lms.funding.places import asking, attending, ending, opening, proving, queries
from lms.funding.places.words import Need, Order, PlaceState, ProofKind, Why
from lms.funding.sources import queries as sources
from lms.funding.sources import services as said
from lms.funding.sources.queries import Cost
from lms.funding.sources.rules import Share
from lms.funding.sources.words import CostKind, Source
from lms.learning import services as learning
from tests.funding.places.conftest import Town

S = PlaceState


def test_who_asks_first_is_offered_a_place_and_the_third_waits(town: Town) -> None:
    run = town.open()
    for pa in town.pas(3):
        town.ask(run, pa)
    assert town.states(run) == [S.OFFERED, S.OFFERED, S.WAITING]
    assert town.held(run) == 2


def test_asking_twice_is_asking_once(town: Town) -> None:
    run, pa = town.open(), town.world.pa
    assert town.ask(run, pa) == town.ask(run, pa)
    assert town.states(run) == [S.OFFERED]


def test_who_says_no_makes_way_for_the_next_at_once(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    first, _second = (town.ask(run, pa) for pa in pas)
    with town.house.database.writing() as db:
        asking.decline(db, ask_id=first, person_id=pas[0], now=town.now)
        asking.decline(db, ask_id=first, person_id=pas[0], now=town.now)
    assert town.states(run) == [S.DECLINED, S.OFFERED]


def test_an_offer_stands_to_the_end_of_its_last_day_and_then_goes_to_the_next(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    for pa in pas:
        town.ask(run, pa)
    assert ending.sweep(town.house, town.now + timedelta(days=5)) == 0
    assert ending.sweep(town.house, town.now + timedelta(days=6)) == 2
    assert town.states(run) == [S.LAPSED, S.OFFERED]
    assert ending.sweep(town.house, town.now + timedelta(days=6)) == 0, "twice is harmless"


def test_an_offer_cannot_be_taken_the_day_after_its_last(town: Town) -> None:
    run, pa = town.open(), town.world.pa
    ask = town.ask(run, pa)
    with pytest.raises(Refused, match="last day to take this place is over"):
        town.accept(ask, pa, now=town.now + timedelta(days=6))
    town.accept(ask, pa, now=town.now + timedelta(days=5))
    assert town.states(run) == [S.PLACE]


def test_a_place_given_back_goes_to_the_next(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    asks = [town.ask(run, pa) for pa in pas]
    town.accept(asks[0], pas[0])
    with town.house.database.writing() as db:
        asking.leave(db, ask_id=asks[0], person_id=pas[0], now=town.now)
    assert town.states(run) == [S.LEFT, S.OFFERED]
    assert town.held(run) == 1


def test_who_asks_again_stands_at_the_end(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(3)
    asks = [town.ask(run, pa) for pa in pas]
    with town.house.database.writing() as db:
        asking.leave(db, ask_id=asks[1], person_id=pas[1], now=town.now)
    town.ask(run, pas[1])
    with town.house.database.reading() as db:
        waiting = [each.person_id for each in queries.asks_in(db, run) if each.state is S.WAITING]
    assert waiting == [pas[2], pas[1]]


def test_by_need_nobody_is_offered_a_place_before_asking_is_over_then_the_one_who_needs_it(town: Town) -> None:
    run, pas = town.open(quota=1, order=Order.NEED), town.pas(3)
    for pa, need in zip(pas, (Need.USEFUL, Need.FOR_REGISTER, Need.BEFORE_WORK), strict=True):
        town.ask(run, pa, need)
    assert town.states(run) == [S.WAITING] * 3
    ending.sweep(town.house, town.now + timedelta(days=10))
    assert town.states(run) == [S.WAITING, S.WAITING, S.OFFERED]


def test_who_has_to_show_where_they_work_keeps_their_place_in_the_line_but_is_not_offered_one(town: Town) -> None:
    run = town.open(quota=1)
    (unknown,) = town.pas(1, employed=False)
    (known,) = town.pas(1)
    ask = town.ask(run, unknown)
    town.ask(run, known)
    assert town.states(run) == [S.ASKED, S.OFFERED]
    see(town, ask)
    assert town.states(run) == [S.WAITING, S.OFFERED]


def see(town: Town, ask_id: UUID, *, area: str = "RIVERMERE", days_ago: int = 0) -> None:
    with town.house.database.writing() as db:
        proving.see(
            db,
            once=uuid4(),
            ask_id=ask_id,
            kind=ProofKind.PAYSLIP,
            area=area,
            seen_on=town.now.date() - timedelta(days=days_ago),
            lasts_until=None,
            by=town.world.coordinator,
            now=town.now,
        )


def test_proof_that_ran_out_by_the_day_of_the_offer_has_to_be_shown_again(town: Town) -> None:
    run = town.open(quota=1)
    (first,), (second,) = town.pas(1), town.pas(1, employed=False)
    town.ask(run, first)
    waiting = town.ask(run, second)
    see(town, waiting, days_ago=364)
    ending.sweep(town.house, town.now + timedelta(days=6))
    assert town.states(run) == [S.LAPSED, S.ASKED]
    with town.house.database.reading() as db:
        assert queries.moves_of(db, waiting)[-1].why is Why.PROOF_NEEDED


def test_proof_seen_once_counts_for_every_course(town: Town) -> None:
    (pa,) = town.pas(1, employed=False)
    first, second = town.open(), town.open(item="ELEARN", quota=None)
    see(town, town.ask(first, pa))
    assert town.states(first) == [S.OFFERED]
    town.ask(second, pa)
    assert town.states(second) == [S.OFFERED]


def test_an_area_of_somewhere_else_is_not_the_courses(town: Town) -> None:
    run = town.open()
    ask = town.ask(run, town.pas(1, employed=False)[0])
    with pytest.raises(NotFound):
        see(town, ask, area="HARBOURGATE")


def test_who_works_elsewhere_is_told_no_and_may_ask_again(town: Town) -> None:
    run = town.open()
    (pa,) = town.pas(1, employed=False)
    ask = town.ask(run, pa)
    with town.house.database.writing() as db:
        proving.refuse(db, ask_id=ask, by=town.world.coordinator, now=town.now)
    assert town.states(run) == [S.REFUSED]
    assert town.ask(run, pa) == ask
    assert town.states(run) == [S.ASKED]


def test_one_place_under_one_item(town: Town) -> None:
    one, other, pa = town.open(), town.open(title="The same on a Saturday"), town.world.pa
    asks = town.ask(one, pa), town.ask(other, pa)
    town.accept(asks[0], pa)
    with pytest.raises(Refused, match="of this kind already"):
        town.accept(asks[1], pa)
    third = town.open(title="Once more")
    with pytest.raises(Refused, match="of this kind already"):
        town.ask(third, pa)


def test_who_took_a_place_elsewhere_is_passed_over(town: Town) -> None:
    one, other = town.open(), town.open(quota=1)
    first, second, third = town.pas(3)
    blocked = town.ask(other, first)
    town.ask(other, second)
    town.ask(other, third)
    town.accept(town.ask(one, second), second)
    with town.house.database.writing() as db:
        asking.decline(db, ask_id=blocked, person_id=first, now=town.now)
    assert town.states(other) == [S.DECLINED, S.LEFT, S.OFFERED]


def test_somebody_elses_place_is_not_there(town: Town) -> None:
    run = town.open()
    ask = town.ask(run, town.world.pa)
    with town.house.database.writing() as db:
        with pytest.raises(NotFound):
            asking.accept(db, ask_id=ask, person_id=town.world.second_pa, now=town.now)
        with pytest.raises(NotFound):
            asking.ask(db, once=uuid4(), run_id=run, person_id=town.world.other_pa, need=Need.USEFUL, now=town.now)
        with pytest.raises(NotFound):
            proving.refuse(db, ask_id=ask, by=town.world.other_coordinator, now=town.now)


def test_nobody_asks_before_or_after_the_days_of_asking(town: Town) -> None:
    run = town.open()
    for days in (-21, 10):
        with pytest.raises(Refused, match="Nobody can ask"):
            town.ask(run, town.world.pa, now=town.now + timedelta(days=days))
    town.ask(run, town.world.pa, now=town.now + timedelta(days=9))


@pytest.mark.parametrize(
    ("other", "said_"),
    [
        ({"quota": 13}, "at most 12 places"),
        ({"quota": None}, "at most 12 places"),
        ({"accept_days": 29}, "1 to 28"),
        ({"cost_pence": 0}, "what one place costs"),
        ({"cost_pence": 999}, "less than PAs pay"),
        ({"title": " \u200e "}, "what the course is called"),
    ],
)
def test_a_course_that_cannot_be(town: Town, other: dict[str, object], said_: str) -> None:
    with pytest.raises(Refused, match=said_):
        town.open(**other)


def test_days_in_order_and_inside_the_schemes_year(town: Town) -> None:
    day = town.now.date()
    with pytest.raises(Refused, match="in order"):
        town.open(starts_on=day - timedelta(days=30))
    with pytest.raises(Refused, match="outside the dates"):
        town.open(starts_on=day.replace(year=2027, month=4, day=1), ends_on=day.replace(year=2027, month=4, day=1))
    last = day.replace(year=2027, month=3, day=31)
    town.open(starts_on=last, ends_on=last)


def test_another_authority_has_other_schemes(town: Town) -> None:
    with town.house.database.writing() as db, pytest.raises(NotFound):
        opening.open_run(
            db,
            once=uuid4(),
            authority_id=town.world.other_authority,
            wanted=opening.Wanted(
                scheme="RIVERMERE-PLACES-2026-27",
                item="CLASS",
                training="",
                title="Ours",
                held_at="Here",
                opens_on=town.now.date(),
                closes_on=town.now.date(),
                starts_on=town.now.date(),
                ends_on=town.now.date(),
                quota=2,
                cost_pence=6000,
            ),
            by=town.world.other_coordinator,
            now=town.now,
        )


def test_a_course_called_off_frees_everybody(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    asks = [town.ask(run, pa) for pa in pas]
    town.accept(asks[0], pas[0])
    with town.house.database.writing() as db:
        opening.call_off(db, run_id=run, by=town.world.coordinator, now=town.now)
        opening.call_off(db, run_id=run, by=town.world.coordinator, now=town.now)
    assert town.states(run) == [S.CANCELLED, S.CANCELLED]
    assert town.held(run) == 0


def test_nobody_waits_for_a_course_that_has_begun(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    for pa in pas:
        town.ask(run, pa)
    ending.sweep(town.house, town.now + timedelta(days=40))
    assert town.states(run) == [S.LAPSED, S.LEFT]


def enrolled(town: Town, pa: UUID) -> UUID:
    with town.house.database.writing() as db:
        return learning.enrol(
            db,
            learner_id=pa,
            authority_id=town.world.authority,
            course="PAI",
            by=town.world.coordinator,
            now=town.now,
        )


def test_a_place_that_is_taken_meets_its_part_of_the_cost_and_one_given_back_does_not(town: Town) -> None:
    run, pa = town.open(training="PAI-1"), town.world.pa
    enrolment = enrolled(town, pa)
    ask = town.ask(run, pa)
    town.accept(ask, pa)
    with town.house.database.reading() as db:
        (met,) = sources.met_by(db, [enrolment])[enrolment]
        (cost,) = sources.said_of(db, [enrolment])
    assert (met.source, met.pence, met.training, met.place_id) == (Source.COUNCIL_PLACE, 5000, "PAI-1", ask)
    assert cost.left == 1000, "the PA pays the rest"
    with town.house.database.writing() as db:
        asking.leave(db, ask_id=ask, person_id=pa, now=town.now)
    with town.house.database.reading() as db:
        assert sources.met_by(db, [enrolment]) == {}


def test_a_course_that_leads_to_no_training_is_no_cost_of_the_induction(town: Town) -> None:
    run, pa = town.open(training=""), town.world.pa
    enrolment = enrolled(town, pa)
    town.accept(town.ask(run, pa), pa)
    with town.house.database.reading() as db:
        assert sources.met_by(db, [enrolment]) == {}


def test_a_course_called_off_meets_no_cost(town: Town) -> None:
    run, pa = town.open(training="PAI-1"), town.world.pa
    enrolment = enrolled(town, pa)
    town.accept(town.ask(run, pa), pa)
    with town.house.database.writing() as db:
        opening.call_off(db, run_id=run, by=town.world.coordinator, now=town.now)
    with town.house.database.reading() as db:
        assert sources.met_by(db, [enrolment]) == {}


def test_a_place_is_not_taken_for_what_other_money_pays_already(town: Town) -> None:
    run, pa = town.open(training="PAI-1"), town.world.pa
    enrolment = enrolled(town, pa)
    with town.house.database.writing() as db:
        said.say(
            db,
            once=uuid4(),
            cost=Cost(enrolment, "PAI-1", CostKind.COURSE),
            cost_pence=6000,
            shares=[Share(source=Source.DIRECT_PAYMENT)],
            after=0,
            by=town.world.employer_person,
            now=town.now,
        )
    ask = town.ask(run, pa)
    with pytest.raises(Refused, match="paid for in another way"):
        town.accept(ask, pa)
    assert town.states(run) == [S.OFFERED], "nothing of it was written"


def test_who_was_there_is_written_down_and_can_be_corrected(town: Town) -> None:
    run, pas = town.open(training="PAI-1"), town.pas(2)
    enrolment = enrolled(town, pas[0])
    asks = [town.ask(run, pa) for pa in pas]
    for ask, pa in zip(asks, pas, strict=True):
        town.accept(ask, pa)
    later = town.now + timedelta(days=19)
    with town.house.database.writing() as db:
        with pytest.raises(Refused, match="once the course has begun"):
            attending.note(db, run_id=run, there=asks, by=town.world.coordinator, now=town.now)
        assert attending.note(db, run_id=run, there=asks[1:], by=town.world.coordinator, now=later) == 2
    assert town.states(run) == [S.MISSED, S.ATTENDED]
    with town.house.database.writing() as db:
        assert sources.met_by(db, [enrolment]) == {}, "the council pays for what was attended"
        assert attending.note(db, run_id=run, there=asks, by=town.world.coordinator, now=later) == 1
        assert len(sources.met_by(db, [enrolment])[enrolment]) == 1
        assert {each.person_id for each in queries.attended(db, asks)} == set(pas)
    assert town.held(run) == 2
