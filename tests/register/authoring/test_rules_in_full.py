# ruff: noqa: E501, ISC004  the tables of cases are read across
"""The form of the reference, several authorities in one file, whole; contradictions, dates and codes, each by line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import lms
from lms import brought
from lms.core import shelves
from lms.core.content import Problems
from lms.register import across as register_across
from lms.register.authoring.learning import choices, dated, shown
from lms.register.content import RegisterRules, load, run_cases
from lms.register.disclosures import Level
from lms.register.held import Held, Waiver
from lms.register.kinds import Circumstance, Item, ListingState, RequirementKind, RequirementState, TrainingKind
from lms.register.rules import eligibility

BUILT_IN = Path(lms.__file__).parent / "register/rules"
BOOK = Path(__file__).parent / "several-authorities.yaml"


def loaded(*folders: Path) -> tuple[RegisterRules, list[str]]:
    problems = Problems()
    shelf = load(folders, problems)
    return shelf, [f"{p.path.name}:{p.line}: {p.message}" for p in problems.found]


@cache
def everything() -> shelves.Shelves:
    """Every shelf that comes with PALMS."""
    return shelves.load(brought.LOADERS, (), across=brought.ACROSS)


def line_of(text: str, part: str, nth: int = 0) -> int:
    places = [n for n, line in enumerate(text.splitlines(), 1) if part in line]
    return places[nth]


# Several authorities in one file ─────────────────────────────────────────────────────────────────────────────────────


def test_several_authorities_in_one_file_load_with_all_their_cases(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text(BOOK.read_text())
    shelf, problems = loaded(tmp_path)
    assert problems == []
    assert set(shelf.editions) == {"RIVERMERE", "HARBOURGATE", "DYFFRYN"}
    assert sum(len(e.cases) for several in shelf.editions.values() for e in several) == 9
    assert run_cases(shelf) == []
    (harbourgate,) = shelf.editions["HARBOURGATE"]
    assert harbourgate.file.waiver_rules.maximum_days_default == 180
    assert shelf.editions["DYFFRYN"][0].file.name.cy == "Cyngor Sir Dyffryn"


def test_they_say_the_same_as_the_files_that_come_with_palms(tmp_path: Path) -> None:
    """The built-in files are the reference's rules, with titles and days: nothing of it was left out."""
    (tmp_path / "book.yaml").write_text(BOOK.read_text())
    ours, theirs = loaded(BUILT_IN)[0], loaded(tmp_path)[0]
    for code, (there,) in theirs.editions.items():
        (here,) = ours.editions[code]
        for rule in there.rules.requirements:
            mine = next(each for each in here.rules.requirements if each.code == rule.code)
            if rule.kind is RequirementKind.CODE_OF_CONDUCT:  # the day it came, and the order in any_of, are ours
                mine = replace(mine, version_from=rule.version_from)  # type: ignore[call-arg, attr-defined]
            if rule.kind is RequirementKind.TRAINING:
                assert set(mine.alternatives) == set(rule.alternatives)  # type: ignore[attr-defined]
                mine = replace(mine, alternatives=rule.alternatives)  # type: ignore[call-arg, attr-defined]
            assert mine == rule
        left = {"requirements", "cases", "edition", "valid_from", "status", "name", "provisional", "statement_to_users"}
        assert here.file.model_dump(exclude=left) == there.file.model_dump(exclude=left)
        label = {"label"}
        assert here.file.provisional.model_dump(exclude=label) == there.file.provisional.model_dump(exclude=label)
        assert {(case.id, str(case.expect)) for case in here.cases} == {(c.id, str(c.expect)) for c in there.cases}


