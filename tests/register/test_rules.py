"""The rules with plain values: one thing at a time, on the day it turns."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import lms
from lms.core.content import Problems
from lms.register.cases import CasePa
from lms.register.content import load
from lms.register.disclosures import Decision, Starter, StatusCheck, StatusResult, who_may_start_an_enhanced_check
from lms.register.held import Accepted, Held, Seen, Waiver
from lms.register.kinds import ListingState, RequirementKind, RequirementState
from lms.register.reasons import Step, Why
from lms.register.rules import AuthorityRules, Because, Before, Verdict, circumstances_asked, eligibility

SHELF = load([Path(lms.__file__).parent / "register/rules"], Problems())
RIVERMERE, HARBOURGATE, DYFFRYN = (SHELF.editions[c][-1].rules for c in ("RIVERMERE", "HARBOURGATE", "DYFFRYN"))
ON = date(2026, 9, 1)
COMPLETE = {
    "identity": "seen",
    "right_to_work": "no_end_date",
    "dbs": {"level": "enhanced_adults_list", "issued_on": "2025-10-01", "result": "no_content"},
    "references": 2,
    "modules": {"PAI-4": "2026-02-01", "PAF-10": "2026-03-01"},
    "care_certificate_knowledge": "all",
    "code": "2026-1",
    "interview": "met",
    "declaration_on": "2026-02-01",
}
LISTED = Before(state=ListingState.LISTED)


def held(rules: AuthorityRules = RIVERMERE, **other: Any) -> Held:
    return CasePa.model_validate({**COMPLETE, **other}).held(rules, date(2026, 2, 1))


def verdict(given: Held, on: date = ON, before: Before | None = None, rules: AuthorityRules = RIVERMERE) -> Verdict:
    return eligibility(rules, given, on=on, before=before or Before())


def test_nothing_held_means_everything_mandatory_that_applies_is_missing() -> None:
    found = verdict(Held())
    assert found.state is ListingState.CHECKING
    assert found.missing == tuple(sorted(r.code for r in RIVERMERE.requirements if r.mandatory and r.when is None))
    assert found.next_step is not None
    assert found.next_step.step is Step.ACCEPT_CODE  # two minutes, and needed to begin
    assert found.until is None


def test_a_complete_pa_is_told_when_the_first_thing_runs_out_soon() -> None:
    found = verdict(held())
    assert found.state is ListingState.LISTED
    assert found.until == date(2027, 2, 1) - timedelta(days=60)  # a year's declaration, less the longest reminder
    assert found.finding("RM-DECL").since == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-12-02", RequirementState.MET),
        ("2026-12-03", RequirementState.EXPIRING),
        ("2027-02-01", RequirementState.EXPIRING),
        ("2027-02-02", RequirementState.EXPIRED),
    ],
)
def test_a_declaration_counts_to_the_same_day_next_year(day: str, state: RequirementState) -> None:
    assert verdict(held(), date.fromisoformat(day)).finding("RM-DECL").state is state


def test_a_listed_pa_stays_listed_in_the_days_of_grace_and_then_lapses() -> None:
    last_of_grace = date(2027, 2, 1) + timedelta(days=14)
    during = verdict(held(), last_of_grace, LISTED)
    assert (during.state, during.because) == (ListingState.LISTED, Because.WITHIN_GRACE)
    assert during.missing == ("RM-DECL",)
    assert during.until == last_of_grace + timedelta(days=1)
    assert verdict(held(), during.until, LISTED).state is ListingState.LAPSED


def test_a_new_applicant_has_no_days_of_grace() -> None:
    assert verdict(held(), date(2027, 2, 2)).state is ListingState.CHECKING


def test_grace_is_for_what_ran_out_and_not_for_what_was_never_there() -> None:
    without_interview = held(interview=None)
    assert verdict(without_interview, ON, LISTED).state is ListingState.LAPSED


def test_somebody_who_lapsed_is_listed_again_only_when_nothing_is_missing() -> None:
    lapsed = Before(state=ListingState.LAPSED)
    assert verdict(held(), date(2027, 2, 2), lapsed).state is ListingState.LAPSED
    assert verdict(held(), ON, lapsed).state is ListingState.LISTED


def test_who_is_provisional_has_time_to_accept_a_new_code_of_conduct_like_who_is_listed() -> None:
    older = held(code="2025-1", modules={"PAF-10": "2026-03-01"})
    since = Before(state=ListingState.PROVISIONAL, provisional_since=date(2026, 2, 1))
    last = date(2026, 1, 1) + timedelta(days=60)
    older = replace(older, accepted=(Accepted(version="2025-1", on=date(2025, 6, 1)),))
    in_time = verdict(older, last, since).finding("RM-CODE")
    assert (in_time.state, in_time.until) == (RequirementState.EXPIRING, last + timedelta(days=1))
    assert verdict(older, last + timedelta(days=1), since).finding("RM-CODE").state is RequirementState.EXPIRED
    assert verdict(older, last).finding("RM-CODE").state is RequirementState.EXPIRED, "a new applicant has no time"


def test_the_provisional_period_ends() -> None:
    training_left = held(modules={"PAF-10": "2026-03-01"})
    since = Before(state=ListingState.PROVISIONAL, provisional_since=date(2026, 6, 3))
    last = date(2026, 6, 3) + timedelta(days=90)
    found = verdict(training_left, last, since)
    assert (found.state, found.until) == (ListingState.PROVISIONAL, last + timedelta(days=1))
    after = verdict(training_left, last + timedelta(days=1), since)
    assert (after.state, after.because) == (ListingState.LAPSED, Because.PROVISIONAL_PERIOD_OVER)


def test_a_document_counts_on_its_last_day_and_not_after() -> None:
    ending = held(right_to_work="2026-09-01")
    assert verdict(ending, ON).finding("RM-RTW").state is RequirementState.EXPIRING
    assert verdict(ending, ON + timedelta(days=1)).missing == ("RM-RTW",)


def test_conditions_make_requirements_apply() -> None:
    assert verdict(held(self_employed=True)).missing == ("RM-INS", "RM-SE")
    assert verdict(held()).finding("RM-SE").state is RequirementState.NOT_APPLICABLE
    proof = held(self_employed=True, self_employed_evidence_on="2026-08-01", insurance_until="2027-08-01")
    assert verdict(proof).state is ListingState.LISTED
    assert len(circumstances_asked(RIVERMERE)) == 2
    assert circumstances_asked(HARBOURGATE) == ()


def test_any_one_alternative_is_enough_and_all_of_it_is_needed() -> None:
    half = held(modules={"PAF-10": "2026-03-01"}, care_certificate_standards={"CC3": "2026-01-01"})
    assert verdict(half).missing == ("RM-SAFE",)
    whole = held(
        modules={"PAF-10": "2026-03-01"}, care_certificate_standards={"CC3": "2026-01-01", "CC10": "2026-01-01"}
    )
    assert verdict(whole).state is ListingState.LISTED


def test_what_is_left_of_the_nearest_alternative_is_named() -> None:
    begun = CasePa.model_validate({"modules": {"PAI-1": "2026-08-10"}}).held(HARBOURGATE, ON)
    found = verdict(begun, rules=HARBOURGATE).finding("HG-BASICS")
    assert found.state is RequirementState.PENDING
    assert [item.code for item in found.values["left"]] == ["PAI-3", "PAI-4"]


def test_first_training_has_to_be_recent_only_for_somebody_not_listed_yet() -> None:
    rules = replace(
        RIVERMERE,
        requirements=tuple(
            replace(r, validity_months=60) if r.code == "RM-SAFE" else r for r in RIVERMERE.requirements
        ),
    )
    old = held(modules={"PAI-4": "2023-08-31", "PAF-10": "2026-03-01"})
    assert verdict(old, rules=rules).missing == ("RM-SAFE",)
    assert verdict(old, before=LISTED, rules=rules).missing == ()


# Disclosures ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def disclosed(result: str = "no_content", level: str = "enhanced_adults_list", **more: Any) -> Held:
    return held(dbs={"level": level, "issued_on": "2026-01-10", "result": result, **more})


def test_both_lists_cover_the_adults_list_and_an_enhanced_check_without_lists_does_not() -> None:
    assert verdict(disclosed(level="enhanced_both_lists")).missing == ()
    lower = verdict(disclosed(level="enhanced"))
    assert lower.missing == ("RM-DBS",)
    assert lower.finding("RM-DBS").why is Why.OTHER_LEVEL


@pytest.mark.parametrize(
    ("more", "state", "why"),
    [
        ({}, RequirementState.PENDING, Why.CONTENT_TO_DISCUSS),
        ({"discussion": "2026-02-01"}, RequirementState.PENDING, Why.DECISION_TO_RECORD),
        ({"decision": "proceed", "decision_on": "2026-02-05"}, RequirementState.MET, Why.MET),
        ({"decision": "proceed_with_conditions", "decision_on": "2026-02-05"}, RequirementState.MET, Why.MET),
        (
            {"decision": "do_not_proceed", "decision_on": "2026-02-05"},
            RequirementState.NOT_MET,
            Why.DECIDED_NOT_TO_PROCEED,
        ),
        ({"decision": "barred_cannot_proceed", "decision_on": "2026-02-05"}, RequirementState.NOT_MET, Why.BARRED),
    ],
)
def test_content_leads_to_a_discussion_and_a_decision(more: Any, state: RequirementState, why: Why) -> None:
    found = verdict(disclosed("has_content", **more))
    assert (found.finding("RM-DBS").state, found.finding("RM-DBS").why) == (state, why)
    assert found.state is (ListingState.LISTED if state is RequirementState.MET else ListingState.CHECKING)


def test_an_open_discussion_holds_back_also_where_a_check_is_only_recommended() -> None:
    given = CasePa.model_validate(
        {
            "identity": "seen",
            "right_to_work": "no_end_date",
            "certificates": ["PAI-CERT"],
            "modules": {"PAI-4": "2026-01-01", "PAI-6": "2026-01-01"},
            "references": 1,
            "code": "2025",
            "availability_on": "2026-06-01",
            "area": "DY",
            "dbs": {"level": "enhanced_adults_list", "issued_on": "2026-08-01", "result": "has_content"},
        }
    ).held(DYFFRYN, date(2026, 6, 1))
    found = verdict(given, rules=DYFFRYN)
    assert (found.state, found.because) == (ListingState.CHECKING, Because.DISCLOSURE_IS_DISCUSSED)
    assert found.missing == ()
    assert found.next_step is not None
    assert found.next_step.step is Step.OPEN_DISCUSSION


def test_a_decision_counts_from_its_day() -> None:
    given = disclosed("has_content", discussion="2026-02-01", decision="proceed", decision_on="2026-09-10")
    waiting = verdict(given, date(2026, 9, 9))
    assert waiting.finding("RM-DBS").why is Why.DECISION_TO_RECORD
    assert waiting.until == date(2026, 9, 10)
    assert verdict(given, date(2026, 9, 10)).missing == ()


def test_some_decisions_need_a_second_person() -> None:
    assert {d for d in Decision if d.needs_second_person} == {Decision.WITH_CONDITIONS, Decision.DO_NOT_PROCEED}


def test_a_status_check_carries_a_disclosure_on_and_a_change_ends_it() -> None:
    old = held(dbs={"level": "enhanced_adults_list", "issued_on": "2023-01-10", "result": "no_content"})
    assert verdict(old).missing == ("RM-DBS",)
    first = old.disclosures[0]

    def checked(result: StatusResult) -> Held:
        return replace(
            old, disclosures=(replace(first, status_checks=(StatusCheck(on=date(2026, 3, 1), result=result),)),)
        )

    assert verdict(checked(StatusResult.NO_CHANGE_NO_CONTENT)).finding("RM-DBS").state is RequirementState.MET
    assert verdict(checked(StatusResult.NO_CHANGE_HAS_CONTENT)).missing == ("RM-DBS",)
    assert verdict(checked(StatusResult.DETAILS_DO_NOT_MATCH)).missing == ("RM-DBS",)
    assert verdict(checked(StatusResult.CHANGED)).finding("RM-DBS").why is Why.NEW_CHECK_NEEDED


def test_a_certificate_on_its_way_is_pending() -> None:
    assert verdict(disclosed("not_seen")).finding("RM-DBS").state is RequirementState.PENDING


@pytest.mark.parametrize(
    ("day", "conditions", "allowed"),
    [
        ("2026-01-20", ["paid_role", "role_eligible"], False),
        ("2026-01-21", ["paid_role", "role_eligible"], True),
        ("2026-01-21", ["paid_role"], False),
        ("2026-01-21", [], False),
    ],
)
def test_a_pa_may_start_an_enhanced_check_from_the_day_the_rule_changed(
    day: str, conditions: list[str], allowed: bool
) -> None:
    answer = who_may_start_an_enhanced_check(
        Starter.PA_THROUGH_UMBRELLA, on=date.fromisoformat(day), conditions=conditions
    )
    assert answer.allowed is allowed
    assert who_may_start_an_enhanced_check(Starter.EMPLOYER, on=date.fromisoformat(day)).allowed


# The code, looks that were not enough, waivers ───────────────────────────────────────────────────────────────────────


def test_a_listed_pa_has_time_to_accept_a_new_version_of_the_code() -> None:
    given = replace(held(code=None), accepted=(Accepted(version="2025-1", on=date(2025, 5, 1)),))
    new = verdict(given, date(2026, 2, 1))
    assert new.finding("RM-CODE").why is Why.OLDER_VERSION
    assert verdict(given, date(2026, 2, 1), LISTED).finding("RM-CODE").satisfied
    assert not verdict(given, date(2026, 3, 3), LISTED).finding("RM-CODE").satisfied


def test_the_newest_look_counts() -> None:
    looks = (
        Seen(kind=RequirementKind.INTERVIEW, on=date(2026, 3, 1), met=False),
        Seen(kind=RequirementKind.INTERVIEW, on=date(2026, 4, 1)),
    )
    given = held(interview=None)
    assert verdict(replace(given, seen=given.seen + looks)).missing == ()
    found = verdict(replace(given, seen=given.seen + looks[:1]))
    assert found.finding("RM-INT").state is RequirementState.NOT_MET


def test_a_waiver_does_without_a_requirement_for_its_days() -> None:
    given = replace(
        held(interview=None),
        waivers=(Waiver(code="RM-INT", reason="reasonable_adjustment", on=date(2026, 8, 1), ends_on=date(2026, 9, 1)),),
    )
    assert verdict(given).finding("RM-INT").state is RequirementState.WAIVED
    assert verdict(given).until == date(2026, 9, 2)
    assert verdict(given, date(2026, 9, 2)).missing == ("RM-INT",)


# Adverts, editions ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_adverts_are_for_those_who_are_listed_where_there_are_adverts() -> None:
    complete = {**COMPLETE, "code": "3", "profile": "moderated", "availability_on": "2026-08-10"}
    modules = {"PAI-1": "2026-08-10", "PAI-3": "2026-08-10", "PAI-4": "2026-08-10"}
    given = CasePa.model_validate({**complete, "modules": modules}).held(HARBOURGATE, ON)
    assert verdict(given, rules=HARBOURGATE).may_apply_for_adverts
    assert not verdict(Held(), rules=HARBOURGATE).may_apply_for_adverts
    assert not verdict(held()).may_apply_for_adverts


def test_a_verdict_ends_where_its_edition_does() -> None:
    assert verdict(held(), rules=replace(RIVERMERE, replaced_on=date(2026, 10, 1))).until == date(2026, 10, 1)
