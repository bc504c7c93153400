"""Drafting, finalising, deciding at once, and what a second person says."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.assessment.asking.models import AllocationUnit
from lms.assessment.competence import services as competence
from lms.assessment.competence import ties
from lms.assessment.competence.rules import Employers, Policy, Relation, Risk
from lms.assessment.deciding import queries, services
from lms.assessment.deciding.models import Decision, DecisionDraft, Sitting
from lms.assessment.deciding.rules import Counts, Five, ReviewOutcome, ReviewPart, Stand
from lms.assessment.deciding.services import ALL_FIVE, Deciding
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.models import Allocation, LearnerUnit
from lms.assessment.rules import Capacity, Judgement, Standing, UnitState
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.notifications.models import Notice
from tests.assessment.practising import Practice, leaves
from tests.assessment.reading import count, facts
from tests.world import World

LINES = ("12.1a", "12.1b", "12.1c")
MET = Judgement.MET


def met(line: str, piece: UUID | None, **given: Any) -> Deciding:
    return Deciding(line=line, judgement=MET, rests_on=piece, **{"five": ALL_FIVE} | given)


def draft(db: Db, practice: Practice, by: UUID, deciding: Deciding, **given: Any) -> UUID:
    asked = {"enrolment_id": practice.enrolment, "now": practice.now} | given
    return services.draft(db, deciding=deciding, by=by, **asked)


def finalise(db: Db, practice: Practice, by: UUID, **given: Any) -> UUID:
    asked = {"id": uuid4(), "enrolment_id": practice.enrolment, "lines": None, "now": practice.now} | given
    return services.finalise(db, by=by, **asked)


def stand(db: Db, practice: Practice, unit: str = "CC12") -> queries.UnitStand:
    return queries.stand_of(db, learning.enrolment(db, practice.enrolment))[unit]


def test_a_draft_is_nobodys_record_until_it_is_finalised(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    draft(db, practice, world.assessor, Deciding("12.1a", Judgement.NOT_YET_MET, feedback="Soon."))
    draft(db, practice, world.assessor, met("12.1a", piece, reason="Seen twice."))
    assert count(db, DecisionDraft) == 1, "the later one took its place"
    assert stand(db, practice).lines["12.1a"].stand is Stand.OFFERED
    assert queries.decisions_of(db, practice.enrolment) == ()
    (kept,) = queries.drafts_of(db, practice.enrolment, world.assessor)
    assert (kept.deciding.reason, kept.deciding.five, kept.saw) == ("Seen twice.", ALL_FIVE, None)

    once = uuid4()
    assert finalise(db, practice, world.assessor, id=once) == once
    assert finalise(db, practice, world.assessor, id=once) == once
    assert (count(db, DecisionDraft), count(db, Sitting), count(db, Decision)) == (0, 1, 1)
    with pytest.raises(Refused, match="nothing left to finalise"):
        finalise(db, practice, world.assessor)
    found = stand(db, practice)
    assert (found.lines["12.1a"].stand, found.state, found.met) == (Stand.MET, UnitState.NOT_SEEN, 1)
    (fact,) = facts(db, "DecisionsFinalised")
    assert (fact.data["units"], fact.data["met"], fact.data["others"]) == (["CC12"], 1, 0)
    assert "Seen twice" not in str([row.data for row in facts(db, "CriterionJudged")])


def test_all_or_nothing(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES[:2])
    draft(db, practice, world.assessor, met("12.1a", piece))
    draft(db, practice, world.assessor, met("12.1b", piece, five=Five(valid=True)))
    with pytest.raises(Refused, match=r"12\.1b: to decide “met”"):
        finalise(db, practice, world.assessor)
    assert (count(db, Sitting), count(db, Decision), count(db, DecisionDraft)) == (0, 0, 2)
    finalise(db, practice, world.assessor, lines=["12.1a"])
    assert (count(db, Decision), count(db, DecisionDraft)) == (1, 1)


def test_a_later_decision_supersedes_and_nothing_is_overwritten(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, LINES, MET)
    assert stand(db, practice).state is UnitState.READY
    practice.decide(db, world.assessor, piece, ("12.1b",), Judgement.MORE_EVIDENCE, feedback="Show me once more.")
    found = stand(db, practice)
    assert (found.state, found.missing) == (UnitState.NOT_YET_MET, ("12.1b",))
    newest, older = [each for each in queries.decisions_of(db, practice.enrolment) if each.line == "12.1b"]
    assert (newest.turn, newest.counts) == (2, Counts.YES)
    assert (older.turn, older.counts) == (1, Counts.SUPERSEDED)


def test_the_row_of_the_unit_says_the_same(db: Db, practice: Practice, world: World) -> None:
    row = db.get_one(LearnerUnit, (practice.enrolment, "CC12"))
    assert (row.state, row.met, row.needed, row.module) == (UnitState.NOT_SEEN, 0, 3, "CCK-12")
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, LINES, MET)
    db.refresh(row)
    assert (row.state, row.met, row.changed_at) == (UnitState.READY, 3, practice.now)


@pytest.mark.parametrize(
    ("kind", "line", "says"),
    [
        (EvidenceKind.WITNESS_TESTIMONY, "12.1a", "may stand beside"),
        (EvidenceKind.SIMULATION, "5.4a", "cannot rest on a simulation"),
        (EvidenceKind.SIMULATION, "12.1a", None),
        (EvidenceKind.DIRECT_OBSERVATION, "5.4a", None),
        (EvidenceKind.DIRECT_OBSERVATION, "1.1a", "may stand beside"),
    ],
)
def test_met_rests_only_on_what_the_edition_allows(  # noqa: PLR0917
    db: Db, practice: Practice, world: World, kind: EvidenceKind, line: str, says: str | None
) -> None:
    piece = practice.offer(db, world.assessor, (line,), kind=kind)
    if says is None:
        practice.decide(db, world.assessor, piece, (line,), MET)
        return
    with pytest.raises(Refused, match=says):
        practice.decide(db, world.assessor, piece, (line,), MET)


def test_met_does_not_rest_on_what_a_household_saw_that_may_not_decide(
    db: Db, practice: Practice, world: World
) -> None:
    home = practice.offer(db, world.employer_person, LINES)
    with pytest.raises(Refused, match="could not decide on it themself"):
        practice.decide(db, world.assessor, home, ("12.1a",), MET)
    own = practice.offer(db, world.assessor, LINES)
    services.decide(
        db,
        id=uuid4(),
        enrolment_id=practice.enrolment,
        decisions=[met("12.1a", own, beside=(home, own, home))],
        by=world.assessor,
        now=practice.now,
    )
    (decided,) = queries.decisions_of(db, practice.enrolment)
    assert decided.beside == (home,)


def test_pieces_and_lines_of_others_are_not_found(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, ("12.1a",))
    for line, rests_on in (("12.1b", piece), ("12.1a", uuid4()), ("99.9z", piece), ("PAI-1-P.1", piece)):
        with pytest.raises(NotFound):
            practice.decide(db, world.assessor, rests_on, (line,), MET)
    with pytest.raises(NotFound):
        draft(db, practice, world.assessor, met("12.1a", uuid4()))
    with pytest.raises(NotFound):
        services.decide(
            db,
            id=uuid4(),
            enrolment_id=practice.enrolment,
            decisions=[met("12.1a", piece, beside=(uuid4(),))],
            by=world.assessor,
            now=practice.now,
        )


def test_strangers_and_ones_own_work(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    for name in "other_assessor coordinator quality_assurer admin second_pa other_employer_person".split():
        with pytest.raises(NotFound):
            practice.decide(db, getattr(world, name), piece, ("12.1a",), MET)
        with pytest.raises(NotFound):
            draft(db, practice, getattr(world, name), met("12.1a", piece))
    for call in (practice.decide, lambda *_: draft(db, practice, world.pa, met("12.1a", piece))):
        with pytest.raises(Refused, match="Somebody else has to"):
            call(db, world.pa, piece, ("12.1a",), MET)


def test_outside_their_standing_they_record_and_do_not_decide(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, ("13.3c",))
    draft(db, practice, world.assessor, met("13.3c", piece))
    with pytest.raises(Refused, match="Nobody has recorded yet"):
        finalise(db, practice, world.assessor)
    home = practice.offer(db, world.employer_person, LINES)
    with pytest.raises(Refused, match="an assessor decides on the standards"):
        practice.decide(db, world.employer_person, home, ("12.1a",), MET)


def test_a_relative_who_says_so_later_decides_nothing_more(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, ("12.1a",), MET)
    ties.declare(
        db,
        person_id=world.assessor,
        learner_id=world.pa,
        relation=Relation.RELATIVE,
        by=world.assessor,
        now=practice.now,
    )
    with pytest.raises(Refused, match="You are close to this person"):
        practice.decide(db, world.assessor, piece, ("12.1b",), MET)
    assert stand(db, practice).lines["12.1a"].stand is Stand.MET, "what was decided stays"


def test_a_withdrawn_enrolment_takes_no_decisions(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    draft(db, practice, world.assessor, met("12.1a", piece))
    leaves(db, practice.enrolment, practice.now)
    for call in (
        lambda: practice.decide(db, world.assessor, piece, ("12.1b",), MET),
        lambda: finalise(db, practice, world.assessor),
        lambda: draft(db, practice, world.assessor, met("12.1b", piece)),
    ):
        with pytest.raises(Refused, match="They have left"):
            call()


def test_who_did_not_see_the_latest_decision_is_asked_to_read_it(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    draft(db, practice, world.assessor, met("12.1a", piece))
    practice.decide(db, world.assessor, piece, ("12.1b",), MET)  # another line: nothing to do with it
    services.decide(
        db,
        id=uuid4(),
        enrolment_id=practice.enrolment,
        decisions=[Deciding("12.1c", Judgement.NOT_YET_MET, feedback="Ask.")],
        by=world.assessor,
        now=practice.now,
    )
    draft(db, practice, world.assessor, met("12.1c", piece), saw=None)
    with pytest.raises(Refused, match=r"decided on 12\.1c in the meantime"):
        finalise(db, practice, world.assessor)
    latest = stand(db, practice).lines["12.1c"].decision
    assert latest is not None
    finalise(db, practice, world.assessor, saw={"12.1c": latest.id})
    assert stand(db, practice).state is UnitState.READY


def test_the_same_sitting_twice_is_one_and_another_is_not_lost(db: Db, practice: Practice, world: World) -> None:
    piece, once = practice.offer(db, world.assessor, LINES), uuid4()

    def tap(line: str) -> UUID:
        return services.decide(
            db,
            id=once,
            enrolment_id=practice.enrolment,
            decisions=[met(line, piece)],
            by=world.assessor,
            now=practice.now,
        )

    assert tap("12.1a") == tap("12.1a") == once
    assert (count(db, Sitting), count(db, Decision)) == (1, 1)
    with pytest.raises(Refused, match="Open the page anew"):
        tap("12.1b")
    with pytest.raises(Refused, match="each criterion once"):
        services.decide(
            db,
            id=uuid4(),
            enrolment_id=practice.enrolment,
            decisions=[met("12.1a", piece), met("12.1a", piece)],
            by=world.assessor,
            now=practice.now,
        )


def countersigned(db: Db, practice: Practice, world: World) -> UUID:
    """A decision on standard 12 of an assessor whose first ones are countersigned."""
    policy = Policy(employers=Employers.NO, first=3)
    competence.set_policy(db, authority_id=world.authority, policy=policy, by=world.coordinator, now=practice.now)
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, ("12.1a",), MET)
    (decided,) = queries.decisions_of(db, practice.enrolment)
    assert decided.counts is Counts.WAITS_COUNTERSIGN
    assert Risk.NEW_ASSESSOR in decided.flags
    return decided.id


def review(db: Db, practice: Practice, decision_id: UUID, by: UUID, **given: Any) -> UUID:
    asked = {"part": ReviewPart.COUNTERSIGN, "outcome": ReviewOutcome.AGREED, "now": practice.now} | given
    return services.review(db, decision_id=decision_id, by=by, **asked)


SENT_BACK = {
    "outcome": ReviewOutcome.SENT_BACK,
    "word": "The day is missing.",
    "action": "Watch it again and say which day.",
}


def test_a_new_assessors_met_waits_for_a_countersignature(db: Db, practice: Practice, world: World) -> None:
    decided = countersigned(db, practice, world)
    assert stand(db, practice).lines["12.1a"].stand is Stand.WAITS_COUNTERSIGN
    once = review(db, practice, decided, world.quality_assurer)
    assert review(db, practice, decided, world.quality_assurer) == once
    assert stand(db, practice).lines["12.1a"].stand is Stand.MET
    with pytest.raises(Refused, match="already"):
        review(db, practice, decided, world.coordinator)
    row = db.get_one(LearnerUnit, (practice.enrolment, "CC12"))
    assert row.met == 1


def test_what_is_sent_back_counts_for_nothing_and_says_what_to_do(db: Db, practice: Practice, world: World) -> None:
    decided = countersigned(db, practice, world)
    today = london_day(practice.now)
    for lacking in ({"action": " "}, {"due_on": None}, {"due_on": today - timedelta(days=1)}):
        with pytest.raises(Refused, match=r"Write what should be done|Choose today"):
            review(db, practice, decided, world.quality_assurer, **{**SENT_BACK, "due_on": today, **lacking})
    review(db, practice, decided, world.quality_assurer, **SENT_BACK, due_on=today)
    found = stand(db, practice)
    assert (found.lines["12.1a"].stand, found.state) == (Stand.SENT_BACK, UnitState.NOT_YET_MET)
    assert found.lines["12.1a"].decision is not None
    (note,) = found.lines["12.1a"].decision.reviews
    assert (note.action, note.by_name) == ("Watch it again and say which day.", "Quinn Assurer")
    (fact,) = facts(db, "DecisionReviewed")
    assert "Watch it" not in str(fact.data)


def test_nobody_reviews_what_is_theirs_or_what_is_over(db: Db, practice: Practice, world: World) -> None:
    decided = countersigned(db, practice, world)
    for by in (world.assessor, world.pa):
        with pytest.raises(Refused, match="nobody reviews their own"):
            review(db, practice, decided, by)
    with pytest.raises(NotFound):
        review(db, practice, uuid4(), world.quality_assurer)
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, ("12.1a",), MET)
    with pytest.raises(Refused, match="A later decision took the place"):
        review(db, practice, decided, world.quality_assurer)


def test_a_learner_hears_once_of_a_sitting_and_reads_no_details(db: Db, practice: Practice, world: World) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    practice.decide(db, world.assessor, piece, LINES, MET)
    rows = [row for row in db.query(Notice).all() if row.kind == "decisions_made"]
    assert [(row.person_id, row.values) for row in rows] == [(world.pa, {})]


def test_shared_units_are_decided_by_those_they_were_given_to(db: Db, practice: Practice, world: World) -> None:
    allocation = db.scalars(select(Allocation.id).where(Allocation.enrolment_id == practice.enrolment)).one()
    db.add(AllocationUnit(allocation_id=allocation, unit="CC5"))
    db.flush()
    piece = practice.offer(db, world.assessor, ("5.4a", "12.1a"))
    practice.decide(db, world.assessor, piece, ("5.4a",), MET)
    with pytest.raises(NotFound):
        practice.decide(db, world.assessor, piece, ("12.1a",), MET)


def test_who_came_in_by_the_door_is_still_kept_to_the_units_that_are_theirs(
    db: Db, practice: Practice, world: World
) -> None:
    allocation = db.scalars(select(Allocation.id).where(Allocation.enrolment_id == practice.enrolment)).one()
    piece = practice.offer(db, world.assessor, LINES)
    draft(db, practice, world.assessor, met(LINES[0], piece))
    db.add(AllocationUnit(allocation_id=allocation, unit="CC5"))
    db.flush()
    enrolment = learning.enrolment(db, practice.enrolment)
    came = (enrolment, Standing(Capacity.ASSESSOR, world.authority))
    with pytest.raises(NotFound):
        finalise(db, practice, world.assessor, came=came, among={Capacity.ASSESSOR})


def test_how_somebody_came_in_says_nothing_where_several_capacities_are_asked(
    db: Db, practice: Practice, world: World
) -> None:
    piece = practice.offer(db, world.assessor, LINES)
    draft(db, practice, world.assessor, met(LINES[0], piece))
    came = (learning.enrolment(db, practice.enrolment), Standing(Capacity.ASSESSOR, world.employer))
    once = finalise(db, practice, world.assessor, came=came)
    assert db.get_one(Sitting, once).behalf != world.employer, "it was asked anew"
