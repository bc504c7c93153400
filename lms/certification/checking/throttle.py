"""Counts tries that did not fit, by a place that is not kept as such, and says how long to wait before the next."""

from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, func, select, text

from lms.certification.checking.models import CheckTry
from lms.certification.checking.rules import BOUNDS, REMEMBERED, Tried, Tries, wait
from lms.core.db import Db, columns
from lms.core.house import House


def wait_here(db: Db, tried: Tried, *, place: str, now: datetime, about: UUID | None = None) -> timedelta:
    """How long somebody at a place has to wait before such a try is answered; nothing for most people."""
    since = now - REMEMBERED
    here, last, in_all = columns(db, tries(tried), {"place": place, "since": since, "about": about}).one()
    return wait(Tries(here, last, in_all), BOUNDS[tried], now)


def count(db: Db, tried: Tried, *, place: str, now: datetime, about: UUID | None = None) -> timedelta:
    """Remember a try that did not fit, unless it came too early; how long it had to wait, nothing when it was in time.

    Asked again here, under a lock, so that guesses sent all at once are counted one by one.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(hashtext(:place))"), {"place": f"check:{place}"})
    too_early = wait_here(db, tried, place=place, now=now, about=about)
    if not too_early:
        db.add(CheckTry(tried=tried, place=place, about=about, at=now))
        db.flush()
    return too_early


def forget_old(house: House, now: datetime) -> None:
    """Forget what is older than an hour. The worker does this each minute."""
    old = CheckTry.at <= now - REMEMBERED
    with house.database.reading() as db:
        if db.scalar(select(CheckTry.id).where(old).limit(1)) is None:
            return
    with house.database.writing() as db:
        db.execute(delete(CheckTry).where(old))


@lru_cache(maxsize=8)
def tries(tried: Tried) -> Select[int, datetime | None, int]:
    """What `Tries` holds, for a place, since a moment, and about a certificate: `here`, `last` and `in_all`.

    Counted only as far as it matters: who floods us does not make us count the flood.
    """
    recent = select(CheckTry.at).where(CheckTry.tried == tried, CheckTry.at > bindparam("since"))
    if tried is Tried.NAME:
        recent = recent.where(CheckTry.about == bindparam("about"))
    here = recent.where(CheckTry.place == bindparam("place")).subquery()
    around = recent.limit(BOUNDS[tried].all_around).subquery()
    in_all = select(func.count()).select_from(around).scalar_subquery()
    counted = (func.count().label("here"), func.max(here.c.at).label("last"), in_all.label("in_all"))
    return select(*counted).select_from(here)
