"""What an authority set for its desk, and the lists its coordinators saved for themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.programme.desk.events import DeskSet
from lms.programme.desk.models import DeskSetting, SavedView
from lms.programme.desk.rules import DAYS, LEAST_DAYS, MOST_DAYS, Limits, Who

MOST_VIEWS = 30
"""Lists one person may have saved: more than anybody finds again."""

MOST_A_MONTH = 100_000


@dataclass(frozen=True)
class Setting:
    """From how many days on a wait is stuck, and how many people a month are the target; None: there is none."""

    limits: Limits
    target_started: int | None = None
    target_completed: int | None = None


def setting_of(db: Db, authority_id: UUID) -> Setting:
    """What holds at an authority. One query."""
    row = columns(db, _SETTING, {"authority_id": authority_id}).one_or_none()
    if row is None:
        return Setting(Limits())
    days = {who: int(row.days.get(who.value, DAYS[who])) for who in Who}
    return Setting(Limits(days), row.target_started, row.target_completed)


_SETTING = select(DeskSetting.days, DeskSetting.target_started, DeskSetting.target_completed).where(
    DeskSetting.authority_id == bindparam("authority_id")
)


def set_desk(
    db: Db,
    *,
    authority_id: UUID,
    days: Mapping[Who, int],
    target_started: int | None,
    target_completed: int | None,
    by: UUID,
    now: datetime,
) -> None:
    """Set all of it anew. Refused for days or targets that nobody could mean; the same again changes nothing."""
    if any(not LEAST_DAYS <= days[who] <= MOST_DAYS for who in Who):
        raise Refused(N_("Give between %(least)s and %(most)s days."), least=LEAST_DAYS, most=MOST_DAYS)
    if any(each is not None and not 0 <= each <= MOST_A_MONTH for each in (target_started, target_completed)):
        raise Refused(N_("Give a target of people a month as a whole number, or leave it empty."))
    if setting_of(db, authority_id) == Setting(Limits(dict(days)), target_started, target_completed):
        return
    row = db.get(DeskSetting, authority_id) or DeskSetting(authority_id=authority_id)
    row.days = {who.value: days[who] for who in Who}
    row.target_started, row.target_completed = target_started, target_completed
    row.set_by, row.set_at = by, now
    db.add(row)
    db.flush()
    fact = DeskSet(
        about=by,
        authority_id=authority_id,
        days=tuple(f"{who.value}:{days[who]}" for who in Who),
        target_started=target_started,
        target_completed=target_completed,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


@dataclass(frozen=True)
class ViewSaved:
    """A list somebody saved under a name: what it was narrowed to."""

    id: UUID
    name: str
    asked: Mapping[str, Any]


def views_of(db: Db, person_id: UUID, authority_id: UUID) -> list[ViewSaved]:
    """The lists somebody saved for themself at an authority, by name. One query."""
    rows = columns(db, _VIEWS, {"person_id": person_id, "authority_id": authority_id})
    return [ViewSaved(*row) for row in rows]


_VIEWS = (
    select(SavedView.id, SavedView.name, SavedView.asked)
    .where(SavedView.person_id == bindparam("person_id"), SavedView.authority_id == bindparam("authority_id"))
    .order_by(SavedView.name)
)


def save_view(
    db: Db, *, id: UUID, person_id: UUID, authority_id: UUID, name: str, asked: Mapping[str, str], now: datetime
) -> None:
    """Save a list under a name; the same form twice saves it once. Refused for a name that is taken or too many."""
    called = " ".join(name.split())
    if not called or len(called) > 80:
        raise Refused(N_("Give the list a name of up to 80 letters."))
    if db.get(SavedView, id) is not None:
        return
    if len(views_of(db, person_id, authority_id)) >= MOST_VIEWS:
        raise Refused(N_("You have saved %(most)s lists. Take one away first."), most=MOST_VIEWS)
    row = SavedView(id=id, person_id=person_id, authority_id=authority_id, name=called, asked=dict(asked), saved_at=now)
    if not add_once(db, row):
        raise Refused(N_("You have a list with this name. Give it another one, or take the old one away first."))


def drop_view(db: Db, *, view_id: UUID, person_id: UUID) -> UUID:
    """Take one's own saved list away; gives whose desk it was on. Raises NotFound for anybody else's."""
    row = db.get(SavedView, view_id)
    if row is None or row.person_id != person_id:
        raise NotFound("view")
    authority_id = row.authority_id
    db.execute(delete(SavedView).where(SavedView.id == view_id))
    return authority_id
