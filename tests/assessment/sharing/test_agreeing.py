"""Agreements: given and taken back by the learner alone, and ended with what they were made for; both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from lms.assessment import allocating
from lms.assessment.knowledge.looking import look
from lms.assessment.sharing import queries, services
from lms.assessment.sharing.models import KnowledgeShare, KnowledgeShareEnd
from lms.assessment.sharing.rules import Party, What, Why
from lms.core.db import Db
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.models import Agreement
from lms.people.rules import Role
from tests.assessment.conftest import Course
from tests.assessment.sharing.conftest import WORDS, Sharer
from tests.conftest import StandingClock
from tests.world import World


def rows(db: Db, table: type = KnowledgeShare) -> int:
    return db.scalar(select(func.count()).select_from(table)) or 0


def facts(db: Db, kind: str) -> list[dict[str, object]]:
    return [row.data for row in db.scalars(select(EventRow).where(EventRow.kind == kind).order_by(EventRow.at))]


def test_an_employer_and_whoever_acts_for_them_see_what_was_agreed_and_no_more(
    db: Db, sharer: Sharer, world: World
) -> None:
    assert sharer.sees(db, world.employer_person) == set()
    sharer.agree(db)
    assert sharer.sees(db, world.employer_person) == {What.RECORD}
    assert sharer.sees(db, world.representative) == {What.RECORD}
    assert sharer.sees(db, world.second_employer_person) == set()
    assert sharer.sees(db, world.other_employer_person) == set()
    assert sharer.sees(db, world.employer_person, of=world.second_pa) == set()
    (agreed,) = queries.agreements_of(db, world.pa)
    assert (agreed.words, agreed.language, agreed.at) == (WORDS, "en", sharer.clock())
    assert facts(db, "KnowledgeShared")[0]["first"] is True


def test_taking_it_back_works_at_once_and_only_for_the_learner(db: Db, sharer: Sharer, world: World) -> None:
    sharer.agree(db)
    (agreed,) = queries.agreements_of(db, world.pa)
    for who in (world.second_pa, world.employer_person, world.coordinator):
        with pytest.raises(NotFound):
            services.withdraw(db, share_id=agreed.id, by=who, now=sharer.clock())
    sharer.stop_all(db)
    sharer.stop_all(db)
    assert sharer.sees(db, world.employer_person) == set()
    assert rows(db, KnowledgeShareEnd) == 1
    assert [each["why"] for each in facts(db, "SharingEnded")] == ["withdrawn"]
    sharer.agree(db)
    assert sharer.sees(db, world.employer_person) == {What.RECORD}
    assert [each["first"] for each in facts(db, "KnowledgeShared")] == [True, False]


def test_agreeing_twice_is_once_also_from_two_devices_and_a_page_sent_again_means_what_it_says(
    db: Db, sharer: Sharer, world: World
) -> None:
    once = uuid4()
    sharer.agree(db, id=once)
    sharer.agree(db, id=once)
    sharer.agree(db)
    assert rows(db) == 1
    sharer.stop_all(db)
    sharer.agree(db, id=once)
    assert sharer.sees(db, world.employer_person) == {What.RECORD}
    assert rows(db) == 2


def test_the_number_of_another_learners_agreement_is_not_theirs_to_take(db: Db, sharer: Sharer, world: World) -> None:
    once = uuid4()
    sharer.agree(db, id=once)
    sharer.agree(db, id=once, by=world.second_pa, with_id=world.second_employer)
    assert {each.learner_id for each in db.scalars(select(KnowledgeShare))} == {world.pa, world.second_pa}


def test_nothing_is_offered_to_strangers_or_beyond_what_is_offered(db: Db, sharer: Sharer, world: World) -> None:
    asked = [
        (What.RECORD, Party.EMPLOYER, world.other_employer),
        (What.RECORD, Party.EMPLOYER, world.authority),
        (What.RECORD, Party.COORDINATOR, world.authority),
        (What.CONFIDENCE, Party.COORDINATOR, world.other_authority),
        (What.CONFIDENCE, Party.ASSESSOR, world.assessor),
        (What.CONFIDENCE, Party.ASSESSOR, world.pa),
    ]
    for what, party, with_id in asked:
        with pytest.raises(NotFound):
            sharer.agree(db, what, party, with_id)
    assert rows(db) == 0


def test_it_ends_with_the_job_and_does_not_come_back_with_the_next(
    db: Db, sharer: Sharer, world: World, clock: StandingClock
) -> None:
    sharer.agree(db)
    people_services.end_employment(
        db, pa_id=world.pa, employer_id=world.employer, until=sharer.today, by=world.coordinator, now=clock()
    )
    assert sharer.sees(db, world.employer_person) == {What.RECORD}  # the last day counts
    clock.on(days=1)
    assert sharer.sees(db, world.employer_person) == set()
    assert [each["why"] for each in facts(db, "SharingEnded")] == ["tie_ended"]
    clock.on(days=30)
    people_services.start_employment(
        db, pa_id=world.pa, employer_id=world.employer, since=sharer.today, by=None, now=clock()
    )
    assert sharer.sees(db, world.employer_person) == set()
    sharer.agree(db)
    assert sharer.sees(db, world.employer_person) == {What.RECORD}


def test_an_agreement_made_when_the_end_of_the_job_was_known_ends_with_it_too(
    db: Db, sharer: Sharer, world: World, clock: StandingClock
) -> None:
    people_services.end_employment(
        db,
        pa_id=world.pa,
        employer_id=world.employer,
        until=sharer.today + timedelta(days=5),
        by=world.coordinator,
        now=clock(),
    )
    sharer.agree(db)
    clock.on(days=6)
    assert sharer.sees(db, world.employer_person) == set()
    people_services.start_employment(
        db, pa_id=world.pa, employer_id=world.employer, since=sharer.today, by=None, now=clock()
    )
    assert sharer.sees(db, world.employer_person) == set()


def test_what_will_end_with_the_job_can_be_taken_back_before(
    db: Db, sharer: Sharer, world: World, clock: StandingClock
) -> None:
    sharer.agree(db)
    people_services.end_employment(
        db,
        pa_id=world.pa,
        employer_id=world.employer,
        until=sharer.today + timedelta(days=30),
        by=world.coordinator,
        now=clock(),
    )
    assert sharer.sees(db, world.employer_person) == {What.RECORD}
    sharer.stop_all(db)
    assert sharer.sees(db, world.employer_person) == set()
    (agreed,) = queries.agreements_of(db, world.pa)
    assert agreed.ended is not None
    assert agreed.ended.why is Why.WITHDRAWN


def test_a_representative_whose_role_ended_sees_nothing_while_the_employer_still_does(
    db: Db, sharer: Sharer, world: World, clock: StandingClock
) -> None:
    sharer.agree(db)
    people_services.end_role(
        db,
        person_id=world.representative,
        organisation_id=world.employer,
        role=Role.REPRESENTATIVE,
        by=world.coordinator,
        now=clock(),
        until=sharer.today,
    )
    clock.on(days=1)
    assert sharer.sees(db, world.representative) == set()
    assert sharer.sees(db, world.employer_person) == {What.RECORD}


def sees_confidence(db: Db, sharer: Sharer, who: object) -> bool:
    viewer = people.viewer_of(db, who, sharer.today)  # type: ignore[arg-type]
    assert viewer is not None
    try:
        tie = look(db, viewer, sharer.world.pa, sharer.today)
    except NotFound:
        return False
    return queries.confidence_shared_with(db, viewer, tie, sharer.today)


def test_an_assessor_sees_how_sure_somebody_feels_while_they_are_allocated(
    db: Db, sharer: Sharer, course: Course, world: World, clock: StandingClock
) -> None:
    assert not sees_confidence(db, sharer, world.assessor)
    sharer.agree(db, What.CONFIDENCE, Party.ASSESSOR, world.assessor)
    assert sees_confidence(db, sharer, world.assessor)
    assert not sees_confidence(db, sharer, world.coordinator)
    allocating.end_allocation(db, allocation_id=course.allocation, by=world.coordinator, now=clock())
    clock.on(days=1)
    assert not sees_confidence(db, sharer, world.assessor)
    assert [each["why"] for each in facts(db, "SharingEnded")] == ["tie_ended"]
    allocating.allocate_assessor(
        db,
        enrolment_id=course.enrolment,
        assessor_id=world.assessor,
        since=sharer.today,
        by=world.coordinator,
        now=clock(),
    )
    assert not sees_confidence(db, sharer, world.assessor)


def test_what_an_assessor_was_let_see_ends_with_the_role(
    db: Db, sharer: Sharer, course: Course, world: World, clock: StandingClock
) -> None:
    assert course.enrolment
    sharer.agree(db, What.CONFIDENCE, Party.ASSESSOR, world.assessor)
    end = {"person_id": world.assessor, "organisation_id": world.college, "role": Role.ASSESSOR}
    people_services.end_role(db, **end, by=world.coordinator, now=clock(), until=sharer.today)  # type: ignore[arg-type]
    clock.on(days=1)
    assert not sees_confidence(db, sharer, world.assessor)
    people_services.give_role(db, **end, by=None, now=clock(), since=sharer.today)  # type: ignore[arg-type]
    assert not sees_confidence(db, sharer, world.assessor)


def test_coordinators_see_how_sure_somebody_feels_only_when_they_are_let(
    db: Db, sharer: Sharer, world: World, clock: StandingClock
) -> None:
    assert not sees_confidence(db, sharer, world.coordinator)
    sharer.agree(db, What.CONFIDENCE, Party.COORDINATOR, world.authority)
    assert sees_confidence(db, sharer, world.coordinator)
    assert not sees_confidence(db, sharer, world.other_coordinator)
    assert sharer.sees(db, world.employer_person) == set()
    end = {"person_id": world.pa, "organisation_id": world.authority, "role": Role.PA}
    people_services.end_role(db, **end, by=world.coordinator, now=clock(), until=sharer.today)  # type: ignore[arg-type]
    assert [each["why"] for each in facts(db, "SharingEnded")] == ["tie_ended"]
    clock.on(days=1)
    people_services.give_role(db, **end, by=None, now=clock(), since=sharer.today)  # type: ignore[arg-type]
    assert not sees_confidence(db, sharer, world.coordinator)


def test_nobody_fills_the_disk_with_it(db: Db, sharer: Sharer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 1)
    sharer.agree(db)
    sharer.stop_all(db)
    with pytest.raises(Refused):
        sharer.agree(db)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"organisation_id": None},
        {"party": Party.ASSESSOR},
        {"words": ""},
        {"party": Party.ASSESSOR, "organisation_id": None, "person_id": "learner"},
    ],
)
def test_the_database_keeps_agreements_whole(
    db: Db, world: World, spoiled: dict[str, object], clock: StandingClock
) -> None:
    whole: dict[str, object] = {
        "id": uuid4(),
        "learner_id": world.pa,
        "what": What.RECORD,
        "party": Party.EMPLOYER,
        "organisation_id": world.employer,
        "words": WORDS,
        "language": "en",
        "agreed_at": clock(),
    }
    given = {name: world.pa if value == "learner" else value for name, value in spoiled.items()}
    db.add(KnowledgeShare(**whole | given))
    with pytest.raises(IntegrityError):
        db.flush()


def test_the_database_lets_nobody_but_the_learner_withdraw(db: Db, sharer: Sharer, world: World) -> None:
    sharer.agree(db)
    (agreed,) = queries.agreements_of(db, world.pa)
    db.add(
        KnowledgeShareEnd(
            share_id=agreed.id, why=Why.WITHDRAWN, withdrawn_by=world.coordinator, last_day=None, at=sharer.clock()
        )
    )
    with pytest.raises(IntegrityError):
        db.flush()


def test_what_an_assessor_was_let_see_they_do_not_see_as_a_coordinator(
    db: Db, sharer: Sharer, course: Course, world: World, clock: StandingClock
) -> None:
    assert course.enrolment
    sharer.agree(db, What.CONFIDENCE, Party.ASSESSOR, world.assessor)
    place = {"person_id": world.assessor, "organisation_id": world.authority, "role": Role.COORDINATOR}
    people_services.give_role(db, **place, by=None, now=clock(), since=sharer.today)  # type: ignore[arg-type]
    assert sees_confidence(db, sharer, world.assessor)
    db.execute(update(Agreement).values(until=sharer.today))  # their college no longer works with the authority
    clock.on(days=1)
    assert not sees_confidence(db, sharer, world.assessor)
