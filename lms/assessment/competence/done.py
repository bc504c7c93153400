"""How many decisions somebody has made so far for an authority's learners: whether they are still new."""

from uuid import UUID

from lms.core.db import Db


def decisions_done(db: Db, person_id: UUID, authority_id: UUID) -> int:
    """Finalised decisions of somebody on standards of an authority's learners."""
    return 0
