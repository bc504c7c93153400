"""A mentor and a newcomer, and what both are shown."""

from datetime import datetime
from uuid import UUID, uuid4

from lms.core.db import Db
from lms.programme.mentors import matching, queries, services
from lms.programme.mentors.services import Offer, Reach, Wish
from lms.programme.mentors.words import Kind, Way
from tests.world import World

MENTORS = ("zelda.mentor@example.com", "01632 960 777", "Zanzibar Mentor Hill")
"""How a mentor is reached and where they live; it must stand nowhere a newcomer looks."""
NEW = "newcomer-7731@example.com"


def offer(
    db: Db, world: World, person: UUID, now: datetime, *, kind: Kind = Kind.PA, room: int = 1, way: Way = Way.EMAIL
) -> UUID:
    """Somebody is a mentor."""
    once = uuid4()
    said = Offer(
        kind, "en", MENTORS[2], "First weeks", room, Reach(way, MENTORS[0] if way is Way.EMAIL else MENTORS[1])
    )
    services.agree(db, said, once=once, authority_id=world.authority, agreed=True, by=person, now=now)
    return once


def wish(kind: Kind = Kind.PA, *, area: str = "", near: bool = False, address: str = NEW) -> Wish:
    """What somebody new says."""
    return Wish(kind, "en", area, near, "Newcomer Niamh", Reach(Way.EMAIL, address))


def ask(db: Db, world: World, person: UUID, now: datetime, *, kind: Kind = Kind.PA) -> UUID:
    """Somebody new asks."""
    services.ask(db, wish(kind), once=uuid4(), authority_id=world.authority, agreed=True, by=person, now=now)
    return queries.requests_of(db, person, [world.authority])[0].id


def pair(db: Db, world: World, now: datetime, *, mentor: UUID, newcomer: UUID, kind: Kind = Kind.PA) -> UUID:
    """A pair; gives the match."""
    mentor_id, request_id, once = (
        offer(db, world, mentor, now, kind=kind),
        ask(db, world, newcomer, now, kind=kind),
        uuid4(),
    )
    matching.match(
        db, once=once, authority_id=world.authority, request_id=request_id, mentor_id=mentor_id, by=world.coordinator,
        now=now,
    )  # fmt: skip
    return once
