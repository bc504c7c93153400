"""How certificates stand, as a condition of the database; a test compares it with `rules.standing`."""

from datetime import date

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import aliased

from lms.certification.life.models import Suspension, SuspensionLift
from lms.certification.models import Certificate, Withdrawal
from lms.certification.rules import Standing


def stands(standing: Standing, on: date) -> ColumnElement[bool]:
    """The condition of a standing today, in the order of precedence that `rules.standing` has."""
    later = aliased(Certificate)
    lifted = select(SuspensionLift.suspension_id).where(SuspensionLift.suspension_id == Suspension.id)
    is_so: dict[Standing, ColumnElement[bool]] = {
        Standing.WITHDRAWN: select(Withdrawal.by).where(Withdrawal.certificate_id == Certificate.id).exists(),
        Standing.REPLACED: select(later.id).where(later.replaces_id == Certificate.id).exists(),
        Standing.SUSPENDED: select(Suspension.id)
        .where(Suspension.certificate_id == Certificate.id, ~lifted.exists())
        .exists(),
        Standing.LAPSED: and_(Certificate.lapses_on.is_not(None), Certificate.lapses_on <= on),
    }
    earlier: list[ColumnElement[bool]] = []
    for each, condition in is_so.items():
        if each is standing:
            return and_(*(not_(before) for before in earlier), condition)
        earlier.append(condition)
    return and_(*(not_(before) for before in earlier))
