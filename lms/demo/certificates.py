"""People of the demonstration who hold certificates of every kind there is content for, and what became of some.

Somebody with the Care Certificate; somebody whose refresher has lapsed; a workshop whose certificates were withdrawn,
suspended and replaced by one with the right name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from lms.assessment.content import Frameworks
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement, Setting
from lms.assessment.signing.rules import Declaration, How
from lms.certification import services
from lms.certification.attendance import services as attendance
from lms.certification.attendance.rules import Place
from lms.certification.attendance.services import Held
from lms.certification.life import services as life
from lms.certification.life.reasons import SuspensionReason
from lms.certification.rules import WithdrawalReason
from lms.core.clock import london_day
from lms.core.shelves import shelf
from lms.demo import cast
from lms.demo.people import Stage
from lms.demo.practice import FRAMEWORK, Shower
from lms.demo.study import Learner
from lms.learning import services as learning
from lms.learning.leaving import leave

CERTIFIED, LAPSED = "Joy Mbeki", "Marta Silva"
SEEN = (
    "I was with her for three whole shifts in two weeks. She asked before each thing, and let J. decide. What each "
    "standard asks for I looked for by its code, and wrote down beside it when I saw it."
)
WORKSHOP = "Moving and assisting: an afternoon with a physiotherapist"


def hold(stage: Stage) -> None:
    """Everybody's certificates."""
    _the_care_certificate(stage)
    _a_lapsed_refresher(stage)
    _a_workshop(stage)


def _the_care_certificate(stage: Stage) -> None:
    """Joy: every standard seen at work and signed off, so the Care Certificate came by itself."""
    joy = Shower.begin(stage, CERTIFIED, "Leila Haddad", "HARBOURGATE", days_ago=30)
    framework = shelf(stage.db, Frameworks).framework(FRAMEWORK)
    lines = [line.key for unit in framework.units for line in unit.practice]
    seen = joy.offer(EvidenceKind.DIRECT_OBSERVATION, SEEN, lines, days_ago=20, setting=Setting.OWN_HOME)
    joy.decided(seen, lines, Judgement.MET, "Seen on each of three shifts.", days_ago=19)
    mine = Declaration("Leila Haddad", "assessor, Harbour Skills", How.TYPED)
    for number, unit in enumerate(framework.units):
        joy.signed(unit.code, mine, days_ago=18 - number / 100)


def _a_lapsed_refresher(stage: Stage) -> None:
    """Marta: the induction years ago, a refresher after it, and none since."""
    pa = next(each for each in cast.PAS if each.name == LAPSED)
    person, place = stage.persons[LAPSED], stage.places[pa.authority]
    coordinator, again = stage.persons["Carol Bennett"], stage.ago(1130)
    learner = Learner(stage.db, person, again)
    with _code_on_paper(stage, person):
        services.look_again(stage.db, person, stage.ago(1200))
        leave(stage.db, enrolment_id=learner.enrolment_id, by=coordinator, now=again)
        learning.enrol(stage.db, learner_id=person, authority_id=place, course="PAI", by=coordinator, now=again)
        learner.study_all("PAI-4", "PAI-6")


@contextmanager
def _code_on_paper(stage: Stage, person: UUID) -> Iterator[None]:
    """Marta signed the code of conduct on paper, years before the authority kept its register here."""
    outside = stage.db.info.get("grounds", {})
    on = london_day(stage.ago(1240))
    stage.db.info["grounds"] = {
        **outside,
        "conduct_accepted": lambda _db, who, _authority, _day: on if who == person else None,
    }
    try:
        yield
    finally:
        stage.db.info["grounds"] = outside


def _a_workshop(stage: Stage) -> None:
    """Four were written down; one had not been there, one is looked at, one had a wrong name."""
    by, place, workshop = stage.persons["Carol Bennett"], stage.places["RIVERMERE"], uuid4()
    held_on = stage.ago(12)
    held = Held(title=WORKSHOP, on=london_day(held_on), minutes=210, place=Place.IN_PERSON, led_by="Ines Castro")
    attendance.record_workshop(stage.db, id=workshop, authority_id=place, held=held, by=by, now=stage.ago(11))
    there = {name: stage.persons[name] for name in ("Rosa Delgado", "Dean Foster", "Femi Ogun", "Kelly Marsh")}
    attendance.note_attendance(
        stage.db, workshop_id=workshop, people_ids=set(there.values()), by=by, now=stage.ago(10.9)
    )
    now = stage.ago(10.8)
    issued: dict[UUID, UUID] = {}
    for line, person in attendance.settle(stage.db, workshop_id=workshop, by=by, now=now):
        came = services.issue(stage.db, kind="attendance", source_id=line, by=by, now=now)
        assert came.certificate_id is not None
        issued[person] = came.certificate_id
    life.withdraw(
        stage.db,
        id=uuid4(),
        certificate_id=issued[there["Dean Foster"]],
        reason=WithdrawalReason.ISSUED_IN_ERROR,
        word="You told us that you were ill that day. I am sorry for the mix-up: come to the next one.",
        by=by,
        now=stage.ago(8),
    )
    life.suspend(
        stage.db,
        id=uuid4(),
        certificate_id=issued[there["Femi Ogun"]],
        reason=SuspensionReason.FACTS_LOOKED_AT,
        word="Two lists of that day do not agree. I am asking Ines, and write to you this week.",
        by=by,
        now=stage.ago(3),
    )
    life.replace(
        stage.db,
        id=uuid4(),
        certificate_id=issued[there["Kelly Marsh"]],
        holder_name="Kelly Marsh-Okoro",
        word="Now with your married name, as you asked.",
        by=by,
        now=stage.ago(2),
    )
