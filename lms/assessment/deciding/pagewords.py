"""The words and small functions that the templates about practice share."""

from typing import Any

from lms.assessment.deciding.labels import (
    COUNTS,
    JUDGEMENTS,
    NEXT_FOR_KNOWLEDGE,
    NEXT_FOR_LEARNER,
    STANDS,
    UNIT_TAGS,
    WITHDRAWERS,
)
from lms.assessment.deciding.queries import LineStand
from lms.assessment.deciding.shown import met_of
from lms.assessment.evidence.labels import KIND_NAMES, PARTS, WAYS
from lms.assessment.forms import LABELS
from lms.assessment.knowledge.pieces import code_of
from lms.assessment.rules import Kind


def words() -> dict[str, Any]:
    """What every template about practice finds beside its own."""
    return {
        "stands": STANDS,
        "judgements": JUDGEMENTS,
        "counts": COUNTS,
        "unit_tags": UNIT_TAGS,
        "withdrawers": WITHDRAWERS,
        "kinds": KIND_NAMES,
        "parts": PARTS,
        "ways": WAYS,
        "labels": LABELS,
        "code_of": code_of,
        "met_of": met_of,
        "next_step": next_step,
    }


def next_step(stand: LineStand) -> str:
    """What a learner can do next about a line; a message id, empty where there is nothing."""
    if stand.line.kind is Kind.KNOWLEDGE and stand.stand in NEXT_FOR_KNOWLEDGE:
        return NEXT_FOR_KNOWLEDGE[stand.stand]
    return NEXT_FOR_LEARNER[stand.stand]
