"""One PA's story up to the stage they have come to, told through the services the pages use."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.assessment import allocating
from lms.assessment import services as assessment
from lms.assessment.rules import Judgement, Setting
from lms.assessment.services import Seen
from lms.core.clock import london_day
from lms.demo import cast, knowledge, prior, read, seen, voices
from lms.demo.people import Stage, add
from lms.demo.study import Learner
from lms.demo.words import BOUNDARIES_NOT_YET
from lms.learning import services as learning
from lms.learning.authoring.rules import Rating
from lms.learning.states import Judged
from lms.people import services as people
from lms.people.rules import Role

UNIT = "PAI-1-P"
CRITERION = "PAI-1-P.1"
_ASSESSOR = {"RIVERMERE": "Hannah Cole", "HARBOURGATE": "Leila Haddad", "DYFFRYN": "Rhodri Llewelyn"}
_COLLEGE = {"RIVERMERE": "RIVERMERE-COLLEGE", "HARBOURGATE": "HARBOUR-SKILLS", "DYFFRYN": "COLEG-DYFFRYN"}
_AUTHOR = {"RIVERMERE": "Graham Pike", "HARBOURGATE": "Brian Lowe", "DYFFRYN": "Huw Bevan"}
_OFFICER = {"RIVERMERE": "Idris Khan", "HARBOURGATE": "Ola Adeyemi", "DYFFRYN": "Gethin Pugh"}
_COORDINATOR = {"RIVERMERE": "Carol Bennett", "HARBOURGATE": "Tess Marlow", "DYFFRYN": "Nia Rhys"}

DONE_WELL = (
    "A. wanted to change the order of the morning and go out before washing. She was asked what she would like first, "
    "and it was done her way. When a neighbour asked for help with a task that was never agreed, the PA said so kindly "
    "and rang A. before doing anything."
)
NOT_YET = "Started on the kitchen before asking G. what he wanted done first. He had planned to go out."
ADVICE = "Ask first thing what today should look like. Write it on the pad by the door, as the two of you agreed."


def tell(stage: Stage, pa: cast.Pa) -> None:
    """Add a PA, enrol them, and live their story up to its stage."""
    person_id = add(
        stage,
        pa.name,
        Role.PA,
        pa.authority,
        pa.authority,
        language=pa.language,
        username=pa.username,
        days_ago=pa.days_ago,
    )
    joined = stage.ago(pa.days_ago)
    coordinator = stage.persons[_COORDINATOR[pa.authority]]
    if pa.access_needs:
        people.change_details(
            stage.db, person_id=person_id, name=pa.name, language=pa.language, access_needs=pa.access_needs, now=joined
        )
    for employer in pa.employers:
        people.start_employment(
            stage.db,
            pa_id=person_id,
            employer_id=stage.places[employer],
            since=london_day(joined),
            by=coordinator,
            now=joined,
        )
    learning.enrol(
        stage.db,
        learner_id=person_id,
        authority_id=stage.places[pa.authority],
        course="PAI",
        by=coordinator,
        now=joined,
    )
    learner = Learner(stage.db, person_id, joined)
    for token in pa.seen:
        seen.record(
            stage.db,
            token,
            person_id=person_id,
            authority_id=stage.places[pa.authority],
            officer_id=stage.persons[_OFFICER[pa.authority]],
            now=joined + timedelta(hours=4),
        )
    STAGES[pa.stage](stage, pa, learner)


def _joined(_stage: Stage, _pa: cast.Pa, _learner: Learner) -> None:
    """Nothing studied yet."""


def _reading(_stage: Stage, _pa: cast.Pa, learner: Learner) -> None:
    learner.read(4)


def _in_check(_stage: Stage, _pa: cast.Pa, learner: Learner) -> None:
    learner.read_all()
    learner.write()
    learner.begin_check(answers=5)


def _check_not_passed(_stage: Stage, _pa: cast.Pa, learner: Learner) -> None:
    learner.read_all()
    learner.take_check(wrong=6)


def _waiting_to_be_seen(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    learner.study_all()
    _allocate(stage, pa, learner)


def _being_read(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    _waiting_to_be_seen(stage, pa, learner)
    read.begun(stage, learner, _assessor(stage, pa))


def _not_yet_met(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    _waiting_to_be_seen(stage, pa, learner)
    read.judged(stage, learner, _assessor(stage, pa), Judged.NOT_YET)
    _observe(stage, learner, _assessor(stage, pa), Judgement.NOT_YET_MET)


def _certified_by_assessor(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    _waiting_to_be_seen(stage, pa, learner)
    read.judged(stage, learner, _assessor(stage, pa), Judged.MET)
    _sign_off(stage, learner, _assessor(stage, pa))


def _certified_by_employer(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    learner.study_all()
    read.judged(stage, learner, stage.persons[_COORDINATOR[pa.authority]], Judged.MET)
    _sign_off(stage, learner, stage.persons[pa.employers[0]])


def _assessor(stage: Stage, pa: cast.Pa) -> UUID:
    return stage.persons[_ASSESSOR[pa.authority]]


def _allocate(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    moment = learner.later(days=1)
    allocating.allocate_assessor(
        stage.db,
        enrolment_id=learner.enrolment_id,
        assessor_id=_assessor(stage, pa),
        since=london_day(moment),
        by=stage.persons[_COORDINATOR[pa.authority]],
        now=moment,
    )


def _observe(stage: Stage, learner: Learner, by: UUID, judgement: Judgement) -> datetime:
    moment = learner.later(days=2)
    met = judgement is Judgement.MET
    assessment.record_observation_and_judge(
        stage.db,
        id=uuid4(),
        enrolment_id=learner.enrolment_id,
        criterion=CRITERION,
        seen=Seen(
            on=london_day(moment),
            text=DONE_WELL if met else NOT_YET,
            judgement=judgement,
            feedback="" if met else ADVICE,
            setting=Setting.OWN_HOME,
        ),
        by=by,
        now=moment,
    )
    return moment


def _sign_off(stage: Stage, learner: Learner, by: UUID) -> None:
    moment = _observe(stage, learner, by, Judgement.MET)
    assessment.sign_off(
        stage.db, id=uuid4(), enrolment_id=learner.enrolment_id, unit=UNIT, by=by, now=moment + timedelta(minutes=20)
    )


def _in_the_middle(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """Three modules done and certified in the first, in a lesson of the fourth, with first aid to show for later."""
    _certified_by_assessor(stage, pa, learner)
    learner.study_all("PAI-2", "PAI-3")
    voices.rated(learner, "PAI-3", Rating.GOOD, Rating.GOOD, Rating.SOME)
    learner.read(3, "PAI-4")
    learner.stop_reading(4, "PAI-4")
    prior.offered(
        stage,
        learner,
        "PAI-7",
        ["PAI-7.2"],
        title="Basic life support for adults",
        says="I did the practical class with my last employer.",
        months_ago=7,
    )


def _text_sent_back(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """In the third module, whose activity came back with “not yet”."""
    _waiting_to_be_seen(stage, pa, learner)
    learner.study_all("PAI-2")
    learner.read_all("PAI-3")
    learner.write("PAI-3")
    read.judged(stage, learner, _assessor(stage, pa), Judged.NOT_YET, code="PAI-3", comment=BOUNDARIES_NOT_YET)


def _with_prior_learning(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """Three modules done; of the fourth an assessor accepted two outcomes as prior learning."""
    _waiting_to_be_seen(stage, pa, learner)
    learner.study_all("PAI-2", "PAI-3")
    offer = prior.offered(
        stage,
        learner,
        "PAI-4",
        ["PAI-4.1", "PAI-4.2", "PAI-4.4"],
        title="Safeguarding adults, level 2",
        says="It was a day with a trainer. We talked about signs, and about whom to tell.",
        months_ago=16,
    )
    college = stage.places[_COLLEGE[pa.authority]]
    prior.decided(stage, learner, offer, ["PAI-4.1", "PAI-4.2"], by=_assessor(stage, pa), behalf=college)
    report = voices.reported_a_lesson(learner, "PAI-3", 6)
    voices.answered(stage, learner, report, pa.authority, _AUTHOR[pa.authority])


def _all_seven(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """Every module done; the practice of the first has still to be seen."""
    _waiting_to_be_seen(stage, pa, learner)
    learner.study_all("PAI-2", "PAI-3", "PAI-4", "PAI-5", "PAI-6")
    voices.rated(learner, "PAI-6", Rating.GOOD, Rating.POOR)
    learner.read_all("PAI-7")
    learner.write("PAI-7")
    voices.reported_a_question(learner, learner.take_check("PAI-7"))


def _all_seven_certified(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """Every module done, and the certificate of the first."""
    _certified_by_assessor(stage, pa, learner)
    learner.study_all("PAI-2", "PAI-3", "PAI-4", "PAI-5", "PAI-6", "PAI-7")


def _years_ago(_stage: Stage, _pa: cast.Pa, learner: Learner) -> None:
    """Every module done, years ago; see `certificates`."""
    learner.study_all(*(f"PAI-{number}" for number in range(1, 8)))


def _before_a_job(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """No employer yet, and a good part of the knowledge of the Care Certificate's standards."""
    knower = knowledge.Knower(stage.db, learner.person_id, learner.at)
    knowledge.before_a_job(knower, stage.places[pa.authority], stage.persons[_COORDINATOR[pa.authority]])


def _knows_it_all(stage: Stage, pa: cast.Pa, learner: Learner) -> None:
    """Years of experience: the knowledge of both editions of the standards, and practice that nobody has seen."""
    knower = knowledge.Knower(stage.db, learner.person_id, learner.at)
    knowledge.knows_it_all(knower, stage.places[pa.authority], stage.persons[_COORDINATOR[pa.authority]])


STAGES: dict[str, Callable[[Stage, cast.Pa, Learner], None]] = {
    "joined": _joined,
    "years_ago": _years_ago,
    "reading": _reading,
    "in_check": _in_check,
    "check_not_passed": _check_not_passed,
    "waiting_to_be_seen": _waiting_to_be_seen,
    "being_read": _being_read,
    "not_yet_met": _not_yet_met,
    "certified_by_assessor": _certified_by_assessor,
    "certified_by_employer": _certified_by_employer,
    "in_the_middle": _in_the_middle,
    "text_sent_back": _text_sent_back,
    "with_prior_learning": _with_prior_learning,
    "all_seven": _all_seven,
    "all_seven_certified": _all_seven_certified,
    "before_a_job": _before_a_job,
    "knows_it_all": _knows_it_all,
}
