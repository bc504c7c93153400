"""What follows in listings when something happens elsewhere, and in standings when a listing moves."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import update

from lms.core.db import Db
from lms.core.events import together
from lms.people.events import RoleEnded, RoleGiven
from lms.people.rules import Role
from lms.register import standings
from lms.register.listing import calendar
from lms.register.listing.events import ListingMoved, WaiverEnded, WaiverGiven
from lms.register.listing.models import Listing
from lms.register.spans import day_after


def work_out_again(db: Db, fact: ListingMoved | WaiverGiven | WaiverEnded, now: datetime) -> None:
    """The standing is worked out again: days of grace and waivers change what the rules say.

    Of listings that the calendar moves, all at once and a moment later.
    """
    if calendar.noted(db, fact.authority_id, fact.about):
        return
    standings.reassess(db, person_id=fact.about, authority_id=fact.authority_id, now=now)


def end_with_role(db: Db, fact: RoleEnded, _now: datetime) -> None:
    """A PA leaves an authority: their listing there ends with the day after their last one."""
    if fact.role is Role.PA:
        _gone_on(db, fact.about, fact.organisation_id, day_after(fact.until))


def _stay_with_roles(db: Db, facts: Sequence[RoleGiven], _now: datetime) -> None:
    for authority_id in {fact.organisation_id for fact in facts if fact.role is Role.PA}:
        ids = [fact.about for fact in facts if fact.role is Role.PA and fact.organisation_id == authority_id]
        theirs = Listing.person_id.in_(ids), Listing.authority_id == authority_id
        db.execute(update(Listing).where(*theirs).values(gone_on=None))


@together(_stay_with_roles)
def stay_with_role(db: Db, fact: RoleGiven, _now: datetime) -> None:
    """A PA is known to an authority (again)."""
    if fact.role is Role.PA:
        _gone_on(db, fact.about, fact.organisation_id, None)


def _gone_on(db: Db, person_id: UUID, authority_id: UUID, day: date | None) -> None:
    theirs = Listing.person_id == person_id, Listing.authority_id == authority_id
    db.execute(update(Listing).where(*theirs).values(gone_on=day))
