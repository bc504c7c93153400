"""Who can be whose mentor: worked cases, and whatever people there are."""

from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from lms.programme.mentors.rules import KEPT_FOR, Side, fit, is_forgotten, near, obstacle
from lms.programme.mentors.words import Kind, Obstacle
from tests.conftest import NOON

HOME, OTHER_HOME = UUID(int=7), UUID(int=8)
NEW = Side(UUID(int=1), Kind.PA, "en", "Millbrook", frozenset({HOME}))
OLD = Side(UUID(int=2), Kind.PA, "en", " millbrook ", frozenset({OTHER_HOME}))


def test_a_free_mentor_of_the_same_kind_can_be_it_and_fits() -> None:
    assert obstacle(NEW, OLD, apart=False, has=0, room=1) is None
    assert near(NEW, OLD)
    assert fit(NEW, OLD, wants_near=True) == (True, True)
    assert fit(NEW, OLD, wants_near=False) == (True, False)


def test_what_stands_in_the_way() -> None:
    same_home = Side(OLD.person_id, Kind.PA, "en", "", frozenset({HOME, OTHER_HOME}))
    assert obstacle(NEW, NEW, apart=False, has=0, room=1) is Obstacle.SELF
    assert obstacle(NEW, same_home, apart=False, has=0, room=1) is Obstacle.HOUSEHOLD
    assert obstacle(NEW, OLD, apart=True, has=0, room=1) is Obstacle.APART
    assert obstacle(NEW, OLD, apart=False, has=1, room=1) is Obstacle.FULL
    employer = Side(OLD.person_id, Kind.EMPLOYER, "en", "")
    assert obstacle(NEW, employer, apart=False, has=0, room=1) is Obstacle.OTHER_KIND


def test_who_names_no_place_is_near_nobody() -> None:
    nowhere = Side(UUID(int=3), Kind.PA, "en", "  ")
    assert not near(nowhere, nowhere)


def test_details_are_forgotten_ninety_days_after_the_end() -> None:
    assert not is_forgotten(None, NOON)
    assert not is_forgotten(NOON, NOON + KEPT_FOR - timedelta(seconds=1))
    assert is_forgotten(NOON, NOON + timedelta(days=90))


sides = st.builds(
    Side,
    st.sampled_from([UUID(int=number) for number in range(1, 4)]),
    st.sampled_from(Kind),
    st.sampled_from(["en", "cy"]),
    st.sampled_from(["", "Millbrook"]),
    st.frozensets(st.sampled_from([HOME, OTHER_HOME])),
)


@given(sides, sides, st.booleans(), st.integers(0, 3), st.integers(1, 3))
def test_nobody_of_one_household_apart_or_without_room_is_ever_matched(
    new: Side, old: Side, apart: bool, has: int, room: int
) -> None:
    free = obstacle(new, old, apart=apart, has=has, room=room) is None
    allowed = (
        new.person_id != old.person_id and new.kind is old.kind and not (new.homes & old.homes) and not apart
        and has < room
    )  # fmt: skip
    assert free == allowed
    assert free == (obstacle(old, new, apart=apart, has=has, room=room) is None), "the same, whoever is the mentor"
