"""Read prospects behind a wall: the trainings that money could still be had for, and the last days of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, union_all

from lms.core.db import Db, columns
from lms.funding.prospects.models import Prospect
from lms.funding.reasons import Act
from lms.funding.vocabulary import Decision

UNLIKELY = Decision.REFUSED


@dataclass(frozen=True, kw_only=True)
class ProspectView:
    """What one scheme says to one training that nobody has claimed yet. Amounts in pence, at most."""

    id: UUID
    authority_id: UUID
    learner_id: UUID
    enrolment_id: UUID
    training: str
    scheme: str
    item: str
    decision: Decision
    amount_pence: int
    cost_known: bool
    certified: bool
    act: Act | None
    deadline_on: date | None
    missing: tuple[str, ...]


_SHOWN = (
    Prospect.id,
    Prospect.authority_id,
    Prospect.learner_id,
    Prospect.enrolment_id,
    Prospect.training,
    Prospect.scheme,
    Prospect.item,
    Prospect.decision,
    Prospect.amount_pence,
    Prospect.cost_known,
    Prospect.certified,
    Prospect.act,
    Prospect.deadline_on,
    Prospect.missing,
)
_OPEN = (
    Prospect.authority_id.in_(bindparam("authority_ids", expanding=True)),
    Prospect.claimed.is_(False),
    Prospect.decision.in_([each for each in Decision if each is not UNLIKELY]),
)
_DUE = (*_OPEN, Prospect.deadline_on.between(bindparam("first"), bindparam("last")))
_COUNT_DUE = select(func.count(), func.coalesce(func.sum(Prospect.amount_pence), 0)).where(*_DUE)
_SUMS = func.count(), func.coalesce(func.sum(Prospect.amount_pence), 0)
_NEAR: ColumnElement[int] = literal_column("1")
_FAR: ColumnElement[int] = literal_column("2")
_COUNT_SOON = union_all(
    select(_NEAR, *_SUMS).where(*_DUE),
    select(_FAR, *_SUMS).where(*_OPEN, Prospect.deadline_on.between(bindparam("first"), bindparam("later"))),
)
_LIST_DUE = (
    select(*_SHOWN)
    .where(*_DUE)
    .order_by(Prospect.deadline_on, Prospect.scheme, Prospect.training, Prospect.id)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
_OF_LEARNER = select(*_SHOWN).where(*_OPEN, Prospect.learner_id == bindparam("learner_id")).order_by(Prospect.scheme)


def count_due(db: Db, authority_ids: Collection[UUID], first: date, last: date) -> tuple[int, int]:
    """How many unclaimed trainings have their last day between two days, and what they could bring at most."""
    row = columns(db, _COUNT_DUE, {"authority_ids": list(authority_ids), "first": first, "last": last}).one()
    return int(row[0]), int(row[1])


def count_soon(
    db: Db, authority_ids: Collection[UUID], first: date, lasts: tuple[date, date]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The same for two spans of days that begin together, in one query."""
    asked = {"authority_ids": list(authority_ids), "first": first, "last": lasts[0], "later": lasts[1]}
    (_, *near), (_, *far) = sorted(columns(db, _COUNT_SOON, asked))
    return (int(near[0]), int(near[1])), (int(far[0]), int(far[1]))


def due(
    db: Db, authority_ids: Collection[UUID], first: date, last: date, *, offset: int = 0, limit: int = 50
) -> list[ProspectView]:
    """Unclaimed trainings whose last day is between two days, the soonest first."""
    asked = {"authority_ids": list(authority_ids), "first": first, "last": last, "offset": offset, "limit": limit}
    return [_view(row) for row in columns(db, _LIST_DUE, asked)]


def of_learner(db: Db, learner_id: UUID, authority_ids: Collection[UUID]) -> list[ProspectView]:
    """What could still be claimed for a learner, by scheme."""
    rows = columns(db, _OF_LEARNER, {"authority_ids": list(authority_ids), "learner_id": learner_id})
    return [_view(row) for row in rows]


def _view(row: object) -> ProspectView:
    values = {column.key: getattr(row, column.key) for column in _SHOWN}
    return ProspectView(**{**values, "missing": tuple(values["missing"].split())})
