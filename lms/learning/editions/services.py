"""Move a learner to a newer edition of a module, when they ask for it, and take nothing back."""

from datetime import datetime
from uuid import UUID, uuid4

from lms.core.db import Db
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.words import N_, NotFound, Refused
from lms.learning.catalogue import Courses
from lms.learning.editions.events import EditionMoved
from lms.learning.editions.models import EditionMove
from lms.learning.finishing import finish
from lms.learning.pins import pinned
from lms.learning.taking import take


def move(db: Db, *, enrolment_id: UUID, module: str, edition: str, by: UUID, now: datetime) -> None:
    """Go on with the newest edition of a module; asking again changes nothing.

    Lessons, writing, attempts and a finished module stay as they are, and a check that was begun is answered to its
    end in its own edition. `edition` is the one whose changes the learner read. Raises NotFound for an enrolment that
    is not one's own; refused when another edition has become the newest since, and when the course has ended.
    """
    row = take(db, enrolment_id)
    if row is None or row.learner_id != by:
        raise NotFound("enrolment")
    if row.ended_at is not None:
        raise Refused(N_("This course has ended for you. Ask your training coordinator if that is not right."))
    newest = shelf(db, Courses).module_in(row.course, module)
    kept = pinned(db, row, module)
    if newest.edition != edition:
        raise Refused(N_("A still newer edition has come in the meantime. Read what is new in it, then choose."))
    if kept.edition == edition:
        return
    row.editions = {**(row.editions or {}), module: edition}
    trail = EditionMove(
        id=uuid4(),
        enrolment_id=row.id,
        module=module,
        from_edition=kept.edition,
        to_edition=edition,
        moved_at=now,
        moved_by=by,
    )
    db.add(trail)
    db.flush()
    fact = EditionMoved(
        about=row.learner_id, enrolment_id=row.id, module=module, from_edition=kept.edition, to_edition=edition
    )
    record(db, fact, by=by, now=now)
    finish(db, row, newest, by=by, now=now)
