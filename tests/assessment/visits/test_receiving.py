"""Taking what waited on an assessor's phone: nothing is lost, nothing doubled, and nothing is decided by it."""

import random
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.models import Decision, DecisionDraft
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.evidence.services import Offer, offer_evidence
from lms.assessment.rules import Judgement, Setting
from lms.assessment.visits import queries, services, settling, waits
from lms.assessment.visits.models import VisitThing
from lms.assessment.visits.rules import MOST_A_DAY, Came, How, Why
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.learning.models import Enrolment
from lms.people import queries as people
from lms.people import services as people_services
from tests.assessment.conftest import CRITERION, Course
from tests.assessment.visits.conftest import Phone
from tests.world import World

Take = Callable[..., Phone]
DAY = timedelta(days=1)


def drafts(db: Db) -> list[DecisionDraft]:
    return list(db.scalars(select(DecisionDraft)))


def end_allocation(db: Db, course: Course, world: World, *, days_ago: int) -> None:
    allocating.end_allocation(
        db, allocation_id=course.allocation, by=world.coordinator, now=course.now - days_ago * DAY
    )


def test_what_was_seen_becomes_evidence_and_a_draft_and_no_decision(db: Db, course: Course, take: Take) -> None:
    phone = take(db)
    seen = phone.observation()
    said = phone.draft(seen.id, reason="Asked first.")
    assert [each.came for each in phone.send(db, said, seen)] == [Came.SAVED, Came.SAVED]
    (piece,) = evidence_of(db, course.enrolment)
    assert (piece.id, piece.way, piece.part, piece.kind) == (
        seen.id, Way.VISIT, Part.ASSESSOR, EvidenceKind.DIRECT_OBSERVATION,
    )  # fmt: skip
    assert piece.carries
    assert piece.on == london_day(course.now)
    (draft,) = drafts(db)
    assert (draft.line, draft.rests_on, draft.way, draft.reason) == (CRITERION, seen.id, Way.VISIT, "Asked first.")
    assert db.scalar(select(func.count()).select_from(Decision)) == 0
    about = queries.about(db, [seen.id])[seen.id]
    assert about.clock == "10:30"
    assert about.recorded_at == course.now - timedelta(minutes=60) + timedelta(milliseconds=1)
    assert about.received_at == course.now


def test_what_was_sent_twice_is_there_once(db: Db, course: Course, take: Take) -> None:
    phone = take(db)
    seen = phone.observation()
    said = phone.draft(seen.id)
    phone.send(db, seen, said)
    assert [each.came for each in phone.send(db, seen, said)] == [Came.THERE, Came.THERE]
    assert len(evidence_of(db, course.enrolment)) == len(drafts(db)) == 1
    (other,) = phone.send(db, seen.model_copy(update={"text": "Something else"}))
    assert other.came is Came.REFUSED


def test_a_draft_waits_for_its_observation(db: Db, take: Take) -> None:
    phone = take(db)
    seen = phone.observation()
    said = phone.draft(seen.id)
    assert [each.came for each in phone.send(db, said)] == [Came.WAIT]
    phone.send(db, seen)
    assert [each.came for each in phone.send(db, said)] == [Came.SAVED]


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_sending_loses_or_doubles_anything(db: Db, course: Course, take: Take, seed: int) -> None:
    phone, tablet = take(db), take(db)
    seen = [phone.observation(text=f"The {n}. time.") for n in range(3)]
    things = [*seen, *(phone.draft(each.id, reason=str(n)) for n, each in enumerate(seen))]
    last = things[-1]
    other = tablet.observation(text="On a tablet.")
    things += [other, tablet.draft(other.id, reason="tablet")]
    order = random.Random(seed)  # noqa: S311  which order is tried is no secret
    left = [*things]
    while left:
        some = order.sample(left, k=order.randint(1, len(left)))
        again = order.sample(things, k=1) if order.random() < 0.5 else []
        outcomes = {
            each.id: each.came for each in phone.send(db, *{each.id: each for each in [*some, *again]}.values())
        }
        left = [each for each in left if each not in some or outcomes[each.id] is Came.WAIT]
    assert {piece.text for piece in evidence_of(db, course.enrolment)} == {
        "The 0. time.", "The 1. time.", "The 2. time.", "On a tablet.",
    }  # fmt: skip
    came = {row.id: row.came for row in db.scalars(select(VisitThing))}
    assert set(came) == {each.id for each in things}
    # Of one phone the newest stands; the other's meets it, or the other way round. Both are kept.
    (draft,) = drafts(db)
    (meets,) = queries.meetings_of(db, phone.by)
    assert {draft.reason, queries.draft_in(meets.row).reason} == {"2", "tablet"}
    assert came[last.id] in {Came.SAVED, Came.MEETS}


