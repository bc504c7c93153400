"""The shape of an authored scheme, and of an authority's adoption of one: `content` reads it, `rules` use it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from lms.core.content import Authored, Words
from lms.funding.money import Pence
from lms.funding.scheme_parts import (
    Delegation,
    EvidenceFiles,
    Identifier,
    Retention,
    SplitRules,
    Totals,
    WorkforceRule,
)
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimShape,
    CostKind,
    DecidedBy,
    EvidenceKind,
    ItemKind,
    LearnerKind,
    Measure,
    PaymentModel,
    Provenance,
    SchemeKind,
    SchemeStatus,
    WageSource,
)
from lms.funding.windows import Window, Windows
from lms.funding.worked import Case
from lms.people.rules import Nation

MOST_PENCE = 100_000_000_000


def _worded(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


Title = Annotated[Words, BeforeValidator(_worded)]
"""A text in both languages; where only one is written, it is the English one."""


class ClaimItem(Authored):
    """One thing a scheme pays for. `max_amount_pence` is counted for one `measure`."""

    code: str = Field(max_length=40)
    title: Title
    kind: ItemKind
    measure: Measure
    max_amount_pence: Pence = Field(ge=0, le=MOST_PENCE)
    amount_provenance: Provenance
    guide_min_pence: Pence | None = Field(default=None, ge=0)
    fixed_rate: bool = False
    case_by_case: bool = False
    payment_model: PaymentModel = PaymentModel.FULL
    over_maximum: Literal["ask_for_justification"] | None = None
    price_to_pa_pence: Pence | None = Field(default=None, ge=0)
    places: int | None = Field(default=None, gt=0)
    requires_approved_item: str | None = None
    last_year_for_item: bool = False
    any_staff: bool = False
    item_conditions: tuple[str, ...] = ()
    evidence: tuple[EvidenceKind, ...]
    evidence_alternatives: tuple[EvidenceKind, ...] = ()

    @property
    def asks_over_maximum(self) -> bool:
        """Whether a cost above the maximum is a question for the funder, not simply cut."""
        return self.over_maximum is not None


class Limits(Authored):
    """What one learner or one organisation may have in a year."""

    per_learner_per_year_credits: int | None = Field(default=None, gt=0)
    per_learner_per_year_pence: Pence | None = Field(default=None, gt=0)
    per_organisation_cap: Literal["exists"] | None = None
    per_organisation_cap_pence: Pence | None = None
    provenance: Provenance


class DuplicateRule(Authored):
    """What counts as the same claim twice. `lifetime` looks at every scheme ever, otherwise only at this one."""

    key: tuple[Literal["learner", "item", "unit_code", "training"], ...] = Field(min_length=2)
    scope: Literal["all_claimants", "one_claimant"]
    lifetime: bool
    provenance: Provenance


class ClaimYear(Window):
    """The year of a scheme's money, by its usual name."""

    label: str = Field(max_length=20)


class GrantShare(Authored):
    """How a partnership grant and the local match share a cost."""

    grant_percent: int = Field(ge=0, le=100)
    match_percent: int = Field(ge=0, le=100)
    provenance: Provenance

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.grant_percent + self.match_percent != 100:
            raise ValueError("the two shares have to make 100 percent")
        return self