def test_rules_without_a_day_take_the_place_of_those_before(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text(BOOK.read_text())
    shelf, problems = loaded(BUILT_IN, tmp_path)
    assert problems == []
    assert {e.path.name for several in shelf.editions.values() for e in several} == {"book.yaml"}


@pytest.mark.parametrize(
    ("old", "new", "part", "said"),
    [
        ("{modules: [PAF-10]}", "{modules: []}", "code: RM-MCA", "name at least one module"),
        ('version: "3"', 'version: ""', "code: HG-CODE", "version: String should have at least 1"),
        ("authority: DYFFRYN", "authority: NOWHERE", "id: dyffryn-no-dbs", "There is no authority NOWHERE"),
        (
            "missing: [RM-SAFE]",
            "missing: [RM-LOST]",
            "expect: {state: provisional, missing: [RM-LOST",
            "no requirement",
        ),
        ("schema_version: 1", "schema_version: 9", "schema_version: 9", "schema_version: Input should be 1"),
        ("areas: [DY]", "areas: []", "code: DY-AREA", "areas: "),
    ],
)
def test_each_mistake_in_such_a_file_has_its_line(tmp_path: Path, old: str, new: str, part: str, said: str) -> None:
    text = BOOK.read_text()
    assert old in text
    changed = text.replace(old, new, 1)
    (tmp_path / "book.yaml").write_text(changed)
    found = loaded(tmp_path)[1]
    assert any(said in each for each in found), found
    numbers = {int(each.split(":")[1]) for each in found if said in each}
    near = line_of(changed, part)
    assert any(near <= number <= near + 1 for number in numbers), (near, found)


def test_a_case_of_such_a_file_that_disagrees_is_named(tmp_path: Path) -> None:
    (tmp_path / "book.yaml").write_text(BOOK.read_text().replace("missing: [RM-SAFE]", "missing: [RM-MCA]"))
    (sentence,) = run_cases(loaded(tmp_path)[0])
    assert sentence.startswith("rivermere-training-too-old: expected missing [RM-MCA], got [RM-SAFE], because RM-SAFE")


# Rules that contradict themselves, or can never be met ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "old", "new", "part", "said"),
    [
        ("rivermere", "needs: [RM-ID,", "needs: [RM-DBS-CH, RM-ID,", None, None),
        ("rivermere", "needs_when_applicable: [RM-DBS-CH]", "needs_when_applicable: [RM-REF]", "=", "put it under needs"),
        ("dyffryn", "needs: [DY-ID,", "needs: [DY-DBS, DY-ID,", "=", "DY-DBS is only recommended"),
        ("rivermere", "  allowed: true\n", "  allowed: false\n", "=", "Nobody is shown with a label"),
        ("rivermere", "maximum_days: 90", "maximum_days: 0", "=", "Nobody could be shown for 0 days"),
        (
            "rivermere",
            "needs: [RM-ID, RM-RTW, RM-DBS, RM-REF, RM-CODE, RM-DECL]\n  needs_when_applicable: [RM-DBS-CH]",
            "needs: [RM-ID, RM-RTW, RM-DBS, RM-REF, RM-CODE, RM-DECL, RM-SAFE, RM-MCA, RM-CC-KNOW, RM-INT]\n"
            "  needs_when_applicable: [RM-DBS-CH, RM-SE, RM-INS]",
            "  needs: ",
            "nobody could ever be shown",
        ),
        ("rivermere", "  label: {en", "  may_apply_for_adverts: true\n  label: {en", "may_apply", "only where contact_model"),
        ("harbourgate", "not_required: [reference", "not_required: [identity", "=", "identity is required above."),
        ("rivermere", "completed_within_months: 36", "completed_within_months: 48", "=", "It counts only 36 months"),
        ("rivermere", "validity_months: 12\n    visible: none", "validity_months: 2\n    visible: none", "=", "at once"),
        ("rivermere", "remind_days_before: [60, 30, 7]", "remind_days_before: [60, 30, 30]", "=", "stands here twice"),
        ("rivermere", "remind_days_before: [60, 30, 7]", "remind_days_before: [60, 0]", "=", "too late"),
        ("rivermere", "    must_include: [most_recent_employer_or_tutor]", "    must_include: [most_recent_employer_or_tutor, other]\n    waivable: true", None, None),
        ("rivermere", "    count: 2\n    must_include: [most_recent_employer_or_tutor]", "    count: 1\n    must_include: [most_recent_employer_or_tutor, other]", "must_include", "can never be met"),
        ("rivermere", "    update_service_accepted: true\n", "    update_service_accepted: false\n", "update_service_recheck", "not accepted"),
        ("rivermere", "    update_service_recheck_months: 12\n", "", "update_service_accepted", "carries on nothing"),
        ("rivermere", "workforce: adult\n", "workforce: child\n", "=", "No check of level"),
        ("rivermere", "workforce: adult_and_child\n", "workforce: adult\n", "workforce: adult\n    validity_months: 36\n    update_service_accepted: true\n    update_service_recheck_months: 12\n    paid_by: authority\n    visible: met_only\n  - code: RM-REF", "No check of level"),
        ("rivermere", "      - {modules: [PAF-09]}\n", "      - {modules: [PAI-4, PAF-09]}\n", "=", "never matters"),
        ("rivermere", "    completed_within_months: 36\n", "    completed_within_months: 36\n    all_of: [{modules: [PAI-4]}]\n", "- {modules: [PAI-4]}", "needed anyway"),
        ("rivermere", "version_from: 2026-01-01", "version_from: 2026-02-01", "=", "ask for it from 2026-01-01"),
        ("rivermere", "employer_sees: [display_name,", "employer_sees: [dbs_detail, display_name,", "employer_never_sees", "dbs_detail is among"),
        ("rivermere", "    paid_by: authority\n    visible: met_only", "    paid_by: authority\n    visible: full", "=", "An employer never sees dbs_detail"),
        ("rivermere", "    validity: document_end_date\n    visible: met_only\n  - code: RM-DBS\n", "    validity: document_end_date\n    visible: met_only\n  - code: RM-DBS\n    validity: document_end_date\n", "- code: RM-DBS\n    v", "no document with a last day"),
        ("rivermere", "languages: [en]", "languages: [en]\ndefault_language: cy", "default_language", "not one of the languages"),
        ("dyffryn", "languages: [cy, en]", "languages: [en]", "welsh:", "Welsh is promised"),
        ("rivermere", "valid_from: 2026-01-01", "valid_from: 2026-01-01\nvalid_until: 2025-01-01", "valid_until", "end before they begin"),
        ("rivermere", "expect: {state: listed, missing: []}", "expect: {state: paused, missing: []}", "=", "decided by people"),
        ("rivermere", "expect: {state: listed, missing: []}", "expect: {allowed: true}", "=", "Only a request is allowed"),
        ("dyffryn", "recommended_missing: [DY-DBS]", "recommended_missing: [DY-REF]", "=", "DY-REF is mandatory."),
        ("rivermere", "expect: {state: listed, missing: []}", "expect: {next_step: dance}", "=", "next_step: Input should be"),
    ],
)  # fmt: skip
def test_contradictions_are_named_with_their_line(  # noqa: PLR0917  cases of one table
    tmp_path: Path, name: str, old: str, new: str, part: str | None, said: str | None
) -> None:
    text = (BUILT_IN / f"{name}.yaml").read_text()
    assert old in text
    changed = text.replace(old, new, 1)
    (tmp_path / f"{name}.yaml").write_text(changed)
    found = loaded(tmp_path)[1]
    if said is None:
        assert found == []
        return
    at = changed.index(new) if part == "=" else changed.index(part or "")
    number = changed[:at].count("\n") + 1
    named = [each for each in found if said in each]
    assert named, found
    lines = {int(each.split(":")[1]) for each in named}
    assert any(number <= line <= number + new.count("\n") + 2 for line in lines), (number, found)


