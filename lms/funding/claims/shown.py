"""Claims and their lines as other rooms and pages see them. Plain values; `queries` fills them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.core.content import Words
from lms.core.types import Pence
from lms.funding.asked import Asked
from lms.funding.reasons import Act, Verdict
from lms.funding.vocabulary import ClaimantKind, ClaimShape, ClaimState, Part, Provenance

OPEN_STATES = (ClaimState.DRAFT, ClaimState.NEEDS_ACTION)
"""Claims somebody here still has to do something about."""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What the lines of a claim come to, in pence, how many there are, and for how many people.

    `payable` is what the latest verdicts allow (at most that while `cost_known` is False), `approved` what the payer
    decided (None while nothing is decided), `paid` what came in, `recovered` what was taken back of it. `last_day` is
    the first of the lines' last days to act.
    """

    lines: int = 0
    learners: int = 0
    payable: Pence = 0
    cost_known: bool = True
    approved: Pence | None = None
    paid: Pence = 0
    recovered: Pence = 0
    last_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class LineView:
    """One line as pages show it. `verdict` and `asked` are as they stood last, frozen once the claim was sent in."""

    id: UUID
    claim_id: UUID
    learner_id: UUID
    learner_name: str
    scheme: str
    training: str
    item: str
    item_title: Words
    part: Part
    enrolment_id: UUID
    certificate_id: UUID | None
    first_line_id: UUID | None
    rate_pence: Pence
    rate_standing: Provenance
    amount_at_most_pence: Pence
    payable_pence: Pence
    cost_known: bool
    approved_pence: Pence | None
    paid_pence: Pence
    recovered_pence: Pence
    last_day: date | None
    last_act: Act | None
    added_at: datetime
    taken_out_at: datetime | None
    asked: Asked
    verdict: Verdict
    evidence_is_fact: bool

    @property
    def cost_pence(self) -> Pence | None:
        """What it really cost, as recorded; before that what was quoted."""
        return self.asked.cost

    @property
    def paid_on(self) -> date | None:
        """The day the cost was paid."""
        return self.asked.paid_on

    @property
    def started_on(self) -> date | None:
        """The day the training began."""
        return self.asked.started_on

    @property
    def completed_on(self) -> date | None:
        """The day the training was finished."""
        return self.asked.completed_on


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A claim without its lines. `learner_name` is set when all its lines are for one person; `training` and `verdict`
    are those of its only line, else None."""

    id: UUID
    reference: str
    shape: ClaimShape
    scheme: str
    scheme_edition: str
    scheme_title: Words
    authority_id: UUID
    claimant_id: UUID | None
    claimant_person_id: UUID | None
    claimant_kind: ClaimantKind
    claimant_name: str
    state: ClaimState
    state_since: datetime
    drafted_at: datetime
    opened_by: UUID | None
    resubmits_id: UUID | None
    justification: str
    version: int
    sums: Sums
    learner_name: str | None = None
    training: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimView(ClaimRow):
    """A claim with every line that is still in it, in the order they were added."""

    lines: tuple[LineView, ...]

    @property
    def payable_pence(self) -> Pence:
        """What the lines come to by their latest verdicts."""
        return self.sums.payable

    @property
    def approved_pence(self) -> Pence | None:
        """What was approved; None while nothing is decided."""
        return self.sums.approved

    @property
    def paid_pence(self) -> Pence:
        """What was paid."""
        return self.sums.paid


@dataclass(frozen=True, kw_only=True)
class MoveView:
    """One step of a claim's history."""

    came_from: ClaimState | None
    went_to: ClaimState
    reason: str
    by_name: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which claims a list asks for; what is None or empty does not narrow. `text` is part of a reference, and
    `learners` are those whose names it fits (see `learners_named`)."""

    state: ClaimState | None = None
    scheme: str | None = None
    claimant: UUID | None = None
    older_than: datetime | None = None
    text: str = ""
    learners: tuple[UUID, ...] = ()
    needs_look: bool = False


@dataclass(frozen=True, kw_only=True)
class SubmissionView:
    """One time a claim was sent in: when, by whom, for how much, and what was said to the payer."""

    id: UUID
    claim_id: UUID
    authority_id: UUID
    number: int
    on_day: date
    at: datetime
    by: UUID
    behalf_id: UUID | None
    permission_id: UUID | None
    total_pence: Pence
    justification: str
