"""Read which money meets which cost of somebody's training. The caller has looked at the wall."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.funding.sources import rules
from lms.funding.sources.models import MoneySaid, MoneyShare
from lms.funding.sources.rules import Share, SourceStop
from lms.funding.sources.words import Capacity, CostKind, Source

WHOLE_COURSE = ""
"""The `training` of what was said of a course as a whole."""


@dataclass(frozen=True)
class Cost:
    """One cost: what of one enrolment. `training` is a certificate's code, "" for the whole course."""

    enrolment_id: UUID
    training: str
    cost_kind: CostKind


@dataclass(frozen=True, kw_only=True)
class Said:
    """What counts today of one cost. `turn` is how often something was said of it; `left` is not met by anybody."""

    cost: Cost
    learner_id: UUID
    authority_id: UUID
    turn: int
    cost_pence: Pence | None
    shares: tuple[Share, ...]
    capacity: Capacity
    by: UUID | None
    at: datetime

    @property
    def left(self) -> Pence | None:
        """What nobody meets yet; None while that cannot be said."""
        return rules.left(self.shares, self.cost_pence)


@dataclass(frozen=True, kw_only=True)
class Met:
    """One source that meets a cost, wholly (`pence` None) or in part."""

    enrolment_id: UUID
    training: str
    cost_kind: CostKind
    source: Source
    pence: Pence | None
    cost_pence: Pence | None
    scheme: str | None
    line_id: UUID | None
    place_id: UUID | None
    by: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CostAsk:
    """A claim's line that asks a scheme for `wanted_pence` of a cost; `cost_pence` is None while it is not known."""

    line_id: UUID
    enrolment_id: UUID
    training: str
    scheme: str
    wanted_pence: Pence
    cost_pence: Pence | None
    cost_kind: CostKind = CostKind.COURSE


def met_by(db: Db, enrolment_ids: Collection[UUID]) -> dict[UUID, tuple[Met, ...]]:
    """What meets the costs of these enrolments, by enrolment; none for those of whom nothing was said. One query."""
    found: dict[UUID, list[Met]] = {}
    for said in said_of(db, enrolment_ids):
        for share in said.shares:
            found.setdefault(said.cost.enrolment_id, []).append(_met(said, share))
    return {enrolment_id: tuple(listed) for enrolment_id, listed in found.items()}


def stops(db: Db, asks: Sequence[CostAsk]) -> dict[UUID, SourceStop]:
    """What stops which of these lines, by line; empty when no cost is met twice. One query however many lines.

    What was said of the one training counts, else what was said of the whole course. Lines of the same cost that
    stand in one list are looked at together, so that they cannot ask for more than is left of it between them.
    """
    return stops_in(said_of(db, {ask.enrolment_id for ask in asks}), asks)


def stops_in(every: Iterable[Said], asks: Sequence[CostAsk]) -> dict[UUID, SourceStop]:
    """The same, of what was read already."""
    said = _by_cost(every)
    found: dict[UUID, SourceStop] = {}
    before: dict[Cost, list[Share]] = {}
    for ask in asks:
        cost = Cost(ask.enrolment_id, ask.training, ask.cost_kind)
        counts = said.get(cost) or said.get(Cost(ask.enrolment_id, WHOLE_COURSE, ask.cost_kind))
        shares = counts.shares if counts else ()
        stop = rules.stop(
            (*shares, *before.get(cost, ())),
            line_id=ask.line_id,
            scheme=ask.scheme,
            wanted=ask.wanted_pence,
            cost=ask.cost_pence,
            said_cost=counts.cost_pence if counts else None,
        )
        if stop is not None:
            found[ask.line_id] = stop
        if ask.wanted_pence > 0:
            asked = Share(source=Source.SCHEME, pence=ask.wanted_pence, scheme=ask.scheme, line_id=ask.line_id)
            before.setdefault(cost, []).append(asked)
    return found


def said_of(db: Db, enrolment_ids: Collection[UUID]) -> list[Said]:
    """What counts today of every cost of these enrolments. One query."""
    return _gathered(columns(db, _NEWEST, {"enrolment_ids": list(enrolment_ids)})) if enrolment_ids else []


