"""The tamper-evident chain over event rows: sealed in batches by the worker, checked by the doctor.

A link is SHA-256(previous link + event id + event digest). Whoever changes, removes or slips in a fact breaks the
chain from there on; whoever rewrites the whole chain meets the head that was kept outside the database each day.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, text

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import digest_of
from lms.core.models import EventRow, SealRow

START = "0" * 64
BATCH = 1000


@dataclass(frozen=True)
class Head:
    """The end of the chain: how many facts are sealed, and the hash over all of them."""

    position: int
    chain: str


def head(db: Db) -> Head:
    """Where the chain ends now; position 0 before the first seal."""
    last = db.scalars(select(SealRow).order_by(SealRow.position.desc()).limit(1)).first()
    return Head(last.position, last.chain) if last else Head(0, START)


def seal_batch(db: Db, *, now: datetime) -> int:
    """Seal up to BATCH unsealed facts, oldest first; returns how many. Run again until it returns 0."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(736501)"))  # one sealer at a time; writers never wait for it
    end = head(db)
    unsealed = (
        select(EventRow.id, EventRow.digest)
        .outerjoin(SealRow, SealRow.event_id == EventRow.id)
        .where(SealRow.event_id.is_(None))
        .order_by(EventRow.id)
        .limit(BATCH)
    )
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
    heads = _kept_heads(kept)
    chain, position = START, 0
    rows = db.execute(
        select(SealRow, EventRow).outerjoin(EventRow, EventRow.id == SealRow.event_id).order_by(SealRow.position)
    ).yield_per(BATCH)
    for seal, row in rows:
        position += 1
        if row is None:
            yield f"Fact {seal.event_id} (place {seal.position} in the chain) is missing."
            return
        if seal.position != position or seal.chain != _link(chain, row.id, row.digest):
            yield f"The chain breaks at fact {row.id} (place {position})."
            return
        if row.salt is not None and digest_of(row) != row.digest:
            yield f"Fact {row.id} ({row.kind}, place {position}) was changed after it was written."
            return
        chain = seal.chain
        if heads.get(position, chain) != chain:
            yield f"The chain up to place {position} was rewritten: it differs from the head kept outside."
            return
    if heads and max(heads) > position:
        yield f"The chain was cut: {max(heads)} facts were sealed before, {position} are left."


def keep_head(db: Db, kept: Path, *, now: datetime) -> Path:
    """Write today's head into a file outside the database; a later head of the same day replaces it."""
    kept.mkdir(parents=True, exist_ok=True)
    end = head(db)
    path = kept / f"{london_day(now).isoformat()}.json"
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps({"position": end.position, "chain": end.chain, "at": now.isoformat()}) + "\n")
    fresh.replace(path)
    return path


def unsealed_count(db: Db) -> int:
    """How many facts still wait for their seal."""
    facts = db.scalar(select(func.count()).select_from(EventRow)) or 0
    seals = db.scalar(select(func.count()).select_from(SealRow)) or 0
    return facts - seals


def _link(previous: str, event_id: int, digest: str) -> str:
    return hashlib.sha256(f"{previous}{event_id}:{digest}".encode()).hexdigest()


def _kept_heads(kept: Path) -> dict[int, str]:
    found = (json.loads(path.read_text()) for path in sorted(kept.glob("*.json")))
    return {entry["position"]: entry["chain"] for entry in found if entry["position"]}
