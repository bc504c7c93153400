"""What holds for credentials, in plain Python: names, addresses, days, marks, and what was changed in an altered one.

Sources: Open Badges 3.0; W3C Verifiable Credentials 2.0; Bitstring Status List 1.0; the did:web method.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from urllib.parse import quote, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from lms.core.words import N_

SIZE = 131_072
"""Places in a status list: the fewest the standard allows, so that nobody stands out in it."""

FULL = SIZE // 2
"""From here on another list is opened, so that a free place is found in two draws or so."""

_LONDON = ZoneInfo("Europe/London")


class Mark(StrEnum):
    """What a status list says about those marked in it. It is also the last part of the list's address.

    Who is replaced is also withdrawn for a machine: it must not accept the old one. The third list then says why.
    """

    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    REPLACED = "replaced"

    @property
    def purpose(self) -> str:
        """The standard's own word."""
        return _PURPOSES[self]


_PURPOSES = {Mark.WITHDRAWN: "revocation", Mark.SUSPENDED: "suspension", Mark.REPLACED: "message"}


class Form(StrEnum):
    """The forms a holder can take a credential away in; the end of its file's name."""

    JSON = "json"
    JWT = "jwt"
    PNG = "png"
    SVG = "svg"

    @property
    def media_type(self) -> str:
        """What the file says it is."""
        return _MEDIA[self]


_MEDIA = {Form.JSON: "application/json", Form.JWT: "text/plain", Form.PNG: "image/png", Form.SVG: "image/svg+xml"}


def marks(*, withdrawn: bool, replaced: bool, suspended: bool) -> frozenset[Mark]:
    """In which lists a credential is marked."""
    stands = {Mark.WITHDRAWN: withdrawn or replaced, Mark.REPLACED: replaced, Mark.SUSPENDED: suspended}
    return frozenset(mark for mark, stood in stands.items() if stood)


def issuer_of(base_url: str, authority_id: UUID) -> str:
    """The did:web name of an authority at this site: it says under which address its keys are found.

    The path is part of it, so it also works where PALMS hangs below a prefix of somebody else's site.
    """
    parts = urlsplit(base_url)
    pieces = [parts.netloc.rpartition("@")[2], *(piece for piece in parts.path.split("/") if piece)]
    return ":".join(
        ["did:web", *(quote(piece, safe="") for piece in pieces), ".well-known", "palms", str(authority_id)]
    )


def list_address(base_url: str, list_id: UUID) -> str:
    """Where the lists are read, without the mark."""
    return f"{base_url}/credentials/status/{list_id}"


def begins(issued_on: date) -> datetime:
    """The moment a credential begins: the first of its day in the United Kingdom, so that it names that day."""
    return datetime.combine(issued_on, time(), _LONDON)


def ends(lapses_on: date | None) -> datetime | None:
    """The last second on which it counts, so that it names the last day and not the day after; None: it never ends."""
    return datetime.combine(lapses_on - timedelta(days=1), time(23, 59, 59), _LONDON) if lapses_on else None


def name_hash(name: str, salt: str) -> str:
    """The holder's name as Open Badges hashes it: whoever is told the name can see that it fits, nobody reads it."""
    return "sha256$" + sha256((name + salt).encode()).hexdigest()


def method_of(issuer: str, fingerprint: str) -> str:
    """The name of a key in the issuer's document: short, and the same for ever."""
    return f"{issuer}#{fingerprint[:16]}"


def same(one: object, other: object) -> bool:
    """Whether two JSON values are the same, true and 1 told apart; the order of names does not matter."""
    return _canonical(one) == _canonical(other)


def changed(ours: Mapping[str, object], theirs: Mapping[str, object]) -> tuple[str, ...]:
    """What differs between what was issued and what was shown, as message ids, each once."""
    was, now = dict(_leaves(ours)), dict(_leaves(theirs))
    places = [place for place in {**was, **now} if was.get(place) != now.get(place)]
    return tuple(dict.fromkeys(_called(place) for place in places))


def _leaves(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case Mapping() if value:
            for name, each in value.items():
                yield from _leaves(each, f"{place}/{name}")
        case list() if value:
            for index, each in enumerate(value):
                yield from _leaves(each, f"{place}/{index}")
        case _:
            yield place, _canonical(value)


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _called(place: str) -> str:
    return next((said for beginning, said in _CALLED if place.startswith(beginning)), N_("something else in it"))


_CALLED = (
    ("/credentialSubject/achievement/criteria", N_("what it proves")),
    ("/credentialSubject/achievement/image", N_("its picture")),
    ("/credentialSubject/achievement", N_("what it was given for")),
    ("/credentialSubject", N_("whose it is")),
    ("/evidence", N_("the facts on the certificate")),
    ("/issuer", N_("who issued it")),
    ("/iss", N_("who issued it")),
    ("/validFrom", N_("the day it counts from")),
    ("/nbf", N_("the day it counts from")),
    ("/validUntil", N_("the day it ends")),
    ("/exp", N_("the day it ends")),
    ("/credentialStatus", N_("where it says whether it still counts")),
    ("/proof", N_("its signature")),
    ("/name", N_("what it was given for")),
    ("/id", N_("its own number")),
    ("/jti", N_("its own number")),
)
