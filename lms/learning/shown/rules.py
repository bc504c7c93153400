"""How an outcome can be shown, and what a check of each outcome asks. Plain Python."""

from enum import StrEnum


class HowShown(StrEnum):
    """How somebody showed that they know something. Practice is never among it: that is seen at work.

    check: a question answered right, marked by PALMS. activity: a text that its reader said is met. conversation: said
    to somebody who judged it. prior: learned before, and accepted.
    """

    CHECK = "check"
    ACTIVITY = "activity"
    CONVERSATION = "conversation"
    PRIOR = "prior"