def test_two_codes_of_conduct_and_the_same_twice_are_named(tmp_path: Path) -> None:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    start, end = text.index("  - code: RM-CODE"), text.index("  - code: RM-INT")
    another = text[start:end].replace("RM-CODE", "RM-CODE2").replace('"2026-1"', '"2026-2"')
    interview = text[end : text.index("  - code: RM-DECL")].replace("RM-INT", "RM-TALK")
    (tmp_path / "rivermere.yaml").write_text(text[:end] + another + interview + text[end:])
    found = loaded(tmp_path)[1]
    assert any("RM-CODE asks for a code of conduct too." in each for each in found)
    assert any("This asks for the same as RM-TALK." in each for each in found)


def editions(folder: Path, *days: tuple[str, str, str | None]) -> Iterator[tuple[str, str]]:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    for number, first, last in days:
        until = f"\nvalid_until: {last}" if last else ""
        changed = text.replace('"2026.1"', f'"{number}"').replace(
            "valid_from: 2026-01-01", f"valid_from: {first}{until}"
        )
        (folder / f"{number}.yaml").write_text(changed)
    yield from ()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([("2026.1", "2026-01-01", "2026-12-31"), ("2027.1", "2027-01-01", None)], []),
        (
            [("2026.1", "2026-01-01", "2026-11-30"), ("2027.1", "2027-01-01", None)],
            ["2026.1.yaml:6: No rules hold from 2026-12-01 until the day before 2027-01-01, when 2027.1.yaml begins."],
        ),
        (
            [("2026.1", "2026-01-01", "2027-03-31"), ("2027.1", "2027-01-01", None)],
            ["2026.1.yaml:6: 2027.1.yaml begins on 2027-01-01, before these rules end."],
        ),
        (
            [("2026.1", "2026-01-01", "2026-12-31")],
            ["2026.1.yaml:6: No rules hold after this day. Leave valid_until out until the next edition is there."],
        ),
        (
            [("2026.1", "2026-01-01", None), ("2026.2", "2026-01-01", None)],
            ["2026.2.yaml:5: 2026.1.yaml holds from the same day; an edition needs its own."],
        ),
        (
            [("2026.5", "2026-01-01", None), ("2026.2", "2026-02-01", None)],
            ["2026.2.yaml:4: Edition 2026.2 begins after edition 2026.5; number them in order."],
        ),
    ],
)
def test_gaps_and_overlaps_in_dates_are_named(
    tmp_path: Path, days: list[tuple[str, str, str | None]], said: list[str]
) -> None:
    list(editions(tmp_path, *days))
    found = [each for each in loaded(tmp_path)[1] if "ask for it from" not in each]
    assert found == said


