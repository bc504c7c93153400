"""Read what was shown of the outcomes of modules."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.learning import queries as learning
from lms.learning.catalogue import Module
from lms.learning.models import Attempt
from lms.learning.shown.models import ShownOutcome
from lms.learning.shown.rules import HowShown, Standing, asked_for
from lms.people.rules import Nation


@dataclass(frozen=True)
class OutcomeShown:
    """How an outcome was shown first, when and where.

    `question` is the one that was answered right; `judged_by` is None when PALMS marked it.
    """

    how: HowShown
    at: datetime
    source_id: UUID | None
    judged_by: UUID | None
    question: str | None


def shown_in(db: Db, enrolment_id: UUID) -> Mapping[str, OutcomeShown]:
    """The outcomes shown in an enrolment, by code, each as it was shown first."""
    rows = db.scalars(select(ShownOutcome).where(ShownOutcome.enrolment_id == enrolment_id).order_by(ShownOutcome.at))
    return {row.outcome: OutcomeShown(row.how, row.at, row.source_id, row.judged_by, row.question) for row in rows}


def standing_of(db: Db, enrolment_id: UUID, module: Module, nation: Nation) -> Standing:
    """Where somebody is in a module's check of each outcome. What is accepted as prior learning is not asked."""
    shown = frozenset(shown_in(db, enrolment_id)) | learning.prior_outcomes(db, enrolment_id)
    return Standing(asked_for(module, nation), shown)


def times_asked(db: Db, enrolment_id: UUID, module: str) -> Mapping[str, int]:
    """How often each question of a module was asked in an enrolment."""
    mine = select(Attempt.questions).where(Attempt.enrolment_id == enrolment_id, Attempt.module == module)
    return Counter(code for questions in db.scalars(mine) for code in questions)


def enrolments_with_shown(db: Db, *, after: UUID | None, limit: int) -> list[UUID]:
    """Enrolments in which something was shown, in the order of their ids, from the first one behind `after`."""
    wanted = select(ShownOutcome.enrolment_id).distinct().order_by(ShownOutcome.enrolment_id).limit(limit)
    return list(db.scalars(wanted if after is None else wanted.where(ShownOutcome.enrolment_id > after)))
