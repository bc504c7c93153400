"""What `lms doctor` says about editions."""

from collections.abc import Iterator
from datetime import datetime

from lms.core.db import Db
from lms.core.doctor import Finding, Level
from lms.core.house import House
from lms.learning.editions import queries


def look(db: Db, _house: House, _now: datetime) -> Iterator[Finding]:
    """Each edition that learners began and no pack brings any more: they see the newest in its place."""
    for module, edition, count in queries.gone(db):
        who = f"Enrolments that keep {module} in edition {edition}: {count:,}"
        yield Finding(Level.NOTE, "editions", f"{who}. No pack has it now, so these learners see the newest.")
