"""Draws up a certificate: gathers what is on record about one learner and one module, and writes all of it down.

What comes out is complete and stands for itself: nothing in it is looked up again afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from lms.assessment import queries as assessment
from lms.assessment.queries import SignOffView, UnitRecord
from lms.certification import freezing, sentences
from lms.certification.content import CertificateDesign
from lms.certification.models import Certificate
from lms.certification.printing import designs, letters
from lms.certification.printing.designs import Face
from lms.certification.rules import Earned, lapses_on
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.i18n import Language, day
from lms.core.shelves import shelf
from lms.learning import queries as learning
from lms.learning.catalogue import Course, Courses, Module
from lms.learning.queries import EnrolmentView
from lms.people import queries as people
from lms.people.rules import Nation


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """What is on record about one enrolment and one module. `practice` are the units that belong to the module.

    `prior` are the outcomes of the module that were accepted as prior learning, so that they were not studied.
    """

    enrolment: EnrolmentView
    course: Course
    module: Module
    studied_on: date | None
    practice: tuple[UnitRecord, ...]
    prior: tuple[str, ...] = ()

    @property
    def sign_off(self) -> SignOffView | None:
        """The last sign-off, once every unit of the module has one; None before, and for a module without units."""
        signed = [unit.sign_off for unit in self.practice if unit.sign_off is not None]
        complete = bool(signed) and len(signed) == len(self.practice)
        return max(signed, key=lambda each: each.on) if complete else None

    @property
    def earned(self) -> Earned:
        """The days an issue rule asks about."""
        return Earned(studied_on=self.studied_on, signed_off_on=self.sign_off.on if self.sign_off else None)

    @property
    def framework_edition(self) -> str | None:
        """The edition of the framework by which the practice was judged."""
        return self.practice[0].placed.framework.edition if self.practice else None


def on_record(db: Db, enrolment_id: UUID, module: str) -> OnRecord:
    """What is on record. Raises NotFound for an enrolment, course or module that is not there."""
    enrolment = learning.enrolment(db, enrolment_id)
    courses = shelf(db, Courses)
    done = learning.module_done(db, enrolment_id, module)
    practice = assessment.practice_of(db, enrolment_id)
    return OnRecord(
        enrolment=enrolment,
        course=courses.course(enrolment.course),
        module=courses.module_in(enrolment.course, module, done[1] if done else enrolment.editions.get(module)),
        studied_on=done[0] if done else None,
        practice=tuple(unit for unit in practice if unit.placed.unit.module == module),
        prior=learning.prior_in(db, enrolment_id, module),
    )


def drawn_up(
    db: Db,
    design: CertificateDesign,
    found: OnRecord,
    *,
    number: str,
    turn: int = 1,
    edition: str | None,
    now: datetime,
) -> Certificate:
    """The certificate, ready to be added. `edition` is the module's edition that was studied, if it is known."""
    holder = people.person(db, found.enrolment.learner_id)
    authority = people.organisation(db, found.enrolment.authority_id)
    language = design.language(holder.language)
    issued_on = london_day(now)
    sign_off = found.sign_off
    row = Certificate(
        id=uuid4(),
        number=number,
        kind=design.kind,
        code=found.module.code,
        turn=turn,
        source_id=found.enrolment.id,
        enrolment_id=found.enrolment.id,
        holder_id=holder.id,
        authority_id=authority.id,
        holder_name=holder.name,
        module_title=_fitting(found.module.title.text(language), 200),
        course=found.course.code,
        course_title=_fitting(found.course.title.text(language), 200),
        design_edition=design.edition,
        content_edition=edition or found.module.edition,
        framework_edition=found.framework_edition,
        nation=authority.nation,
        authority_name=authority.called(language),
        studied_on=found.studied_on,
        signed_off_on=sign_off.on if sign_off else None,
        signed_off_by=sign_off.by_name if sign_off else None,
        signed_off_as=_fitting(design.capacity(sign_off.capacity, language), 120) if sign_off else None,
        issued_on=issued_on,
        lapses_on=lapses_on(issued_on, design.validity_months),
        language=Language(language),
        languages=[language],
        shown=[],
        signatories=[],
        achievements=[],
        relied_on=[],
        also={},
        issued_at=now,
    )
    values = _values(row) | _counts(found, authority.nation)
    proved = design.proves_with_prior if found.prior else design.proves
    row.title = _fitting(sentences.filled(design.title.text(language), values), 400)
    row.proves = [sentences.filled(line.text(language), values) for line in proved]
    row.does_not_prove = [sentences.filled(line.text(language), values) for line in design.does_not_prove]
    row.html = designs.fill(design.html, _face(row, design, values))
    row.frozen_digest = freezing.digest_of({name: getattr(row, name) for name in freezing.FROZEN})
    return row


def _fitting(text: str, longest: int) -> str:
    """Authored titles have no limit, columns have: a title that is far too long must not undo a sign-off."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _values(row: Certificate) -> dict[str, str]:
    """What the places of sentences are filled with."""

    def written(on: date | None) -> str:
        return day(on, row.language) if on else ""

    return {
        "module": row.module_title or "",
        "code": row.code,
        "course": row.course_title or "",
        "authority": row.authority_name,
        "studied_on": written(row.studied_on),
        "signed_off_on": written(row.signed_off_on),
        "signed_off_as": row.signed_off_as or "",
        "issued_on": written(row.issued_on),
        "lapses_on": written(row.lapses_on),
    }


def _counts(found: OnRecord, nation: Nation) -> dict[str, str]:
    return {"prior": str(len(found.prior)), "outcomes": str(len(found.module.outcomes_in(nation)))}


def _face(row: Certificate, design: CertificateDesign, values: Mapping[str, str]) -> Face:
    """What the page shows. The holder's name is the one thing that may be in letters it cannot print."""

    def said(words: Words) -> str:
        return sentences.filled(words.text(row.language), values)

    name = letters.printed(row.holder_name)
    return Face(
        **values,
        language=row.language,
        title=row.title,
        number=row.number,
        holder=name,
        holder_whole=name == row.holder_name,
        holder_size=letters.points(name),
        signatory=said(design.signatory),
        design_edition=row.design_edition,
        content_edition=row.content_edition or "",
        framework_edition=row.framework_edition or "",
        proves=row.proves,
        does_not_prove=row.does_not_prove,
        say={name: said(words) for name, words in design.phrases.items()},
    )
