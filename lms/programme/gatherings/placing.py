"""Who has a place at an event, who waits for one, and who is next. An event is held while its places change hands."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.programme.gatherings import rules
from lms.programme.gatherings.events import GatheringPlaceGone, GatheringPlaceMovedUp, GatheringPlaceTaken
from lms.programme.gatherings.knowing import could_join, known_for
from lms.programme.gatherings.models import Gathering, GatheringPlace
from lms.programme.gatherings.words import Gone, Standing

LONGEST_NEEDS = 500


def held(db: Db, gathering_id: UUID) -> Gathering:
    """An event, held until the end, so that two who want the last place come one after the other. Raises NotFound."""
    row = db.get(Gathering, gathering_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("event")
    return row


def take(db: Db, *, once: UUID, gathering_id: UUID, needs: str, by: UUID, now: datetime) -> Standing:
    """Sign up by oneself: a place while there is one, else the end of the waiting list. Signed up already stays so.

    Raises NotFound where it is not open to them; Refused once it began or is called off.
    """
    row = held(db, gathering_id)
    if not could_join(db, row, by):
        raise NotFound("event")
    _still_ahead(row, now)
    return _add(db, row, once=once, person_id=by, needs=needs, by=by, now=now)


def give(db: Db, *, gathering_id: UUID, person_ids: Collection[UUID], by: UUID, now: datetime) -> int:
    """A coordinator gives places to people of the authority, also where they could not sign up; how many are new.

    Who waits already goes on waiting, and whoever is over what the room holds waits like all others; once it began
    those who came are there, however many. Raises NotFound for anybody who belongs nowhere here.
    """
    row = held(db, gathering_id)
    if row.cancelled_at is not None:
        raise Refused(N_("This event is called off."))
    new = 0
    for person_id in sorted(set(person_ids)):
        if not known_for(db, row, person_id).anybody:
            raise NotFound("person")
        if open_place(db, gathering_id, person_id) is None:
            _add(db, row, once=None, person_id=person_id, needs="", by=by, now=now)
            new += 1
    return new


def give_back(db: Db, *, gathering_id: UUID, person_id: UUID, by: UUID, now: datetime) -> bool:
    """Give a place back, one's own or as coordinator; the next who waits gets it. Whether there was one.

    Refused once it began: then whether they were there is what counts.
    """
    row = held(db, gathering_id)
    place = open_place(db, gathering_id, person_id)
    if place is None:
        return False
    if row.cancelled_at is None and now >= row.starts_at:
        raise Refused(N_("This event has begun. Whoever leads it notes who was there."))
    _end(db, row, place, Gone.GIVEN_BACK if by == person_id else Gone.TAKEN_AWAY, by=by, now=now)
    move_up(db, row, now)
    return True


def open_place(db: Db, gathering_id: UUID, person_id: UUID) -> GatheringPlace | None:
    """Somebody's place, or their turn on the waiting list."""
    mine = (GatheringPlace.gathering_id == gathering_id, GatheringPlace.person_id == person_id)
    return db.scalar(select(GatheringPlace).where(*mine, GatheringPlace.ended_at.is_(None)))


def taken(db: Db, gathering_id: UUID) -> int:
    """How many places are taken."""
    mine = GatheringPlace.gathering_id == gathering_id
    wanted = select(func.count()).where(mine, GatheringPlace.ended_at.is_(None), GatheringPlace.placed_at.is_not(None))
    return db.scalar(wanted) or 0


def walk_in(db: Db, row: Gathering, person_id: UUID, now: datetime) -> None:
    """Somebody is in the room without a place: they have one from now on, however many there are."""
    place = open_place(db, row.id, person_id)
    if place is None:
        _add(db, row, once=None, person_id=person_id, needs="", by=person_id, now=now)
    elif place.placed_at is None:
        place.placed_at = now
        db.flush()


