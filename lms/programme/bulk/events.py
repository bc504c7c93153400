"""Facts about work on many. `about` is whoever started or stopped it, or the person for whom something was done."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class ManyStarted(Fact):
    """Somebody had something done for many, or had it go on after a stop. `run` counts how often."""

    authority_id: UUID
    work_id: UUID
    what: str
    run: int


@dataclass(frozen=True, kw_only=True)
class ManyStopped(Fact):
    """A work on many was stopped; what was done by then stays done."""

    authority_id: UUID
    work_id: UUID


@dataclass(frozen=True, kw_only=True)
class DoneAmongMany(Fact):
    """What was done for somebody at this moment was part of a work on many. The thing itself is a fact of its own."""

    authority_id: UUID
    work_id: UUID
    what: str
