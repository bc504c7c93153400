"""Evidence goes where its lines go: with drafts that are put together, and into the claim that asks anew."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, select, update

from lms.core.db import Db
from lms.funding.claims import queries as claims
from lms.funding.claims.events import ClaimLineAdded
from lms.funding.evidence.models import ClaimFile, ClaimFileRead
from lms.funding.vocabulary import EvidenceKind


def follow(db: Db, *, emptied: Collection[UUID], into: UUID) -> None:
    """The lines of some drafts went into another one: their files go along, also those for a whole draft."""
    db.execute(update(ClaimFile).where(ClaimFile.claim_id.in_(list(emptied))).values(claim_id=into))


def copy_over(db: Db, fact: ClaimLineAdded, now: datetime) -> None:  # noqa: ARG001  every reaction is given the moment
    """A line asks anew for what another one was refused: what proved that one proves it too. Told twice, once.

    Files for the whole claim come along with the first line that needs them. Who handed them in and when stays.
    """
    if fact.follows_line_id is None:
        return
    there = {tuple(row) for row in db.execute(_known(fact.claim_id))}
    before = claims.line(db, fact.follows_line_id).claim_id
    wanted = select(ClaimFile).where(ClaimFile.claim_id == before, ClaimFile.out_at.is_(None))
    for file in db.scalars(wanted.order_by(ClaimFile.at)).all():
        if file.line_id not in {None, fact.follows_line_id}:
            continue
        line_id = fact.line_id if file.line_id else None
        if (file.came_sha256, file.kind, line_id) not in there:
            _copy(db, file, fact.claim_id, line_id)
    db.flush()


def _known(claim_id: UUID) -> Select[str, EvidenceKind, UUID | None]:
    of_claim = ClaimFile.claim_id == claim_id, ClaimFile.out_at.is_(None)
    return select(ClaimFile.came_sha256, ClaimFile.kind, ClaimFile.line_id).where(*of_claim)


def _copy(db: Db, file: ClaimFile, claim_id: UUID, line_id: UUID | None) -> None:
    same = ("kind", "sha256", "came_sha256", "media_type", "size", "smaller", "name", "by", "at")
    kept = {name: getattr(file, name) for name in same}
    copied = ClaimFile(id=uuid4(), origin_id=file.origin_id, claim_id=claim_id, line_id=line_id, **kept)
    db.add(copied)
    db.flush()
    newest = select(ClaimFileRead).where(ClaimFileRead.file_id == file.id).order_by(ClaimFileRead.turn.desc()).limit(1)
    read = db.scalar(newest)
    if read is not None:
        said = {name: getattr(read, name) for name in _READ}
        db.add(ClaimFileRead(id=uuid4(), file_id=copied.id, **said))


_READ = ("payer", "payee", "course", "amount_pence", "invoiced_on", "paid_on", "learners", "paid_shown", "by", "at")
