"""Visits in the standards of the Care Certificate, where competence is recorded for each: what ends meanwhile."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import event, select

from lms.assessment.competence import services as competence
from lms.assessment.competence.models import CompetenceRow
from lms.assessment.deciding.models import DecisionDraft
from lms.assessment.evidence.queries import evidence_of
from lms.assessment.visits import packing, queries
from lms.assessment.visits.rules import Came, Why
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people import queries as people
from tests.assessment.practising import COMPETENT, Practice
from tests.assessment.visits.conftest import Phone
from tests.world import World

DAY = timedelta(days=1)


def take(db: Db, practice: Practice, world: World) -> Phone:
    viewer = people.viewer_of(db, world.assessor, london_day(practice.now))
    assert viewer is not None
    before = practice.now - timedelta(hours=3)
    pack = packing.take_along(db, enrolment_ids=[practice.enrolment], viewer=viewer, language="en", say=N_, now=before)
    return Phone(world.assessor, UUID(pack["learners"][0]["taken"]), pack, practice.now)


def line_of(phone: Phone, unit: str) -> str:
    """A line of a unit in the pack."""
    found = next(each for key, each in phone.pack["units"].items() if key.endswith(f"/{unit}"))
    return str(found["lines"][0]["key"])


def test_the_pack_says_where_one_may_decide_and_why_not_elsewhere(db: Db, practice: Practice, world: World) -> None:
    (learner,) = take(db, practice, world).pack["learners"]
    may = {unit["id"].split("/")[-1]: unit["may"] for unit in learner["units"]}
    assert {unit for unit, yes in may.items() if yes} == set(COMPETENT)
    assert all(bool(unit["why"]) is not unit["may"] for unit in learner["units"])


def test_one_activity_speaks_to_several_standards_and_carries_where_one_may_decide(
    db: Db, practice: Practice, world: World
) -> None:
    phone = take(db, practice, world)
    may, not_ = line_of(phone, "CC5"), line_of(phone, "CC2")
    seen = phone.observation(lines=(may, not_))
    drafts = [phone.draft(seen.id, line=may), phone.draft(seen.id, line=not_)]
    assert [each.came for each in phone.send(db, seen, *drafts)] == [Came.SAVED, Came.SAVED, Came.KEPT]
    (piece,) = evidence_of(db, practice.enrolment)
    assert piece.carries_for == {may}
    assert list(db.scalars(select(DecisionDraft.line))) == [may]


def test_competence_that_ended_meanwhile_keeps_a_record_and_makes_no_draft(
    db: Db, practice: Practice, world: World
) -> None:
    phone = take(db, practice, world)
    line = line_of(phone, "CC5")
    seen = phone.observation(lines=(line,))
    said = phone.draft(seen.id, line=line)
    row = db.scalars(select(CompetenceRow).where(CompetenceRow.unit == "CC5")).one()
    competence.end_competence(
        db, competence_id=row.id, last_day=practice.yesterday, reason="It ran out.", by=world.coordinator,
        now=practice.now,
    )  # fmt: skip
    one, two = phone.send(db, seen, said)
    assert (one.came, two.came) == (Came.SAVED, Came.KEPT)
    (piece,) = evidence_of(db, practice.enrolment)
    assert not piece.carries
    assert db.scalars(select(DecisionDraft)).all() == []
    (kept,), _total = queries.kept_in(db, [world.authority])
    assert (kept.row.why, queries.draft_in(kept.row).line) == (Why.MAY_NOT_DECIDE, line)


def test_a_pack_costs_no_more_for_more_lines_and_a_batch_grows_evenly(db: Db, practice: Practice, world: World) -> None:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(db.get_bind(), "before_cursor_execute", note)
    try:
        phone = take(db, practice, world)
    finally:
        event.remove(db.get_bind(), "before_cursor_execute", note)
    assert sum(statement.startswith("SELECT") for statement in asked) < 40
    assert len(phone.pack["learners"][0]["units"]) > 10
