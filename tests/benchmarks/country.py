"""A synthetic country: any number of learners over authorities of real sizes, at every stage of the induction.

It is the demonstration many times over. The demonstration is made once through the services the pages use; its rows
are then copied with ids, names, numbers and days of their own, so that whatever the product writes is in the country
as well, and every constraint holds. The same seed gives the same people and places.
"""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.core.house import House
from lms.funding.claims.models import Claim, ClaimNumber
from tests.benchmarks import pack, rows, sites, story
from tests.benchmarks.chain import Chain
from tests.benchmarks.invented import Inventor, town
from tests.benchmarks.levels import Level, Pattern, patterns
from tests.benchmarks.sheets import Sheet
from tests.benchmarks.slots import Slots, fill

SMALLEST, LARGEST = 3, 150
"""Authorities: as many as the demonstration has, up to about as many as there are in England."""

PER_AUTHORITY = 750
HOMES_OF_A_TEAM = 6
"""Neighbourhoods whose learners one team of assessors looks at: a caseload of thirty or so."""

SHARED = ("lms_file", "lms_certificate_design")
"""What is there once for everybody, by its digest: files, and the designs certificates were drawn with."""

WEEKS = 20
"""Copies are up to so many weeks older than the demonstration."""


@dataclass(frozen=True)
class Country:
    """A loaded country. `authority` is its largest, where the bench looks; `seconds` is what loading took."""

    house: House
    learners: int
    authorities: int
    rows: int
    seconds: float
    authority: UUID


@dataclass(frozen=True)
class Planned:
    """An authority to be made: what it is called, what it is modelled on, and how many learners it gets."""

    code: str
    town: str
    pattern: Pattern
    learners: int


def load(told: story.Story, folder: Path, *, learners: int, seed: int, database_url: str = "") -> Country:
    """Load a country into an empty database (SQLite in the folder unless one is named), and open its house."""
    shutil.copytree(told.files, folder / "files", dirs_exist_ok=True)
    plan = list(planned(patterns(told), learners))
    packs = pack.write(folder / "pack", {each.code: each.pattern.code for each in plan})
    house = sites.build(sites.settings_in(folder, database_url=database_url, packs=packs))
    house.database.close()
    began = time.perf_counter()
    with rows.sink_for(house.settings.database_url, told) as sink:
        writer = _Writer(told, sink, Inventor(seed))
        for each in plan:
            writer.write(each)
        writer.finish()
    _count_claims_on(house)
    seconds = time.perf_counter() - began
    return Country(house, writer.learners, len(plan), writer.rows.count, seconds, UUID(writer.authorities[0]))


def _count_claims_on(house: House) -> None:
    """Let the numbers of claims go on where the copies end: an authority counts them by the year in the reference."""
    with house.database.writing() as db:
        last: dict[tuple[UUID, int], int] = {}
        for authority_id, reference in db.execute(select(Claim.authority_id, Claim.reference)):
            year, number = map(int, reference.split("-")[-2:])
            last[authority_id, year] = max(number, last.get((authority_id, year), 0))
        for (authority_id, year), number in last.items():
            mine = ClaimNumber.authority_id == authority_id, ClaimNumber.year == year
            db.execute(update(ClaimNumber).where(*mine).values(last=number))


def planned(models: list[Pattern], learners: int) -> Iterator[Planned]:
    """The authorities of a country, the largest first; every eighth is like the demonstration's Welsh one."""
    count = max(SMALLEST, min(LARGEST, learners // PER_AUTHORITY))
    shares = [(place + 1) ** -0.4 for place in range(count)]
    for place, share in enumerate(shares):
        model = models[_MODELS[place % len(_MODELS)]]
        own = place < SMALLEST
        name = model.town if own else town(place)
        code = model.code if own else f"{name.replace(' ', '-').upper()}-{place}"
        yield Planned(code, name, model, round(learners * share / sum(shares)))


_MODELS = (0, 1, 2, 1, 0, 1, 0, 1)


class _Writer:
    """Copies patterns into a sink, one authority after the other."""

    def __init__(self, told: story.Story, sink: rows.Sink, inventor: Inventor) -> None:
        self.rows, self.authorities, self.learners = rows.Rows(told, sink), list[str](), 0
        self._chain, self._inventor = Chain(told), inventor
        self._slots = lru_cache(maxsize=None)(lambda code: Slots(told, self._patterns[code]))
        self._sheet = lru_cache(maxsize=None)(lambda code, level, days: Sheet(self._slots(code), level, days))
        self._patterns: dict[str, Pattern] = {}
        for shared in SHARED:
            self.rows.add((shared, row) for row in told.rows[shared])

    def write(self, here: Planned) -> None:
        """Copy one authority: its staff once, then neighbourhoods with a team for every few, until all are there."""
        model = here.pattern
        self._patterns[model.code] = model
        slots = self._slots(model.code)
        makers = self._inventor.makers(town=(model.town, here.town), code=(model.code, here.code))

        def values(level: Level) -> list[Any]:
            return list(fill(slots.keys[level], makers, self._inventor.random.getrandbits))

        own, team = values(Level.AUTHORITY), list[Any]()
        self._copy(model.code, Level.AUTHORITY, own)
        self.authorities.append(own[list(slots.keys[Level.AUTHORITY]).index(("id", model.authority))])
        for number in range(-(-here.learners // model.learners)):
            if number % HOMES_OF_A_TEAM == 0:
                team = values(Level.TEAM)
                self._copy(model.code, Level.TEAM, own + team)
            days = 7 * self._inventor.random.randrange(WEEKS)
            self._copy(model.code, Level.HOMES, own + team + values(Level.HOMES), days)
            self.learners += model.learners

    def finish(self) -> None:
        """Write what still waits."""
        self.rows.flush()

    def _copy(self, code: str, level: Level, values: list[Any], days: int = 0) -> None:
        self.rows.add(self._chain.extended(self._sheet(code, level, days).copy(values)))
