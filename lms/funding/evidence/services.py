"""Write evidence: files, and what was read off them. Services flush; whoever calls commits.

Whoever calls has looked at the claim's wall and says what they found as `About`; so nothing here reads claims.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record_all
from lms.core.files import Files, keep
from lms.core.spelling import clean_text, visible
from lms.core.words import N_, NotFound, Refused
from lms.funding.evidence import events
from lms.funding.evidence.models import LONGEST_FACT, LONGEST_NAME, ClaimFile, ClaimFileRead
from lms.funding.evidence.queries import ToProve
from lms.funding.evidence.rules import InvoiceFacts
from lms.funding.evidence.shrinking import Ready
from lms.funding.vocabulary import EvidenceKind

MOST_PENCE = 100_000_000
MOST_LEARNERS = 1000
_CLOSED = N_("This claim was sent in, so its evidence stays as it is. Once the payer asks for more, you can add it.")
_FULL = N_("The payer takes at most %(most)s files of one kind. Take one out before you add another.")
_ONCE = N_("Something was saved from this page before. Open the page anew to add something else.")


@dataclass(frozen=True)
class About:
    """The claim that something is handed in for: whether its evidence may still change, and its lines."""

    claim_id: UUID
    authority_id: UUID
    open: bool
    lines: tuple[ToProve, ...] = field(repr=False)

    def line(self, line_id: UUID | None) -> ToProve | None:
        """One of its lines; None for the whole claim. Raises NotFound for a line of another claim."""
        if line_id is None:
            return None
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise NotFound("line")

    def learners(self, line_id: UUID | None) -> list[UUID]:
        """Whose records a line, or the whole claim, belongs to."""
        return list(dict.fromkeys(each.learner_id for each in self.lines if line_id in (None, each.line_id)))

    def must_be_open(self) -> None:
        """Refuse once the claim was sent in."""
        if not self.open:
            raise Refused(_CLOSED)


def add_file(
    db: Db,
    files: Files,
    *,
    file_id: UUID,
    about: About,
    line_id: UUID | None,
    kind: EvidenceKind,
    ready: Ready,
    name: str,
    by: UUID,
    now: datetime,
) -> None:
    """Hand in a file with a claim, for one line or, without `line_id`, for all of it.

    `file_id` is the form's once-only number: sent twice, it is one file. Refused once the claim was sent in, for a
    kind the scheme does not ask for, for the same file a second time, and for more files than the payer takes.
    """
    about.must_be_open()
    line = about.line(line_id)
    if line is None and len(about.lines) == 1:  # a claim of one line is that line
        line = about.lines[0]
    taken = line.needs.taken if line else {k for each in about.lines for k in each.needs.taken}
    if kind not in taken:
        raise Refused(N_("This scheme does not ask for that kind of evidence here."))
    row = ClaimFile(
        id=file_id,
        origin_id=file_id,
        claim_id=about.claim_id,
        line_id=line.line_id if line else None,
        kind=kind,
        sha256=keep(db, files, ready.data, ready.media_type, now=now),
        came_sha256=ready.came,
        media_type=ready.media_type,
        size=len(ready.data),
        smaller=ready.smaller,
        name=_name(name),
        by=by,
        at=now,
    )
    there = db.get(ClaimFile, file_id)
    if there is None:
        _room_for(db, row, _most(line, about))
    if there is not None or not add_once(db, row):
        there = there or db.get_one(ClaimFile, file_id)
        if (there.claim_id, there.came_sha256, there.kind) != (about.claim_id, ready.came, kind):
            raise Refused(_ONCE)
        return
    facts = [
        events.ClaimFileAdded(about=learner, claim_id=about.claim_id, file_id=file_id, kind=kind, sha256=row.sha256)
        for learner in about.learners(row.line_id)
    ]
    record_all(db, facts, by=by, now=now, behalf=about.authority_id)


def _name(typed: str) -> str:
    """The last part of a file's name as its owner knows it: shown to whoever looks, never used as a path."""
    last = visible(typed).replace("\\", "/").rsplit("/", 1)[-1].strip()
    return last[-LONGEST_NAME:]


