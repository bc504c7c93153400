"""What makes two records look alike: plain values, and in general."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.register.merging.reasons import Likeness
from lms.register.merging.rules import MOST_ALIKE, Looks, email_key, name_key, pairs

NAMES = st.sampled_from(
    ["Siân Rhys", "sian rhys", "Rhys Sian", "Dr Sian Rhys", "Sam Okoro", "Sam", "S. Okoro", "李 明"]
)
EMAILS = st.sampled_from([None, "sian.rhys@example.com", "SianRhys+pa@example.com", "sam@example.com", "nothing"])
EMPLOYERS = st.frozensets(st.sampled_from([UUID(int=900 + n) for n in range(3)]), max_size=2)
PEOPLE = st.lists(
    st.builds(Looks, person_id=st.uuids(), name=NAMES, email=EMAILS, employers=EMPLOYERS),
    max_size=12,
    unique_by=lambda each: each.person_id,
)


@pytest.mark.parametrize(
    "same",
    [
        ("Siân Rhys", "sian  RHYS"),
        ("Rhys, Siân", "Siân Rhys"),
        ("Mrs Ann-Marie Lee", "ann marie lee"),
        ("Mr Dr", "dr mr"),
    ],
)
def test_names_that_are_the_same(same: tuple[str, str]) -> None:
    assert name_key(same[0]) == name_key(same[1]) != ""


@pytest.mark.parametrize("different", [("Sam Okoro", "Sam Okoru"), ("Ann Lee", "Ann Marie Lee"), ("李 明", "李 民")])
def test_names_that_are_not(different: tuple[str, str]) -> None:
    assert name_key(different[0]) != name_key(different[1])


def test_addresses_that_arrive_in_one_mailbox() -> None:
    assert email_key("Pat.Morgan+palms@Example.com") == email_key("patmorgan@example.com") == "patmorgan@example.com"
    assert email_key(None) == email_key("no address") == ""


def _looks(name: str, email: str | None = None, *employers: UUID) -> Looks:
    return Looks(uuid4(), name, email, frozenset(employers))


def test_the_same_name_is_found_with_what_else_is_alike() -> None:
    here = uuid4()
    found = pairs(
        [
            _looks("Pat Morgan", "pat@example.com", here),
            _looks("Morgan, Pat", "p.morgan@example.com", here),
            _looks("Pat Morgan", "pat+two@example.com"),
            _looks("Someone Else"),
        ]
    )
    assert sorted(found.values()) == [Likeness.NAME, Likeness.NAME_AND_EMAIL, Likeness.NAME_AND_EMPLOYER]


def test_a_common_name_alone_says_nothing() -> None:
    crowd = [_looks("John Smith", f"john{n}@example.com") for n in range(MOST_ALIKE + 1)]
    assert pairs(crowd) == {}
    assert len(pairs([*crowd, _looks("John Smith", "john0+b@example.com")])) == 1


@given(PEOPLE)
def test_pairs_are_in_order_and_of_two(people: list[Looks]) -> None:
    assert all(first < second for first, second in pairs(people))


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_pair_of_few(people: list[Looks], random: object) -> None:
    again = list(people[:MOST_ALIKE])
    random.shuffle(again)  # type: ignore[attr-defined]
    assert pairs(again) == pairs(people[:MOST_ALIKE])
