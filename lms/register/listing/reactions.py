"""What follows a move in the register itself: what the rules say may depend on where a PA stands."""

from datetime import datetime

from lms.core.db import Db
from lms.register import standings
from lms.register.listing.events import ListingMoved, WaiverEnded, WaiverGiven


def work_out_again(db: Db, fact: ListingMoved | WaiverGiven | WaiverEnded, now: datetime) -> None:
    """The standing is worked out again: days of grace and waivers change what the rules say."""
    standings.reassess(db, person_id=fact.about, authority_id=fact.authority_id, now=now)
