"""What a learner can let others see, and for how long an agreement holds. Plain Python.

The coordinator of one's authority and the assessors one was given see the record of progress without being asked: it is
their work to look after it. So only an employer is asked about for that. How sure one feels is the learner's alone.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class What(StrEnum):
    """What is shared.

    record: which knowledge was shown, how, when, and by whom it was judged. confidence: how sure one feels.
    """

    RECORD = "record"
    CONFIDENCE = "confidence"


class Party(StrEnum):
    """In which part somebody is to see it."""

    EMPLOYER = "employer"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"


class Why(StrEnum):
    """Why an agreement has ended."""

    WITHDRAWN = "withdrawn"
    TIE_ENDED = "tie_ended"


OFFERED = {
    Party.EMPLOYER: (What.RECORD, What.CONFIDENCE),
    Party.ASSESSOR: (What.CONFIDENCE,),
    Party.COORDINATOR: (What.CONFIDENCE,),
}
"""What can be shared with whom; the rest of what they see, they see already."""


def can_be_shared(what: What, party: Party) -> bool:
    """Whether there is something to agree to."""
    return what in OFFERED[party]


@dataclass(frozen=True)
class Ended:
    """That an agreement has ended, and the last day on which it held (None: it stopped at once)."""

    why: Why
    last_day: date | None


def holds(ended: Ended | None, *, tied: bool, on: date) -> bool:
    """Whether an agreement lets somebody look on a day.

    `tied`: whether they still employ, assess or coordinate the learner on that day. Both have to be so: an agreement
    that ended with a job does not come back with the next one.
    """
    return tied and (ended is None or (ended.last_day is not None and on <= ended.last_day))
