"""The words of a simple register: ways of contact, sides, outcomes and reasons, as codes. Plain Python."""

from enum import StrEnum


class TagKind(StrEnum):
    """What employers search profiles by, besides training."""

    AREA = "area"
    LANGUAGE = "language"
    TIME = "time"


class Outcome(StrEnum):
    """What somebody of the register team decided of a text before others see it."""

    PUBLISHED = "published"
    SENT_BACK = "sent_back"


class BackReason(StrEnum):
    """Why a text was sent back to whoever wrote it."""

    CONTACT_DETAILS = "contact_details"
    ABOUT_SOMEBODY_ELSE = "about_somebody_else"
    TOO_PRIVATE = "too_private"
    NOT_TRUE = "not_true"
    UNFAIR = "unfair"
    UNCLEAR = "unclear"
    NOT_FOR_HERE = "not_for_here"


class Way(StrEnum):
    """How an employer's household and a PA came to write to each other."""

    PROFILE = "profile"
    VACANCY = "vacancy"
    TEAM = "team"


class Side(StrEnum):
    """Who acts: the PA, the employer's household, or the register team."""

    PA = "pa"
    EMPLOYER = "employer"
    TEAM = "team"


class Reported(StrEnum):
    """What a report is about."""

    PROFILE = "profile"
    MESSAGES = "messages"
    VACANCY = "vacancy"


class AbuseReason(StrEnum):
    """What somebody reports. There is room for a few words beside it."""

    RUDE = "rude"
    FRIGHTENING = "frightening"
    SEXUAL = "sexual"
    MONEY = "money"
    PRETENDING = "pretending"
    DISCRIMINATION = "discrimination"
    PRIVATE_DETAILS = "private_details"
    OTHER = "other"


class AbuseAnswer(StrEnum):
    """What the register team did about a report."""

    NOTHING_WRONG = "nothing_wrong"
    TALKED = "talked"
    TAKEN_OFF = "taken_off"
    PASSED_ON = "passed_on"
