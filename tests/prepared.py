"""Databases that are made once and copied for each test: with their tables, with the small world, with what rooms add.

What many tests of a room start from is a *stage*: made through the services, from what it builds on. It is made once
for each kind of database, set of shelves and wiring, and every test that asks for it gets a copy.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from inspect import Parameter, Signature
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from lms.core.house import House
from lms.core.shelves import Shelves
from lms.core.work import Workers
from tests.servers import Server

Make = Callable[..., Any]
"""Makes a stage and commits it: `make(house, *stands, now)`, with what was made on the way to it, the first first."""


@dataclass(frozen=True)
class Wiring:
    """Who listens to what in a house, and what its rooms bring along."""

    info: Mapping[str, Any]
    workers: Workers
    card_makers: Sequence[Any] = ()
    waits: Sequence[Any] = ()


HouseOn = Callable[[str, Path, Shelves, Wiring], House]


@dataclass(frozen=True)
class Stage:
    """How something is made, and the name of the fixture it builds on; the first builds on none."""

    make: Make
    after: str | None


def stage(make: Make, *, after: str | None = "world") -> Any:
    """A fixture that gives what `make` makes; its name is that of the variable it stands in."""

    def fixture(request: pytest.FixtureRequest, house: House, now: datetime, **_before: Any) -> Any:
        values = request.node.stash.get(VALUES, {})
        return values[make] if make in values else make(house, *_stands(request, after), now)

    names = ["request", "house", "now", *([after] if after else [])]
    fixture.__signature__ = Signature([Parameter(name, _NAMED) for name in names])  # type: ignore[attr-defined]
    fixture.__doc__ = make.__doc__
    fixture.stage = Stage(make, after)  # type: ignore[attr-defined]
    return pytest.fixture(fixture)


_NAMED = Parameter.POSITIONAL_OR_KEYWORD


def _stands(request: pytest.FixtureRequest, name: str | None) -> tuple[Any, ...]:
    """What the fixtures on the way to one, and it itself, give in this test."""
    if name is None:
        return ()
    known = request.node._fixtureinfo.name2fixturedefs
    found: Stage | None = getattr(known[name][-1].func, "stage", None)
    return (*_stands(request, found.after if found else None), request.getfixturevalue(name))


VALUES = pytest.StashKey[dict[Make, Any]]()
"""What the copied database of a test already has in it."""


@dataclass(frozen=True)
class Prepared:
    """A database that is copied: a file's path or a name on the server; and what stands in it."""

    place: str
    values: dict[Make, Any]


def wanted(request: pytest.FixtureRequest) -> tuple[Make, ...]:
    """The stages a test starts from, first to last: the longest way that it asks for."""
    known = request.node._fixtureinfo.name2fixturedefs

    def way(name: str) -> tuple[Make, ...]:
        found: Stage | None = getattr(known[name][-1].func, "stage", None) if name in known else None
        if found is None:
            return ()
        before = way(found.after) if found.after else ()
        return (*before, found.make) if before or not found.after else ()

    return max((way(name) for name in known), key=len, default=())


class Shelf:
    """All that was prepared in this process on one kind of database.

    `empty` has nothing but its tables: a file, or a database on `server`. `house_on` makes a house for an address, a
    folder for its files, shelves, and a wiring.
    """

    def __init__(self, empty: str, server: Server | None, house_on: HouseOn, now: datetime, folder: Path) -> None:
        self._empty, self._server, self._house_on, self._now, self._folder = empty, server, house_on, now, folder
        self._made: dict[tuple[object, ...], Prepared] = {}
        self._kept: list[object] = []
        self._open = ExitStack()

    def get(self, loaded: Shelves, wiring: Wiring, makes: tuple[Make, ...]) -> Prepared:
        """What was prepared; made now where it is asked for the first time."""
        if not makes:
            return Prepared(self._empty, {})
        key = (id(loaded), id(wiring), *makes)
        if key not in self._made:
            self._made[key] = self._make(loaded, wiring, makes)
            self._kept += [loaded, wiring]  # so that nothing else gets their ids
        return self._made[key]

    def _make(self, loaded: Shelves, wiring: Wiring, makes: tuple[Make, ...]) -> Prepared:
        before, make = self.get(loaded, wiring, makes[:-1]), makes[-1]
        folder = self._folder / str(len(self._made))
        folder.mkdir()
        if self._server is None:
            place = str(shutil.copy(before.place, folder / "palms.db"))
            url = f"sqlite:///{place}"
        else:
            url = self._open.enter_context(self._server.database(like=before.place))
            place = str(make_url(url).database)
        house = self._house_on(url, folder, loaded, wiring)
        value = make(house, *before.values.values(), self._now)
        house.database.close()  # the last one out writes everything into the one file that is copied
        return Prepared(place, {**before.values, make: value})

    def close(self) -> None:
        """Take the databases away."""
        self._open.close()
