"""A team of the demonstration that learns about direct payments, and a mentor with somebody new."""

from datetime import timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.shelves import shelf
from lms.demo.people import Stage, add
from lms.learning import queries as learning
from lms.learning import services as study
from lms.learning.audiences import Audience
from lms.learning.catalogue import Courses
from lms.learning.checks import own_attempt
from lms.learning.questions.samples import sample_answer
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.mentors import matching, queries, services
from lms.programme.mentors.services import Offer, Reach, Wish
from lms.programme.mentors.words import Kind, Way
from lms.programme.teams import queries as teams
from lms.programme.teams import services as team_services

WHERE = "RIVERMERE"
COURSE = "AWARENESS"
STAFF = ("Hannah Price", "Tariq Aziz", "Joan Adeyemi", "Wil Barker", "Ines Duarte")


def show(stage: Stage) -> None:
    """In one council: five of its staff in a team, three of them trained; one pair, one who waits, one free mentor."""
    where = stage.places[WHERE]
    coordinator = people.people_in(stage.db, where, Role.COORDINATOR, london_day(stage.ago(300)), limit=1)
    by = coordinator[0].id if coordinator else _first(stage, where)
    _team(stage, where, by)
    _mentors(stage, where, by)


def _first(stage: Stage, where: UUID) -> UUID:
    return people.people_in(stage.db, where, Role.COORDINATOR, london_day(stage.now), limit=1)[0].id


def _team(stage: Stage, where: UUID, by: UUID) -> None:
    once, on = uuid4(), london_day(stage.now)
    team_services.make(
        stage.db, once=once, authority_id=where, name="Front door team", whom=Audience.STAFF, target=80, by=by,
        now=stage.ago(20),
    )  # fmt: skip
    team = teams.team(stage.db, where, once)
    staff = [add(stage, name, Role.LEARNER, WHERE, WHERE, days_ago=240) for name in STAFF]
    for place, person in enumerate(staff):
        since = on - timedelta(days=200 - 30 * place)
        team_services.bring_in(stage.db, team, person_id=person, since=since, by=by, now=stage.ago(20))
    team_services.enrol_everybody(stage.db, team, course=COURSE, by=by, now=stage.ago(20))
    for place, person in enumerate(staff[:3]):
        _study(stage, person, days_ago=19 - 8 * place)


def _study(stage: Stage, person: UUID, *, days_ago: int) -> None:
    """All of the course, on one day."""
    db, now = stage.db, stage.ago(days_ago)
    mine = next(each.id for each in learning.enrolments_of(db, person) if each.course == COURSE)
    for module in shelf(db, Courses).modules_of(COURSE):
        for lesson in module.lessons:
            study.study_lesson(db, enrolment_id=mine, lesson=lesson.code, by=person, now=now)
        given = study.start_or_resume_attempt(db, enrolment_id=mine, module=module.code, by=person, now=now)
        for question in own_attempt(db, given, person).questions:
            right = sample_answer(question, right=True)
            study.give_answer(db, attempt_id=given, question=question.code, options=right, by=person, now=now)
        study.hand_in(db, attempt_id=given, by=person, now=now)


def _mentors(stage: Stage, where: UUID, by: UUID) -> None:
    on = london_day(stage.ago(30))  # the day on which mentors agree: whoever came later was no PA here yet
    # Some stand in the lists twice, for the register team to find; of these the last one is taken.
    pas = list({each.name: each.id for each in people.people_in(stage.db, where, Role.PA, on, limit=12)}.values())
    for mentor in pas[:2]:
        said = Offer(
            Kind.PA, "en", "Millbrook", "The first weeks, and nights", 2,
            Reach(Way.EMAIL, people.person(stage.db, mentor).email or "mentor@rivermere.example.com"),
        )  # fmt: skip
        services.agree(stage.db, said, once=uuid4(), authority_id=where, agreed=True, by=mentor, now=stage.ago(30))
    for newcomer in pas[2:5]:
        name = people.person(stage.db, newcomer).name
        wish = Wish(Kind.PA, "en", "Millbrook", True, name, Reach(Way.PHONE, "01632 960 466"))  # noqa: FBT003
        services.ask(stage.db, wish, once=uuid4(), authority_id=where, agreed=True, by=newcomer, now=stage.ago(12))
    _match(stage, where, by)


def _match(stage: Stage, where: UUID, by: UUID) -> None:
    """The first who can be matched is, and their mentor has been in touch."""
    for asked in queries.requests_in(stage.db, where):
        free = [each for each in matching.candidates(stage.db, asked) if each.obstacle is None]
        if free:
            once = uuid4()
            matching.match(
                stage.db, once=once, authority_id=where, request_id=asked.id, mentor_id=free[0].mentor.id, by=by,
                now=stage.ago(9),
            )  # fmt: skip
            mentor = free[0].mentor.person_id
            services.got_in_touch(stage.db, once=uuid4(), match_id=once, minutes=25, by=mentor, now=stage.ago(7))
            return