def test_a_clock_that_is_years_off_changes_nothing(db: Db, course: Course, take: Take) -> None:
    phone = take(db)
    off = 400 * DAY
    seen = phone.observation(days_ago=1)
    seen = seen.model_copy(update={"at": seen.at - round(off.total_seconds() * 1000)})
    services.take(db, [seen], by=phone.by, now=course.now, phone_now=course.now - off)
    (piece,) = evidence_of(db, course.enrolment)
    assert piece.on == london_day(course.now) - DAY


def test_what_was_seen_while_it_was_theirs_is_a_record_once_it_is_not(
    db: Db, course: Course, world: World, take: Take
) -> None:
    phone = take(db)
    seen = phone.observation(on=london_day(course.now) - 3 * DAY)
    said = phone.draft(seen.id)
    end_allocation(db, course, world, days_ago=2)
    one, two = phone.send(db, seen, said)
    assert (one.came, one.says is not None) == (Came.SAVED, True)
    assert two.came is Came.KEPT
    (piece,) = evidence_of(db, course.enrolment)
    assert not piece.carries
    assert piece.carries_for == frozenset()
    assert drafts(db) == []
    (kept,), total = queries.kept_in(db, [world.authority])
    assert (kept.row.id, kept.row.why, total) == (said.id, Why.TIE_ENDED, 1)


def test_so_it_is_when_the_part_as_assessor_has_ended(db: Db, course: Course, world: World, take: Take) -> None:
    phone = take(db)
    seen = phone.observation(on=london_day(course.now) - 5 * DAY)
    today = london_day(course.now)
    people_services.end_role(
        db, person_id=world.assessor, organisation_id=world.college, role="assessor", until=today - 2 * DAY,
        by=world.coordinator, now=course.now,
    )  # fmt: skip
    assert phone.send(db, seen)[0].came is Came.SAVED
    (piece,) = evidence_of(db, course.enrolment)
    assert not piece.carries


def test_what_was_seen_on_a_day_that_was_not_theirs_is_kept_for_a_coordinator_who_files_it(
    db: Db, course: Course, world: World, take: Take
) -> None:
    phone = take(db)
    seen = phone.observation(on=london_day(course.now))
    said = phone.draft(seen.id)
    end_allocation(db, course, world, days_ago=2)
    assert [each.came for each in phone.send(db, seen, said)] == [Came.KEPT, Came.KEPT]
    assert evidence_of(db, course.enrolment) == ()
    (kept,), total = queries.kept_in(db, [world.authority])
    assert (kept.row.id, kept.row.why, total) == (seen.id, Why.NO_TIE, 1)  # its draft stands with it
    found = queries.received(db, seen.id)
    assert queries.observation_in(found.row).text == seen.text
    assert [each.id for each in found.drafts] == [said.id]
    with pytest.raises(NotFound):
        settling.file(db, thing_id=seen.id, on=seen.on, by=world.other_coordinator, now=course.now)
    for _twice in range(2):
        settling.file(db, thing_id=seen.id, on=seen.on, by=world.coordinator, now=course.now)
    (piece,) = evidence_of(db, course.enrolment)
    assert (piece.by, piece.text, piece.carries, piece.on) == (world.assessor, seen.text, False, seen.on)
    assert drafts(db) == []
    assert queries.kept_in(db, [world.authority]) == ([], 0)
    with pytest.raises(Refused):
        settling.close(db, thing_id=seen.id, word="Not needed", by=world.coordinator, now=course.now)


