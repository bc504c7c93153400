"""What kinds, parts and ways of evidence are called on pages; message ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.assessment.evidence.rules import EvidenceKind, Part, Way
from lms.assessment.rules import WrongDay
from lms.core.words import N_


@dataclass(frozen=True)
class KindWords:
    """The name of a kind, and one sentence that says what it is."""

    name: str
    says: str


KINDS: Mapping[EvidenceKind, KindWords] = {
    EvidenceKind.DIRECT_OBSERVATION: KindWords(
        N_("I saw it done"), N_("Real work, watched by you. Practice is met only by what somebody saw.")
    ),
    EvidenceKind.WITNESS_TESTIMONY: KindWords(
        N_("What a witness says"), N_("Somebody who was there tells what they saw.")
    ),
    EvidenceKind.PROFESSIONAL_DISCUSSION: KindWords(
        N_("A talk about the work"), N_("You talked about how and why they do it.")
    ),
    EvidenceKind.ORAL_QUESTIONS: KindWords(
        N_("Questions answered aloud"), N_("You asked, they answered. Write both down.")
    ),
    EvidenceKind.REFLECTIVE_ACCOUNT: KindWords(
        N_("A reflective account"), N_("What you did at work, why you did it so, and what you would do again.")
    ),
    EvidenceKind.WORK_PRODUCT: KindWords(
        N_("Something made at work"), N_("A rota, a list, a note. Never a care plan or anybody's private papers.")
    ),
    EvidenceKind.SIMULATION: KindWords(
        N_("Acted out, away from real work"), N_("Counts only for the few points whose standard allows it.")
    ),
    EvidenceKind.PRIOR_LEARNING: KindWords(
        N_("Learned before"), N_("A course, or work somewhere else, that shows the same.")
    ),
    EvidenceKind.TEST_RESULT: KindWords(N_("The result of a test"), N_("A test that was taken outside PALMS.")),
}
"""Each kind as the person reads it who offers it."""

KIND_NAMES: Mapping[EvidenceKind, str] = {
    EvidenceKind.DIRECT_OBSERVATION: N_("Seen at work"),
    EvidenceKind.WITNESS_TESTIMONY: N_("Told by a witness"),
    EvidenceKind.PROFESSIONAL_DISCUSSION: N_("Talked about"),
    EvidenceKind.ORAL_QUESTIONS: N_("Questions answered aloud"),
    EvidenceKind.REFLECTIVE_ACCOUNT: N_("Reflective account"),
    EvidenceKind.WORK_PRODUCT: N_("Something made at work"),
    EvidenceKind.SIMULATION: N_("Acted out, away from real work"),
    EvidenceKind.PRIOR_LEARNING: N_("Learned before"),
    EvidenceKind.TEST_RESULT: N_("Result of a test"),
}
"""Each kind as everybody reads it afterwards."""

PARTS: Mapping[Part, str] = {
    Part.LEARNER: N_("learner"),
    Part.ASSESSOR: N_("assessor"),
    Part.EMPLOYER: N_("employer"),
    Part.REPRESENTATIVE: N_("acting for the employer"),
    Part.WITNESS: N_("witness"),
}

WAYS: Mapping[Way, str] = {
    Way.LINK: N_("Answered by a one-time link"),
    Way.TOGETHER: N_("Together, on one phone"),
    Way.VISIT: N_("Written on a visit with no signal"),
}
"""How it came in, where that is worth saying."""

OWN_KINDS = (
    EvidenceKind.REFLECTIVE_ACCOUNT,
    EvidenceKind.WORK_PRODUCT,
    EvidenceKind.TEST_RESULT,
    EvidenceKind.PRIOR_LEARNING,
)
"""What a learner can offer, in the order of the page."""

ASSESSORS_KINDS = (
    EvidenceKind.DIRECT_OBSERVATION,
    EvidenceKind.ORAL_QUESTIONS,
    EvidenceKind.PROFESSIONAL_DISCUSSION,
    EvidenceKind.WITNESS_TESTIMONY,
    EvidenceKind.WORK_PRODUCT,
    EvidenceKind.SIMULATION,
    EvidenceKind.PRIOR_LEARNING,
    EvidenceKind.TEST_RESULT,
)
"""What an assessor can record, in the order of the page."""

OWN_WRONG_DAYS: Mapping[WrongDay, str] = {
    WrongDay.FUTURE: N_("This day has not come yet. Choose the day on which it was."),
    WrongDay.BEFORE_ENROLMENT: N_("This day is before you joined the course. Choose a day since then."),
}
"""What is said to a learner of a day their own evidence cannot have; message ids."""
