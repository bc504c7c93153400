"""What could be given of a kind in an enrolment or an attendance: one award for each thing that earns it."""

from lms.assessment import places
from lms.assessment.content import Frameworks
from lms.certification.content import By, CertificateDesign, CertificateDesigns
from lms.certification.grounds import Award
from lms.certification.sources import Source
from lms.core.content import Words
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning.catalogue import Courses


def awards(db: Db, design: CertificateDesign, source: Source, code: str | None = None) -> tuple[Award, ...]:
    """What could be given of a kind in a source; narrowed to one by the code of the module, or of the certificate."""
    found = _AWARDS[design.earned](db, design, source)
    return tuple(a for a in found if code is None or code in {a.code, a.module.code if a.module else a.code})


def _modules(db: Db, design: CertificateDesign, source: Source) -> list[Award]:
    of = source.enrolment
    designs = shelf(db, CertificateDesigns)
    if of is None or design not in designs.of(By.MODULE, of.course):
        return []
    modules = [m for m in shelf(db, Courses).modules_of(of.course, of.editions) if m.ready]
    return [
        Award(design=design, source=source, code=design.code or m.code, title=m.title, module=m, course=of.course)
        for m in modules
    ]


def _courses(db: Db, design: CertificateDesign, source: Source) -> list[Award]:
    of, courses = source.enrolment, shelf(db, Courses).courses
    if of is None or design.of not in {None, of.course} or of.course not in courses:
        return []
    return [
        Award(
            design=design,
            source=source,
            code=design.code or of.course,
            title=courses[of.course].title,
            course=of.course,
        )
    ]


def _frameworks(db: Db, design: CertificateDesign, source: Source) -> list[Award]:
    frameworks = shelf(db, Frameworks)
    if source.enrolment is None:
        return []
    found = frameworks.standards() if design.of is None else [f for f in [frameworks.newest.get(design.of)] if f]
    return [
        Award(
            design=design,
            source=source,
            code=(design.code or "%(of)s") % {"of": each.code, "edition": each.edition},
            title=each.title,
            course=source.enrolment.course,
            framework=each,
        )
        for each in found
    ]


def _workshops(_db: Db, design: CertificateDesign, source: Source) -> list[Award]:
    there = source.attended
    title = Words(en=there.title) if there else None
    return [Award(design=design, source=source, code=design.code or "", title=title)] if title else []


_AWARDS = {By.MODULE: _modules, By.COURSE: _courses, By.FRAMEWORK: _frameworks, By.ATTENDANCE: _workshops}


def one_award(db: Db, design: CertificateDesign, source: Source, code: str | None) -> Award:
    """The one award meant; of several sets of standards, the one that is worked to, or the one introduced last.

    Raises NotFound when there is none, or several and none was named.
    """
    found = awards(db, design, source, code)
    if len(found) > 1 and design.earned is By.FRAMEWORK:
        works_to = places.works_to(db, source.id)
        found = tuple(each for each in found if each.framework and each.framework.code == works_to) or found[:1]
    if len(found) != 1:
        raise NotFound("award")
    return found[0]
