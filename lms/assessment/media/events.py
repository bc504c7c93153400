"""Facts about files of evidence: which ones, by digest and kind. What is said in them is not here."""

from dataclasses import dataclass
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class FilesAttached(Fact):
    """Files came with a piece of evidence."""

    enrolment_id: UUID
    evidence_id: UUID
    digests: tuple[str, ...]
    file_kinds: tuple[str, ...]
