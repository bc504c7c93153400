"""A sitting that was not finished waits for the assessor who began it."""

from datetime import timedelta

from lms.assessment.queues.rules import Waiting
from lms.assessment.together import services, waits
from lms.core.clock import london_day
from lms.core.db import Db
from lms.people import queries as people
from tests.assessment.together.conftest import Sitters


def waiting(db: Db, sitters: Sitters, *, days: int, person: str = "assessor") -> list[Waiting]:
    on = london_day(sitters.clock()) + timedelta(days=days)
    viewer = people.viewer_of(db, getattr(sitters.world, person), on)
    assert viewer is not None
    return waits.waits_for(db, viewer, on)


def test_it_waits_from_the_next_day_on_for_who_began_it(db: Db, sitters: Sitters) -> None:
    begun = sitters.start(db)
    assert waiting(db, sitters, days=0) == []
    (one,) = waiting(db, sitters, days=1)
    assert (one.key, one.about, one.args) == (f"together:{begun}", sitters.world.pa, {"together_id": begun})
    assert waiting(db, sitters, days=1, person="other_assessor") == []
    assert waiting(db, sitters, days=1, person="coordinator") == []
    services.drop(db, together_id=begun, by=sitters.world.assessor, now=sitters.clock())
    assert waiting(db, sitters, days=1) == []
