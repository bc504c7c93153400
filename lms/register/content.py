"""Register rules as they are authored: one authority and edition a file, checked when loaded, then never changed.

A file may also hold several authorities, with their cases below. What the parts of a file are stands in `parts`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from lms.core.content import Problems, Source, read_yaml, validated
from lms.register.cases import Case, disagreements
from lms.register.contradictions import contradictions, wrong_cases
from lms.register.kinds import RequirementKind
from lms.register.lines import LINES, CodeLine, Line
from lms.register.parts import Book, RulesFile
from lms.register.rules import AuthorityRules, Provisional
from lms.register.spans import day_after

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Edition:
    """One loaded file: its text, its requirements by code in authored order, the rules made of them, its cases.

    `source` and `inside` say where it was written, in which part of a file that holds several.
    """

    path: Path
    file: RulesFile
    lines: Mapping[str, Line]
    rules: AuthorityRules
    cases: tuple[Case, ...]
    source: Source | None = field(default=None, compare=False, repr=False)
    inside: Where = field(default=(), compare=False, repr=False)

    def line(self, *where: str | int) -> int:
        """The line of its file on which a part of it stands."""
        return self.source.line(*self.inside, *where) if self.source else 1

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
    return tuple(_replaced(in_order)) if in_order else ()


def read(name: str, text: str, problems: Problems) -> Edition | None:
    """An edition from the text of a rule file; None, with each mistake noted, when it cannot be one."""
    found = _editions(Path(name), problems, text)
    return found[0] if len(found) == 1 else None


def from_source(source: Source, problems: Problems) -> Edition | None:
    """An edition from plain data; None, with each mistake noted at the line its source gives, when it cannot be one."""
    places: list[Where] = [("cases", place) for place in range(_count(source.data, "cases"))]
    return _edition(source, (), places, None, problems)


def load(folders: Sequence[Path], problems: Problems) -> RegisterRules:
    """Every rule file (*.yaml) of the folders; a later folder's file replaces an earlier one of the same edition.

    Rules that do not say since when they hold take the place of all that earlier folders say of their authority.
    """
    found: dict[tuple[str, str], Edition] = {}
    for folder in folders:
        here: dict[tuple[str, str], Edition] = {}
        for path in sorted(folder.glob("*.yaml")):
            for edition in _editions(path, problems):
                key = (edition.file.code, edition.file.edition)
                if key in here:
                    said = f"{here[key].path.name} has edition {key[1]} of {key[0]} already."
                    problems.add(path, edition.line() if edition.inside else 1, said)
                here[key] = edition
        undated = {edition.file.code for edition in here.values() if edition.file.undated}
        found = {key: edition for key, edition in found.items() if key[0] not in undated} | here
    return RegisterRules(_in_order(found.values(), problems))


def run_cases(shelf: RegisterRules) -> list[str]:
    """A sentence for every worked case whose answer is not the expected one; empty when all agree."""
    return [sentence for editions in shelf.editions.values() for one in editions for sentence in disagreeing(one)]


def disagreeing(edition: Edition) -> list[str]:
    """The same for the cases of one edition."""
    return [sentence for case in edition.cases for sentence in disagreements(edition.rules, case)]


def _in_order(editions: Iterable[Edition], problems: Problems) -> dict[str, tuple[Edition, ...]]:
    by_authority: dict[str, list[Edition]] = {}
    for edition in sorted(editions, key=lambda e: (e.file.code, e.file.valid_from, e.file.edition)):
        by_authority.setdefault(edition.file.code, []).append(edition)
    for several in by_authority.values():
        for edition, where, said in wrong_days(several):
            problems.add(edition.path, edition.line(*where), said)
    return {code: tuple(_replaced(several)) for code, several in by_authority.items()}


def wrong_days(editions: Sequence[Edition]) -> Iterator[tuple[Edition, Where, str]]:
    """Gaps and overlaps between one authority's editions in their order, each with the edition to mend and where."""
    for this, following in pairwise(editions):
        last, first = this.file.valid_until, following.file.valid_from
        if this.file.valid_from == first:
            said = f"{this.path.name} holds from the same day; an edition needs its own."
            yield following, ("valid_from",), said
        elif _number(this) > _number(following):
            said = f"Edition {following.file.edition} begins after edition {this.file.edition}; number them in order."
            yield following, ("edition",), said
        if last is not None and day_after(last) < first:
            said = (
                f"No rules hold from {day_after(last)} until the day before {first}, when {following.path.name} begins."
            )
            yield this, ("valid_until",), said
        if last is not None and last >= first:
            yield this, ("valid_until",), f"{following.path.name} begins on {first}, before these rules end."
    if editions and editions[-1].file.valid_until is not None:
        said = "No rules hold after this day. Leave valid_until out until the next edition is there."
        yield editions[-1], ("valid_until",), said


