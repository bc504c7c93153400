"""Which facts the desk takes in: all that may change where an enrolment stands or who has the next move."""

from lms.assessment.asking.events import AssessorFound
from lms.assessment.events import (
    AllocationEnded,
    AssessorAllocated,
    DecisionReviewed,
    DecisionsFinalised,
    SignOffWithdrawn,
    StandardsOpened,
    UnitSignedOff,
)
from lms.assessment.evidence.events import EvidenceOffered, EvidenceSpokeTo, EvidenceWithdrawn
from lms.assessment.knowledge.events import ConversationHeard
from lms.certification.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.core.events import Fact, Reaction, Reactions
from lms.learning.editions.events import EditionMoved
from lms.learning.events import (
    ActivityWritten,
    CheckMarked,
    EnrolmentTakenBack,
    LearnerEnrolled,
    LearnerLeft,
    LessonStudied,
    ModuleStudied,
    TextHandedOver,
    TextRead,
    TextTakenBack,
)
from lms.learning.paper.events import PaperRecorded
from lms.learning.prior.events import PriorDecided
from lms.learning.shown.events import LessonCarried, OutcomesShown
from lms.people.events import EmploymentEnded, EmploymentStarted, EmploymentTakenBack
from lms.programme.desk.keeping import settle
from lms.programme.desk.touching import touch_on_fact
from lms.register.listing.events import ListingMoved

__all__ = ["TAKEN_IN", "also", "settle"]

TAKEN_IN: tuple[type[Fact], ...] = (
    LearnerEnrolled,
    EnrolmentTakenBack,
    LearnerLeft,
    LessonStudied,
    LessonCarried,
    ActivityWritten,
    CheckMarked,
    ModuleStudied,
    TextHandedOver,
    TextTakenBack,
    TextRead,
    PriorDecided,
    OutcomesShown,
    EditionMoved,
    PaperRecorded,
    ConversationHeard,
    AssessorAllocated,
    AssessorFound,
    AllocationEnded,
    StandardsOpened,
    EvidenceOffered,
    EvidenceSpokeTo,
    EvidenceWithdrawn,
    DecisionsFinalised,
    DecisionReviewed,
    UnitSignedOff,
    SignOffWithdrawn,
    CertificateIssued,
    CertificateWithdrawn,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    ListingMoved,
    EmploymentStarted,
    EmploymentEnded,
    EmploymentTakenBack,
)


def also(others: Reactions) -> Reactions:
    """A table of reactions, with the desk's own behind those of each fact."""
    table: dict[type[Fact], list[Reaction]] = {kind: [*those] for kind, those in others.items()}
    for kind in TAKEN_IN:
        table.setdefault(kind, []).append(touch_on_fact)
    return table
