"""What follows when a module is studied: practice to be seen at work, and a certificate. For the pages of study."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms.assessment import queries as assessment
from lms.certification import queries
from lms.certification.content import CertificateDesigns
from lms.certification.queries import CertificateView
from lms.certification.rules import Needs
from lms.certification.services import MODULE
from lms.core.db import Db
from lms.core.shelves import shelf
from lms.learning import queries as learning
from lms.learning.catalogue import Courses


@dataclass(frozen=True)
class Follows:
    """What comes after the study of one module.

    `units`: how many pieces of practice are recorded here for it, `signed` how many of them are signed off. `earns`:
    whether a certificate of its own can come for it; `certificate` the one that came.
    """

    module: str
    units: int
    signed: int
    earns: bool
    certificate: CertificateView | None

    @property
    def to_show(self) -> bool:
        """Whether somebody has still to see it at work."""
        return self.signed < self.units


def what_follows(db: Db, enrolment_id: UUID) -> Mapping[str, Follows]:
    """What follows in an enrolment, by module; modules after which nothing follows are left out.

    A module without practice earns no certificate while the rule asks for a sign-off, and neither does one that was
    accepted as prior learning as a whole: it was not studied.
    """
    design = shelf(db, CertificateDesigns).by_kind.get(MODULE)
    practice = assessment.practice_of(db, enrolment_id)
    prior = learning.prior_outcomes(db, enrolment_id)
    enrolment = learning.enrolment(db, enrolment_id)
    issued = {
        each.code: each
        for each in queries.certificates_of(db, enrolment.learner_id)
        if each.enrolment_id == enrolment_id and each.kind == MODULE
    }
    found: dict[str, Follows] = {}
    for module in shelf(db, Courses).modules_of(enrolment.course, enrolment.editions):
        units = [record for record in practice if record.placed.unit.module == module.code]
        signed = sum(record.sign_off is not None for record in units)
        earns = design is not None and can_come(design.needs, practised=bool(units), studied=module.code not in prior)
        found[module.code] = Follows(module.code, len(units), signed, earns, issued.get(module.code))
    return {code: each for code, each in found.items() if each.units or each.earns or each.certificate}


def can_come(needs: Needs, *, practised: bool, studied: bool) -> bool:
    """Whether a rule can ever be met for a module: it has practice where a sign-off is asked for, and is studied."""
    return (practised or not needs.practice_signed_off) and (studied or not needs.module_studied)
