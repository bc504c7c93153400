"""Names, days and marks of credentials, with plain values; and the bits of status lists."""

import base64
import gzip
import zlib
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3.did import did_web_from_url

from lms.certification.credentials import badges, rules
from lms.certification.credentials.rules import SIZE, Mark

AUTHORITY = UUID("12345678-1234-5678-1234-567812345678")
PLACES = st.sets(st.integers(0, SIZE - 1), max_size=60)


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://learning.example.gov.uk", "did:web:learning.example.gov.uk"),
        ("https://example.org/staff/learning", "did:web:example.org:staff:learning"),
        ("https://example.org:8443", "did:web:example.org%3A8443"),
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
    ],
)
def test_an_issuer_is_named_after_where_its_keys_are(base_url: str, name: str) -> None:
    assert rules.issuer_of(base_url, AUTHORITY) == f"{name}:.well-known:palms:{AUTHORITY}"


@given(st.lists(st.from_regex(r"[a-z0-9._~-]{1,12}", fullmatch=True), max_size=3))
def test_the_name_leads_back_to_the_address_of_the_document(path: list[str]) -> None:
    base = "/".join(["https://example.org", *path])
    assert rules.issuer_of(base, AUTHORITY) == did_web_from_url(f"{base}/.well-known/palms/{AUTHORITY}")


def test_days_are_days_in_the_united_kingdom() -> None:
    assert rules.begins(date(2026, 6, 1)).isoformat() == "2026-06-01T00:00:00+01:00"
    assert rules.begins(date(2026, 12, 1)).astimezone(UTC) == datetime(2026, 12, 1, tzinfo=UTC)
    last = rules.ends(date(2027, 1, 1))
    assert last
    assert last.isoformat() == "2026-12-31T23:59:59+00:00"
    assert rules.ends(None) is None


def test_a_replaced_one_is_withdrawn_for_machines_too() -> None:
    assert rules.marks(withdrawn=False, replaced=True, suspended=False) == {Mark.WITHDRAWN, Mark.REPLACED}
    assert rules.marks(withdrawn=True, replaced=False, suspended=True) == {Mark.WITHDRAWN, Mark.SUSPENDED}
    assert rules.marks(withdrawn=False, replaced=False, suspended=False) == frozenset()


@given(PLACES)
def test_a_list_reads_back_as_it_was_written(places: set[int]) -> None:
    assert badges.marked_in(badges.encode_bitstring(places, SIZE)) == places


@given(PLACES)
def test_the_first_place_is_the_highest_bit_of_the_first_byte(places: set[int]) -> None:
    """Bitstring Status List 1.0: “u”, base64url, gzip; read here by hand."""
    encoded = badges.encode_bitstring(places, SIZE)
    assert encoded.startswith("u")
    raw = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    assert len(raw) * 8 == SIZE
    assert {i for i, byte in enumerate(raw) for _ in range(1) if byte} == {place // 8 for place in places}
    assert all(raw[place // 8] >> (7 - place % 8) & 1 for place in places)
    assert sum(byte.bit_count() for byte in raw) == len(places)


@given(PLACES, st.integers(0, SIZE - 1))
def test_marking_one_changes_nobody_else(places: set[int], one: int) -> None:
    after = badges.marked_in(badges.encode_bitstring(places | {one}, SIZE))
    assert after - {one} == places - {one}
    assert one in after


@pytest.mark.parametrize("place", [-1, SIZE])
def test_no_place_lies_outside_the_list(place: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        badges.encode_bitstring([place], SIZE)


@given(st.text(max_size=40))
def test_what_is_no_list_is_refused_and_not_read_as_empty(text: str) -> None:
    with pytest.raises((ValueError, badges.LibOpenBadgesException)):
        badges.marked_in(text)


def test_a_list_that_would_unpack_without_end_is_refused() -> None:
    bomb = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(64 * 1024 * 1024))).decode().rstrip("=")
    assert len(zlib.compress(bomb.encode())) < 100_000
    with pytest.raises(badges.LibOpenBadgesException):
        badges.marked_in(bomb)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=3), JSON, max_size=4), st.dictionaries(st.text(max_size=3), JSON, max_size=4))
def test_whatever_differs_is_named_and_what_is_the_same_is_not(
    one: dict[str, object], other: dict[str, object]
) -> None:
    assert bool(rules.changed(one, other)) is not rules.same(one, other)


def test_true_is_not_one() -> None:
    assert not rules.same({"hashed": True}, {"hashed": 1})
    assert rules.same({"a": 1, "b": [2]}, {"b": [2], "a": 1})


def test_a_name_fits_its_hash_and_no_other_does() -> None:
    assert rules.name_hash("Ffion Llŷr", "salt") == rules.name_hash("Ffion Llŷr", "salt")
    assert len({rules.name_hash(name, salt) for name in ("Ffion", "Ffïon") for salt in ("a", "b")}) == 4
