"""What profiles do when something else happens: a listing moves, or a PA leaves an authority."""

from datetime import datetime

from sqlalchemy import update

from lms.core.db import Db
from lms.register.directory.models import ProfileFace
from lms.register.kinds import ListingState
from lms.register.listing.events import ListingMoved


def follow_listing(db: Db, fact: ListingMoved, now: datetime) -> None:
    """A profile is found only while its PA is listed or provisional: it is hidden with the move itself."""
    mine = (ProfileFace.person_id == fact.about, ProfileFace.authority_id == fact.authority_id)
    db.execute(update(ProfileFace).where(*mine).values(state=ListingState(fact.state), used_at=now))
