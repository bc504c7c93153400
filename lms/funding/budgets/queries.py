"""Read budgets: the pots of an authority and how they stand, one pot by month, what happened to its money."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.core.types import Pence
from lms.core.words import NotFound
from lms.funding.authoring.queries import schemes_for
from lms.funding.budgets.models import BudgetAlert, MoneyEntry, Pot, PotChange
from lms.funding.budgets.rules import Forecast, History, Point, Standing, UnderWay, forecast, month_ends
from lms.funding.budgets.words import Alert, Entry
from lms.funding.claims import money
from lms.funding.prospects import sums as prospects
from lms.funding.scheme import Scheme
from lms.people import queries as people

OLD_ENOUGH = timedelta(weeks=26)
"""How long ago an enrolment has to have begun before it counts as history: twice the twelve weeks that are usual."""

Key = tuple[str, UUID | None]
"""A scheme and a claimant; without one, the pot for whoever has no pot of their own."""


@dataclass(frozen=True, kw_only=True)
class PotView:
    """A pot and how it stands. `id` is None for money of a scheme for which nobody opened a pot."""

    id: UUID | None
    authority_id: UUID
    scheme: str
    title: Words
    organisation_id: UUID | None
    organisation: str | None
    year: str
    first_on: date | None
    last_on: date | None
    standing: Standing


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """Money that was put into a pot or taken out."""

    pence: Pence
    reason: str
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a pot will probably come to, and on what that rests."""

    forecast: Forecast
    history: History
    under_way: tuple[UnderWay, ...]
    could_claim: Pence


@dataclass(frozen=True, kw_only=True)
class AlertView:
    """Something that runs out, of which somebody was told."""

    id: UUID
    authority_id: UUID
    pot_id: UUID | None
    scheme: str
    what: Alert
    pence: Pence
    on_day: date | None
    count: int
    told_at: datetime


def pots(db: Db, authority_id: UUID, *, on: date) -> list[PotView]:
    """The pots of an authority by scheme and organisation, and money for which there is none; five small queries."""
    rows = list(db.scalars(select(Pot).where(Pot.authority_id == authority_id).order_by(Pot.scheme, Pot.scope)))
    allocated = {row.pot_id: int(row.pence) for row in columns(db, _ALLOCATED, {"authority_id": authority_id})}
    stands = _standings(db, authority_id, {(row.scheme, row.organisation_id) for row in rows})
    names = people.organisations(db, {row.organisation_id for row in rows if row.organisation_id})
    schemes = schemes_for(db, authority_id, on=on).by_code
    found = [
        PotView(
            id=row.id,
            authority_id=authority_id,
            scheme=row.scheme,
            title=_title(schemes, row.scheme),
            organisation_id=row.organisation_id,
            organisation=names[row.organisation_id].name if row.organisation_id else None,
            year=row.year,
            first_on=row.first_on,
            last_on=row.last_on,
            standing=stands.pop((row.scheme, row.organisation_id), Standing()).and_(
                Standing(allocated=allocated.get(row.id, 0))
            ),
        )
        for row in rows
    ]
    without = [
        PotView(
            id=None,
            authority_id=authority_id,
            scheme=scheme,
            title=_title(schemes, scheme),
            organisation_id=None,
            organisation=None,
            year="",
            first_on=None,
            last_on=None,
            standing=standing,
        )
        for (scheme, _), standing in sorted(stands.items(), key=lambda each: each[0][0])
    ]
    return [*found, *without]


def pot(db: Db, pot_id: UUID, within: Collection[UUID], *, on: date) -> PotView:
    """One pot. Raises NotFound, the same whether it is absent or behind another wall."""
    authority_id = db.scalar(select(Pot.authority_id).where(Pot.id == pot_id, Pot.authority_id.in_(within)))
    if authority_id is None:
        raise NotFound("pot")
    return next(each for each in pots(db, authority_id, on=on) if each.id == pot_id)


