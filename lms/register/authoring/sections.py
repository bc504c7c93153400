"""The sections of a draft: what is edited on one page, and what two people can change without touching each other's.

Plain Python. A section has a key: the name of a part, or `requirements/RM-ID`, or `cases/rivermere-complete`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lms.core.words import NotFound
from lms.register.parts import WaiverPart

Data = Mapping[str, Any]

PARTS: Mapping[str, tuple[str, ...]] = {
    "about": (
        "valid_from",
        "name",
        "status",
        "languages",
        "default_language",
        "contact_model",
        "processing_target_working_days",
        "statement_to_users",
        "not_required",
    ),
    "provisional": ("provisional",),
    "renewal": ("renewal",),
    "removal": ("removal",),
    "retention": ("retention",),
    "sight": ("employer_sees", "employer_never_sees"),
    "waivers": ("waiver_rules",),
    "adverts": ("adverts",),
    "welsh": ("welsh",),
}
"""The parts that are edited as one, each with the keys of the rule file it holds."""

UNSAID: Mapping[str, Data] = {
    "about": {"default_language": "ask", "status": "example"},
    "waivers": WaiverPart().model_dump(mode="json"),
}
"""What holds where a part says nothing; a form shows it."""

LISTS = {"requirements": "code", "cases": "id"}
"""What there are several of, and what names each of them."""


def section(data: Data, key: str) -> dict[str, Any]:
    """What stands in a section; empty for one that is not written yet. Raises NotFound for a key there cannot be."""
    kind, _slash, name = key.partition("/")
    if kind in LISTS:
        return dict(data[kind][place_of(data, key)]) if name else {}
    if kind not in PARTS or name:
        raise NotFound("section")
    keys = PARTS[kind]
    if keys == (_only(keys),):
        return dict(data.get(keys[0]) or {})
    return {each: data[each] for each in keys if data.get(each) is not None}


def with_section(data: Data, key: str, value: Data) -> dict[str, Any]:
    """The data with a section written anew. A requirement that gets another code is called so everywhere."""
    kind, _slash, name = key.partition("/")
    if kind in LISTS:
        return _with_item(data, kind, name, value)
    keys = PARTS[kind]
    rest = {each: data[each] for each in data if each not in keys}
    if keys == (_only(keys),):
        return {**rest, keys[0]: dict(value)} if value else rest
    return {**rest, **value}


def without(data: Data, key: str) -> dict[str, Any]:
    """The data without one requirement or case."""
    kind = key.partition("/")[0]
    place = place_of(data, key)
    return {**data, kind: [each for number, each in enumerate(data[kind]) if number != place]}


def moved_up(data: Data, key: str) -> dict[str, Any]:
    """The data with a requirement or case one place further up; the first stays where it is."""
    kind, place = key.partition("/")[0], place_of(data, key)
    items = list(data[kind])
    if place > 0:
        items[place - 1], items[place] = items[place], items[place - 1]
    return {**data, kind: items}


def place_of(data: Data, key: str) -> int:
    """Where a requirement or case stands among its like. Raises NotFound."""
    kind, _slash, name = key.partition("/")
    named = LISTS.get(kind)
    found = (place for place, each in enumerate(data.get(kind) or ()) if each.get(named) == name)
    place = next(found, None) if named else None
    if place is None:
        raise NotFound("section")
    return place


def digest(value: Data) -> str:
    """A short sum of a section: the same for the same content, so that a form knows what it was opened on."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def key_of(data: Data, where: tuple[str | int, ...]) -> str | None:
    """The section in which a place of the rule file is edited; None for what the editor does not change."""
    kind = str(where[0]) if where else ""
    if kind in LISTS:
        if len(where) == 1:
            return None
        return f"{kind}/{data[kind][int(where[1])].get(LISTS[kind])}"
    return next((part for part, keys in PARTS.items() if kind in keys), None)


def inside(key: str, where: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """A place of the rule file as it is called within its section."""
    kind = key.partition("/")[0]
    if kind in LISTS:
        return where[2:]
    return where[1:] if PARTS[kind] == (_only(PARTS[kind]),) else where


def _only(keys: tuple[str, ...]) -> str:
    """The one key of a part whose fields stand below it; empty for a part made of several keys."""
    return keys[0] if len(keys) == 1 else ""


def _with_item(data: Data, kind: str, name: str, value: Data) -> dict[str, Any]:
    items = list(data.get(kind) or ())
    if not name:
        return {**data, kind: [*items, dict(value)]}
    items[place_of(data, f"{kind}/{name}")] = dict(value)
    changed = {**data, kind: items}
    new = value.get(LISTS[kind])
    return _renamed(changed, name, str(new)) if kind == "requirements" and new != name else changed


def _renamed(data: Data, old: str, new: str) -> dict[str, Any]:
    def named(codes: list[str]) -> list[str]:
        return [new if code == old else code for code in codes]

    part = dict(data.get("provisional") or {})
    for name in ("needs", "needs_when_applicable"):
        if name in part:
            part[name] = named(part[name])
    cases = [{**case, "expect": dict(_expecting(case, named))} for case in data.get("cases") or ()]
    return {**data, "provisional": part, "cases": cases}


def _expecting(case: Data, named: Any) -> Iterator[tuple[str, Any]]:
    for name, value in case["expect"].items():
        yield name, named(value) if name in {"missing", "recommended_missing"} and value is not None else value
