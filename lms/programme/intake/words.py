"""The words of lists people come in on: what a column says, how days are written, where a batch stands."""

from enum import StrEnum


class Field(StrEnum):
    """What a column of a list says of a PA and whom they work for."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    USERNAME = "username"
    LANGUAGE = "language"
    EMPLOYER = "employer"
    EMPLOYER_EMAIL = "employer_email"
    STARTED_ON = "started_on"
    COURSE = "course"
    CERTIFICATE = "certificate"
    CERTIFIED_ON = "certified_on"


DAYS = (Field.STARTED_ON, Field.CERTIFIED_ON)


class DayOrder(StrEnum):
    """How a list writes a day in figures, where it can be read two ways."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class State(StrEnum):
    """Where a batch stands. Only `DONE` has anybody in it; `RUNNING` and `UNDOING` are the worker's."""

    COLUMNS = "columns"
    LOOKING = "looking"
    LOOKED_AT = "looked_at"
    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    CLOSED = "closed"


MOVES: dict[State, frozenset[State]] = {
    State.COLUMNS: frozenset({State.LOOKING, State.CLOSED}),
    State.LOOKING: frozenset({State.LOOKED_AT, State.LOOKING, State.COLUMNS, State.CLOSED}),
    State.LOOKED_AT: frozenset({State.RUNNING, State.LOOKING, State.COLUMNS, State.CLOSED}),
    State.RUNNING: frozenset({State.DONE, State.LOOKED_AT}),
    State.DONE: frozenset({State.UNDOING}),
    State.UNDOING: frozenset({State.UNDONE, State.DONE}),
    State.UNDONE: frozenset(),
    State.CLOSED: frozenset(),
}
"""What a batch may become."""

BUSY = (State.RUNNING, State.UNDOING)
OPEN = (State.COLUMNS, State.LOOKING, State.LOOKED_AT)


class Fate(StrEnum):
    """What becomes of a row: a new person, one who is here, one who has to be asked first, or nobody."""

    NEW = "new"
    HERE = "here"
    ASK = "ask"
    EMPLOYER_ONLY = "employer_only"
    OUT = "out"


NEW_ANSWER, OUT_ANSWER = "new", "out"
"""Answers to “who is this?” beside the id of somebody who is here."""
