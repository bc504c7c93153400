"""What somebody tries to get a standard signed off, or to read, that is not theirs: past the pages, and at once."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYet
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import allocating, places, places_opening
from lms.assessment.competence import reviews, ties
from lms.assessment.competence import services as competence
from lms.assessment.competence.models import RelationRow
from lms.assessment.competence.rules import Mark, Relation
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.latest import latest_of
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.rules import ReviewOutcome, ReviewPart
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.models import Evidence, EvidenceLine
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.links import services as links
from lms.assessment.media import services as media
from lms.assessment.media.rules import MB, FileKind, InIt
from lms.assessment.quality.appeals import services as appeals
from lms.assessment.rules import Judgement
from lms.assessment.together import services as together
from lms.assessment.visits import packing
from lms.assessment.visits.rules import Came, Why
from lms.assessment.visits.texts import SAYS
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import N_, NotFound, Refused
from lms.learning import queries as learning
from lms.people import queries as people_queries
from lms.people import services as people
from lms.people import sessions
from lms.people.rules import Role
from tests.assessment.practising import Practice, practice, second_assessor
from tests.assessment.visits.conftest import Phone
from tests.clients import Browser
from tests.conftest import StandingClock
from tests.world import World

__all__ = ["practice"]

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
LINE, OTHER_LINE = "5.4a", "1.1c"
BOTH = "1.1c"
"""A line whose key stands in both editions, and says other things in each."""


def meanwhile(first: Callable[[Db], object], then: Callable[[], object], house: House) -> Future[object]:
    """Do the first in a transaction; somebody else begins with the second before it ends. Gives what that came to."""
    with ThreadPoolExecutor(1) as pool, house.database.writing() as db:
        first(db)
        future = pool.submit(then)
        wait([future], timeout=0.7)
        db.commit()
    return future


def narrow(db: Db, practice: Practice, world: World, *units: str) -> UUID:
    """Another assessor of the college, given for some units alone."""
    then = practice.now - timedelta(days=15)
    person = people.add_person(db, name="Una Unit", email="una@example.com", by=None, now=then)
    people.give_role(
        db, person_id=person, organisation_id=world.college, role=Role.ASSESSOR, by=None, now=then,
        since=london_day(then),
    )  # fmt: skip
    allocating.allocate_assessor(
        db, enrolment_id=practice.enrolment, assessor_id=person, since=london_day(then), by=world.coordinator,
        now=then, units=units,
    )  # fmt: skip
    return person


@on_sqlite
def test_nobody_makes_a_piece_of_another_unit_theirs_by_saying_that_it_speaks_to_one_of_theirs(
    db: Db, practice: Practice, world: World
) -> None:
    piece = practice.offer(db, world.assessor, (LINE,))
    una = narrow(db, practice, world, "CC1")
    with pytest.raises(NotFound):
        evidence.speak_to(db, evidence_id=piece, lines=[OTHER_LINE], by=una, now=practice.now)
    evidence.speak_to(db, evidence_id=piece, lines=[OTHER_LINE], by=world.assessor, now=practice.now)
    with pytest.raises(NotFound):  # now they read it; the other unit is still not theirs
        evidence.speak_to(db, evidence_id=piece, lines=["5.4b"], by=una, now=practice.now)


@on_sqlite
def test_a_coordinator_does_not_lift_a_bar_that_stands_against_themselves(
    db: Db, practice: Practice, world: World
) -> None:
    ties.declare(
        db, person_id=world.assessor, learner_id=world.pa, relation=Relation.RELATIVE, by=world.pa, now=practice.now
    )
    people.give_role(
        db, person_id=world.assessor, organisation_id=world.authority, role=Role.COORDINATOR, by=None,
        now=practice.now, since=london_day(practice.now) - timedelta(days=30),
    )  # fmt: skip
    tie = db.scalars(select(RelationRow.id).where(RelationRow.relation == Relation.RELATIVE)).one()
    over = {"relation_id": tie, "last_day": practice.yesterday, "reason": "It is over.", "now": practice.now}
    with pytest.raises(NotFound):
        ties.end(db, by=world.assessor, **over)
    ties.end(db, by=world.coordinator, **over)


@on_sqlite
def test_whose_part_has_ended_sends_no_more_links(
    db: Db, practice: Practice, world: World, clock: StandingClock
) -> None:
    una = narrow(db, practice, world, "CC1")
    whom = links.Whom(key=links.WITNESS, name="Nia Nurse", relation="nurse", email="nia@nhs.example")
    asked = {"enrolment_id": practice.enrolment, "whom": whom, "by": una, "now": practice.now}
    with pytest.raises(NotFound):
        links.ask(db, id=uuid4(), unit="CC5", lines=[LINE], **asked)
    link = links.ask(db, id=uuid4(), unit="CC1", lines=[OTHER_LINE], **asked)
    people.end_role(
        db, person_id=una, organisation_id=world.college, role=Role.ASSESSOR, by=world.admin, now=practice.now,
        until=practice.yesterday,
    )  # fmt: skip
    with pytest.raises(NotFound):
        links.send_again(db, link_id=link, by=una, now=practice.now)


def start_again(db: Db, practice: Practice, clock: StandingClock) -> None:
    """The learner changes to the older edition, in which nothing is recorded."""
    clock.on(hours=1)
    enrolment = learning.enrolment(db, practice.enrolment)
    places_opening.open_standards(
        db, enrolment_id=practice.enrolment, framework="cc-2015", by=enrolment.learner_id, now=clock()
    )


@on_sqlite
def test_an_edition_in_which_somebody_was_asked_or_something_was_begun_stays(
    house: House, practice: Practice, world: World, clock: StandingClock
) -> None:
    whom = links.Whom(key=links.WITNESS, name="Nia Nurse", relation="nurse", email="nia@nhs.example")
    about = {"enrolment_id": practice.enrolment, "unit": "CC1", "now": clock()}
    part = together.Part(
        kind=EvidenceKind.PROFESSIONAL_DISCUSSION,
        on=practice.yesterday,
        text="They said.",
        asked="What?",
        lines=(BOTH,),
    )

    def asks(db: Db) -> None:
        links.ask(db, id=uuid4(), lines=[BOTH], whom=whom, by=world.pa, **about)

    def sits(db: Db) -> None:
        for person, secret in ((world.assessor, "dai walks four dogs"), (world.pa, "pat keeps three owls")):
            sessions.set_password(db, person_id=person, password=secret, by=person, now=clock())
        together.start(db, id=uuid4(), part=part, by=world.assessor, **about)

    for begins in (asks, sits):
        with house.database.unit(writing=True) as db:
            begins(db)
            with pytest.raises(Refused, match="so it stays"):
                start_again(db, practice, clock)
            db.rollback()


@on_sqlite
def test_what_was_taken_along_in_one_edition_is_kept_and_no_evidence_in_another(
    db: Db, practice: Practice, world: World, clock: StandingClock
) -> None:
    viewer = people_queries.viewer_of(db, world.assessor, london_day(clock()))
    assert viewer is not None
    pack = packing.take_along(db, enrolment_ids=[practice.enrolment], viewer=viewer, language="en", say=N_, now=clock())
    start_again(db, practice, clock)
    phone = Phone(world.assessor, UUID(pack["learners"][0]["taken"]), pack, clock())
    seen = phone.observation(lines=(BOTH,), at=int(clock().timestamp() * 1000))
    [outcome] = phone.send(db, seen)
    assert outcome.came is Came.KEPT
    assert outcome.says is not None
    assert outcome.says.message == SAYS[Why.OTHER_LINES]
    assert db.scalar(select(func.count()).select_from(Evidence)) == 0


def test_no_decision_rests_on_a_piece_that_is_withdrawn_in_the_same_moment(
    house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        piece = practice.offer(db, world.assessor, (LINE,))

    def decides() -> None:
        with house.database.writing() as db:
            evidence.speak_to(db, evidence_id=piece, lines=[OTHER_LINE], by=world.assessor, now=practice.now)
        with house.database.writing() as db:
            practice.decide(db, world.assessor, piece, (OTHER_LINE,), Judgement.MET)

    came = meanwhile(
        lambda db: evidence.withdraw_evidence(
            db, evidence_id=piece, reason="Not so.", by=world.assessor, now=practice.now
        ),
        decides,
        house,
    )
    with pytest.raises(Refused):
        came.result()
    with house.database.reading() as db:
        assert db.scalars(select(Decision.id)).all() == []
        assert db.scalars(select(EvidenceLine.line)).all() == [LINE]


def test_a_countersignature_and_a_sample_at_once_wait_for_each_other_and_never_in_a_ring(
    house: House, practice: Practice, world: World
) -> None:
    with house.database.writing() as db:
        second = second_assessor(db, practice, world)
        for person, mark in ((second, Mark.EXPERIENCED), (world.assessor, Mark.WATCHED)):
            competence.mark(
                db, person_id=person, authority_id=world.authority, mark=mark, reason="So.", by=world.coordinator,
                now=practice.now,
            )  # fmt: skip
        piece = practice.offer(db, world.assessor, (LINE,))
        practice.decide(db, world.assessor, piece, (LINE,), Judgement.MET)
        decision = latest_of(db, practice.enrolment)[LINE].id

    def countersigns() -> None:
        with house.database.writing() as db:
            reviews.countersign(
                db, decision_id=decision, outcome=ReviewOutcome.AGREED, word="Yes.", action="", due_on=None,
                by=second, now=practice.now,
            )  # fmt: skip

    with ThreadPoolExecutor(1) as pool:
        with house.database.writing() as db:
            places.hold(db, learning.enrolment(db, practice.enrolment), "CC5", now=practice.now)
            future = pool.submit(countersigns)
            with pytest.raises(NotYet):
                future.result(timeout=0.7)
            deciding.review(
                db, decision_id=decision, part=ReviewPart.SAMPLE, outcome=ReviewOutcome.AGREED, by=world.coordinator,
                now=practice.now,
            )  # fmt: skip
        future.result(timeout=30)


def test_many_uploads_begun_at_once_pass_no_limit(house: House, practice: Practice, world: World) -> None:
    def begins(_number: int) -> str:
        try:
            with house.database.writing() as db:
                media.begin_upload(
                    db,
                    person_id=world.pa,
                    authority_id=world.authority,
                    length=190 * MB,
                    kind=FileKind.VIDEO,
                    name="VID 1",
                    fingerprint="f",
                    in_it=InIt.NOBODY,
                    allowed=True,
                    now=practice.now,
                )
        except Refused as refusal:
            return refusal.message
        return "begun"

    with ThreadPoolExecutor(12) as pool:
        came = list(pool.map(begins, range(12)))
    assert came.count("begun") == 3


@on_sqlite
def test_whoever_signs_a_standard_off_is_asked_whether_they_are_close_first(
    house: House, practice: Practice, world: World, browser_for: Callable[..., Browser]
) -> None:
    with house.database.writing() as db:
        una = narrow(db, practice, world, "CC5")
    answer = browser_for(una).get(f"/sign-off/{practice.enrolment}/CC5")
    assert answer.status_code == 302
    assert answer.location.startswith(f"/assess/{practice.enrolment}/tie")


@on_sqlite
def test_the_number_of_somebody_elses_link_tells_nobody_whom_they_asked(
    db: Db, practice: Practice, world: World
) -> None:
    whom = links.Whom(key=links.WITNESS, name="Nia Nurse", relation="nurse", email="nia@nhs.example")
    asked = {"id": uuid4(), "unit": "CC5", "lines": [LINE], "whom": whom, "now": practice.now}
    links.ask(db, enrolment_id=practice.enrolment, by=world.assessor, **asked)
    links.ask(db, enrolment_id=practice.enrolment, by=world.assessor, **asked)
    with pytest.raises(NotFound):
        links.ask(db, enrolment_id=practice.second, by=world.second_pa, **asked)


@on_sqlite
def test_a_quality_assurer_names_an_assessor_as_second_person(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, (LINE,))
    practice.decide(db, world.assessor, piece, (LINE,), Judgement.NOT_YET_MET, feedback="Ask first.")
    decision = latest_of(db, practice.enrolment)[LINE].id
    appeal = appeals.ask(db, id=uuid4(), decision_id=decision, why="I did ask.", by=world.pa, now=practice.now)
    una = narrow(db, practice, world, "CC1")
    about = {"appeal_id": appeal, "by": world.quality_assurer, "now": practice.now}
    appeals.acknowledge(db, id=uuid4(), **about)
    appeals.name_second(db, id=uuid4(), second_id=una, **about)


@on_sqlite
def test_nobody_signs_off_what_only_words_and_knowledge_of_others_stand_for(
    db: Db, practice: Practice, world: World
) -> None:
    """A piece of another learner, of another enrolment, or none at all carries nothing; nor does a second role."""
    other = evidence.offer_evidence(
        db, id=uuid4(), enrolment_id=practice.second, by=world.second_pa, now=practice.now,
        offer=evidence.Offer(
            kind=EvidenceKind.REFLECTIVE_ACCOUNT, on=practice.yesterday, text="Mine.", lines=(LINE,)
        ),
    )  # fmt: skip
    with pytest.raises(NotFound):
        practice.decide(db, world.assessor, other, (LINE,), Judgement.MET)
    own = practice.offer(db, world.assessor, (LINE,))
    met = deciding.Deciding(LINE, Judgement.MET, rests_on=own, beside=(other,), five=deciding.ALL_FIVE)
    with pytest.raises(NotFound):
        deciding.decide(
            db, id=uuid4(), enrolment_id=practice.enrolment, decisions=[met], by=world.assessor, now=practice.now
        )
    people.give_role(
        db, person_id=world.pa, organisation_id=world.employer, role=Role.REPRESENTATIVE, by=None, now=practice.now,
        since=practice.yesterday,
    )  # fmt: skip
    with pytest.raises(Refused, match="your own work"):
        practice.decide(db, world.pa, own, (LINE,), Judgement.MET)
    with pytest.raises((Refused, NotFound)):
        practice.offer(db, world.pa, (LINE,))
