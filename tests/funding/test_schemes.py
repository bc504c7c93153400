"""Scheme files: every worked case comes out, and every mistake is named with file and line."""

from datetime import date
from textwrap import dedent

import pytest

from lms.core.content import Problems
from lms.core.shelves import folders
from lms.funding import content
from lms.funding.content import load, run_cases
from lms.funding.vocabulary import Provenance

REFERENCE = {
    "credits-simple", "credits-over-yearly-limit", "submitted-after-close", "unit-funded-in-an-earlier-year",
    "pa-induction-is-not-a-wdf-item", "workforce-data-89-percent", "stage-two-before-stage-one",
    "closing-year-started-too-late", "paid-more-than-maximum", "paid-less-than-maximum", "split-first-part",
    "split-second-part-keeps-first-rate", "split-odd-pence-adds-up", "learner-moved-employer-between-parts",
    "pa-of-individual-employer-not-in-ldss", "no-paid-invoice", "withdrawn-scheme",
    "employer-funding-delegate-cannot-accept-terms", "employer-funding-three-costs",
    "employer-funding-for-a-child", "welsh-grant-share", "subsidy-outside-area",
}  # fmt: skip

GOOD = """\
code: LOCAL-1
edition: "1"
title: {en: Local places}
administrator: Somebody
nation: england
kind: place_subsidy
status: open
claim_year: {label: 2026-27, from: "2026-04-01", to: "2027-03-31", provenance: illustrative}
claimants: [personal_assistant]
items:
  - {code: DAY, title: {en: A day}, kind: course, measure: per_item, max_amount_pence: 100, evidence: [],
     amount_provenance: official}
cases:
  - {id: plain, items: [DAY], given: {cost_paid_pence: 90}, expect: {decision: payable, amount_pence: 90}}
"""  # fmt: skip


def test_every_worked_case_comes_out(schemes):
    assert run_cases(schemes) == []


def test_every_case_of_the_reference_is_carried(schemes):
    assert {case.id for scheme in schemes.all for case in scheme.cases} >= REFERENCE


def test_every_scheme_carries_cases_and_no_id_twice(schemes):
    assert all(scheme.cases for scheme in schemes.all)
    ids = [case.id for scheme in schemes.all for case in scheme.cases]
    assert len(ids) == len(set(ids))


