"""What becomes of what an assessor wrote with no signal: clocks, days, what is filed, where two versions meet.

Plain Python. Two promises hold whatever happened meanwhile: nothing that was written is lost, and nothing that was
written becomes a decision by itself.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

HOLDS = timedelta(days=7)
"""How long what was taken along stays on a phone. What was written there stays until it is sent."""

MOST_LEARNERS = 12
"""Learners taken along at once: more than anybody visits in a week."""

MOST_A_DAY = 600
"""Things of one person within a day: more than anybody writes, and no way to fill a disk. The rest waits."""


class Came(StrEnum):
    """What came of one thing.

    saved: it is evidence, or a draft. there: it was here already. older: a newer one from the same phone took its
    place. kept: it could not be filed, so a coordinator reads it. meets: there is another version, a person decides.
    wait: it needs something that is not here yet. refused: it cannot be kept.
    """

    SAVED = "saved"
    THERE = "there"
    OLDER = "older"
    KEPT = "kept"
    MEETS = "meets"
    WAIT = "wait"
    REFUSED = "refused"


class Why(StrEnum):
    """Why something was kept and not filed, became a record only, or waits for somebody to choose."""

    NO_TIE = "no_tie"
    TIE_ENDED = "tie_ended"
    MAY_NOT_DECIDE = "may_not_decide"
    SIGNED_OFF = "signed_off"
    LEFT = "left"
    OTHER_LINES = "other_lines"
    WRONG_DAY = "wrong_day"
    NOT_TAKEN = "not_taken"
    NOT_FILED = "not_filed"
    DRAFT_CHANGED = "draft_changed"
    DECIDED = "decided"


class How(StrEnum):
    """How a person settled what was kept, or what met another version."""

    FILED = "filed"
    CLOSED = "closed"
    USED = "used"
    LEFT = "left"


def recorded_at(claimed: datetime, *, phone_now: datetime, now: datetime, taken_at: datetime) -> datetime:
    """When something was written: our receipt less its age by the phone's clock.

    Never before the learner was taken along, nor after the receipt: a phone's clock may be anywhere, and may have
    been set in between.
    """
    return min(max(now - (phone_now - claimed), taken_at), now)


def day_of(*, on: date | None, days_ago: int, written_on: date) -> date:
    """The day of what was seen: as it was chosen, or so many days before it was written."""
    return on if on is not None else written_on - timedelta(days=days_ago)


class Filing(StrEnum):
    """What an observation becomes: evidence that can carry a decision, evidence that cannot, or a kept text."""

    WHOLE = "whole"
    RECORD = "record"
    NOT = "not"


def filing(
    *, tie_today: bool, tie_then: bool, left: bool, day_fits: bool, lines_fit: bool
) -> tuple[Filing, Why | None]:
    """What becomes of an observation, by how its writer stood to the learner on the day and stands today.

    Whoever was the learner's assessor on the day saw it as such, so it is a record of the learner's work for good;
    whoever was not has nothing to file, and somebody else reads it.
    """
    if left:
        return Filing.NOT, Why.LEFT
    if not lines_fit:
        return Filing.NOT, Why.OTHER_LINES
    if not day_fits:
        return Filing.NOT, Why.WRONG_DAY
    if not tie_then:
        return Filing.NOT, Why.NO_TIE
    return (Filing.WHOLE, None) if tie_today else (Filing.RECORD, Why.TIE_ENDED)


def meeting(
    *,
    draft: str | None,
    knew: Collection[str],
    decision: UUID | None,
    saw: UUID | None,
) -> Why | None:
    """Whether a draft from a phone meets another version of the same line, and of what kind; None when it does not.

    `draft` is the mark of the draft that stands here now, `knew` the marks the phone knew of: the one it took along
    and those it sent itself. `decision` is the line's latest decision now, `saw` the one the phone took along.
    """
    if decision != saw:
        return Why.DECIDED
    return Why.DRAFT_CHANGED if draft is not None and draft not in knew else None


class Written(Protocol):
    """Something written on one phone: when by its own clock, and its number."""

    @property
    def id(self) -> UUID:
        """Its number."""

    @property
    def at(self) -> int:
        """Milliseconds of the phone's clock, which never goes back there."""


def is_newest(one: Written, others: Iterable[Written]) -> bool:
    """Whether nothing newer of the same line was written on the same phone, in whatever order they arrive."""
    return all((other.at, str(other.id)) <= (one.at, str(one.id)) for other in others)


@dataclass(frozen=True)
class Content:
    """What two drafts are compared by."""

    judgement: str
    reason: str
    feedback: str
    rests_on: UUID | None
    five: tuple[bool, bool, bool, bool, bool]


def mark_of(content: Content) -> str:
    """A short mark of a draft: two drafts with the same mark say the same."""
    five = "".join("1" if each else "0" for each in content.five)
    parts = (content.judgement, content.reason.strip(), content.feedback.strip(), str(content.rests_on or ""), five)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def short_name(name: str) -> str:
    """What a phone keeps of a name: the first name, and initials of the rest, as in “Pat M.”."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0].upper()}." for word in rest if word[0].isalpha())])[:80]
