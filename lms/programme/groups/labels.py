"""What a group's numbers are called, and the lists behind them."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.programme.groups.rules import Standing

COUNTED: Mapping[Standing, str] = {
    Standing.WORKING: N_("Working towards it: %(num)s"),
    Standing.COMPLETED: N_("Completed: %(num)s"),
    Standing.LEFT: N_("Left the course: %(num)s"),
    Standing.STUCK: N_("Stuck: %(num)s"),
}
NARROWED: Mapping[Standing, str] = {
    Standing.WORKING: N_("Only those who are working towards it"),
    Standing.COMPLETED: N_("Only those who have completed it"),
    Standing.LEFT: N_("Only those who left the course"),
    Standing.STUCK: N_("Only those who are stuck"),
}