def changes_of(db: Db, pot_id: UUID) -> list[ChangeView]:
    """What was put into a pot and taken out, newest first."""
    rows = list(db.scalars(select(PotChange).where(PotChange.pot_id == pot_id).order_by(PotChange.number.desc())))
    names = people.persons(db, {row.by for row in rows})
    return [ChangeView(pence=row.pence, reason=row.reason, by_name=names[row.by].name, at=row.at) for row in rows]


def by_month(db: Db, one: PotView, *, on: date) -> list[Point]:
    """What was spoken for and spent of a pot at the end of each month of its year, up to a day; one query."""
    if one.first_on is None or one.last_on is None:
        return []
    until = min(on, one.last_on)
    if until < one.first_on:
        return []
    days = db.execute(
        select(MoneyEntry.on_day, *(func.sum(column) for column in _AMOUNTS))
        .where(*_of_pot(db, one))
        .group_by(MoneyEntry.on_day)
        .order_by(MoneyEntry.on_day)
    ).all()
    points = []
    for end in month_ends(one.first_on, until):
        so_far = [[int(amount) for amount in amounts] for day, *amounts in days if day <= end]
        stands = (
            Standing(**dict(zip(_NAMES, map(sum, zip(*so_far, strict=True)), strict=True))) if so_far else Standing()
        )
        points.append(Point(end, stands.committed, stands.spent))
    return points


def outlook(db: Db, one: PotView, now: datetime) -> Outlook:
    """The forecast of a pot: what is known, and the usual share of drafts and of people under way."""
    coming = [
        each
        for each in prospects.coming(db, one.authority_id, one.scheme)
        if _belongs(one, each.claimant_id, _own_pots(db, one))
    ]
    usual = prospects.finished(db, one.authority_id, one.scheme, before=now - OLD_ENOUGH)
    history = _grants(db, one)
    under_way = tuple(
        UnderWay(
            training=each.training,
            people=each.people,
            each=each.pence // each.people,
            history=History(began=usual.get(each.training, (0, 0))[0], finished=usual.get(each.training, (0, 0))[1]),
        )
        for each in coming
        if not each.certified and each.people
    )
    return Outlook(
        forecast=forecast(one.standing, history, under_way),
        history=history,
        under_way=under_way,
        could_claim=sum(each.pence for each in coming if each.certified),
    )


def alerts_in(db: Db, authority_ids: Collection[UUID]) -> list[AlertView]:
    """Alerts that nobody has put away yet, newest first."""
    rows = db.scalars(
        select(BudgetAlert)
        .where(BudgetAlert.authority_id.in_(authority_ids), BudgetAlert.put_away_at.is_(None))
        .order_by(BudgetAlert.told_at.desc(), BudgetAlert.key)
        .limit(50)
    )
    return [
        AlertView(
            id=row.id,
            authority_id=row.authority_id,
            pot_id=row.pot_id,
            scheme=row.scheme,
            what=row.what,
            pence=row.pence,
            on_day=row.on_day,
            count=row.count,
            told_at=row.told_at,
        )
        for row in rows
    ]


def count_alerts(db: Db, authority_ids: Collection[UUID]) -> int:
    """How many alerts nobody has put away yet."""
    return columns(db, _OPEN_ALERTS, {"authority_ids": list(authority_ids)}).scalar_one()


def claimants_in(db: Db, authority_id: UUID) -> list[tuple[UUID, str]]:
    """Organisations that have claimed, or have drafts, with an authority: those a pot can be opened for."""
    asked = select(MoneyEntry.claimant_id).where(MoneyEntry.authority_id == authority_id).distinct()
    ids = {id for id in db.scalars(asked) if id} | {
        d.claimant_id for d in money.drafted(db, authority_id) if d.claimant_id
    }
    return sorted(((id, each.name) for id, each in people.organisations(db, ids).items()), key=lambda each: each[1])


