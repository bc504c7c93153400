"""What can be offered as prior learning, and what can be decided about it. Plain Python."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from lms.core.words import N_

LONGEST_TITLE = 200
LONGEST_TEXT = 2_000
"""Characters."""

OLDEST_YEARS = 60


class OfferState(StrEnum):
    """Where an offer stands. `ACCEPTED` also when only some of its outcomes were."""

    WAITING = "waiting"
    TAKEN_BACK = "taken_back"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"


def state_of(accepted: Collection[str] | None, *, taken_back: bool) -> OfferState:
    """The state of an offer; `accepted` is None while nobody decided."""
    if accepted is None:
        return OfferState.TAKEN_BACK if taken_back else OfferState.WAITING
    return OfferState.ACCEPTED if accepted else OfferState.NOT_ACCEPTED


def trouble_with_offer(
    outcomes: Collection[str], of_module: Collection[str], held: Collection[str], earned_on: date | None, today: date
) -> str | None:
    """Why an offer cannot be made, as a message id; None when it can. `held` are outcomes accepted before."""
    if not outcomes or not set(outcomes) <= set(of_module):
        return N_("Choose at least one thing that you have learned already.")
    if set(outcomes) <= set(held):
        return N_("All of these are accepted as prior learning already.")
    if earned_on is not None and earned_on > today:
        return N_("The day you finished it is still to come. Enter a day in the past.")
    if earned_on is not None and earned_on.year < today.year - OLDEST_YEARS:
        return N_("Check the year: it is very long ago.")
    return None


def trouble_with_decision(accepted: Collection[str], asked: Collection[str]) -> str | None:
    """Why a decision cannot be made, as a message id; None when it can. Accepting nothing is a decision too."""
    return None if set(accepted) <= set(asked) else N_("Choose from what the learner offered.")
