"""Somebody hears what a learner knows: who may, what counts, and what never does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.assessment import allocating
from lms.assessment.knowledge import conversations, queries, services
from lms.assessment.knowledge.models import Conversation, KnowledgeShown
from lms.assessment.knowledge.rules import LONGEST_NOTE
from lms.assessment.knowledge.services import Heard
from lms.assessment.reading.queries import scope_of
from lms.assessment.reading.rules import As
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.learning import services as learning
from lms.learning.shown.rules import HowShown
from lms.learning.states import Judged
from lms.people import queries as people
from tests.assessment.knowledge.conftest import Knower
from tests.world import World

STRANGERS = (
    "second_pa",
    "employer_person",
    "representative",
    "assessor",
    "other_assessor",
    "other_coordinator",
    "quality_assurer",
    "admin",
)


def heard(knower: Knower, **other: Any) -> Heard:
    said = Heard(
        module="CCK-5",
        outcomes=("CCK-5-K1", "CCK-5-K2"),
        on=london_day(knower.now),
        asked="What does person-centred mean to you?",
        said="Starts from what the person wants. Gave the example of the morning.",
        judged=Judged.MET,
    )
    return replace(said, **other)


def hear(db: Db, knower: Knower, by: UUID, *, id: UUID | None = None, **other: Any) -> UUID:
    return services.hear(
        db, id=id or uuid4(), learner_id=knower.learner, heard=heard(knower, **other), by=by, now=knower.now
    )


def rows(db: Db) -> int:
    return db.scalar(select(func.count()).select_from(KnowledgeShown)) or 0


@pytest.fixture
def allocated(db: Db, knower: Knower, world: World) -> UUID:
    """The college's assessor looks at the PA's practice of the induction."""
    then = knower.now - timedelta(days=9)
    induction = learning.enrol(
        db, learner_id=world.pa, authority_id=world.authority, course="PAI", by=world.coordinator, now=then
    )
    allocating.allocate_assessor(
        db, enrolment_id=induction, assessor_id=world.assessor, since=london_day(then), by=world.coordinator, now=then
    )
    return world.assessor


def test_what_is_met_is_shown_in_the_learning_room_and_line_by_line(db: Db, knower: Knower, world: World) -> None:
    made = hear(db, knower, world.coordinator)
    found = queries.progress_of(db, knower.learner, knower.framework(db)).unit("CC5")
    assert found is not None
    shown = [line for line in found.lines if line.showings]
    assert len(shown) == 2
    (showing,) = shown[0].showings
    assert (showing.how, showing.source_id, showing.judged_by_name) == (
        HowShown.CONVERSATION,
        made,
        "Cora Coordinator",
    )
    talk = conversations.conversation(db, made)
    assert (talk.heard_by_name, talk.judged, talk.capacity) == ("Cora Coordinator", Judged.MET, As.COORDINATOR)
    assert len(talk.about) == 2


def test_an_allocated_assessor_hears_what_a_learner_knows(db: Db, knower: Knower, allocated: UUID) -> None:
    talk = conversations.conversation(db, hear(db, knower, allocated))
    assert talk.capacity is As.ASSESSOR
    assert rows(db) > 0


def test_an_allocated_assessor_reads_the_texts_of_this_course_too(db: Db, knower: Knower, allocated: UUID) -> None:
    viewer = people.viewer_of(db, allocated, london_day(knower.now))
    assert viewer is not None
    assert knower.enrolment in scope_of(db, viewer, london_day(knower.now)).enrolments


def test_not_yet_shows_nothing_and_says_why(db: Db, knower: Knower, world: World) -> None:
    with pytest.raises(Refused, match="still missing"):
        hear(db, knower, world.coordinator, judged=Judged.NOT_YET)
    made = hear(db, knower, world.coordinator, judged=Judged.NOT_YET, word="Say more about choice.")
    assert conversations.conversation(db, made).word == "Say more about choice."
    assert rows(db) == 0


def test_nobody_hears_themself(db: Db, knower: Knower) -> None:
    with pytest.raises(Refused, match="Somebody else"):
        hear(db, knower, knower.learner)


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_finds_nobody(db: Db, knower: Knower, world: World, who: str) -> None:
    with pytest.raises(NotFound):
        hear(db, knower, getattr(world, who))
    assert db.scalar(select(func.count()).select_from(Conversation)) == 0


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"outcomes": ()}, "what the conversation was about"),
        ({"outcomes": ("CCK-1-K1",)}, "what the conversation was about"),
        ({"asked": "  "}, "Note what you asked"),
        ({"said": ""}, "Note what you asked"),
        ({"said": "x" * (LONGEST_NOTE + 1)}, "characters"),
    ],
)
def test_what_is_refused(db: Db, knower: Knower, world: World, other: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        hear(db, knower, world.coordinator, **other)


@pytest.mark.parametrize("days", [1, -30])
def test_a_day_that_cannot_be_is_refused(db: Db, knower: Knower, world: World, days: int) -> None:
    with pytest.raises(Refused, match="day"):
        hear(db, knower, world.coordinator, on=london_day(knower.now + timedelta(days=days)))


def test_a_module_of_another_course_is_not_found(db: Db, knower: Knower, world: World) -> None:
    with pytest.raises(NotFound):
        hear(db, knower, world.coordinator, module="PAI-1")


def test_saved_twice_is_saved_once(db: Db, knower: Knower, world: World) -> None:
    once = uuid4()
    assert hear(db, knower, world.coordinator, id=once) == hear(db, knower, world.coordinator, id=once) == once
    with pytest.raises(Refused, match="before"):
        hear(db, knower, world.coordinator, id=once, said="Something else.")
    assert db.scalar(select(func.count()).select_from(Conversation)) == 1


def test_somebody_who_has_not_begun_cannot_be_heard(db: Db, world: World, knower: Knower) -> None:
    with pytest.raises(Refused, match="not begun"):
        hear(db, replace(knower, learner=world.second_pa), world.coordinator)
