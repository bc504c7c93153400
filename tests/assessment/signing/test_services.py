"""Signing a standard off, the exact copy that stays, and withdrawing it."""

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment.deciding import queries as deciding
from lms.assessment.deciding import services as decide
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.evidence import queries as evidence
from lms.assessment.evidence import services as evidence_services
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.evidence.services import Offer
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.rules import Judgement, UnitState
from lms.assessment.signing import queries, services
from lms.assessment.signing.models import SignOff
from lms.assessment.signing.rules import Declaration, How, Withdrawer
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.conftest import Course
from tests.assessment.practising import Practice, leaves
from tests.assessment.reading import count, facts
from tests.world import World

UNIT, LINES = "CC12", ("12.1a", "12.1b", "12.1c")
TYPED = Declaration("Dai  Assessor", "Assessor of the college", How.TYPED)


def sign(db: Db, practice: Practice, by: UUID, declaration: Declaration | None = TYPED, **given: Any) -> UUID:
    asked = {"id": uuid4(), "enrolment_id": practice.enrolment, "unit": UNIT, "now": practice.now} | given
    return services.sign_off(db, declaration=declaration, by=by, **asked)


def withdraw(db: Db, practice: Practice, sign_off: UUID, by: UUID, reason: str = "The wrong person signed.") -> None:
    services.withdraw_sign_off(db, sign_off_id=sign_off, reason=reason, by=by, now=practice.now)


def seen(db: Db, practice: Practice, world: World) -> UUID:
    """Every line of the standard decided met on one piece."""
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, LINES, Judgement.MET)
    return piece


def state(db: Db, practice: Practice) -> UnitState:
    return db.scalars(
        select(LearnerUnit.state).where(LearnerUnit.enrolment_id == practice.enrolment, LearnerUnit.unit == UNIT)
    ).one()


def test_a_standard_is_signed_off_once_every_line_is_met(db: Db, practice: Practice, world: World) -> None:
    with pytest.raises(Refused, match=r"nobody has recorded seeing 12\.1a"):
        sign(db, practice, world.assessor)
    piece = practice.offer(db, world.assessor, LINES)
    with pytest.raises(Refused, match=r"there is evidence for 12\.1a, and nobody has decided"):
        sign(db, practice, world.assessor)
    practice.decide(db, world.assessor, piece, LINES[:2], Judgement.MET)
    practice.decide(db, world.assessor, piece, LINES[2:], Judgement.MORE_EVIDENCE, feedback="Once more.")
    with pytest.raises(Refused, match=r"more evidence is needed for 12\.1c"):
        sign(db, practice, world.assessor)
    practice.decide(db, world.assessor, piece, LINES[2:], Judgement.MET)
    once = uuid4()
    assert sign(db, practice, world.assessor, id=once) == sign(db, practice, world.assessor, id=once) == once
    assert state(db, practice) is UnitState.SIGNED_OFF
    with pytest.raises(Refused, match="You signed this off already"):
        sign(db, practice, world.assessor)
    (signed,) = queries.sign_offs_of(db, practice.enrolment)
    assert (signed.declared.name, signed.declared.role, signed.by_name) == (
        "Dai Assessor",
        "Assessor of the college",
        "Dai Assessor",
    )


def test_knowledge_that_nobody_showed_stands_in_the_way(db: Db, practice: Practice, world: World) -> None:
    with pytest.raises(Refused, match=r"nothing shows that they know what “.+” asks"):
        sign(db, practice, world.assessor, unit="CC5")


@pytest.mark.parametrize(
    ("declaration", "says"),
    [
        (Declaration(" ", "Employer", How.TYPED), "Enter your name"),
        (Declaration("Amina", "", How.TYPED), "Enter your role"),
        (Declaration("Amina", "Employer", How.SPOKEN), "who heard it"),
        (Declaration("Amina", "Employer", How.SUPPORTER), "who supports you"),
        (Declaration("Amina", "Employer", How.SUPPORTER, supporter="Ruth"), "how you agreed"),
        (Declaration("A" * 161, "Employer", How.TYPED), "at most 160"),
    ],
)
def test_what_a_declaration_lacks(
    db: Db, practice: Practice, world: World, declaration: Declaration, says: str
) -> None:
    seen(db, practice, world)
    with pytest.raises(Refused, match=says):
        sign(db, practice, world.assessor, declaration)
    assert count(db, SignOff) == 0


