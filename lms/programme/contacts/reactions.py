"""What contacts write when other rooms record a fact."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.core.events import together
from lms.people import queries as people
from lms.people.beginnings import Begun
from lms.people.events import EmploymentEnded, EmploymentStarted, EmploymentTakenBack
from lms.programme.contacts import planning


def _plan_call_backs(db: Db, facts: Sequence[EmploymentStarted], now: datetime) -> None:
    homes = people.organisations(db, {fact.employer_id for fact in facts})
    begun = [
        Begun(UUID(int=0), fact.about, fact.employer_id, fact.since, wall, homes[fact.employer_id].nation)
        for fact in facts
        if (wall := homes[fact.employer_id].authority_id) is not None
    ]
    for authority_id, plan in planning.plans_of(db, {each.authority_id for each in begun}).items():
        planning.make_many(db, [each for each in begun if each.authority_id == authority_id], plan, now)


@together(_plan_call_backs)
def plan_call_backs(db: Db, fact: EmploymentStarted, now: datetime) -> None:
    """Somebody began with an employer: they are called back some weeks later. Nobody calls behind no wall at all."""
    home = people.organisations(db, [fact.employer_id]).get(fact.employer_id)
    if home is not None and home.authority_id is not None:
        begun = Begun(UUID(int=0), fact.about, fact.employer_id, fact.since, home.authority_id, home.nation)
        planning.make(db, begun, planning.plan_of(db, home.authority_id), now)


def end_call_backs(db: Db, fact: EmploymentEnded, now: datetime) -> None:
    """The employment ends: nobody is called back about it any more."""
    planning.end_with_employment(db, pa_id=fact.about, employer_id=fact.employer_id, until=fact.until, now=now)


def _take_back_call_backs(db: Db, facts: Sequence[EmploymentTakenBack], _now: datetime) -> None:
    planning.take_back(db, [(fact.about, fact.employer_id, fact.since) for fact in facts])


@together(_take_back_call_backs)
def take_back_call_backs(db: Db, fact: EmploymentTakenBack, now: datetime) -> None:
    """The employment was never to be written: nobody is called about it, and nobody was."""
    _take_back_call_backs(db, [fact], now)
