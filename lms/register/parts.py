"""The parts of a rule file but its requirements and cases: what an authority says once for its whole register."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from lms.core.content import Authored
from lms.register.kinds import NEVER_WAIVABLE, ContactModel, RequirementKind
from lms.register.lines import Code, Days, Months, Name, Said

FIRST_EDITION, FIRST_DAY = "2000.1", date(2000, 1, 1)
"""Of rules that do not say since when they hold."""


WAIVER_REASONS = (
    "equivalent_qualification",
    "transferred_from_other_register",
    "only_works_for_own_family",
    "check_delayed_not_pa_fault",
    "reasonable_adjustment",
)
WAIVER_RECORDS = ("requirement", "reason_code", "evidence_seen", "decided_by", "decided_on", "ends_on")
_NEVER = tuple(kind for kind in RequirementKind if kind in NEVER_WAIVABLE)


class ProvisionalPart(Authored):
    """When a PA is shown with a label that says what is still missing."""

    allowed: bool
    needs: tuple[Code, ...] = ()
    needs_when_applicable: tuple[Code, ...] = ()
    maximum_days: Days | None = None
    label: Said
    may_apply_for_adverts: bool = False


class RenewalPart(Authored):
    """How often a listing is looked at again, when we remind, and how long a listed PA has after something ran out."""

    review_months: Months
    remind_days_before: Annotated[tuple[Days, ...], Field(min_length=1)]
    grace_days: Days


class RemovalPart(Authored):
    """How a listing is ended."""

    notice_days: Days
    immediate_grounds: tuple[Name, ...]
    reasons_may_be_withheld: bool = False
    review_route: bool


class RetentionPart(Authored):
    """How long profiles and decisions are kept."""

    inactive_profile_months: Months
    decision_record_years: Annotated[int, Field(ge=1, le=100)]


class AdvertsPart(Authored):
    """How adverts are handled where employers post them."""

    moderated: bool
    employer_address_hidden: bool
    expires_days: Days


class WelshPart(Authored):
    """What an authority in Wales promises about Welsh."""

    record_language_choice: bool
    welsh_text_required_to_publish_pages: bool
    same_response_time: bool
    profile_may_be_either_language: bool


class WaiverPart(Authored):
    """What a waiver has to say, and what can never be waived besides what nobody can do without."""

    who: tuple[Literal["register_manager"], ...] = ("register_manager",)
    must_record: tuple[Name, ...] = WAIVER_RECORDS
    reason_codes: tuple[Name, ...] = WAIVER_REASONS
    never_waivable_kinds: tuple[RequirementKind, ...] = _NEVER
    maximum_days_default: Annotated[int, Field(ge=1, le=366)] = 180


class RulesFile(Authored):
    """One authority's rules from a day on. `status: example` marks rules no real council has set.

    `valid_until`, where it is given, is the last day; the next edition then has to begin on the day after.
    """

    code: Code
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d+$", max_length=20)] = FIRST_EDITION
    valid_from: date = FIRST_DAY
    valid_until: date | None = None
    status: Literal["example", "set_by_authority"] = "example"
    name: Said
    nation: Literal["england", "wales"]
    style: Name
    languages: Annotated[tuple[Literal["en", "cy"], ...], Field(min_length=1)]
    default_language: Literal["ask", "en", "cy"] = "ask"
    contact_model: ContactModel
    processing_target_working_days: Days
    statement_to_users: Said | None = None
    requirements: Annotated[tuple[Any, ...], Field(min_length=1, max_length=100)]
    not_required: tuple[RequirementKind, ...] = ()
    provisional: ProvisionalPart
    renewal: RenewalPart
    removal: RemovalPart
    retention: RetentionPart
    employer_sees: tuple[Name, ...]
    employer_never_sees: tuple[Name, ...]
    adverts: AdvertsPart | None = None
    welsh: WelshPart | None = None
    waiver_rules: WaiverPart = WaiverPart()
    cases: Annotated[tuple[Any, ...], Field(max_length=200)] = ()

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        """`name` and `name_cy` beside each other are one name in both languages."""
        if isinstance(data, dict) and isinstance(data.get("name"), str):
            rest = {key: value for key, value in data.items() if key != "name_cy"}
            return {**rest, "name": {"en": data["name"], "cy": data.get("name_cy")}}
        return data

    @property
    def undated(self) -> bool:
        """Whether it does not say since when it holds, so that it takes the place of all that was there."""
        return "edition" not in self.model_fields_set


class Book(Authored):
    """Several authorities in one file, with their cases below. What is law stands in PALMS, not here."""

    kind: Literal["register-rules"] = Field(alias="schema")
    schema_version: Literal[1]
    provenance: Any = None
    vocabulary: Any = None
    dbs_rules: Any = None
    waiver_rules: WaiverPart | None = None
    authorities: Annotated[tuple[Any, ...], Field(min_length=1, max_length=50)]
    cases: Annotated[tuple[Any, ...], Field(max_length=1000)] = ()
