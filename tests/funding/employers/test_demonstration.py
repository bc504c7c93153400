"""A visitor of the demonstration can walk to the end: what stands ready there can be accepted and sent in."""

from uuid import UUID

from sqlalchemy import select

from lms.core.house import House
from lms.core.locked import locker_of
from lms.demo import assessors, cast, people, stories, training_money
from lms.demo.people import Stage
from lms.funding.claims import services as claims
from lms.funding.claims.checking import obstacles
from lms.funding.claims.models import Claim
from lms.funding.claims.queries import claim
from lms.funding.employers import bank
from lms.funding.obstacles import ObstacleCode
from lms.funding.vocabulary import ClaimState
from tests.conftest import NOON

WORKERS = {"Aled Price", "Chidi Obi", "Beth Warren", "Dean Foster", "Kelly Marsh"}


def test_aminas_application_only_waits_for_her_and_she_sends_it(house: House) -> None:
    with house.database.writing() as db:
        stage = Stage(db, NOON, house.files)
        people.add_places(stage)
        people.add_people(stage)
        assessors.add_assessors(stage)
        for pa in (each for each in cast.PAS if each.name in WORKERS):
            stories.tell(stage, pa)
        training_money.show(stage, locker_of(house, bank.PURPOSE))
        amina, here = stage.persons["Amina Yusuf"], stage.organisation_of("RIVERMERE")
        hers: UUID = db.scalars(select(Claim.id).where(Claim.claimant_id == stage.places["Amina Yusuf"])).one()
        in_the_way = [each.code for each in obstacles(db, hers, now=NOON) if each.blocks]
        assert in_the_way == [ObstacleCode.TERMS_NOT_ACCEPTED]
        shown = claim(db, hers, within=[here])
        claims.accept_terms(db, claim_id=hers, within=[here], by=amina, now=NOON, version=shown.version)
        claims.submit(db, claim_id=hers, within=[here], by=amina, now=NOON, once=hers)
        assert claim(db, hers, within=[here]).state is ClaimState.SUBMITTED
