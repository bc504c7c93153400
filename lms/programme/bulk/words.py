"""The codes of work on many: what is done, how a work stands, and how one line of it does. Plain Python."""

from enum import StrEnum


class What(StrEnum):
    """What can be done for many."""

    INVITE = "invite"
    ENROL = "enrol"
    AREA = "area"
    GROUP = "group"
    ALLOCATE = "allocate"
    EXTEND = "extend"
    PROLONG = "prolong"
    REMIND = "remind"
    CERTIFY = "certify"
    LEAVE = "leave"
    TAKE_BACK = "take_back"


OF_PEOPLE = frozenset({What.INVITE, What.ENROL, What.AREA, What.PROLONG})
"""Of these each line is a person; of the others it is a person on a course."""

CAN_BE_TAKEN_BACK = frozenset({What.ENROL, What.AREA, What.GROUP, What.ALLOCATE})
"""What was sent, certified or left is not undone from here: e-mail cannot be, the others have pages of theirs."""


class State(StrEnum):
    """How a work on many stands."""

    LOOKING = "looking"
    READY = "ready"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    CLOSED = "closed"


class Fate(StrEnum):
    """How one line stands."""

    NEW = "new"
    """Nobody has looked yet."""
    WILL = "will"
    """It is affected when the work is started."""
    WONT = "wont"
    """It is not affected, and `why` says why."""
    DONE = "done"
    CHANGED = "changed"
    """It was affected when one looked, and something had changed when its turn came."""
    FAILED = "failed"
    """Something is wrong with the record; the others went on."""