def test_a_case_that_comes_out_otherwise_is_told_with_its_reasons(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD.replace("amount_pence: 90}", "amount_pence: 91, reasons: [outside_area]}"))
    told = run_cases(load([tmp_path], Problems()))
    assert told[0].startswith("plain: amount_pence: expected 91, got 90; because ")
    assert told[0].endswith("cost_is_lower")
    assert told[1].startswith("plain: reasons: expected outside_area, got nothing; because ")


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("measure: per_item", "measure: per_moon"), 11, "items.0.measure"),
        (("max_amount_pence: 100", "max_amount_pence: 10.5"), 11, "max_amount_pence"),
        (("max_amount_pence: 100", "max_amount_pence: -1"), 11, "max_amount_pence"),
        (("amount_provenance: official", "amount_provenance: sure"), 12, "amount_provenance"),
        (("status: open", "status: open\ncolour: red"), 8, "colour"),
        (('to: "2027-03-31"', 'to: "2025-03-31"'), 8, "ends before it begins"),
        (("measure: per_item", "measure: cost_share"), 1, "needs grant_share"),
        (("measure: per_item", "measure: per_item, requires_approved_item: NIGHT"), 11, "DAY requires NIGHT"),
        (("cost_paid_pence: 90", "cost_paid: 90"), 14, "cost_paid"),
        (("decision: payable", "decision: perhaps"), 14, "decision"),
        (("status: open", "status: ]"), 7, "not YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, change, line, says):
    path = tmp_path / "wrong.yaml"
    path.write_text(GOOD.replace(*change))
    problems = Problems()
    load([tmp_path], problems)
    assert [(p.path, p.line) for p in problems.found] == [(path, line)]
    assert says in problems.found[0].message


def test_a_scheme_that_stands_twice_is_a_mistake(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD)
    problems = Problems()
    load([tmp_path], problems)
    assert [str(p) for p in problems.found] == [
        f"{tmp_path / 'b.yaml'}:1: The scheme LOCAL-1 stands in a.yaml already."
    ]


def test_a_pack_replaces_a_scheme_by_its_code(tmp_path):
    changed = (
        GOOD.replace("LOCAL-1", "ULO-2026-27").replace("code: DAY", "code: TRAIN-DAY").replace("[DAY]", "[TRAIN-DAY]")
    )
    (tmp_path / "a.yaml").write_text(changed)
    problems = Problems()
    shelf = load([*folders("funding"), tmp_path], problems)
    assert problems.found == []
    assert shelf.by_code["ULO-2026-27"].administrator == "Somebody"


def test_adoptions_name_schemes_and_items_that_exist(tmp_path):
    (tmp_path / "a.yaml").write_text(GOOD)
    adoptions = tmp_path / "adoptions"
    adoptions.mkdir()
    text = dedent("""\
        authority: RIVERMERE
        scheme: LOCAL-1
        provenance: illustrative
        covers:
          - {training: PAI-1, item: NIGHT, days: 0.5}
          - {training: PAI-1, item: DAY}
        """)
    (adoptions / "a.yaml").write_text(text)
    (adoptions / "b.yaml").write_text(text.replace("LOCAL-1", "LOCAL-2"))
    problems = Problems()
    load([tmp_path], problems)
    assert sorted(map(str, problems.found)) == [
        f"{adoptions / 'a.yaml'}:5: The scheme LOCAL-1 has no item NIGHT.",
        f"{adoptions / 'a.yaml'}:6: The training PAI-1 is counted twice.",
        f"{adoptions / 'b.yaml'}:2: There is no scheme LOCAL-2.",
    ]


def test_an_authority_decides_how_a_training_is_counted(schemes):
    assert schemes.covering("RIVERMERE", "ULO-2026-27", "PAI-1").item == "TRAIN-DAY"
    assert schemes.covering("RIVERMERE", "ULO-2026-27", "PAI-7") is None
    assert schemes.covering("DYFFRYN", "ULO-2026-27", "PAI-1") is None
    assert schemes.covering(None, "ULO-2026-27", "PAI-1") is None
    assert schemes.adoption("RIVERMERE", "ULO-2026-27").provenance is Provenance.ILLUSTRATIVE


def test_the_official_figures_are_the_ones_that_were_published(schemes):
    item = schemes.by_code["ULO-2026-27"].item("TRAIN-DAY")
    assert (item.guide_min_pence, item.max_amount_pence, item.amount_provenance) == (2500, 15000, "official")
    delivery = schemes.by_code["ULO-2026-27"].windows.delivery
    assert (delivery.first, delivery.last) == (date(2026, 9, 9), date(2027, 2, 28))


def test_a_missing_folder_is_an_empty_shelf(tmp_path):
    assert content.load([tmp_path / "nowhere"], Problems()).all == ()


WHO = "claimants:"
BACKWARDS = '{from: "2026-05-01", to: "2026-04-01", provenance: official}'
FIRST_PART = "{months_after: {first: {months: 3, from: completion}}, provenance: seed}"
SHARES = "{grant_percent: 60, match_percent: 50, provenance: official}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("measure: per_item", "measure: per_item, requires_approved_item: DAY"), "it requires itself"),
        (("measure: per_item", "measure: cost_share, payment_model: split_60_40"), "needs grant_share"),
        ((WHO, f"grant_share: {SHARES}\n{WHO}"), "100"),
        ((WHO, f"split_rules: {{provenance: official}}\n{WHO}"), "no item is paid in two parts"),
        ((WHO, f"conditions: [cost_incured]\n{WHO}"), "does not know the word cost_incured"),
        ((WHO, f"not_fundable: [course]\n{WHO}"), "never pays for"),
        ((WHO, f"superseded_by: NOTHING\n{WHO}"), "There is no scheme NOTHING"),
        (("amount_provenance: official", "amount_provenance: confirmed"), "A file cannot confirm"),
        ((WHO, f"windows:\n  delivery: {BACKWARDS}\n{WHO}"), "ends before it begins"),
        ((WHO, f"windows:\n  submission: {FIRST_PART}\n{WHO}"), "no item is paid in two parts"),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_line(tmp_path, change, says):
    path = tmp_path / "wrong.yaml"
    path.write_text(GOOD.replace(*change))
    problems = Problems()
    load([tmp_path], problems)
    assert len(problems.found) == 1
    assert says in problems.found[0].message
    assert problems.found[0].line > 0


BOOK = """\
schema: funding-schemes
schema_version: 1
workforce_data_rule:
  provenance: official
  eligible_when: {minimum_eligible_ratio: 0.5}
schemes:
  - code: LOCAL-2
    title: Local places, second
    administrator: Somebody
    nation: england
    kind: place_subsidy
    status: open
    claim_year: {label: 2026-27, from: "2026-04-01", to: "2027-03-31", provenance: illustrative}
    claimants: [personal_assistant]
    claim_items:
      - {code: DAY, title: A day, in two rooms, kind: course, measure: per_item, max_amount_pence: 100, evidence: [],
         amount_provenance: official}
cases:
  - {id: plain, scheme: LOCAL-2, item: DAY, given: {cost_paid_pence: 90}, expect: {decision: payable, amount_pence: 90}}
"""


def test_a_book_of_schemes_loads_with_its_cases(tmp_path):
    (tmp_path / "book.yaml").write_text(BOOK)
    problems = Problems()
    shelf = load([tmp_path], problems)
    assert problems.found == []
    scheme = shelf.by_code["LOCAL-2"]
    assert [case.id for case in scheme.cases] == ["plain"]
    assert scheme.items[0].title.en == "A day, in two rooms"
    assert str(scheme.workforce_rule.minimum_eligible_ratio) == "0.5"
    assert run_cases(shelf) == []


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (("max_amount_pence: 100", "max_amount_pence: -1"), 16, "items.0.max_amount_pence"),
        (("scheme: LOCAL-2,", "scheme: LOCAL-3,"), 19, "There is no scheme LOCAL-3 in this file"),
        (("decision: payable", "decision: perhaps"), 19, "decision"),
        (("schema_version: 1", "schema_version: 2"), 2, "schema_version"),
        (("schemes:", "vocabulary: {measures: [per_moon]}\nschemes:"), 6, "measures"),
    ],
)
def test_a_mistake_in_a_book_is_named_with_its_line(tmp_path, change, line, says):
    (tmp_path / "book.yaml").write_text(BOOK.replace(*change))
    problems = Problems()
    load([tmp_path], problems)
    assert [p.line for p in problems.found] == [line]
    assert says in problems.found[0].message
