"""Links that nobody answered wait in the queue of whoever asked."""

from datetime import date, timedelta
from uuid import UUID

from lms.assessment.links import queries, services, waits
from lms.assessment.queues.rules import Waiting, Waits
from lms.core.clock import london_day
from lms.core.db import Db
from lms.people import queries as people
from tests.assessment.links.conftest import Links


def waiting(db: Db, links: Links, person: UUID, *, days: int) -> list[Waiting]:
    on: date = london_day(links.clock()) + timedelta(days=days)
    viewer = people.viewer_of(db, person, on)
    assert viewer is not None
    return waits.waits_for(db, viewer, on)


def test_a_link_that_ran_out_waits_for_who_asked_alone(db: Db, links: Links) -> None:
    asked, _ = links.ask(db, by=links.world.assessor)
    assert waiting(db, links, links.world.assessor, days=10) == []
    (one,) = waiting(db, links, links.world.assessor, days=16)
    assert (one.kind, one.key, one.about) == (Waits.LINK, f"link:{asked}", links.world.pa)
    assert one.args == {"enrolment_id": links.course.enrolment}
    for other in (links.world.coordinator, links.world.pa, links.world.employer_person, links.world.other_assessor):
        assert waiting(db, links, other, days=16) == []
    assert waiting(db, links, links.world.assessor, days=60) == []


def test_what_was_cancelled_or_asked_anew_waits_no_more(db: Db, links: Links) -> None:
    first, _ = links.ask(db, by=links.world.coordinator)
    assert len(waiting(db, links, links.world.coordinator, days=16)) == 1
    second, _ = links.ask(db, by=links.world.coordinator, now=links.clock() + timedelta(minutes=1))
    (one,) = waiting(db, links, links.world.coordinator, days=16)
    assert one.key == f"link:{second}"
    services.cancel(db, link_id=second, by=links.world.coordinator, now=links.clock() + timedelta(minutes=2))
    assert waiting(db, links, links.world.coordinator, days=16) == []
    assert queries.link(db, first).end is None
