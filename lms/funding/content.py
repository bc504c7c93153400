"""Schemes and adoptions read from YAML: `<shelf>/*.yaml` and `<shelf>/adoptions/*.yaml`.

A scheme of a later pack replaces the built-in one by its code; an adoption by its authority and scheme.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from lms.core.content import Problems, Source, read_yaml, validated
from lms.funding.books import sources_of
from lms.funding.contradictions import Where, contradictions, unheld_standing
from lms.funding.reasons import Verdict
from lms.funding.rules import one_after_another, together
from lms.funding.scheme import Adoption, Covered, Scheme
from lms.funding.worked import Case


@dataclass(frozen=True)
class Schemes:
    """The funding shelf: schemes by code, in order of code, and what each authority adopted.

    `known` keeps what was made of published schemes once, while this process runs; `authoring.queries` fills it.
    """

    by_code: Mapping[str, Scheme]
    adoptions: Mapping[tuple[str, str], Adoption]
    known: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def all(self) -> tuple[Scheme, ...]:
        """Every scheme, in order of code."""
        return tuple(self.by_code.values())

    def overlaid(self, schemes: Iterable[Scheme], adoptions: Iterable[Adoption]) -> "Schemes":
        """The same with these in place of those of the same code; an adoption that covers nothing is gone."""
        by_code = {**self.by_code, **{scheme.code: scheme for scheme in schemes}}
        adopted = {**self.adoptions, **{(a.authority, a.scheme): a for a in adoptions}}
        kept = {key: adoption for key, adoption in adopted.items() if adoption.covers}
        return replace(self, by_code=dict(sorted(by_code.items())), adoptions=kept, known={})

    def adoption(self, authority: str | None, scheme: str) -> Adoption | None:
        """What an authority (by code) decided about a scheme; None when it decided nothing."""
        return self.adoptions.get((authority, scheme)) if authority else None

    def covering(self, authority: str | None, scheme: str, training: str) -> Covered | None:
        """How an authority counts a training under a scheme; None when it does not."""
        adopted = self.adoption(authority, scheme)
        return adopted.covering(training) if adopted else None

    def counted_by(self, authority: str | None) -> tuple[str, ...]:
        """The codes of every training an authority counts under any scheme, in order."""
        adopted = (a for (who, _), a in self.adoptions.items() if who == authority)
        return tuple(sorted({covered.training for a in adopted for covered in a.covers}))


def load(folders: Sequence[Path], problems: Problems) -> Schemes:
    """Read every scheme and adoption in the folders, later folders last. Notes every mistake with file and line.

    A file holds one scheme, or a book of several with their cases below.
    """
    found: dict[str, tuple[Scheme, Source]] = {}
    adoptions: dict[tuple[str, str], tuple[Adoption, Source]] = {}
    for folder in folders:
        found |= _in_folder(folder, problems)
        for source in _sources(folder / "adoptions", problems):
            adoption = validated(Adoption, source, problems)
            if adoption is not None:
                adoptions[adoption.authority, adoption.scheme] = adoption, source
    schemes = {code: scheme for code, (scheme, _) in sorted(found.items())}
    for scheme, source in found.values():
        if scheme.superseded_by and scheme.superseded_by not in schemes:
            problems.add(source.path, source.line("superseded_by"), f"There is no scheme {scheme.superseded_by}.")
    for adoption, source in adoptions.values():
        for where, said in _wrong_adoption(adoption, source.data, schemes):
            problems.add(source.path, source.line(*where), said)
    return Schemes(schemes, {key: adoption for key, (adoption, _) in adoptions.items()})


def _in_folder(folder: Path, problems: Problems) -> dict[str, tuple[Scheme, Source]]:
    found: dict[str, tuple[Scheme, Source]] = {}
    for source in [each for file in _sources(folder, problems) for each in sources_of(file, problems)]:
        scheme = _scheme(source, problems)
        if scheme is None:
            continue
        if scheme.code in found:
            said = f"The scheme {scheme.code} stands in {found[scheme.code][1].path.name} already."
            problems.add(source.path, source.line("code"), said)
        found[scheme.code] = scheme, source
    return found


def read(name: str, text: str, problems: Problems) -> Scheme | None:
    """A scheme from the text of a scheme file; None, with each mistake noted, when it cannot be one."""
    source = read_yaml(Path(name), problems, text=text)
    return from_source(source, problems) if source else None


def from_source(source: Source, problems: Problems) -> Scheme | None:
    """A scheme from plain data; None, with each mistake noted where its source says, when it cannot be one."""
    parts = sources_of(source, problems)
    return _scheme(parts[0], problems) if len(parts) == 1 else None


def _scheme(source: Source, problems: Problems) -> Scheme | None:
    """One scheme; with a mistake in it, it is not loaded at all."""
    scheme = validated(Scheme, source, problems)
    if scheme is None:
        return None
    wrong = [*contradictions(scheme), *unheld_standing(source.data)]
    for where, said in wrong:
        problems.add(source.path, source.line(*where), said)
    return None if wrong else scheme


def _sources(folder: Path, problems: Problems) -> list[Source]:
    read = (read_yaml(path, problems) for path in sorted(folder.glob("*.yaml")))
    return [source for source in read if source is not None]


def wrong_adoption(adoption: Adoption, schemes: Mapping[str, Scheme]) -> Iterator[tuple[Where, str]]:
    """What an adoption says that cannot be: schemes and items that are not there, a training counted twice."""
    scheme = schemes.get(adoption.scheme)
    if scheme is None:
        yield ("scheme",), f"There is no scheme {adoption.scheme}."
        return
    seen: set[str] = set()
    for i, covered in enumerate(adoption.covers):
        if scheme.item(covered.item) is None:
            yield ("covers", i), f"The scheme {scheme.code} has no item {covered.item}."
        if covered.training in seen:
            yield ("covers", i), f"The training {covered.training} is counted twice."
        seen.add(covered.training)


def _wrong_adoption(adoption: Adoption, data: object, schemes: Mapping[str, Scheme]) -> Iterator[tuple[Where, str]]:
    if not adoption.covers:
        yield ("covers",), "Nothing is counted here. Take the file away instead."
    yield from wrong_adoption(adoption, schemes)
    yield from unheld_standing(data)


def run_cases(schemes: Schemes) -> list[str]:
    """Run the worked cases of every scheme; a sentence for each that comes out otherwise, so an empty list is well.

    Each reads "id: amount_pence: expected 100, got 90; because item_not_on_list".
    """
    return [failure for scheme in schemes.all for failure in disagreeing(scheme)]


def disagreeing(scheme: Scheme) -> list[str]:
    """The same for the cases of one scheme."""
    return [failure for case in scheme.cases for failure in _run(scheme, case)]


def answer(scheme: Scheme, case: Case) -> Verdict:
    """What a scheme says to one of its worked cases; several items make one application."""
    ordinary = (scheme.claim_year.first if scheme.claim_year else None) or date.min
    asks = [(case.id, case.given.asked(item)) for item in case.items]
    verdicts = one_after_another(scheme, asks, on=case.day(ordinary))
    return verdicts[0] if len(verdicts) == 1 else together(verdicts)


def _run(scheme: Scheme, case: Case) -> list[str]:
    verdict = answer(scheme, case)
    because = ", ".join(str(reason.code) for reason in verdict.reasons) or "no reason was given"
    return [f"{case.id}: {said}; because {because}" for said in case.expect.differences(verdict)]
