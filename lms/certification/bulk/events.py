"""Facts about batches. `about` is whoever began or stopped one; each certificate is a fact of its own."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class BatchStarted(Fact):
    """Somebody had certificates issued to a cohort, or had it go on after a stop. `run` counts how often."""

    authority_id: UUID
    batch_id: UUID
    kind: str
    code: str
    run: int


@dataclass(frozen=True, kw_only=True)
class BatchStopped(Fact):
    """Somebody stopped a batch; what was issued by then stays issued."""

    authority_id: UUID
    batch_id: UUID


@dataclass(frozen=True, kw_only=True)
class CertificatesPacked(Fact):
    """Somebody asked for all certificates of a batch as files, which hold names."""

    authority_id: UUID
    batch_id: UUID
    download_id: UUID
