"""What pages say for the codes of workshops; message ids."""

from collections.abc import Mapping

from lms.certification.attendance.rules import Place
from lms.core.words import N_

PLACES: Mapping[Place, str] = {
    Place.IN_PERSON: N_("In a room together"),
    Place.ONLINE: N_("Online"),
    Place.BOTH: N_("Some in a room, some online"),
}
