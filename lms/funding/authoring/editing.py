"""A draft's data and the scheme file it stands for: places in it, next year's copy, YAML, and looking for mistakes.

Plain Python. A place is a path such as `limits.per_learner_per_year_pence`, in the whole draft or inside one entry of
its lists, whose key is `items/CLASS` or `cases/place-outside-area`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from lms.core.content import Problems, Source
from lms.core.words import NotFound
from lms.funding.content import disagreeing, from_source, read
from lms.funding.contradictions import Where
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import Provenance
from lms.funding.windows import months_later

Data = Mapping[str, Any]

LISTS = {"items": "code", "cases": "id"}
"""What there are several of, and what names each of them."""

_EMPTY_WITHOUT = {
    "claim_year": {"from", "to"},
    "limits": {
        "per_learner_per_year_credits",
        "per_learner_per_year_pence",
        "per_organisation_cap",
        "per_organisation_cap_pence",
    },
    "grant_share": {"grant_percent", "match_percent"},
    "retention": {"years", "bank_details_days"},
    "delegation": {"prepare", "submit", "accept_terms"},
    "evidence_files": {"formats", "max_bytes", "max_files_per_evidence"},
    "duplicate_rule": {"key"},
    "split_rules": {"provenance"},
}
"""Parts that are nothing while none of these is said."""


def data_of(scheme: Scheme) -> dict[str, Any]:
    """All a scheme says, as plain data in the shape of a scheme file."""
    data: dict[str, Any] = scheme.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude_none=True)
    unheld: dict[str, Any] = _official(data)
    return unheld


def _official(data: Any) -> Any:
    """What an authority confirmed is written as what the file said before: a file cannot confirm."""
    if isinstance(data, dict):
        return {
            key: Provenance.ILLUSTRATIVE.value
            if key.endswith("provenance") and value == Provenance.CONFIRMED
            else _official(value)
            for key, value in data.items()
        }
    return [_official(each) for each in data] if isinstance(data, list) else data


def next_year(data: Data) -> dict[str, Any]:
    """The same a year later: every day and the year in code, title and label moved on, nothing official any more.

    Its worked cases move along, so they still hold. 29 February becomes 28 February.
    """
    label = str((data.get("claim_year") or {}).get("label") or "")
    later = _label_later(label)
    moved: dict[str, Any] = _moved(deepcopy(dict(data)), label, later)
    if label and later not in moved["code"]:
        moved["code"] = f"{moved['code']}-{later}"[:40]
    for gone in ("status_from", "superseded_by", "superseded_on", "note", "announced_on", "edition"):
        moved.pop(gone, None)
    return {**moved, "status": "open"}


_NO_LATER = "9999-01-01"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LABEL = re.compile(r"(\d{4})-(\d\d)")


def _label_later(label: str) -> str:
    return _LABEL.sub(lambda m: f"{int(m[1]) + 1}-{(int(m[2]) + 1) % 100:02}", label)


def _moved(value: Any, label: str, later: str) -> Any:
    if isinstance(value, dict):
        return {
            key: Provenance.ILLUSTRATIVE.value if key.endswith("provenance") else _moved(each, label, later)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_moved(each, label, later) for each in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        if value >= _NO_LATER:  # the last year there is stands for "for ever"
            return value
        return months_later(date.fromisoformat(value), 12).isoformat()
    return value.replace(label, later) if isinstance(value, str) and label else value


def entry(data: Data, key: str) -> dict[str, Any]:
    """The part of a draft a key means: all of it for "", an entry of a list, nothing for a new one (`items/`)."""
    if not key:
        return dict(data)
    kind, _slash, name = key.partition("/")
    if kind not in LISTS:
        raise NotFound("section")
    return dict(data[kind][place_of(data, key)]) if name else {}


def place_of(data: Data, key: str) -> int:
    """Where an entry stands in its list. Raises NotFound."""
    kind, _slash, name = key.partition("/")
    several = data.get(kind) if kind in LISTS else None
    for place, each in enumerate(several or ()):
        if str(each.get(LISTS[kind])) == name:
            return place
    raise NotFound("entry")


def at(data: Data, path: str) -> Any:
    """What stands at a place; None when nothing does."""
    found: Any = data
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def with_values(data: Data, key: str, values: Data) -> dict[str, Any]:
    """The data with values written at their places; None takes a place away, and what is nothing then as well."""
    whole = deepcopy(dict(data))
    changed = deepcopy(entry(whole, key))
    for path, value in values.items():
        _write(changed, path.split("."), value)
    _tidy(changed)
    if not key:
        return changed
    kind, _slash, name = key.partition("/")
    several = list(whole.get(kind) or ())
    if name:
        several[place_of(whole, key)] = changed
    else:
        several.append(changed)
    return {**whole, kind: several}


def without(data: Data, key: str) -> dict[str, Any]:
    """The data without one entry of a list."""
    kind = key.partition("/")[0]
    place = place_of(data, key)
    return {**data, kind: [each for number, each in enumerate(data[kind]) if number != place]}


def _write(data: dict[str, Any], path: list[str], value: Any) -> None:
    for key in path[:-1]:
        inner = data.get(key)
        if value is None and not isinstance(inner, dict):
            return
        data[key] = inner = dict(inner) if isinstance(inner, dict) else {}
        data = inner
    if value is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = value


def _tidy(data: dict[str, Any]) -> None:
    if isinstance(data.get("note"), dict) and not data["note"].get("en"):
        del data["note"]
    for name, telling in _EMPTY_WITHOUT.items():
        if name in data and not telling & set(data[name]):
            del data[name]
    windows = data.get("windows") or {}
    for name in list(windows):
        if isinstance(windows[name], dict):
            _tidy_window(windows, name)
    if not windows:
        data.pop("windows", None)


def _tidy_window(windows: dict[str, Any], name: str) -> None:
    window = windows[name]
    months = {part: rule for part, rule in (window.get("months_after") or {}).items() if rule.get("months")}
    if "months_after" in window:
        window["months_after"] = months
        if not months:
            del window["months_after"]
    if not {"from", "to", "latest", "months_after"} & set(window):
        del windows[name]


def digest(values: Data) -> str:
    """A short name for exactly these values."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:32]


