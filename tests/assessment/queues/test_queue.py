"""What waits for whom, who has it open, and who is reminded; through the services, on both databases."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.queries import decisions_of
from lms.assessment.deciding.rules import ALL_FIVE, ReviewOutcome, ReviewPart
from lms.assessment.deciding.services import Deciding
from lms.assessment.queues import leases, queries, reminding, services
from lms.assessment.queues.models import LongWait, OpenThing
from lms.assessment.queues.rules import LEASE, Stage, Waiting, Waits
from lms.assessment.rules import Judgement
from lms.brought import WAITS
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.assessment.practising import Practice
from tests.world import World

DONE = "5.4a"
"""A point of practice: somebody has to see it done."""


def waits(db: Db, person: UUID, now: datetime, only: Collection[Waits] = ()) -> list[Waiting]:
    viewer = people.viewer_of(db, person, london_day(now))
    assert viewer is not None
    found = queries.all_waiting(db, viewer, london_day(now), waits=WAITS)
    return [one for one in found if not only or one.kind in only]


def second_assessor(db: Db, world: World, practice: Practice, units: tuple[str, ...] = ()) -> UUID:
    """Another assessor of the college, who has the first learner too, whole or for some standards."""
    then = practice.now - timedelta(days=20)
    person = people_services.add_person(db, name="Beth Second", email="beth@example.com", by=None, now=then)
    people_services.give_role(
        db,
        person_id=person,
        organisation_id=world.college,
        role=Role.ASSESSOR,
        by=None,
        now=then,
        since=london_day(then),
    )
    allocating.allocate_assessor(
        db,
        enrolment_id=practice.enrolment,
        assessor_id=person,
        since=london_day(then),
        by=world.coordinator,
        now=then,
        units=units,
    )
    return person


def test_evidence_waits_until_somebody_decided_on_it(db: Db, world: World, practice: Practice) -> None:
    assert waits(db, world.assessor, practice.now, {Waits.EVIDENCE}) == []
    piece = practice.offer(db, world.assessor, (DONE,))
    found = waits(db, world.assessor, practice.now, {Waits.EVIDENCE})
    assert [(one.about, one.since, one.endpoint) for one in found] == [(world.pa, practice.now, "lms.deciding.learner")]
    practice.decide(db, world.assessor, piece, (DONE,), Judgement.NOT_YET_MET, feedback="Ask first.")
    assert waits(db, world.assessor, practice.now, {Waits.EVIDENCE}) == []


def test_an_assessor_of_other_standards_is_not_asked(db: Db, world: World, practice: Practice) -> None:
    other = second_assessor(db, world, practice, ("CC1",))
    same = second_assessor_named(db, world, practice, "Cai Third", ("CC5",))
    practice.offer(db, world.assessor, (DONE,))
    assert waits(db, other, practice.now, {Waits.EVIDENCE}) == []
    assert len(waits(db, same, practice.now, {Waits.EVIDENCE})) == 1
    assert waits(db, world.other_assessor, practice.now) == []


def second_assessor_named(db: Db, world: World, practice: Practice, name: str, units: tuple[str, ...]) -> UUID:
    person = second_assessor_like(db, world, practice, name)
    allocating.allocate_assessor(
        db,
        enrolment_id=practice.enrolment,
        assessor_id=person,
        since=practice.yesterday,
        by=world.coordinator,
        now=practice.now,
        units=units,
    )
    return person


def second_assessor_like(db: Db, world: World, practice: Practice, name: str) -> UUID:
    then = practice.now - timedelta(days=20)
    person = people_services.add_person(db, name=name, email=f"{uuid4()}@example.com", by=None, now=then)
    people_services.give_role(
        db,
        person_id=person,
        organisation_id=world.college,
        role=Role.ASSESSOR,
        by=None,
        now=then,
        since=london_day(then),
    )
    return person


def test_drafts_wait_for_whoever_wrote_them_and_nobody_else(db: Db, world: World, practice: Practice) -> None:
    other = second_assessor(db, world, practice)
    piece = practice.offer(db, world.assessor, (DONE,))
    draft = Deciding(line=DONE, judgement=Judgement.MET, rests_on=piece, five=ALL_FIVE)
    deciding.draft(db, enrolment_id=practice.enrolment, deciding=draft, by=world.assessor, now=practice.now)
    assert len(waits(db, world.assessor, practice.now, {Waits.DRAFTS})) == 1
    assert waits(db, other, practice.now, {Waits.DRAFTS}) == []


def test_what_was_sent_back_waits_with_its_day_until_it_is_decided_anew(
    db: Db, world: World, practice: Practice
) -> None:
    piece = practice.offer(db, world.assessor, (DONE,))
    practice.decide(db, world.assessor, piece, (DONE,), Judgement.MET)
    decision = decisions_of(db, practice.enrolment)[0]
    due = london_day(practice.now) + timedelta(days=3)
    deciding.review(
        db,
        decision_id=decision.id,
        part=ReviewPart.SAMPLE,
        outcome=ReviewOutcome.SENT_BACK,
        word="Say where it was.",
        action="Write where it was seen.",
        due_on=due,
        by=world.quality_assurer,
        now=practice.now,
    )
    found = waits(db, world.assessor, practice.now, {Waits.SENT_BACK})
    assert [(one.due_on, one.open_to_others) for one in found] == [(due, False)]
    practice.decide(db, world.assessor, piece, (DONE,), Judgement.NOT_YET_MET, feedback="Once more.")
    assert waits(db, world.assessor, practice.now, {Waits.SENT_BACK}) == []


def test_one_has_it_open_and_the_other_is_told_since_when(db: Db, world: World, practice: Practice) -> None:
    other = second_assessor(db, world, practice)
    practice.offer(db, world.assessor, (DONE,))
    key = waits(db, world.assessor, practice.now, {Waits.EVIDENCE})[0].key
    first, second = (people.viewer_of(db, each, london_day(practice.now)) for each in (world.assessor, other))
    assert first
    assert second
    services.open_thing(db, first, key=key, waits=WAITS, now=practice.now)
    services.open_thing(db, first, key=key, waits=WAITS, now=practice.now + timedelta(minutes=5))
    with pytest.raises(Refused, match="Dai Assessor has had this open since 12:00"):
        services.open_thing(db, second, key=key, waits=WAITS, now=practice.now + timedelta(minutes=6))
    later = practice.now + timedelta(minutes=5) + LEASE
    services.open_thing(db, second, key=key, waits=WAITS, now=later)
    assert leases.held(db, [key], now=later)[key].person == other
    leases.put_back(db, thing=key, by=world.assessor)
    assert db.scalar(select(func.count()).select_from(OpenThing)) == 1
    leases.put_back(db, thing=key, by=other)
    assert leases.held(db, [key], now=later) == {}


def test_nobody_opens_what_does_not_wait_for_them(db: Db, world: World, practice: Practice) -> None:
    practice.offer(db, world.assessor, (DONE,))
    key = waits(db, world.assessor, practice.now, {Waits.EVIDENCE})[0].key
    for who in (world.other_assessor, world.coordinator, world.employer_person):
        viewer = people.viewer_of(db, who, london_day(practice.now))
        assert viewer
        with pytest.raises(NotFound):
            services.open_thing(db, viewer, key=key, waits=WAITS, now=practice.now)
    assert db.scalar(select(func.count()).select_from(OpenThing)) == 0


def notices(house: House, kind: str) -> list[str]:
    with house.database.reading() as db:
        return sorted(db.scalars(select(Notice.name).where(Notice.kind == kind)))


def test_first_whoever_it_waits_for_is_reminded_then_the_coordinators_and_nobody_twice(
    house: House, world: World, practice: Practice, now: datetime
) -> None:
    with house.database.writing() as db:
        practice.offer(db, world.assessor, (DONE,))
    told = {}
    for day in range(40):
        for _twice in range(2):
            reminding.remind(house, now + timedelta(days=day))
        told[day] = (
            notices(house, "work_waits").count("Dai Assessor"),
            notices(house, "work_waits_long").count("Cora Coordinator"),
        )
    assert told[6] == (0, 0)
    assert told[7] == (1, 0)
    assert told[20] == (1, 0)
    assert told[31][0] == 1
    assert told[31][1] > 0
    with house.database.reading() as db:
        found, total = queries.late(db, world.authority)
    assert (total, found[0].waits_for, found[0].about, found[0].kind) == (
        1,
        "Dai Assessor",
        "Pat Morgan",
        Waits.EVIDENCE,
    )


def test_what_was_seen_to_is_forgotten_and_no_coordinator_hears_of_it(
    house: House, world: World, practice: Practice, now: datetime
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, (DONE,))
    reminding.remind(house, now + timedelta(days=8))
    with house.database.writing() as db:
        row = db.scalars(select(LongWait).where(LongWait.person_id == world.assessor)).one()
        assert row.stage is Stage.PERSON
        practice.decide(db, world.assessor, piece, (DONE,), Judgement.NOT_YET_MET, feedback="Once more.")
    for day in (9, 21, 24, 31):
        reminding.remind(house, now + timedelta(days=day))
    with house.database.reading() as db:
        left = db.scalars(select(LongWait).where(LongWait.person_id == world.assessor)).all()
    assert left == []
    assert "Cora Coordinator" not in notices(house, "work_waits_long")


def test_nobody_is_written_to_before_eight_in_the_morning(house: House, practice: Practice, now: datetime) -> None:
    assert reminding.remind(house, now.replace(hour=7)) == 0
    assert reminding.remind(house, now) > 0


def test_knowledge_ticked_for_what_was_seen_is_in_nobodys_queue(db: Db, practice: Practice, world: World) -> None:
    practice.offer(db, world.assessor, ("5.3~assessing",))
    assert waits(db, world.assessor, practice.now, {Waits.EVIDENCE}) == []
