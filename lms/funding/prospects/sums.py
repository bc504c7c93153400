"""Sums over what trainings could get: by scheme, claimant and training. For budgets, which show nobody by name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, func, select
from sqlalchemy import cast as as_type

from lms.core.db import Db
from lms.core.types import Pence
from lms.funding.prospects.models import Prospect
from lms.funding.vocabulary import Decision
from lms.learning import queries as learning

_COULD = (Decision.PAYABLE, Decision.PAYABLE_IN_PART, Decision.DECIDE_CASE_BY_CASE)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Trainings of one scheme, claimant and code that could be claimed and are not: how many, and for how much at most.

    `certified` tells those that are finished from those that people are still on the way to.
    """

    scheme: str
    claimant_id: UUID | None
    training: str
    certified: bool
    people: int
    pence: Pence


def coming(db: Db, authority_id: UUID, scheme: str | None = None) -> list[Coming]:
    """What could still be claimed in an authority, grouped; one query."""
    only: list[ColumnElement[bool]] = [] if scheme is None else [Prospect.scheme == scheme]
    groups: tuple[Any, ...] = (Prospect.scheme, Prospect.claimant_id, Prospect.training, Prospect.certified)
    found = db.execute(
        select(*groups, func.count().label("people"), func.sum(Prospect.amount_pence).label("pence"))
        .where(Prospect.authority_id == authority_id, Prospect.claimed.is_(False), Prospect.decision.in_(_COULD), *only)
        .group_by(*groups)
        .order_by(*groups)
    )
    return [
        Coming(
            scheme=row.scheme,
            claimant_id=row.claimant_id,
            training=row.training,
            certified=row.certified,
            people=row.people,
            pence=int(row.pence),
        )
        for row in found
    ]


def finished(db: Db, authority_id: UUID, scheme: str, *, before: datetime) -> dict[str, tuple[int, int]]:
    """For each training of a scheme: enrolments still running that began before a moment, and how many brought it."""
    found = db.execute(
        select(Prospect.training, func.count(), func.sum(as_type(Prospect.certified, Integer)))
        .where(Prospect.authority_id == authority_id, Prospect.scheme == scheme)
        .where(Prospect.enrolment_id.in_(learning.begun_before(authority_id, before)))
        .group_by(Prospect.training)
    )
    return {training: (began, int(done or 0)) for training, began, done in found}
