"""What is asked: the plain facts about one item somebody wants paid. No names, no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from lms.funding.money import Pence
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimState,
    CostKind,
    CountedFrom,
    EvidenceKind,
    ItemKind,
    LearnerKind,
    Part,
    Provenance,
    WageSource,
)
from lms.people.rules import Nation


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A claim that was made before for the same learner, by anybody."""

    scheme: str
    state: ClaimState
    item: str | None = None
    unit_code: str | None = None
    training: str | None = None
    part: Part = Part.FULL
    same_claimant: bool


@dataclass(frozen=True, kw_only=True)
class FirstPart:
    """What the first of two parts came to. `payable` is the whole amount, before it was split."""

    state: ClaimState
    payable: Pence
    paid_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class WorkforceData:
    """What an adult social care employer's workforce record shows, and the day it was last looked through."""

    declared_staff: int
    staff_records: int
    eligible_records: int
    updated_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything known about one item somebody wants paid.

    None means "not known yet": nothing is refused for what is not known, but it may be listed as missing. Amounts in
    pence, days as Europe/London days. `training` is the certificate's code, such as PAI-1. `kind` is what sort of
    learning it is, `cost_kind` what the cost was for, `wages_from` what an employer pays the PA from, `booked` whether
    the training is booked already, `passed` False for one that was completed and not passed.
    """

    item: str
    part: Part = Part.FULL
    training: str | None = None
    unit_code: str | None = None
    credits: int | None = None
    days: Decimal | None = None
    days_provenance: Provenance = Provenance.ILLUSTRATIVE
    nation: Nation | None = None
    area: str | None = None
    claimant: ClaimantKind | None = None
    learner: LearnerKind | None = None
    started_on: date | None = None
    completed_on: date | None = None
    certificate_on: date | None = None
    paid_on: date | None = None
    applied_on: date | None = None
    applied_at: time | None = None
    submitted_on: date | None = None
    submitted_at: time | None = None
    cost_paid: Pence | None = None
    cost_quoted: Pence | None = None
    evidence: frozenset[EvidenceKind] | None = None
    earlier: tuple[Earlier, ...] = ()
    had_this_year: Pence = 0
    credits_this_year: int = 0
    organisation_had_this_year: Pence = 0
    approved_items: frozenset[str] | None = None
    first_part: FirstPart | None = None
    employer_changed: bool = False
    workforce: WorkforceData | None = None
    terms_accepted_by: str | None = None
    employs_for_a_child: bool = False
    kind: ItemKind | None = None
    cost_kind: CostKind | None = None
    wages_from: WageSource | None = None
    booked: bool | None = None
    passed: bool | None = None

    @property
    def cost(self) -> Pence | None:
        """The cost that counts: what was really paid, before that what was quoted."""
        return self.cost_paid if self.cost_paid is not None else self.cost_quoted

    @property
    def counted(self) -> Mapping[CountedFrom, date | None]:
        """The days from which deadlines are counted, as far as they are known."""
        paid = self.paid_on
        later = max(paid, self.started_on) if paid and self.started_on else None
        return {CountedFrom.COMPLETION: self.completed_on, CountedFrom.LATER_OF_PAYMENT_AND_START: later}
