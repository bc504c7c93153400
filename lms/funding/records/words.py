"""The words for keeping and clearing the records of claims. Plain Python."""

from enum import StrEnum

from lms.people.rules import Role


class HoldReason(StrEnum):
    """Why records are kept longer than their scheme says."""

    AUDIT = "audit"
    COUNTER_FRAUD = "counter_fraud"
    COMPLAINT = "complaint"
    LEGAL = "legal"
    RECOVERY = "recovery"


class Outcome(StrEnum):
    """What became of one claim in a clearing."""

    LISTED = "listed"
    CLEARED = "cleared"
    HELD = "held"
    NOT_DUE = "not_due"
    GONE = "gone"


class ClearingState(StrEnum):
    """Where a clearing stands: it was only tried, somebody confirmed it, it is done, or it was put aside."""

    TRIED = "tried"
    CONFIRMED = "confirmed"
    DONE = "done"
    PUT_ASIDE = "put_aside"


TEAM = (Role.COORDINATOR, Role.FUNDING_OFFICER, Role.ADMIN)
"""Who sees what is kept until when."""
KEEPERS = (Role.FUNDING_OFFICER, Role.ADMIN)
"""Who holds records, lets them go, and has them cleared."""