def _number(edition: Edition) -> tuple[int, ...]:
    return tuple(int(part) for part in edition.file.edition.split("."))


def _replaced(editions: Sequence[Edition]) -> Iterator[Edition]:
    """Each edition with the day on which the next one takes over."""
    for this, following in pairwise(editions):
        yield replace(this, rules=replace(this.rules, replaced_on=following.file.valid_from))
    yield replace(editions[-1], rules=replace(editions[-1].rules, replaced_on=None))


def _editions(path: Path, problems: Problems, text: str | None = None) -> list[Edition]:
    """The authorities of one file, each as far as nothing is wrong with it."""
    source = read_yaml(path, problems, text=text)
    if source is None:
        return []
    if not isinstance(source.data, dict) or "authorities" not in source.data:
        return [edition for edition in [from_source(source, problems)] if edition]
    book = validated(Book, source, problems)
    if book is None:
        return []
    by_authority: dict[object, list[Where]] = {
        each.get("code"): [] for each in book.authorities if isinstance(each, dict)
    }
    for place, case in enumerate(book.cases):
        named = case.get("authority") if isinstance(case, dict) else None
        if named in by_authority:
            by_authority[named].append(("cases", place))
        else:
            problems.add(path, source.line("cases", place), f"There is no authority {named} in this file.")
    found = [
        _edition(source, ("authorities", place), by_authority.get(data.get("code"), []), book, problems)
        for place, data in enumerate(book.authorities)
        if isinstance(data, dict)
    ]
    return [edition for edition in found if edition]


def _count(data: object, name: str) -> int:
    several = data.get(name) if isinstance(data, dict) else None
    return len(several) if isinstance(several, list) else 0


def _edition(
    source: Source, inside: Where, places: Sequence[Where], book: Book | None, problems: Problems
) -> Edition | None:
    file = validated(RulesFile, source, problems, *inside)
    if file is None:
        return None
    if book is not None and book.waiver_rules is not None and "waiver_rules" not in file.model_fields_set:
        file = file.model_copy(update={"waiver_rules": book.waiver_rules})
    before = len(problems.found)
    lines = [_line(source, inside, place, problems) for place in range(len(file.requirements))]
    cases = [validated(Case, source, problems, *place) for place in places]
    if len(problems.found) > before:
        return None
    whole = [_completed(line, file) for line in lines if line is not None]
    good_cases = [case for case in cases if case is not None]
    for where, said in contradictions(file, whole):
        problems.add(source.path, source.line(*inside, *where), said)
    for number, where, said in wrong_cases(file, whole, good_cases):
        problems.add(source.path, source.line(*places[number], *where), said)
    known = {line.code: line for line in whole}
    return Edition(source.path, file, known, _rules(file, known), tuple(good_cases), source, inside)


def _completed(line: Line, file: RulesFile) -> Line:
    """A requirement with what its file says for all of its kind."""
    if isinstance(line, CodeLine) and line.version_from == date.min:
        line = line.model_copy(update={"version_from": file.valid_from})
    if line.kind in file.waiver_rules.never_waivable_kinds:
        line = line.model_copy(update={"waivable": False})
    return line


def _line(source: Source, inside: Where, place: int, problems: Problems) -> Line | None:
    """One requirement; its kind decides how the rest of it is read."""
    where = (*inside, "requirements", place)
    data = source.data
    for key in where:
        data = data[key]
    named = data.get("kind") if isinstance(data, dict) else None
    try:
        model = LINES[RequirementKind(str(named))]
    except ValueError:
        kinds = ", ".join(RequirementKind)
        said = f"“{named}” is not a kind of requirement. The kinds are {kinds}."
        problems.add(source.path, source.line(*where, "kind"), said)
        return None
    return validated(model, source, problems, *where)


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
        remind_days_before=tuple(sorted(file.renewal.remind_days_before, reverse=True)),
        review_months=file.renewal.review_months,
        waiver_days=file.waiver_rules.maximum_days_default,
    )
