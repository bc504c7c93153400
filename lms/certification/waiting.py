"""Certificates that wait until a quality assurer has looked at the work they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment import queries as assessment
from lms.assessment.quality.queries import learners_waiting_in, units_waiting_of, waits_for_sample
from lms.assessment.queries import UnitRecord
from lms.core.content import Words
from lms.core.db import Db

__all__ = ["Waits", "learners_waiting_in", "waiting_of", "waits_since"]


@dataclass(frozen=True)
class Waits:
    """A signed-off unit whose certificate waits for a quality sample, and since which day."""

    unit: str
    title: Words
    since: date


def waits_since(db: Db, practice: Iterable[UnitRecord]) -> date | None:
    """Since when a certificate that rests on these units waits for a sample; None when it does not."""
    found = [waits_for_sample(db, unit.enrolment.id, unit.placed.unit.code) for unit in practice if unit.sign_off]
    return min((day for day in found if day is not None), default=None)


def waiting_of(db: Db, learner_id: UUID) -> tuple[Waits, ...]:
    """What of a learner's signed-off practice waits for a sample, so that no certificate is issued yet."""
    waiting = units_waiting_of(db, learner_id)
    if not waiting:
        return ()
    return tuple(
        Waits(record.placed.unit.code, record.placed.unit.title, waiting[record.enrolment.id, record.placed.unit.code])
        for record in assessment.practice_of_learner(db, learner_id)
        if record.sign_off and (record.enrolment.id, record.placed.unit.code) in waiting
    )
