"""Conditions about certificates for statements of other rooms, which do not know our tables."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, or_, select
from sqlalchemy.orm import aliased

from lms.certification.life.models import OPEN, Suspension
from lms.certification.models import Certificate, Withdrawal


def certificate_held(holder_id: SQLColumnExpression[UUID], code: str, on: date) -> ColumnElement[bool]:
    """The condition that somebody holds a certificate with a code on a day: one that still counts.

    A code that ends in * stands for every code that begins so.
    """
    newer = aliased(Certificate)
    named = Certificate.code.startswith(code[:-1], autoescape=True) if code.endswith("*") else Certificate.code == code
    held = select(Certificate.id).where(
        Certificate.holder_id == holder_id,
        named,
        Certificate.issued_on <= on,
        or_(Certificate.lapses_on.is_(None), Certificate.lapses_on > on),
        ~select(Withdrawal.certificate_id).where(Withdrawal.certificate_id == Certificate.id).exists(),
        ~select(Suspension.id).where(OPEN).exists(),
        ~select(newer.id).where(newer.replaces_id == Certificate.id).exists(),
    )
    return held.exists()
