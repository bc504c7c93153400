"""The four things staff can do to a certificate that was issued. Plain Python."""

from enum import StrEnum


class Move(StrEnum):
    """What is done to a certificate after its issue."""

    SUSPEND = "suspend"
    LIFT = "lift"
    WITHDRAW = "withdraw"
    REPLACE = "replace"
