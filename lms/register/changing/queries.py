"""Read looks at changes, changes to come, and whom they were told to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.register.changing.models import RuleChange, RuleChangeTold, RuleLook, RuleLookLine
from lms.register.changing.rules import Effect
from lms.register.kinds import ListingState
from lms.register.models import Reread

SHOWN_LOSE = "lose_and_shown"
"""Among a look's numbers: who would lose and is shown now. It begins with no effect's name and a colon."""


@dataclass(frozen=True)
class LookView:
    """How far a look at a change is, and what it found. `overtaken`: what it looked at is not there any more."""

    id: UUID
    authority_id: UUID
    draft_id: UUID | None
    version: int | None
    edition: str
    valid_from: date
    judged_on: date
    total: int
    done: int
    numbers: Mapping[str, int]
    asked_at: datetime
    ended_at: datetime | None
    overtaken_at: datetime | None

    @property
    def state(self) -> str:
        """Where it is: done, overtaken or working."""
        return "done" if self.ended_at else "overtaken" if self.overtaken_at else "working"

    @property
    def shown_lose(self) -> int | None:
        """How many of those who lose employers see now; None for a look of a time when that was not counted."""
        return self.numbers.get(SHOWN_LOSE, None if self.many(Effect.LOSES) else 0)

    def many(self, effect: Effect) -> int:
        """How many PAs it affects so."""
        return self.numbers.get(effect.value, 0)

    def why(self, effect: Effect) -> Sequence[tuple[str, str, int]]:
        """Because of what, the most frequent first: “+” (newly missing) or “-” (no longer missing), code, number."""
        ours = {name for name in self.numbers if name.startswith(f"{effect.value}:")}
        found = [(name.partition(":")[2], self.numbers[name]) for name in ours]
        return [(name[0], name[1:], number) for name, number in sorted(found, key=lambda each: (-each[1], each[0]))]


_LOOK = select(
    RuleLook.id,
    RuleLook.authority_id,
    RuleLook.draft_id,
    RuleLook.version,
    RuleLook.edition,
    RuleLook.valid_from,
    RuleLook.judged_on,
    RuleLook.total,
    RuleLook.done,
    RuleLook.numbers,
    RuleLook.asked_at,
    RuleLook.ended_at,
    RuleLook.overtaken_at,
)


def newest_of_draft(db: Db, draft_id: UUID) -> LookView | None:
    """The look at a draft that was asked for last."""
    row = columns(db, _LOOK.where(RuleLook.draft_id == draft_id).order_by(RuleLook.asked_at.desc()).limit(1), {})
    found = row.one_or_none()
    return LookView(*found) if found else None


def look(db: Db, look_id: UUID, authority_ids: Collection[UUID]) -> LookView:
    """One look of one of these authorities. Raises NotFound."""
    wanted = _LOOK.where(RuleLook.id == look_id, RuleLook.authority_id.in_(authority_ids))
    row = columns(db, wanted, {}).one_or_none()
    if row is None:
        raise NotFound("look")
    return LookView(*row)


@dataclass(frozen=True)
class LineView:
    """A PA whom a change would affect."""

    person_id: UUID
    effect: Effect
    was: ListingState
    will: ListingState
    more: Sequence[str]
    fewer: Sequence[str]


def lines(db: Db, look_id: UUID, *, effect: Effect | None = None, offset: int = 0, limit: int = 50) -> list[LineView]:
    """A part of those a look found, in one order."""
    wanted = select(
        RuleLookLine.person_id,
        RuleLookLine.effect,
        RuleLookLine.was,
        RuleLookLine.will,
        RuleLookLine.more,
        RuleLookLine.fewer,
    ).where(RuleLookLine.look_id == look_id)
    if effect is not None:
        wanted = wanted.where(RuleLookLine.effect == effect)
    ordered = wanted.order_by(RuleLookLine.effect, RuleLookLine.person_id)
    return [LineView(*row) for row in columns(db, ordered.offset(offset).limit(limit), {})]


@dataclass(frozen=True)
class ChangeView:
    """A published change to come: how long before those affected are told, when next, and how many were."""

    edition: str
    valid_from: date
    days_before: int
    next_on: date | None
    told: int


def changes_to_come(db: Db, authority_id: UUID, today: date) -> list[ChangeView]:
    """The changes of an authority that are still to come, the first first. One query."""
    told = (
        select(func.count())
        .where(
            RuleChangeTold.authority_id == RuleChange.authority_id,
            RuleChangeTold.edition == RuleChange.edition,
            RuleChangeTold.valid_from == RuleChange.valid_from,
        )
        .scalar_subquery()
    )
    wanted = (
        select(RuleChange.edition, RuleChange.valid_from, RuleChange.days_before, RuleChange.next_on, told)
        .where(RuleChange.authority_id == authority_id, RuleChange.valid_from > today, RuleChange.off_at.is_(None))
        .order_by(RuleChange.valid_from)
    )
    return [ChangeView(*row) for row in columns(db, wanted, {})]


@dataclass(frozen=True)
class ToldView:
    """A change a PA was told of."""

    authority_id: UUID
    edition: str
    valid_from: date
    effect: Effect


def told_to(db: Db, person_id: UUID, today: date) -> list[ToldView]:
    """The changes to come that a PA was told of, the first first. One query."""
    return [ToldView(*row) for row in columns(db, _TOLD_TO, {"person_id": person_id, "today": today})]


_TOLD_TO = (
    select(RuleChangeTold.authority_id, RuleChangeTold.edition, RuleChangeTold.valid_from, RuleChangeTold.effect)
    .where(RuleChangeTold.person_id == bindparam("person_id"), RuleChangeTold.valid_from > bindparam("today"))
    .order_by(RuleChangeTold.valid_from)
)
"""Put together once: every home page of a PA asks it."""


ANY_TOLD: Select[UUID] = select(RuleChangeTold.person_id).where(RuleChangeTold.person_id == bindparam("changes_for"))
"""Whether a PA was ever told of any."""


def reading_again(db: Db, authority_id: UUID) -> tuple[int, int] | None:
    """How many standings are worked out again, and of how many, while that goes on; None while it does not."""
    wanted = select(Reread.done, Reread.total).where(Reread.authority_id == authority_id, Reread.ended_at.is_(None))
    row = columns(db, wanted, {}).first()
    return (row.done, row.total) if row else None
