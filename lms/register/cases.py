"""The worked cases a rule file carries: what a PA holds on a day, and what the rules have to answer.

They are examples in the authority's own words of rules that hold in general; `lms check` runs them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from lms.core.content import Authored
from lms.register.disclosures import (
    Content,
    Decision,
    Disclosure,
    Starter,
    StatusCheck,
    StatusResult,
    who_may_start_an_enhanced_check,
)
from lms.register.findings import Finding
from lms.register.held import Accepted, Area, Held, Learned, Reference, Seen, Waiver
from lms.register.kinds import (
    Circumstance,
    Item,
    Level,
    ListingState,
    ReferencesNeeded,
    ReferenceSource,
    RequirementKind,
    TrainingKind,
    Workforce,
)
from lms.register.lines import Code, CriterionCode, Name
from lms.register.reasons import Step
from lms.register.rules import NEW_APPLICANT, AuthorityRules, Because, Before, Verdict, eligibility

_WORKFORCE_OF = {
    Level.ENHANCED_CHILDRENS: Workforce.CHILD,
    Level.ENHANCED_BOTH: Workforce.ADULT_AND_CHILD,
}

_DATED = (
    TrainingKind.MODULE,
    TrainingKind.CARE_CERTIFICATE_STANDARD,
    TrainingKind.UNIT,
    TrainingKind.CRITERION,
)


class CaseDisclosure(Authored):
    """A disclosure in a case. The workforce goes with the lists when it is not named; it is seen the day of issue."""

    level: Level
    workforce: Workforce | None = None
    issued_on: date
    result: Content
    discussion: Literal["not_held"] | date | None = None
    decision: Decision | None = None
    decision_on: date | None = None
    status_check_on: date | None = None
    status_check_result: StatusResult | None = None

    def held(self) -> Disclosure:
        """The disclosure as the rules see it."""
        checks: tuple[StatusCheck, ...] = ()
        if self.status_check_on is not None and self.status_check_result is not None:
            checks = (StatusCheck(on=self.status_check_on, result=self.status_check_result),)
        return Disclosure(
            level=self.level,
            workforce=self.workforce or _WORKFORCE_OF.get(self.level, Workforce.ADULT),
            issued_on=self.issued_on,
            seen_on=self.issued_on,
            content=self.result,
            discussed_on=self.discussion if isinstance(self.discussion, date) else None,
            decision=self.decision,
            decided_on=self.decision_on,
            status_checks=checks,
        )


class CaseWaiver(Authored):
    """A waiver in a case, from the day the case is about."""

    requirement: Code
    ends_on: date


class CasePa(Authored):
    """What the PA of a case holds. What has no day of its own is held from the day the case is about."""

    self_employed: bool = False
    will_support_child_or_home_with_child: bool = False
    will_drive_for_work: bool = False
    identity: Literal["seen"] | None = None
    right_to_work: Literal["no_end_date"] | date | None = None
    dbs: CaseDisclosure | None = None
    references: Annotated[int, Field(ge=0, le=20)] = 0
    modules: Mapping[Code, date] = Field(default_factory=dict)
    units: Mapping[Code, date] = Field(default_factory=dict)
    criteria: Mapping[CriterionCode, date] = Field(default_factory=dict)
    certificates: tuple[Code, ...] = ()
    care_certificate_standards: Mapping[Code, date] = Field(default_factory=dict)
    care_certificate_knowledge: Literal["all"] | None = None
    awif_sections: tuple[Code, ...] = ()
    qualification: Name | None = None
    code: str | None = None
    interview: Literal["met", "not_met"] | None = None
    declaration_on: date | None = None
    profile: Literal["moderated"] | None = None
    availability_on: date | None = None
    area: Code | None = None
    self_employed_evidence_on: date | None = None
    insurance_until: date | None = None
    fee_on: date | None = None
    waivers: tuple[CaseWaiver, ...] = ()

    def held(self, rules: AuthorityRules, on: date) -> Held:
        """All of it as the rules see it. References come from whoever the authority wants to hear first."""
        wanted = [s for r in rules.requirements if isinstance(r, ReferencesNeeded) for s in r.must_include]
        sources = [*wanted, *[ReferenceSource.OTHER] * self.references][: self.references]
        return Held(
            circumstances=frozenset(c for c in Circumstance if getattr(self, c.value)),
            seen=tuple(self._seen(on)),
            disclosures=(self.dbs.held(),) if self.dbs else (),
            references=tuple(Reference(on=on, source=source) for source in sources),
            learned=tuple(self._learned(on)),
            accepted=(Accepted(version=self.code, on=on),) if self.code else (),
            areas=(Area(area=self.area, on=on),) if self.area else (),
            waivers=tuple(Waiver(code=w.requirement, reason="case", on=on, ends_on=w.ends_on) for w in self.waivers),
        )

    def _seen(self, on: date) -> Iterator[Seen]:
        if self.identity:
            yield Seen(kind=RequirementKind.IDENTITY, on=on)
        if self.right_to_work:
            ends_on = self.right_to_work if isinstance(self.right_to_work, date) else None
            yield Seen(kind=RequirementKind.RIGHT_TO_WORK, on=on, ends_on=ends_on)
        if self.interview:
            yield Seen(kind=RequirementKind.INTERVIEW, on=on, met=self.interview == "met")
        if self.profile:
            yield Seen(kind=RequirementKind.PROFILE, on=on)
        if self.insurance_until:
            yield Seen(kind=RequirementKind.INSURANCE, on=on, ends_on=self.insurance_until)
        dated = {
            RequirementKind.DECLARATION: self.declaration_on,
            RequirementKind.AVAILABILITY: self.availability_on,
            RequirementKind.SELF_EMPLOYED_EVIDENCE: self.self_employed_evidence_on,
            RequirementKind.FEE: self.fee_on,
        }
        yield from (Seen(kind=kind, on=day) for kind, day in dated.items() if day)

    def _learned(self, on: date) -> Iterator[Learned]:
        for kind in _DATED:
            yield from (Learned(item=Item(kind, code), on=day) for code, day in getattr(self, kind.value).items())
        for kind in (TrainingKind.CERTIFICATE, TrainingKind.AWIF_SECTION):
            yield from (Learned(item=Item(kind, code), on=on) for code in getattr(self, kind.value))
        for kind in (TrainingKind.CARE_CERTIFICATE_KNOWLEDGE, TrainingKind.QUALIFICATION):
            if code := getattr(self, kind.value):
                yield Learned(item=Item(kind, code), on=on)


class CaseRequest(Authored):
    """Somebody asks to start an enhanced check."""

    action: Literal["start_enhanced_check"]
    by: Starter
    paid_role: bool = False
    role_eligible: bool = False


class CaseBefore(Authored):
    """Where a PA stood until the day of the case."""

    state: Literal["provisional", "listed", "lapsed"]
    provisional_since: date | None = None

    def known(self) -> Before:
        """The same as the rules see it."""
        return Before(state=ListingState(self.state), provisional_since=self.provisional_since)


class CaseExpect(Authored):
    """What the rules have to answer; what is not named is not compared."""

    state: ListingState | None = None
    because: Because | None = None
    missing: tuple[Code, ...] | None = None
    recommended_missing: tuple[Code, ...] | None = None
    next_step: Step | None = None
    may_apply_for_adverts: bool | None = None
    until: date | None = None
    allowed: bool | None = None


class Case(Authored):
    """One worked case: a PA (or a request), a day, an answer. Its id is unique within the file.

    `authority` is needed in a file of several. `before` is where the PA stood until then: a new applicant was nowhere.
    """

    id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    authority: Code | None = None
    as_of: date
    pa: CasePa | None = None
    before: CaseBefore | None = None
    request: CaseRequest | None = None
    expect: CaseExpect


@dataclass(frozen=True)
class Difference:
    """An answer of a worked case that is not the expected one; `findings` are what a PA lacks, none for a request."""

    name: str
    wanted: Any
    got: Any
    reasons: str
    findings: tuple[Finding, ...]


def disagreements(rules: AuthorityRules, case: Case) -> Iterator[str]:
    """A sentence for each answer that is not the expected one: what was expected, what came, and why it came."""
    for one in differences(rules, case):
        yield f"{case.id}: expected {one.name} {_shown(one.wanted)}, got {_shown(one.got)}, because {one.reasons}."


def differences(rules: AuthorityRules, case: Case) -> Iterator[Difference]:
    """The same as facts, for whoever says it in words of their own."""
    got, reasons, findings = _answers(rules, case)
    expected: dict[str, Any] = case.expect.model_dump(exclude_none=True)
    for name, wanted in expected.items():
        if got.get(name) != wanted:
            yield Difference(name, wanted, got.get(name), reasons, findings)


def _answers(rules: AuthorityRules, case: Case) -> tuple[Mapping[str, Any], str, tuple[Finding, ...]]:
    if case.request is not None:
        conditions = [name for name in ("paid_role", "role_eligible") if getattr(case.request, name)]
        answer = who_may_start_an_enhanced_check(case.request.by, on=case.as_of, conditions=conditions)
        return {"allowed": answer.allowed}, " ".join([answer.why, *answer.lacking]), ()
    pa = case.pa or CasePa()
    before = case.before.known() if case.before else NEW_APPLICANT
    verdict = eligibility(rules, pa.held(rules, case.as_of), on=case.as_of, before=before)
    got = {
        "state": verdict.state,
        "because": verdict.because,
        "until": verdict.until,
        "missing": verdict.missing,
        "recommended_missing": verdict.recommended_missing,
        "next_step": verdict.next_step.step if verdict.next_step else None,
        "may_apply_for_adverts": verdict.may_apply_for_adverts,
    }
    lacking = tuple(f for f in verdict.findings if not f.satisfied)
    return got, _reasons(verdict, lacking), lacking


def _reasons(verdict: Verdict, lacking: Iterable[Finding]) -> str:
    return ", ".join(f"{f.code} is {f.state} ({f.why})" for f in lacking) or verdict.because.value


def _shown(value: object) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, tuple) else str(value)
