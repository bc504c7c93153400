"""Which kind of work is done how."""

from collections.abc import Mapping

from lms.programme.bulk.acting import assessors, courses, people, undoing
from lms.programme.bulk.acting.common import Action
from lms.programme.bulk.words import What

ACTIONS: Mapping[What, Action] = {
    What.INVITE: people.INVITE,
    What.ENROL: people.ENROL,
    What.AREA: people.AREA,
    What.PROLONG: people.PROLONG,
    What.GROUP: courses.GROUP,
    What.REMIND: courses.REMIND,
    What.CERTIFY: courses.CERTIFY,
    What.LEAVE: courses.LEAVE,
    What.ALLOCATE: assessors.ALLOCATE,
    What.EXTEND: assessors.EXTEND,
    What.TAKE_BACK: undoing.TAKE_BACK,
}
