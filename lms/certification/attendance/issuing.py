"""From a workshop's list to a batch of certificates."""

from datetime import datetime
from uuid import UUID

from lms.certification.attendance import services
from lms.certification.attendance.queries import WorkshopView
from lms.certification.bulk.services import Wanted, begin_with
from lms.core.db import Db

KIND = "attendance"
"""The kind of certificate somebody has for having been there."""

CODE = "WORKSHOP"


def issue_to_all(db: Db, *, id: UUID, workshop: WorkshopView, by: UUID, now: datetime) -> UUID | None:
    """Have a certificate issued to everybody on the list who has none; returns the batch, None: nobody was new.

    The same form again finds nobody new. Refused while nobody is on the list.
    """
    lines = services.settle(db, workshop_id=workshop.id, by=by, now=now)
    if not lines:
        return None
    wanted = Wanted(kind=KIND, code=CODE, about=str(workshop.id), title=workshop.title)
    return begin_with(db, id=id, authority_id=workshop.authority_id, wanted=wanted, lines=lines, by=by, now=now)
