"""Scheme files as people write them: one scheme, or a book of several with their cases below. Plain data in and out.

A book may say once for all its schemes what holds for each, and may use longer names for a few things; here it becomes
one source for each scheme, in which every part still knows the line of the file it came from.
"""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from lms.core.content import Authored, Problems, Source, validated
from lms.funding.lines import Part, part_of
from lms.funding.scheme_parts import WorkforceRule
from lms.funding.vocabulary import (
    BLOCKING,
    ClaimantKind,
    ClaimState,
    DelegateAction,
    EvidenceKind,
    Measure,
    NeverDelegable,
    Provenance,
    Refusal,
    SchemeKind,
    SchemeStatus,
)
from lms.funding.words_known import PERMISSION_RECORD

_MONTHS = {"split_first": "first", "split_second": "second"}


class BookWords(Authored):
    """The words a book lists; each has to be one of ours, and the claims that stand in the way have to be ours."""

    scheme_kinds: dict[SchemeKind, str] = Field(default_factory=dict)
    scheme_statuses: dict[SchemeStatus, str] = Field(default_factory=dict)
    measures: tuple[Measure, ...] = ()
    evidence_kinds: dict[EvidenceKind, str] = Field(default_factory=dict)
    claim_statuses: tuple[ClaimState, ...] = ()
    duplicate_blocking_statuses: frozenset[ClaimState] = BLOCKING
    duplicate_allowed_statuses: frozenset[ClaimState] = frozenset()
    refusal_reasons: tuple[Refusal, ...] = ()

    @model_validator(mode="after")
    def _same_states_block(self) -> Self:
        if self.duplicate_blocking_statuses != BLOCKING or self.duplicate_allowed_statuses & BLOCKING:
            raise ValueError("claims in other states stand in the way of another here")
        return self


class BookWorkforce(Authored):
    """The rule about workforce records, said once for all schemes of a book."""

    applies_to: tuple[ClaimantKind, ...] = ()
    provenance: Provenance
    source_note: str = ""
    eligible_when: WorkforceRule
    workplace_fields: tuple[str, ...] = ()
    staff_fields: tuple[str, ...] = ()


class BookDelegation(Authored):
    """What an employer may hand on, and what a permission holds; the words have to be ours."""

    purpose: str = ""
    seed: str = ""
    permission_record_must_hold: tuple[str, ...] = ()
    actions: tuple[DelegateAction, ...] = ()
    never_delegable: tuple[NeverDelegable, ...] = ()
    provenance: str = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = set(self.permission_record_must_hold) - PERMISSION_RECORD
        if unknown:
            raise ValueError(f"a permission here does not hold {', '.join(sorted(unknown))}")
        return self


class Book(Authored):
    """A file of several schemes. `provenance` and `rules` are prose for people; nothing is worked out from them."""

    schema_: Literal["funding-schemes"] = Field(default="funding-schemes", alias="schema")
    schema_version: Literal[1] = 1
    currency: Literal["GBP"] = "GBP"
    amounts_in: Literal["pence"] = "pence"
    provenance: dict[str, Any] = Field(default_factory=dict)
    vocabulary: BookWords = BookWords()
    rules: dict[str, str] = Field(default_factory=dict)
    workforce_data_rule: BookWorkforce | None = None
    delegation: BookDelegation | None = None
    schemes: tuple[dict[str, Any], ...] = Field(min_length=1)
    cases: tuple[dict[str, Any], ...] = ()


def sources_of(source: Source, problems: Problems) -> list[Source]:
    """One source for each scheme of a file, in the words of `Scheme`. Notes what is wrong with a book as a whole."""
    if not isinstance(source.data, dict) or "schemes" not in source.data:
        return [_in_our_words(part_of(source), {}).source()] if isinstance(source.data, dict) else [source]
    book = validated(Book, source, problems)
    if book is None:
        return []
    cases: dict[str, list[Part]] = {str(scheme.get("code")): [] for scheme in book.schemes}
    for place in range(len(book.cases)):
        case = part_of(source, "cases", place)
        named = str(case.data.pop("scheme", ""))
        if named in cases:
            cases[named].append(case)
        else:
            problems.add(source.path, source.line("cases", place), f"There is no scheme {named} in this file.")
    common = _common(source, book)
    parts = [part_of(source, "schemes", place) for place in range(len(book.schemes))]
    return [_in_our_words(part, common, cases[str(part.data.get("code"))]).source() for part in parts]


