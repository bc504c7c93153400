"""Asking for an assessor, answering, sharing a learner between several, and inviting one from outside."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment import allocated, allocating
from lms.assessment.asking import outside, queries, services
from lms.assessment.asking.models import AssessorRequest
from lms.assessment.asking.outside import Outsider
from lms.assessment.asking.rules import Day, Outcome, Profile
from lms.assessment.models import WorkingTo
from lms.assessment.standing import standings, units_open_to
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import whispered
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.notifications.models import Notice
from lms.people import invitations
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.assessment.practising import Practice
from tests.world import World


def ask(db: Db, world: World, now: datetime, **given: object) -> UUID:
    usual: dict[str, object] = {
        "id": uuid4(),
        "learner_id": world.pa,
        "authority_id": world.authority,
        "units": ["CC1", "CC5"],
        "place": "bs3",
        "by": world.pa,
        "now": now,
    }
    return services.ask(db, **usual | given)  # type: ignore[arg-type]


def give(db: Db, world: World, now: datetime, request: UUID, *units: str, **given: object) -> UUID:
    usual: dict[str, object] = {
        "id": uuid4(),
        "request_id": request,
        "assessor_id": world.assessor,
        "units": units,
        "by": world.coordinator,
        "now": now,
    }
    return services.give(db, **usual | given)  # type: ignore[arg-type]


def another_assessor(db: Db, world: World, now: datetime) -> UUID:
    since = london_day(now) - timedelta(days=30)
    for person in (world.quality_assurer,):
        people_services.give_role(
            db,
            person_id=person,
            organisation_id=world.authority,
            role=Role.ASSESSOR,
            by=None,
            now=now,
            since=since,
        )
    return world.quality_assurer


def told(db: Db, kind: str) -> set[UUID | None]:
    return set(db.scalars(select(Notice.person_id).where(Notice.kind == kind)))


def test_a_pa_asks_and_the_standards_are_opened(db: Db, world: World, now: datetime) -> None:
    request = queries.request(db, ask(db, world, now, days={Day.MONDAY}, needs="A dog."))
    assert (request.place, request.units, request.days) == ("BS3", ("CC1", "CC5"), frozenset({Day.MONDAY}))
    enrolment = queries.course_of(db, world.pa, world.authority)
    assert db.get(WorkingTo, enrolment) is not None
    assert queries.count_waiting(db, [world.authority]) == 1
    assert queries.count_waiting(db, [world.other_authority]) == 0


def test_an_employer_asks_and_puts_nobody_on_a_course(db: Db, world: World, now: datetime) -> None:
    for by in (world.employer_person,):
        request = ask(db, world, now, by=by)
    assert queries.course_of(db, world.pa, world.authority) is None
    assert told(db, "assessor_asked") == {world.pa}
    give(db, world, now, request, "CC1", "CC5")
    assert queries.course_of(db, world.pa, world.authority) is not None
    assert told(db, "assessor_found") == {world.pa}
    assert told(db, "assessor_found_for_pa") == {world.employer_person, world.representative}
    assert told(db, "learner_given") == {world.assessor}


@pytest.mark.parametrize("who", ["second_pa", "other_employer_person", "coordinator", "assessor"])
def test_strangers_ask_for_nobody(db: Db, world: World, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        ask(db, world, now, by=getattr(world, who))


@pytest.mark.parametrize(
    "given",
    [{"units": []}, {"place": ""}, {"place": "BS3 4AB"}, {"place": "12 Acacia Avenue"}, {"needs": "x" * 501}],
)
def test_what_cannot_be_asked_is_refused(db: Db, world: World, now: datetime, given: dict[str, object]) -> None:
    with pytest.raises(Refused):
        ask(db, world, now, **given)


def test_one_request_at_a_time_and_a_double_tap_makes_one(db: Db, world: World, now: datetime) -> None:
    once = uuid4()
    assert ask(db, world, now, id=once) == ask(db, world, now, id=once)
    with pytest.raises(Refused):
        ask(db, world, now)
    services.withdraw(db, request_id=once, by=world.pa, now=now)
    services.withdraw(db, request_id=once, by=world.pa, now=now)
    ask(db, world, now)


def test_who_may_take_a_request_back(db: Db, world: World, now: datetime) -> None:
    request = ask(db, world, now, by=world.employer_person)
    for stranger in (world.second_employer_person, world.second_pa, world.coordinator):
        with pytest.raises(NotFound):
            services.withdraw(db, request_id=request, by=stranger, now=now)
    services.withdraw(db, request_id=request, by=world.representative, now=now)
    assert queries.request(db, request).outcome is Outcome.WITHDRAWN


def test_several_assessors_share_what_was_asked(db: Db, world: World, now: datetime) -> None:
    second, day = another_assessor(db, world, now), london_day(now)
    request = ask(db, world, now)
    give(db, world, now, request, "CC1")
    assert queries.request(db, request).outcome is None
    with pytest.raises(Refused):
        give(db, world, now, request, "CC1", assessor_id=second)
    give(db, world, now, request, "CC5", assessor_id=second, until=day + timedelta(days=30))
    assert queries.request(db, request).outcome is Outcome.GIVEN
    enrolment = learning.enrolment(db, queries.course_of(db, world.pa, world.authority))  # type: ignore[arg-type]

    def opens(person: UUID, unit: str | None, on: object = day) -> bool:
        viewer = people.viewer_of(db, person, day)
        assert viewer is not None
        return bool(standings(db, viewer, enrolment, on=on, today=day, unit=unit))  # type: ignore[arg-type]

    assert opens(world.assessor, "CC1")
    assert not opens(world.assessor, "CC5")
    assert opens(world.assessor, None)
    assert opens(second, "CC5")
    assert not opens(second, "CC5", day + timedelta(days=31))
    viewer = people.viewer_of(db, second, day)
    assert viewer is not None
    assert units_open_to(db, viewer, enrolment, on=day, today=day) == {"CC5"}


@pytest.mark.parametrize("who", ["other_coordinator", "quality_assurer", "pa", "assessor"])
def test_only_the_authoritys_coordinators_answer(db: Db, world: World, now: datetime, who: str) -> None:
    request = ask(db, world, now)
    with pytest.raises(NotFound):
        give(db, world, now, request, "CC1", by=getattr(world, who))
    with pytest.raises(NotFound):
        services.close(db, request_id=request, words="No.", by=getattr(world, who), now=now)


def test_what_was_not_asked_for_is_not_given(db: Db, world: World, now: datetime) -> None:
    request = ask(db, world, now)
    with pytest.raises(NotFound):
        give(db, world, now, request, "CC9")
    with pytest.raises(Refused):
        give(db, world, now, request)
    services.close(db, request_id=request, words="Nobody is free before May.", by=world.coordinator, now=now)
    with pytest.raises(Refused):
        give(db, world, now, request, "CC1")
    assert told(db, "request_answered") == {world.pa}


def test_two_coordinators_choose_at_once_and_one_assessor_comes(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        second = another_assessor(db, world, now)
        request = ask(db, world, now)

    def choose(assessor: UUID) -> str:
        try:
            with house.database.writing() as db:
                give(db, world, now, request, "CC1", "CC5", assessor_id=assessor)
        except Refused:
            return "refused"
        return "given"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(choose, [world.assessor, second, world.assessor, second]))
    with house.database.reading() as db:
        given = queries.given_for(db, queries.request(db, request), london_day(now))
    assert len(given) == 1
    assert "refused" in said
    assert "given" in said


def test_two_ask_at_once_and_there_is_one_request(house: House, world: World, now: datetime) -> None:
    def asks(by: UUID) -> str:
        try:
            with house.database.writing() as db:
                ask(db, world, now, by=by)
        except Refused:
            return "refused"
        return "asked"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(asks, [world.employer_person, world.second_employer_person] * 2))
    assert said == ["asked", "refused", "refused", "refused"]
    with house.database.reading() as db:
        assert len(db.scalars(select(AssessorRequest)).all()) == 1


def test_a_profile_is_kept_and_changed(db: Db, world: World, now: datetime) -> None:
    for most in (3, 5):
        profile = Profile(places=("bs3", "Bedminster"), days=frozenset({Day.FRIDAY}), most=most)
        services.keep_profile(db, person_id=world.assessor, profile=profile, now=now)
    kept = queries.profile_of(db, world.assessor)
    assert kept is not None
    assert (kept.places, kept.most) == (("BS3", "Bedminster"), 5)
    for wrong in (
        Profile(places=("BS3 4AB",)),
        Profile(most=-1),
        Profile(away_until=london_day(now)),
        Profile(away_from=london_day(now), away_until=london_day(now) - timedelta(days=1)),
    ):
        with pytest.raises(Refused):
            services.keep_profile(db, person_id=world.assessor, profile=wrong, now=now)


def test_one_hands_over_to_another(db: Db, world: World, practice: Practice, now: datetime) -> None:
    second, day = another_assessor(db, world, now), london_day(now)
    until = day + timedelta(days=40)
    first = allocating.allocate_assessor(
        db,
        enrolment_id=practice.second,
        assessor_id=world.assessor,
        since=day,
        until=until,
        units=["CC5"],
        by=world.coordinator,
        now=now,
    )
    once = uuid4()
    for _time in range(2):
        allocating.hand_over(db, allocation_id=first, to=second, by=world.coordinator, now=now, id=once)
    tomorrow = allocated.allocations_of(db, practice.second, day + timedelta(days=1))
    assert [(one.assessor_id, one.units, one.until) for one in tomorrow] == [(second, ("CC5",), until)]
    with pytest.raises(NotFound):
        allocating.hand_over(db, allocation_id=first, to=second, by=world.other_coordinator, now=now)


# From outside


def invite(db: Db, world: World, practice: Practice, now: datetime, **given: object) -> UUID:
    usual: dict[str, object] = {
        "name": "Wendy Marsh",
        "email": "wendy@agency.example.com",
        "language": "en",
        "organisation_id": world.college,
        "learners": {practice.second: ("CC5",)},
        "until": london_day(now) + timedelta(days=60),
    }
    by = given.pop("by", world.coordinator)
    invitation = uuid4()
    outside.invite(
        db,
        id=invitation,
        authority_id=world.authority,
        outsider=Outsider(**usual | given),  # type: ignore[arg-type]
        by=by,  # type: ignore[arg-type]
        now=now,
    )
    return invitation


def joins(db: Db, invitation: UUID, now: datetime) -> UUID:
    secret = whispered(db, invitation)
    assert secret is not None
    return invitations.accept(
        db,
        secret,
        name="Wendy Marsh",
        language="en",
        password="three words here",
        now=now,
    )


def test_an_outside_assessor_sees_the_named_learners_from_joining_until_the_last_day(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    invitation = invite(db, world, practice, now)
    assert [one.learners for one in outside.waiting(db, world.authority, now=now)] == [1]
    assert allocated.allocations_of(db, practice.second, london_day(now)) == []
    person = joins(db, invitation, now + timedelta(days=1))
    day = london_day(now) + timedelta(days=1)

    def sees(enrolment: UUID, unit: str | None = None, days: int = 0) -> bool:
        on = day + timedelta(days=days)
        viewer = people.viewer_of(db, person, on)
        assert viewer is not None
        return bool(standings(db, viewer, learning.enrolment(db, enrolment), on=on, today=on, unit=unit))

    assert sees(practice.second)
    assert sees(practice.second, "CC5")
    assert not sees(practice.second, "CC1")
    assert not sees(practice.enrolment)
    assert sees(practice.second, "CC5", days=59)
    assert not sees(practice.second, "CC5", days=60)
    assert outside.waiting(db, world.authority, now=now) == []


def test_who_joins_too_late_assesses_nobody(db: Db, world: World, practice: Practice, now: datetime) -> None:
    invitation = invite(db, world, practice, now, until=london_day(now) + timedelta(days=2))
    later = now + timedelta(days=5)
    joins(db, invitation, later)
    assert allocated.allocations_of(db, practice.second, london_day(later)) == []


def test_joining_answers_a_request_when_nothing_is_left(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    request = ask(db, world, now, learner_id=world.second_pa, by=world.second_pa, units=["CC5"])
    joins(db, invite(db, world, practice, now), now)
    assert queries.request(db, request).outcome is Outcome.GIVEN


@pytest.mark.parametrize("wrong", ["other", "no_agreement", "past", "far", "nobody", "stranger", "unit"])
def test_what_cannot_be_invited(db: Db, world: World, practice: Practice, now: datetime, wrong: str) -> None:
    day = london_day(now)
    given: dict[str, dict[str, object]] = {
        "other": {"by": world.other_coordinator},
        "no_agreement": {"organisation_id": world.other_authority},
        "past": {"until": day - timedelta(days=1)},
        "far": {"until": day + timedelta(days=900)},
        "nobody": {"learners": {}},
        "stranger": {"learners": {uuid4(): ()}},
        "unit": {"learners": {practice.second: ("CC99",)}},
    }
    with pytest.raises((NotFound, Refused)):
        invite(db, world, practice, now, **given[wrong])


def test_how_each_fits_costs_the_same_for_many(db: Db, world: World, practice: Practice, now: datetime) -> None:
    request = queries.request(db, ask(db, world, now))
    found = queries.fits(db, request, request.units, london_day(now))
    assert [one.person_id for one in found] == [world.assessor]
    assert found[0].can == ("CC1", "CC5")
    assert found[0].has == 1
