"""The words we explain: loaded from glossary.yaml of every pack, and found where they first stand in a text.

How a word explains itself on a page, and why by a popover, is told in docs/decisions/0009.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from lms.core.content import Authored, Problem, Problems, Source, read_yaml, validated
from lms.learning.questions import Code, Text
from lms.learning.shelf.lesson_texts import Where

FILE = "glossary.yaml"
LONGEST = 50
"""Words of a meaning: what is read beside a text has to be read at a glance."""
Form = Annotated[str, StringConstraints(min_length=2, max_length=80)]


class Forms(Authored):
    """Other ways a word is written: more than one of it, short for it."""

    en: tuple[Form, ...] = ()
    cy: tuple[Form, ...] = ()

    def in_(self, language: str) -> tuple[str, ...]:
        """Those of one language."""
        return self.cy if language == "cy" else self.en


class Term(Authored):
    """A word with what it means, in one or two plain sentences. `nation` says where it means that."""

    code: Annotated[Code, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    term: Text
    also: Forms = Forms()
    means: Text
    nation: Where = Where.BOTH

    def forms(self, language: str) -> tuple[str, ...]:
        """Every way it is written in a language; none where it has no word there yet."""
        own = self.term.cy if language == "cy" else self.term.en
        return (*((own,) if own else ()), *self.also.in_(language))


class _File(Authored):
    terms: tuple[Term, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Standing:
    """A word found in a text: where it begins and ends, and the terms that explain it (one for each nation)."""

    start: int
    end: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, eq=False)  # told apart by identity, so that pages made with it can be kept
class Glossary:
    """Every word we explain, by code: part of this room's shelf."""

    terms: Mapping[str, Term] = field(default_factory=dict)
    places: Mapping[str, tuple[Path, int]] = field(default_factory=dict)

    def standing(self, text: str, language: str, explained: Collection[str]) -> Iterator[Standing]:
        """The words of a text that are to be explained, each once; codes in `explained` were explained before."""
        forms, pattern = self._english if language == "en" else self._welsh
        seen = set(explained)
        for match in pattern.finditer(text) if forms else ():
            terms = forms.get(match[0]) or forms[match[0].casefold()]
            if not any(term.code in seen for term in terms):
                seen |= {term.code for term in terms}
                yield Standing(match.start(), match.end(), terms)

    @cached_property
    def _english(self) -> tuple[dict[str, tuple[Term, ...]], re.Pattern[str]]:
        return _found_by(self.terms.values(), "en")

    @cached_property
    def _welsh(self) -> tuple[dict[str, tuple[Term, ...]], re.Pattern[str]]:
        return _found_by(self.terms.values(), "cy")


def _found_by(terms: Collection[Term], language: str) -> tuple[dict[str, tuple[Term, ...]], re.Pattern[str]]:
    forms: dict[str, tuple[Term, ...]] = {}
    for term in terms:
        for form in term.forms(language):
            forms[form] = (*forms.get(form, ()), term)
    # Small letters stand for any; a capital is meant: ReSPECT is a form, and respect is not.
    ways = (re.escape(form) if _has_capital(form) else f"(?i:{re.escape(form)})" for form in _longest_first(forms))
    return forms, re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])")


def _has_capital(form: str) -> bool:
    return form != form.casefold()


def _longest_first(forms: Collection[str]) -> list[str]:
    return sorted(forms, key=len, reverse=True)


def load(folders: Sequence[Path], problems: Problems) -> Glossary:
    """The words of every pack; a later pack replaces a word by its code. Mistakes go to `problems`."""
    terms: dict[str, Term] = {}
    places: dict[str, tuple[Path, int]] = {}
    for folder in folders:
        path = folder / FILE
        source = read_yaml(path, problems) if path.is_file() else None
        written = validated(_File, source, problems) if source is not None else None
        if source is None or written is None:
            continue
        seen: set[str] = set()
        for i, term in enumerate(written.terms):
            if term.code in seen:
                problems.add(path, source.line("terms", i, "code"), f"The code “{term.code}” stands twice.")
            seen.add(term.code)
            terms[term.code], places[term.code] = term, (path, source.line("terms", i))
        _check_forms(terms, seen, written, source, problems)
    return Glossary(terms, places)


def report(glossary: Glossary) -> list[Problem]:
    """What an author of words should look at: long meanings, and how much Welsh is missing."""
    found = [
        Problem(*glossary.places[term.code], f"“{term.term.en}” takes {words} words; {LONGEST} are enough.")
        for term in glossary.terms.values()
        if (words := len(term.means.en.split())) > LONGEST
    ]
    missing = sum(term.term.cy is None or term.means.cy is None for term in glossary.terms.values())
    if missing:
        path = next(iter(glossary.places.values()))[0]
        found.append(Problem(path, 0, f"{missing} of {len(glossary.terms)} words have no Welsh yet."))
    return found


def _check_forms(
    terms: Mapping[str, Term], here: Collection[str], written: _File, source: Source, problems: Problems
) -> None:
    """No word may have two meanings in one nation: a page could not say which is meant."""
    for language in ("en", "cy"):
        owners: dict[tuple[str, str], str] = {}
        for term in (*(term for code, term in terms.items() if code not in here), *written.terms):
            for form in term.forms(language):
                for nation in ("england", "wales") if term.nation is Where.BOTH else (term.nation.value,):
                    owner = owners.setdefault((form.casefold(), nation), term.code)
                    if owner != term.code and term.code in here:
                        i = next(n for n, each in enumerate(written.terms) if each.code == term.code)
                        problems.add(source.path, source.line("terms", i), f"“{form}” is explained by {owner} already.")
                        break
