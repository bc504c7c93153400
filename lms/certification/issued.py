"""What was issued to somebody, as certificates that build on it ask."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.certification.life.models import OPEN, Suspension
from lms.certification.models import Certificate, Withdrawal
from lms.certification.rules import Earlier, Withdrawn
from lms.core.db import Db, columns


class Issued(NamedTuple):
    """A certificate that was not replaced, as what comes after it asks: what it is for, and whether it counts."""

    earlier: Earlier
    authority_id: UUID
    title: str
    frozen_digest: str
    issued_on: date
    lapses_on: date | None
    suspended: bool

    def counts(self, on: date) -> bool:
        """Whether something new can rest on it on a day."""
        ends = self.lapses_on is not None and self.lapses_on <= on
        return not (ends or self.suspended or self.earlier.withdrawn)


def issued_to(db: Db, holder_id: UUID) -> tuple[Issued, ...]:
    """The certificates issued to somebody, also those withdrawn since, the first first. One query.

    One that was replaced is left out: the one in its place is there instead.
    """
    found = columns(db, _ISSUED, {"holder_id": holder_id})
    return tuple(
        Issued(Earlier(id, kind, code, source, at, Withdrawn(reason, end) if reason else None), *rest)
        for id, kind, code, source, at, reason, end, *rest in found
    )


_Newer = aliased(Certificate)
_ISSUED = (
    select(
        Certificate.id,
        Certificate.kind,
        Certificate.code,
        Certificate.source_id,
        Certificate.issued_at,
        Withdrawal.reason,
        Withdrawal.at,
        Certificate.authority_id,
        Certificate.title,
        Certificate.frozen_digest,
        Certificate.issued_on,
        Certificate.lapses_on,
        Suspension.id.is_not(None),
    )
    .outerjoin(Withdrawal, Withdrawal.certificate_id == Certificate.id)
    .outerjoin(Suspension, OPEN)
    .where(
        Certificate.holder_id == bindparam("holder_id"),
        ~select(_Newer.id).where(_Newer.replaces_id == Certificate.id).exists(),
    )
    .order_by(Certificate.issued_at, Certificate.turn)
)
