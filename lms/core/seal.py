"""The tamper-evident chain over event rows: sealed in batches by the worker, checked by the doctor.

A link is SHA-256(previous link + event id + event digest). Whoever changes, removes or slips in a fact breaks the
chain from there on; whoever rewrites the whole chain meets the head that was kept outside the database each day.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import Select, func, select, text

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import digest_of
from lms.core.models import EventRow, SealRow

log = structlog.get_logger(__name__)

START = "0" * 64
BATCH = 1000
LOOK_BACK = 100_000
"""Numbers are given out before a transaction commits, so a late one may lie behind; so far behind none lies."""


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many facts are sealed, and the hash over all of them."""

    position: int
    chain: str


def head(db: Db) -> Head:
    """Where the chain ends now; position 0 before the first seal."""
    last = db.scalars(select(SealRow).order_by(SealRow.position.desc()).limit(1)).first()
    return Head(last.position, last.chain) if last else Head(0, START)


def seal_batch(db: Db, *, now: datetime, thorough: bool = False) -> int:
    """Seal up to BATCH unsealed facts, oldest first; returns how many. Run again until it returns 0.

    Looks back over the last LOOK_BACK facts; `thorough` looks at all there ever were.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(736501)"))  # one sealer at a time; writers never wait for it
    end = head(db)
    unsealed = _unsealed().with_only_columns(EventRow.id, EventRow.digest).order_by(EventRow.id).limit(BATCH)
    if not thorough:
        last = db.scalar(select(func.max(SealRow.event_id))) or 0
        unsealed = unsealed.where(EventRow.id > last - LOOK_BACK)
    chain, position = end.chain, end.position
    for event_id, digest in db.execute(unsealed).all():
        position, chain = position + 1, _link(chain, event_id, digest)
        db.add(SealRow(position=position, event_id=event_id, chain=chain, sealed_at=now))
    db.flush()
    return position - end.position


def faults(db: Db, kept: Path) -> Iterator[str]:
    """Walk the whole chain and say what is wrong, first bad entry first; nothing when all is well.

    `kept` is the folder in which the daily heads lie.
    """
    heads: dict[int, set[str]] = {}
    for path, witness in _kept_heads(kept):
        if witness is None:
            yield f"The kept head {path.name} cannot be read."
            return
        heads.setdefault(witness.position, set()).add(witness.chain)
    if fault := _fault_in_chain(db, heads) or _fault_behind_it(db):
        yield fault


def _fault_in_chain(db: Db, heads: Mapping[int, set[str]]) -> str | None:
    chain, position = START, 0
    rows = db.execute(
        select(SealRow, EventRow).outerjoin(EventRow, EventRow.id == SealRow.event_id).order_by(SealRow.position)
    ).yield_per(BATCH)
    for seal, row in rows:
        position += 1
        if fault := _fault_at(position, chain, seal, row):
            return fault
        chain = seal.chain
        if heads.get(position, {chain}) != {chain}:
            return f"The chain up to place {position} was rewritten: it differs from the head kept outside."
    if heads and max(heads) > position:
        return f"The chain was cut: {max(heads)} facts were sealed before, {position} are left."
    return None


def _fault_at(position: int, chain: str, seal: SealRow, row: EventRow | None) -> str | None:
    if row is None:
        return f"Fact {seal.event_id} (place {seal.position} in the chain) is missing."
    if seal.position != position or seal.chain != _link(chain, row.id, row.digest):
        return f"The chain breaks at fact {row.id} (place {position})."
    if _was_changed(row):
        return f"Fact {row.id} ({row.kind}, place {position}) was changed after it was written."
    return None


def _fault_behind_it(db: Db) -> str | None:
    for row in db.scalars(_unsealed().order_by(EventRow.id)).yield_per(BATCH):
        if _was_changed(row):
            return f"Fact {row.id} ({row.kind}, not sealed yet) was changed after it was written."
    return None


def _was_changed(row: EventRow) -> bool:
    if row.salt is None:  # erased: its digest stays as a witness that it was there, and nothing may stand in its place
        return bool(row.data)
    return digest_of(row) != row.digest


def _unsealed() -> Select[EventRow]:
    sealed = select(SealRow.event_id).where(SealRow.event_id == EventRow.id)
    return select(EventRow).where(~sealed.exists())


def keep_head(db: Db, kept: Path, *, now: datetime) -> Path:
    """Write today's head into a file outside the database; a later head of the same day replaces it.

    It does not when the chain no longer holds what the file witnesses: then the file stays, for the doctor to find.
    """
    kept.mkdir(parents=True, exist_ok=True)
    end = head(db)
    path = kept / f"{london_day(now).isoformat()}.json"
    if path.exists() and not _holds(db, path):
        log.error("chain_differs_from_kept_head", head=path.name)
        return path
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"position": end.position, "chain": end.chain, "at": now.isoformat()}) + "\n")
    fresh.replace(path)
    return path


def _holds(db: Db, path: Path) -> bool:
    entry = _kept_head(path)
    if entry is None or entry.position == 0:
        return entry is not None
    there = db.scalar(select(SealRow.chain).where(SealRow.position == entry.position))
    return there == entry.chain


def unsealed_count(db: Db) -> int:
    """How many facts still wait for their seal."""
    facts = db.scalar(select(func.count()).select_from(EventRow)) or 0
    seals = db.scalar(select(func.count()).select_from(SealRow)) or 0
    return facts - seals


def _link(previous: str, event_id: int, digest: str) -> str:
    return hashlib.sha256(f"{previous}{event_id}:{digest}".encode()).hexdigest()


def _kept_heads(kept: Path) -> Iterator[tuple[Path, Head | None]]:
    return ((path, _kept_head(path)) for path in sorted(kept.glob("*.json")))


def _kept_head(path: Path) -> Head | None:
    """The head in a file; None when the file is not one any more."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        return Head(int(entry["position"]), str(entry["chain"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
