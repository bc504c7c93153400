"""Learning as a register manager types it: one way a line, codes with commas between them. Plain Python.

    PAI-4
    CC3, CC10
    qualification: level_2_health_and_social_care_core

A code alone is looked up; in front of one that is not found, its kind is written, as it is called in a rule file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lms.core.words import N_, Refused
from lms.register.across import Codes
from lms.register.kinds import Item, TrainingKind

KNOWLEDGE = "care certificate knowledge"
MOST_LINES = 20
MOST_CODES = 60
_ONE_ONLY = {TrainingKind.CARE_CERTIFICATE_KNOWLEDGE, TrainingKind.QUALIFICATION}


def choices(text: str, known: Codes) -> list[dict[str, Any]]:
    """What was typed, in the shape of a rule file. Refused for a code that nothing has."""
    lines = [line for line in (each.strip() for each in text.splitlines()) if line]
    if len(lines) > MOST_LINES:
        raise Refused(N_("Write at most %(most)s lines."), most=MOST_LINES)
    return [_choice(line, known) for line in lines]


def shown(written: Iterable[Mapping[str, Any]], known: Codes) -> str:
    """Choices of a rule file, as they are typed."""
    return "\n".join("; ".join(_groups(choice, known)) for choice in written)


def dated(text: str, known: Codes) -> dict[str, Any]:
    """Learning with the day it was finished, one a line, such as “PAI-4 2026-02-01”. Refused when it is not that."""
    found: dict[str, dict[str, str]] = {}
    for line in (each.strip() for each in text.splitlines()):
        code, _space, day = line.rpartition(" ")
        if not line:
            continue
        item = _item(code.strip(), known) if code else None
        if item is None or len(day) != len("2026-02-01") or day.count("-") != 2:
            raise Refused(N_("“%(line)s” is not a code and a day, such as “PAI-4 2026-02-01”."), line=line[:60])
        found.setdefault(item.kind.value, {})[item.code] = day
    return found


def dated_shown(written: Mapping[str, Any], kinds: Sequence[TrainingKind]) -> str:
    """The same the other way."""
    return "\n".join(f"{code} {day}" for kind in kinds for code, day in (written.get(kind.value) or {}).items())


def _choice(line: str, known: Codes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    items = list(_items(line, known))
    if len(items) > MOST_CODES:
        raise Refused(N_("Write at most %(most)s codes on a line."), most=MOST_CODES)
    for item in items:
        if item.kind in _ONE_ONLY:
            found[item.kind.value] = item.code
        elif item.code not in found.setdefault(item.kind.value, []):
            found[item.kind.value].append(item.code)
    return found


def _items(line: str, known: Codes) -> Iterator[Item]:
    for group in line.split(";"):
        named, colon, rest = group.partition(":")
        kind = named.strip().lower().replace(" ", "_")
        if colon and kind in set(TrainingKind):
            yield from (Item(TrainingKind(kind), code) for code in _codes(rest))
        else:
            yield from (_found(code, known) for code in _codes(group))


def _codes(text: str) -> list[str]:
    return [code for code in (each.strip() for each in text.split(",")) if code]


def _found(code: str, known: Codes) -> Item:
    item = _item(code, known)
    if item is None:
        raise Refused(
            N_(
                "There is no learning with the code “%(code)s”. For a qualification, write “qualification: ” before it."
            ),
            code=code[:60],
        )
    return item


def _item(code: str, known: Codes) -> Item | None:
    if code.lower() == KNOWLEDGE:
        return Item(TrainingKind.CARE_CERTIFICATE_KNOWLEDGE, "all")
    return known.meant(code) or known.meant(code.upper())


def _groups(choice: Mapping[str, Any], known: Codes) -> Iterator[str]:
    for kind in TrainingKind:
        written = choice.get(kind.value)
        if not written:
            continue
        codes = [written] if isinstance(written, str) else list(written)
        if kind is TrainingKind.CARE_CERTIFICATE_KNOWLEDGE:
            yield KNOWLEDGE.capitalize()
        elif all(known.meant(code) == Item(kind, code) for code in codes):
            yield ", ".join(codes)
        else:
            yield f"{kind.value}: {', '.join(codes)}"
