"""Which assessor fits a request: competent, independent, near, free, with plain reasons. Plain Python.

Nothing here decides: a coordinator chooses, and may choose somebody who stands lower, for a reason no rule knows.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from lms.assessment.competence.rules import TOO_CLOSE, Relation


class Day(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Outcome(StrEnum):
    """What became of a request."""

    WITHDRAWN = "withdrawn"
    GIVEN = "given"
    CLOSED = "closed"


_FULL_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\b")
_HOUSE_NUMBER = re.compile(r"^\s*[0-9]+[A-Za-z]?\s+[A-Za-z]")
_DISTRICT = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?$")


def is_address(text: str) -> bool:
    """Whether a place says more than the district: a whole postcode, or a house number with a street."""
    return bool(_FULL_POSTCODE.search(text.upper()) or _HOUSE_NUMBER.search(text))


def place_of(text: str) -> str:
    """A district or area in one spelling: districts in capitals without spaces, areas without needless space."""
    words = " ".join(text.split())
    district = words.upper().replace(" ", "")
    return district if _DISTRICT.fullmatch(district) else words


def listed(text: str, *, most: int = 30) -> tuple[str, ...]:
    """The parts of a list with commas or line ends, each once, in order."""
    parts = (place_of(part) for part in re.split(r"[,;\n]", text))
    found: dict[str, str] = {}
    for part in parts:
        if part:
            found.setdefault(part.casefold(), part)
    return tuple(found.values())[:most]


def among(word: str, those: Iterable[str]) -> bool:
    """Whether a word is in a list, whatever its capitals."""
    return word.casefold() in {each.casefold() for each in those}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked for. `units` still have nobody; `days` empty: any day."""

    units: tuple[str, ...]
    place: str
    days: frozenset[Day] = frozenset()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What an assessor said of their own time. `most`: learners at once; None: they did not say."""

    places: tuple[str, ...] = ()
    days: frozenset[Day] = frozenset()
    languages: tuple[str, ...] = ()
    most: int | None = None
    away_from: date | None = None
    away_until: date | None = None

    def is_away(self, on: date) -> bool:
        """Whether they are away on a day; without a last day they are until they say otherwise."""
        return (
            self.away_from is not None and self.away_from <= on and (self.away_until is None or on <= self.away_until)
        )


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one assessor. `has` counts learners they have; `competent` their units of this framework."""

    person_id: UUID
    name: str
    competent: frozenset[str]
    profile: Profile | None
    has: int
    tie: Relation | None


@dataclass(frozen=True, kw_only=True)
class Fit:
    """How an assessor fits, reason by reason. None: nobody said. `left` is room for more learners."""

    person_id: UUID
    name: str
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    near: bool | None
    shared_days: frozenset[Day] | None
    speaks: bool | None
    away: bool
    away_until: date | None
    has: int
    most: int | None
    tie: Relation | None

    @property
    def too_close(self) -> bool:
        """Whether they may be a witness only."""
        return self.tie in TOO_CLOSE

    @property
    def full(self) -> bool:
        """Whether they have as many learners as they said they can take."""
        return self.most is not None and self.has >= self.most

    @property
    def fits(self) -> bool:
        """Whether nothing known speaks against them."""
        days_fit = self.shared_days is None or bool(self.shared_days)
        can = bool(self.can) and not self.too_close
        return can and not self.away and not self.full and self.near is not False and days_fit


def fit(wanted: Wanted, known: Known, *, on: date) -> Fit:
    """How one assessor fits a request on a day."""
    profile = known.profile or Profile()
    return Fit(
        person_id=known.person_id,
        name=known.name,
        can=tuple(unit for unit in wanted.units if unit in known.competent),
        cannot=tuple(unit for unit in wanted.units if unit not in known.competent),
        near=among(wanted.place, profile.places) if wanted.place and profile.places else None,
        shared_days=wanted.days & profile.days if wanted.days and profile.days else None,
        speaks=among(wanted.language, profile.languages) if wanted.language and profile.languages else None,
        away=profile.is_away(on),
        away_until=profile.away_until if profile.is_away(on) else None,
        has=known.has,
        most=profile.most,
        tie=known.tie,
    )


def in_order(fits: Iterable[Fit]) -> list[Fit]:
    """Assessors in the order a coordinator looks at them.

    Who may not decide stands last. Then: somebody who can come at all; more of the asked standards; near; the language;
    a day that suits; more room for another learner; by name, so that the same list comes twice.
    """
    return sorted(fits, key=_rank)


def _rank(one: Fit) -> tuple[object, ...]:
    return (
        one.too_close or not one.can,
        one.away or one.full,
        -len(one.can),
        _doubt(yes=one.near),
        _doubt(yes=one.speaks),
        one.shared_days is not None and not one.shared_days,
        one.has if one.most is None else one.has - one.most,
        one.name,
        str(one.person_id),
    )


def _doubt(*, yes: bool | None) -> int:
    """Yes before unknown before no."""
    return {True: 0, None: 1, False: 2}[yes]


def still_open(units: Sequence[str], given: Iterable[Collection[str]]) -> tuple[str, ...]:
    """The asked units that nobody was given for yet; an allocation without units is for all."""
    found: set[str] = set()
    for those in given:
        found |= set(those) or set(units)
    return tuple(unit for unit in units if unit not in found)
