"""What is recorded of assessors, ended, and counted: services on both databases."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment.competence import queries, reminding, services, shown, ties
from lms.assessment.competence.labels import WHY
from lms.assessment.competence.models import CompetenceEnd, CompetenceReminder, CompetenceRow
from lms.assessment.competence.rules import Employers, MayDecide, Policy, Relation, Training, WhyNot
from lms.assessment.content import Placed
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.queries import drafts_of
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Capacity, Judgement
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.notifications.models import Notice
from lms.people import services as people_services
from lms.people.rules import Role
from tests.assessment.competence.usual import policy, record
from tests.assessment.doings import counted
from tests.assessment.practising import FRAMEWORK, Practice
from tests.world import World

LINE = "5.2b"


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
