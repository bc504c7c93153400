"""What is tried with checks: to decide after having lost a review, and to have a number kept that nobody may use."""

from datetime import datetime
from uuid import uuid4

import pytest

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import Refused
from lms.register.checks import services
from lms.register.checks.kinds import Outcome
from lms.register.checks.models import DisclosureNumber
from lms.register.disclosures import Decision, FollowUp
from lms.register.unsaid import offence_in
from tests.register.checks.world_of_checks import NUMBER, certificate, consent, decided, step
from tests.world import World


def test_who_decided_first_does_not_decide_again_after_a_review(db: Db, world: World, now: datetime) -> None:
    seen = decided(db, world, now, Decision.BARRED)
    about = {"record_id": seen, "authority_id": world.authority, "now": now}
    services.ask_review(db, once=uuid4(), by=world.pa, **about)
    services.decide_review(
        db, once=uuid4(), outcome=Outcome.DECIDED_ANEW, decision=Decision.WITH_CONDITIONS, by=world.register_manager,
        **about,
    )  # fmt: skip
    step(db, world, now, seen, FollowUp.NOT_AGREED, by=world.register_officer)
    with pytest.raises(Refused):
        step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.BARRED, by=world.register_officer)
    step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.PROCEED, by=world.register_manager)


def test_a_number_nobody_may_use_is_not_kept_longer_by_a_decision(db: Db, world: World, now: datetime) -> None:
    consent(db, world, now)
    seen = certificate(db, world, now, result="has_content", number=NUMBER)
    for what in (FollowUp.INVITED, FollowUp.DISCUSSED, FollowUp.CONSIDERED):
        step(db, world, now, seen, what)
    consent(db, world, now, given=False)
    step(db, world, now, seen, FollowUp.DECIDED, decision=Decision.PROCEED)
    assert db.get_one(DisclosureNumber, seen, populate_existing=True).delete_on <= london_day(now)


@pytest.mark.parametrize(
    "text",
    ["drinkdriving", "shop lifting 1998", "domestic violence", "lladrata", "gyrru’n feddw", "001/987/654/321",
     "001,987,654,321", "Teams 0019 8765 4321"],
)  # fmt: skip
def test_what_speaks_of_an_offence_is_seen(text: str) -> None:
    assert offence_in(text)


@pytest.mark.parametrize(
    "text",
    ["By Teams, meeting ID 312 456 789 012", "Zoom: 987 654 321 098", "24.11.2026 25.11.2026", "24/11/26 25/11/26",
     "24/11/2026, 25/11/2026 or 26/11/2026 at 10:30", "Ring 01632 960001 before 9"],
)  # fmt: skip
def test_when_and_where_to_meet_is_left_alone(text: str) -> None:
    assert offence_in(text) is None
