"""Every reason there is can be said, in plain words, with nothing left unfilled."""

from datetime import date
from decimal import Decimal

import pytest

from lms.core.i18n import say_in
from lms.funding import texts
from lms.funding.asked import Asked
from lms.funding.reasons import Figure, FigureName, Reason
from lms.funding.rules import claimable
from lms.funding.vocabulary import ClaimantKind, EvidenceKind, LearnerKind, Provenance, Refusal, Support
from lms.people.rules import Nation

SAY = say_in("en")
VALUES = {
    "window": "delivery", "day_on": "2026-11-21", "from_on": "2026-09-09", "to_on": "2027-02-28", "item": "PAI-1",
    "training": "PAI-1", "claimant": "individual_employer", "learner": "pa_of_individual_employer",
    "nation": "england", "area": "NB", "same_claimant": False, "left_pence": 100, "max_pence": 7500,
    "cost_pence": 4000, "payable_pence": 154000, "first_pence": 92400,
    "price_pence": 1000, "cost": "travel",
}  # fmt: skip


@pytest.mark.parametrize("code", [*Refusal, *Support])
def test_every_reason_is_a_sentence(code):
    said = texts.reason(Reason(code, VALUES), SAY, "en")
    assert said.endswith(".")
    assert "%" not in said


@pytest.mark.parametrize("window", ["achievement", "delivery", "course_date", "payment", "claim_year", "start"])
def test_windows_are_told_by_their_name(window):
    said = texts.reason(Reason(Refusal.OUTSIDE_ACHIEVEMENT_WINDOW, {**VALUES, "window": window}), SAY, "en")
    assert "21 November 2026" in said
    assert "9 September 2026" in said


def test_what_can_no_longer_be_done_is_told_so():
    values = {"window": "payment", "from_on": "2025-04-01", "to_on": "2026-03-31"}
    said = texts.reason(Reason(Refusal.OUTSIDE_ACHIEVEMENT_WINDOW, values), SAY, "en")
    assert said.startswith("It is too late to pay for the training.")
    said = texts.reason(Reason(Refusal.OUTSIDE_ACHIEVEMENT_WINDOW, {**values, "window": "delivery"}), SAY, "en")
    assert said.startswith("It is too late to do the training.")


def test_what_a_case_says_can_always_be_said(schemes):
    for scheme in schemes.all:
        for case in scheme.cases:
            for item in case.items:
                verdict = claimable(scheme, case.given.asked(item), on=case.day(date(2026, 11, 21)))
                told = texts.tell(verdict, SAY, "en")
                assert bool(told.amount) is verdict.claimable
                assert len(told.reasons) + len(told.for_it) == len(verdict.reasons)
                words = [*told.reasons, *told.for_it, *told.missing, *told.conditions, told.amount, told.deadline]
                assert not any("%(" in sentence for sentence in words)


def test_every_kind_of_evidence_has_a_name(schemes):
    scheme = schemes.by_code["ULO-2026-27"]
    item = scheme.items[0].model_copy(update={"evidence": tuple(EvidenceKind)})
    asking = scheme.model_copy(update={"items": (item,)})
    verdict = claimable(asking, Asked(item=item.code, evidence=frozenset()), on=date(2026, 11, 21))
    assert len(texts.missing(verdict, SAY)) == len(EvidenceKind) + 1


def test_the_answer_for_a_pa_reads_as_a_person_would_say_it(schemes):
    asked = Asked(
        item="TRAIN-DAY",
        training="PAI-1",
        days=Decimal("0.5"),
        nation=Nation.ENGLAND,
        claimant=ClaimantKind.USER_LED_ORGANISATION,
        learner=LearnerKind.PA_OF_INDIVIDUAL_EMPLOYER,
        completed_on=date(2026, 11, 21),
    )
    verdict = claimable(schemes.by_code["ULO-2026-27"], asked, on=date(2026, 11, 21))
    told = texts.tell(verdict, SAY, "en")
    assert (told.decision, told.tone, told.amount) == ("Claimable", "yes", "up to £75.00")
    assert told.deadline == "Training up to 28 February 2027 counts"
    delivered = "The training was finished on 21 November 2026, inside the delivery window"
    assert told.reasons == (
        "The claim comes from a user-led organisation, who can claim from this scheme.",
        "The learner is a PA of an individual employer, and the scheme pays for their training.",
        "Your authority counts PAI-1 under this scheme.",
        "No claim for this learner and this training stands in the way.",
        f"{delivered} (from 9 September 2026 to 28 February 2027).",
        "The scheme pays what the training cost, up to £75.00.",
    )


def test_only_official_figures_are_called_so():
    rate = Figure(FigureName.RATE_A_DAY, "15000", Provenance.OFFICIAL)
    days = Figure(FigureName.DAYS, "0.50", Provenance.ILLUSTRATIVE)
    assert texts.figure(rate, SAY) == ("Most the scheme pays for one day", "£150.00", "Official figure")
    assert texts.figure(days, SAY) == (
        "Days this training counts as",
        "0.5",
        "Example figure your authority must confirm",
    )
    for provenance in set(Provenance) - {Provenance.OFFICIAL, Provenance.CONFIRMED}:
        assert "Example" in texts.STANDINGS[provenance]
    assert texts.STANDINGS[Provenance.CONFIRMED] == "Confirmed by your authority"


def test_a_refusal_names_what_speaks_against_it_first_and_apart(schemes):
    asked = Asked(item="TRAIN-DAY", training="PAI-1", completed_on=date(2027, 3, 1))
    verdict = claimable(schemes.by_code["ULO-2026-27"], asked, on=date(2027, 3, 1))
    told = texts.tell(verdict, SAY, "en")
    window = "The scheme only pays for training delivered from 9 September 2026 to 28 February 2027."
    assert told.reasons == (f"The training was finished on 1 March 2027. {window}",)
    assert "Your authority counts PAI-1 under this scheme." in told.for_it
