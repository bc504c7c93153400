"""Read two records of one person as one, and undo it. No data is moved, so undoing brings back what was."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select, update

from lms.certification import services as certification
from lms.certification.rules import Need
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.register import queries, standings
from lms.register.kinds import ListingState
from lms.register.listing import doubles
from lms.register.listing.moves import ENDED
from lms.register.listing.queries import listings_of_many, open_notice
from lms.register.merging.events import RecordsApart, RecordsLinked, TwoPeopleSaid
from lms.register.merging.models import LikelyDouble, SamePerson
from lms.register.merging.reasons import Likeness, LinkReason, UndoReason
from lms.register.touching import touch


def link(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    kept_id: UUID,
    other_id: UUID,
    reason: LinkReason,
    by: UUID,
    now: datetime,
) -> None:
    """Read two records as one from now on: `kept_id` stays on the lists, the other one leaves them.

    What was recorded for either counts for both; the other one's listing is closed. The same form twice links once.
    Raises NotFound for PAs the authority does not know. Refused for one's own record, when one of the two is part of
    another link in a way that makes no sense, and when the record that is on the register would leave it.
    """
    if db.get(SamePerson, once) is not None:
        return
    both = sorted({kept_id, other_id})
    if len(both) == 1 or not all(queries.knows(db, authority_id, each, london_day(now)) for each in both):
        raise NotFound("person")
    if by in both:
        raise Refused(N_("Somebody else has to do this, since one of the records is yours."))
    standings.locked(db, authority_id, both)  # of two officers at once, the second sees what the first did
    _check_links(db, authority_id, kept_id, other_id)
    _check_listings(db, authority_id, kept_id, other_id)
    row = SamePerson(
        id=once,
        authority_id=authority_id,
        kept_id=kept_id,
        other_id=other_id,
        reason=reason,
        linked_by=by,
        linked_at=now,
    )
    if not add_once(db, row):
        raise Refused(N_("Somebody linked one of these records a moment ago. Look at it again."))
    doubles.close_double(db, person_id=other_id, authority_id=authority_id, by=by, now=now)
    standings.end_standing(
        db, person_id=other_id, authority_id=authority_id, last_day=london_day(now) - timedelta(days=1)
    )
    _settle(db, authority_id, both, by, now)
    facts = [
        RecordsLinked(
            about=one, authority_id=authority_id, link_id=once, with_id=other, kept=one == kept_id, reason=reason.value
        )
        for one, other in ((kept_id, other_id), (other_id, kept_id))
    ]
    record_all(db, facts, by=by, now=now, behalf=authority_id)
    _follow(db, authority_id, both, now)


def undo(db: Db, *, link_id: UUID, authority_id: UUID, reason: UndoReason, by: UUID, now: datetime) -> None:
    """Read the two as two again: both are back on the lists, and the other one's listing where it stood.

    Twice is harmless. Raises NotFound for another authority's link; refused for one's own record.
    """
    row = db.scalar(
        select(SamePerson)
        .where(SamePerson.id == link_id, SamePerson.authority_id == authority_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("link")
    if row.ended_at is not None:
        return
    both = sorted({row.kept_id, row.other_id})
    if by in both:
        raise Refused(N_("Somebody else has to do this, since one of the records is yours."))
    standings.locked(db, authority_id, both)
    row.ended_at, row.ended_by, row.end_reason = now, by, reason
    db.flush()
    held, last = people.role_until(db, row.other_id, Role.PA, authority_id, london_day(now))
    if held:
        standings.end_standing(db, person_id=row.other_id, authority_id=authority_id, last_day=last)
    doubles.reopen_double(db, person_id=row.other_id, authority_id=authority_id, by=by, now=now)
    facts = [
        RecordsApart(about=one, authority_id=authority_id, link_id=link_id, with_id=other, reason=reason.value)
        for one, other in ((row.kept_id, row.other_id), (row.other_id, row.kept_id))
    ]
    record_all(db, facts, by=by, now=now, behalf=authority_id)
    _follow(db, authority_id, both, now)


def two_people(db: Db, *, authority_id: UUID, first_id: UUID, second_id: UUID, by: UUID, now: datetime) -> None:
    """Two records that look alike are two people: the pair is suggested no more. Twice is harmless."""
    first, second = sorted((first_id, second_id))
    on = london_day(now)
    if first == second or not all(queries.knows(db, authority_id, each, on) for each in (first, second)):
        raise NotFound("person")
    if by in (first, second):
        raise Refused(N_("Somebody else has to do this, since one of the records is yours."))
    if not _settle(db, authority_id, [first, second], by, now):
        return
    facts = [
        TwoPeopleSaid(about=one, authority_id=authority_id, with_id=other)
        for one, other in ((first, second), (second, first))
    ]
    record_all(db, facts, by=by, now=now, behalf=authority_id)


def _check_links(db: Db, authority_id: UUID, kept_id: UUID, other_id: UUID) -> None:
    there = db.scalars(
        select(SamePerson).where(
            SamePerson.authority_id == authority_id,
            SamePerson.ended_at.is_(None),
            or_(SamePerson.kept_id.in_((kept_id, other_id)), SamePerson.other_id.in_((kept_id, other_id))),
        )
    ).all()
    if any(kept_id == each.other_id for each in there):
        raise Refused(N_("The record that is to stay was linked to another one. Keep that one, or undo that link."))
    if any(other_id in (each.kept_id, each.other_id) for each in there):
        raise Refused(N_("The other record is part of a link already. Undo that link first."))


def _check_listings(db: Db, authority_id: UUID, kept_id: UUID, other_id: UUID) -> None:
    """Nobody drops off the register by being found twice: then the record that is on it has to stay."""
    found = listings_of_many(db, [kept_id, other_id], authority_id)
    nothing = {ListingState.DRAFT, *ENDED}
    kept, other = (found[each].state if each in found else ListingState.DRAFT for each in (kept_id, other_id))
    if other not in nothing and kept in nothing:
        raise Refused(N_("The other record has the listing. Choose that one as the record that stays."))
    under_way = other_id in found and open_notice(db, found[other_id].id) is not None
    if under_way or (other is ListingState.SUSPENDED and kept is not ListingState.SUSPENDED):
        raise Refused(N_("The other record is suspended or under notice. Choose it as the one that stays."))


def _follow(db: Db, authority_id: UUID, both: list[UUID], now: datetime) -> None:
    """What is worked out from both records is worked out again: standings, certificates, and what systems are told."""
    standings.reassess_many(db, authority_id=authority_id, person_ids=both, now=now)
    for person_id in both:
        certification.look_again(db, person_id, now, needs={Need.CONDUCT_ACCEPTED})
    touch(db, authority_id, both, now)


def _settle(db: Db, authority_id: UUID, pair: list[UUID], by: UUID, now: datetime) -> bool:
    """Nobody has to look at this pair again, given in order; False when that was so already."""
    first, second = pair
    row = LikelyDouble(
        id=uuid4(),
        authority_id=authority_id,
        first_id=first,
        second_id=second,
        likeness=Likeness.NAME,
        found_at=now,
        settled_at=now,
        settled_by=by,
    )
    if add_once(db, row):
        return True
    open_one = (
        update(LikelyDouble)
        .where(
            LikelyDouble.authority_id == authority_id,
            LikelyDouble.first_id == first,
            LikelyDouble.second_id == second,
            LikelyDouble.settled_at.is_(None),
        )
        .values(settled_at=now, settled_by=by)
        .returning(LikelyDouble.id)
    )
    return bool(db.scalars(open_one).all())
