"""Register rules as they are authored: one authority and edition a file, checked when loaded, then never changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from lms.core.content import Authored, Problems, Source, Words, read_yaml, validated
from lms.register.cases import Case, disagreements
from lms.register.kinds import ContactModel, RequirementKind
from lms.register.lines import LINES, Code, Days, Line, Months, Name
from lms.register.rules import AuthorityRules, Provisional


class ProvisionalPart(Authored):
    """When a PA is shown with a label that says what is still missing."""

    allowed: bool
    needs: tuple[Code, ...] = ()
    needs_when_applicable: tuple[Code, ...] = ()
    maximum_days: Days | None = None
    label: Words
    may_apply_for_adverts: bool = False


class RenewalPart(Authored):
    """How often a listing is looked at again, when we remind, and how long a listed PA has after something ran out."""

    review_months: Months
    remind_days_before: Annotated[tuple[Days, ...], Field(min_length=1)]
    grace_days: Days


class RemovalPart(Authored):
    """How a listing is ended."""

    notice_days: Days
    immediate_grounds: tuple[Name, ...]
    reasons_may_be_withheld: bool = False
    review_route: bool


class RetentionPart(Authored):
    """How long profiles and decisions are kept."""

    inactive_profile_months: Months
    decision_record_years: Annotated[int, Field(ge=1, le=100)]


class AdvertsPart(Authored):
    """How adverts are handled where employers post them."""

    moderated: bool
    employer_address_hidden: bool
    expires_days: Days


class WelshPart(Authored):
    """What an authority in Wales promises about Welsh."""

    record_language_choice: bool
    welsh_text_required_to_publish_pages: bool
    same_response_time: bool
    profile_may_be_either_language: bool


class RulesFile(Authored):
    """One authority's rules from a day on. `status: example` marks rules no real council has set."""

    code: Code
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}\.\d+$")]
    valid_from: date
    status: Literal["example", "set_by_authority"]
    name: Words
    nation: Literal["england", "wales"]
    style: Name
    languages: Annotated[tuple[Literal["en", "cy"], ...], Field(min_length=1)]
    default_language: Literal["ask", "en", "cy"] = "ask"
    contact_model: ContactModel
    processing_target_working_days: Days
    statement_to_users: Words | None = None
    requirements: Annotated[tuple[Any, ...], Field(min_length=1, max_length=100)]
    not_required: tuple[RequirementKind, ...] = ()
    provisional: ProvisionalPart
    renewal: RenewalPart
    removal: RemovalPart
    retention: RetentionPart
    employer_sees: tuple[Name, ...]
    employer_never_sees: tuple[Name, ...]
    adverts: AdvertsPart | None = None
    welsh: WelshPart | None = None
    cases: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One loaded file: its text, its requirements by code in authored order, the rules made of them, its cases."""

    path: Path
    file: RulesFile
    lines: Mapping[str, Line]
    rules: AuthorityRules
    cases: tuple[Case, ...]

    def title(self, code: str, language: str) -> str:
        """A requirement in plain words; English where there is no Welsh yet."""
        return self.lines[code].title.text(language)


@dataclass(frozen=True)
class RegisterRules:
    """Every authority's rules, each with its editions from the oldest.

    `known` keeps what was made of published editions once, while this process runs; it is filled by `queries`.
    """

    editions: Mapping[str, tuple[Edition, ...]]
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def on(self, authority: str | None, day: date) -> Edition | None:
        """The edition of an authority's rules that holds on a day; None when it has none (yet)."""
        return on(self.editions.get(authority or "", ()), day)


def on(editions: Sequence[Edition], day: date) -> Edition | None:
    """Of one authority's editions in their order, the one that holds on a day; None before the first."""
    current = [e for e in editions if e.rules.valid_from <= day]
    return current[-1] if current else None


def overlaid(editions: Sequence[Edition], published: Sequence[Edition]) -> tuple[Edition, ...]:
    """One authority's editions with the published ones among them; of the same edition, the published one holds."""
    by_name = {e.file.edition: e for e in (*editions, *published)}
    in_order = sorted(by_name.values(), key=lambda e: e.file.valid_from)
    return tuple(_replaced(in_order, Problems())) if in_order else ()


def read(name: str, text: str, problems: Problems) -> Edition | None:
    """An edition from the text of a rule file; None, with each mistake noted, when it cannot be one."""
    return _edition(Path(name), problems, text)


def load(folders: Sequence[Path], problems: Problems) -> RegisterRules:
    """Every rule file (*.yaml) of the folders; a later folder's file replaces an earlier one of the same edition."""
    found: dict[tuple[str, str], Edition] = {}
    for folder in folders:
        here: dict[tuple[str, str], Edition] = {}
        for path in sorted(folder.glob("*.yaml")):
            edition = _edition(path, problems)
            if edition is None:
                continue
            key = (edition.file.code, edition.file.edition)
            if key in here:
                problems.add(path, 1, f"{here[key].path.name} has edition {key[1]} of {key[0]} already.")
            here[key] = edition
        found |= here
    return RegisterRules(_in_order(found.values(), problems))


