"""A certificate among those that renewed or replaced it, and that it renewed or replaced."""

from sqlalchemy import and_, bindparam

from lms.certification.models import Certificate
from lms.certification.queries import CertificateView, all_where, view_of
from lms.core.db import Db, columns


def chain_of(db: Db, one: CertificateView) -> list[CertificateView]:
    """A certificate with all that it renewed or replaced and that renewed or replaced it, the first first.

    One query, none where it stands alone.
    """
    if not (one.renews or one.renewed_by or one.replaces or one.replaced_by):
        return [one]
    same = {"holder_id": one.holder_id, "kind": one.kind, "code": one.code}
    every = {each.number: each for each in (view_of(row) for row in columns(db, _SAME, same))}
    linked, open_ones = {one.number}, [one.number]
    while open_ones:
        each = every[open_ones.pop()]
        near = {each.renews, each.renewed_by, each.replaces, each.replaced_by}
        near |= {other.number for other in every.values() if each.number in {other.renews, other.replaces}}
        new = {number for number in near if number is not None and number in every} - linked
        linked |= new
        open_ones.extend(new)
    return [each for number, each in every.items() if number in linked]


_SAME = all_where(
    and_(
        Certificate.holder_id == bindparam("holder_id"),
        Certificate.kind == bindparam("kind"),
        Certificate.code == bindparam("code"),
    )
).order_by(Certificate.issued_at, Certificate.turn)
