"""What is recorded of assessors, ended, and counted: services on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment.competence import countersigning, queries, reminding, reviews, services, shown, ties
from lms.assessment.competence.labels import WHY
from lms.assessment.competence.models import CompetenceEnd, CompetenceReminder, CompetenceRow
from lms.assessment.competence.rules import Basis, Employers, Mark, MayDecide, Policy, Relation, Training, WhyNot
from lms.assessment.content import Placed
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.queries import drafts_of
from lms.assessment.deciding.rules import ALL_FIVE, ReviewOutcome
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence.queries import evidence_of, may_see, piece
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Capacity, Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.notifications.models import Notice
from lms.people import queries as people
from lms.people import services as people_services
from lms.people.rules import Role
from tests.assessment.doings import counted
from tests.assessment.practising import FRAMEWORK, Practice, second_assessor
from tests.world import World

LINE = "5.2b"


def record(db: Db, world: World, now: datetime, **given: object) -> None:
    usual: dict[str, object] = {
        "person_id": world.assessor,
        "authority_id": world.authority,
        "framework": FRAMEWORK,
        "units": ["CC3"],
        "basis": Basis.QUALIFICATION,
        "words": "An award in assessing.",
        "since": london_day(now) - timedelta(days=30),
        "by": world.coordinator,
        "now": now,
    }
    services.record_competence(db, **usual | given)  # type: ignore[arg-type]


def may(db: Db, practice: Practice, person: UUID, unit: str, **given: object) -> MayDecide:
    enrolment = learning.enrolment(db, practice.enrolment)
    framework = frameworks_for(db, enrolment.authority_id).framework(FRAMEWORK)
    day = london_day(practice.now)
    asked: dict[str, object] = {
        "person_id": person,
        "capacity": Capacity.ASSESSOR,
        "behalf": enrolment.authority_id,
        "enrolment": enrolment,
        "placed": Placed(framework, framework.unit(unit)),
        "on": day,
        "today": day,
    }
    return queries.may_decide(db, **asked | given)  # type: ignore[arg-type]


def test_competence_counts_from_its_first_day_and_no_longer_than_its_last(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    assert may(db, practice, world.assessor, "CC3").why is WhyNot.NO_RECORD
    record(db, world, now, until=london_day(now))
    assert may(db, practice, world.assessor, "CC3").yes
    tomorrow = london_day(now) + timedelta(days=1)
    assert may(db, practice, world.assessor, "CC3", on=tomorrow, today=tomorrow).why is WhyNot.ENDED


def test_what_is_ended_stops_new_decisions_and_keeps_old_ones(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    record(db, world, now)
    piece = practice.offer(db, world.assessor, ("3.1a",))
    practice.decide(db, world.assessor, piece, ("3.1a",), Judgement.NOT_YET_MET, feedback="Look at it again.")
    row = db.scalars(select(CompetenceRow).where(CompetenceRow.unit == "CC3")).one()
    yesterday = london_day(now) - timedelta(days=1)
    services.end_competence(
        db, competence_id=row.id, last_day=yesterday, reason="Left the field.", by=world.quality_assurer, now=now
    )
    assert may(db, practice, world.assessor, "CC3").why is WhyNot.ENDED
    with pytest.raises(Refused):
        practice.decide(db, world.assessor, piece, ("3.1a",), Judgement.NOT_YET_MET, feedback="Once more.")
    assert db.scalar(select(func.count()).select_from(Decision)) == 1
    assert db.get(CompetenceRow, row.id) is not None  # nothing was overwritten


def test_competence_that_ends_between_page_and_finalise_stops_it_and_keeps_the_draft(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    record(db, world, now)
    offered = practice.offer(db, world.assessor, ("3.1a",))
    thinking = Deciding(
        line="3.1a", judgement=Judgement.NOT_YET_MET, feedback="Look again.", rests_on=offered, five=ALL_FIVE
    )
    deciding.draft(db, enrolment_id=practice.enrolment, deciding=thinking, by=world.assessor, now=now)
    row = db.scalars(select(CompetenceRow).where(CompetenceRow.unit == "CC3")).one()
    yesterday = london_day(now) - timedelta(days=1)
    services.end_competence(db, competence_id=row.id, last_day=yesterday, reason="Over.", by=world.coordinator, now=now)
    with pytest.raises(Refused) as refusal:
        deciding.finalise(db, id=uuid4(), enrolment_id=practice.enrolment, lines=None, by=world.assessor, now=now)
    assert refusal.value.message == WHY[WhyNot.ENDED]
    assert db.scalar(select(func.count()).select_from(Decision)) == 0
    assert [one.line for one in drafts_of(db, practice.enrolment, world.assessor)] == ["3.1a"]


def test_ending_twice_keeps_the_first_end(db: Db, world: World, practice: Practice, now: datetime) -> None:
    record(db, world, now)
    row = db.scalars(select(CompetenceRow).where(CompetenceRow.unit == "CC3")).one()
    for reason in ("First.", "Second."):
        services.end_competence(
            db, competence_id=row.id, last_day=london_day(now), reason=reason, by=world.coordinator, now=now
        )
    assert db.get_one(CompetenceEnd, row.id).reason == "First."


def test_the_same_form_twice_records_once(db: Db, world: World, practice: Practice, now: datetime) -> None:
    once = uuid4()
    for _time in range(2):
        record(db, world, now, id=once, units=["CC3", "CC4"])
    wanted = select(func.count()).select_from(CompetenceRow).where(CompetenceRow.unit.in_(["CC3", "CC4"]))
    assert db.scalar(wanted) == 2


@pytest.mark.parametrize("who", ["assessor", "other_coordinator", "funding_officer", "pa", "admin"])
def test_only_coordinators_and_quality_assurers_of_the_authority_record(
    db: Db, world: World, now: datetime, who: str
) -> None:
    with pytest.raises((NotFound, Refused)):
        record(db, world, now, by=getattr(world, who))
    assert db.scalar(select(func.count()).select_from(CompetenceRow)) == 0


def test_nobody_records_their_own_and_nobody_unknown_is_recorded(db: Db, world: World, now: datetime) -> None:
    people_services.give_role(
        db, person_id=world.coordinator, organisation_id=world.authority, role=Role.ASSESSOR, by=None, now=now
    )
    with pytest.raises(Refused):
        record(db, world, now, person_id=world.coordinator)
    with pytest.raises(NotFound):
        record(db, world, now, person_id=world.other_assessor)
    with pytest.raises(NotFound):
        record(db, world, now, units=["CC99"])
    with pytest.raises(Refused):
        record(db, world, now, words=" ")
    with pytest.raises(Refused):
        record(db, world, now, until=london_day(now) - timedelta(days=90))


def test_what_one_authority_accepted_does_not_count_in_another(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    day = london_day(now)
    people_services.make_agreement(db, authority_id=world.other_authority, organisation_id=world.college, since=day)
    record(db, world, now, authority_id=world.other_authority, by=world.other_coordinator)
    assert may(db, practice, world.assessor, "CC3").why is WhyNot.NO_RECORD


def test_one_question_about_all_standards_costs_as_much_as_about_one(
    house: House, world: World, practice: Practice, now: datetime
) -> None:
    with house.database.reading() as db:
        enrolment = learning.enrolment(db, practice.enrolment)
        framework = frameworks_for(db, enrolment.authority_id).framework(FRAMEWORK)
        every = [Placed(framework, unit) for unit in framework.units]

        def cost(units: list[Placed]) -> int:
            with counted(house) as sent:
                queries.may_decide_each(
                    db,
                    person_id=world.assessor,
                    capacity=Capacity.ASSESSOR,
                    behalf=world.college,
                    enrolment=enrolment,
                    units=units,
                    on=london_day(now),
                    today=london_day(now),
                )
            return len(sent)

        assert cost(every[:1]) == cost(every) <= 6


# Ties


def say(db: Db, world: World, now: datetime, relation: Relation, **given: object) -> None:
    usual: dict[str, object] = {
        "person_id": world.assessor,
        "learner_id": world.pa,
        "relation": relation,
        "by": world.assessor,
        "now": now,
    }
    ties.declare(db, **usual | given)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["assessor", "pa", "coordinator"])
def test_either_side_or_the_coordinator_says_it_and_it_bars(
    db: Db, world: World, practice: Practice, now: datetime, who: str
) -> None:
    assert may(db, practice, world.assessor, "CC5").yes
    say(db, world, now, Relation.RELATIVE, by=getattr(world, who))
    assert may(db, practice, world.assessor, "CC5").why is WhyNot.TOO_CLOSE
    piece = practice.offer(db, world.assessor, (LINE,))  # a witness still
    with pytest.raises(Refused):
        practice.decide(db, world.assessor, piece, (LINE,), Judgement.NOT_YET_MET, feedback="Not so.")


def test_saying_no_afterwards_lifts_nothing_and_only_a_coordinator_does(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    say(db, world, now, Relation.SAME_HOME)
    say(db, world, now, Relation.NONE)
    assert may(db, practice, world.assessor, "CC5").why is WhyNot.TOO_CLOSE
    tie = next(one for one in shown.tie_entries(db, world.pa, london_day(now)) if one.relation is Relation.SAME_HOME)
    ended = {"relation_id": tie.id, "last_day": london_day(now) - timedelta(days=1), "reason": "Moved out.", "now": now}
    with pytest.raises(Refused):
        ties.end(db, by=world.assessor, **ended)  # type: ignore[arg-type]
    for stranger in (world.other_coordinator, world.second_pa, world.quality_assurer):
        with pytest.raises(NotFound):
            ties.end(db, by=stranger, **ended)  # type: ignore[arg-type]
    ties.end(db, by=world.coordinator, **ended)  # type: ignore[arg-type]
    assert may(db, practice, world.assessor, "CC5").yes


@pytest.mark.parametrize("who", ["second_pa", "other_coordinator", "second_employer_person", "register_officer"])
def test_strangers_say_nothing_about_ties(db: Db, world: World, practice: Practice, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        say(db, world, now, Relation.RELATIVE, by=getattr(world, who))


def test_an_assessor_of_another_learner_is_asked_once_they_have_this_one(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    assert queries.has_answered(db, world.assessor, world.pa)
    assert not queries.has_answered(db, world.assessor, world.second_pa)
    with pytest.raises(NotFound):  # nothing to do with each other
        say(db, world, now, Relation.NONE, learner_id=world.second_pa)


def test_what_a_learner_denies_does_not_answer_for_the_assessor(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    say(db, world, now, Relation.NONE, person_id=world.second_employer_person, by=world.pa)
    assert not queries.has_answered(db, world.second_employer_person, world.pa)


# Policy and the household


def policy(db: Db, world: World, now: datetime, **given: object) -> None:
    services.set_policy(
        db,
        authority_id=world.authority,
        policy=Policy(**given),  # type: ignore[arg-type]
        by=world.coordinator,
        now=now,
    )


def test_an_employer_decides_where_the_authority_allows_it(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    employer = {"capacity": Capacity.EMPLOYER, "behalf": world.employer}
    assert may(db, practice, world.employer_person, "CC5", **employer).why is WhyNot.HOUSEHOLD_NOT_HERE
    policy(db, world, now, employers=Employers.COMPETENT)
    assert may(db, practice, world.employer_person, "CC5", **employer).why is WhyNot.NO_RECORD
    policy(db, world, now + timedelta(seconds=1), employers=Employers.COUNTERSIGNED)
    assert may(db, practice, world.employer_person, "CC5", **employer).countersign
    record(db, world, now, person_id=world.employer_person, units=["CC5"])
    with_record = may(db, practice, world.employer_person, "CC5", **employer)
    assert with_record.yes
    assert not with_record.countersign


def test_training_is_asked_for_where_the_authority_does(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    policy(db, world, now, training=True)
    assert may(db, practice, world.assessor, "CC5").why is WhyNot.NO_TRAINING
    services.record_training(
        db,
        person_id=world.assessor,
        authority_id=world.authority,
        kind=Training.AWARD,
        words="Level 3",
        done_on=london_day(now),
        by=world.quality_assurer,
        now=now,
    )
    assert may(db, practice, world.assessor, "CC5").yes


@pytest.mark.parametrize("who", ["quality_assurer", "assessor", "other_coordinator", "pa"])
def test_only_coordinators_and_administrators_set_the_policy(db: Db, world: World, now: datetime, who: str) -> None:
    with pytest.raises(NotFound):
        services.set_policy(db, authority_id=world.authority, policy=Policy(first=3), by=getattr(world, who), now=now)


# Countersigning


def decided_by_a_new_one(db: Db, world: World, practice: Practice, now: datetime) -> UUID:
    policy(db, world, now, first=5)
    offered = practice.offer(db, world.assessor, (LINE,))
    practice.decide(db, world.assessor, offered, (LINE,), Judgement.NOT_YET_MET, feedback="Look again.")
    return db.scalars(select(Decision.id)).one()


def viewer(db: Db, person: UUID, now: datetime) -> people.Viewer:
    found = people.viewer_of(db, person, london_day(now))
    assert found is not None
    return found


def waiting(db: Db, person: UUID, now: datetime) -> list[UUID]:
    return [one.decision_id for one in countersigning.waiting_for(db, viewer(db, person, now), london_day(now))]


def agree(db: Db, decision: UUID, by: UUID, now: datetime, **given: object) -> None:
    usual: dict[str, object] = {"outcome": ReviewOutcome.AGREED, "word": "", "action": "", "due_on": None}
    reviews.countersign(db, decision_id=decision, by=by, now=now, **usual | given)  # type: ignore[arg-type]


def test_a_second_competent_assessor_countersigns_and_nobody_else(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    second = second_assessor(db, practice, world)
    decision = decided_by_a_new_one(db, world, practice, now)
    assert waiting(db, world.assessor, now) == []  # their own
    assert waiting(db, world.other_assessor, now) == []
    assert waiting(db, second, now) == []  # as new as the first
    services.mark(
        db,
        person_id=second,
        authority_id=world.authority,
        mark=Mark.EXPERIENCED,
        reason="Years of it.",
        by=world.coordinator,
        now=now,
    )
    assert waiting(db, second, now) == [decision]
    for stranger in (world.assessor, world.other_assessor, world.coordinator, world.employer_person):
        with pytest.raises((NotFound, Refused)):
            agree(db, decision, stranger, now)
    agree(db, decision, second, now)
    assert waiting(db, second, now) == []
    agree(db, decision, second, now)  # a double tap
    with pytest.raises(Refused):
        agree(db, decision, second, now, outcome=ReviewOutcome.SENT_BACK)


def test_sending_back_says_what_to_do_and_until_when(db: Db, world: World, practice: Practice, now: datetime) -> None:
    second = second_assessor(db, practice, world)
    decision = decided_by_a_new_one(db, world, practice, now)
    services.mark(
        db,
        person_id=second,
        authority_id=world.authority,
        mark=Mark.EXPERIENCED,
        reason="Years of it.",
        by=world.coordinator,
        now=now,
    )
    with pytest.raises(Refused):
        agree(db, decision, second, now, outcome=ReviewOutcome.SENT_BACK)
    due = london_day(now) + timedelta(days=7)
    agree(db, decision, second, now, outcome=ReviewOutcome.SENT_BACK, action="See it once more.", due_on=due)
    assert waiting(db, second, now) == []


def test_a_countersigner_sees_the_learner_only_while_something_waits(
    db: Db, world: World, practice: Practice, now: datetime
) -> None:
    person, day = world.quality_assurer, london_day(now)
    people_services.give_role(db, person_id=person, organisation_id=world.college, role=Role.ASSESSOR, by=None, now=now)
    record(db, world, now, person_id=person, units=["CC5"])
    decision = decided_by_a_new_one(db, world, practice, now)
    for mark in (Mark.EXPERIENCED, Mark.COUNTERSIGNS):
        assert waiting(db, person, now) == []  # of a college, not of the learner, and not named yet
        services.mark(
            db,
            person_id=person,
            authority_id=world.authority,
            mark=mark,
            reason="Years of it.",
            by=world.coordinator,
            now=now,
        )
    assert waiting(db, person, now) == [decision]
    assert countersigning.may_see_for_countersigning(db, viewer(db, person, now), practice.enrolment, day)
    assert not countersigning.may_see_for_countersigning(db, viewer(db, person, now), practice.second, day)
    resting = next(one for one in evidence_of(db, practice.enrolment) if LINE in one.lines)
    other = piece(db, practice.offer(db, world.assessor, ("1.1c",)))
    assert may_see(db, viewer(db, person, now), resting, day)
    college = viewer(db, person, now)
    college = replace(college, roles=tuple(one for one in college.roles if one.role is Role.ASSESSOR))
    assert may_see(db, college, resting, day)
    assert not may_see(db, college, other, day)
    agree(db, decision, person, now)
    assert not may_see(db, college, resting, day)
    assert not countersigning.may_see_for_countersigning(db, viewer(db, person, now), practice.enrolment, day)


# Reminders


def test_reminders_go_once_60_and_14_days_before(house: House, world: World, now: datetime) -> None:
    last = london_day(now) + timedelta(days=70)
    with house.database.writing() as db:
        record(db, world, now, units=["CC3", "CC4"], until=last)

    def told() -> int:
        with house.database.reading() as db:
            kind = Notice.kind == "competence_ends"
            return db.scalar(select(func.count()).select_from(Notice).where(kind)) or 0

    assert reminding.remind(house, now) == 0
    for days, expected in ((10, 1), (11, 1), (56, 2), (60, 2), (71, 2)):
        reminding.remind(house, now + timedelta(days=days))
        assert told() == expected, days
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(CompetenceReminder)) == 4


def test_nobody_is_reminded_of_what_is_renewed_or_ended(house: House, world: World, now: datetime) -> None:
    last = london_day(now) + timedelta(days=30)
    with house.database.writing() as db:
        record(db, world, now, units=["CC3"], until=last)
        record(db, world, now, units=["CC3"], since=last)
        record(db, world, now, units=["CC4"], until=last)
        row = db.scalars(select(CompetenceRow).where(CompetenceRow.unit == "CC4")).one()
        services.end_competence(
            db, competence_id=row.id, last_day=london_day(now), reason="Over.", by=world.coordinator, now=now
        )
    assert reminding.remind(house, now) == 0
