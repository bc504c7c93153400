"""What tests of permissions share: one that Amina gave to Rivermere Independent Living about Pat."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.db import Db
from lms.funding.permissions import services
from lms.funding.permissions.rules import Action, GivenHow
from tests.world import World

GRANT = "RIVERMERE-GRANT-2026-27"


def given(
    db: Db,
    world: World,
    now: datetime,
    *,
    actions: Collection[Action] = tuple(Action),
    workers: Collection[UUID] | None = None,
    days: int = 100,
    by: UUID | None = None,
    how: GivenHow = GivenHow.IN_PALMS,
    note: str = "",
    once: UUID | None = None,
) -> UUID:
    """A permission of Amina's household; returns its id."""
    permission_id = once or uuid4()
    services.give(
        db,
        once=permission_id,
        employer_id=world.employer,
        delegate_id=world.support,
        schemes=[GRANT],
        workers=[world.pa] if workers is None else workers,
        actions=actions,
        ends_on=london_day(now) + timedelta(days=days),
        given_how=how,
        note=note,
        by=by or world.employer_person,
        now=now,
    )
    return permission_id
