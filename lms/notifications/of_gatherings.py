"""Whom to tell about events: those with a place or who wait, of what somebody else, the list or the calendar did."""

from datetime import datetime
from uuid import UUID

from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.programme.gatherings import queries
from lms.programme.gatherings.events import (
    GatheringComesUp,
    GatheringNewsDue,
    GatheringPlaceGone,
    GatheringPlaceMovedUp,
    GatheringPlaceTaken,
)
from lms.programme.gatherings.rules import clock_of
from lms.programme.gatherings.words import Gone


def tell_of_given(db: Db, fact: GatheringPlaceTaken, now: datetime) -> None:
    """Somebody hears that a coordinator gave them a place; whoever signed up by themselves knows."""
    if fact.given:
        _tell(db, "gathering_waits" if fact.waits else "gathering_given", fact.about, fact.gathering_id, now)


def tell_moved_up(db: Db, fact: GatheringPlaceMovedUp, now: datetime) -> None:
    """Who waited hears that they have a place."""
    _tell(db, "gathering_moved_up", fact.about, fact.gathering_id, now)


def tell_gone(db: Db, fact: GatheringPlaceGone, now: datetime) -> None:
    """Somebody hears that a coordinator took them off the list; who gave it back, or left, knows."""
    if fact.why == Gone.TAKEN_AWAY:
        _tell(db, "gathering_gone", fact.about, fact.gathering_id, now)


def tell_news(db: Db, fact: GatheringNewsDue, now: datetime) -> None:
    """Everybody concerned hears that an event moved, or is off."""
    _tell(db, "gathering_cancelled" if fact.cancelled else "gathering_changed", fact.about, fact.gathering_id, now)


def tell_comes_up(db: Db, fact: GatheringComesUp, now: datetime) -> None:
    """Somebody is reminded of an event they have a place at."""
    _tell(db, "gathering_comes_up", fact.about, fact.gathering_id, now)


def _tell(db: Db, kind: str, person_id: UUID, gathering_id: UUID, now: datetime) -> None:
    someone, found = people.person(db, person_id), queries.told_of(db, gathering_id)
    services.tell_person(
        db,
        kind,
        someone,
        now,
        event=found.title,
        day=i18n.day(london_day(found.starts_at), someone.language),
        clock=clock_of(found.starts_at),
        authority=people.organisation(db, found.authority_id).called(someone.language),
        gathering=str(gathering_id),
    )
