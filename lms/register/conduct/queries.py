"""Read codes of conduct: the versions an authority published in the browser, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.register.conduct.models import ConductVersion


@dataclass(frozen=True)
class ConductView:
    """A published version: what the PA says they will do, from which day, and how long re-accepting may take.

    `reaccept_days` are for PAs who are listed with an earlier version. `news` says what is new, if anybody wrote it.
    """

    version: str
    from_day: date
    commitments: tuple[Words, ...]
    reaccept_days: int
    news: Words | None = None


_PUBLISHED = (
    select(
        ConductVersion.version,
        ConductVersion.valid_from,
        ConductVersion.commitments,
        ConductVersion.reaccept_days,
        ConductVersion.news,
    )
    .where(ConductVersion.authority_id == bindparam("authority_id"), ConductVersion.valid_from.is_not(None))
    .order_by(ConductVersion.valid_from)
)


def versions(db: Db, authority_id: UUID) -> tuple[ConductView, ...]:
    """What an authority published, also for days to come. One query."""
    rows = columns(db, _PUBLISHED, {"authority_id": authority_id})
    return tuple(_view(row) for row in rows)


def current(db: Db, authority_id: UUID, on: date) -> ConductView | None:
    """The published version that holds on a day; None while none does."""
    return holding_on(versions(db, authority_id), on)


def holding_on(published: Sequence[ConductView], on: date) -> ConductView | None:
    """The newest of these versions, in their order, that holds on a day."""
    come = [one for one in published if one.from_day <= on]
    return come[-1] if come else None


def _view(row: Row[str, date | None, list[dict[str, Any]], int, dict[str, Any]]) -> ConductView:
    version, valid_from, commitments, reaccept_days, news = row
    assert valid_from is not None
    return ConductView(
        version=version,
        from_day=valid_from,
        commitments=tuple(Words(**each) for each in commitments),
        reaccept_days=reaccept_days,
        news=Words(**news) if news.get("en") else None,
    )
