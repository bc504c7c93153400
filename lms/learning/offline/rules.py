"""What a phone may send and what its parts come to. Plain Python: bounds, clocks, order, and who waits for whom."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from lms.core.words import N_, Refused
from lms.learning.offline.items import HandIn, Item

MOST_ITEMS = 50
"""Things in one batch; a phone with more sends several."""

LARGEST_BATCH = 400_000
"""Bytes of one batch: fifty answers, or as many long texts as fit."""

DEEPEST = 6
"""Brackets within brackets: a batch has five."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = (
    int((day - _EPOCH) / timedelta(milliseconds=1))
    for day in (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
)
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
"""A text; one that has no end goes to the end of all, so that it is looked through once and not again and again."""

_LONGEST_NUMBER = 20


def moment_of(milliseconds: int) -> datetime:
    """A phone's reading of its clock, milliseconds since 1970, as a moment; impossible ones are brought into bounds."""
    return _EPOCH + timedelta(milliseconds=min(max(milliseconds, _FIRST), _LAST))


def read(body: bytes) -> dict[str, Any]:
    """The outer shape of a batch. Refused when it is too large, too deep, no JSON, or no object with items."""
    if len(body) > LARGEST_BATCH:
        raise Refused(N_("That is too much at once. Send it in smaller parts."))
    if _depth(body) > DEEPEST:
        raise Refused(N_("This could not be read, so nothing of it was saved."))
    try:
        found = json.loads(body, parse_int=_whole, parse_constant=_nothing)
    except (ValueError, RecursionError):
        raise Refused(N_("This could not be read, so nothing of it was saved.")) from None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise Refused(N_("This could not be read, so nothing of it was saved."))
    if len(found["items"]) > MOST_ITEMS:
        raise Refused(N_("That is too much at once. Send it in smaller parts."))
    return found


def _depth(body: bytes) -> int:
    """How deep brackets stand within brackets, counted without reading them, since reading is what may go wrong."""
    deepest = deep = 0
    for each in _QUOTED.sub(b"", body):
        if each in b"[{":
            deep += 1
            deepest = max(deepest, deep)
        elif each in b"]}":
            deep -= 1
    return deepest


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else -1 if digits.startswith("-") else 10**_LONGEST_NUMBER


def _nothing(name: str) -> Any:
    raise ValueError(name)


def in_order(items: Iterable[Item]) -> Sequence[Item]:
    """The order in which a batch is worked: by the phone's clock, and what is handed in after what it relies on."""
    return sorted(items, key=lambda item: (isinstance(item, HandIn), item.at, item.id))
