"""What somebody tries with two records: to stand on the register twice, or to lose a suspension on the way."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from lms.core.db import Db
from lms.core.words import NotFound, Refused
from lms.register.kinds import ListingState
from lms.register.listing import removing, reviewing
from lms.register.listing.reasons import Reason
from lms.register.merging import services as merging
from lms.register.merging.reasons import UndoReason
from tests.register.listing.conftest import Life
from tests.register.merging.conftest import Link
from tests.world import World

State = ListingState


def test_a_record_that_was_linked_cannot_apply_by_itself(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    Life(db, world, now, world.pa).get_listed()
    made = link()
    other = Life(db, world, now, twin)
    with pytest.raises(Refused):
        other.apply()
    merging.undo(
        db,
        link_id=made,
        authority_id=world.authority,
        reason=UndoReason.TWO_PEOPLE,
        by=world.register_officer,
        now=now + timedelta(days=1),
    )
    other.apply()
    assert other.state is State.SUBMITTED


def test_a_review_that_changes_a_refusal_does_not_bring_a_linked_record_back(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    Life(db, world, now, world.pa).get_listed()
    other, review = Life(db, world, now, twin), uuid4()
    other.apply()
    other.move(State.CHECKING)
    other.move(State.REFUSED, reason=Reason.REQUIREMENTS_NOT_MET)
    reviewing.ask(db, once=review, now=now, **other.who)
    link()
    before = other.state
    who = {"authority_id": world.authority, "by": world.register_manager, "now": now}
    reviewing.answer(db, review_id=review, changed=True, **who)
    assert other.state is before


@pytest.mark.parametrize("notice", [False, True])
def test_a_suspension_or_notice_is_not_lost_with_the_record_that_leaves(
    db: Db, world: World, twin: UUID, link: Link, now: datetime, *, notice: bool
) -> None:
    bad, fresh = Life(db, world, now, world.pa), Life(db, world, now, twin)
    bad.get_listed()
    if notice:
        removing.remove(db, once=uuid4(), reason=Reason.CONDUCT_NOT_KEPT, by=world.register_manager, now=now, **bad.who)
    else:
        bad.move(State.SUSPENDED, reason=Reason.CONCERN)
    fresh.apply()
    with pytest.raises(Refused):
        link(kept_id=twin, other_id=world.pa)
    link(kept_id=world.pa, other_id=twin)
    assert bad.state is (State.LISTED if notice else State.SUSPENDED)


def test_no_record_is_its_own_double_and_links_go_in_no_circle(
    db: Db, world: World, twin: UUID, link: Link, now: datetime
) -> None:
    with pytest.raises(NotFound):
        link(other_id=world.pa)
    link()
    for kept, other in (
        (twin, world.pa),
        (twin, world.second_pa),
        (world.second_pa, twin),
        (world.second_pa, world.pa),
    ):
        with pytest.raises(Refused):
            link(kept_id=kept, other_id=other)
    for stranger in (world.other_pa, world.employer_person, uuid4()):
        with pytest.raises(NotFound):
            link(kept_id=stranger, other_id=world.second_pa)
