"""What events write when other rooms record a fact."""

from datetime import datetime

from lms.core.db import Db
from lms.people.events import RoleEnded
from lms.programme.gatherings import placing


def free_places_with_role(db: Db, fact: RoleEnded, now: datetime) -> None:
    """A role ends: places at events after its last day are free, unless another role brings them here."""
    placing.free_places(db, fact.about, now)
