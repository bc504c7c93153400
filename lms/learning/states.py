"""Words for where marking and written work stand. Plain Python, used by tables, facts and rules alike."""

from enum import StrEnum


class Why(StrEnum):
    """Why an attempt was marked."""

    HANDED_IN = "handed_in"
    READ = "read"
    ANSWERED_AGAIN = "answered_again"
    KEY_CORRECTED = "key_corrected"


class WorkKind(StrEnum):
    """What a text was written for."""

    ACTIVITY = "activity"
    QUESTION = "question"


class WorkState(StrEnum):
    """Where a written piece stands. Taken back: the learner has it for themself again."""

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    MET = "met"
    TAKEN_BACK = "taken_back"


class Judged(StrEnum):
    """What a reader says of a text. There is no mark and no “failed”."""

    MET = "met"
    NOT_YET = "not_yet"
