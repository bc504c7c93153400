"""Facts about codes of conduct. A version belongs to nobody, so its facts are about the manager who acted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class ConductPublished(Fact):
    """A register manager published a version of the code of conduct; it holds from a day on."""

    authority_id: UUID
    version_id: UUID
    version: str
    from_day: date


@dataclass(frozen=True, kw_only=True)
class ConductTakenBack(Fact):
    """A version was taken back before its day had come. It is a draft again."""

    authority_id: UUID
    version_id: UUID
    version: str


@dataclass(frozen=True, kw_only=True)
class ConductToAccept(Fact):
    """A PA who accepted an earlier version was told of the one that holds; `last_day` is how long they have."""

    authority_id: UUID
    version: str
    last_day: date
    step: int
