"""A verdict as plain data: for the standing's row, the command line and the API. One spelling for all of them."""

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Any

from lms.register.findings import Finding
from lms.register.kinds import Item
from lms.register.rules import AuthorityRules, Verdict


def as_data(verdict: Verdict) -> dict[str, Any]:
    """Everything a verdict says, in strings, numbers and lists; days as 2026-11-21."""
    step = verdict.next_step
    return {
        "authority": verdict.authority,
        "edition": verdict.edition,
        "state": verdict.state.value,
        "because": verdict.because.value,
        "missing": list(verdict.missing),
        "recommended_missing": list(verdict.recommended_missing),
        "next_step": {"step": step.step.value, "requirement": step.code} if step else None,
        "may_apply_for_adverts": verdict.may_apply_for_adverts,
        "until": _plain(verdict.until),
        "requirements": [_finding(one) for one in verdict.findings],
    }


def in_short(verdict: Verdict) -> dict[str, Any]:
    """What a list needs to know of a verdict and the standing's columns do not say."""
    return {
        "because": verdict.because.value,
        "missing": list(verdict.missing),
        "recommended_missing": list(verdict.recommended_missing),
        "may_apply_for_adverts": verdict.may_apply_for_adverts,
    }


def rules_digest(rules: AuthorityRules) -> str:
    """A short name for exactly these rules: another one as soon as anything in them is another, also when they end."""
    known = _DIGESTS.get(id(rules))
    if known is None or known[0] is not rules:
        if len(_DIGESTS) >= _MOST_DIGESTS:
            _DIGESTS.clear()
        known = rules, blake2b(repr(rules).encode(), digest_size=10).hexdigest()
        _DIGESTS[id(rules)] = known
    return known[1]


_DIGESTS: dict[int, tuple[AuthorityRules, str]] = {}
_MOST_DIGESTS = 5000


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "kind": one.kind.value,
        "mandatory": one.mandatory,
        "state": one.state.value,
        "why": one.why.value,
        "values": _plain(one.values),
        "since": _plain(one.since),
        "until": _plain(one.until),
        "next_step": one.next_step.value if one.next_step else None,
    }


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Item():
            return f"{value.kind.value}:{value.code}"
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {name: _plain(item) for name, item in value.items()}
        case _:
            return value
