"""What an authority can ask of a PA before listing them: the kinds of requirement, and the words for their states.

Plain Python. The words are the vocabulary of the register rule files, so a file and a verdict speak alike.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class RequirementKind(StrEnum):
    """What sort of thing a requirement asks for."""

    IDENTITY = "identity"
    RIGHT_TO_WORK = "right_to_work"
    DBS = "dbs"
    REFERENCE = "reference"
    TRAINING = "training"
    ASSESSMENT = "assessment"
    CODE_OF_CONDUCT = "code_of_conduct"
    INTERVIEW = "interview"
    INSURANCE = "insurance"
    SELF_EMPLOYED_EVIDENCE = "self_employed_evidence"
    DECLARATION = "declaration"
    PROFILE = "profile"
    AVAILABILITY = "availability"
    WORK_AREA = "work_area"
    FEE = "fee"


class RequirementState(StrEnum):
    """How one requirement stands on a day."""

    NOT_STARTED = "not_started"
    PENDING = "pending"
    MET = "met"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    WAIVED = "waived"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"

    @property
    def satisfied(self) -> bool:
        """Whether nothing is missing here today."""
        return self in _SATISFIED


_SATISFIED = frozenset(
    {RequirementState.MET, RequirementState.EXPIRING, RequirementState.WAIVED, RequirementState.NOT_APPLICABLE}
)


class ListingState(StrEnum):
    """Where a listing stands. The rules answer checking, provisional, listed or lapsed; people decide the rest."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKING = "checking"
    PROVISIONAL = "provisional"
    LISTED = "listed"
    PAUSED = "paused"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    REFUSED = "refused"


class Circumstance(StrEnum):
    """What a PA says about their work that makes some requirements apply."""

    SELF_EMPLOYED = "self_employed"
    CHILD = "will_support_child_or_home_with_child"
    DRIVES = "will_drive_for_work"


class ContactModel(StrEnum):
    """How employers and PAs of a register find each other."""

    OPEN_DIRECTORY = "open_directory"
    MASKED = "masked"
    ADVERT_REPLY = "advert_reply"
    TEAM_MATCH = "team_match"


class Level(StrEnum):
    """Level of a disclosure, with the barred lists it was checked against."""

    BASIC = "basic"
    STANDARD = "standard"
    ENHANCED = "enhanced"
    ENHANCED_ADULTS = "enhanced_adults_list"
    ENHANCED_CHILDRENS = "enhanced_childrens_list"
    ENHANCED_BOTH = "enhanced_both_lists"


class Workforce(StrEnum):
    """Who the holder was to work with when the disclosure was asked for."""

    ADULT = "adult"
    CHILD = "child"
    ADULT_AND_CHILD = "adult_and_child"


class ReferenceSource(StrEnum):
    """Who wrote a reference."""

    MOST_RECENT = "most_recent_employer_or_tutor"
    OTHER = "other"


class TrainingKind(StrEnum):
    """What sort of learning a code names."""

    MODULE = "modules"
    CERTIFICATE = "certificates"
    CARE_CERTIFICATE_STANDARD = "care_certificate_standards"
    CARE_CERTIFICATE_KNOWLEDGE = "care_certificate_knowledge"
    AWIF_SECTION = "awif_sections"
    QUALIFICATION = "qualification"
    UNIT = "units"
    CRITERION = "criteria"


@dataclass(frozen=True, order=True)
class Item:
    """One piece of learning by its stable code, such as module PAI-4, or criterion cc-2025:3.1a of a framework."""

    kind: TrainingKind
    code: str


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What every requirement has. One that is not mandatory is recommended: it is named and never holds anybody up.

    `when` limits it to PAs in that circumstance. `validity_months` is how long what was seen counts; None is for good,
    unless the document itself ends earlier. `waivable` is False where no manager can do without it.
    """

    code: str
    kind: RequirementKind
    mandatory: bool = True
    when: Circumstance | None = None
    validity_months: int | None = None
    waivable: bool = True


@dataclass(frozen=True, kw_only=True)
class SeenOnce(Requirement):
    """Something the register team sees, hears or is told: documents, an interview, a declaration, a fee."""


@dataclass(frozen=True, kw_only=True)
class DisclosureNeeded(Requirement):
    """A disclosure of at least this level and workforce, or a status check on one seen before."""

    level: Level
    workforce: Workforce
    update_service_accepted: bool = False
    update_service_recheck_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReferencesNeeded(Requirement):
    """References received and judged good enough; `must_include` names whose words have to be among them."""

    count: int
    must_include: tuple[ReferenceSource, ...] = ()
    no_relatives: bool = False


@dataclass(frozen=True, kw_only=True)
class LearningNeeded(Requirement):
    """Training or assessment: any one of the alternatives, and all the items of that one.

    `completed_within_months` is how recent it must be for somebody who is not listed yet.
    """

    alternatives: tuple[tuple[Item, ...], ...]
    completed_within_months: int | None = None

    @cached_property
    def wanted(self) -> frozenset[Item]:
        """Every item of any alternative."""
        return frozenset(item for alternative in self.alternatives for item in alternative)


@dataclass(frozen=True, kw_only=True)
class CodeNeeded(Requirement):
    """A version of the code of conduct accepted by the PA.

    When a new version came on `version_from`, a PA who is listed or provisional has `reaccept_days` to accept it.
    """

    version: str
    version_from: date
    reaccept_days: int = 0


@dataclass(frozen=True, kw_only=True)
class AreaNeeded(Requirement):
    """The PA works or wants to work in one of the authority's areas."""

    areas: tuple[str, ...]


NEVER_WAIVABLE = frozenset({RequirementKind.IDENTITY, RequirementKind.RIGHT_TO_WORK, RequirementKind.DECLARATION})
"""What nobody can do without, whatever an authority's own rules say. Its rules can add to these."""
