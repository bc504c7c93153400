"""The words of mentoring: kinds of people, ways to reach somebody, and who ended something. Plain Python."""

from enum import StrEnum


class Kind(StrEnum):
    """What somebody is; a newcomer and their mentor are of the same kind."""

    PA = "pa"
    EMPLOYER = "employer"


class Way(StrEnum):
    """How somebody wants to be reached."""

    EMAIL = "email"
    PHONE = "phone"


class EndedBy(StrEnum):
    """Whose side ended it, by their own step or because their role ended. Nobody has to say why."""

    MENTOR = "mentor"
    NEWCOMER = "newcomer"
    COORDINATOR = "coordinator"


class Obstacle(StrEnum):
    """Why a mentor cannot be the one for a newcomer."""

    SELF = "self"
    OTHER_KIND = "other_kind"
    HOUSEHOLD = "household"
    APART = "apart"
    FULL = "full"
