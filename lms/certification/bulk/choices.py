"""What can be issued to many: each kind of certificate with each course and module it can be earned in."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.assessment.knowledge.mapping import COURSE as STANDARDS_COURSE
from lms.certification.bulk.services import Wanted
from lms.certification.content import By, CertificateDesign, CertificateDesigns
from lms.core.content import Words
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning.catalogue import Course, Courses

BETWEEN = "|"
"""Between the parts of a choice's value; no code holds it."""


@dataclass(frozen=True)
class Choice:
    """One thing to issue. `name` is what the certificate is called, `of` what it is about, `course` who is asked."""

    kind: str
    code: str
    about: str
    name: Words
    of: Words | None
    course: Words

    @property
    def value(self) -> str:
        """How a form names it."""
        return BETWEEN.join((self.kind, self.code, self.about))

    def wanted(self, language: str) -> Wanted:
        """What a batch is asked for; its title is written down in the language of whoever asks."""
        about = f": {self.of.text(language)}" if self.of else ""
        return Wanted(self.kind, self.code, self.about, f"{self.name.text(language)}{about}"[:200])


def choices(db: Db) -> list[Choice]:
    """Everything that can be issued to the people on a course. Workshops have pages of their own."""
    courses = shelf(db, Courses)
    designs = shelf(db, CertificateDesigns)
    found = [each for course in courses.courses.values() for each in _of_course(course, courses, designs)]
    return sorted(found, key=lambda each: (each.of is not None, each.name.en, each.about))


def choice(db: Db, value: str) -> Choice | None:
    """The choice a form names; None when there is no such thing."""
    return next((each for each in choices(db) if each.value == value), None)


def _of_course(course: Course, courses: Courses, designs: CertificateDesigns) -> Iterator[Choice]:
    for design in designs.of(By.COURSE, course.code):
        yield Choice(design.kind, design.code or "", course.code, name_of(design), None, course.title)
    for design in designs.of(By.MODULE, course.code):
        for module in courses.modules_of(course.code):
            if module.ready:
                yield Choice(design.kind, module.code, course.code, name_of(design), module.title, course.title)
    if course.code == STANDARDS_COURSE:
        for design in designs.by_kind.values():
            if design.earned is By.FRAMEWORK:
                yield Choice(design.kind, "", course.code, name_of(design), None, course.title)


def name_of(design: CertificateDesign) -> Words:
    """What a kind of certificate is called, without what it was earned with."""
    return design.phrases.get("kind") or Words(en=design.kind.replace("-", " ").capitalize())
