"""One gentle reminder, after half of the days. It carries a secret of its own; the earlier link goes on working."""

from datetime import datetime

from lms.assessment.links import queries, services
from lms.assessment.links.events import LinkSentAgain
from lms.assessment.links.models import LinkReminded
from lms.core.db import add_once
from lms.core.events import record
from lms.core.house import House
from lms.learning import queries as learning


def remind(house: House, now: datetime) -> None:
    """Remind whoever has not answered by half of the days, once; for the worker's every minute.

    Nobody is reminded of a learner who has left.
    """
    with house.database.reading() as db:
        due = queries.to_remind(db, now=now)
    for link_id in due:
        with house.database.writing() as db:
            found = services.held(db, link_id)
            if not found.is_open(now) or not add_once(db, LinkReminded(link_id=link_id, at=now)):
                continue
            if learning.enrolment(db, found.enrolment_id).ended:
                continue
            services.new_sending(db, link_id, reminder=True, now=now)
            fact = LinkSentAgain(
                about=found.learner_id, enrolment_id=found.enrolment_id, link_id=link_id, reminder=True
            )
            record(db, fact, by=None, now=now)
