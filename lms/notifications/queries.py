"""Read notices: what one person was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.db import Db
from lms.core.words import Say
from lms.notifications.models import Notice
from lms.notifications.texts import KINDS, write


@dataclass(frozen=True)
class NoticeView:
    """A notice as its reader sees it on the page; `path` leads to what it is about."""

    subject: str
    body: str
    path: str
    made_at: datetime


def notices_of(db: Db, person_id: UUID, say: Say, *, limit: int = 50) -> list[NoticeView]:
    """The latest notices to a person, newest first; those with a secret link are only in the mail."""
    shown = [kind for kind, text in KINDS.items() if text.on_page]
    rows = db.scalars(
        select(Notice)
        .where(Notice.person_id == person_id, Notice.kind.in_(shown))
        .order_by(Notice.made_at.desc())
        .limit(limit)
    )
    written = ((row, write(row.kind, {**row.values, "name": row.name, "secret": ""}, "", say)) for row in rows)
    return [NoticeView(text.subject, text.body, text.link, row.made_at) for row, text in written]
