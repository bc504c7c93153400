"""What the lines desk says for each kind of certainty. Message ids; templates translate them."""

from lms.assessment.content import HowSure, Looked
from lms.assessment.lines.rules import Simulated, Why
from lms.assessment.rules import Kind
from lms.core.words import N_

KINDS = {Kind.KNOWLEDGE: N_("Knowledge"), Kind.PRACTICE: N_("Practice")}
SOURCES = {
    HowSure.FOUND: N_("Found: code and meaning were seen in public text"),
    HowSure.RECALLED: N_("Recalled: from general knowledge, not seen"),
    HowSure.INFERRED: N_("Inferred: carried over from the older edition, no change reported"),
    None: N_("Its meaning was reported; its code was not established"),
}
SIMULATION = {
    Simulated.YES: N_("Yes"),
    Simulated.NO: N_("No"),
    Simulated.UNKNOWN: N_("Not known: counts as no"),
}
LOOKED = {
    Looked.UNCHECKED: N_("Not looked up yet"),
    Looked.CONFIRMED: N_("Confirmed"),
    Looked.CORRECTED: N_("Corrected"),
}
WHY = {
    Why.NO_CODE: N_("code not established"),
    Why.RECALLED: N_("recalled"),
    Why.INFERRED: N_("inferred"),
    Why.SIMULATION: N_("simulation not known"),
}
