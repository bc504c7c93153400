"""Who fits a request, and in which order: plain values, and properties of the order."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.asking.rules import (
    Day,
    Fit,
    Known,
    Profile,
    Wanted,
    fit,
    in_order,
    is_address,
    listed,
    place_of,
    still_open,
)
from lms.assessment.competence.rules import Relation

TODAY = date(2026, 11, 21)
WANTED = Wanted(units=("CC1", "CC5"), place="BS3", days=frozenset({Day.MONDAY}), language="Welsh")


def known(name: str = "Hannah", **given: object) -> Known:
    usual: dict[str, object] = {
        "person_id": uuid4(),
        "name": name,
        "competent": frozenset({"CC1", "CC5"}),
        "profile": Profile(places=("BS3",), most=5),
        "has": 0,
        "tie": None,
    }
    return Known(**usual | given)  # type: ignore[arg-type]


def fits(**given: object) -> Fit:
    return fit(WANTED, known(**given), on=TODAY)


def test_somebody_competent_near_and_free_fits() -> None:
    one = fits()
    assert one.fits
    assert (one.can, one.cannot, one.near) == (("CC1", "CC5"), (), True)


@pytest.mark.parametrize(
    "given",
    [
        {"competent": frozenset()},
        {"profile": Profile(places=("BS9",))},
        {"profile": Profile(most=3), "has": 3},
        {"profile": Profile(away_from=TODAY)},
        {"profile": Profile(away_from=TODAY - timedelta(days=1), away_until=TODAY)},
        {"profile": Profile(days=frozenset({Day.SUNDAY}))},
        {"tie": Relation.RELATIVE},
    ],
)
def test_anything_that_speaks_against_somebody_is_seen(given: dict[str, object]) -> None:
    assert not fits(**given).fits


def test_what_nobody_said_is_no_reason_against_somebody() -> None:
    one = fits(profile=None)
    assert one.fits
    assert (one.near, one.speaks, one.shared_days, one.most) == (None, None, None, None)


def test_back_from_being_away() -> None:
    assert not fits(profile=Profile(away_from=TODAY - timedelta(days=9), away_until=TODAY - timedelta(days=1))).away


def test_the_order_is_competence_then_near_then_free() -> None:
    those = [
        known("Away", profile=Profile(places=("BS3",), away_from=TODAY)),
        known("Close", tie=Relation.SAME_HOME),
        known("Far", profile=Profile(places=("LS1",))),
        known("Half", competent=frozenset({"CC1"})),
        known("Near"),
        known("None", competent=frozenset()),
        known("Unknown", profile=None),
    ]
    ordered = [one.name for one in in_order(fit(WANTED, one, on=TODAY) for one in those)]
    assert ordered == ["Near", "Unknown", "Far", "Half", "Away", "Close", "None"]


_known = st.builds(
    Known,
    person_id=st.uuids(),
    name=st.sampled_from(["A", "B", "C"]),
    competent=st.frozensets(st.sampled_from(["CC1", "CC5", "CC9"])),
    profile=st.one_of(
        st.none(),
        st.builds(
            Profile,
            places=st.sampled_from([(), ("BS3",), ("LS1",)]),
            days=st.frozensets(st.sampled_from(Day)),
            most=st.one_of(st.none(), st.integers(0, 4)),
            away_from=st.sampled_from([None, TODAY, TODAY + timedelta(days=3)]),
        ),
    ),
    has=st.integers(0, 6),
    tie=st.one_of(st.none(), st.sampled_from(Relation)),
)


@given(st.lists(_known, max_size=8), st.randoms())
def test_the_order_does_not_hang_on_the_order_of_rows(those: list[Known], chance: object) -> None:
    first = in_order(fit(WANTED, one, on=TODAY) for one in those)
    chance.shuffle(those)  # type: ignore[attr-defined]
    assert in_order(fit(WANTED, one, on=TODAY) for one in those) == first


@given(st.lists(_known, max_size=8))
def test_whoever_may_not_decide_stands_behind_everybody_who_may(those: list[Known]) -> None:
    bars = [one.too_close or not one.can for one in in_order(fit(WANTED, each, on=TODAY) for each in those)]
    assert bars == sorted(bars)


@pytest.mark.parametrize("text", ["BS3 4AB", "bs34ab", "12 Acacia Avenue", "Flat near BS3 1QQ"])
def test_addresses_are_known(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["BS3", "bs3", "North of the river", "Bedminster", "CF10"])
def test_districts_and_areas_are_no_addresses(text: str) -> None:
    assert not is_address(text)


def test_places_have_one_spelling() -> None:
    assert place_of(" bs3 ") == "BS3"
    assert place_of("North   of the  river") == "North of the river"
    assert listed("BS3, bs3\nBedminster;;BS4") == ("BS3", "Bedminster", "BS4")


def test_what_is_still_open() -> None:
    assert still_open(("CC1", "CC5"), []) == ("CC1", "CC5")
    assert still_open(("CC1", "CC5"), [("CC5",)]) == ("CC1",)
    assert still_open(("CC1", "CC5"), [()]) == ()
