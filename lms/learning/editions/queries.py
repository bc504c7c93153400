"""Read editions: whether the editions that learners keep still stand on the shelf."""

from collections import Counter

from sqlalchemy import select

from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning.catalogue import Courses
from lms.learning.models import Enrolment


def gone(db: Db) -> list[tuple[str, str, int]]:
    """Module, edition, and how many running enrolments keep it though no pack brings it any more, in order."""
    courses = shelf(db, Courses)
    kept = select(Enrolment.editions).where(Enrolment.ended_at.is_(None), Enrolment.editions.is_not(None))
    counted: Counter[tuple[str, str]] = Counter()
    for pins in db.scalars(kept.execution_options(yield_per=1000)):
        counted.update((pins or {}).items())
    return sorted((code, edition, n) for (code, edition), n in counted.items() if not courses.has(code, edition))
