"""How many decisions somebody has made so far for an authority's learners: whether they are still new."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment.deciding.models import Decision
from lms.core.db import Db, columns

_DONE = (
    select(Decision.id)
    .where(
        Decision.by == bindparam("person_id"),
        Decision.authority_id == bindparam("authority_id"),
        Decision.framework.in_(bindparam("frameworks", expanding=True)),
    )
    .limit(bindparam("most"))
    .subquery()
)
_COUNT = select(func.count()).select_from(_DONE)


def decisions_done(db: Db, person_id: UUID, authority_id: UUID, frameworks: Collection[str], *, most: int) -> int:
    """Finalised decisions of somebody by these frameworks for an authority's learners; counted up to `most`.

    One query, and a short one however many decisions there are.
    """
    values = {"person_id": person_id, "authority_id": authority_id, "frameworks": list(frameworks), "most": most}
    return int(columns(db, _COUNT, values).scalar_one()) if most else 0
