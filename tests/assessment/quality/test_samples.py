"""Samples: chosen by what is decided, taken by one, accepted or sent back, and answered."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from lms.assessment import queries as assessment
from lms.assessment.competence.models import RelationRow
from lms.assessment.competence.rules import Relation
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.rules import Counts
from lms.assessment.quality.events import SampleAccepted
from lms.assessment.quality.models import Sample, SampleStep, SamplingWork
from lms.assessment.quality.planning import queries as planning
from lms.assessment.quality.planning import services as plans
from lms.assessment.quality.queries import waits_for_sample
from lms.assessment.quality.rules import Stage, Waits, Weighed, period_of
from lms.assessment.quality.samples import queries, services
from lms.assessment.quality.samples.rules import Found, State
from lms.assessment.quality.samples.services import Activity
from lms.assessment.rules import Judgement, UnitState
from lms.certification import queries as certificates
from lms.core import work
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.notifications.models import Notice
from lms.people import services as people
from lms.people.rules import Role
from tests.assessment.conftest import CRITERION, UNIT, Course
from tests.assessment.quality.conftest import Quality
from tests.certification.steps import studies
from tests.world import World


def works(db: Db) -> list[SamplingWork]:
    return list(db.scalars(select(SamplingWork)))


def sign_everything(db: Db, course: Course, by: UUID) -> UUID:
    """Have every criterion seen and the unit signed off."""
    record = assessment.practice_of(db, course.enrolment)[0]
    for criterion in record.placed.unit.criteria:
        course.look(db, by, criterion=criterion.code)
    return course.sign(db, by)


def test_what_is_decided_can_be_chosen(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    (row,) = works(db)
    assert (row.assessor_id, row.learner_id, row.unit, row.stage) == (world.assessor, world.pa, UNIT, Stage.INTERIM)
    assert (row.kinds, row.decisions, row.planned) == ("direct_observation", 1, False)
    quality.plan(db)
    (sample,) = quality.samples(db)
    assert (sample.state, sample.why) == (State.OPEN, "assessor_once")
    assert planning.plan_of(db, world.authority, period_of(london_day(quality.now))).fresh


def test_the_employer_as_assessor_weighs_more(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.employer_person)
    assert Weighed.EMPLOYER_AS_ASSESSOR.value in works(db)[0].risks


def test_a_plan_is_filled_by_the_worker(house: House, quality: Quality, world: World) -> None:
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
        assert quality.samples(db) == []
    work.do_all(house, now=quality.now)
    with house.database.reading() as db:
        assert len(quality.samples(db)) == 1


def test_the_sweep_fills_a_plan_whose_work_was_lost(house: House, quality: Quality, world: World) -> None:
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
    plans.sweep(house, quality.now)
    with house.database.reading() as db:
        assert len(quality.samples(db)) == 1
        assert planning.stale_plans(db) == []


def test_signed_off_work_is_finished_work(db: Db, quality: Quality, world: World) -> None:
    sign_everything(db, quality.course, world.assessor)
    assert works(db)[0].stage is Stage.FINAL


def test_an_accepted_sample_is_over(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    sample = quality.take(db)
    assert quality.say(db, sample, agreed=True) is State.ACCEPTED
    assert quality.say(db, sample, agreed=True) is State.ACCEPTED, "twice is quiet"
    facts = select(func.count()).select_from(EventRow).where(EventRow.kind == SampleAccepted.__name__)
    assert db.scalar(facts) == 1
    assert [step.state for step in queries.steps_of(db, sample.id)] == [State.OPEN, State.TAKEN, State.ACCEPTED]
    period = period_of(london_day(quality.now))
    assert planning.plan_of(db, world.authority, period).met


def test_what_is_sent_back_no_longer_counts_and_is_answered_by_a_new_decision(
    db: Db, quality: Quality, world: World
) -> None:
    quality.course.look(db, world.assessor)
    sample = quality.take(db)
    assert quality.say(db, sample, agreed=False) is State.SENT_BACK
    assert latest_of(db, quality.course.enrolment)[CRITERION].counts is Counts.SENT_BACK
    (item,) = queries.sent_back_to(db, world.assessor)
    assert (item.action, item.due_on) == ("Say what A. chose.", london_day(quality.now) + timedelta(days=14))
    quality.course.look(db, world.assessor, text="Pat asked A. which box first; A. chose the blue one.")
    db.refresh(sample)
    assert sample.state is State.ANSWERED
    assert queries.sent_back_to(db, world.assessor) == []
    assert quality.say(db, sample, agreed=True) is State.ACCEPTED


def test_sending_back_withdraws_the_sign_off_in_the_same_act(db: Db, quality: Quality, world: World) -> None:
    sign_everything(db, quality.course, world.assessor)
    sample = quality.take(db)
    quality.say(db, sample, agreed=False)
    record = assessment.practice_of(db, quality.course.enrolment)[0]
    assert record.sign_off is None
    assert record.state is UnitState.NOT_YET_MET
    assert works(db)[0].stage is Stage.INTERIM


def test_only_one_takes_a_sample(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    sample = quality.take(db)
    services.take(db, sample_id=sample.id, by=world.quality_assurer, now=quality.now)
    with pytest.raises(Refused, match="Quinn Assurer is looking"):
        services.take(db, sample_id=sample.id, by=quality.second, now=quality.now)
    with pytest.raises(Refused, match="Take this sample"):
        quality.say(db, sample, agreed=True, by=quality.second)
    services.give_back(db, sample_id=sample.id, by=world.quality_assurer, now=quality.now)
    services.take(db, sample_id=sample.id, by=quality.second, now=quality.now)


def test_two_quality_assurers_at_the_same_instant(house: House, quality: Quality, world: World) -> None:
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
        quality.plan(db)
        sample_id = quality.samples(db)[0].id
    start, refused = Barrier(2), []

    def take(by: UUID) -> None:
        start.wait()
        try:
            with house.database.writing() as db:
                services.take(db, sample_id=sample_id, by=by, now=quality.now)
        except Refused as refusal:
            refused.append(refusal)

    both = [Thread(target=take, args=[by]) for by in (world.quality_assurer, quality.second)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(refused) == 1
    with house.database.reading() as db:
        taken = select(func.count()).select_from(SampleStep).where(SampleStep.state == State.TAKEN)
        assert db.scalar(taken) == 1


def test_two_plans_at_the_same_instant_choose_nothing_twice(house: House, quality: Quality, world: World) -> None:
    with house.database.writing() as db:
        quality.course.look(db, world.assessor)
    start = Barrier(2)

    def replan() -> None:
        start.wait()
        with house.database.writing() as db:
            quality.plan(db)

    both = [Thread(target=replan) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    with house.database.reading() as db:
        assert len(quality.samples(db)) == 1


def test_nobody_samples_their_own_decisions_or_learners(db: Db, quality: Quality, world: World, now) -> None:
    for person in (world.assessor, world.pa):
        since = london_day(now) - timedelta(days=60)
        people.give_role(
            db,
            person_id=person,
            organisation_id=world.authority,
            role=Role.QUALITY_ASSURER,
            by=None,
            now=now,
            since=since,
        )
    quality.course.look(db, world.assessor)
    with pytest.raises(Refused, match="You made this decision"):
        quality.take(db, by=world.assessor)
    with pytest.raises(Refused, match="your own work"):
        quality.take(db, by=world.pa)


def test_nobody_samples_the_work_of_somebody_close(db: Db, quality: Quality, world: World) -> None:
    tie = RelationRow(
        person_id=quality.second,
        learner_id=world.pa,
        relation=Relation.RELATIVE,
        said_by=quality.second,
        said_at=quality.now,
    )
    db.add(tie)
    db.flush()
    quality.course.look(db, world.assessor)
    with pytest.raises(Refused, match="close to one of them"):
        quality.take(db, by=quality.second)


def test_behind_another_wall_there_is_no_such_sample(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    for stranger in (quality.far, world.coordinator, world.assessor, world.verifier):
        with pytest.raises(NotFound):
            quality.take(db, by=stranger)


@pytest.mark.parametrize("given", [{"due_on": None}, {"due_on": "past"}])
def test_sent_back_says_by_when(db: Db, quality: Quality, world: World, given: dict[str, object]) -> None:
    quality.course.look(db, world.assessor)
    sample = quality.take(db)
    due = london_day(quality.now) - timedelta(days=1) if given["due_on"] == "past" else None
    with pytest.raises(Refused, match="day"):
        quality.say(db, sample, agreed=False, due_on=due)


def test_a_decision_made_meanwhile_is_not_accepted_unread(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    sample = quality.take(db)
    read = [each.id for each in queries.to_look_at(db, queries.views(db, [sample])[0])]
    quality.course.look(db, world.assessor, text="Another day, the same care.")
    with pytest.raises(Refused, match="changed meanwhile"):
        services.say(
            db,
            sample_id=sample.id,
            found=dict.fromkeys(read, Found(agreed=True)),
            due_on=None,
            by=world.quality_assurer,
            now=quality.now,
        )


@pytest.mark.parametrize("waits", [Waits.CHOSEN, Waits.EVERY])
def test_a_certificate_waits_for_a_sample(db: Db, quality: Quality, world: World, waits: Waits) -> None:
    study(db, quality)
    quality.policy(db, waits=waits)
    sign_everything(db, quality.course, world.assessor)
    assert waits_for_sample(db, quality.course.enrolment, UNIT) == london_day(quality.now)
    assert certificates.certificates_of(db, world.pa) == []
    sample = quality.take(db)
    quality.say(db, sample, agreed=True)
    assert waits_for_sample(db, quality.course.enrolment, UNIT) is None
    assert len(certificates.certificates_of(db, world.pa)) == 1


def test_without_the_policy_no_certificate_waits(db: Db, quality: Quality, world: World) -> None:
    study(db, quality)
    sign_everything(db, quality.course, world.assessor)
    quality.plan(db)
    assert len(quality.samples(db)) == 1
    assert len(certificates.certificates_of(db, world.pa)) == 1


def test_a_policy_that_stops_waiting_lets_certificates_go(db: Db, quality: Quality, world: World) -> None:
    study(db, quality)
    quality.policy(db, waits=Waits.EVERY)
    sign_everything(db, quality.course, world.assessor)
    assert certificates.certificates_of(db, world.pa) == []
    later = quality.now + timedelta(minutes=1)
    object.__setattr__(quality, "now", later)
    quality.policy(db, waits=Waits.NONE)
    assert len(certificates.certificates_of(db, world.pa)) == 1


def test_a_long_wait_is_told_once(house: House, quality: Quality, world: World) -> None:
    with house.database.writing() as db:
        study(db, quality)
        quality.policy(db, waits=Waits.EVERY, wait_days=3)
        sign_everything(db, quality.course, world.assessor)
    for days in (2, 4, 5):
        plans.sweep(house, quality.now + timedelta(days=days))
    with house.database.reading() as db:
        told = db.scalars(select(Notice.person_id).where(Notice.kind == "sample_waits_long")).all()
        assert sorted(told) == sorted([world.quality_assurer, quality.second, world.coordinator])


def study(db: Db, quality: Quality) -> None:
    """Have the learning of the module done."""
    studies(db, quality.course.enrolment, quality.world.pa, quality.now)


def test_watching_an_assessor_is_written_down_once(db: Db, quality: Quality, world: World) -> None:
    asked = {
        "id": uuid4(),
        "authority_id": world.authority,
        "kind": Activity.OBSERVED_ASSESSOR,
        "about_id": world.assessor,
        "on": london_day(quality.now),
        "said": "Asked open questions and let Pat finish.",
        "by": world.quality_assurer,
        "now": quality.now,
    }
    services.record_activity(db, **asked)  # type: ignore[arg-type]
    services.record_activity(db, **asked)  # type: ignore[arg-type]
    (one,) = queries.activities_of(db, world.authority, period_of(london_day(quality.now)))
    assert one.about_name == "Dai Assessor"
    with pytest.raises(NotFound):
        services.record_activity(db, **asked | {"id": uuid4(), "by": quality.far})  # type: ignore[arg-type]
    with pytest.raises(Refused, match="own work"):
        services.record_activity(db, **asked | {"id": uuid4(), "about_id": world.quality_assurer})  # type: ignore[arg-type]
    tomorrow = london_day(quality.now) + timedelta(days=1)
    with pytest.raises(Refused, match="past year"):
        services.record_activity(db, **asked | {"id": uuid4(), "on": tomorrow})  # type: ignore[arg-type]


def test_a_piece_of_work_is_chosen_by_hand(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    quality.course.look(db, world.employer_person)
    quality.plan(db)
    before = len(quality.samples(db))
    for row in works(db):
        plans.choose_by_hand(
            db, work_id=row.id, authority_id=world.authority, by=world.quality_assurer, now=quality.now
        )
    assert len(quality.samples(db)) == 2 >= before
    with pytest.raises(NotFound):
        plans.choose_by_hand(
            db, work_id=works(db)[0].id, authority_id=world.other_authority, by=quality.far, now=quality.now
        )


def test_judgements_not_met_are_looked_at_as_well(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor, judgement=Judgement.NOT_YET_MET, feedback="Ask A. first.")
    assert quality.say(db, quality.take(db), agreed=True) is State.ACCEPTED


def test_a_sample_never_belongs_to_its_assessor_in_the_table(db: Db, quality: Quality, world: World) -> None:
    quality.course.look(db, world.assessor)
    sample = quality.take(db)
    own = update(Sample).where(Sample.id == sample.id).values(taken_by=world.assessor)
    with pytest.raises(IntegrityError):
        db.execute(own)
