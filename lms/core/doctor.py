"""Looks at a whole site and says how it is: each finding well, worth knowing, or wrong. It changes nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select, text

from lms.core import health, seal
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow, FileRow, SealRow, WorkRow
from lms.core.settings import unknown_settings
from lms.core.telling import Tell, tell_nobody
from lms.core.words import NotFound

LATE = timedelta(hours=1)
"""A worker that runs is never this late."""

OFTEN = 5
"""Tries after which failing work needs a person."""

LEAST_FREE = 1 << 30
"""Bytes that should be free on the disk of the data folder."""

NAMED = 20
"""At most so many files are named one by one."""


class Level(StrEnum):
    """How serious a finding is. Only WRONG makes the doctor unhappy."""

    WELL = "well"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in a sentence."""

    level: Level
    about: str
    sentence: str


Look = Callable[[Db, House, datetime], Iterator[Finding]]
"""One thing to look at in the database. Rooms bring theirs through the house."""


def examine(house: House, *, now: datetime, tell: Tell = tell_nobody) -> Iterator[Finding]:
    """Everything there is to say, in the order an operator would ask; stops when the tables are not there."""
    yield from _settings(house)
    yield (migration := _migration(house))
    yield _disk(house)
    if migration.level is Level.WRONG:
        return
    looks: tuple[Look, ...] = (_engine, _work, _seals, _chain, _heads)
    for look in (*looks, *house.looks):
        with house.database.reading() as db:
            yield from look(db, house, now)
    yield from _files(house, tell)


def _settings(house: House) -> Iterator[Finding]:
    for name in unknown_settings():
        yield Finding(Level.NOTE, "settings", f"{name} is set, and is no setting of PALMS. Is it a slip of the pen?")
    if house.settings.mode == "production" and house.settings.outbox:
        yield Finding(
            Level.NOTE,
            "settings",
            f"Mail is written into {house.settings.outbox}, not sent. Set LMS_MAIL_URL to send it.",
        )


def _migration(house: House) -> Finding:
    state = health.state(house.database)
    if not state.database:
        return Finding(Level.WRONG, "database", "The database does not answer.")
    if not state.ok:
        stands = f"stands at {state.migration}" if state.migration else "has no tables yet"
        return Finding(Level.WRONG, "database", f"It {stands}; this version needs {state.wanted}. Run `lms upgrade`.")
    return Finding(Level.WELL, "database", f"It stands at {state.migration}, as this version needs.")


def _disk(house: House) -> Finding:
    folder = next((p for p in (house.settings.data, *house.settings.data.parents) if p.exists()), None)
    if folder is None:
        return Finding(Level.WRONG, "disk", f"There is no folder {house.settings.data}.")
    disk = shutil.disk_usage(folder)
    free = f"{disk.free / (1 << 30):,.1f} GB of {disk.total / (1 << 30):,.1f} GB are free for {folder}."
    if disk.free < LEAST_FREE:
        return Finding(Level.WRONG, "disk", f"Only {free} Make room: when it is full, nothing can be saved.")
    return Finding(Level.WELL, "disk", free)


def _engine(db: Db, _house: House, _now: datetime) -> Iterator[Finding]:
    if db.get_bind().dialect.name != "sqlite":
        return
    said = [str(row[0]) for row in db.execute(text("PRAGMA integrity_check(5)"))]
    if said != ["ok"]:
        yield Finding(Level.WRONG, "database", f"SQLite finds it damaged: {'; '.join(said)}. Restore a backup.")
    for row in db.execute(text("PRAGMA foreign_key_check")).fetchmany(5):
        yield Finding(Level.WRONG, "database", f"Row {row[1]} of {row[0]} refers to a row of {row[2]} that is gone.")


def _work(db: Db, _house: House, now: datetime) -> Iterator[Finding]:
    undone = select(func.count()).select_from(WorkRow).where(WorkRow.done_at.is_(None))
    waiting = db.scalar(undone) or 0
    overdue = db.scalar(undone.where(WorkRow.not_before < now - LATE)) or 0
    if overdue:
        yield Finding(
            Level.WRONG, "work", f"{overdue:,} jobs wait for more than an hour. Is `lms worker` running? See its log."
        )
    else:
        yield Finding(Level.WELL, "work", f"{waiting:,} jobs wait, none of them for long.")
    failing = select(WorkRow).where(WorkRow.done_at.is_(None), WorkRow.attempts >= OFTEN)
    for row in db.scalars(failing.order_by(WorkRow.created_at).limit(NAMED)):
        kind_of_trouble = (row.trouble or "no reason kept").partition(":")[0]  # the rest may name somebody
        yield Finding(
            Level.WRONG,
            "work",
            f"{row.kind} {row.id} failed {row.attempts} times, the last time with {kind_of_trouble}.",
        )


def _seals(db: Db, _house: House, now: datetime) -> Iterator[Finding]:
    count = seal.unsealed_count(db)
    sealed = select(SealRow.event_id).where(SealRow.event_id == EventRow.id)
    oldest = db.scalar(select(func.min(EventRow.at)).where(~sealed.exists())) if count else None
    if oldest is not None and now - oldest > LATE and not _recent(db, now):
        yield Finding(
            Level.WRONG,
            "seals",
            f"{count:,} facts wait for their seal, one since {oldest:%d %B %Y %H:%M} UTC. Is `lms worker` running?",
        )
    else:
        yield Finding(Level.WELL, "seals", f"{count:,} facts wait for their seal.")


def _recent(db: Db, now: datetime) -> bool:
    last = db.scalar(select(func.max(SealRow.sealed_at)))
    return last is not None and now - last < LATE


def _chain(db: Db, house: House, _now: datetime) -> Iterator[Finding]:
    found = [Finding(Level.WRONG, "chain", fault) for fault in seal.faults(db, house.settings.heads)]
    yield from found
    if not found:
        yield Finding(Level.WELL, "chain", f"All {seal.head(db).position:,} sealed facts are as they were written.")


def _heads(db: Db, house: House, now: datetime) -> Iterator[Finding]:
    kept = sorted(house.settings.heads.glob("*.json"))
    if not kept:
        level = Level.NOTE if seal.head(db).position == 0 else Level.WRONG
        yield Finding(
            level, "heads", f"No head of the chain is kept in {house.settings.heads}. The worker writes them."
        )
        return
    newest = kept[-1].stem
    age = london_day(now) - timedelta(days=2)
    if newest < age.isoformat():
        yield Finding(Level.WRONG, "heads", f"The newest kept head is of {newest}. Is `lms worker` running?")
    else:
        yield Finding(Level.WELL, "heads", f"{len(kept)} kept, the newest of {newest}. Copy them to another machine.")


def _files(house: House, tell: Tell) -> Iterator[Finding]:
    with house.database.reading() as db:
        digests = list(db.scalars(select(FileRow.sha256).order_by(FileRow.stored_at)))
    gone: list[str] = []
    for number, digest in enumerate(digests, 1):
        try:
            with Path(os.devnull).open("wb") as nowhere:
                house.files.fetch(digest, nowhere)
        except NotFound:
            gone.append(digest)
        tell(number, len(digests))
    for digest in gone[:NAMED]:
        yield Finding(Level.WRONG, "files", f"The stored file {digest} is missing or was changed. Restore it.")
    if len(gone) > NAMED:
        yield Finding(Level.WRONG, "files", f"… and {len(gone) - NAMED:,} more.")
    if not gone:
        yield Finding(Level.WELL, "files", f"All {len(digests):,} stored files are there, byte for byte.")
