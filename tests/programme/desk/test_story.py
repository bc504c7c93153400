"""What a story asks of other rooms stays behind the authority's wall."""

from datetime import datetime
from uuid import uuid4

from lms.certification.naming import named
from lms.certification.queries import certificates_of
from lms.core.db import Db
from lms.funding.claims.queries import lines_of_learner, with_learner
from tests.certification import steps
from tests.world import World


def test_certificates_and_claims_are_named_behind_their_wall_only(db: Db, world: World, now: datetime) -> None:
    assert with_learner(db, world.pa, world.authority) == []
    steps.earns(db, world, now)
    given, elsewhere = certificates_of(db, world.pa), uuid4()
    ids = [each.id for each in given]
    assert named(db, ids, world.authority) == {each.id: (each.number, each.title) for each in given} != {}
    lines = lines_of_learner(db, world.pa, within=[world.authority])
    assert set(with_learner(db, world.pa, world.authority)) == {each.claim_id for each in lines} != set()
    assert (named(db, ids, elsewhere), with_learner(db, world.pa, elsewhere)) == ({}, [])
