"""Certificates that wait until a quality assurer has looked at the work they rest on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment import queries as assessment
from lms.assessment.quality.queries import learners_waiting_in, units_waiting_of
from lms.core.content import Words
from lms.core.db import Db

__all__ = ["Waits", "learners_waiting_in", "waiting_of", "waits_since"]


@dataclass(frozen=True)
class Waits:
    """A signed-off unit whose certificate waits for a quality sample, and since which day."""

    unit: str
    title: Words
    since: date


def waits_since(db: Db, learner_id: UUID, units: Collection[tuple[UUID, str]]) -> date | None:
    """Since when a certificate that rests on these units waits for a sample; None when it does not.

    `units` are signed-off ones, by enrolment and code. One query for most learners, none without units.
    """
    waiting = units_waiting_of(db, learner_id) if units else {}
    return min((waiting[unit] for unit in units if unit in waiting), default=None)


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
