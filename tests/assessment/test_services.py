"""Recording, judging, signing off and allocating, on both databases."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.assessment import allocating, queries, worklists
from lms.assessment.deciding.models import Decision, Sitting
from lms.assessment.evidence.models import Evidence, EvidenceLine
from lms.assessment.models import LearnerUnit
from lms.assessment.rules import HOUSEHOLD, Capacity, Judgement, Kind, Setting, UnitState
from lms.assessment.signing.models import SignOff
from lms.core.clock import london_day
from lms.core.db import Base, Db
from lms.core.words import NotFound, Refused
from lms.people import services as people
from lms.people.queries import viewer_of
from lms.people.rules import Nation, OrganisationKind, Role
from tests.assessment.conftest import CRITERION, DAYS_AGO, UNIT, Course
from tests.assessment.reading import allocate, count, facts, where_it_stands
from tests.world import World


def test_enrolment_opens_the_units_of_the_edition(db: Db, course: Course, world: World) -> None:
    row = db.get_one(LearnerUnit, (course.enrolment, UNIT))
    assert (row.framework, row.edition, row.module) == ("pai-practice", "2026.1", "PAI-1")
    assert (row.learner_id, row.authority_id, row.ready_at) == (world.pa, world.authority, None)


def test_an_assessor_observes_judges_and_signs_off(db: Db, course: Course, world: World, now: datetime) -> None:
    assert where_it_stands(db, course) is UnitState.NOT_SEEN
    observation = course.look(db, world.assessor)
    assert where_it_stands(db, course) is UnitState.READY
    sign_off = course.sign(db, world.assessor)
    assert where_it_stands(db, course) is UnitState.SIGNED_OFF

    (seen,) = queries.practice_of(db, course.enrolment)[0].seen
    assert (seen.id, seen.judgement, seen.setting) == (observation, Judgement.MET, Setting.OWN_HOME)
    assert (seen.by_name, seen.capacity, seen.behalf) == ("Dai Assessor", Capacity.ASSESSOR, world.college)
    view = queries.signed_off(db, course.enrolment)[UNIT]
    assert (view.on, view.by_name, view.capacity) == (london_day(now), "Dai Assessor", Capacity.ASSESSOR)
    assert "real and at work" in db.get_one(SignOff, sign_off).statement


def test_facts_carry_who_for_whom_and_on_whose_behalf(db: Db, course: Course, world: World) -> None:
    observation, sign_off = course.look(db, world.assessor), course.sign(db, world.assessor)
    for kind in ("EvidenceOffered", "CriterionJudged", "UnitSignedOff"):
        (row,) = facts(db, kind)
        assert (row.about, row.by, row.behalf) == (world.pa, world.assessor, world.college), kind
        assert "before moving the boxes" not in str(row.data), "what was written stays out of the facts"
    assert facts(db, "EvidenceOffered")[0].data["evidence_id"] == str(observation)
    assert facts(db, "CriterionJudged")[0].data["judgement"] == "met"
    assert facts(db, "UnitSignedOff")[0].data == {
        "enrolment_id": str(course.enrolment),
        "unit": UNIT,
        "sign_off_id": str(sign_off),
    }


@pytest.mark.parametrize(
    ("who", "capacity"),
    [("employer_person", Capacity.EMPLOYER), ("representative", Capacity.REPRESENTATIVE)],
)
def test_a_household_sees_and_signs_off(db: Db, course: Course, world: World, who: str, capacity: Capacity) -> None:
    person = getattr(world, who)
    course.look(db, person, setting=None, among=HOUSEHOLD)
    course.sign(db, person, among=HOUSEHOLD)
    row = db.scalars(select(SignOff)).one()
    assert (row.signed_by, row.capacity, row.behalf) == (person, capacity, world.employer)
    assert row.statement == "I sign this off: I saw it myself, at work."


def test_the_last_judgement_counts(db: Db, course: Course, world: World, now: datetime) -> None:
    course.look(db, world.assessor)
    course.look(
        db, world.employer_person, judgement=Judgement.NOT_YET_MET, feedback="Ask first.", now=now + timedelta(hours=1)
    )
    assert where_it_stands(db, course) is UnitState.NOT_YET_MET
    with pytest.raises(Refused, match=r"the last judgement of PAI-1-P\.1 is “not yet met”"):
        course.sign(db, world.assessor, now=now + timedelta(hours=2))
    course.look(db, world.assessor, now=now + timedelta(hours=3))
    course.sign(db, world.assessor, now=now + timedelta(hours=4))


def test_nothing_is_signed_off_unseen(db: Db, course: Course, world: World) -> None:
    with pytest.raises(Refused, match=r"nobody has recorded seeing PAI-1-P\.1"):
        course.sign(db, world.assessor)


def test_a_household_signs_off_only_what_it_saw_itself(db: Db, course: Course, world: World) -> None:
    course.look(db, world.assessor)
    with pytest.raises(Refused, match="First say what you saw yourself"):
        course.sign(db, world.employer_person)
    course.look(db, world.employer_person)
    course.sign(db, world.employer_person)


def test_nobody_judges_or_signs_off_their_own_work(db: Db, course: Course, world: World, now: datetime) -> None:
    day = london_day(now) - timedelta(days=30)
    for role, place in ((Role.ASSESSOR, world.college), (Role.EMPLOYER, world.employer)):
        people.give_role(db, person_id=world.pa, organisation_id=place, role=role, by=None, now=now, since=day)
    with pytest.raises(Refused, match="Somebody else has to"):
        course.look(db, world.pa)
    course.look(db, world.assessor)
    with pytest.raises(Refused, match="Somebody else has to"):
        course.sign(db, world.pa)
    with pytest.raises(Refused, match="nobody assesses their own work"):
        allocating.allocate_assessor(
            db, enrolment_id=course.enrolment, assessor_id=world.pa, since=day, by=world.coordinator, now=now
        )


DECLARED = {"name": "Amina", "role": "employer", "how": "typed", "supporter": "", "consent": "", "heard_by": ""}


def rows_by(course: Course, world: World, by: UUID, learner: UUID, now: datetime) -> list[list[Base]]:
    """Rows of each kind by somebody about a learner, past every service."""
    enrolment = {"enrolment_id": course.enrolment, "learner_id": learner}
    whose = {**enrolment, "unit": UNIT}
    part = {"capacity": Capacity.EMPLOYER, "behalf": world.employer}
    edition = {"framework": "pai-practice", "edition": "2026.1"}
    piece = {"id": uuid4(), "kind": "direct_observation", "part": "employer", "way": "page", "carries": False}
    said = {"by_name": "A.", "on_day": london_day(now), "text": "Seen.", "in_presence_of": "", "asked": ""}
    judged = {"judgement": "met", "reason": "", "feedback": "", "turn": 1, "needs_countersign": False, "flags": ""}
    five = dict.fromkeys(("valid", "authentic", "reliable", "current", "sufficient"), True)
    wall, sitting = {"authority_id": world.authority}, uuid4()
    return [
        [SignOff(id=uuid4(), **whose, **part, **edition, **DECLARED, turn=1, signed_by=by, statement="Yes.", at=now)],
        [
            Evidence(**enrolment, **wall, **edition, **piece, **said, by=by, offered_at=now),
            EvidenceLine(**whose, evidence_id=piece["id"], line=CRITERION, carries=False, said_by=by, said_at=now),
        ],
        [
            Sitting(id=sitting, **enrolment, **part, by=by, way="page", at=now),
            Decision(
                **whose,
                **part,
                **wall,
                **edition,
                **judged,
                **five,
                sitting_id=sitting,
                line="K.1",
                kind=Kind.KNOWLEDGE,
                by=by,
                at=now,
            ),
        ],
    ]


def add_past_services(db: Db, rows: list[Base]) -> None:
    """Each in its turn, since nothing tells SQLAlchemy which comes first."""
    for row in rows:
        db.add(row)
        db.flush()


@pytest.mark.parametrize("which", range(3))
def test_the_database_itself_refuses_ones_own_work(
    db: Db, course: Course, world: World, now: datetime, which: int
) -> None:
    with pytest.raises(IntegrityError, match="_is_not_learner"):
        add_past_services(db, rows_by(course, world, world.pa, world.pa, now)[which])


@pytest.mark.parametrize("which", range(3))
def test_the_database_itself_refuses_a_false_learner(
    db: Db, course: Course, world: World, now: datetime, which: int
) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        add_past_services(db, rows_by(course, world, world.pa, world.second_pa, now)[which])


@pytest.mark.parametrize("which", range(3))
def test_somebody_else_is_let_through_by_the_database(
    db: Db, course: Course, world: World, now: datetime, which: int
) -> None:
    add_past_services(db, rows_by(course, world, world.assessor, world.pa, now)[which])


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": Kind.PRACTICE}, "practice_was_seen"),
        ({"sufficient": False}, "met_says_all_five"),
        ({"valid": None}, "met_says_all_five"),
        ({"judgement": "more_evidence"}, "not_yet_met_says_why"),
        ({"rests_on": UUID(int=1)}, r"(?i)foreign key"),
    ],
)
def test_the_database_itself_refuses_a_decision_that_cannot_stand(
    db: Db, course: Course, world: World, changed: dict[str, object], says: str
) -> None:
    sitting, decision = rows_by(course, world, world.assessor, world.pa, course.now)[2]
    for name, value in changed.items():
        setattr(decision, name, value)
    with pytest.raises(IntegrityError, match=says):
        add_past_services(db, [sitting, decision])


def test_strangers_find_nothing(db: Db, course: Course, world: World) -> None:
    course.look(db, world.assessor)
    strangers = "other_assessor other_employer_person other_coordinator coordinator quality_assurer admin second_pa"
    for name in strangers.split():
        with pytest.raises(NotFound):
            course.look(db, getattr(world, name))
        with pytest.raises(NotFound):
            course.sign(db, getattr(world, name))
    with pytest.raises(NotFound):
        course.look(db, world.assessor, enrolment_id=course.second)
    with pytest.raises(NotFound):
        course.look(db, world.employer_person, enrolment_id=course.second)
    with pytest.raises(NotFound):
        course.look(db, world.assessor, among=HOUSEHOLD)
    with pytest.raises(NotFound):
        course.look(db, world.assessor, criterion="PAI-9.9")
    with pytest.raises(NotFound):
        course.sign(db, world.assessor, unit="PAI-9-P")
    with pytest.raises(NotFound):
        course.look(db, world.assessor, enrolment_id=uuid4())


def test_after_employment_the_record_is_closed_to_the_household(
    db: Db, course: Course, world: World, now: datetime
) -> None:
    course.look(db, world.employer_person)
    last = london_day(now) - timedelta(days=1)
    people.end_employment(db, pa_id=world.pa, employer_id=world.employer, until=last, by=world.coordinator, now=now)
    with pytest.raises(NotFound):
        course.look(db, world.employer_person, days_ago=2)
    with pytest.raises(NotFound):
        course.sign(db, world.employer_person)
    course.look(db, world.second_employer_person)


def test_only_days_of_working_together_count(db: Db, course: Course, world: World, now: datetime) -> None:
    new = people.add_person(db, name="Una New", username="una", by=None, now=now)
    here = world.college
    people.give_role(db, person_id=new, organisation_id=here, role=Role.ASSESSOR, by=None, now=now)
    allocating.allocate_assessor(
        db,
        enrolment_id=course.enrolment,
        assessor_id=new,
        since=london_day(now) - timedelta(days=2),
        by=world.coordinator,
        now=now,
    )
    with pytest.raises(Refused, match="you did not work together then"):
        course.look(db, new, days_ago=3)
    course.look(db, new, days_ago=2)


def test_an_observation_is_neither_of_tomorrow_nor_from_before_enrolment(db: Db, course: Course, world: World) -> None:
    with pytest.raises(Refused, match="before they joined"):
        course.look(db, world.employer_person, days_ago=DAYS_AGO + 1)
    with pytest.raises(Refused, match="has not come yet"):
        course.look(db, world.employer_person, days_ago=-1)
    course.look(db, world.employer_person, days_ago=DAYS_AGO)
    course.look(db, world.employer_person, days_ago=0)


def test_an_assessor_without_the_role_finds_nothing(db: Db, course: Course, world: World, now: datetime) -> None:
    people.end_role(
        db,
        person_id=world.assessor,
        organisation_id=world.college,
        role=Role.ASSESSOR,
        by=world.admin,
        now=now,
        until=london_day(now) - timedelta(days=1),
    )
    with pytest.raises(NotFound):
        course.look(db, world.assessor)


def test_it_is_done_for_the_household_they_worked_for_on_that_day(db: Db, course: Course, world: World) -> None:
    day, now = london_day(course.now), course.now
    for number in range(6):
        place = people.add_organisation(
            db,
            kind=OrganisationKind.INDIVIDUAL_EMPLOYER,
            name=f"Household {number}",
            nation=Nation.ENGLAND,
            authority_id=world.authority,
            now=now,
        )
        role = {"organisation_id": place, "role": Role.REPRESENTATIVE, "by": None, "now": now}
        people.give_role(db, person_id=world.representative, **role)
        people.start_employment(db, pa_id=world.pa, employer_id=place, since=day, by=None, now=now)
    row = db.get_one(Evidence, course.look(db, world.representative, days_ago=3))
    assert row.behalf == world.employer


def test_when_the_agreement_has_ended_the_college_finds_nothing(db: Db, course: Course, world: World) -> None:
    day, now = london_day(course.now), course.now
    college = people.add_organisation(
        db, kind=OrganisationKind.COLLEGE, name="Old College", nation=Nation.ENGLAND, now=now
    )
    since, until = day - timedelta(days=60), day - timedelta(days=1)
    people.make_agreement(db, authority_id=world.authority, organisation_id=college, since=since, until=until)
    old = people.add_person(db, name="Olga Old", username="olga", by=None, now=now)
    people.give_role(db, person_id=old, organisation_id=college, role=Role.ASSESSOR, by=None, now=now, since=since)
    allocate(db, course, world, now - timedelta(days=5), assessor_id=old, since=day - timedelta(days=5))
    viewer = viewer_of(db, old, day)
    assert viewer is not None
    assert worklists.work_of_assessor(db, viewer, until)[1] == 1
    assert worklists.work_of_assessor(db, viewer, day) == ([], 0)
    with pytest.raises(NotFound):
        course.look(db, old, enrolment_id=course.second)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"text": " \n\u200e\x00 "}, "One sentence is enough"),
        ({"text": "x" * 4001}, "at most 4000"),
        ({"judgement": Judgement.NOT_YET_MET, "feedback": " "}, "should be different next time"),
        ({"feedback": "x" * 2001}, "at most 2000"),
    ],
)
def test_what_is_written_is_bounded(
    db: Db, course: Course, world: World, content: dict[str, object], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        course.look(db, world.assessor, **content)


def test_what_nobody_can_see_is_not_kept(db: Db, course: Course, world: World) -> None:
    row = db.get_one(Evidence, course.look(db, world.assessor, text="  Asked\r\nA.\x00 \u202efirst.\ud800 "))
    assert row.text == "Asked\nA. first."


def test_a_double_tap_makes_one_and_another_content_is_not_lost_silently(db: Db, course: Course, world: World) -> None:
    once = uuid4()
    assert course.look(db, world.assessor, id=once) == once
    assert course.look(db, world.assessor, id=once) == once
    assert (count(db, Evidence), count(db, Decision), len(facts(db, "CriterionJudged"))) == (1, 1, 1)
    for changed in (
        {"text": "Something else."},
        {"judgement": Judgement.NOT_YET_MET, "feedback": "x"},
        {"days_ago": 2},
    ):
        with pytest.raises(Refused, match="Open the page anew"):
            course.look(db, world.assessor, id=once, **changed)
    with pytest.raises(Refused, match="Open the page anew"):
        course.look(db, world.employer_person, id=once)
    assert count(db, Evidence) == 1


def test_a_double_tap_on_sign_off_makes_one(db: Db, course: Course, world: World) -> None:
    once, seen = uuid4(), uuid4()
    course.look(db, world.employer_person, id=seen)
    assert course.sign(db, world.employer_person, id=once) == once
    course.look(db, world.employer_person, id=seen)  # the household's one step, tapped twice: both services come again
    assert course.sign(db, world.employer_person, id=once) == once
    assert (count(db, SignOff), len(facts(db, "UnitSignedOff"))) == (1, 1)
    with pytest.raises(Refused, match="You signed this off already, on 21 November 2026"):
        course.sign(db, world.employer_person)


def test_a_signed_off_unit_is_closed(db: Db, course: Course, world: World) -> None:
    course.look(db, world.assessor)
    course.sign(db, world.assessor)
    with pytest.raises(Refused, match="already signed off by Dai Assessor on 21 November 2026"):
        course.look(db, world.employer_person)
    with pytest.raises(Refused, match="already signed off by Dai Assessor on 21 November 2026"):
        course.sign(db, world.employer_person)


def test_one_household_is_not_told_the_name_of_another(db: Db, course: Course, world: World) -> None:
    course.look(db, world.employer_person)
    course.sign(db, world.employer_person)
    with pytest.raises(Refused) as refused:
        course.look(db, world.second_employer_person)
    assert "by another employer on 21 November 2026" in str(refused.value)
    assert "Amina" not in str(refused.value)
    with pytest.raises(Refused, match="by Amina Yusuf"):
        course.look(db, world.representative)
