"""Who reacts to what, who does which work, and what each room brings: the whole house on one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from flask import Blueprint

from lms.core import jobs, migrate, shelves
from lms.core import views as core_views
from lms.core.cards import CardMaker
from lms.core.clock import Clock, utc_now
from lms.core.db import Database
from lms.core.events import Reactions
from lms.core.files import Files
from lms.core.house import House
from lms.core.settings import Settings
from lms.core.shelves import Loader
from lms.core.words import N_
from lms.core.work import Workers
from lms.people import desk, entrance
from lms.people import home as people_home
from lms.people import views as people_views
from lms.people.rules import Role

ROOMS = ("core", "people", "learning", "assessment", "certification", "funding", "notifications")

REACTIONS: Reactions = {}
"""What other rooms write when a fact is recorded, in this order, in the same transaction."""

WORKERS: Workers = {}
"""What the worker does with waiting rows, by kind."""

LOADERS: Mapping[str, Sequence[Loader]] = {}
"""Who reads which shelf."""

CARDS: tuple[CardMaker, ...] = (people_home.cards,)
"""What stands on a home page."""

BLUEPRINTS: tuple[Blueprint, ...] = (core_views.pages, people_views.pages, desk.pages)
ENTRANCE: tuple[Blueprint, ...] = (entrance.pages,)
DEMO_BLUEPRINTS: tuple[Blueprint, ...] = ()


@dataclass(frozen=True)
class NavigationItem:
    """A page in the menu, for those who hold one of the roles; no roles: for everybody signed in."""

    label: str
    endpoint: str
    roles: tuple[Role, ...] = ()


NAVIGATION = (
    NavigationItem(N_("Home"), "lms.people.home"),
    NavigationItem(N_("People"), "lms.desk.people", (Role.COORDINATOR,)),
    NavigationItem(N_("Your account"), "lms.people.account"),
)


def import_models() -> None:
    """Make every room's tables known, for migrations and tests."""
    for room in ROOMS:
        import_module(f"lms.{room}.models")


def build_house(settings: Settings, *, clock: Clock | None = None, bell: Callable[[UUID], Any] | None = None) -> House:
    """A house ready to be lived in: content loaded, database reachable and not newer than this version.

    `bell` is rung with the id of waiting work after its commit; by default it wakes the worker through the job
    engine. Raises ContentWrong with every mistake in every pack, NewerDatabase, or what the database says.
    """
    import_models()
    loaded = shelves.load(LOADERS, settings.packs)
    ring = bell or jobs.bell(settings)
    database = Database(settings.database_url, info={"reactions": REACTIONS, "shelves": loaded, "bell": ring})
    migrate.check_not_newer(database)
    return House(
        settings=settings,
        database=database,
        shelves=loaded,
        files=Files(settings.files_url),
        workers=WORKERS,
        card_makers=CARDS,
        clock=clock or utc_now,
    )
