"""What is said to somebody whose decision cannot stand; message ids."""

from lms.assessment.deciding.rules import Weak
from lms.core.words import N_

WEAK = {
    Weak.NEEDS_FEEDBACK: N_("Write what should be different next time, so that they know what to work on."),
    Weak.NEEDS_FIVE: N_(
        "%(code)s: to decide “met”, the evidence has to be valid, authentic, reliable, current and enough. If one of "
        "these is missing, choose “more evidence needed”."
    ),
    Weak.NEEDS_EVIDENCE: N_("%(code)s: choose the evidence on which you decide “met”."),
    Weak.WRONG_KIND: N_(
        "%(code)s: this kind of evidence may stand beside, and “met” cannot rest on it alone. Choose another piece."
    ),
    Weak.NOT_SIMULATED: N_(
        "%(code)s has to be seen in real work, so “met” cannot rest on a simulation. Choose another piece."
    ),
    Weak.NOT_CARRIED: N_(
        "%(code)s: whoever saw this could not decide on it themself, so “met” cannot rest on it alone. It may stand "
        "beside what an assessor saw."
    ),
}
"""Why a decision cannot stand as it is; `code` is the line."""

OVERTAKEN = N_("Somebody else has decided on %(code)s in the meantime. Read their decision first, then decide.")
WITHDRAWN = N_("%(code)s: the evidence you chose was withdrawn. Choose another piece.")
REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")
NO_DRAFT = N_("There is nothing left to finalise here. It may be done already.")