def _most(line: ToProve | None, about: About) -> int:
    return min(each.needs.most_files for each in ((line,) if line else about.lines))


def _room_for(db: Db, row: ClaimFile, most: int) -> None:
    here = select(ClaimFile).where(ClaimFile.claim_id == row.claim_id, ClaimFile.out_at.is_(None))
    for each in db.scalars(here.where(ClaimFile.came_sha256 == row.came_sha256, ClaimFile.kind == row.kind)):
        if each.line_id in (None, row.line_id) or row.line_id is None:
            raise Refused(N_("This file is here already."))
    beside = here.where(ClaimFile.kind == row.kind)
    if row.line_id is not None:  # the payer counts what comes with a line, be it the line's own or the whole claim's
        beside = beside.where(ClaimFile.line_id.is_(None) | (ClaimFile.line_id == row.line_id))
    else:
        beside = beside.where(ClaimFile.line_id.is_(None))
    if (db.scalar(select(func.count()).select_from(beside.subquery())) or 0) >= most:
        raise Refused(_FULL, most=most)


def take_out(db: Db, *, file_id: UUID, about: About, by: UUID, now: datetime) -> None:
    """Take a file out of a claim that was not sent in; again changes nothing. NotFound for a file of another claim."""
    about.must_be_open()
    row = _file(db, file_id, about)
    if row.out_at is not None:
        return
    taken = update(ClaimFile).where(ClaimFile.id == file_id, ClaimFile.out_at.is_(None))
    if not db.scalars(taken.values(out_at=now, out_by=by).returning(ClaimFile.id)).all():
        return
    facts = [
        events.ClaimFileTakenOut(about=learner, claim_id=about.claim_id, file_id=file_id, kind=row.kind)
        for learner in about.learners(row.line_id)
    ]
    record_all(db, facts, by=by, now=now, behalf=about.authority_id)


def read_off(
    db: Db, *, read_id: UUID, file_id: UUID, about: About, facts: InvoiceFacts, by: UUID, now: datetime
) -> None:
    """Type in what a proof of payment says, or type it in anew; the latest counts.

    Refused for amounts and numbers that no invoice has, for days long ago or to come, and where something is missing.
    """
    about.must_be_open()
    row = _file(db, file_id, about)
    if row.out_at is not None:
        raise NotFound("file")
    _check(facts, london_day(now))
    said = _said(facts)
    if not (said["payer"] and said["payee"] and said["course"]):
        raise Refused(N_("Type in who paid, who was paid and for what, as the invoice says it."))
    if not add_once(db, ClaimFileRead(id=read_id, file_id=file_id, **said, by=by, at=now)):
        there = db.scalars(select(ClaimFileRead).where(ClaimFileRead.id == read_id)).one()
        if there.file_id != file_id or any(getattr(there, name) != value for name, value in said.items()):
            raise Refused(_ONCE)
        return
    told = [
        events.ClaimFileRead(about=learner, claim_id=about.claim_id, file_id=file_id)
        for learner in about.learners(row.line_id)
    ]
    record_all(db, told, by=by, now=now, behalf=about.authority_id)


def _said(facts: InvoiceFacts) -> dict[str, Any]:
    said = dict(vars(facts))
    said.update({each: clean_text(said[each], LONGEST_FACT) for each in ("payer", "payee", "course")})
    said["amount_pence"] = said.pop("amount")
    return said


def _check(facts: InvoiceFacts, today: date) -> None:
    if not 0 < facts.amount <= MOST_PENCE:
        raise Refused(N_("Enter the amount of the invoice, above £0.00 and up to £1,000,000.00."))
    if not 0 < facts.learners <= MOST_LEARNERS:
        raise Refused(N_("Enter for how many learners the invoice is, from 1 to 1,000."))
    if facts.invoiced_on > today or (facts.paid_on and facts.paid_on > today):
        raise Refused(N_("The days on an invoice and a receipt have to be today or in the past."))


def _file(db: Db, file_id: UUID, about: About) -> ClaimFile:
    row = db.get(ClaimFile, file_id)
    if row is None or row.claim_id != about.claim_id:
        raise NotFound("file")
    return row
