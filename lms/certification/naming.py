"""Read what certificates are called, and nothing else of them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.certification.models import Certificate
from lms.core.db import Db, columns


def named(db: Db, ids: Collection[UUID], authority_id: UUID) -> dict[UUID, tuple[str, str]]:
    """Number and title of those of these certificates that an authority issued. One query, none without ids."""
    found = columns(db, _NAMED, {"ids": list(ids), "authority_id": authority_id}) if ids else ()
    return {row.id: (row.number, row.title) for row in found}


_NAMED = select(Certificate.id, Certificate.number, Certificate.title).where(
    Certificate.id.in_(bindparam("ids", expanding=True)), Certificate.authority_id == bindparam("authority_id")
)
