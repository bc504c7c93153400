"""Read the register: verdicts worked out now, and standings kept for lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.people import queries as people
from lms.people.rules import Role
from lms.register import holding
from lms.register.authoring import queries as authoring
from lms.register.content import Edition
from lms.register.disclosures import Content, Decision, FollowUp, Taken, waits_for
from lms.register.kinds import Circumstance, ListingState, RequirementKind
from lms.register.listing.queries import before_of_many
from lms.register.models import Standing
from lms.register.rules import Before, Verdict, eligibility


@dataclass(frozen=True)
class StandingView:
    """A standing as home pages and lists see it. `holds_until` is the first day on which it changes by itself."""

    person_id: UUID
    authority_id: UUID
    state: ListingState
    missing: int
    holds_until: date | None


@dataclass(frozen=True)
class RecordView:
    """Something that was recorded, for the register team: what, when, and by whom."""

    id: UUID
    person_id: UUID
    kind: RequirementKind
    code: str
    seen_on: date
    ends_on: date | None
    data: Mapping[str, Any]
    by: UUID
    at: datetime


@dataclass(frozen=True)
class StepView:
    """Something that followed a disclosure."""

    step: FollowUp
    decision: Decision | None
    done_on: date
    by: UUID


@dataclass(frozen=True)
class Recorded:
    """All an authority recorded about a PA, the newest first, and the disclosures that wait for a step."""

    records: Sequence[RecordView]
    steps: Sequence[StepView]
    waiting: Mapping[UUID, FollowUp]


@dataclass(frozen=True)
class Judged:
    """A verdict together with the edition of the rules that gave it, and what the PA said of their work."""

    edition: Edition
    verdict: Verdict
    said: Mapping[Circumstance, bool] = field(default_factory=dict)


def edition_for(db: Db, authority_id: UUID, on: date) -> Edition | None:
    """The rules an authority has on a day, published ones among them; None when it has none."""
    return authoring.edition_on(db, authority_id, on)


def verdict_of(db: Db, person_id: UUID, authority_id: UUID, on: date, *, before: Before | None = None) -> Judged | None:
    """What the rules say of a PA on a day, worked out from what is recorded now; None when there are no rules.

    What was recorded later about an earlier day counts: this answers what was so, not what was known. Whoever has
    looked at the listing already passes what the PA was until today as `before`.
    """
    edition = edition_for(db, authority_id, on)
    if edition is None:
        return None
    held = holding.held_of(db, person_id, authority_id, edition.rules)
    if before is None:
        before = before_of_many(db, [person_id], authority_id)[person_id]
    said = {each: each in held.circumstances for each in held.answered}
    return Judged(edition, eligibility(edition.rules, held, on=on, before=before), said)


def circumstances_of(db: Db, person_id: UUID, authority_id: UUID) -> dict[Circumstance, bool]:
    """What a PA said of their work to an authority; what was never answered is left out."""
    return holding.circumstances_of(db, person_id, authority_id)


_STANDING = (Standing.person_id, Standing.authority_id, Standing.state, Standing.missing, Standing.holds_until)
_IS_CURRENT = or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on"))
_STANDINGS_OF = select(*_STANDING).where(Standing.person_id == bindparam("person_id"), _IS_CURRENT)
_BY_STATE = (
    select(Standing.state, func.count())
    .where(Standing.authority_id.in_(bindparam("authority_ids", expanding=True)), _IS_CURRENT)
    .group_by(Standing.state)
)
"""Statements are put together once where home pages ask them."""


def standings_of(db: Db, person_id: UUID, on: date) -> list[StandingView]:
    """A PA's standings at every authority that knows them on a day."""
    return [StandingView(*row) for row in columns(db, _STANDINGS_OF, {"person_id": person_id, "on": on})]


def count_by_state(db: Db, authority_ids: Collection[UUID], on: date) -> dict[ListingState, int]:
    """How many PAs of these authorities stand where."""
    rows = columns(db, _BY_STATE, {"authority_ids": list(authority_ids), "on": on})
    return dict(rows.all())


def recorded_of(db: Db, person_id: UUID, authority_id: UUID) -> Recorded:
    """All an authority recorded about a PA: at most two queries."""
    rows = holding.records_of(db, person_id, authority_id)
    checked = any(row.kind is RequirementKind.DBS for row in rows)
    steps = holding.steps_of(db, person_id, authority_id) if checked else ()
    return Recorded(
        records=[_record(row) for row in reversed(rows)],
        steps=[StepView(row.step, row.decision, row.done_on, row.by) for row in reversed(steps)],
        waiting=_open(rows, steps),
    )


def records_of(db: Db, person_id: UUID, authority_id: UUID) -> list[RecordView]:
    """What an authority recorded about a PA, the newest first."""
    return [_record(row) for row in reversed(holding.records_of(db, person_id, authority_id))]


def knows(db: Db, authority_id: UUID, person_id: UUID, on: date) -> bool:
    """Whether an authority knows somebody as a PA on a day."""
    return people.holds(db, person_id, Role.PA, [authority_id], on)


def _record(row: Any) -> RecordView:
    return RecordView(row.id, row.person_id, row.kind, row.code, row.seen_on, row.ends_on, row.data, row.by, row.at)


def _open(rows: Sequence[Any], steps: Sequence[Any]) -> dict[UUID, FollowUp]:
    found: dict[UUID, FollowUp] = {}
    for row in rows:
        if row.kind is RequirementKind.DBS and row.data["result"] == Content.SOME:
            ours = (each for each in steps if each.disclosure_id == row.id)
            step = waits_for(Taken(step=s.step, on=s.done_on, by=s.by, decision=s.decision) for s in ours)
            if step is not None:
                found[row.id] = step
    return found
