"""Read which certificates of an authority end soon, for a coordinator's desk."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased

from lms.certification.life.conditions import stands
from lms.certification.models import Certificate
from lms.certification.rules import Standing
from lms.core.db import Db, columns


class Ending(NamedTuple):
    """A certificate that counts today, and the first day on which it does not any more."""

    id: UUID
    number: str
    holder_id: UUID
    holder_name: str
    title: str
    language: str
    lapses_on: date


def count_ending(db: Db, authority_id: UUID, on: date, last: date) -> int:
    """How many certificates that count on a day and were not renewed stop counting up to another."""
    return columns(db, _COUNT, {"authority_id": authority_id, "on": on, "last": last}).scalar_one()


def ending(db: Db, authority_id: UUID, on: date, last: date, *, offset: int = 0, limit: int) -> Sequence[Ending]:
    """Those certificates, the one that ends first before. One query."""
    values = {"authority_id": authority_id, "on": on, "last": last, "offset": offset, "limit": limit}
    return [Ending(*row) for row in columns(db, _PAGE, values)]


_RENEWAL = aliased(Certificate)
_THESE = (
    Certificate.authority_id == bindparam("authority_id"),
    Certificate.lapses_on > bindparam("on"),
    Certificate.lapses_on <= bindparam("last"),
    stands(Standing.VALID, bindparam("on")),
    ~select(_RENEWAL.id).where(_RENEWAL.renews_id == Certificate.id).correlate(Certificate).exists(),
)
_COUNT = select(func.count()).select_from(Certificate).where(*_THESE)
_PAGE: Select[*tuple[Any, ...]] = (
    select(
        Certificate.id,
        Certificate.number,
        Certificate.holder_id,
        Certificate.holder_name,
        Certificate.title,
        Certificate.language,
        Certificate.lapses_on,
    )
    .where(*_THESE)
    .order_by(Certificate.lapses_on, Certificate.id)
    .offset(bindparam("offset"))
    .limit(bindparam("limit"))
)
