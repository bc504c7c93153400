"""Schemes and adoptions read from YAML: `<shelf>/*.yaml` and `<shelf>/adoptions/*.yaml`.

A scheme of a later pack replaces the built-in one by its code; an adoption by its authority and scheme.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lms.core.content import Problems, Source, read_yaml, validated
from lms.funding.rules import claimable, together
from lms.funding.scheme import Adoption, Covered, Scheme
from lms.funding.worked import Case


@dataclass(frozen=True)
class Schemes:
    """The funding shelf: schemes by code, in order of code, and what each authority adopted."""

    by_code: Mapping[str, Scheme]
    adoptions: Mapping[tuple[str, str], Adoption]

    @property
    def all(self) -> tuple[Scheme, ...]:
        """Every scheme, in order of code."""
        return tuple(self.by_code.values())

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
    """Read every scheme and adoption in the folders, later folders last. Notes every mistake with file and line."""
    schemes: dict[str, Scheme] = {}
    adoptions: dict[tuple[str, str], tuple[Adoption, Source]] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for source in _sources(folder, problems):
            scheme = validated(Scheme, source, problems)
            if scheme is None:
                continue
            _check_stages(scheme, source, problems)
            if scheme.code in here:
                said = f"The scheme {scheme.code} stands in {here[scheme.code].name} already."
                problems.add(source.path, source.line("code"), said)
            here[scheme.code] = source.path
            schemes[scheme.code] = scheme
        for source in _sources(folder / "adoptions", problems):
            adoption = validated(Adoption, source, problems)
            if adoption is not None:
                adoptions[adoption.authority, adoption.scheme] = adoption, source
    for adoption, source in adoptions.values():
        _check_adoption(adoption, source, schemes, problems)
    return Schemes(dict(sorted(schemes.items())), {key: adoption for key, (adoption, _) in adoptions.items()})


def _sources(folder: Path, problems: Problems) -> list[Source]:
    read = (read_yaml(path, problems) for path in sorted(folder.glob("*.yaml")))
    return [source for source in read if source is not None]


def _check_stages(scheme: Scheme, source: Source, problems: Problems) -> None:
    for i, item in enumerate(scheme.items):
        needed = item.requires_approved_item
        if needed is not None and scheme.item(needed) is None:
            said = f"{item.code} requires {needed}, which is not on the list."
            problems.add(source.path, source.line("items", i, "requires_approved_item"), said)


def _check_adoption(adoption: Adoption, source: Source, schemes: Mapping[str, Scheme], problems: Problems) -> None:
    scheme = schemes.get(adoption.scheme)
    if scheme is None:
        problems.add(source.path, source.line("scheme"), f"There is no scheme {adoption.scheme}.")
        return
    seen: set[str] = set()
    for i, covered in enumerate(adoption.covers):
        line = source.line("covers", i)
        if scheme.item(covered.item) is None:
            problems.add(source.path, line, f"The scheme {scheme.code} has no item {covered.item}.")
        if covered.training in seen:
            problems.add(source.path, line, f"The training {covered.training} is counted twice.")
        seen.add(covered.training)


def run_cases(schemes: Schemes) -> list[str]:
    """Run the worked cases of every scheme; a sentence for each that comes out otherwise, so an empty list is well.

    Each reads "id: amount_pence: expected 100, got 90; because item_not_on_list".
    """
    return [failure for scheme in schemes.all for case in scheme.cases for failure in _run(scheme, case)]


def _run(scheme: Scheme, case: Case) -> list[str]:
    ordinary = (scheme.claim_year.first if scheme.claim_year else None) or date.min
    asked = [case.given.asked(item) for item in case.items]
    verdicts = [claimable(scheme, one, on=case.day(ordinary)) for one in asked]
    verdict = verdicts[0] if len(verdicts) == 1 else together(verdicts)
    because = ", ".join(str(reason.code) for reason in verdict.reasons) or "no reason was given"
    return [f"{case.id}: {said}; because {because}" for said in case.expect.differences(verdict)]