def said_about(db: Db, cost: Cost) -> Said | None:
    """What counts today of one cost."""
    return _by_cost(said_of(db, [cost.enrolment_id])).get(cost)


def history_of(db: Db, enrolment_id: UUID, *, limit: int = 200) -> list[Said]:
    """Everything that was ever said of an enrolment's costs, the newest first."""
    latest = select(MoneySaid.number).where(MoneySaid.enrolment_id == enrolment_id)
    kept = latest.order_by(MoneySaid.number.desc()).limit(limit)
    wanted = _SAID.where(MoneySaid.number.in_(kept)).order_by(MoneySaid.number.desc(), MoneyShare.place)
    return _gathered(columns(db, wanted, {}))


def from_line(db: Db, line_id: UUID) -> list[Said]:
    """What counts today of costs to which a claim's line gives something."""
    return _behind(db, MoneyShare.line_id == line_id)


def from_place(db: Db, place_id: UUID) -> list[Said]:
    """What counts today of costs to which a place gives something."""
    return _behind(db, MoneyShare.place_id == place_id)


def _behind(db: Db, condition: Any) -> list[Said]:
    wanted = select(MoneySaid.enrolment_id).join(MoneyShare, MoneyShare.said == MoneySaid.number).where(condition)
    return said_of(db, set(db.scalars(wanted)))


_later = aliased(MoneySaid)
_OVERTAKEN = (
    select(_later.number)
    .where(
        _later.enrolment_id == MoneySaid.enrolment_id,
        _later.training == MoneySaid.training,
        _later.cost_kind == MoneySaid.cost_kind,
        _later.turn > MoneySaid.turn,
    )
    .exists()
)
_SAID = select(
    MoneySaid.number,
    MoneySaid.enrolment_id,
    MoneySaid.training,
    MoneySaid.cost_kind,
    MoneySaid.learner_id,
    MoneySaid.authority_id,
    MoneySaid.turn,
    MoneySaid.cost_pence,
    MoneySaid.capacity,
    MoneySaid.by,
    MoneySaid.at,
    MoneyShare.source,
    MoneyShare.pence,
    MoneyShare.scheme,
    MoneyShare.line_id,
    MoneyShare.place_id,
).outerjoin(MoneyShare, MoneyShare.said == MoneySaid.number)
_NEWEST = _SAID.where(MoneySaid.enrolment_id.in_(bindparam("enrolment_ids", expanding=True)), ~_OVERTAKEN).order_by(
    MoneySaid.enrolment_id, MoneySaid.training, MoneySaid.cost_kind, MoneyShare.place
)


def _gathered(rows: Iterable[Any]) -> list[Said]:
    """The rows of one saying stand together: one for each share, or one without any."""
    together: dict[int, list[Any]] = {}
    for row in rows:
        together.setdefault(row.number, []).append(row)
    return [_said(of_one) for of_one in together.values()]


def _said(rows: Sequence[Any]) -> Said:
    first = rows[0]
    return Said(
        cost=Cost(first.enrolment_id, first.training, first.cost_kind),
        learner_id=first.learner_id,
        authority_id=first.authority_id,
        turn=first.turn,
        cost_pence=first.cost_pence,
        shares=tuple(
            Share(source=row.source, pence=row.pence, scheme=row.scheme, line_id=row.line_id, place_id=row.place_id)
            for row in rows
            if row.source is not None
        ),
        capacity=first.capacity,
        by=first.by,
        at=first.at,
    )


def _by_cost(said: Iterable[Said]) -> dict[Cost, Said]:
    return {each.cost: each for each in said}


def _met(said: Said, share: Share) -> Met:
    return Met(
        enrolment_id=said.cost.enrolment_id,
        training=said.cost.training,
        cost_kind=said.cost.cost_kind,
        source=share.source,
        pence=share.pence,
        cost_pence=said.cost_pence,
        scheme=share.scheme,
        line_id=share.line_id,
        place_id=share.place_id,
        by=said.by,
        at=said.at,
    )
