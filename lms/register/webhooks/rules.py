"""When a notification is tried again, and which addresses may be asked. Plain Python.

The pauses between tries are those of the Standard Webhooks specification (version 1.0.0, “Retry schedule”), after which
a system that never answered is left alone until somebody lets it go on.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LONGEST_URL = 500
LONGEST_NAME = 80
MOST = 10
"""Systems an authority can have notified at a time."""

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
LONGEST_PAUSE = timedelta(hours=24)
KEPT = timedelta(days=90)
"""How long it can be looked up what became of a notification."""

OVERLAP = timedelta(hours=24)
"""How long the secret of before signs along with a new one, so that a system can change over without missing one."""


class Came(StrEnum):
    """What came of a try. Only `DELIVERED` means that the system has it."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    GONE = "gone"
    NO_ANSWER = "no_answer"
    NOT_SAFE = "not_safe"


class Stopped(StrEnum):
    """Why nothing is sent for now."""

    BY_TEAM = "by_team"
    GAVE_UP = "gave_up"
    GONE = "gone"
    KEY_CHANGED = "key_changed"


def came_of(status: int) -> Came:
    """What an answer's status means. 2xx has it; 410 never wants any again; everything else is tried again.

    A redirection counts as refused: following it would let the other side choose where we go.
    """
    if 200 <= status < 300:
        return Came.DELIVERED
    return Came.GONE if status == 410 else Came.REFUSED


def next_try(tries: int, now: datetime, *, asked_to_wait: timedelta | None = None) -> datetime | None:
    """When to try again after so many tries failed; None when that was the last.

    `asked_to_wait` is what the system asked for (Retry-After). It makes a pause longer, at most a day.
    """
    if tries > len(PAUSES):
        return None
    pause = PAUSES[max(tries, 1) - 1]
    return now + max(pause, min(asked_to_wait or timedelta(), LONGEST_PAUSE))


def may_reach(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """Whether a notification may go to an address: to every public one, and to the networks an operator named.

    An address of version 6 that stands for one of version 4 is judged as that one, so that an inner address cannot
    come in disguise (mapped, 6to4, Teredo, NAT64).
    """
    meant = [address, *_stands_for(address)]
    if any(one in network for one in meant for network in allowed if one.version == network.version):
        return True
    return all(
        one.is_global and not (one.is_multicast or one.is_reserved or getattr(one, "is_site_local", False))
        for one in meant
    )


def networks(named: Iterable[str]) -> tuple[Network, ...]:
    """Networks as they are written, such as 10.20.0.0/16. Raises ValueError for anything else."""
    return tuple(ip_network(each) for each in named)


_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


def _stands_for(address: Address) -> list[Address]:
    if address.version == 4:
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or address in _COMPATIBLE:
        found.append(IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in found if one is not None]


class Slip(StrEnum):
    """What is wrong with an address somebody typed."""

    TOO_LONG = "too_long"
    NOT_HTTPS = "not_https"
    NO_HOST = "no_host"
    SIGN_IN = "sign_in"
    FRAGMENT = "fragment"
    PORT = "port"
    INNER = "inner"


def slip_in(url: str, allowed: Sequence[Network] = ()) -> Slip | None:
    """What is wrong with an address before anything is asked of it; None when nothing is.

    Only https, save to networks an operator named. Which machine a name leads to is judged at every connection, since
    it can change: see `reaching`.
    """
    if len(url) > LONGEST_URL:
        return Slip.TOO_LONG
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return Slip.NO_HOST
    wrong = {  # the first that is so is said
        Slip.NOT_HTTPS: parts.scheme not in ({"https", "http"} if allowed else {"https"}),
        Slip.NO_HOST: not host
        or not (url.isascii() and url.isprintable() and _UNREADABLE.isdisjoint(url))
        or ("[" in parts.netloc and ":" not in host),
        Slip.SIGN_IN: "@" in parts.netloc,
        Slip.FRAGMENT: bool(parts.fragment),
        Slip.PORT: port is not None and port not in {80, 443} and not 1024 <= port <= 65535,
    }
    return next((slip for slip, so in wrong.items() if so), None) or _slip_in_host(host or "", allowed)


_UNREADABLE = frozenset(" \\")
"""Characters that one program reads otherwise than the next."""


def _slip_in_host(host: str, allowed: Sequence[Network]) -> Slip | None:
    try:
        address = ip_address(host)
    except ValueError:
        name = host.removesuffix(".")
        labels = name.split(".")
        # What ends in a number is read as an address by some programs: 127.1, 0177.0.0.1, 0x7f000001.
        if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)) or _NUMBER.fullmatch(labels[-1]):
            return Slip.NO_HOST
        # A name without a dot is one of the inner network, and so is what ends in these.
        inner = len(labels) == 1 or name.endswith((".local", ".localhost", ".internal", ".home.arpa"))
        return Slip.INNER if inner and not allowed else None
    return None if may_reach(address, allowed) else Slip.INNER


_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
