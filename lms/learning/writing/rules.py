"""Who may open a text, for how long, and what a reading makes of it. Plain Python."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms.learning.questions import Mark
from lms.learning.states import Judged, WorkState

LEASE = timedelta(minutes=30)
"""How long a text stays with whoever opened it, from opening it or from saving a draft."""

LONGEST_COMMENT = 4_000
"""Characters of what a reader writes to a learner."""

NEWS_FOR = timedelta(days=14)
"""How long a comment on a text that was met stands on the home page. One that came back stands until it is answered."""


@dataclass(frozen=True)
class Held:
    """Who has a text open, and until when."""

    reader_id: UUID
    until: datetime


class Door(StrEnum):
    """Whether a text can be opened by somebody now."""

    FREE = "free"
    MINE = "mine"
    OTHERS = "others"


def door(held: Held | None, *, reader: UUID, now: datetime) -> Door:
    """Whether somebody may open a text: a lease that ran out holds nobody back, not even its own reader."""
    if held is None or held.until <= now:
        return Door.FREE
    return Door.MINE if held.reader_id == reader else Door.OTHERS


def may_be_judged(state: WorkState) -> bool:
    """Whether a text waits for somebody's word. What was read, or taken back, does not."""
    return state is WorkState.WAITING


def may_be_taken_back(state: WorkState, held: Held | None, *, now: datetime) -> bool:
    """Whether a learner may have a text back: nobody has read it, and nobody is reading it now."""
    return state is WorkState.WAITING and (held is None or held.until <= now)


def may_write_again(state: WorkState) -> bool:
    """Whether an answer may be written again. An activity may be written anew while it waits, an answer may not."""
    return state is WorkState.SENT_BACK


def after_reading(judged: Judged) -> WorkState:
    """Where a text stands once it was read."""
    return WorkState.MET if judged is Judged.MET else WorkState.SENT_BACK


def mark_of(judged: Judged) -> Mark:
    """The mark of a written answer by what its reader said. “Not yet” is on the way, never wrong."""
    return Mark.RIGHT if judged is Judged.MET else Mark.PARTLY
