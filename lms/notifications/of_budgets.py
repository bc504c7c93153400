"""Whom to tell of money that runs out: everybody at the desk of the authority, once for each thing."""

from datetime import datetime

from lms.core.db import Db
from lms.funding.budgets.events import MoneyRunsOut
from lms.notifications import services
from lms.people import queries as people


def tell(db: Db, fact: MoneyRunsOut, now: datetime) -> None:
    """Tell one person at the desk that pots or deadlines run out."""
    someone = people.person(db, fact.about)
    authority = people.organisation(db, fact.authority_id).called(someone.language)
    services.tell_person(
        db, "money_runs_out", someone, now, authority=authority, place=str(fact.authority_id), count=str(fact.alerts)
    )
