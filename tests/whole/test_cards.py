"""Cards of home pages: what hardly anybody has is asked for in one question, and comes to the same."""

import pytest
from sqlalchemy import select

from lms.brought import CARDS
from lms.core.cards import Rarely, cards_for
from lms.core.clock import london_day
from lms.core.house import House
from lms.demo.make import make
from lms.people.models import Person
from lms.people.queries import viewer_of

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # both are asked on every page of a home


def test_nobody_misses_a_card_that_is_made_rarely(house: House) -> None:
    now, made = house.clock(), set[object]()
    make(house, now=now)
    with house.database.reading() as db:
        for person_id in db.scalars(select(Person.id)):
            viewer = viewer_of(db, person_id, london_day(now))
            if viewer is not None:
                one_by_one = [card for maker in CARDS for card in maker(db, viewer, now)]
                assert cards_for(db, viewer, now, CARDS) == one_by_one, viewer.name
                made |= {maker for maker in CARDS if isinstance(maker, Rarely) and maker(db, viewer, now)}
    assert len(made) >= 5, "too few of them have anything here to be missed"
