"""What is left of permissions when the records of a claim are cleared: who allowed whom, from when, until when."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.permissions.models import Permission, PermissionUse, PermissionWithdrawn

_CLEARED = "cleared"


def forget(db: Db, claim_ids: Collection[UUID], *, now: datetime) -> frozenset[str]:
    """Take the learner and all words but the reference from what was done for these claims under permissions.

    A permission that is over loses what was written about how it was given, once no claim it was used for is kept any
    more. No files are kept here, so none are given back. Again it finds nothing.
    """
    ours, ended = set(claim_ids), set[UUID]()
    for use in db.scalars(select(PermissionUse).where(PermissionUse.claim_id.in_(ours))):
        use.values, use.learner_id = _bare(use.values), None
        ended.add(use.permission_id)
    db.flush()
    ended -= _still_needed(db, ended)
    over = select(PermissionWithdrawn.permission_id)
    gone = (Permission.ends_on < london_day(now)) | Permission.id.in_(over)
    db.execute(update(Permission).where(Permission.id.in_(ended), gone).values(note=""))
    db.flush()
    return frozenset()


def _bare(values: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in values.items() if key == "reference"}
    return {**kept, _CLEARED: True}


def _still_needed(db: Db, permission_ids: Collection[UUID]) -> set[UUID]:
    uses = select(PermissionUse.permission_id, PermissionUse.values).where(
        PermissionUse.permission_id.in_(list(permission_ids)), PermissionUse.claim_id.is_not(None)
    )
    return {permission_id for permission_id, values in db.execute(uses) if not values.get(_CLEARED)}