def run_cases(shelf: RegisterRules) -> list[str]:
    """A sentence for every worked case whose answer is not the expected one; empty when all agree."""
    return [
        sentence
        for editions in shelf.editions.values()
        for edition in editions
        for case in edition.cases
        for sentence in disagreements(edition.rules, case)
    ]


def _in_order(editions: Any, problems: Problems) -> dict[str, tuple[Edition, ...]]:
    by_authority: dict[str, list[Edition]] = {}
    for edition in sorted(editions, key=lambda e: (e.file.code, e.file.valid_from)):
        by_authority.setdefault(edition.file.code, []).append(edition)
    return {code: tuple(_replaced(several, problems)) for code, several in by_authority.items()}


def _replaced(editions: list[Edition], problems: Problems) -> Iterator[Edition]:
    """Each edition with the day on which the next one takes over."""
    for this, following in pairwise(editions):
        if this.file.valid_from == following.file.valid_from:
            problems.add(following.path, 1, f"{this.path.name} holds from the same day; an edition needs its own.")
        yield replace(this, rules=replace(this.rules, replaced_on=following.file.valid_from))
    yield replace(editions[-1], rules=replace(editions[-1].rules, replaced_on=None))


def _edition(path: Path, problems: Problems, text: str | None = None) -> Edition | None:
    source = read_yaml(path, problems, text=text)
    file = validated(RulesFile, source, problems) if source else None
    if source is None or file is None:
        return None
    before = len(problems.found)
    lines = [_line(source, place, problems) for place in range(len(file.requirements))]
    cases = [validated(Case, source, problems, "cases", place) for place in range(len(file.cases))]
    if len(problems.found) > before:
        return None
    known = {line.code: line for line in lines if line is not None}
    good_cases = tuple(case for case in cases if case is not None)
    for where, sentence in (*_wrong_codes(file, lines, known), *_wrong_cases(good_cases, known)):
        problems.add(path, source.line(*where), sentence)
    return Edition(path, file, known, _rules(file, known), good_cases)


def _line(source: Source, place: int, problems: Problems) -> Line | None:
    """One requirement; its kind decides how the rest of it is read."""
    data = source.data["requirements"][place]
    named = data.get("kind") if isinstance(data, dict) else None
    try:
        model = LINES[RequirementKind(str(named))]
    except ValueError:
        kinds = ", ".join(RequirementKind)
        sentence = f"“{named}” is not a kind of requirement. The kinds are {kinds}."
        problems.add(source.path, source.line("requirements", place, "kind"), sentence)
        return None
    return validated(model, source, problems, "requirements", place)


Wrong = tuple[tuple[str | int, ...], str]


def _wrong_codes(file: RulesFile, lines: Sequence[Line | None], known: Mapping[str, Line]) -> Iterator[Wrong]:
    codes = [line.code for line in lines if line]
    for place, code in enumerate(codes):
        if code in codes[:place]:
            yield ("requirements", place, "code"), f"{code} is the code of an earlier requirement too."
    for name in ("needs", "needs_when_applicable"):
        for place, code in enumerate(getattr(file.provisional, name)):
            if code not in known:
                yield ("provisional", name, place), f"There is no requirement {code}."
    for place, kind in enumerate(file.not_required):
        if any(line.kind is kind and line.mandatory for line in known.values()):
            yield ("not_required", place), f"{kind} is required above."


def _wrong_cases(cases: Sequence[Case], known: Mapping[str, Line]) -> Iterator[Wrong]:
    ids = [case.id for case in cases]
    for place, case in enumerate(cases):
        if case.id in ids[:place]:
            yield ("cases", place, "id"), f"{case.id} is the id of an earlier case too."
        if (case.pa is None) is (case.request is None):
            yield ("cases", place), "A case has either a pa or a request."
        for name in ("missing", "recommended_missing"):
            for code in getattr(case.expect, name) or ():
                if code not in known:
                    yield ("cases", place, "expect", name), f"There is no requirement {code}."


def _rules(file: RulesFile, lines: Mapping[str, Line]) -> AuthorityRules:
    part = file.provisional
    return AuthorityRules(
        authority=file.code,
        edition=file.edition,
        valid_from=file.valid_from,
        contact_model=file.contact_model,
        requirements=tuple(line.rule() for line in lines.values()),
        provisional=Provisional(
            allowed=part.allowed,
            needs=part.needs,
            needs_when_applicable=part.needs_when_applicable,
            maximum_days=part.maximum_days,
            may_apply_for_adverts=part.may_apply_for_adverts,
        ),
        remind_days=max(file.renewal.remind_days_before),
        grace_days=file.renewal.grace_days,
    )
