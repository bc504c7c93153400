"""The cast of practice with what stands around it: samples, second looks, meetings, visits, requests and sign-offs."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.assessment import places
from lms.assessment.asking import services as asking
from lms.assessment.competence import countersigning, reviews
from lms.assessment.competence import services as competence
from lms.assessment.competence.queries import policy_of
from lms.assessment.competence.rules import Employers
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.rules import ReviewOutcome
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.models import Allocation
from lms.assessment.quality.appeals import services as appeals
from lms.assessment.quality.meetings import services as meetings
from lms.assessment.quality.models import Sample, SamplingWork, VerifierAccess
from lms.assessment.quality.planning import services as planning
from lms.assessment.quality.rules import period_of
from lms.assessment.rules import Judgement
from lms.assessment.signing import services as signing
from lms.assessment.signing.rules import Declaration, How
from lms.assessment.visits import packing
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import N_
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people import services as joining
from lms.people.rules import Role
from tests.assessment.practising import Practice, say_not_close
from tests.assessment.visits.conftest import Phone
from tests.whole.practice_cast import Cast, cast
from tests.world import World

DOUBTED, HOME_LINE, ALSO_DOUBTED, OFFERED = "5.2b", "7.2a", "5.2c", "5.4b"


def quality_cast(house: House, world: World) -> Cast:
    """Make it through the services and commit it."""
    made, now = cast(house, world), house.clock()
    practice, who, things = made.practice, dict(made.people), dict(made.things)
    day = london_day(now)
    with house.database.writing() as db:
        looker = joining.add_person(db, name="Second Looker", email="looker@example.com", by=None, now=now)
        where = {"person_id": looker, "organisation_id": world.authority, "by": None, "now": now}
        joining.give_role(db, **where, role=Role.QUALITY_ASSURER, since=day - timedelta(days=15))
        who["second looker"] = looker
        _household_decides(db, world, practice)
        say_not_close(db, who["countersigner"], world.pa, now)

        def decided(by: UUID, line: str, **more: str) -> UUID:
            piece = practice.offer(db, by, (line,), kind=EvidenceKind.DIRECT_OBSERVATION)
            sitting = practice.decide(db, by, piece, (line,), Judgement.NOT_YET_MET, feedback="For Pat.", **more)
            return db.scalars(select(Decision.id).where(Decision.sitting_id == sitting)).one()

        things["doubted"] = decided(world.assessor, DOUBTED)
        things["home decision"] = decided(world.employer_person, HOME_LINE)
        about = {"why": "I did ask.", "now": now}
        things["appeal"] = uuid4()
        first = decided(world.assessor, ALSO_DOUBTED)
        appeals.ask(db, id=things["appeal"], decision_id=first, by=world.pa, **about)
        appeals.name_second(db, id=uuid4(), appeal_id=things["appeal"], second_id=looker, by=world.coordinator, now=now)
        things["employer's appeal"] = uuid4()
        other = decided(world.employer_person, "7.2b")
        appeals.ask(db, id=things["employer's appeal"], decision_id=other, by=world.employer_person, **about)
        things["sign-off"] = _signed(db, practice, world.assessor, "CC12", who["countersigner"])
        called = meetings.Called(day, "14:30", "Room 2", "", ["cc-2025:CC5"], [world.assessor, looker])
        things["meeting"] = uuid4()
        meetings.call(
            db, id=things["meeting"], authority_id=world.authority, called=called, by=world.coordinator, now=now
        )
        things["request"] = asking.ask(
            db, id=uuid4(), learner_id=world.pa, authority_id=world.authority, units=["CC3"], place="BS3",
            by=world.employer_person, now=now,
        )  # fmt: skip
        things["two versions"] = _two_versions(db, practice, world)
        allocation = db.scalars(select(Allocation).where(Allocation.assessor_id == who["assessor before"])).one()
        ended, allocation.until = allocation.until, None
        db.flush()
        things["former assessor's sign-off"] = _signed(
            db, practice, who["assessor before"], "CC1", who["countersigner"]
        )
        phone = _phone(db, practice, who["assessor before"])
        allocation.until = ended
        db.flush()
        seen = phone.observation(on=day, lines=(OFFERED,))
        phone.send(db, seen)
        things["received"] = seen.id
        planning.replan(db, world.authority, period_of(day), now)
        mine = (SamplingWork.learner_id == world.pa) & (SamplingWork.assessor_id == world.assessor)
        things["work"] = db.scalars(select(SamplingWork.id).where(mine).limit(1)).one()
        things["sample"] = db.scalars(select(Sample.id).where(Sample.learner_id == world.pa).limit(1)).one()
        things["access"] = db.scalars(select(VerifierAccess.id).limit(1)).one()
    return Cast(practice, who, things)


def _household_decides(db: Db, world: World, practice: Practice) -> None:
    """The authority lets households decide on standards."""
    allowed = replace(policy_of(db, world.authority), employers=Employers.COUNTERSIGNED)
    competence.set_policy(
        db, id=uuid4(), authority_id=world.authority, policy=allowed, by=world.coordinator, now=practice.now
    )


def _signed(db: Db, practice: Practice, by: UUID, unit: str, second: UUID) -> UUID:
    placed = places.unit_of(db, learning.enrolment(db, practice.enrolment), unit)
    seen = tuple(line.key for line in placed.unit.practice)
    said = tuple(line.key for line in placed.unit.lines if line.key not in seen)
    practice.decide(db, by, practice.offer(db, by, seen), seen, Judgement.MET)
    if said:
        kind = EvidenceKind.ORAL_QUESTIONS
        practice.decide(db, by, practice.offer(db, by, said, kind=kind, asked="What first?"), said, Judgement.MET)
    _countersign(db, practice, second, unit)
    declared = Declaration("Who Signs", "assessor", How.TYPED)
    return signing.sign_off(
        db, id=uuid4(), enrolment_id=practice.enrolment, unit=unit, declaration=declared, by=by, now=practice.now
    )


def _countersign(db: Db, practice: Practice, second: UUID, unit: str) -> None:
    day = london_day(practice.now)
    viewer = people.viewer_of(db, second, day)
    assert viewer is not None
    for each in countersigning.waiting_for(db, viewer, day):
        if each.unit == unit:
            reviews.countersign(
                db, decision_id=each.decision_id, outcome=ReviewOutcome.AGREED, word="", action="", due_on=None,
                by=second, now=practice.now,
            )  # fmt: skip


def _phone(db: Db, practice: Practice, by: UUID) -> Phone:
    viewer = people.viewer_of(db, by, london_day(practice.now))
    assert viewer is not None
    before = practice.now - timedelta(hours=3)
    pack: dict[str, Any] = packing.take_along(
        db, enrolment_ids=[practice.enrolment], viewer=viewer, language="en", say=N_, now=before
    )
    return Phone(by, UUID(pack["learners"][0]["taken"]), pack, practice.now)


def _two_versions(db: Db, practice: Practice, world: World) -> UUID:
    """Two phones of one assessor, each with a draft of the same line; returns the second draft."""
    phones = [_phone(db, practice, world.assessor) for _ in range(2)]
    said = {"judgement": "not_yet_met", "feedback": "Ask first.", "five": (True,) * 5, "line": OFFERED}
    for phone, reason in zip(phones, ("One.", "Two."), strict=True):
        seen = phone.observation(lines=(OFFERED,))
        draft = phone.draft(seen.id, reason=reason, **said)
        phone.send(db, seen, draft)
    return draft.id
