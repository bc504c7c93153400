"""Looks from the register's rules into the other shelves: every code of learning that a rule names has to be there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms.assessment.content import Frameworks
from lms.certification.content import CertificateDesigns
from lms.core.content import Problems
from lms.core.shelves import Shelves
from lms.learning.catalogue import Courses
from lms.learning.shelf.further import Further
from lms.register.content import Edition, RegisterRules
from lms.register.kinds import Item, TrainingKind
from lms.register.lines import Choice, LearningLine

Wrong = tuple[tuple[str | int, ...], str]
Kind = TrainingKind

AWIF = "awif-hsc"
"""The framework by whose sections the All Wales Induction Framework is known."""

NAMED: dict[TrainingKind, str] = {
    Kind.MODULE: "module",
    Kind.CERTIFICATE: "certificate",
    Kind.CARE_CERTIFICATE_STANDARD: "Care Certificate standard",
    Kind.AWIF_SECTION: "section of the All Wales Induction Framework",
    Kind.UNIT: "unit",
    Kind.CRITERION: "criterion",
}


@dataclass(frozen=True)
class Codes:
    """Every code of learning there is, by kind. Qualifications have names of their own, and are not looked up."""

    by_kind: Mapping[TrainingKind, frozenset[str]]
    certificates_of: tuple[str, ...]

    def has(self, item: Item) -> bool:
        """Whether a piece of learning is there."""
        if item.kind is Kind.CERTIFICATE and self.certificates_of and item.code.startswith(self.certificates_of):
            return True
        return item.kind not in self.by_kind or item.code in self.by_kind[item.kind]

    def meant(self, code: str) -> Item | None:
        """What somebody means by a code alone; None when nothing has it.

        A module comes before the certificate of the same code, which says no more than that the module was done.
        """
        return next((item for item in (Item(kind, code) for kind in self.by_kind) if self.has(item)), None)


def codes(shelves: Shelves) -> Codes:
    """Every code on the shelves. A certificate of a framework has that framework's edition at the end of its code."""
    taught: Courses = shelves[Courses]
    planned: Further = shelves[Further]
    frameworks: Frameworks = shelves[Frameworks]
    designs: CertificateDesigns = shelves[CertificateDesigns]
    modules = frozenset({*taught.modules, *planned.modules})
    awarded = [design.code for design in designs.by_kind.values() if design.code]
    sections = frameworks.sections.get(AWIF)
    every = frameworks.by_edition.values()
    found = {
        Kind.MODULE: modules,
        Kind.CERTIFICATE: frozenset(code for code in awarded if "%" not in code) | modules,
        Kind.CARE_CERTIFICATE_STANDARD: frozenset(u.code for each in frameworks.standards() for u in each.units),
        Kind.AWIF_SECTION: frozenset(sections.by_code if sections else ()),
        Kind.UNIT: frozenset(unit.code for each in every for unit in each.units),
        Kind.CRITERION: frozenset(f"{each.code}:{key}" for each in every for key in each.lines),
    }
    return Codes(found, tuple(code.partition("%")[0] for code in awarded if "%" in code))


def across(shelves: Shelves, problems: Problems) -> None:
    """Check every edition of every authority."""
    rules: RegisterRules = shelves[RegisterRules]
    known = codes(shelves)
    for several in rules.editions.values():
        for edition in several:
            for where, said in unknown_codes(edition, known):
                problems.add(edition.path, edition.line(*where), said)


def unknown_codes(edition: Edition, known: Codes) -> Iterator[Wrong]:
    """Each code of learning that nothing here is known by, and where in the file it stands."""
    for place, line in enumerate(edition.lines.values()):
        if isinstance(line, LearningLine):
            for name, choices in (("any_of", line.any_of), ("all_of", line.all_of)):
                for where, said in _of_choices(choices, known):
                    yield ("requirements", place, name, *where), said


def _of_choices(choices: Sequence[Choice], known: Codes) -> Iterator[Wrong]:
    for number, choice in enumerate(choices):
        for item in choice.items():
            if not known.has(item):
                yield (number, item.kind.value), f"There is no {NAMED[item.kind]} {item.code}."
