"""What a story asks of other rooms stays behind the authority's wall."""

from datetime import date, datetime
from uuid import uuid4

from lms.certification.naming import named
from lms.certification.queries import certificates_of
from lms.core.db import Db
from lms.funding.claims.queries import lines_of_learner, with_learner
from lms.people.queries import viewer_of
from lms.programme.desk.story import story
from lms.programme.desk.story_words import Part
from lms.programme.intake.models import ClaimedCertificate
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


def test_a_certificate_a_list_named_is_told_as_the_lists_word_behind_its_wall_only(
    db: Db, world: World, now: datetime
) -> None:
    for title, earned_on in (("Moving and handling", date(2024, 5, 1)), ("First aid", None)):
        row = {"person_id": world.pa, "authority_id": world.authority, "claimed_at": now}
        db.add(ClaimedCertificate(title=title, earned_on=earned_on, **row))
    viewer = viewer_of(db, world.coordinator, now.date())
    assert viewer is not None
    told = {
        (each.said % each.values, each.at, each.endpoint)
        for each in story(db, world.pa, world.authority, viewer, part=Part.CERTIFICATES)
    }
    word = "Nobody here has seen it"
    assert told == {
        (f"A list says they earned a certificate in 2024: Moving and handling. {word}", now, ""),
        (f"A list says they have a certificate from before: First aid. {word}", now, ""),
    }
    assert story(db, world.pa, world.other_authority, viewer, part=Part.CERTIFICATES) == []
    assert story(db, world.second_pa, world.authority, viewer, part=Part.CERTIFICATES) == []
