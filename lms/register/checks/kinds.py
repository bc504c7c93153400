"""The words of checks, by codes that stay: what can wait, what a review came to, and a PA's yes or no."""

from enum import StrEnum

from lms.register.disclosures import FollowUp


class RightToAsk(StrEnum):
    """Whether the update service may be asked."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a review of a decision came to."""

    STANDS = "stands"
    DECIDED_ANEW = "decided_anew"


class Waits(StrEnum):
    """What of the checks can wait for the register team. The first ones are the steps of an open discussion."""

    INVITATION = "invitation"
    DISCUSSION = "discussion"
    FACTORS = "factors"
    DECISION = "decision"
    SECOND_PERSON = "second_person"
    TELLING = "telling"
    REVIEW = "review"
    STATUS_CHECK = "status_check"


WAITS_OF: dict[FollowUp, Waits] = {
    FollowUp.INVITED: Waits.INVITATION,
    FollowUp.DISCUSSED: Waits.DISCUSSION,
    FollowUp.CONSIDERED: Waits.FACTORS,
    FollowUp.DECIDED: Waits.DECISION,
    FollowUp.AGREED: Waits.SECOND_PERSON,
    FollowUp.TOLD: Waits.TELLING,
}
"""The step a disclosure waits for, as something that waits."""
