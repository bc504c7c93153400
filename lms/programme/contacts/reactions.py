"""What contacts write when other rooms record a fact."""

from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.people import queries as people
from lms.people.beginnings import Begun
from lms.people.events import EmploymentEnded, EmploymentStarted
from lms.programme.contacts import planning


def plan_call_backs(db: Db, fact: EmploymentStarted, now: datetime) -> None:
    """Somebody began with an employer: they are called back some weeks later. Nobody calls behind no wall at all."""
    home = people.organisations(db, [fact.employer_id]).get(fact.employer_id)
    if home is not None and home.authority_id is not None:
        begun = Begun(UUID(int=0), fact.about, fact.employer_id, fact.since, home.authority_id, home.nation)
        planning.make(db, begun, planning.plan_of(db, home.authority_id), now)


def end_call_backs(db: Db, fact: EmploymentEnded, now: datetime) -> None:
    """The employment ends: nobody is called back about it any more."""
    planning.end_with_employment(db, pa_id=fact.about, employer_id=fact.employer_id, until=fact.until, now=now)