def _standings(db: Db, authority_id: UUID, own: set[Key]) -> dict[Key, Standing]:
    """How the money stands, by the pot it belongs to."""
    found: defaultdict[Key, Standing] = defaultdict(Standing)
    for row in columns(db, _SUMS, {"authority_id": authority_id}):
        key = _key(row.scheme, row.claimant_id, own)
        found[key] = found[key].and_(Standing(**{name: int(getattr(row, name)) for name in _NAMES}))
    for each in money.drafted(db, authority_id):
        key = _key(each.scheme, each.claimant_id, own)
        found[key] = found[key].and_(Standing(drafts=each.pence))
    return found


def _key(scheme: str, claimant_id: UUID | None, own: set[Key]) -> Key:
    return (scheme, claimant_id) if (scheme, claimant_id) in own else (scheme, None)


def _own_pots(db: Db, one: PotView) -> set[UUID]:
    asked = select(Pot.organisation_id).where(Pot.authority_id == one.authority_id, Pot.scheme == one.scheme)
    return {id for id in db.scalars(asked) if id}


def _belongs(one: PotView, claimant_id: UUID | None, own: set[UUID]) -> bool:
    return claimant_id == one.organisation_id if one.organisation_id else claimant_id not in own


def _of_pot(db: Db, one: PotView) -> list[ColumnElement[bool]]:
    mine = [MoneyEntry.authority_id == one.authority_id, MoneyEntry.scheme == one.scheme]
    if one.organisation_id:
        return [*mine, MoneyEntry.claimant_id == one.organisation_id]
    own = _own_pots(db, one)
    return [*mine, MoneyEntry.claimant_id.is_(None) | MoneyEntry.claimant_id.not_in(own)] if own else mine


def _grants(db: Db, one: PotView) -> History:
    row = db.execute(
        select(func.count(), func.sum(MoneyEntry.waiting_pence), func.sum(MoneyEntry.approved_pence)).where(
            MoneyEntry.authority_id == one.authority_id,
            MoneyEntry.scheme == one.scheme,
            MoneyEntry.what.in_([Entry.APPROVED, Entry.REFUSED]),
        )
    ).one()
    count, waiting, approved = row
    return History(decisions=count, decided=-int(waiting or 0), granted=int(approved or 0))


def _title(schemes: Mapping[str, Scheme], code: str) -> Words:
    found = schemes.get(code)
    return found.title if found is not None else Words(en=code)


_NAMES = ("waiting", "approved", "paid", "recovered")
_AMOUNTS = (
    MoneyEntry.waiting_pence,
    MoneyEntry.approved_pence,
    MoneyEntry.paid_pence,
    MoneyEntry.recovered_pence,
)
_SUMS: Select[*tuple[Any, ...]] = (
    select(
        MoneyEntry.scheme,
        MoneyEntry.claimant_id,
        *(func.sum(column).label(name) for name, column in zip(_NAMES, _AMOUNTS, strict=True)),
    )
    .where(MoneyEntry.authority_id == bindparam("authority_id"))
    .group_by(MoneyEntry.scheme, MoneyEntry.claimant_id)
)
_ALLOCATED: Select[*tuple[Any, ...]] = (
    select(PotChange.pot_id, func.sum(PotChange.pence).label("pence"))
    .join(Pot, Pot.id == PotChange.pot_id)
    .where(Pot.authority_id == bindparam("authority_id"))
    .group_by(PotChange.pot_id)
)
ANY_ALERT: Select[UUID] = select(BudgetAlert.id).where(
    BudgetAlert.authority_id.in_(bindparam("budgets_of", expanding=True)), BudgetAlert.put_away_at.is_(None)
)
"""Whether there is any."""
_OPEN_ALERTS = (
    select(func.count())
    .select_from(BudgetAlert)
    .where(BudgetAlert.authority_id.in_(bindparam("authority_ids", expanding=True)), BudgetAlert.put_away_at.is_(None))
)