def _common(source: Source, book: Book) -> Mapping[str, Part]:
    """What the book says for every scheme."""
    if book.workforce_data_rule is None:
        return {}
    return {"workforce_rule": part_of(source, "workforce_data_rule", "eligible_when")}


def _in_our_words(part: Part, common: Mapping[str, Part], cases: list[Part] | None = None) -> Part:
    """A scheme in the words of `Scheme`, with what its book says for all, and its own cases of the book."""
    for name, each in common.items():
        if name not in part.data:
            part.put(each, name)
    part.rename((), "claim_items", "items")
    part.rename((), "status_note", "note")
    part.rename(("windows",), "training_start", "start")
    _shares(part)
    _submission(part)
    for item in _list(part.data, "items"):
        if isinstance(item, dict):
            _cut_title(item)
    for case in cases or ():
        part.append(case, "cases")
    for place, case_data in enumerate(_list(part.data, "cases")):
        if isinstance(case_data, dict) and "item" in case_data:
            part.rename(("cases", place), "item", "items")
            case_data["items"] = [case_data["items"]]
    return part


def _shares(part: Part) -> None:
    """`grant_share_percent`, `match_share_percent` and `totals_pence`, which share one word of standing."""
    part.rename((), "totals_pence", "totals")
    if "grant_share_percent" not in part.data or "grant_share" in part.data:
        return
    totals = part.data.get("totals")
    standing = totals.get("provenance") if isinstance(totals, dict) else None
    share = {"provenance": standing or Provenance.ILLUSTRATIVE.value}
    for name in ("grant", "match"):
        if f"{name}_share_percent" in part.data:
            share[f"{name}_percent"] = part.data.pop(f"{name}_share_percent")
            part.moved((f"{name}_share_percent",), ("grant_share", f"{name}_percent"))
    part.data["grant_share"] = share
    part.lines.setdefault(("grant_share",), part.lines.get(("grant_share", "grant_percent"), part.lines.get((), 1)))


def _submission(part: Part) -> None:
    """`final_deadline`, `months_after_completion` with `applies_to`, and the longer names of the two parts."""
    here = ("windows", "submission")
    windows = part.data.get("windows")
    rule = windows.get("submission") if isinstance(windows, dict) else None
    if not isinstance(rule, dict):
        return
    part.rename(here, "final_deadline", "to")
    part.rename(here, "applies_to", "last_applies_to")
    applies = rule.get("last_applies_to")
    if isinstance(applies, list):
        rule["last_applies_to"] = applies = [_MONTHS.get(str(each), each) for each in applies]
    if "months_after_completion" in rule and "months_after" not in rule:
        months = rule.pop("months_after_completion")
        part.moved((*here, "months_after_completion"), (*here, "months_after"))
        wanted = applies if isinstance(applies, list) and applies else ["full", "first", "second"]
        rule["months_after"] = {str(each): {"months": months, "from": "completion"} for each in wanted}
    months_after = rule.get("months_after")
    if isinstance(months_after, dict):
        for long, short in _MONTHS.items():
            part.rename((*here, "months_after"), long, short)


def _cut_title(item: dict[str, Any]) -> None:
    """In `{code: A, title: Care, stage 1}` the comma cuts the title: what follows is a key without a value."""
    keys = list(item)
    after = keys.index("title") + 1 if isinstance(item.get("title"), str) else len(keys)
    while after < len(keys) and item[keys[after]] is None and " " in keys[after]:
        item["title"] += f", {keys[after]}"
        del item[keys[after]]
        after += 1


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    several = data.get(name)
    return several if isinstance(several, list) else []
