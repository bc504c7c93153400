"""Whom to tell about asking for an assessor, and about what assessors may decide on."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from lms.assessment.asking import queries as asking
from lms.assessment.asking.events import AssessorAsked, AssessorFound, AssessorRequestEnded
from lms.assessment.asking.queries import RequestView
from lms.assessment.asking.rules import Outcome
from lms.assessment.competence.events import CompetenceEndsSoon
from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role

_HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)


def tell_of_request(db: Db, fact: AssessorAsked, now: datetime) -> None:
    """A PA hears when somebody of their household asked for an assessor for them."""
    asked = asking.request(db, fact.request_id)
    if asked.asked_by != asked.learner_id:
        _tell(db, "assessor_asked", asked.learner_id, now, who=people.person(db, asked.asked_by).name)


def tell_of_assessor(db: Db, fact: AssessorFound, now: datetime) -> None:
    """The learner hears who was chosen, the household that asked does, and so does the assessor."""
    asked = asking.request(db, fact.request_id)
    names = people.persons(db, {asked.learner_id, fact.assessor_id})
    assessor, who = names[fact.assessor_id].name, names[asked.learner_id].name
    _tell(db, "assessor_found", asked.learner_id, now, assessor=assessor)
    values = {"assessor": assessor, "who": who, "pa": str(asked.learner_id)}
    _tell_household(db, "assessor_found_for_pa", asked, now, values)
    _tell(db, "learner_given", fact.assessor_id, now)


def tell_of_answer(db: Db, fact: AssessorRequestEnded, now: datetime) -> None:
    """Those who asked hear when a coordinator answered with a word; the word stands on their page, not in the mail."""
    if fact.outcome is not Outcome.CLOSED:
        return
    asked = asking.request(db, fact.request_id)
    _tell(db, "request_answered", asked.learner_id, now, path="/practice/assessor")
    _tell_household(db, "request_answered", asked, now, {"path": f"/my-pas/{asked.learner_id}/assessor"})


def tell_of_competence(db: Db, fact: CompetenceEndsSoon, now: datetime) -> None:
    """An assessor hears in time that what they may decide on ends."""
    someone = people.person(db, fact.about)
    services.tell_person(
        db,
        "competence_ends",
        someone,
        now,
        authority=people.organisation(db, fact.authority_id).called(someone.language),
        day=i18n.day(fact.until, someone.language),
    )


def _tell_household(db: Db, kind: str, asked: RequestView, now: datetime, values: Mapping[str, str]) -> None:
    """Whoever is of the household that asked hears; nobody when the learner asked themself."""
    if asked.behalf is None:
        return
    on = london_day(now)
    there = {one.id for role in _HOUSEHOLD for one in people.holders_of(db, role, [asked.behalf], on)}
    for person_id in sorted(there):
        _tell(db, kind, person_id, now, **values)


def _tell(db: Db, kind: str, person_id: UUID, now: datetime, **values: str) -> None:
    someone = people.person(db, person_id)
    services.tell_person(db, kind, someone, now, **values)
