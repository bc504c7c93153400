"""The words of this room that stand in tables."""

from enum import StrEnum


class RoleStep(StrEnum):
    """What an admin did about a role."""

    GIVEN = "given"
    INVITED = "invited"
    END_CHANGED = "end_changed"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
