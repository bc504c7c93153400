"""How a framework is decided on, as it is authored: who may, and what a “met” may rest on."""

from collections.abc import Mapping

from pydantic import Field

from lms.assessment.competence.rules import Household, Needs
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Kind
from lms.core.content import Authored

_KNOWLEDGE = (
    EvidenceKind.PROFESSIONAL_DISCUSSION,
    EvidenceKind.ORAL_QUESTIONS,
    EvidenceKind.REFLECTIVE_ACCOUNT,
    EvidenceKind.WORK_PRODUCT,
    EvidenceKind.PRIOR_LEARNING,
    EvidenceKind.TEST_RESULT,
)


class Judging(Authored):
    """Who may decide on the lines of a framework, and on which kinds of evidence a decision “met” may rest.

    `competence`: whether an assessor's competence has to be recorded for each unit. `household`: whether an employer,
    or who acts for one, may decide. Other kinds of evidence may stand beside those that are listed, never alone. A
    framework that says nothing is as strict as it can be.
    """

    competence: Needs = Needs.UNIT
    household: Household = Household.NEVER
    practice: tuple[EvidenceKind, ...] = Field(default=(EvidenceKind.DIRECT_OBSERVATION,), min_length=1)
    knowledge: tuple[EvidenceKind, ...] = Field(default=_KNOWLEDGE, min_length=1)

    @property
    def allowed(self) -> Mapping[Kind, tuple[EvidenceKind, ...]]:
        """The kinds a “met” may rest on, by the kind of the line."""
        return {Kind.PRACTICE: self.practice, Kind.KNOWLEDGE: self.knowledge}
