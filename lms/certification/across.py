"""Looks from the certificates shelf into the others: what a rule names has to be there."""

from collections.abc import Iterator

from lms.assessment.content import Frameworks
from lms.certification.content import By, CertificateDesign, CertificateDesigns
from lms.core.content import Problems
from lms.core.shelves import Shelves
from lms.learning.catalogue import Courses

Wrong = tuple[tuple[str, ...], str]
"""Where in the file something wrong stands, and what is wrong with it."""


def across(shelves: Shelves, problems: Problems) -> None:
    """Check every kind against the courses, the frameworks and the other kinds. A course of further modules may come
    with a later pack, so a kind of modules may name one that is not there."""
    designs: CertificateDesigns = shelves[CertificateDesigns]
    for kind, source in designs.sources.items():
        design = designs.by_kind[kind]
        for where, said in (*_named(design, shelves), *_held(design, designs, shelves[Courses])):
            problems.add(source.path, source.line(*where), said)
    for kind in _circle(designs):
        source = designs.sources[kind]
        said = f"The certificate {kind} needs one that needs this one, so neither could ever be issued."
        problems.add(source.path, source.line("needs", "certificates_held"), said)


def _named(design: CertificateDesign, shelves: Shelves) -> Iterator[Wrong]:
    courses: Courses = shelves[Courses]
    frameworks: Frameworks = shelves[Frameworks]
    needs = design.needs
    for where, code in (
        (("of",), design.of if design.earned is By.COURSE else None),
        (("needs", "modules_studied"), needs.modules_studied),
    ):
        if isinstance(code, str) and code not in courses.courses:
            yield where, f"There is no course {code}."
    for where, name in (
        (("of",), design.of if design.earned is By.FRAMEWORK else None),
        (("needs", "knowledge_shown"), needs.knowledge_shown),
        (("needs", "standards_signed_off"), needs.standards_signed_off),
    ):
        if isinstance(name, str) and name not in frameworks.newest:
            yield where, f"There is no framework {name}."
    for module in design.refreshed_by.modules if design.refreshed_by else ():
        if module not in courses.modules:
            yield ("refreshed_by", "modules"), f"There is no module {module}."


def _held(design: CertificateDesign, designs: CertificateDesigns, courses: Courses) -> Iterator[Wrong]:
    """Every code that can be held: a kind's own, a module's, or one with a framework's edition in it."""
    kinds = designs.by_kind.values()
    fixed = {each.code for each in kinds if each.code} | courses.modules.keys()
    filled = tuple(each.code.partition("%")[0] for each in kinds if each.code and "%" in each.code)
    for code in design.needs.certificates_held:
        if code not in fixed and not (filled and code.startswith(filled)):
            yield ("needs", "certificates_held"), f"No kind of certificate has the code {code}."


def _circle(designs: CertificateDesigns) -> Iterator[str]:
    needed = {d.code: d.needs.certificates_held for d in designs.by_kind.values() if d.code}
    for kind, design in designs.by_kind.items():
        seen: set[str] = set()
        open_ones = list(design.needs.certificates_held)
        while open_ones:
            code = open_ones.pop()
            if code not in seen:
                seen.add(code)
                open_ones.extend(needed.get(code, ()))
        if design.code in seen:
            yield kind
