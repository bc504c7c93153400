"""Who visits: people of the country's largest authority at the stages the pages need, a handful of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Select, and_, func, select

from lms.assessment.knowledge.models import KnowledgeShown
from lms.assessment.models import Allocation, LearnerUnit
from lms.certification.attendance.models import Workshop
from lms.certification.bulk.models import Batch
from lms.certification.models import Certificate
from lms.core.db import Db
from lms.funding.claims.models import Claim
from lms.funding.vocabulary import ClaimState
from lms.learning.models import Attempt, Enrolment, LessonDone, ModuleDone
from lms.people.models import Employment, Organisation, Person, RoleHeld
from lms.people.rules import Role
from lms.register.models import RequirementRecord
from tests.benchmarks.country import Country
from tests.clients import Browser

MOST = 8
"""Visitors of a kind: enough that no page is measured on one lucky record."""

FEW = 3
"""Where a small country has no more that are alike."""

COURSE, LESSON = "PAI", "PAI-1"
PRACTICE, STANDARD = "PAI-1-P", "CC5"
CASELOAD = 60
"""Learners of one assessor whose queue is looked at."""


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, and the ids their pages are about."""

    browser: Browser
    about: Mapping[str, Any]


Visitors = dict[str, list[Visitor]]


def gather(country: Country, app: Flask) -> Visitors:
    """Sign everybody in; the names of the kinds are those in `pages`."""
    with country.house.database.reading() as db:
        found = {kind: [dict(row) for row in db.execute(wanted).mappings()] for kind, wanted in _wanted(country)}
    browsers: dict[Any, Browser] = {}

    def browser(person: Any) -> Browser:
        if person not in browsers:
            browsers[person] = Browser(app, country.house, person)
        return browsers[person]

    here = {"authority": country.authority}
    return {
        "nobody": [Visitor(Browser(app, country.house), {**here, **row}) for row in found["certified"]],
        **{kind: [Visitor(browser(row["person"]), {**here, **row}) for row in rows] for kind, rows in found.items()},
    }


def signed_in_at(db: Db, country: Country, role: Role) -> Any:
    """One person who holds a role in the authority."""
    return db.scalars(_staff(country, role)).first()


def _wanted(country: Country) -> Iterator[tuple[str, Select[Any]]]:
    studying = (
        select(Enrolment.learner_id.label("person"), Enrolment.id.label("enrolment"))
        .where(Enrolment.authority_id == country.authority)
        .order_by(Enrolment.id)
        .limit(MOST)
    )
    inducted = studying.where(Enrolment.course == COURSE)
    lesson = LessonDone.enrolment_id == Enrolment.id
    finished = ModuleDone.enrolment_id == Enrolment.id
    started = select(LessonDone.lesson).where(lesson).order_by(LessonDone.studied_at).limit(1).scalar_subquery()
    begun = inducted.where(select(LessonDone.id).where(lesson).exists())
    yield "reading", begun.add_columns(started.label("lesson")).where(~select(ModuleDone.id).where(finished).exists())
    yield "joined", inducted.where(~select(LessonDone.id).where(lesson).exists())
    several = select(func.count()).where(finished).scalar_subquery()
    yield "far along", inducted.where(several > 2)
    answering = inducted.join(Attempt, Attempt.enrolment_id == Enrolment.id).where(Attempt.finished_at.is_(None))
    yield "answering", answering.add_columns(Attempt.id.label("attempt"))
    certified = inducted.join(Certificate, Certificate.enrolment_id == Enrolment.id)
    yield "certified", certified.add_columns(Certificate.id.label("certificate"), Certificate.number)
    knows = and_(KnowledgeShown.learner_id == Enrolment.learner_id, KnowledgeShown.enrolment_id == Enrolment.id)
    yield "knowing", studying.where(select(KnowledgeShown.line).where(knows).exists())
    yield "practising", _practising(country)
    yield "assessor of many", _assessors_of_many(country)
    yield "assessor of standards", _assessors(country, STANDARD)
    yield "quality assurer", _staff(country, Role.QUALITY_ASSURER)
    yield "employer", _employers(country)
    yield "assessor", _assessors(country, PRACTICE)
    yield "coordinator", _staff(country, Role.COORDINATOR).add_columns(*_issued(country))
    yield "funding officer", _staff(country, Role.FUNDING_OFFICER).add_columns(*_claims(country))
    yield "register officer", _officer_with_pas(country)


