"""Read subsidised places: courses, who asked and where they stand. Narrowed here to the authorities given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.core.words import NotFound
from lms.funding.places import rules
from lms.funding.places.models import AreaProof, PlaceAsk, PlaceHeld, PlaceMove, PlaceRun
from lms.funding.places.rules import Run, Waiter
from lms.funding.places.words import IN_LINE, Need, Order, PlaceState, ProofKind, Why
from lms.funding.vocabulary import Provenance


@dataclass(frozen=True, kw_only=True)
class RunView:
    """A course with places. Amounts in pence; `held` are places taken or offered; `quota` None: as many as ask."""

    id: UUID
    authority_id: UUID
    scheme: str
    scheme_edition: str
    item: str
    training: str
    areas: tuple[str, ...]
    title: Words
    held_at: str
    opens_on: date
    closes_on: date
    starts_on: date
    ends_on: date
    quota: int | None
    held: int
    order: Order
    accept_days: int
    cost_pence: Pence
    price_to_pa_pence: Pence
    council_pence: Pence
    standing: Provenance
    called_off: bool

    @property
    def plain(self) -> Run:
        """The same for the rules."""
        return Run(
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            starts_on=self.starts_on,
            quota=self.quota,
            order=self.order,
            accept_days=self.accept_days,
            called_off=self.called_off,
        )

    @property
    def free(self) -> int | None:
        """How many places nobody has and nobody was offered; None: as many as ask."""
        return None if self.quota is None else max(0, self.quota - self.held)


@dataclass(frozen=True, kw_only=True)
class AskView:
    """Somebody's asking for a place on one course."""

    id: UUID
    run_id: UUID
    person_id: UUID
    enrolment_id: UUID | None
    need: Need
    state: PlaceState
    arrived: int
    offered_until: date | None
    changed_at: datetime


@dataclass(frozen=True)
class MoveView:
    """One step of somebody's asking."""

    came_from: PlaceState | None
    went_to: PlaceState
    why: Why | None
    by: UUID | None
    at: datetime


@dataclass(frozen=True)
class ProofView:
    """Something the team saw that shows where a PA works."""

    person_id: UUID
    kind: ProofKind
    area: str
    seen_on: date
    lasts_until: date
    seen_by: UUID


@dataclass(frozen=True)
class AttendedPlace:
    """Somebody was on a subsidised course: what it cost, who was to pay what, and on which days it was."""

    ask_id: UUID
    person_id: UUID
    enrolment_id: UUID | None
    scheme: str
    item: str
    training: str
    starts_on: date
    ends_on: date
    cost_pence: Pence
    price_to_pa_pence: Pence
    council_pence: Pence


_RUN = select(
    PlaceRun.id,
    PlaceRun.authority_id,
    PlaceRun.scheme,
    PlaceRun.scheme_edition,
    PlaceRun.item,
    PlaceRun.training,
    PlaceRun.areas,
    PlaceRun.title,
    PlaceRun.title_cy,
    PlaceRun.held_at,
    PlaceRun.opens_on,
    PlaceRun.closes_on,
    PlaceRun.starts_on,
    PlaceRun.ends_on,
    PlaceRun.quota,
    PlaceRun.held,
    PlaceRun.order,
    PlaceRun.accept_days,
    PlaceRun.cost_pence,
    PlaceRun.price_to_pa_pence,
    PlaceRun.council_pence,
    PlaceRun.standing,
    PlaceRun.called_off_at,
)
_ASK = select(
    PlaceAsk.id,
    PlaceAsk.run_id,
    PlaceAsk.person_id,
    PlaceAsk.enrolment_id,
    PlaceAsk.need,
    PlaceAsk.state,
    PlaceAsk.arrived,
    PlaceAsk.offered_until,
    PlaceAsk.changed_at,
)
_ONE = _RUN.where(PlaceRun.id == bindparam("run_id"))
_BEHIND = PlaceRun.authority_id.in_(bindparam("authority_ids", expanding=True))
_TO_COME = (_BEHIND, PlaceRun.ends_on >= bindparam("on"), PlaceRun.called_off_at.is_(None))
_OVER = (_BEHIND, (PlaceRun.ends_on < bindparam("on")) | PlaceRun.called_off_at.is_not(None))
_COUNTS = (
    select(PlaceAsk.run_id, PlaceAsk.state, func.count())
    .where(PlaceAsk.run_id.in_(bindparam("run_ids", expanding=True)))
    .group_by(PlaceAsk.run_id, PlaceAsk.state)
)
_TO_SEE = (
    select(func.count())
    .select_from(PlaceAsk)
    .join(PlaceRun, PlaceRun.id == PlaceAsk.run_id)
    .where(_BEHIND, PlaceAsk.state == PlaceState.ASKED, PlaceRun.starts_on >= bindparam("on"))
)


