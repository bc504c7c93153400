"""Write budgets: open a pot, put money in or take it out, put an alert away. Services flush, views commit."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.types import Pence
from lms.core.words import N_, NotFound, Refused
from lms.funding.authoring.queries import schemes_for
from lms.funding.budgets import queries
from lms.funding.budgets.events import PotChanged
from lms.funding.budgets.models import LONGEST_REASON, BudgetAlert, Pot, PotChange
from lms.people import agreements
from lms.people import queries as people

MOST_PENCE = 100_000_000_000
"""A thousand million pounds: more than any authority has for training."""

_SAY_WHY = N_("Say where this money comes from, or why it goes.")
_AMOUNT = N_("Enter an amount above £0.00.")
_NOT_BELOW = N_("There is only %(money)s in this pot. Take out no more than that.")
_THERE = N_("There is a pot for this scheme and organisation already. Put money into it there.")
_NO_YEAR = N_("This scheme states no year, so a pot cannot be opened for it.")


def open_pot(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    scheme: str,
    organisation_id: UUID | None,
    pence: Pence,
    reason: str,
    by: UUID,
    now: datetime,
) -> UUID:
    """Open a pot for a scheme's year, for one organisation or for all without one of their own; with its first money.

    Sent twice, it is opened once. Refused: a second pot for the same, nothing in it, no reason. Raises NotFound for a
    scheme the authority has not, and for an organisation that is not behind its wall, works with it, or claimed there.
    """
    found = schemes_for(db, authority_id, on=london_day(now)).by_code.get(scheme)
    if found is None:
        raise NotFound("scheme")
    year = found.claim_year
    if year is None or year.first is None or year.last is None:
        raise Refused(_NO_YEAR)
    if organisation_id is not None:
        _refuse_elsewhere(db, authority_id, organisation_id, london_day(now))
    if db.get(Pot, once) is not None:
        return once
    said = _reason(reason)
    if not 0 < pence <= MOST_PENCE:
        raise Refused(_AMOUNT)
    pot = Pot(
        id=once,
        scope=scope_of(authority_id, scheme, organisation_id),
        authority_id=authority_id,
        scheme=scheme,
        organisation_id=organisation_id,
        year=year.label,
        first_on=year.first,
        last_on=year.last,
        opened_by=by,
        opened_at=now,
    )
    if not add_once(db, pot):
        raise Refused(_THERE)
    _change(db, pot, once, pence, said, by=by, now=now)
    return once


def change_pot(
    db: Db, *, once: UUID, pot_id: UUID, within: Collection[UUID], pence: Pence, reason: str, by: UUID, now: datetime
) -> None:
    """Put money into a pot, or take some out (minus), with the reason; sent twice, it counts once.

    Refused: nothing, no reason, and more out than is in it. What is spoken for may be more than is left in it: that is
    shown, and somebody is told.
    """
    pot = db.scalar(select(Pot).where(Pot.id == pot_id, Pot.authority_id.in_(within)).with_for_update())
    if pot is None:
        raise NotFound("pot")
    if db.scalar(select(PotChange.id).where(PotChange.id == once)) is not None:
        return
    said = _reason(reason)
    if pence == 0 or abs(pence) > MOST_PENCE:
        raise Refused(_AMOUNT)
    there = db.scalars(select(func.coalesce(func.sum(PotChange.pence), 0)).where(PotChange.pot_id == pot_id)).one()
    if there + pence < 0:
        raise Refused(_NOT_BELOW, money=f"£{int(there) // 100:,}.{int(there) % 100:02}")
    _change(db, pot, once, pence, said, by=by, now=now)


def put_away(db: Db, *, alert_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> None:
    """Put an alert away: somebody has seen to it. Twice is once. Raises NotFound, also behind another wall."""
    mine = select(BudgetAlert.id).where(BudgetAlert.id == alert_id, BudgetAlert.authority_id.in_(within))
    if db.scalar(mine) is None:
        raise NotFound("alert")
    db.execute(
        update(BudgetAlert)
        .where(BudgetAlert.id == alert_id, BudgetAlert.put_away_at.is_(None))
        .values(put_away_at=now, put_away_by=by)
        .execution_options(synchronize_session=False)
    )


def _refuse_elsewhere(db: Db, authority_id: UUID, organisation_id: UUID, on: date) -> None:
    place = people.organisation(db, organisation_id)
    if place.wall == authority_id or authority_id in agreements.agreed_with(db, [organisation_id], on):
        return
    if organisation_id not in {id for id, _name in queries.claimants_in(db, authority_id)}:
        raise NotFound("organisation")


def scope_of(authority_id: UUID, scheme: str, organisation_id: UUID | None) -> str:
    """What a pot is for, spelled so that there is one of each."""
    return f"{authority_id.hex}/{scheme}/{organisation_id.hex if organisation_id else ''}"


def _change(db: Db, pot: Pot, once: UUID, pence: Pence, reason: str, *, by: UUID, now: datetime) -> None:
    row = PotChange(id=once, pot_id=pot.id, pence=pence, reason=reason, on_day=london_day(now), by=by, at=now)
    if add_once(db, row):
        fact = PotChanged(about=by, authority_id=pot.authority_id, pot_id=pot.id, pence=pence)
        record(db, fact, by=by, now=now, behalf=pot.authority_id)


def _reason(typed: str) -> str:
    said = clean_text(typed, LONGEST_REASON)
    if not said:
        raise Refused(_SAY_WHY)
    return said