def test_a_coordinator_closes_with_a_word(db: Db, course: Course, world: World, take: Take) -> None:
    phone = take(db)
    seen = phone.observation(on=london_day(course.now) + DAY)
    assert phone.send(db, seen)[0].came is Came.KEPT
    with pytest.raises(Refused):
        settling.close(db, thing_id=seen.id, word=" ", by=world.coordinator, now=course.now)
    for _twice in range(2):
        settling.close(db, thing_id=seen.id, word="Entered twice.", by=world.coordinator, now=course.now)
    found = queries.received(db, seen.id)
    assert found.settled is not None
    assert (found.settled.how, found.settled.word) == (How.CLOSED, "Entered twice.")
    (sent,) = queries.sent_by(db, world.assessor)
    assert sent.settled is not None


def test_a_learner_who_left_meanwhile_and_lines_that_are_not_theirs(
    db: Db, course: Course, world: World, take: Take
) -> None:
    phone = take(db)
    strange = phone.observation(lines=(CRITERION, "9.9z"))
    assert phone.send(db, strange)[0].came is Came.KEPT
    found = queries.received(db, strange.id)
    assert (found.row.why, [line.key for line in found.lines], found.gone) == (Why.OTHER_LINES, [CRITERION], ("9.9z",))
    db.get_one(Enrolment, course.enrolment).ended_at = course.now
    seen = phone.observation()
    phone.send(db, seen)
    assert queries.received(db, seen.id).row.why is Why.LEFT
    with pytest.raises(Refused):
        settling.file(db, thing_id=seen.id, on=london_day(course.now), by=world.coordinator, now=course.now)


def test_a_unit_signed_off_meanwhile_keeps_what_was_seen_beside_the_record(
    db: Db, course: Course, world: World, take: Take
) -> None:
    phone = take(db)
    course.look(db, world.assessor)
    course.sign(db, world.assessor)
    seen = phone.observation()
    said = phone.draft(seen.id)
    one, two = phone.send(db, seen, said)
    assert (one.came, two.came) == (Came.SAVED, Came.KEPT)
    assert two.says is not None
    assert drafts(db) == []


def _here(db: Db, course: Course, by: object, reason: str) -> None:
    """A draft of the same line, made on line on something seen on line."""
    offer = Offer(
        EvidenceKind.DIRECT_OBSERVATION, london_day(course.now), "Seen on line.", (CRITERION,), Setting.OWN_HOME
    )
    piece = offer_evidence(db, id=uuid4(), enrolment_id=course.enrolment, offer=offer, by=by, now=course.now)  # type: ignore[arg-type]
    said = Deciding(CRITERION, Judgement.MET, reason, "", piece, (), ALL_FIVE)
    deciding.draft(db, enrolment_id=course.enrolment, deciding=said, by=by, now=course.now)  # type: ignore[arg-type]


def test_a_draft_changed_on_line_meanwhile_meets_and_a_person_chooses(
    db: Db, course: Course, world: World, take: Take
) -> None:
    phone = take(db)
    seen = phone.observation()
    said = phone.draft(seen.id, reason="On the phone")
    _here(db, course, world.assessor, "On line")
    assert [each.came for each in phone.send(db, seen, said)] == [Came.SAVED, Came.MEETS]
    (found,) = queries.meetings_of(db, world.assessor)
    assert found.row.why is Why.DRAFT_CHANGED
    assert [draft.reason for draft in drafts(db)] == ["On line"]
    seen_here = settling.here(db, course.enrolment, CRITERION, world.assessor)
    with pytest.raises(NotFound):
        settling.choose(db, thing_id=said.id, use=True, seen=seen_here, by=world.other_assessor, now=course.now)
    with pytest.raises(Refused):
        settling.choose(db, thing_id=said.id, use=True, seen="x/", by=world.assessor, now=course.now)
    for _twice in range(2):
        settling.choose(db, thing_id=said.id, use=True, seen=seen_here, by=world.assessor, now=course.now)
    db.expire_all()
    assert [draft.reason for draft in drafts(db)] == ["On the phone"]
    assert queries.meetings_of(db, world.assessor) == []
    assert queries.draft_in(queries.meeting(db, said.id, world.assessor).row).reason == "On the phone"


