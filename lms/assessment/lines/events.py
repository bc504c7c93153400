"""Facts about lines that were looked up in the official document. What was written stays in its table."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class LineConfirmed(Fact):
    """An administrator found a line in the official document just as it stands here. `about` is the administrator."""

    check_id: UUID
    authority_id: UUID
    framework: str
    edition: str
    line: str


@dataclass(frozen=True, kw_only=True)
class LineCorrected(Fact):
    """An administrator corrected a line by the official document. `about` is the administrator: it is their act."""

    check_id: UUID
    authority_id: UUID
    framework: str
    edition: str
    line: str
    changed: tuple[str, ...]
