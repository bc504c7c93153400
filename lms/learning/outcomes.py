"""What came of something that was sent to be kept. Plain Python, for services and for those who call them."""

from enum import StrEnum

from lms.core.words import N_, Refused


class Came(StrEnum):
    """What came of one thing. Not counted: it is kept in the record, and something else counts."""

    SAVED = "saved"
    THERE = "there"
    NOT_COUNTED = "not_counted"
    WAIT = "wait"
    REFUSED = "refused"


class NumberUsed(Refused):
    """The number something carries belongs to something else already, so the two cannot be told apart."""

    def __init__(self) -> None:
        super().__init__(N_("This was not saved: it has the number of something else. Please give it again."))


class StillWaits(Refused):
    """A check cannot be handed in yet: some of the answers it was handed in with have not arrived."""

    def __init__(self, missing: int) -> None:
        super().__init__(
            N_("%(missing)s of the answers you handed in are not here yet. The check is marked when they are."),
            missing=missing,
        )