def _staff(country: Country, role: Role) -> Select[Any]:
    held = select(RoleHeld.person_id.label("person")).where(RoleHeld.organisation_id == country.authority)
    return held.where(RoleHeld.role == role).limit(MOST)


def _issued(country: Country) -> Iterator[Any]:
    """A certificate, a workshop and a batch of the authority, and one of its learners."""
    for name, table in (("certificate", Certificate), ("workshop", Workshop), ("batch", Batch)):
        here = select(table.id).where(table.authority_id == country.authority)
        yield here.order_by(table.id).limit(1).scalar_subquery().label(name)
    learners = select(Enrolment.learner_id).where(Enrolment.authority_id == country.authority)
    yield learners.order_by(Enrolment.id).limit(1).scalar_subquery().label("pa")


def _claims(country: Country) -> Iterator[Any]:
    """A claim that was sent in, and a draft, on whose page everything is checked that could stand in its way."""
    for name, state in (("claim", ClaimState.SUBMITTED), ("draft", ClaimState.DRAFT)):
        here = select(Claim.id).where(Claim.authority_id == country.authority, Claim.state == state)
        yield here.order_by(Claim.reference).limit(1).scalar_subquery().label(name)


def _employers(country: Country) -> Select[Any]:
    unit = LearnerUnit.learner_id == Employment.pa_id
    return (
        select(RoleHeld.person_id.label("person"), LearnerUnit.enrolment_id.label("enrolment"))
        .join(Organisation, Organisation.id == RoleHeld.organisation_id)
        .join(Employment, Employment.employer_id == Organisation.id)
        .join(LearnerUnit, unit)
        .where(Organisation.authority_id == country.authority, RoleHeld.role == Role.EMPLOYER)
        .where(LearnerUnit.ready_at.is_not(None), LearnerUnit.unit == PRACTICE)
        .order_by(LearnerUnit.enrolment_id)
        .limit(MOST)
    )


def _practising(country: Country) -> Select[Any]:
    """Learners who show practice in the standards."""
    behind = (LearnerUnit.authority_id == country.authority) & (LearnerUnit.unit == STANDARD)
    wanted = select(LearnerUnit.learner_id.label("person"), LearnerUnit.enrolment_id.label("enrolment"))
    return wanted.where(behind).order_by(LearnerUnit.enrolment_id).limit(MOST)


def _assessors_of_many(country: Country) -> Select[Any]:
    """Assessors with some sixty learners, or as near to it as there are."""
    unit = (LearnerUnit.enrolment_id == Allocation.enrolment_id) & (LearnerUnit.unit == STANDARD)
    count = func.count(Allocation.enrolment_id.distinct())
    return (
        select(Allocation.assessor_id.label("person"), count.label("learners"))
        .join(LearnerUnit, unit)
        .where(LearnerUnit.authority_id == country.authority)
        .group_by(Allocation.assessor_id)
        .order_by(func.abs(count - CASELOAD), Allocation.assessor_id)
        .limit(FEW)
    )


def _assessors(country: Country, of: str) -> Select[Any]:
    unit = (LearnerUnit.enrolment_id == Allocation.enrolment_id) & (LearnerUnit.unit == of)
    return (
        select(Allocation.assessor_id.label("person"), Allocation.enrolment_id.label("enrolment"))
        .join(LearnerUnit, unit)
        .where(LearnerUnit.authority_id == country.authority)
        .order_by(Allocation.enrolment_id)
        .limit(MOST)
    )


def _officer_with_pas(country: Country) -> Select[Any]:
    """The authority's officer beside several PAs of whom something was seen."""
    officer = _staff(country, Role.REGISTER_OFFICER).limit(1).subquery()
    seen = (
        select(RequirementRecord.person_id.label("pa"))
        .where(RequirementRecord.authority_id == country.authority)
        .join(Person, Person.id == RequirementRecord.person_id)
        .distinct()
        .limit(MOST)
        .subquery()
    )
    return select(officer.c.person, seen.c.pa).join_from(officer, seen, onclause=officer.c.person.is_not(None))
