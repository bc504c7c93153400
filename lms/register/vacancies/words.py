"""Why a vacancy ended, as codes. Plain Python."""

from enum import StrEnum


class EndReason(StrEnum):
    """Why nobody can answer a vacancy any more."""

    FILLED = "filled"
    NOT_NEEDED = "not_needed"
    CALENDAR = "calendar"
    TEAM = "team"
