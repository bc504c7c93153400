"""Worked cases: what a scheme file itself says its rules come to, and the check that they really do. Plain Python."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any

from pydantic import Field

from lms.core.content import Authored
from lms.funding.asked import Asked, Earlier, FirstPart, WorkforceData
from lms.funding.money import Pence
from lms.funding.reasons import Verdict
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimState,
    CostKind,
    Decision,
    EvidenceKind,
    ItemKind,
    LearnerKind,
    Part,
    Refusal,
    WageSource,
)
from lms.people.rules import Nation

_RENAMED = {
    "pa_work_area": "area",
    "cost_paid_pence": "cost_paid",
    "cost_pence": "cost_paid",
    "cost_quoted_pence": "cost_quoted",
    "had_this_year_pence": "had_this_year",
    "organisation_had_this_year_pence": "organisation_had_this_year",
    "workforce_data": "workforce",
    "earlier_claim": "earlier",
}


class GivenEarlier(Authored):
    """An earlier claim, as a worked case tells it."""

    scheme: str
    status: ClaimState
    same_claimant: bool
    item: str | None = None
    unit_code: str | None = None
    training: str | None = None

    def plain(self) -> Earlier:
        """The same for the rules."""
        values = {**dict(self), "state": self.status}
        del values["status"]
        return Earlier(**values)


class GivenFirstPart(Authored):
    """What the first part came to, as a worked case tells it."""

    status: ClaimState
    payable_pence: Pence
    paid_on: date | None = None


class GivenWorkforce(Authored):
    """Figures of a workforce record, as a worked case tells them."""

    declared_staff: int
    staff_records: int
    eligible_records: int
    updated_on: date | None = None


class Given(Authored):
    """The facts of a worked case. Only what matters is given; everything else is in order."""

    part: Part | None = None
    training: str | None = None
    unit_code: str | None = None
    credits: int | None = None
    days: Decimal | None = None
    nation: Nation | None = None
    pa_work_area: str | None = None
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
    cost_paid_pence: Pence | None = None
    cost_pence: Pence | None = None
    cost_quoted_pence: Pence | None = None
    quoted_pence: dict[str, Pence] = Field(default_factory=dict)
    had_this_year_pence: Pence | None = None
    organisation_had_this_year_pence: Pence | None = None
    credits_this_year: int | None = None
    evidence: frozenset[EvidenceKind] | None = None
    earlier_claim: GivenEarlier | None = None
    approved_items: frozenset[str] | None = None
    first_part: GivenFirstPart | None = None
    employer_changed: bool | None = None
    workforce_data: GivenWorkforce | None = None
    prepared_by: str | None = None
    permission: str | None = None
    terms_accepted_by: str | None = None
    employs_for_a_child: bool | None = None
    kind: ItemKind | None = None
    cost_kind: CostKind | None = None
    wages_from: WageSource | None = None
    booked: bool | None = None
    passed: bool | None = None

    def asked(self, item: str) -> Asked:
        """What is asked for one item."""
        told = {_RENAMED.get(k, k): v for k, v in self if v is not None and k not in _TOLD_OTHERWISE}
        if self.quoted_pence:
            told["cost_quoted"] = self.quoted_pence.get(item)
        return Asked(item=item, **told, **self._inner())

    def _inner(self) -> dict[str, Any]:
        inner: dict[str, Any] = {}
        if self.earlier_claim:
            inner["earlier"] = (self.earlier_claim.plain(),)
        if self.first_part:
            first = self.first_part
            inner["first_part"] = FirstPart(state=first.status, payable=first.payable_pence, paid_on=first.paid_on)
        if self.workforce_data:
            inner["workforce"] = WorkforceData(**dict(self.workforce_data))
        return inner


_TOLD_OTHERWISE = frozenset(
    {"quoted_pence", "earlier_claim", "first_part", "workforce_data", "prepared_by", "permission"}
)


class Expect(Authored):
    """What a case comes to. Only what is written is compared; reasons are all that speak against, in any order."""

    decision: Decision
    amount_pence: Pence | None = None
    requested_pence: Pence | None = None
    first_part_pence: Pence | None = None
    second_part_pence: Pence | None = None
    grant_pence: Pence | None = None
    match_pence: Pence | None = None
    cost_known: bool | None = None
    missing: tuple[str, ...] | None = None
    reasons: tuple[Refusal, ...] | None = None
    reveal_other_claimant: bool | None = None

    def differences(self, verdict: Verdict) -> Iterator[str]:
        """Each thing that came out otherwise, as "amount_pence: expected 100, got 90"."""
        got = _summary(verdict)
        for name, value in self:
            wanted = set(value) if isinstance(value, tuple) else value
            if wanted is not None and wanted != got[name]:
                yield f"{name}: expected {_spelled(wanted)}, got {_spelled(got[name])}"


class Case(Authored):
    """One worked case of a scheme; several items make one application."""

    id: str = Field(max_length=80)
    items: tuple[str, ...] = Field(min_length=1, max_length=20)
    given: Given
    expect: Expect
    on: date | None = None

    def day(self, ordinary: date) -> date:
        """The day of asking: as written, else when it was sent in, else an ordinary day of the scheme."""
        return self.on or self.given.submitted_on or self.given.applied_on or ordinary


def _summary(verdict: Verdict) -> dict[str, Any]:
    tells = [bool(r.values["same_claimant"]) for r in verdict.reasons if "same_claimant" in r.values]
    return {
        "decision": verdict.decision,
        "amount_pence": verdict.amount,
        "requested_pence": verdict.requested,
        "first_part_pence": verdict.first_part,
        "second_part_pence": verdict.second_part,
        "grant_pence": verdict.grant,
        "match_pence": verdict.match,
        "cost_known": verdict.cost_known,
        "missing": set(verdict.missing),
        "reasons": set(verdict.refusals),
        "reveal_other_claimant": any(tells),
    }


def _spelled(value: object) -> str:
    return ", ".join(sorted(map(str, value))) or "nothing" if isinstance(value, set) else str(value)
