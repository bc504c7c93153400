"""What contacts, call-backs and alerts can be. Plain Python."""

from enum import StrEnum


class Way(StrEnum):
    """How somebody was spoken to."""

    TELEPHONE = "telephone"
    VISIT = "visit"
    EMAIL = "email"
    LETTER = "letter"


class WithWhom(StrEnum):
    """With whom; nobody else is named."""

    PA = "pa"
    EMPLOYER = "employer"
    REPRESENTATIVE = "representative"
    SOMEBODY_ELSE = "somebody_else"


class Whom(StrEnum):
    """Who is called back."""

    PA = "pa"
    EMPLOYER = "employer"


class CallEnd(StrEnum):
    """How a call-back ended."""

    ANSWERED = "answered"
    NOT_WANTED = "not_wanted"
    NOT_REACHED = "not_reached"
    EMPLOYMENT_ENDED = "employment_ended"


class Standing(StrEnum):
    """Where a call-back stands on a day."""

    COMING = "coming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"


class AlertStep(StrEnum):
    """What was done about an alert."""

    TOLD = "told"
    REMINDED = "reminded"
    ACKNOWLEDGED = "acknowledged"
    TAKEN_OVER = "taken_over"
    CLOSED = "closed"


class Referral(StrEnum):
    """What an alert was closed with."""

    ADULT_SAFEGUARDING = "adult_safeguarding"
    CHILDRENS_SAFEGUARDING = "childrens_safeguarding"
    POLICE = "police"
    NO_FURTHER_ACTION = "no_further_action"
