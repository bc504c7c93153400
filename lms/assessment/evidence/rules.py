"""What kinds of evidence there are, who may offer which, and what a decision may rest on. Plain Python.

The kinds are those of the published guidance for assessors of the Care Certificate. Where the guidance leaves it open
who may offer what, we ask for the person who was there.
"""

from collections.abc import Mapping
from enum import StrEnum

from lms.assessment.rules import Capacity


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    DIRECT_OBSERVATION = "direct_observation"
    WITNESS_TESTIMONY = "witness_testimony"
    PROFESSIONAL_DISCUSSION = "professional_discussion"
    ORAL_QUESTIONS = "oral_questions"
    REFLECTIVE_ACCOUNT = "reflective_account"
    WORK_PRODUCT = "work_product"
    SIMULATION = "simulation"
    PRIOR_LEARNING = "prior_learning"
    TEST_RESULT = "test_result"


class Part(StrEnum):
    """In which part somebody offers evidence. All but learner and witness are capacities as well."""

    LEARNER = "learner"
    ASSESSOR = "assessor"
    EMPLOYER = "employer"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"

    @property
    def capacity(self) -> Capacity | None:
        """The capacity of this part; None for a learner and a witness, who never decide."""
        return _CAPACITIES.get(self)


_CAPACITIES = {
    Part.ASSESSOR: Capacity.ASSESSOR,
    Part.EMPLOYER: Capacity.EMPLOYER,
    Part.REPRESENTATIVE: Capacity.REPRESENTATIVE,
}


class Way(StrEnum):
    """How something came in: a page, a one-time link, one phone handed over and back, a visit without a signal."""

    PAGE = "page"
    LINK = "link"
    TOGETHER = "together"
    VISIT = "visit"


_HOME = frozenset({Part.EMPLOYER, Part.REPRESENTATIVE})
_SEEING = _HOME | {Part.ASSESSOR}
_ASKING = frozenset({Part.ASSESSOR})

OFFERED_BY: Mapping[EvidenceKind, frozenset[Part]] = {
    EvidenceKind.DIRECT_OBSERVATION: _SEEING,
    EvidenceKind.WITNESS_TESTIMONY: _SEEING | {Part.WITNESS},
    EvidenceKind.PROFESSIONAL_DISCUSSION: _ASKING,
    EvidenceKind.ORAL_QUESTIONS: _ASKING,
    EvidenceKind.REFLECTIVE_ACCOUNT: frozenset({Part.LEARNER}),
    EvidenceKind.WORK_PRODUCT: _SEEING | {Part.LEARNER},
    EvidenceKind.SIMULATION: _ASKING,
    EvidenceKind.PRIOR_LEARNING: _ASKING | {Part.LEARNER},
    EvidenceKind.TEST_RESULT: _ASKING | {Part.LEARNER},
}
"""Who may offer which kind. An assessor writes down what a witness told them; no practice rests on that."""

ASKED_FOR = frozenset({EvidenceKind.PROFESSIONAL_DISCUSSION, EvidenceKind.ORAL_QUESTIONS})
"""Kinds that say what was asked as well as what was answered."""

FROM_BEFORE = frozenset({EvidenceKind.WORK_PRODUCT, EvidenceKind.PRIOR_LEARNING, EvidenceKind.TEST_RESULT})
"""Kinds that may be from a day before the enrolment: they are things that exist, not moments that were watched."""

LATE = frozenset({Way.LINK, Way.VISIT})
"""Ways in which something may arrive after a sign-off; it is then kept beside the record: nobody's words are lost."""


def may_offer(part: Part, kind: EvidenceKind) -> bool:
    """Whether somebody in a part may offer this kind."""
    return part in OFFERED_BY[kind]
