"""What kinds of team are called, what the numbers mean, and the heads of their files."""

from lms.core.words import N_
from lms.learning.audiences import Audience

WHOM = {Audience.STAFF: N_("Council staff"), Audience.EMPLOYER: N_("Employers, and people who act for them")}
DEFINITION = N_(
    "Trained: was in the team on the last day of the month, and had finished every lesson and passed the questions of "
    "the course by then. The share is of everybody who was in the team on that day, rounded down. The month that runs "
    "is counted as of today."
)
HEADS = (
    N_("Team"),
    N_("Who is in it"),
    N_("Course"),
    N_("Course code"),
    N_("Counted on"),
    N_("In the team"),
    N_("Trained"),
    N_("Share trained, percent"),
    N_("Target, percent"),
    N_("Team identifier"),
)
"""The columns of a file, in this order; new ones come at the end."""