def run(db: Db, run_id: UUID, *, within: Collection[UUID]) -> RunView:
    """One course behind one of these walls. Raises NotFound, the same whether it is absent or somebody else's."""
    row = columns(db, _ONE, {"run_id": run_id}).mappings().first()
    if row is None or row["authority_id"] not in within:
        raise NotFound("places")
    return _run(row)


def runs_in(
    db: Db, authority_ids: Collection[UUID], on: date, *, over: bool = False, offset: int = 0, limit: int = 20
) -> tuple[list[RunView], int]:
    """Courses of these authorities, and how many there are: those to come, the next one first; or those over."""
    values = {"authority_ids": list(authority_ids), "on": on}
    conditions = _OVER if over else _TO_COME
    total = columns(db, select(func.count()).select_from(PlaceRun).where(*conditions), values).scalar_one()
    order = PlaceRun.starts_on.desc() if over else PlaceRun.starts_on
    rows = columns(db, _RUN.where(*conditions).order_by(order, PlaceRun.id).offset(offset).limit(limit), values)
    return [_run(row) for row in rows.mappings()], total


def runs_by_id(db: Db, run_ids: Collection[UUID]) -> dict[UUID, RunView]:
    """These courses, by id. The caller has looked at the wall."""
    rows = columns(db, _RUN.where(PlaceRun.id.in_(list(run_ids))), {}).mappings() if run_ids else ()
    return {row["id"]: _run(row) for row in rows}


def asks_of(db: Db, person_id: UUID, *, limit: int = 100) -> list[AskView]:
    """Everything a PA asked for, what changed last first."""
    asked = columns(db, _ASKED_BY, {"person_id": person_id, "most": limit})
    return [AskView(**row) for row in asked.mappings()]


_ASKED_BY = (  # put together once, since every home page of a PA asks it
    _ASK.where(PlaceAsk.person_id == bindparam("person_id"))
    .order_by(PlaceAsk.changed_at.desc(), PlaceAsk.id)
    .limit(bindparam("most"))
)


def ask_on(db: Db, run_id: UUID, person_id: UUID) -> AskView | None:
    """What a PA asked for on one course."""
    wanted = _ASK.where(PlaceAsk.run_id == run_id, PlaceAsk.person_id == person_id)
    row = columns(db, wanted, {}).mappings().first()
    return AskView(**row) if row else None


def ask(db: Db, ask_id: UUID, *, within: Collection[UUID]) -> tuple[AskView, RunView]:
    """One asking, with its course, behind one of these walls. Raises NotFound."""
    row = columns(db, _ASK.where(PlaceAsk.id == ask_id), {}).mappings().first()
    if row is None:
        raise NotFound("place")
    asked = AskView(**row)
    return asked, run(db, asked.run_id, within=within)


def asks_in(db: Db, run_id: UUID, *, limit: int = 1000) -> list[AskView]:
    """Everybody who asked for a place on a course, in the order in which they came."""
    wanted = _ASK.where(PlaceAsk.run_id == run_id).order_by(PlaceAsk.arrived).limit(limit)
    return [AskView(**row) for row in columns(db, wanted, {}).mappings()]


def ahead_of(db: Db, run_view: RunView, asked: AskView) -> int:
    """How many are before somebody in the line, with those whose papers are still looked at. One query."""
    wanted = select(PlaceAsk.id, PlaceAsk.arrived, PlaceAsk.need).where(
        PlaceAsk.run_id == run_view.id, PlaceAsk.state.in_(IN_LINE)
    )
    line = rules.in_order((Waiter(*row) for row in columns(db, wanted, {})), run_view.order)
    return next((place for place, each in enumerate(line) if each.ask_id == asked.id), 0)


def counts(db: Db, run_ids: Collection[UUID]) -> dict[UUID, Mapping[PlaceState, int]]:
    """How many stand where on each of these courses. One query."""
    found: dict[UUID, dict[PlaceState, int]] = {run_id: {} for run_id in run_ids}
    for run_id, state, number in columns(db, _COUNTS, {"run_ids": list(run_ids)}) if run_ids else ():
        found[run_id][state] = number
    return dict(found)


