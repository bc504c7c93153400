"""What belongs to this application and to this request. State lives in `app.extensions` and on `g`; no globals."""

from collections.abc import Callable, Hashable
from datetime import date, datetime
from typing import Any, TypeVar

from flask import current_app, g, request

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House

EXTENSION = "lms"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
T = TypeVar("T")


def house() -> House:
    """The house mounted on this application."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, House)
    return found


def unit() -> Db:
    """This request's unit of work: reading on GET, so that looking at a page changes nothing; writing on POST."""
    if "lms_db" not in g:
        g.lms_db = house().database.unit(writing=request.method not in SAFE_METHODS)
    db: Db = g.lms_db
    return db


def close_unit(_error: BaseException | None = None) -> None:
    """Give the unit of work back; what was not committed is rolled back."""
    db: Db | None = g.pop("lms_db", None)
    if db is not None:
        db.close()


def now() -> datetime:
    """This request's moment, the same from its start to its end (aware UTC)."""
    if "lms_now" not in g:
        g.lms_now = house().clock()
    moment: datetime = g.lms_now
    return moment


def read_once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once in a request that only looks; one that writes reads anew each time."""
    if request.method not in SAFE_METHODS:
        return read()
    known: dict[Hashable, Any] = g.setdefault("lms_read_once", {})
    if key not in known:
        known[key] = read()
    found: T = known[key]
    return found


def today() -> date:
    """This request's day in the United Kingdom."""
    return london_day(now())
