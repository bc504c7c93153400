"""One PA is asked about in one statement, many in several: both ways say the same."""

from datetime import datetime

from lms.core.db import Db
from lms.register import holding
from lms.register import services as register_services
from lms.register.disclosures import Decision
from lms.register.kinds import Circumstance
from tests.register.checks.world_of_checks import certificate, decided
from tests.register.test_services import see
from tests.world import World


def test_asked_alone_or_among_many_a_pa_holds_the_same(db: Db, world: World, now: datetime) -> None:
    for code in ("RM-ID", "RM-RTW", "RM-DECL"):
        see(db, world, now, code)
    decided(db, world, now, Decision.WITH_CONDITIONS)
    certificate(db, world, now)
    register_services.say_circumstances(
        db,
        person_id=world.pa,
        authority_id=world.authority,
        answers={Circumstance.CHILD: True, Circumstance.DRIVES: False},
        by=world.pa,
        now=now,
    )
    alone = holding.held_of(db, world.pa, world.authority)
    assert alone == holding.held_of_many(db, [world.second_pa, world.pa], world.authority)[world.pa]
    assert (len(alone.seen), len(alone.disclosures)) == (3, 2)
    assert alone.circumstances == {Circumstance.CHILD}
    assert alone.answered == {Circumstance.CHILD, Circumstance.DRIVES}
