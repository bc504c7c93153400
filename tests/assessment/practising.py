"""Learners who show practice in the standards of 2025, an assessor who may decide on most, and shorthands for pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from lms.assessment import allocating, places_opening
from lms.assessment.competence import services as competence
from lms.assessment.competence import ties
from lms.assessment.competence.rules import Basis, Relation
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.evidence.services import Offer
from lms.assessment.knowledge import services as knowledge
from lms.assessment.rules import Judgement, Setting
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.learning.models import Enrolment
from lms.people import services as people
from lms.people.rules import Role
from tests.prepared import stage
from tests.world import World

FRAMEWORK = "cc-2025"
DAYS_AGO = 20
COMPETENT = ("CC1", "CC5", "CC7", "CC12")


@dataclass(frozen=True)
class Practice:
    """Enrolments of two PAs of one authority, begun 20 days before now; the college's assessor has the first."""

    enrolment: UUID
    second: UUID
    now: datetime

    @property
    def yesterday(self) -> date:
        """The day before now."""
        return london_day(self.now) - timedelta(days=1)

    def offer(self, db: Db, by: UUID, lines: tuple[str, ...], **given: object) -> UUID:
        """Offer a piece of evidence with believable content; anything can be given otherwise."""
        content: dict[str, object] = {
            "kind": EvidenceKind.DIRECT_OBSERVATION,
            "on": self.yesterday,
            "text": "Pat asked A. how she wanted to start, and did it her way.",
            "setting": Setting.OWN_HOME,
        } | given
        offer = Offer(lines=lines, **content)  # type: ignore[arg-type]
        return evidence.offer_evidence(db, id=uuid4(), enrolment_id=self.enrolment, offer=offer, by=by, now=self.now)

    def decide(self, db: Db, by: UUID, piece: UUID, lines: tuple[str, ...], judgement: Judgement, **more: str) -> UUID:
        """Decide on lines by a piece, at once."""
        decisions = [Deciding(line=line, judgement=judgement, rests_on=piece, five=ALL_FIVE, **more) for line in lines]
        return deciding.decide(db, id=uuid4(), enrolment_id=self.enrolment, decisions=decisions, by=by, now=self.now)


def begun(house: House, world: World, now: datetime) -> Practice:
    """Both have begun; the assessor is competent in four standards, has said they are not close, and has the first."""
    then = now - timedelta(days=DAYS_AGO)
    with house.database.writing() as db:
        enrolments = []
        for pa in (world.pa, world.second_pa):
            enrolment = knowledge.start(db, learner_id=pa, authority_id=world.authority, now=then)
            places_opening.open_standards(db, enrolment_id=enrolment, framework=FRAMEWORK, by=pa, now=then)
            enrolments.append(enrolment)
        allocating.allocate_assessor(
            db,
            enrolment_id=enrolments[0],
            assessor_id=world.assessor,
            since=london_day(then),
            by=world.coordinator,
            now=then,
        )
        competence.record_competence(
            db,
            person_id=world.assessor,
            authority_id=world.authority,
            framework=FRAMEWORK,
            units=COMPETENT,
            basis=Basis.EXPERIENCE,
            words="Ten years in home care.",
            since=london_day(then),
            by=world.coordinator,
            now=then,
        )
        for person in (world.assessor, world.employer_person, world.representative):
            say_not_close(db, person, world.pa, then)
    return Practice(enrolments[0], enrolments[1], now)


practice = stage(begun)


def second_assessor(db: Db, practice: Practice, world: World) -> UUID:
    """The authority's quality assurer also assesses the first learner; returns the person."""
    then = practice.now - timedelta(days=DAYS_AGO)
    person, since = world.quality_assurer, london_day(then)
    people.give_role(
        db, person_id=person, organisation_id=world.authority, role=Role.ASSESSOR, by=None, now=then, since=since
    )
    allocating.allocate_assessor(
        db, enrolment_id=practice.enrolment, assessor_id=person, since=since, by=world.coordinator, now=then
    )
    competence.record_competence(
        db,
        person_id=person,
        authority_id=world.authority,
        framework=FRAMEWORK,
        units=COMPETENT,
        basis=Basis.EXPERIENCE,
        words="Years of assessing.",
        since=since,
        by=world.coordinator,
        now=then,
    )
    say_not_close(db, person, world.pa, then)
    return person


def say_not_close(db: Db, person: UUID, learner: UUID, now: datetime) -> None:
    """Answer the question about ties."""
    ties.declare(db, person_id=person, learner_id=learner, relation=Relation.NONE, by=person, now=now)


def leaves(db: Db, enrolment_id: UUID, now: datetime) -> None:
    """The learner leaves the course, past every service."""
    db.get_one(Enrolment, enrolment_id).ended_at = now
    db.flush()


def desk(practice: Practice, more: str = "") -> str:
    """The address of a page of the assessor about the first learner."""
    return f"/assess/{practice.enrolment}{more}"