def test_a_supporter_signs_with_consent_on_record(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    said = Declaration("Dai", "Assessor", How.SUPPORTER, "Ruth Yusuf", "Dai nodded when asked.", "")
    view = queries.sign_off(db, sign(db, practice, world.assessor, said))
    assert view.declared == said


def test_the_copy_is_the_record_as_it_was(db: Db, practice: Practice, world: World) -> None:
    piece = seen(db, practice, world)
    (view,) = (queries.sign_off(db, sign(db, practice, world.assessor)),)
    assert view.copy is not None
    assert view.copy_digest == sha256(view.copy.encode()).hexdigest()
    copy = json.loads(view.copy)
    assert [line["key"] for line in copy["lines"]] == list(LINES)
    assert {line["stand"] for line in copy["lines"]} == {"met"}
    assert {each["rests_on"] for each in copy["decisions"]} == {str(piece)}
    (kept,) = copy["evidence"]
    assert kept["text"] == "Pat asked A. how she wanted to start, and did it her way."
    assert json.dumps(copy, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == view.copy


def test_a_sign_off_locks_what_it_rests_on(db: Db, practice: Practice, world: World) -> None:
    piece, beside = seen(db, practice, world), practice.offer(db, world.pa, LINES, kind=EvidenceKind.WORK_PRODUCT)
    draft = {"enrolment_id": practice.enrolment, "by": world.assessor, "now": practice.now}
    sign(db, practice, world.assessor)
    for call in (
        lambda: practice.offer(db, world.assessor, LINES),
        lambda: practice.offer(db, world.pa, ("5.4a", *LINES), kind=EvidenceKind.REFLECTIVE_ACCOUNT),
        lambda: practice.decide(db, world.assessor, piece, LINES[:1], Judgement.NOT_YET_MET, feedback="No."),
        lambda: decide.draft(db, deciding=decide.Deciding(LINES[0], Judgement.MET), **draft),
    ):
        with pytest.raises(Refused, match=r"signed .*off"):
            call()
    with pytest.raises(Refused, match="cannot be withdrawn"):
        evidence_services.withdraw_evidence(db, evidence_id=beside, reason="No.", by=world.pa, now=practice.now)


def test_what_comes_late_is_kept_beside_the_record(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    copy = queries.sign_off(db, sign(db, practice, world.assessor)).copy
    offer = Offer(EvidenceKind.WITNESS_TESTIMONY, practice.yesterday, "I saw it too.", LINES)
    late = evidence_services.offer_evidence(
        db,
        id=uuid4(),
        enrolment_id=practice.enrolment,
        offer=offer,
        by=None,
        part=Part.WITNESS,
        named="Neighbour N.",
        now=practice.now,
        way=Way.LINK,
    )
    assert evidence.piece(db, late).text == "I saw it too."
    (view,) = queries.sign_offs_of(db, practice.enrolment)
    assert view.copy == copy


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("assessor", Withdrawer.SIGNER),
        ("quality_assurer", Withdrawer.QUALITY_ASSURER),
        ("coordinator", Withdrawer.COORDINATOR),
    ],
)
def test_a_sign_off_is_withdrawn_by_those_allowed(
    db: Db, practice: Practice, world: World, who: str, role: Withdrawer
) -> None:
    seen(db, practice, world)
    first = sign(db, practice, world.assessor)
    withdraw(db, practice, first, getattr(world, who))
    withdraw(db, practice, first, getattr(world, who))
    end = queries.sign_off(db, first).withdrawn
    assert end is not None
    assert (end.role, end.reason) == (role, "The wrong person signed.")
    assert (state(db, practice), len(facts(db, "SignOffWithdrawn"))) == (UnitState.READY, 1)
    second = sign(db, practice, world.assessor)
    assert [each.turn for each in queries.sign_offs_of(db, practice.enrolment)] == [1, 2]
    withdraw(db, practice, first, getattr(world, who))  # the first again: the second stands
    assert queries.sign_off(db, second).withdrawn is None
    assert state(db, practice) is UnitState.SIGNED_OFF


def test_nobody_else_withdraws(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    signed = sign(db, practice, world.assessor)
    for name in "pa employer_person admin other_coordinator other_assessor second_pa".split():
        with pytest.raises(NotFound):
            withdraw(db, practice, signed, getattr(world, name))
    with pytest.raises(NotFound):
        withdraw(db, practice, uuid4(), world.coordinator)
    with pytest.raises(Refused, match="Say why"):
        withdraw(db, practice, signed, world.coordinator, " ")


def test_a_signer_withdraws_only_while_they_assess_the_learner(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    signed = sign(db, practice, world.assessor)
    for row in db.scalars(select(Allocation).where(Allocation.assessor_id == world.assessor)):
        row.until = practice.yesterday
    db.flush()
    with pytest.raises(Refused, match="coordinator or a quality assurer"):
        withdraw(db, practice, signed, world.assessor)
    assert queries.sign_off(db, signed).withdrawn is None
    withdraw(db, practice, signed, world.quality_assurer)
    assert queries.sign_off(db, signed).withdrawn is not None


@pytest.mark.parametrize("ends", ["role", "employment"])
def test_a_household_withdraws_only_while_the_pa_works_there(db: Db, course: Course, world: World, ends: str) -> None:
    course.look(db, world.employer_person)
    row = course.sign(db, world.employer_person)
    later = course.now + timedelta(days=1)
    if ends == "role":
        people.end_role(
            db, person_id=world.employer_person, organisation_id=world.employer, role=Role.EMPLOYER,
            by=world.coordinator, now=course.now, until=london_day(course.now),
        )  # fmt: skip
    else:
        people.end_employment(
            db, pa_id=world.pa, employer_id=world.employer, until=london_day(course.now), by=world.coordinator,
            now=course.now,
        )  # fmt: skip
    asked = {"sign_off_id": row, "reason": "I was wrong.", "by": world.employer_person}
    with pytest.raises(Refused, match="coordinator or a quality assurer"):
        services.withdraw_sign_off(db, **asked, now=later)
    with pytest.raises(NotFound):
        services.withdraw_sign_off(db, **asked | {"by": world.representative}, now=later)
    services.withdraw_sign_off(db, **asked, now=course.now)
    assert queries.sign_off(db, row).withdrawn is not None


def test_both_sides_hear_of_a_withdrawal_and_no_details(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    withdraw(db, practice, sign(db, practice, world.assessor), world.coordinator)
    told = {(row.kind, row.person_id): row.values for row in db.scalars(select(Notice))}
    assert told[("sign_off_withdrawn", world.pa)] == {}
    assert told[("sign_off_withdrawn_signer", world.assessor)] == {}


def test_a_sample_that_is_sent_back_opens_the_standard_again(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    signed = sign(db, practice, world.assessor)
    decided = deciding.decisions_of(db, practice.enrolment)[0]
    decide.review(
        db,
        decision_id=decided.id,
        part=ReviewPart.SAMPLE,
        outcome=ReviewOutcome.SENT_BACK,
        word="It does not say who was there.",
        action="Write it again.",
        due_on=london_day(practice.now),
        by=world.quality_assurer,
        now=practice.now,
    )
    end = queries.sign_off(db, signed).withdrawn
    assert end is not None
    assert (end.role, end.reason) == (Withdrawer.QUALITY_ASSURER, "It does not say who was there.")
    assert state(db, practice) is UnitState.NOT_YET_MET
    with pytest.raises(Refused, match="was sent back"):
        sign(db, practice, world.assessor)


def test_strangers_own_work_and_those_who_left(db: Db, practice: Practice, world: World) -> None:
    seen(db, practice, world)
    for name in "other_assessor coordinator quality_assurer second_pa".split():
        with pytest.raises(NotFound):
            sign(db, practice, getattr(world, name))
    with pytest.raises(Refused, match="Somebody else has to"):
        sign(db, practice, world.pa)
    with pytest.raises(Refused, match="an assessor decides on the standards"):
        sign(db, practice, world.employer_person)
    leaves(db, practice.enrolment, practice.now)
    with pytest.raises(Refused, match="They have left"):
        sign(db, practice, world.assessor)
