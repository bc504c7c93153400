"""The last place, wanted by many at the same moment, goes to one; on both databases."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from lms.core.words import Refused
from lms.funding.places import asking, ending, queries
from lms.funding.places.models import PlaceRun
from lms.funding.places.words import HOLDS, Need, PlaceState
from tests.funding.places.conftest import Town, at_once

S = PlaceState


def test_many_ask_for_the_last_place_and_one_is_offered_it(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(6)
    answers = at_once([lambda pa=pa: town.ask(run, pa) for pa in pas])  # type: ignore[misc]
    assert not [each for each in answers if isinstance(each, Exception)]
    assert Counter(town.states(run)) == {S.OFFERED: 1, S.WAITING: 5}
    assert town.held(run) == 1


def test_one_form_sent_many_times_at_once_asks_once(town: Town) -> None:
    run, once = town.open(), uuid4()

    def ask() -> None:
        with town.house.database.writing() as db:
            asking.ask(db, once=once, run_id=run, person_id=town.world.pa, need=Need.USEFUL, now=town.now)

    assert at_once([ask] * 5) == [None] * 5
    assert town.states(run) == [S.OFFERED]


def test_one_pa_takes_two_places_of_a_kind_at_once_and_has_one(town: Town) -> None:
    runs, pa = [town.open(), town.open(title="Saturday")], town.world.pa
    asks = [town.ask(run, pa) for run in runs]
    answers = at_once([lambda ask=ask: town.accept(ask, pa) for ask in asks])  # type: ignore[misc]
    assert [each is None for each in answers].count(True) == 1
    assert isinstance(next(each for each in answers if each is not None), Refused)
    assert sorted(state for run in runs for state in town.states(run)) == [S.OFFERED, S.PLACE]


def test_places_given_back_at_once_go_to_as_many_and_no_more(town: Town) -> None:
    run, pas = town.open(quota=3), town.pas(7)
    asks = [town.ask(run, pa) for pa in pas]

    def decline(place: int) -> None:
        with town.house.database.writing() as db:
            asking.decline(db, ask_id=asks[place], person_id=pas[place], now=town.now)

    at_once([lambda place=place: decline(place) for place in range(3)])  # type: ignore[misc]
    assert Counter(town.states(run)) == {S.DECLINED: 3, S.OFFERED: 3, S.WAITING: 1}


def test_an_offer_taken_while_the_calendar_lets_it_lapse_is_one_or_the_other(town: Town) -> None:
    run, pas = town.open(quota=1), town.pas(2)
    asks = [town.ask(run, pa) for pa in pas]
    last = town.now + timedelta(days=5)
    at_once(
        [
            lambda: town.accept(asks[0], pas[0], now=last),
            lambda: ending.sweep(town.house, last + timedelta(days=1)),
            lambda: ending.sweep(town.house, last + timedelta(days=1)),
        ]
    )
    assert town.states(run) in ([S.PLACE, S.WAITING], [S.LAPSED, S.OFFERED])
    assert town.held(run) == 1


def test_the_database_itself_gives_no_place_more_than_there_are(town: Town) -> None:
    run = town.open(quota=2)
    with pytest.raises(IntegrityError), town.house.database.writing() as db:
        db.execute(update(PlaceRun).where(PlaceRun.id == run).values(held=3))


def test_what_the_course_says_is_held_is_what_is_held(town: Town) -> None:
    run, pas = town.open(quota=4), town.pas(8)
    asks = dict(zip(pas, (town.ask(run, pa) for pa in pas), strict=True))

    def some(pa: object, number: int) -> None:
        with town.house.database.writing() as db:
            deed = (asking.accept, asking.decline, asking.leave)[number % 3]
            deed(db, ask_id=asks[pa], person_id=pa, now=town.now)  # type: ignore[index, arg-type]

    at_once([lambda pa=pa, number=number: some(pa, number) for number, pa in enumerate(pas)])  # type: ignore[misc]
    ending.sweep(town.house, town.now)
    with town.house.database.reading() as db:
        counted = sum(each.state in HOLDS for each in queries.asks_in(db, run))
    assert town.held(run) == counted <= 4
