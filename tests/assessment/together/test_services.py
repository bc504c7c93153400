"""Sittings on the database: who may begin one, what makes it evidence, and what the record keeps."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from lms.assessment.evidence import queries as evidence
from lms.assessment.evidence.rules import EvidenceKind, Way
from lms.assessment.together import queries, services
from lms.assessment.together.models import Together, TogetherStep
from lms.assessment.together.rules import Step
from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning.models import Enrolment
from lms.notifications.models import Notice
from tests.assessment.together.conftest import Sitters


def say(db: Db, sitters: Sitters, made: object, **given: object) -> None:
    found = queries.sitting(db, made)  # type: ignore[arg-type]
    asked = {"confirmed": True, "text": "", "read": found.mark, "language": "en", "now": sitters.clock()}
    services.say(db, together_id=found.id, **{**asked, **given})  # type: ignore[arg-type]


def test_both_confirm_and_it_is_evidence_with_both_on_record(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    made = sitters.start(db)
    key = services.hand_over(db, together_id=made, by=world.assessor, now=now)
    found = queries.handed_over(db, key)
    assert found is not None
    assert found.id == made
    say(db, sitters, made, text="And I ask again when she is tired.")
    services.offer(db, together_id=made, by=world.assessor, now=now)
    services.offer(db, together_id=made, by=world.assessor, now=now)
    [piece] = evidence.evidence_of(db, sitters.course.enrolment)
    assert (piece.id, piece.way, piece.by) == (made, Way.TOGETHER, world.assessor)
    assert piece.text.endswith("Pat adds: And I ask again when she is tired.")
    assert piece.asked == "How do you know what A. wants?"
    steps = queries.sitting(db, made).steps
    assert [step.step for step in steps] == [Step.STARTED, Step.HANDED_OVER, Step.CONFIRMED, Step.RECORDED]
    assert [step.by for step in steps[2:]] == [world.pa, world.assessor]
    assert len({step.digest for step in steps}) == 1
    facts = db.scalars(select(EventRow.kind).where(EventRow.kind.startswith("Together"))).all()
    assert sorted(facts) == ["TogetherRecorded", "TogetherSaid", "TogetherStarted"]
    assert db.scalar(select(Notice.person_id).where(Notice.kind == "together_recorded")) == world.pa
    assert queries.handed_over(db, key) is None


def test_what_is_changed_after_the_yes_has_to_be_confirmed_anew(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    made = sitters.start(db)
    services.hand_over(db, together_id=made, by=world.assessor, now=now)
    say(db, sitters, made)
    part = sitters.part(text="Pat said something quite different.")
    services.change(db, together_id=made, part=part, by=world.assessor, now=now)
    with pytest.raises(Refused):
        services.offer(db, together_id=made, by=world.assessor, now=now)


def test_a_text_changed_behind_the_records_back_is_not_confirmed(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    made = sitters.start(db)
    services.hand_over(db, together_id=made, by=world.assessor, now=now)
    say(db, sitters, made)
    db.execute(update(Together).values(text="Another text."))
    db.expire_all()
    with pytest.raises(Refused):
        services.offer(db, together_id=made, by=world.assessor, now=now)


def test_the_learner_confirms_only_what_stood_before_them(db: Db, sitters: Sitters) -> None:
    made = sitters.start(db)
    services.hand_over(db, together_id=made, by=sitters.world.assessor, now=sitters.clock())
    with pytest.raises(Refused):
        say(db, sitters, made, read="something else")
    with pytest.raises(Refused, match="Say in a word"):
        say(db, sitters, made, confirmed=False)


def test_a_no_is_kept_with_its_word_and_nothing_is_evidence(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    made = sitters.start(db)
    services.hand_over(db, together_id=made, by=world.assessor, now=now)
    for _tap in range(2):
        say(db, sitters, made, confirmed=False, text="I never said that.")
    with pytest.raises(Refused):
        services.offer(db, together_id=made, by=world.assessor, now=now)
    assert [step.text for step in queries.sitting(db, made).steps if step.step is Step.DECLINED] == [
        "I never said that."
    ]
    services.hand_over(db, together_id=made, by=world.assessor, now=now)


def test_taking_it_up_closes_the_other_phone(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    made = sitters.start(db)
    first = services.hand_over(db, together_id=made, by=world.assessor, now=now)
    services.take_up(db, together_id=made, by=world.assessor, now=now)
    assert queries.handed_over(db, first) is None
    second = services.hand_over(db, together_id=made, by=world.assessor, now=now)
    assert queries.handed_over(db, first) is None
    assert queries.handed_over(db, second) is not None
    services.drop(db, together_id=made, by=world.assessor, now=now)
    services.drop(db, together_id=made, by=world.assessor, now=now)
    assert queries.handed_over(db, second) is None
    assert queries.open_of(db, world.assessor) == []


def test_only_the_learners_assessor_begins_and_only_they_go_on(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    for by in (world.other_assessor, world.coordinator, world.employer_person, world.second_pa):
        with pytest.raises(NotFound):
            sitters.start(db, by=by)
    with pytest.raises(Refused):
        sitters.start(db, by=world.pa)
    made = sitters.start(db)
    for by in (world.other_assessor, world.pa, world.coordinator):
        with pytest.raises(NotFound):
            queries.own(db, made, by)
        with pytest.raises(NotFound):
            services.hand_over(db, together_id=made, by=by, now=now)
        with pytest.raises(NotFound):
            services.drop(db, together_id=made, by=by, now=now)


def test_whoever_has_no_secret_of_their_own_cannot_confirm(db: Db, sitters: Sitters) -> None:
    from lms.people.models import Person

    db.execute(update(Person).where(Person.id == sitters.world.pa).values(password_hash=None))
    with pytest.raises(Refused, match="no password or passphrase yet"):
        sitters.start(db)


def test_bad_parts_are_refused(db: Db, sitters: Sitters) -> None:
    for given in ({"text": " "}, {"asked": ""}, {"lines": ()}):
        with pytest.raises(Refused):
            sitters.start(db, part=sitters.part(**given))
    for wrong in ({"lines": ("5.1a",)}, {"kind": EvidenceKind.SIMULATION}):
        with pytest.raises(NotFound):
            sitters.start(db, part=sitters.part(**wrong))


def test_the_learner_left_or_the_unit_was_signed_off_meanwhile(db: Db, sitters: Sitters) -> None:
    world, now = sitters.world, sitters.clock()
    made = sitters.start(db)
    services.hand_over(db, together_id=made, by=world.assessor, now=now)
    say(db, sitters, made)
    db.execute(update(Enrolment).where(Enrolment.id == sitters.course.enrolment).values(ended_at=now))
    db.expire_all()
    with pytest.raises(Refused):
        services.offer(db, together_id=made, by=world.assessor, now=now)
    assert evidence.evidence_of(db, sitters.course.enrolment) == ()


def test_the_same_form_twice_begins_once(db: Db, sitters: Sitters) -> None:
    once = uuid4()
    sitters.start(db, id=once)
    sitters.start(db, id=once)
    assert len(db.scalars(select(TogetherStep)).all()) == 1
