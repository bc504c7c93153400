"""What the register's own sub-rooms know of many PAs at once, for verdicts: waivers, listings, other ids."""

from collections.abc import Collection, Mapping
from importlib import import_module
from typing import Any
from uuid import UUID

from lms.core.db import Db
from lms.register.held import Waiver
from lms.register.rules import Before


def same_as(db: Db, person_ids: Collection[UUID], authority_id: UUID) -> Mapping[UUID, tuple[UUID, ...]]:
    """Other ids whose records count for these people; most have none and are left out."""
    return _ask("merging", "same_as", db, person_ids, authority_id)


def waivers_of_many(db: Db, person_ids: Collection[UUID], authority_id: UUID) -> Mapping[UUID, tuple[Waiver, ...]]:
    """The waivers of these people at an authority; those with none are left out."""
    return _ask("listing", "waivers_of_many", db, person_ids, authority_id)


def before_of_many(db: Db, person_ids: Collection[UUID], authority_id: UUID) -> Mapping[UUID, Before]:
    """What each of these people was until today at an authority; new applicants are left out."""
    return _ask("listing", "before_of_many", db, person_ids, authority_id)


def follow(db: Db, authority_id: UUID, verdicts: Mapping[UUID, Any], now: Any) -> None:
    """Tell the listings of newly worked out verdicts: the calendar's moves follow."""
    try:
        calendar = import_module("lms.register.listing.calendar")
    except ModuleNotFoundError:
        return
    calendar.follow(db, authority_id, verdicts, now)


def _ask(room: str, name: str, *given: Any) -> Any:
    try:
        queries = import_module(f"lms.register.{room}.queries")
    except ModuleNotFoundError:
        return {}
    ask = getattr(queries, name, None)
    return ask(*given) if ask else {}