class Scheme(Authored):
    """One scheme in one year, in one edition of its file. What pays, for whom, when, how much and on what evidence."""

    code: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,39}$")
    edition: str = Field(default="1", min_length=1, max_length=20)
    title: Title
    administrator: str
    nation: Nation
    kind: SchemeKind
    status: SchemeStatus
    status_from: date | None = None
    note: Title | None = None
    provenance: Provenance | None = None
    announced_on: date | None = None
    seed: str | None = None
    seed_note: str | None = None
    claim_year: ClaimYear | None = None
    windows: Windows = Windows()
    claimants: tuple[ClaimantKind, ...] = ()
    beneficiaries: tuple[LearnerKind, ...] = ()
    excluded_learners: tuple[LearnerKind, ...] = ()
    excluded_learners_provenance: Provenance | None = None
    conditions: tuple[str, ...] = ()
    learner_conditions: tuple[str, ...] = ()
    not_fundable: tuple[ItemKind, ...] = ()
    excluded_costs: tuple[CostKind, ...] = ()
    area_codes: tuple[str, ...] = ()
    superseded_by: str | None = None
    superseded_on: date | None = None
    limits: Limits | None = None
    grant_share: GrantShare | None = None
    items: tuple[ClaimItem, ...] = ()
    evidence_provenance: Provenance | None = None
    duplicate_rule: DuplicateRule | None = None
    decided_by: DecidedBy | None = None
    split_rules: SplitRules | None = None
    evidence_files: EvidenceFiles = EvidenceFiles()
    delegation: Delegation = Delegation()
    retention: Retention = Retention()
    learner_identifiers: tuple[Identifier, ...] = ()
    funding_sources_of_employer: tuple[WageSource, ...] = ()
    eligible_costs: tuple[CostKind, ...] = ()
    eligible_costs_provenance: Provenance | None = None
    advice: tuple[str, ...] = ()
    decision_within_days: int | None = Field(default=None, gt=0, le=366)
    first_come_first_served: bool = False
    paid_to: Literal["individual_employer_bank", "claimant"] = "claimant"
    may_fund: tuple[str, ...] = ()
    may_fund_provenance: Provenance | None = None
    rate_year_decided_by: Literal["first_payment_date"] | None = None
    checks_after_submission: tuple[str, ...] = ()
    workforce_rule: WorkforceRule = WorkforceRule()
    words: dict[str, Title] = Field(default_factory=dict)
    replaces: tuple[str, ...] = ()
    totals: Totals | None = None
    cases: tuple[Case, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        codes = [item.code for item in self.items]
        if len(codes) != len(set(codes)):
            raise ValueError("two items have the same code")
        if any(item.measure is Measure.COST_SHARE for item in self.items) and self.grant_share is None:
            raise ValueError("an item with measure cost_share needs grant_share on the scheme")
        if self.status is not SchemeStatus.WITHDRAWN and not (self.items and self.claimants and self.claim_year):
            raise ValueError("a scheme needs claim_year, claimants and items unless it was withdrawn")
        return self

    def status_on(self, day: date) -> SchemeStatus:
        """Where it stands on a day: what the file says holds from `status_from`, before that it was open.

        A file that does not say since when means the day after the last one on which the scheme itself takes anything:
        of its year and, where it is closed, of its stated windows. A scheme that never opened never was open.
        """
        if self.status in {SchemeStatus.OPEN, SchemeStatus.WITHDRAWN}:
            return self.status
        since = self.status_from or self._over_after()
        return self.status if since is None or day >= since else SchemeStatus.OPEN

    def _over_after(self) -> date | None:
        days = [self.claim_year.last if self.claim_year else None]
        if self.status is SchemeStatus.CLOSED:
            submission, application = self.windows.submission, self.windows.application
            days += [submission.last, submission.discretionary_until] if submission else []
            days += [application.last] if application else []
        last = max((day for day in days if day), default=None)
        return last + timedelta(days=1) if last else None

    @property
    def decider(self) -> DecidedBy:
        """Who decides on its claims: as the file says, else the authority for its own places, the payer for others."""
        if self.decided_by:
            return self.decided_by
        return DecidedBy.AUTHORITY if self.kind is SchemeKind.PLACE_SUBSIDY else DecidedBy.PAYER

    @property
    def shape(self) -> ClaimShape:
        """Whether its money is asked for before the training is booked, or claimed back after it was paid."""
        return ClaimShape.APPLICATION if self.kind is SchemeKind.PROSPECTIVE_GRANT else ClaimShape.CLAIM

    @property
    def retention_years(self) -> int:
        """For how many years the records of its claims are kept."""
        return self.retention.years

    def item(self, code: str) -> ClaimItem | None:
        """The item with a code; None when it is not on the list."""
        return next((item for item in self.items if item.code == code), None)


class Covered(Authored):
    """A training that an authority counts as one item of a scheme, and as how many days of it."""

    training: str = Field(max_length=40)
    item: str = Field(max_length=40)
    days: Decimal = Field(default=Decimal(1), gt=0, le=60, max_digits=5, decimal_places=2)


class Adoption(Authored):
    """What one authority decided about one scheme: which trainings it counts as which items."""

    authority: str = Field(pattern=r"^[A-Z0-9-]{2,40}$")
    scheme: str
    provenance: Provenance
    note: Words | None = None
    covers: tuple[Covered, ...]

    def covering(self, training: str) -> Covered | None:
        """How a training is counted; None when this adoption does not name it."""
        return next((c for c in self.covers if c.training == training), None)
