"""What the quality assurer of one authority asks for and has looked at; a second look; a verifier; a meeting."""

from datetime import timedelta
from uuid import UUID, uuid4

from lms.assessment.deciding.queries import decisions_of
from lms.assessment.deciding.rules import Counts
from lms.assessment.quality.appeals import services as appeals
from lms.assessment.quality.meetings import services as meetings
from lms.assessment.quality.meetings.services import Called
from lms.assessment.quality.planning import services as planning
from lms.assessment.quality.rules import DEFAULT, Stage, period_of
from lms.assessment.quality.samples import queries, services
from lms.assessment.quality.samples.queries import SampleView
from lms.assessment.quality.samples.rules import Found, State
from lms.assessment.quality.samples.services import Activity
from lms.assessment.quality.verifiers import services as verifiers
from lms.assessment.quality.verifiers.rules import Access
from lms.assessment.rules import Judgement
from lms.core.clock import london_day
from lms.demo.people import Stage as Demo
from lms.learning import queries as learning

AUTHORITY = "RIVERMERE"
ASSURER, COORDINATOR, VERIFIER = "Sunita Rao", "Carol Bennett", "Lorna Swift"
APPEALS = "Kelly Marsh"
ASSESSORS = ("Hannah Cole", "Marcus Webb")


def assure(stage: Demo) -> None:
    """Everything above, after everybody has decided."""
    authority, by = stage.places[AUTHORITY], stage.persons[ASSURER]
    planning.set_policy(
        stage.db, id=uuid4(), authority_id=authority, policy=DEFAULT, by=by, now=stage.now - timedelta(days=70)
    )
    _meet(stage, authority, by)
    _second_look(stage)
    _sample(stage, authority, by)
    _open_to_verifier(stage, authority, by)


def _meet(stage: Demo, authority: UUID, by: UUID) -> None:
    """Two assessors agreed on what is enough, five weeks ago."""
    called, on = uuid4(), london_day(stage.ago(35))
    asked = [stage.persons[name] for name in ASSESSORS]
    meetings.call(
        stage.db,
        id=called,
        authority_id=authority,
        called=Called(
            on=on,
            at_time="14:00",
            place="Room 2, Rivermere Independent Living (step-free, hearing loop)",
            link="",
            units=("cc-2025:CC1", "cc-2025:CC5"),
            asked=asked,
        ),
        by=by,
        now=stage.ago(50),
    )
    where = {"meeting_id": called, "authority_id": authority, "by": by}
    meetings.note_attendance(stage.db, **where, came=asked[:1], now=stage.ago(34))
    meetings.note_agreed(
        stage.db,
        **where,
        id=uuid4(),
        text=(
            "We watched the same recording of a talk and compared what we would decide. Agreed: asking once at the "
            "door is not enough to show that somebody works in a way led by the person. We want to see it in the "
            "middle of a task as well, when it is inconvenient."
        ),
        now=stage.ago(34),
    )


def _sample(stage: Demo, authority: UUID, by: UUID) -> None:
    """The plan chooses; one sample is accepted, one sent back, one is being looked at, the rest are open."""
    for period in {period_of(london_day(stage.ago(40))), period_of(london_day(stage.now))}:
        planning.replan(stage.db, authority, period, stage.ago(2))
    found, _counts = queries.in_plan(
        stage.db, authority, period_of(london_day(stage.now)), state=State.OPEN, offset=0, limit=50
    )
    free = [each for each in found if queries.cannot_look(stage.db, each, by, stage.now) is None]
    finished = [each for each in free if each.stage is Stage.FINAL]
    on_the_way = sorted(
        (each for each in free if each.stage is Stage.INTERIM), key=lambda each: each.learner_name == APPEALS
    )
    if finished:
        _say(stage, finished[0], by, agreed=True)
    if on_the_way:
        _say(stage, on_the_way[0], by, agreed=False)
    for each in finished[1:2]:
        services.take(stage.db, sample_id=each.id, by=by, now=stage.ago(0.2))
    services.record_activity(
        stage.db,
        id=uuid4(),
        authority_id=authority,
        kind=Activity.OBSERVED_ASSESSOR,
        about_id=stage.persons[ASSESSORS[0]],
        on=london_day(stage.ago(8)),
        said="Hannah asked open questions, waited for the answers, and read back what she had written before deciding.",
        by=by,
        now=stage.ago(7),
    )


def _say(stage: Demo, sample: SampleView, by: UUID, *, agreed: bool) -> None:
    services.take(stage.db, sample_id=sample.id, by=by, now=stage.ago(1.5))
    found = Found(
        agreed=agreed,
        word="Clear and fair. Thank you." if agreed else "I can see that it went well, and not yet why.",
        action="" if agreed else "Write what the person said or chose, so that somebody else can see it too.",
    )
    services.say(
        stage.db,
        sample_id=sample.id,
        found={each.id: found for each in queries.to_look_at(stage.db, sample)},
        due_on=None if agreed else london_day(stage.now + timedelta(days=12)),
        by=by,
        now=stage.ago(1),
    )


def _second_look(stage: Demo) -> None:
    """Kelly thinks that a “not yet” is not right; the coordinator has told her that they have it."""
    kelly = stage.persons[APPEALS]
    for enrolment in learning.enrolments_of(stage.db, kelly):
        for decision in decisions_of(stage.db, enrolment.id):
            if decision.judgement is not Judgement.MET and decision.counts is Counts.YES:
                appeal = appeals.ask(
                    stage.db,
                    id=uuid4(),
                    decision_id=decision.id,
                    why="I did ask before I started. It was at breakfast, so nobody wrote it down.",
                    by=kelly,
                    now=stage.ago(3),
                )
                coordinator = stage.persons[COORDINATOR]
                appeals.acknowledge(stage.db, id=uuid4(), appeal_id=appeal, by=coordinator, now=stage.ago(2.5))
                return


def _open_to_verifier(stage: Demo, authority: UUID, by: UUID) -> None:
    """Two learners' records are open to the verifier for two weeks."""
    on = london_day(stage.now)
    for name in ("Grace Adomako", "Rosa Delgado"):
        for enrolment in learning.enrolments_of(stage.db, stage.persons[name])[:1]:
            verifiers.give(
                stage.db,
                id=uuid4(),
                authority_id=authority,
                verifier_id=stage.persons[VERIFIER],
                access=Access(enrolment_id=enrolment.id, since=on, until=on + timedelta(days=14)),
                by=by,
                now=stage.ago(0.1),
            )
