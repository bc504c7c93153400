"""Keep learners' numbers: sealed, one of a kind in an authority, shown only to the desk, and noted when they are."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select

from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.locked import Locker
from lms.core.words import N_, Refused
from lms.funding.evidence import events, numbers
from lms.funding.evidence.models import LearnerNumber
from lms.funding.evidence.vocabulary import NumberKind

PURPOSE = "learner numbers"
"""What the key is for that seals them (`lms.core.locked`)."""


def keep_number(
    db: Db,
    locker: Locker,
    *,
    number_id: UUID,
    learner_id: UUID,
    authority_id: UUID,
    kind: NumberKind,
    typed: str,
    by: UUID,
    now: datetime,
) -> None:
    """Keep a learner's number, sealed; it takes the place of an earlier one, of which nothing is left.

    Refused when it cannot be a number of its kind, with how to mend it. The same number again changes nothing.
    """
    number = numbers.spelled(kind, typed)
    if not numbers.well_formed(kind, number):
        raise Refused(numbers.TROUBLES[kind])
    digest = locker.mark(number)
    there = db.scalars(_counting(learner_id, authority_id, [kind])).first()
    if there is not None and there.digest == digest:
        return
    _drop(db, learner_id, authority_id, [kind], now)
    row = LearnerNumber(
        id=number_id,
        learner_id=learner_id,
        authority_id=authority_id,
        kind=kind,
        sealed=locker.lock(number, about=str(number_id)),
        digest=digest,
        by=by,
        at=now,
    )
    if not add_once(db, row):
        raise Refused(N_("Somebody else typed in a number at the same moment. Look at it again."))
    fact = events.LearnerNumberKept(about=learner_id, authority_id=authority_id, kind=kind)
    record(db, fact, by=by, now=now, behalf=authority_id)


def delete_numbers(
    db: Db, *, learner_id: UUID, authority_id: UUID, kinds: Collection[NumberKind], by: UUID | None, now: datetime
) -> None:
    """Delete a learner's numbers in an authority; those that are gone already change nothing."""
    for kind in _drop(db, learner_id, authority_id, kinds, now):
        fact = events.LearnerNumberDeleted(about=learner_id, authority_id=authority_id, kind=kind)
        record(db, fact, by=by, now=now, behalf=authority_id)


def _drop(
    db: Db, learner_id: UUID, authority_id: UUID, kinds: Collection[NumberKind], now: datetime
) -> list[NumberKind]:
    rows = db.scalars(_counting(learner_id, authority_id, kinds)).all()
    for row in rows:
        row.sealed, row.digest, row.gone_at = None, None, now
    db.flush()
    return [row.kind for row in rows]


def _counting(learner_id: UUID, authority_id: UUID, kinds: Collection[NumberKind]) -> Select[LearnerNumber]:
    return select(LearnerNumber).where(
        LearnerNumber.learner_id == learner_id,
        LearnerNumber.authority_id == authority_id,
        LearnerNumber.kind.in_(kinds),
        LearnerNumber.gone_at.is_(None),
    )


def numbers_shown(
    db: Db, locker: Locker, *, learner_id: UUID, authority_id: UUID, claim_id: UUID, by: UUID, now: datetime
) -> dict[NumberKind, str | None]:
    """A learner's numbers in full, for whoever works on a claim; that they were seen is noted.

    None stands for one that can no longer be opened, because the key of PALMS was changed.
    """
    rows = db.scalars(_counting(learner_id, authority_id, list(NumberKind))).all()
    if rows:
        fact = events.LearnerNumbersSeen(about=learner_id, authority_id=authority_id, claim_id=claim_id)
        record(db, fact, by=by, now=now, behalf=authority_id)
    return {row.kind: locker.open(row.sealed or b"", about=str(row.id)) for row in rows}
