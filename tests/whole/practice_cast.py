"""Everybody who stands in some relation to one learner's practice, and one thing of each kind to look at."""

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from PIL import Image

from lms.assessment import allocating
from lms.assessment.competence import services as competence
from lms.assessment.competence.rules import Basis, Mark
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.links import services as links
from lms.assessment.media import services as media
from lms.assessment.media import taking
from lms.assessment.media.rules import FileKind, InIt
from lms.assessment.media.services import Keeping
from lms.assessment.quality.verifiers import services as verifiers
from lms.assessment.quality.verifiers.rules import Access
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Nation, OrganisationKind, Role
from tests.assessment.personal.conftest import write_in
from tests.assessment.practising import COMPETENT, FRAMEWORK, Practice, begun, say_not_close
from tests.world import World

LINE, OTHER_LINE = "5.4a", "1.1c"
"""A practice line of standard 5, about which everything here is, and one of standard 1."""


@dataclass(frozen=True)
class Cast:
    """People by their relation to the learner, and things by name."""

    practice: Practice
    people: dict[str, UUID]
    things: dict[str, UUID]


def picture() -> bytes:
    """A small photo."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(made, "JPEG")
    return made.getvalue()


def cast(house: House, world: World, line: str = LINE, other: str = OTHER_LINE) -> Cast:
    """Make it through the services and commit it."""
    now = house.clock()
    practice = begun(house, world, now)
    then = now - timedelta(days=15)
    since = london_day(then)
    ended = london_day(now) - timedelta(days=1)
    who: dict[str, UUID] = {
        "learner": world.pa,
        "assessor": world.assessor,
        "employer": world.employer_person,
        "representative": world.representative,
        "other employer": world.second_employer_person,
        "coordinator": world.coordinator,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "other learner": world.second_pa,
        "coordinator elsewhere": world.other_coordinator,
        "assessor elsewhere": world.other_assessor,
        "employer elsewhere": world.other_employer_person,
        "admin": world.admin,
        "register officer": world.register_officer,
        "funding officer": world.funding_officer,
    }
    things: dict[str, UUID] = {"enrolment": practice.enrolment, "learner": world.pa}
    upload = _upload(house, world.assessor, world.authority)
    with house.database.writing() as db:

        def someone(key: str, role: Role, where: UUID) -> UUID:
            name = key.title()
            email = f"{key.replace(' ', '.')}@example.com"
            person = people.add_person(db, name=name, email=email, by=None, now=then)
            people.give_role(db, person_id=person, organisation_id=where, role=role, by=None, now=then, since=since)
            who[key] = person
            return person

        def allocate(person: UUID, *units: str) -> UUID:
            return allocating.allocate_assessor(
                db, enrolment_id=practice.enrolment, assessor_id=person, since=since, by=world.coordinator, now=then,
                units=units,
            )  # fmt: skip

        def competent(person: UUID) -> None:
            competence.record_competence(
                db, person_id=person, authority_id=world.authority, framework=FRAMEWORK, units=COMPETENT,
                basis=Basis.EXPERIENCE, words="Years of it.", since=since, by=world.coordinator, now=then,
            )  # fmt: skip

        other_unit = someone("assessor of another unit", Role.ASSESSOR, world.college)
        allocate(other_unit, "CC1")
        competent(other_unit)
        gone = someone("assessor before", Role.ASSESSOR, world.college)
        left = allocate(gone)
        competent(gone)
        say_not_close(db, gone, world.pa, then)
        someone("verifier with access", Role.VERIFIER, world.authority)
        someone("verifier of another unit", Role.VERIFIER, world.authority)
        someone("quality assurer elsewhere", Role.QUALITY_ASSURER, world.other_authority)
        countersigner = someone("countersigner", Role.ASSESSOR, world.authority)
        competent(countersigner)
        for mark, person in ((Mark.EXPERIENCED, countersigner), (Mark.WATCHED, world.assessor)):
            competence.mark(
                db, person_id=person, authority_id=world.authority, mark=mark, reason="So it is.", by=world.coordinator,
                now=then,
            )  # fmt: skip
        home = people.add_organisation(
            db, kind=OrganisationKind.INDIVIDUAL_EMPLOYER, name="Fred Former", nation=Nation.ENGLAND, now=then,
            authority_id=world.authority,
        )  # fmt: skip
        former = someone("employer before", Role.EMPLOYER, home)
        people.start_employment(db, pa_id=world.pa, employer_id=home, since=since, by=None, now=then)

        def offer(key: str, by: UUID, kind: EvidenceKind, at: str = line) -> None:
            things[key] = evidence.offer_evidence(
                db, id=uuid4(), enrolment_id=practice.enrolment, by=by, now=now,
                offer=evidence.Offer(kind=kind, on=ended, text=f"Words of the {key}.", lines=(at,)),
            )  # fmt: skip

        offer("assessor's piece", world.assessor, EvidenceKind.DIRECT_OBSERVATION)
        media.attach(
            db, evidence_id=things["assessor's piece"], upload_ids=[upload], by=world.assessor, now=now,
            keeping=Keeping.of(house),
        )  # fmt: skip
        offer("learner's piece", world.pa, EvidenceKind.REFLECTIVE_ACCOUNT)
        offer("employer's piece", world.employer_person, EvidenceKind.WITNESS_TESTIMONY)
        offer("former employer's piece", former, EvidenceKind.WITNESS_TESTIMONY)
        offer("former assessor's piece", gone, EvidenceKind.DIRECT_OBSERVATION)
        practice.decide(
            db, world.assessor, things["assessor's piece"], (line,), Judgement.MET, feedback="Feedback for Pat alone."
        )
        things["decision"] = _decision(db, practice, line)
        things["link"] = links.ask(
            db, id=uuid4(), enrolment_id=practice.enrolment, unit="CC5", lines=[line], by=world.assessor, now=now,
            whom=links.Whom(key=links.WITNESS, name="Nia Nurse", relation="nurse", email="nia@nhs.example"),
        )  # fmt: skip
        things["personal"] = write_in(db, world, now)
        about = {"authority_id": world.authority, "by": world.coordinator, "now": now}
        span = {"since": london_day(now), "until": london_day(now) + timedelta(days=7)}
        verifiers.give(
            db, id=uuid4(), verifier_id=who["verifier with access"], **about,
            access=Access(enrolment_id=practice.enrolment, **span),
        )  # fmt: skip
        allocating_end(db, left, ended, world, now)
        people.end_employment(db, pa_id=world.pa, employer_id=home, until=ended, by=world.coordinator, now=now)
    return Cast(practice, who, things)


def allocating_end(db, allocation: UUID, until, world: World, now) -> None:  # type: ignore[no-untyped-def]
    """End an allocation on a day that is over."""
    from lms.assessment.models import Allocation

    db.get_one(Allocation, allocation).until = until
    db.flush()


def _decision(db, practice: Practice, line: str) -> UUID:  # type: ignore[no-untyped-def]
    from lms.assessment.deciding.latest import latest_of

    return latest_of(db, practice.enrolment)[line].id


def _upload(house: House, by: UUID, authority: UUID) -> UUID:
    data, now = picture(), house.clock()
    with house.database.writing() as db:
        upload = media.begin_upload(
            db, person_id=by, authority_id=authority, length=len(data), kind=FileKind.PHOTO, name="IMG 1",
            fingerprint="f", in_it=InIt.NOBODY, allowed=True, now=now,
        )  # fmt: skip
    taking.halves_of(house).begin(upload, len(data))
    taking.receive(house, upload_id=upload, by=by, offset=0, stream=io.BytesIO(data), checksum=None, now=now)
    taking.look(house, upload_id=upload, by=by, now=now)
    return upload
