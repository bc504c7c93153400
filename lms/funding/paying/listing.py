"""Read remittances for their pages. Narrowed to the authorities given; anything behind another wall is not found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, select
from sqlalchemy import cast as as_type

from lms.core.db import Db
from lms.core.types import Pence
from lms.core.words import NotFound
from lms.funding.paying.models import Remittance, RemittanceRow
from lms.funding.paying.uploading import columns_of
from lms.funding.paying.words import Choice, Column, DayOrder, Finding
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class RemittanceView:
    """A payer's file as a list shows it; `taken_pence` is what was written down from it."""

    id: UUID
    authority_id: UUID
    name: str
    sha256: str
    columns: dict[Column, str]
    day_order: DayOrder | None
    paid_on: date | None
    uploaded_at: datetime
    uploaded_by_name: str
    confirmed_at: datetime | None
    confirmed_by_name: str | None
    dropped_at: datetime | None
    rows: int
    taken_pence: Pence

    @property
    def open(self) -> bool:
        """Whether it still waits to be confirmed or dropped."""
        return self.confirmed_at is None and self.dropped_at is None


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A row of a remittance that was confirmed or put away: what it came to, and whether it was written down."""

    number: int
    reference: str
    payment: str
    pence: Pence | None
    paid_on: date | None
    finding: Finding | None
    taken: bool


@dataclass(frozen=True)
class RowDecision:
    """What somebody decided about a row, and why."""

    choice: Choice
    reason: str
    by_name: str


def remittances_in(db: Db, authority_id: UUID, *, offset: int, limit: int) -> tuple[list[RemittanceView], int]:
    """A page of an authority's remittances, newest first, and how many there are; dropped ones are left out."""
    mine = (Remittance.authority_id == authority_id, Remittance.dropped_at.is_(None))
    total = db.scalars(select(func.count()).select_from(Remittance).where(*mine)).one()
    return _views(db, *mine, offset=offset, limit=limit), total


def remittance(db: Db, remittance_id: UUID, within: Collection[UUID]) -> RemittanceView:
    """One remittance. Raises NotFound, the same whether it is absent or behind another wall."""
    found = _views(db, Remittance.id == remittance_id, Remittance.authority_id.in_(within), offset=0, limit=1)
    if not found:
        raise NotFound("remittance")
    return found[0]


def rows_in(db: Db, remittance_id: UUID, *, offset: int = 0, limit: int = 5_000) -> list[RowView]:
    """A page of the rows of a remittance as they stand written, in the order of the file."""
    wanted = select(RemittanceRow).where(RemittanceRow.remittance_id == remittance_id).order_by(RemittanceRow.number)
    return [
        RowView(
            number=row.number,
            reference=row.reference,
            payment=row.payment,
            pence=row.pence,
            paid_on=row.paid_on,
            finding=row.finding,
            taken=row.taken,
        )
        for row in db.scalars(wanted.offset(offset).limit(limit))
    ]


ANY_OPEN: Select[UUID] = select(Remittance.id).where(
    Remittance.authority_id.in_(bindparam("lists_of", expanding=True)),
    Remittance.confirmed_at.is_(None),
    Remittance.dropped_at.is_(None),
)
"""Whether any remittance waits to be confirmed."""


def count_open(db: Db, authority_ids: Collection[UUID]) -> int:
    """How many remittances wait to be confirmed."""
    return db.scalars(
        select(func.count())
        .select_from(Remittance)
        .where(Remittance.authority_id.in_(authority_ids))
        .where(Remittance.confirmed_at.is_(None), Remittance.dropped_at.is_(None))
    ).one()


def decisions_of(db: Db, remittance_id: UUID) -> dict[int, RowDecision]:
    """What was decided about the rows of a remittance, by row."""
    wanted = select(RemittanceRow.number, RemittanceRow.choice, RemittanceRow.reason, RemittanceRow.decided_by).where(
        RemittanceRow.remittance_id == remittance_id, RemittanceRow.choice.is_not(None)
    )
    rows = db.execute(wanted).all()
    names = people.persons(db, {row.decided_by for row in rows})
    return {row.number: RowDecision(row.choice, row.reason, names[row.decided_by].name) for row in rows}


def typed_in(db: Db, remittance_id: UUID) -> dict[int, tuple[str, str]]:
    """What was typed for amount and day in each row, for rows that could not be read."""
    wanted = select(RemittanceRow.number, RemittanceRow.typed_amount, RemittanceRow.typed_day)
    found = db.execute(wanted.where(RemittanceRow.remittance_id == remittance_id, RemittanceRow.wrong != ""))
    return {number: (amount, day) for number, amount, day in found}


def _views(db: Db, *mine: ColumnElement[bool], offset: int, limit: int) -> list[RemittanceView]:
    page = select(Remittance).where(*mine).order_by(Remittance.uploaded_at.desc(), Remittance.id)
    found = list(db.scalars(page.offset(offset).limit(limit)))
    taken = func.sum(RemittanceRow.pence * as_type(RemittanceRow.taken, Integer))
    counted = {
        id: (rows, int(pence or 0))
        for id, rows, pence in db.execute(
            select(RemittanceRow.remittance_id, func.count(), taken)
            .where(RemittanceRow.remittance_id.in_([row.id for row in found]))
            .group_by(RemittanceRow.remittance_id)
        )
    }
    names = people.persons(db, {id for row in found for id in (row.uploaded_by, row.confirmed_by) if id})
    return [
        RemittanceView(
            id=row.id,
            authority_id=row.authority_id,
            name=row.name,
            sha256=row.sha256,
            columns=columns_of(row),
            day_order=row.day_order,
            paid_on=row.paid_on,
            uploaded_at=row.uploaded_at,
            uploaded_by_name=names[row.uploaded_by].name,
            confirmed_at=row.confirmed_at,
            confirmed_by_name=names[row.confirmed_by].name if row.confirmed_by else None,
            dropped_at=row.dropped_at,
            rows=counted.get(row.id, (0, 0))[0],
            taken_pence=counted.get(row.id, (0, 0))[1],
        )
        for row in found
    ]
