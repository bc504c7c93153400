"""Empty the content of facts whose time is over. The row, its digest and the chain stay; what it said is gone."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import Db
from lms.core.events import Fact
from lms.core.models import EventRow


def empty_facts(db: Db, about: UUID, kinds: Collection[type[Fact]], *, name: str, value: str) -> int:
    """Empty the facts of these kinds about a person in which the field `name` has this value; how many they were."""
    asked = EventRow.about == about, EventRow.kind.in_([each.__name__ for each in kinds])
    ours = [
        row.id for row in db.execute(select(EventRow.id, EventRow.data).where(*asked)) if row.data.get(name) == value
    ]
    db.execute(update(EventRow).where(EventRow.id.in_(ours)).values(data={}, salt=None))
    return len(ours)
