"""Certificates for many, in a house that issues none by itself."""

from datetime import datetime

from sqlalchemy import select

from lms.certification.bulk.choices import BETWEEN
from lms.certification.models import Certificate
from lms.core.house import House
from lms.programme.bulk.words import Fate, What
from tests.certification import steps
from tests.certification.bulk.conftest import wiring
from tests.programme.bulk.conftest import enrolled, fates, looked, started, whys
from tests.world import World

__all__ = ["wiring"]


def test_whoever_earned_it_is_certified_once_and_the_others_are_not(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        steps.earns(db, world, now)
    enrolled(house, world, now, world.second_pa)
    both = {"people": [str(world.pa), str(world.second_pa)]}
    certificate = BETWEEN.join(("module", "PAI-1", "PAI"))
    id = looked(house, world, What.CERTIFY, both, now, certificate=certificate)
    assert fates(house, id) == {world.pa: Fate.WILL, world.second_pa: Fate.WONT}
    started(house, world, id, now)
    with house.database.reading() as db:
        rows = db.scalars(select(Certificate).where(Certificate.code == "PAI-1")).all()
        assert [row.holder_id for row in rows] == [world.pa]
    again = looked(house, world, What.CERTIFY, both, now, certificate=certificate)
    assert fates(house, again) == dict.fromkeys((world.pa, world.second_pa), Fate.WONT)
    assert "already" in whys(house, again)[world.pa]