# Codes of learning ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{modules: [PAI-4]}", None),
        ("{modules: [PAI-99]}", "There is no module PAI-99."),
        ("{certificates: [PAI-4, PAI-CERT, CARE-CERT-2025]}", None),
        ("{certificates: [NONE]}", "There is no certificate NONE."),
        ("{care_certificate_standards: [CC16]}", None),
        ("{care_certificate_standards: [CC99]}", "There is no Care Certificate standard CC99."),
        ("{awif_sections: [AWIF1]}", None),
        ("{awif_sections: [AWIF77]}", "There is no section of the All Wales Induction Framework AWIF77."),
        ("{units: [PAI-1-P]}", None),
        ("{units: [PAI-9-P]}", "There is no unit PAI-9-P."),
        ("{criteria: ['cc-2025:3.1a']}", None),
        ("{criteria: ['cc-2025:99.1a']}", "There is no criterion cc-2025:99.1a."),
        ("{criteria: ['nothing:3.1a']}", "There is no criterion nothing:3.1a."),
        ("{qualification: level_2_health_and_social_care_core}", None),
    ],
)
def test_a_pack_that_names_an_unknown_code_says_so_with_its_line(
    tmp_path: Path, written: str, said: str | None
) -> None:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    changed = text.replace("      - {modules: [PAF-09]}", f"      - {written}", 1)
    changed = changed.replace("      - {modules: [PAI-4]}\n", "", 1)
    file = tmp_path / "rivermere.yaml"
    file.write_text(changed)
    problems = Problems()
    register_across.across({**everything(), RegisterRules: load([tmp_path], problems)}, problems)
    assert [str(each) for each in problems.found] == ([f"{file}:{line_of(changed, written)}: {said}"] if said else [])


def test_packs_are_looked_at_across_shelves_when_a_site_starts() -> None:
    assert register_across.across in brought.ACROSS


def test_learning_is_typed_by_its_codes_and_comes_back_the_same() -> None:
    known = register_across.codes(everything())
    typed = "PAI-4\nCC3, CC10\nCare certificate knowledge\nqualification: level_2\ncertificates: PAI-4\ncc-2025:3.1a"
    written = choices(typed, known)
    assert written == [
        {"modules": ["PAI-4"]},
        {"care_certificate_standards": ["CC3", "CC10"]},
        {"care_certificate_knowledge": "all"},
        {"qualification": "level_2"},
        {"certificates": ["PAI-4"]},
        {"criteria": ["cc-2025:3.1a"]},
    ]
    assert shown(written, known) == typed
    assert choices("pai-4 , paf-09 ; certificates: PAI-CERT", known) == [
        {"modules": ["PAI-4", "PAF-09"], "certificates": ["PAI-CERT"]}
    ]
    assert dated("PAI-4 2026-02-01\n\nCC3 2026-01-01", known) == {
        "modules": {"PAI-4": "2026-02-01"},
        "care_certificate_standards": {"CC3": "2026-01-01"},
    }


