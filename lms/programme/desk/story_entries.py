"""What a story is made of, and who tells it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from lms.core.db import Db
from lms.people.viewer import Viewer
from lms.programme.desk.story_words import Part


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened. `said` is a message id that `values` fill; those in `titled` are codes of what is
    taught, those in `worded` message ids themselves. With an `endpoint` it leads somewhere.
    """

    at: datetime
    part: Part
    said: str
    by: UUID | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    titled: Mapping[str, str] = field(default_factory=dict)
    worded: Mapping[str, str] = field(default_factory=dict)
    endpoint: str = ""
    args: Mapping[str, UUID] = field(default_factory=dict)


StoryMaker = Callable[[Db, UUID, UUID, Viewer], Sequence[Entry]]
"""Gives a person's entries behind an authority's wall: unit of work, person, authority, and for whom they are told."""
