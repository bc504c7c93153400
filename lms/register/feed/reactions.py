"""Facts after which other systems may have something else to be told. Quick: only whose it is gets noted."""

from collections.abc import Sequence
from datetime import datetime

from lms.core.db import Db
from lms.core.events import together
from lms.people.events import NameChanged, RoleEnded, RoleGiven, RoleTakenBack
from lms.people.rules import Role
from lms.register.directory.events import ProfileHidden, ProfilePublished, ProfileShown
from lms.register.events import VerdictChanged
from lms.register.listing import queries as listing
from lms.register.listing.events import ListingMoved
from lms.register.touching import touch

Changed = VerdictChanged | ListingMoved | ProfilePublished | ProfileShown | ProfileHidden


def touch_on_change(db: Db, fact: Changed, now: datetime) -> None:
    """A verdict, a listing or a profile is another one now."""
    touch(db, fact.authority_id, [fact.about], now)


def _touch_on_roles(db: Db, facts: Sequence[RoleGiven | RoleEnded | RoleTakenBack], now: datetime) -> None:
    pas = [fact for fact in facts if fact.role is Role.PA]
    for authority_id in {fact.organisation_id for fact in pas}:
        touch(db, authority_id, [fact.about for fact in pas if fact.organisation_id == authority_id], now)


@together(_touch_on_roles)
def touch_on_role(db: Db, fact: RoleGiven | RoleEnded | RoleTakenBack, now: datetime) -> None:
    """A PA came to an authority, or leaves it."""
    if fact.role is Role.PA:
        touch(db, fact.organisation_id, [fact.about], now)


def touch_on_name(db: Db, fact: NameChanged, now: datetime) -> None:
    """A PA is called otherwise: on every register they ever applied to."""
    for each in listing.listings_of(db, fact.about):
        touch(db, each.authority_id, [fact.about], now)
