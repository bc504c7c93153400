"""Mentoring, attacked: forms gone back to after what they began has ended."""

from datetime import datetime
from uuid import uuid4

import pytest

from lms.core.db import Db
from lms.core.words import Refused
from lms.programme.mentors import queries, services
from lms.programme.mentors.services import Offer, Reach
from lms.programme.mentors.words import Kind, Way
from tests.programme.mentors.conftest import wish
from tests.world import World


def test_an_offer_sent_again_after_one_stopped_is_not_thanked_for(db: Db, world: World, now: datetime) -> None:
    said, once = Offer(Kind.PA, "en", "", "", 1, Reach(Way.EMAIL, "m@example.com")), uuid4()
    for _twice in range(2):
        services.agree(db, said, once=once, authority_id=world.authority, agreed=True, by=world.pa, now=now)
    services.withdraw(db, mentor_id=once, by=world.pa, now=now)
    for person in (world.pa, world.second_pa):
        with pytest.raises(Refused, match="Open the page again"):
            services.agree(db, said, once=once, authority_id=world.authority, agreed=True, by=person, now=now)
    assert queries.mentors_in(db, world.authority) == []


def test_a_request_sent_again_after_it_was_taken_back_does_not_seem_to_wait(
    db: Db, world: World, now: datetime
) -> None:
    once = uuid4()
    for _twice in range(2):
        services.ask(db, wish(), once=once, authority_id=world.authority, agreed=True, by=world.pa, now=now)
    services.take_back(db, request_id=once, by=world.pa, now=now)
    for person in (world.pa, world.second_pa):
        with pytest.raises(Refused, match="Open the page again"):
            services.ask(db, wish(), once=once, authority_id=world.authority, agreed=True, by=person, now=now)
    assert queries.requests_in(db, world.authority) == []
