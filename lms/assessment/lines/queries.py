"""Read frameworks as one authority holds them."""

from uuid import UUID

from lms.assessment.content import Frameworks
from lms.core.db import Db
from lms.core.shelves import shelf


def frameworks_for(db: Db, authority_id: UUID) -> Frameworks:  # noqa: ARG001  corrections come next
    """Every framework, with what this authority looked up laid over it."""
    return shelf(db, Frameworks)
