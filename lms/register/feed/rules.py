"""What is told of a PA to other systems: the listing, what the rules let be seen, what the PA agreed to. Plain Python.

Three gates, and each can only take away: `employer_sees` of the rules (less `employer_never_sees`), `visible` of each
requirement, and the PA's own agreement. What no gate names is not told.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from lms.register.kinds import ListingState, RequirementKind, RequirementState


class Kind(StrEnum):
    """What an entry says: from now on this is told of a PA, or nothing is."""

    PUT = "put"
    REMOVE = "remove"


class Way(StrEnum):
    """How a system received something."""

    LISTINGS = "listings"
    CHANGES = "changes"
    VERDICT = "verdict"


class Told(StrEnum):
    """The things that can be told of a PA; a PA agrees to some of them by these names."""

    NAME = "display_name"
    TRAINING = "training_titles"
    REQUIREMENTS = "requirement_statements"
    ABOUT = "profile"
    AREA = "area"
    AVAILABILITY = "availability"
    LANGUAGES = "languages"
    VERDICT = "verdict"


OF_PROFILE = (Told.ABOUT, Told.AREA, Told.AVAILABILITY, Told.LANGUAGES)

SEEN_AS: Mapping[str, Told] = {
    "display_name": Told.NAME,
    "training_titles": Told.TRAINING,
    "requirement_statements": Told.REQUIREMENTS,
    "profile": Told.ABOUT,
    "about": Told.ABOUT,
    "area": Told.AREA,
    "availability": Told.AVAILABILITY,
    "languages": Told.LANGUAGES,
    "languages_spoken": Told.LANGUAGES,
}
"""The words of a rule file's `employer_sees`, and what each lets be told; any other word tells nothing."""

SHOWN_STATES = frozenset({ListingState.LISTED, ListingState.PROVISIONAL})
"""Only these are told of. Why somebody is in none of them is told to nobody."""

COUNTS = frozenset({RequirementState.MET, RequirementState.EXPIRING})
"""Only what is met is stated. That something is waived, missing or has run out stays with the register team."""

_LEARNING = frozenset({RequirementKind.TRAINING, RequirementKind.ASSESSMENT})


@dataclass(frozen=True)
class Statement:
    """How a requirement is shown when it is met. `content` is what `full` shows of it, if anything."""

    code: str
    kind: RequirementKind
    visible: str
    title: Mapping[str, str | None]
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """What an authority's rules let be told: names, statements in the order of the rules, the provisional label."""

    may: frozenset[Told]
    statements: tuple[Statement, ...]
    label: Mapping[str, str | None]


@dataclass(frozen=True)
class Met:
    """How one requirement of a PA stands, as a standing keeps it."""

    state: RequirementState
    since: date | None


@dataclass(frozen=True)
class About:
    """What there is to tell of one PA: name, listing, requirements by code, and the profile they show."""

    name: str
    state: ListingState
    since: date
    met: Mapping[str, Met]
    profile: Mapping[str, Any]


def may_be_told(sees: Collection[str], never: Collection[str]) -> frozenset[Told]:
    """What the rules let be told at all. What employers never see is taken out, whatever else the rules say."""
    shut = {SEEN_AS[word] for word in never if word in SEEN_AS}
    return frozenset(SEEN_AS[word] for word in sees if word in SEEN_AS) - shut


def told(shown: Shown, about: About, agreed: Collection[Told]) -> dict[str, Any] | None:
    """What other systems are told of a PA; None when nothing is, and they are told to forget whatever they had."""
    if about.state not in SHOWN_STATES:
        return None
    may = shown.may & frozenset(agreed)
    data: dict[str, Any] = {"state": about.state.value, "since": about.since.isoformat()}
    if about.state is ListingState.PROVISIONAL:
        data["label"] = dict(shown.label)
    if Told.NAME in may:
        data["display_name"] = about.profile.get("display_name") or about.name
    statements = [said for each in shown.statements if (said := _stated(each, about.met.get(each.code), may))]
    if may & {Told.TRAINING, Told.REQUIREMENTS}:
        data["requirements"] = statements
    for name in OF_PROFILE:
        if name in may and about.profile.get(name.value):
            data[name.value] = about.profile[name.value]
    return data


def names_in(data: Mapping[str, Any] | None) -> list[str]:
    """The names of what is told, without its content: for the PA's list of who received what."""
    return sorted(data or ())


def _stated(statement: Statement, met: Met | None, may: Collection[Told]) -> dict[str, Any] | None:
    """One requirement as it is told: by `visible` only that it is met and the month, the day too, or its content."""
    needed = Told.TRAINING if statement.kind in _LEARNING else Told.REQUIREMENTS
    if met is None or met.state not in COUNTS or statement.visible == "none" or needed not in may:
        return None
    said: dict[str, Any] = {
        "code": statement.code,
        "kind": statement.kind.value,
        "title": dict(statement.title),
        "met_in": met.since.strftime("%Y-%m") if met.since else None,
    }
    if statement.visible in {"summary", "full"}:
        said["met_on"] = met.since.isoformat() if met.since else None
    if statement.visible == "full" and statement.content:
        said["content"] = dict(statement.content)
    return said
