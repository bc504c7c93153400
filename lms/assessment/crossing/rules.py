"""What can be said of an award that somebody holds. Plain Python."""

from datetime import date

from lms.core.words import N_

LONGEST_SIGNER = 160
LONGEST_PROOF = 300
"""Characters."""


def trouble_with_award(awarded_on: date, introduced: str | None, today: date) -> str | None:
    """Why an award cannot have been given on a day, as a message id; None when it can.

    `introduced` is the year and month of the edition, such as 2015-04.
    """
    if awarded_on > today:
        return N_("This day is still to come. Enter a day in the past.")
    if introduced and f"{awarded_on:%Y-%m}" < introduced:
        return N_("There was no such award yet. Check the year, and which edition it is.")
    return None
