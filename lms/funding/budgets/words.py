"""The words of budgets. docs/budgets.md says in prose what each of them means."""

from enum import StrEnum


class Entry(StrEnum):
    """What happened to the money of a line."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    PAID = "paid"
    CLOSED = "closed"
    RECOVERED = "recovered"


class Alert(StrEnum):
    """What somebody is told about before it is too late."""

    POT_NEARLY_SPOKEN_FOR = "pot_nearly_spoken_for"
    POT_OVER = "pot_over"
    POT_WILL_NOT_LAST = "pot_will_not_last"
    DEADLINE_IN_30 = "deadline_in_30"
    DEADLINE_IN_7 = "deadline_in_7"
