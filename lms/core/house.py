"""Everything one running PALMS holds together. There are no globals; whoever needs the house is given it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lms.core.cards import CardMaker
from lms.core.clock import Clock, utc_now
from lms.core.db import Database
from lms.core.files import Files
from lms.core.settings import Settings
from lms.core.shelves import Shelves
from lms.core.work import Workers


@dataclass(frozen=True)
class House:
    """Settings, database, content, files, what the worker can do, and how this site knows who is asking.

    `sweeps` is what the worker does each minute because the calendar moved on: house and moment in.
    `looks` are what rooms have to say to `lms doctor`, after what the core looks at.
    `waits` gives what waits for somebody: unit of work, viewer and day in (see lms.assessment.queues).
    `known` keeps what was worked out from content once, while this process runs; nothing about anybody.
    `who` gives the current viewer (lms.people.viewer.Viewer) or None; `standalone` is False on a host's site.
    """

    settings: Settings
    database: Database
    shelves: Shelves
    files: Files
    workers: Workers = field(default_factory=dict)
    card_makers: Sequence[CardMaker] = ()
    sweeps: Sequence[Callable[["House", datetime], object]] = ()
    looks: Sequence[Callable[[Any, "House", datetime], Iterator[Any]]] = ()
    waits: Sequence[Callable[[Any, Any, date], list[Any]]] = ()
    clock: Clock = utc_now
    who: Callable[[], Any] = lambda: None
    standalone: bool = False
    known: dict[Any, Any] = field(default_factory=dict)
