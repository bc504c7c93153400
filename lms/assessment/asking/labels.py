"""What pages say for the codes of asking; message ids."""

from collections.abc import Mapping

from lms.assessment.asking.rules import Day, Outcome
from lms.core.words import N_

DAYS: Mapping[Day, str] = {
    Day.MONDAY: N_("Monday"),
    Day.TUESDAY: N_("Tuesday"),
    Day.WEDNESDAY: N_("Wednesday"),
    Day.THURSDAY: N_("Thursday"),
    Day.FRIDAY: N_("Friday"),
    Day.SATURDAY: N_("Saturday"),
    Day.SUNDAY: N_("Sunday"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.WITHDRAWN: N_("Taken back"),
    Outcome.GIVEN: N_("There is an assessor"),
    Outcome.CLOSED: N_("Answered"),
}