def to_see(db: Db, authority_ids: Collection[UUID], on: date) -> int:
    """How many PAs wait for somebody of the team to look at what shows where they work."""
    return columns(db, _TO_SEE, {"authority_ids": list(authority_ids), "on": on}).scalar_one()


def moves_of(db: Db, ask_id: UUID) -> list[MoveView]:
    """The history of somebody's asking, oldest first."""
    wanted = select(PlaceMove.came_from, PlaceMove.went_to, PlaceMove.why, PlaceMove.by, PlaceMove.at)
    rows = columns(db, wanted.where(PlaceMove.ask_id == ask_id).order_by(PlaceMove.number).limit(200), {})
    return [MoveView(*row) for row in rows]


def proofs_of(db: Db, person_ids: Collection[UUID], authority_id: UUID, on: date) -> dict[UUID, list[ProofView]]:
    """What the team saw of these PAs and still counts on a day, the newest first. One query."""
    wanted = select(
        AreaProof.person_id,
        AreaProof.kind,
        AreaProof.area,
        AreaProof.seen_on,
        AreaProof.lasts_until,
        AreaProof.seen_by,
    ).where(
        AreaProof.person_id.in_(list(person_ids)),
        AreaProof.authority_id == authority_id,
        AreaProof.lasts_until >= on,
    )
    found: dict[UUID, list[ProofView]] = {}
    for row in columns(db, wanted.order_by(AreaProof.seen_on.desc(), AreaProof.id), {}) if person_ids else ():
        found.setdefault(row.person_id, []).append(ProofView(*row))
    return found


def has_place(db: Db, person_id: UUID, run_view: RunView) -> UUID | None:
    """The asking by which a PA has a place under the same item already; None when there is none."""
    return db.scalar(
        select(PlaceHeld.ask_id).where(
            PlaceHeld.person_id == person_id,
            PlaceHeld.scheme == run_view.scheme,
            PlaceHeld.item == run_view.item,
            PlaceHeld.training == run_view.training,
        )
    )


def attended(db: Db, ask_ids: Sequence[UUID]) -> list[AttendedPlace]:
    """Of these, those who were there. One query."""
    return _attended(db, PlaceAsk.id.in_(ask_ids)) if ask_ids else []


def attended_by(db: Db, learner_ids: Collection[UUID]) -> list[AttendedPlace]:
    """On which subsidised courses these learners were. One query."""
    return _attended(db, PlaceAsk.person_id.in_(list(learner_ids))) if learner_ids else []


def _attended(db: Db, condition: Any) -> list[AttendedPlace]:
    wanted: Select[*tuple[Any, ...]] = (
        select(
            PlaceAsk.id,
            PlaceAsk.person_id,
            PlaceAsk.enrolment_id,
            PlaceRun.scheme,
            PlaceRun.item,
            PlaceRun.training,
            PlaceRun.starts_on,
            PlaceRun.ends_on,
            PlaceRun.cost_pence,
            PlaceRun.price_to_pa_pence,
            PlaceRun.council_pence,
        )
        .join(PlaceRun, PlaceRun.id == PlaceAsk.run_id)
        .where(condition, PlaceAsk.state == PlaceState.ATTENDED)
        .order_by(PlaceRun.starts_on, PlaceAsk.id)
    )
    return [AttendedPlace(*row) for row in columns(db, wanted, {})]


def _run(row: Mapping[Any, Any]) -> RunView:
    values = dict(row)
    title, title_cy, called_off_at = values.pop("title"), values.pop("title_cy"), values.pop("called_off_at")
    values["areas"] = tuple(values["areas"])
    return RunView(**values, title=Words(en=title, cy=title_cy), called_off=called_off_at is not None)


ANY: tuple[Select[UUID], ...] = (
    select(PlaceAsk.id).where(PlaceAsk.person_id == bindparam("places_of"), PlaceAsk.state == PlaceState.OFFERED),
    select(PlaceAsk.id)
    .join(PlaceRun, PlaceRun.id == PlaceAsk.run_id)
    .where(PlaceRun.authority_id.in_(bindparam("places_in", expanding=True)), PlaceAsk.state == PlaceState.ASKED),
)
"""Whether somebody has an offer, and whether anybody asked behind some walls."""
