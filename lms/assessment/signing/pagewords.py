"""What a signer is called, as the declaration suggests it, and what stands below a sign-off of one's own."""

from typing import Any

from lms.assessment.forms import LABELS
from lms.assessment.rules import HOUSEHOLD, Standing
from lms.assessment.signing.queries import SignOffView
from lms.assessment.signing.services import NO_LONGER
from lms.assessment.signing.withdrawing import part_in
from lms.core.web.state import now, unit
from lms.core.web.texts import _, language
from lms.people import queries as people
from lms.people.guards import viewer


def role_said(standing: Standing) -> str:
    """A signer's role: an assessor with the organisation, an employer without."""
    role = str(LABELS["capacities"][standing.capacity])
    if standing.capacity in HOUSEHOLD:
        return role
    place = people.organisation(unit(), standing.behalf).called(language())
    return _("%(role)s, %(place)s", role=role, place=place)


def withdrawal_of(sign_off: SignOffView | None) -> dict[str, Any]:
    """What a page says below a sign-off of the viewer's own: a way to withdraw it, or whom to tell instead."""
    mine = sign_off is not None and sign_off.by == viewer().person_id
    if sign_off is None or not mine:
        return {"may_withdraw": False, "no_longer": None}
    may = part_in(unit(), sign_off.id, viewer().person_id, now()) is not None
    return {"may_withdraw": may, "no_longer": None if may else NO_LONGER}
