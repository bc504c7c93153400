"""What a line keeps as plain data, read back for the rules: the facts that were asked, the terms of the scheme."""

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from lms.funding.asked import Asked
from lms.funding.scheme import Scheme

_ASKED = TypeAdapter(Asked)


def asked_data(asked: Asked) -> dict[str, Any]:
    """The facts as JSON can carry them."""
    data: dict[str, Any] = _ASKED.dump_python(asked, mode="json")
    return data


def asked_from(data: Mapping[str, Any]) -> Asked:
    """The facts read back from `asked_data`."""
    return _ASKED.validate_python(data)


def terms_of(scheme: Scheme, item: str) -> dict[str, Any]:
    """The scheme as it stands, with this one item: whole enough to think with, and no more."""
    kept = scheme.model_copy(update={"items": tuple(i for i in scheme.items if i.code == item), "cases": ()})
    return kept.model_dump(mode="json", by_alias=True)


def scheme_from(terms: Mapping[str, Any]) -> Scheme:
    """The scheme read back from `terms_of`; the lines of one claim mostly share it, so it is made once."""
    return _scheme(json.dumps(terms, sort_keys=True))


@lru_cache(maxsize=256)
def _scheme(spelled: str) -> Scheme:
    return Scheme.model_validate_json(spelled)


def as_kept(scheme: Scheme, item: str) -> Scheme:
    """The scheme as a line would keep it today: written down with this one item and read back. Once for each scheme."""
    key = id(scheme), item
    known = _kept.get(key)
    if known is None or known[0] is not scheme:
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        known = _kept[key] = scheme, scheme_from(terms_of(scheme, item))
    return known[1]


MOST_KEPT = 256
_kept: dict[tuple[int, str], tuple[Scheme, Scheme]] = {}
"""With the scheme itself beside what was made of it, so that its identity is not given to another one meanwhile."""


def digest_of(terms: Mapping[str, Any]) -> str:
    """The digest of terms in one spelling: the same terms have the same one."""
    return sha256(json.dumps(terms, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
