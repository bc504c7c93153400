"""What became different in a scheme while a claim was a draft: rate, windows, limits, evidence. Plain Python."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from lms.funding.scheme import Scheme


class ChangedName(StrEnum):
    """What may change between one edition and the next."""

    EDITION = "edition"
    STATUS = "status"
    RATE = "rate"
    ITEM_GONE = "item_gone"
    PAYMENT = "payment"
    WINDOWS = "windows"
    LIMITS = "limits"
    SHARE = "share"
    EVIDENCE = "evidence"
    CONDITIONS = "conditions"


@dataclass(frozen=True)
class Changed:
    """One difference, with what stood and what stands; amounts as plain pence, the rest as words of the scheme."""

    name: ChangedName
    before: str
    after: str


def changed(before: Scheme, after: Scheme, item: str) -> tuple[Changed, ...]:
    """The differences that matter to one item. How sure a figure is makes none: confirming it changes no amount."""
    return tuple(each for each in _differences(before, after, item) if each.before != each.after)


def _differences(before: Scheme, after: Scheme, code: str) -> Iterator[Changed]:
    yield Changed(ChangedName.EDITION, before.edition, after.edition)
    yield Changed(ChangedName.STATUS, before.status.value, after.status.value)
    old, new = before.item(code), after.item(code)
    if old is None or new is None:
        yield Changed(ChangedName.ITEM_GONE, code if old else "", code if new else "")
        return
    yield Changed(ChangedName.RATE, str(old.max_amount_pence), str(new.max_amount_pence))
    yield Changed(ChangedName.PAYMENT, old.payment_model.value, new.payment_model.value)
    yield Changed(ChangedName.EVIDENCE, _list(old.evidence), _list(new.evidence))
    yield Changed(ChangedName.CONDITIONS, _list(before.conditions), _list(after.conditions))
    for name, attribute in (
        (ChangedName.WINDOWS, "windows"),
        (ChangedName.LIMITS, "limits"),
        (ChangedName.SHARE, "grant_share"),
    ):
        yield Changed(name, _spelled(getattr(before, attribute)), _spelled(getattr(after, attribute)))


def _list(values: Sequence[str]) -> str:
    return ", ".join(sorted(values))


def _spelled(part: Any) -> str:
    if part is None:
        return ""
    return json.dumps(_without_standing(part.model_dump(mode="json", by_alias=True, exclude_none=True)), sort_keys=True)


def _without_standing(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_standing(value) for key, value in data.items() if not key.endswith("provenance")}
    return [_without_standing(each) for each in data] if isinstance(data, list) else data


def digest_of(found: Sequence[Changed]) -> str:
    """One digest for a set of differences: what was chosen for one is not chosen for the next."""
    spelled = json.dumps(sorted([each.name.value, each.before, each.after] for each in found))
    return sha256(spelled.encode()).hexdigest()
