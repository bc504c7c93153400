"""What the calendar does to links: one gentle reminder after half of the days, and forgetting what was never sent."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from lms.assessment.links import queries, services
from lms.assessment.links.events import LinkSentAgain
from lms.assessment.links.models import Link, LinkAnswer, LinkEnd, LinkReminded
from lms.assessment.links.rules import End
from lms.core.db import add_once
from lms.core.events import record
from lms.core.house import House
from lms.learning import queries as learning

KEPT = timedelta(days=1)
"""How long answers that were not sent outlive their link."""


def remind(house: House, now: datetime) -> None:
    """Remind whoever has not answered by half of the days, once; for the worker's every minute.

    It carries a secret of its own, since nobody knows the first one any more; the earlier link goes on working.
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


def forget_unsent(house: House, now: datetime) -> None:
    """Delete answers that were never sent, a day after their link ended: nobody said them."""
    unsent = select(LinkEnd.link_id).where(LinkEnd.why != End.ANSWERED, LinkEnd.at < now - KEPT)
    answered = select(LinkEnd.link_id).where(LinkEnd.why == End.ANSWERED)
    over = select(Link.id).where(Link.expires_at < now - KEPT, Link.id.not_in(answered))
    with house.database.reading() as db:
        left = set(db.scalars(select(LinkAnswer.link_id).where(LinkAnswer.link_id.in_(unsent.union(over))).distinct()))
    if left:
        with house.database.writing() as db:
            db.execute(delete(LinkAnswer).where(LinkAnswer.link_id.in_(left)))
