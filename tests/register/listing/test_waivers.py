"""Waivers on a real database: who gives them, for what and how long, and what a listing does when they end."""

from datetime import timedelta
from uuid import uuid4

import pytest

from lms.core.clock import london_day
from lms.core.words import NotFound, Refused
from lms.register import services as records
from lms.register import standings
from lms.register.kinds import ListingState
from lms.register.listing import waivers
from lms.register.listing.waiving import SeenInstead, WaiverReason
from tests.register.listing.conftest import Life

State = ListingState
DAY = timedelta(days=1)


def _waive(life: Life, code: str, *, days: int = 30, **more: object) -> None:
    waivers.give(
        life.db,
        once=more.pop("once", None) or uuid4(),  # type: ignore[arg-type]
        code=code,
        reason=WaiverReason.DELAYED,
        seen=SeenInstead.LETTER,
        ends_on=london_day(life.now) + days * DAY,
        by=more.pop("by", life.world.register_manager),  # type: ignore[arg-type]
        now=life.now,
        **life.who,
    )


def test_a_waiver_lets_a_pa_be_listed_and_its_end_hides_them(life: Life) -> None:
    life.have_everything(lacks=("RM-MCA",))
    life.apply()
    life.move(State.CHECKING)
    once = uuid4()
    for _twice in range(2):
        _waive(life, "RM-MCA", once=once)
    life.move(State.LISTED)
    assert life.view().lapses_on == london_day(life.now) + 31 * DAY
    waivers.end(
        life.db, waiver_id=once, authority_id=life.world.authority, by=life.world.register_manager, now=life.now
    )
    assert life.state is State.LAPSED


def test_a_waiver_ends_exactly_after_its_last_day(life: Life) -> None:
    life.have_everything(lacks=("RM-MCA",))
    life.apply()
    life.move(State.CHECKING)
    _waive(life, "RM-MCA")
    life.move(State.LISTED)
    for days, state in ((30, State.LISTED), (31, State.LAPSED)):
        standings.reassess(life.db, now=life.now + days * DAY, **life.who)
        assert life.state is state


@pytest.mark.parametrize("code", ["RM-ID", "RM-RTW", "RM-DECL", "RM-DBS-CH"])
def test_some_kinds_are_never_waived(life: Life, code: str) -> None:
    with pytest.raises(Refused, match="Nobody can do without"):
        _waive(life, code)


@pytest.mark.parametrize(("days", "said"), [(181, "at most 180 days"), (-1, "has passed")])
def test_a_waiver_has_its_bounds(life: Life, days: int, said: str) -> None:
    with pytest.raises(Refused, match=said):
        _waive(life, "RM-MCA", days=days)
    _waive(life, "RM-MCA", days=180)


def test_only_a_manager_gives_a_waiver_and_never_to_themselves(life: Life) -> None:
    with pytest.raises(Refused, match="Only a register manager"):
        _waive(life, "RM-MCA", by=life.world.register_officer)
    with pytest.raises(NotFound):
        _waive(life, "RM-MCA", by=life.world.other_coordinator)
    with pytest.raises(Refused, match="Somebody else"):
        _waive(life, "RM-MCA", by=life.pa)


def test_a_waiver_of_another_authority_is_not_found(life: Life) -> None:
    once = uuid4()
    _waive(life, "RM-MCA", once=once)
    with pytest.raises(NotFound):
        waivers.end(
            life.db,
            waiver_id=once,
            authority_id=life.world.other_authority,
            by=life.world.register_manager,
            now=life.now,
        )


def test_a_waiver_changes_nothing_while_a_disclosure_is_talked_about(life: Life) -> None:
    life.have_everything(lacks=("RM-DBS",))
    records.record_seen(
        life.db,
        once=uuid4(),
        code="RM-DBS",
        on=london_day(life.now),
        data={
            "level": "enhanced_adults_list",
            "workforce": "adult",
            "issue_date": london_day(life.now).isoformat(),
            "result": "has_content",
        },
        by=life.world.register_officer,
        now=life.now,
        **life.who,
    )
    life.apply()
    life.move(State.CHECKING)
    _waive(life, "RM-DBS")
    with pytest.raises(Refused, match="still missing"):
        life.move(State.LISTED)
