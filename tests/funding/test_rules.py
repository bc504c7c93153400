"""Verdicts with plain values: the thread's two schemes closely, and what must hold for every scheme there is."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.core.content import Problems
from lms.core.shelves import folders
from lms.funding.asked import Asked, Earlier, FirstPart
from lms.funding.content import load
from lms.funding.reasons import Act, Deadline, verdict_from
from lms.funding.rules import claimable, together
from lms.funding.vocabulary import (
    ClaimantKind,
    ClaimState,
    Decision,
    EvidenceKind,
    LearnerKind,
    Measure,
    Part,
    PaymentModel,
    Provenance,
    Refusal,
    Support,
)
from lms.people.rules import Nation

TODAY = date(2026, 11, 21)
PAI_1 = Asked(
    item="TRAIN-DAY",
    training="PAI-1",
    days=Decimal("0.5"),
    nation=Nation.ENGLAND,
    claimant=ClaimantKind.USER_LED_ORGANISATION,
    learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER,
    completed_on=TODAY,
    evidence=frozenset({EvidenceKind.CERTIFICATE}),
)


def asked(**changes):
    return Asked(**{**{name: getattr(PAI_1, name) for name in PAI_1.__dataclass_fields__}, **changes})


def test_a_pas_induction_module_is_claimable_by_a_user_led_organisation(schemes):
    verdict = claimable(schemes.by_code["ULO-2026-27"], PAI_1, on=TODAY)
    assert verdict.decision is Decision.PAYABLE
    assert verdict.amount == 7500
    assert not verdict.cost_known
    assert verdict.missing == ("cost", "quote", "attendance_record")
    assert verdict.deadline == Deadline(Act.DELIVER, date(2027, 2, 28))
    assert {r.code for r in verdict.reasons} == {
        Support.TRAINING_COVERED,
        Support.CLAIMANT_ALLOWED,
        Support.LEARNER_COVERED,
        Support.INSIDE_WINDOW,
        Support.NOT_CLAIMED_BEFORE,
        Support.UP_TO_MAXIMUM,
    }
    assert "board_disabled_share_75" in verdict.conditions


def test_the_days_are_an_example_until_an_authority_confirms_them(schemes):
    scheme = schemes.by_code["ULO-2026-27"]
    assert not claimable(scheme, PAI_1, on=TODAY).amount_is_fact
    confirmed = asked(days_provenance=Provenance.OFFICIAL)
    assert claimable(scheme, confirmed, on=TODAY).amount_is_fact


def test_the_employers_scheme_says_why_not(schemes):
    by_employer = asked(item="PAI-1", claimant=ClaimantKind.INDIVIDUAL_EMPLOYER, days=None)
    verdict = claimable(schemes.by_code["LDSS-2025-26"], by_employer, on=TODAY)
    assert verdict.decision is Decision.REFUSED
    assert verdict.amount == 0
    assert set(verdict.refusals) == {
        Refusal.CLAIMANT_KIND_NOT_ALLOWED,
        Refusal.LEARNER_NOT_ELIGIBLE,
        Refusal.ITEM_NOT_ON_LIST,
        Refusal.OUTSIDE_ACHIEVEMENT_WINDOW,
        Refusal.OUTSIDE_SUBMISSION_WINDOW,
    }
    in_its_year = claimable(schemes.by_code["LDSS-2025-26"], by_employer, on=date(2026, 3, 31))
    assert Refusal.OUTSIDE_ACHIEVEMENT_WINDOW not in in_its_year.refusals


def test_training_not_done_when_the_window_has_closed_is_too_late(schemes):
    scheme = schemes.by_code["ULO-2026-27"]
    unfinished = asked(completed_on=None)
    assert claimable(scheme, unfinished, on=date(2027, 2, 28)).claimable
    late = claimable(scheme, unfinished, on=date(2027, 3, 1))
    assert late.refusals == (Refusal.OUTSIDE_ACHIEVEMENT_WINDOW,)


def test_evidence_missing_refuses_only_what_is_sent_in(schemes):
    scheme = schemes.by_code["ULO-2026-27"]
    sent = claimable(scheme, asked(submitted_on=TODAY, cost_paid=5000), on=TODAY)
    assert sent.refusals == (Refusal.EVIDENCE_MISSING,)
    held = frozenset({EvidenceKind.QUOTE, EvidenceKind.ATTENDANCE_RECORD})
    whole = claimable(scheme, asked(submitted_on=TODAY, cost_paid=5000, evidence=held), on=TODAY)
    assert (whole.decision, whole.amount, whole.missing) == (Decision.PAYABLE, 5000, ())


def test_another_organisations_claim_blocks_only_where_the_rule_says_so(schemes):
    theirs = Earlier(scheme="LDSS-2024-25", item="L2-ASC-CERT", state=ClaimState.PAID, same_claimant=False)
    blocked = claimable(
        schemes.by_code["LDSS-2025-26"], Asked(item="L2-ASC-CERT", earlier=(theirs,)), on=date(2025, 6, 1)
    )
    assert blocked.refusals == (Refusal.DUPLICATE_ITEM_FOR_LEARNER,)
    assert [dict(r.values) for r in blocked.reasons if r.against] == [{"same_claimant": False}]
    elsewhere = Earlier(
        scheme="ULO-2026-27", item="TRAIN-DAY", training="PAI-1", state=ClaimState.PAID, same_claimant=False
    )
    assert claimable(schemes.by_code["ULO-2026-27"], asked(earlier=(elsewhere,)), on=TODAY).claimable


@pytest.mark.parametrize(
    ("state", "blocks"), [(ClaimState.DRAFT, False), (ClaimState.WITHDRAWN, False), (ClaimState.REJECTED, False),
                          (ClaimState.SUBMITTED, True), (ClaimState.NEEDS_ACTION, True), (ClaimState.PAID, True)]
)  # fmt: skip
def test_which_earlier_claims_stand_in_the_way(schemes, state, blocks):
    earlier = Earlier(scheme="ULO-2026-27", item="TRAIN-DAY", training="PAI-1", state=state, same_claimant=True)
    verdict = claimable(schemes.by_code["ULO-2026-27"], asked(earlier=(earlier,)), on=TODAY)
    assert (Refusal.DUPLICATE_ITEM_FOR_LEARNER in verdict.refusals) is blocks


def test_the_second_part_is_not_a_duplicate_of_the_first(schemes):
    first = Earlier(
        scheme="LDSS-2025-26", item="L2-ASC-CERT", part=Part.FIRST, state=ClaimState.PAID, same_claimant=True
    )
    second = Asked(
        item="L2-ASC-CERT",
        part=Part.SECOND,
        first_part=FirstPart(state=ClaimState.PAID, payable=154000, paid_on=date(2025, 5, 1)),
        earlier=(first,),
        completed_on=date(2026, 1, 5),
    )
    assert claimable(schemes.by_code["LDSS-2025-26"], second, on=date(2026, 1, 10)).amount == 61600


def test_last_years_claim_does_not_block_where_the_rule_is_for_one_scheme(schemes):
    last_year = Earlier(
        scheme="ULO-2025-26", item="TRAIN-DAY", training="PAI-1", state=ClaimState.PAID, same_claimant=True
    )
    assert claimable(schemes.by_code["ULO-2026-27"], asked(earlier=(last_year,)), on=TODAY).claimable


def test_one_of_the_alternatives_is_evidence_enough(schemes):
    scheme, on = schemes.by_code["WDF-2017-18"], date(2018, 1, 15)
    unit = {"item": "QCF-CREDIT", "credits": 4, "completed_on": date(2017, 11, 30), "submitted_on": on}
    signed = claimable(scheme, Asked(**unit, evidence=frozenset({EvidenceKind.UNIT_SUMMARY_SIGNED})), on=on)
    assert signed.claimable
    none = claimable(scheme, Asked(**unit, evidence=frozenset()), on=on)
    assert none.refusals == (Refusal.EVIDENCE_MISSING,)


def test_a_first_part_needs_no_certificate_and_both_parts_do(schemes):
    scheme, on = schemes.by_code["LDSS-2025-26"], date(2025, 6, 1)
    for part, missing in ((Part.FIRST, ("payment_proof",)), (Part.BOTH, ("payment_proof", "certificate"))):
        question = Asked(item="L2-ASC-CERT", part=part, cost_paid=100000, evidence=frozenset())
        assert claimable(scheme, question, on=on).missing == missing


@pytest.mark.parametrize(
    ("sent", "decision"),
    [
        (date(2025, 3, 21), Decision.PAYABLE),
        (date(2025, 3, 22), Decision.DECIDE_CASE_BY_CASE),
        (date(2025, 3, 31), Decision.DECIDE_CASE_BY_CASE),
        (date(2025, 4, 1), Decision.REFUSED),
    ],
)
def test_lateness_is_at_the_funders_discretion_up_to_a_day(schemes, sent, decision):
    question = Asked(item="MHFA", cost_paid=9000, completed_on=date(2025, 2, 10), submitted_on=sent)
    assert claimable(schemes.by_code["LDSS-2024-25"], question, on=sent).decision is decision


def test_credits_had_before_leave_fewer(schemes):
    question = Asked(item="QCF-CREDIT", credits=10, credits_this_year=55, completed_on=date(2017, 11, 30))
    verdict = claimable(schemes.by_code["WDF-2017-18"], question, on=date(2018, 1, 15))
    assert (verdict.decision, verdict.amount) == (Decision.PAYABLE_IN_PART, 7500)


def test_a_used_up_year_leaves_nothing(schemes):
    verdict = claimable(
        schemes.by_code["WDF-2018-19"],
        Asked(item="L3-DIP", completed_on=date(2018, 6, 1), cost_paid=5000, had_this_year=120000),
        on=date(2018, 7, 1),
    )
    assert (verdict.decision, verdict.amount) == (Decision.REFUSED, 0)
    assert verdict.refusals == (Refusal.LEARNER_LIMIT_REACHED,)


def test_one_refused_item_refuses_the_application(schemes):
    scheme = schemes.by_code["IEF-2017-18"]
    on = date(2017, 10, 1)
    both = together([claimable(scheme, Asked(item=code, applied_on=on), on=on) for code in ("COURSE", "NOTHING")])
    assert (both.decision, both.amount, both.requested) == (Decision.REFUSED, 0, None)


def test_a_verdict_can_be_kept_and_read_back(schemes):
    for scheme in schemes.all:
        for item in scheme.items:
            verdict = claimable(scheme, asked(item=item.code), on=TODAY)
            assert verdict_from(verdict.as_data()) == verdict


SCHEMES = load(folders("funding"), Problems())
EVERY_ITEM = [(scheme, item) for scheme in SCHEMES.all for item in scheme.items]
SOME_DAY = st.dates(min_value=date(2014, 1, 1), max_value=date(2028, 1, 1))
ASKED = st.builds(
    Asked,
    item=st.just("?"),
    part=st.sampled_from([Part.FULL, Part.BOTH, Part.FIRST]),
    credits=st.none() | st.integers(0, 200),
    days=st.none() | st.decimals(min_value="0.25", max_value=20, places=2),
    claimant=st.none() | st.sampled_from(ClaimantKind),
    learner=st.none() | st.sampled_from(LearnerKind),
    completed_on=st.none() | SOME_DAY,
    started_on=st.none() | SOME_DAY,
    cost_paid=st.none() | st.integers(0, 10**7),
    had_this_year=st.integers(0, 200_000),
    evidence=st.none() | st.frozensets(st.sampled_from(EvidenceKind)),
)


def test_who_had_more_than_a_year_allows_is_told_so_even_of_training_that_cost_nothing(schemes):
    question = Asked(item="QCF-CREDIT", credits=1, cost_paid=0, had_this_year=90001, completed_on=date(2017, 11, 30))
    verdict = claimable(schemes.by_code["WDF-2017-18"], question, on=date(2018, 1, 15))
    assert not verdict.claimable
    assert Refusal.LEARNER_LIMIT_REACHED in verdict.refusals


@settings(deadline=None)
@given(st.sampled_from(EVERY_ITEM), ASKED, st.data())
def test_never_more_than_the_maximum_or_the_cost(pair, drawn, data):
    scheme, item = pair
    question = Asked(**{**{n: getattr(drawn, n) for n in drawn.__dataclass_fields__}, "item": item.code})
    on = data.draw(st.just(question.completed_on + timedelta(days=7)) if question.completed_on else SOME_DAY)
    verdict = claimable(scheme, question, on=on)
    counted = {Measure.PER_CREDIT: question.credits, Measure.PER_PERSON_DAY: question.days}.get(item.measure)
    assert 0 <= verdict.amount <= item.max_amount_pence * (1 if counted is None else counted) + 1
    if question.cost_paid is not None and not item.fixed_rate:
        assert verdict.amount <= question.cost_paid
    limit = scheme.limits.per_learner_per_year_pence if scheme.limits else None
    if limit is not None and verdict.claimable:
        assert verdict.amount + question.had_this_year <= limit
    if not verdict.claimable:
        assert verdict.amount == 0
        assert verdict.refusals
    elif item.payment_model is PaymentModel.SPLIT:
        whole = verdict.first_part + verdict.second_part
        assert verdict.amount == (verdict.first_part if question.part is Part.FIRST else whole)
    elif item.measure is Measure.COST_SHARE:
        assert verdict.grant == verdict.amount


@settings(deadline=None)
@given(st.sampled_from(EVERY_ITEM), ASKED)
def test_a_scheme_that_is_over_pays_nothing(pair, drawn):
    scheme, item = pair
    question = Asked(**{**{n: getattr(drawn, n) for n in drawn.__dataclass_fields__}, "item": item.code,
                        "completed_on": date(2032, 1, 1), "paid_on": date(2032, 1, 1)})  # fmt: skip
    assert not claimable(scheme, question, on=date(2032, 6, 1)).claimable