def as_yaml(data: Data) -> str:
    """The scheme file of a draft or an edition, which `lms check` reads."""
    named = {alias: data[alias] for alias in _ORDER if alias in data}
    return yaml.dump({**named, **data}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


_ORDER = tuple(name for name in Scheme.model_fields if name != "cases")


class _Dumper(yaml.SafeDumper):
    """Writes texts with rare line breaks, as a word processor leaves them, so that they are read as they were."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    quoted = any(c in "\x85\u2028\u2029" for c in text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


_Dumper.add_representer(str, _text)


@dataclass(frozen=True)
class Mistake:
    """Something wrong in a draft: where it stands, and what to say about it."""

    where: Where
    said: str


@dataclass(frozen=True)
class Looked:
    """What came of looking through a draft: its mistakes, or the scheme it would be and the cases that disagree."""

    scheme: Scheme | None
    mistakes: tuple[Mistake, ...]
    disagreements: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be published."""
        return self.scheme is not None and not self.mistakes and not self.disagreements


def _places(data: Any, where: Where = ()) -> Iterator[Where]:
    """Every place in plain data."""
    yield where
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _places(value, (*where, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _places(value, (*where, place))


def look(data: Data, known: Iterable[str]) -> Looked:
    """Look through the whole of a draft as `lms check` would, and run its worked cases."""
    plain, problems = json.loads(json.dumps(data)), Problems()
    places = list(_places(plain))  # each place has a number instead of a line, so that a mistake leads to its field
    source = Source(Path("draft"), plain, {where: number for number, where in enumerate(places)})
    scheme = from_source(source, problems)
    mistakes = tuple(Mistake(places[problem.line], problem.message) for problem in problems.found)
    if scheme is None:
        return Looked(None, mistakes)
    if scheme.superseded_by and scheme.superseded_by not in known:
        mistakes = (Mistake(("superseded_by",), f"There is no scheme {scheme.superseded_by}."),)
    return Looked(None if mistakes else scheme, mistakes, tuple(disagreeing(scheme)))


def read_again(data: Data) -> Scheme | None:
    """The scheme that the file of this data holds, for whoever has to be sure before publishing it."""
    return read("draft.yaml", as_yaml(data), Problems())