# What was added to the rules ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_criterion_counts_like_any_other_learning(tmp_path: Path) -> None:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    text = text.replace("      - {modules: [PAF-10]}", "      - {criteria: ['cc-2025:3.1a', 'cc-2025:3.1b']}")
    text = text.replace(
        ", PAF-10: 2026-03-01}", "}\n      criteria: {'cc-2025:3.1a': 2026-01-01, 'cc-2025:3.1b': 2026-03-01}"
    )
    (tmp_path / "rivermere.yaml").write_text(text)
    shelf, problems = loaded(tmp_path)
    assert problems == []
    assert run_cases(shelf) == []
    (edition,) = shelf.editions["RIVERMERE"]
    rule = next(r for r in edition.rules.requirements if r.code == "RM-MCA")
    assert Item(TrainingKind.CRITERION, "cc-2025:3.1a") in rule.alternatives[0]  # type: ignore[attr-defined]


def test_what_nobody_can_do_without_is_never_waived() -> None:
    (edition,) = loaded(BUILT_IN)[0].editions["RIVERMERE"]
    on = date(2026, 9, 1)
    waivers = tuple(
        Waiver(code=r.code, reason="equivalent_qualification", on=on, ends_on=date(2026, 12, 1))
        for r in edition.rules.requirements
    )
    found = eligibility(edition.rules, Held(waivers=waivers), on=on)
    assert found.missing == ("RM-DECL", "RM-ID", "RM-RTW")
    assert found.finding("RM-REF").state is RequirementState.WAIVED


def test_an_authority_can_keep_more_from_being_waived(tmp_path: Path) -> None:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    text = text.replace(
        "employer_sees:",
        "waiver_rules: {never_waivable_kinds: [reference], maximum_days_default: 30}\nemployer_sees:",
        1,
    )
    text = text.replace("  - code: RM-INT\n", "  - code: RM-INT\n    waivable: false\n")
    (tmp_path / "rivermere.yaml").write_text(text)
    (edition,) = loaded(tmp_path)[0].editions["RIVERMERE"]
    fixed = {r.code for r in edition.rules.requirements if not r.waivable}
    assert fixed == {"RM-ID", "RM-RTW", "RM-DECL", "RM-REF", "RM-INT"}
    assert edition.rules.waiver_days == 30


def test_where_a_child_is_there_the_check_is_needed_even_for_a_label(tmp_path: Path) -> None:
    """Whatever the rules ask for otherwise (DBS rules: mandatory where a child lives in or visits the home)."""
    text = (BUILT_IN / "rivermere.yaml").read_text()
    text = text.replace("  needs_when_applicable: [RM-DBS-CH]\n", "").replace(
        "RM-DBS, RM-REF, RM-CODE", "RM-REF, RM-CODE"
    )
    (tmp_path / "rivermere.yaml").write_text(text)
    shelf, problems = loaded(tmp_path)
    assert problems == []
    (edition,) = shelf.editions["RIVERMERE"]
    case = next(c for c in edition.cases if c.id == "rivermere-training-too-old")
    assert case.pa is not None
    held = case.pa.held(edition.rules, case.as_of)
    assert eligibility(edition.rules, held, on=case.as_of).state is ListingState.PROVISIONAL
    with_child = replace(held, circumstances=frozenset({Circumstance.CHILD}))
    assert held.disclosures[0].level is not Level.ENHANCED_BOTH
    assert eligibility(edition.rules, with_child, on=case.as_of).state is ListingState.CHECKING


@pytest.mark.parametrize(
    ("more", "expect"),
    [
        ("before: {state: listed}", "{state: lapsed, because: something_ran_out}"),
        ("before: {state: listed}", "{state: listed, because: within_grace, until: 2026-09-15}"),
        ("before: {state: provisional, provisional_since: 2026-05-01}", "{because: provisional_period_over}"),
    ],
)
def test_a_case_can_say_where_the_pa_stood_before(tmp_path: Path, more: str, expect: str) -> None:
    text = (BUILT_IN / "rivermere.yaml").read_text()
    place = text.index("  - id: rivermere-training-too-old")
    head, case = text[:place], text[place:]
    case = case.replace("    pa:\n", f"    {more}\n    pa:\n", 1)
    case = case.replace("expect: {state: provisional, missing: [RM-SAFE]}", f"expect: {expect}", 1)
    if "listed, because" in expect:  # it ran out the day before: days of grace
        case = case.replace("PAI-4: 2023-08-31", "PAI-4: 2023-08-31", 1)
    elif "lapsed" in expect:
        case = case.replace("PAI-4: 2023-08-31", "PAI-4: 2023-05-31", 1)
    (tmp_path / "rivermere.yaml").write_text(head + case)
    shelf, problems = loaded(tmp_path)
    assert problems == []
    assert run_cases(shelf) == []
