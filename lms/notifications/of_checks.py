"""Whom to tell of checks. Every message only says that there is something to read behind the door."""

from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.checks.events import (
    DecisionTold,
    DisclosureReviewAsked,
    DisclosureReviewDecided,
    EmployerMayBeTold,
    TalkInvited,
)

_OF_PA: dict[type, str] = {
    TalkInvited: "checks_invited",
    DecisionTold: "checks_decided",
    DisclosureReviewDecided: "checks_review_decided",
}


def tell_pa(db: Db, fact: TalkInvited | DecisionTold | DisclosureReviewDecided, now: datetime) -> None:
    """The PA hears that they are invited to talk, that something is decided, or that a review is answered."""
    _tell(db, _OF_PA[type(fact)], fact.about, fact.authority_id, now, path=str(fact.authority_id))


def tell_team_of_review(db: Db, fact: DisclosureReviewAsked, now: datetime) -> None:
    """The register managers hear that somebody asked for a review; who did stands on the page."""
    path = f"{fact.authority_id}/{fact.about}"
    for someone in people.people_in(db, fact.authority_id, Role.REGISTER_MANAGER, london_day(now)):
        _tell(db, "checks_review_asked", someone.id, fact.authority_id, now, path=path)


def tell_employer(db: Db, fact: EmployerMayBeTold, now: datetime) -> None:
    """The employer hears that their PA lets them know something."""
    who = people.person(db, fact.about).name
    for someone in people.holders_of(db, Role.EMPLOYER, [fact.employer_id], london_day(now)):
        _tell(db, "checks_employer", someone.id, fact.authority_id, now, who=who)


def _tell(db: Db, kind: str, person_id: UUID, authority_id: UUID, now: datetime, **values: str) -> None:
    someone = people.person(db, person_id)
    authority = people.organisation(db, authority_id).called(someone.language)
    services.tell_person(db, kind, someone, now, authority=authority, **values)