def test_a_draft_that_was_taken_along_is_changed_on_the_phone_without_meeting(
    db: Db, course: Course, world: World, take: Take
) -> None:
    _here(db, course, world.assessor, "On line")
    phone = take(db)
    seen = phone.observation()
    assert phone.stand(CRITERION)["draft"]["reason"] == "On line"
    phone.send(db, seen, phone.draft(seen.id, reason="Changed on the phone"))
    db.expire_all()
    assert [draft.reason for draft in drafts(db)] == ["Changed on the phone"]
    phone.send(db, phone.draft(seen.id, reason="And again, from the same pack"))
    db.expire_all()
    assert [draft.reason for draft in drafts(db)] == ["And again, from the same pack"]


def test_a_decision_made_meanwhile_meets(db: Db, course: Course, world: World, take: Take) -> None:
    phone = take(db)
    seen = phone.observation()
    said = phone.draft(seen.id, judgement="not_yet_met", feedback="Ask first.", five=(False,) * 5)
    course.look(db, world.employer_person)
    assert [each.came for each in phone.send(db, seen, said)] == [Came.SAVED, Came.MEETS]
    (found,) = queries.meetings_of(db, world.assessor)
    assert found.row.why is Why.DECIDED
    here = settling.here(db, course.enrolment, CRITERION, world.assessor)
    settling.choose(db, thing_id=said.id, use=False, seen=here, by=world.assessor, now=course.now)
    assert drafts(db) == []
    assert queries.meetings_of(db, world.assessor) == []


def test_nobody_sends_for_a_learner_they_did_not_take_along(db: Db, course: Course, world: World, take: Take) -> None:
    phone = take(db)
    seen = phone.observation()
    (strange,) = services.take(db, [seen], by=world.other_assessor, now=course.now, phone_now=course.now)
    assert strange.came is Came.REFUSED
    (none,) = phone.send(db, phone.observation(taken=uuid4()))
    assert none.came is Came.REFUSED
    assert list(db.scalars(select(VisitThing))) == []


def test_more_than_anybody_writes_in_a_day_waits(db: Db, take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_A_DAY > 100
    monkeypatch.setattr("lms.assessment.visits.rules.MOST_A_DAY", 2)
    phone = take(db)
    things = [phone.observation() for _n in range(3)]
    assert len(phone.send(db, *things)) == 2
    assert phone.send(db, things[2]) == []
    assert phone.send(db, things[2], now=phone.now + 2 * DAY)[0].came is Came.SAVED


def test_the_pack_holds_no_more_than_a_visit_needs(db: Db, course: Course, world: World, take: Take) -> None:
    course.look(db, world.employer_person, text="What the employer wrote, and nobody else's business.")
    pack = take(db).pack
    (learner,) = pack["learners"]
    assert learner["who"] == "Pat M."
    assert "Morgan" not in str(pack)
    assert "nobody else's business" not in str(pack)
    assert "@" not in str(pack)
    assert {unit["id"].split("/")[0] for unit in learner["units"]} == {"pai-practice"}


def test_only_those_allocated_today_are_taken_along(db: Db, course: Course, world: World, take: Take) -> None:
    end_allocation(db, course, world, days_ago=1)
    with pytest.raises(IndexError):
        take(db)


def test_what_a_person_has_to_settle_waits_in_their_queue(db: Db, course: Course, world: World, take: Take) -> None:
    phone = take(db)
    seen, odd = phone.observation(), phone.observation(on=london_day(course.now) + DAY)
    course.look(db, world.employer_person)
    phone.send(db, seen, odd, phone.draft(seen.id))

    def waiting(person: UUID) -> list[tuple[str, str]]:
        viewer = people.viewer_of(db, person, london_day(course.now))
        assert viewer is not None
        makers, on = (waits.two_versions, waits.received), london_day(course.now)
        return [(each.kind, each.endpoint) for make in makers for each in make(db, viewer, on)]

    assert waiting(world.assessor) == [("two_versions", "lms.visits.meet")]
    assert waiting(world.coordinator) == [("other", "lms.visits.received_one")]
    for other in (world.other_assessor, world.other_coordinator, world.pa, world.employer_person):
        assert waiting(other) == []