def move_up(db: Db, row: Gathering, now: datetime) -> int:
    """Give free places to those who wait, in the order in which they asked; how many. None once it began.

    Who does not belong to the authority on the day is passed over, and does not wait any longer.
    """
    if row.cancelled_at is not None or now >= row.starts_at:
        return 0
    waits = select(GatheringPlace).where(
        GatheringPlace.gathering_id == row.id, GatheringPlace.ended_at.is_(None), GatheringPlace.placed_at.is_(None)
    )
    waiting = {each.number: each for each in db.scalars(waits)}
    moved = 0
    while chosen := rules.moving_up(list(waiting), rules.free(row.capacity, taken(db, row.id))):
        for number in chosen:
            place = waiting.pop(number)
            if not known_for(db, row, place.person_id).anybody:
                _end(db, row, place, Gone.ROLE_ENDED, by=None, now=now)
                continue
            place.placed_at = now
            db.flush()
            moved += 1
            fact = GatheringPlaceMovedUp(about=place.person_id, authority_id=row.authority_id, gathering_id=row.id)
            record(db, fact, by=None, now=now, behalf=row.authority_id)
    return moved


def drop_gone(db: Db, row: Gathering, now: datetime) -> int:
    """End the places of those who do not belong to the authority on the day of the event; how many."""
    wanted = select(GatheringPlace).where(GatheringPlace.gathering_id == row.id, GatheringPlace.ended_at.is_(None))
    dropped = 0
    for place in db.scalars(wanted).all():
        if not known_for(db, row, place.person_id).anybody:
            _end(db, row, place, Gone.ROLE_ENDED, by=None, now=now)
            dropped += 1
    return dropped


def free_places(db: Db, person_id: UUID, now: datetime) -> None:
    """Somebody's role ends: places at events after their last day are free for those who wait."""
    wanted = (
        select(Gathering.id)
        .join(GatheringPlace, GatheringPlace.gathering_id == Gathering.id)
        .where(GatheringPlace.person_id == person_id, GatheringPlace.ended_at.is_(None))
        .where(Gathering.starts_at > now, Gathering.cancelled_at.is_(None))
        .order_by(Gathering.id)
    )
    for id in db.scalars(wanted).all():
        row = held(db, id)
        place = open_place(db, id, person_id)
        if place is not None and not known_for(db, row, person_id).anybody:
            _end(db, row, place, Gone.ROLE_ENDED, by=None, now=now)
            move_up(db, row, now)


def _add(
    db: Db, row: Gathering, *, once: UUID | None, person_id: UUID, needs: str, by: UUID, now: datetime
) -> Standing:
    known = open_place(db, row.id, person_id)
    if known is not None:
        return Standing.PLACE if known.placed_at else Standing.WAITING
    room = now >= row.starts_at or rules.free(row.capacity, taken(db, row.id)) != 0
    place = GatheringPlace(
        id=once or uuid4(),
        gathering_id=row.id,
        person_id=person_id,
        needs=clean_text(needs, LONGEST_NEEDS),
        by=by,
        at=now,
        placed_at=now if room else None,
    )
    if not add_once(db, place):  # the form of a place that was given back, gone back to: no word of a place now
        raise Refused(N_("This form was used before. Open the event again, then sign up."))
    fact = GatheringPlaceTaken(
        about=person_id,
        authority_id=row.authority_id,
        gathering_id=row.id,
        waits=not room,
        given=by != person_id,
    )
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    return Standing.PLACE if room else Standing.WAITING


def _end(db: Db, row: Gathering, place: GatheringPlace, why: Gone, *, by: UUID | None, now: datetime) -> None:
    place.ended, place.ended_at = why, now
    db.flush()
    fact = GatheringPlaceGone(about=place.person_id, authority_id=row.authority_id, gathering_id=row.id, why=why)
    record(db, fact, by=by, now=now, behalf=row.authority_id)


def _still_ahead(row: Gathering, now: datetime) -> None:
    if row.cancelled_at is not None:
        raise Refused(N_("This event is called off."))
    if now >= row.starts_at:
        raise Refused(N_("This event has begun, so nobody can sign up any more."))
