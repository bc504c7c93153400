"""What a signer is called, as the declaration suggests it."""

from lms.assessment.forms import LABELS
from lms.assessment.rules import HOUSEHOLD, Standing
from lms.core.web.state import unit
from lms.core.web.texts import _, language
from lms.people import queries as people


def role_said(standing: Standing) -> str:
    """A signer's role: an assessor with the organisation, an employer without."""
    role = str(LABELS["capacities"][standing.capacity])
    if standing.capacity in HOUSEHOLD:
        return role
    place = people.organisation(unit(), standing.behalf).called(language())
    return _("%(role)s, %(place)s", role=role, place=place)
