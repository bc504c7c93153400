"""How certificates stand, as a condition of the database; a test compares it with `rules.standing`."""

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, not_, select
from sqlalchemy.orm import aliased

from lms.certification.life.models import Suspension, SuspensionLift
from lms.certification.models import Certificate, Withdrawal
from lms.certification.rules import Standing

_LATER = aliased(Certificate)
_LIFTED = select(SuspensionLift.suspension_id).where(SuspensionLift.suspension_id == Suspension.id)


def _there(wanted: Select[*tuple[Any, ...]]) -> ColumnElement[bool]:
    return wanted.correlate(Certificate).exists()  # whoever asks may have joined the same tables


# Put together once: a list that is put in this order asks it each time.
_WITHDRAWN = _there(select(Withdrawal.by).where(Withdrawal.certificate_id == Certificate.id))
_REPLACED = _there(select(_LATER.id).where(_LATER.replaces_id == Certificate.id))
_SUSPENDED = _there(select(Suspension.id).where(Suspension.certificate_id == Certificate.id, ~_LIFTED.exists()))


def stands(standing: Standing, on: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition of a standing today, in the order of precedence that `rules.standing` has."""
    is_so: dict[Standing, ColumnElement[bool]] = {
        Standing.WITHDRAWN: _WITHDRAWN,
        Standing.REPLACED: _REPLACED,
        Standing.SUSPENDED: _SUSPENDED,
        Standing.LAPSED: and_(Certificate.lapses_on.is_not(None), Certificate.lapses_on <= on),
    }
    earlier: list[ColumnElement[bool]] = []
    for each, condition in is_so.items():
        if each is standing:
            return and_(*(not_(before) for before in earlier), condition)
        earlier.append(condition)
    return and_(*(not_(before) for before in earlier))
