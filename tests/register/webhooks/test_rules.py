"""Which addresses may be asked, and when a try is made again."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.register.webhooks.rules import (
    LONGEST_PAUSE,
    PAUSES,
    Came,
    Slip,
    came_of,
    may_reach,
    networks,
    next_try,
    slip_in,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
INNER_V4 = ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"]
OURS = networks(["10.20.0.0/16", "fd12:3456::/32"])


def in_disguise(inner: IPv4Address) -> list[IPv6Address]:
    """Every way in which an address of version 6 leads to one of version 4."""
    number = int(inner)
    return [
        IPv6Address(0xFFFF_0000_0000 | number),
        IPv6Address(number),
        IPv6Address((0x2002 << 112) | (number << 80)),
        IPv6Address((0x64FF9B << 96) | number),
        IPv6Address((0x2001_0000 << 96) | (number << 64) | 1),
        IPv6Address((0x2001_0000 << 96) | (0x0808_0808 << 64) | (number ^ 0xFFFF_FFFF)),
    ]


@given(st.one_of([st.ip_addresses(network=each) for each in INNER_V4]))
def test_no_inner_address_is_reached_in_any_disguise(inner: IPv4Address) -> None:
    assert not may_reach(inner)
    assert [str(each) for each in in_disguise(inner) if may_reach(each)] == []


@given(st.ip_addresses(network="10.20.0.0/16"))
def test_a_network_the_operator_named_is_reached(inner: IPv4Address) -> None:
    assert may_reach(inner, OURS)
    assert not may_reach(inner + (1 << 16), OURS)


@pytest.mark.parametrize(
    "address",
    ["0.0.0.1", "::", "::1", "224.0.0.1", "ff02::1", "240.0.0.1", "255.255.255.255", "fe80::1", "fec0::1", "fd00::1"],
)
def test_addresses_that_are_nobodys_are_not_reached(address: str) -> None:
    assert not may_reach(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "81.2.69.142"])
def test_public_addresses_are_reached(address: str) -> None:
    assert may_reach(ip_address(address))


@pytest.mark.parametrize(
    ("url", "slip"),
    [
        ("https://register.example.gov.uk/palms?a=b", None),
        ("https://register.example.gov.uk:8443/", None),
        ("http://register.example.gov.uk/", Slip.NOT_HTTPS),
        ("ftp://register.example.gov.uk/", Slip.NOT_HTTPS),
        ("file:///etc/passwd", Slip.NOT_HTTPS),
        ("//register.example.gov.uk/", Slip.NOT_HTTPS),
        ("https://", Slip.NO_HOST),
        ("https:///path", Slip.NO_HOST),
        ("https://register.example.gov.uk:port/", Slip.NO_HOST),
        ("https://[::1", Slip.NO_HOST),
        ("https://a b.example.org/", Slip.NO_HOST),
        ("https://good.example.org\\@10.0.0.1/", Slip.NO_HOST),
        ("https://me:secret@register.example.gov.uk/", Slip.SIGN_IN),
        ("https://@register.example.gov.uk/", Slip.SIGN_IN),
        ("https://register.example.gov.uk/#top", Slip.FRAGMENT),
        ("https://register.example.gov.uk:22/", Slip.PORT),
        ("https://register.example.gov.uk:0/", Slip.PORT),
        ("https://127.0.0.1/", Slip.INNER),
        ("https://[::ffff:10.0.0.1]/", Slip.INNER),
        ("https://localhost/", Slip.INNER),
        ("https://printer.local/", Slip.INNER),
        ("https://intranet/", Slip.INNER),
        ("https://example.org/" + "a" * 500, Slip.TOO_LONG),
        ("https://exämple.org/", Slip.NO_HOST),
        ("https://xn--exmple-cua.org/", None),
        ("https://register.example.gov.uk./", None),
        ("HTTPS://Register.Example.gov.uk/", None),
        ("https://localhost./", Slip.INNER),
        ("https://printer.local./", Slip.INNER),
        ("https://127.0.0.1./", Slip.NO_HOST),
        ("https://127.1/", Slip.NO_HOST),
        ("https://0177.0.0.1/", Slip.NO_HOST),
        ("https://0x7f.0.0.1/", Slip.NO_HOST),
        ("https://0x7f000001/", Slip.NO_HOST),
        ("https://2130706433/", Slip.NO_HOST),
        ("https://example.0x/", Slip.NO_HOST),
        ("https://./", Slip.NO_HOST),
        ("https://a..example.org/", Slip.NO_HOST),
        ("https://127%2e0%2e0%2e1/", Slip.NO_HOST),
        ("https://" + "a" * 64 + ".example.org/", Slip.NO_HOST),
        ("https://[v1.example.org]/", Slip.NO_HOST),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: str, slip: Slip | None) -> None:
    assert slip_in(url) is slip


def test_inside_networks_of_ones_own_plain_http_and_names_of_the_house_are_good() -> None:
    assert [slip_in(url, OURS) for url in ("http://10.20.1.1/", "http://register/", "https://10.20.1.1:8080/")] == [
        None
    ] * 3
    assert slip_in("http://10.21.1.1/", OURS) is Slip.INNER


@given(st.text(max_size=80))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    assert slip_in(text) is None or isinstance(slip_in(text), Slip)
    slip_in("https://" + text)


def test_only_an_answer_that_says_so_counts_as_delivered() -> None:
    came = {
        status: came_of(status) for status in (100, 199, 200, 202, 204, 299, 300, 302, 304, 400, 404, 410, 429, 500)
    }
    assert {s for s, c in came.items() if c is Came.DELIVERED} == {200, 202, 204, 299}
    assert {s for s, c in came.items() if c is Came.GONE} == {410}


def test_pauses_grow_and_end_after_three_days() -> None:
    moments = [next_try(tries, NOW) for tries in range(1, len(PAUSES) + 2)]
    assert moments[-1] is None
    assert [each - NOW for each in moments[:-1] if each] == sorted(PAUSES)
    assert timedelta(days=3) < sum(PAUSES, timedelta()) < timedelta(days=4)


@given(st.integers(1, len(PAUSES)), st.timedeltas(timedelta(), timedelta(days=900)))
def test_a_system_can_ask_for_a_longer_pause_but_not_for_one_without_end(tries: int, asked: timedelta) -> None:
    moment = next_try(tries, NOW, asked_to_wait=asked)
    assert moment is not None
    assert PAUSES[tries - 1] <= moment - NOW <= LONGEST_PAUSE
