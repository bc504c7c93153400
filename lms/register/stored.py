"""A verdict as plain data: for the standing's row, the command line and the API. One spelling for all of them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from lms.register.findings import Finding
from lms.register.kinds import Item
from lms.register.rules import Verdict


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
