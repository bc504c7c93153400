"""Packs of claims: asked for on a page, or frozen by itself when a claim is sent in; what goes into them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.i18n import Language
from lms.core.words import NotFound
from lms.core.work import later
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import queries as claims
from lms.funding.claims.events import ClaimSubmitted
from lms.funding.claims.proving import to_prove
from lms.funding.claims.queries import ClaimView
from lms.funding.evidence.contents import Contents, Head, LineSaid, put_together
from lms.funding.evidence.models import ClaimPack
from lms.funding.evidence.packing import PACK
from lms.funding.evidence.queries import findings_in, held_for
from lms.funding.vocabulary import ClaimShape
from lms.people import queries as people


@dataclass(frozen=True, kw_only=True)
class PackView:
    """A pack of a claim. `sha256` and `size` are None while the worker makes it; `gone` when records were cleared."""

    id: UUID
    claim_id: UUID
    submitted: bool
    asked_at: datetime
    sha256: str | None
    size: int | None
    gone: bool


def packs_of(db: Db, claim_id: UUID, *, limit: int = 10) -> list[PackView]:
    """The newest packs of a claim, the newest first. The caller has looked at the wall."""
    newest = select(ClaimPack).where(ClaimPack.claim_id == claim_id).order_by(ClaimPack.asked_at.desc(), ClaimPack.id)
    return [_view(row) for row in db.scalars(newest.limit(limit))]


def pack_of(db: Db, claim_id: UUID, pack_id: UUID) -> PackView:
    """One pack of a claim. Raises NotFound."""
    row = db.get(ClaimPack, pack_id)
    if row is None or row.claim_id != claim_id:
        raise NotFound("pack")
    return _view(row)


def _view(row: ClaimPack) -> PackView:
    return PackView(
        id=row.id,
        claim_id=row.claim_id,
        submitted=row.submission_id is not None,
        asked_at=row.asked_at,
        sha256=row.sha256,
        size=row.size,
        gone=not row.contents,
    )


def ask(db: Db, *, pack_id: UUID, claim: ClaimView, language: str, by: UUID, now: datetime) -> UUID:
    """Ask for a pack of a claim as it stands now; returns its id. Asked twice with the same `pack_id`, it is one.

    A pack that was frozen when the claim was sent in stays beside it.
    """
    contents = gather(db, claim, on=london_day(now), submission=None, language=language)
    row = ClaimPack(
        id=pack_id,
        claim_id=claim.id,
        submission_id=None,
        language=language,
        contents=contents.as_data(),
        asked_by=by,
        asked_at=now,
    )
    if add_once(db, row):
        later(db, PACK, str(pack_id), now=now)
    return pack_of(db, claim.id, pack_id).id


def freeze(db: Db, fact: ClaimSubmitted, now: datetime) -> None:
    """A claim was sent in: what goes to the payer is put together now, and made by the worker. Told twice, once."""
    there = select(ClaimPack.id).where(ClaimPack.submission_id == fact.submission_id)
    if db.scalar(there) is not None:  # one fact comes for each line
        return
    sent = claims.submission(db, fact.submission_id)
    claim = claims.claim(db, fact.claim_id, within=[sent.authority_id])
    contents = gather(db, claim, on=sent.on_day, submission=sent.number, language=Language.ENGLISH)
    row = ClaimPack(
        id=uuid4(),
        claim_id=claim.id,
        submission_id=fact.submission_id,
        language=Language.ENGLISH,
        contents=contents.as_data(),
        asked_by=None,
        asked_at=now,
    )
    if add_once(db, row):
        later(db, PACK, str(row.id), now=now)


def gather(db: Db, claim: ClaimView, *, on: date, submission: int | None, language: str) -> Contents:
    """Everything that goes into a pack of a claim on a day. A constant number of queries."""
    lines = to_prove(db, claim.id)
    held = held_for(db, lines)
    scheme = schemes_for(db, claim.authority_id, on=on).by_code.get(claim.scheme)
    head = Head(
        reference=claim.reference,
        application=claim.shape is ClaimShape.APPLICATION,
        scheme=claim.scheme,
        scheme_edition=claim.scheme_edition,
        scheme_title=claim.scheme_title.text(language),
        administrator=scheme.administrator if scheme else "",
        claimant=claim.claimant_name,
        authority=people.organisation(db, claim.authority_id).called(language),
        submission=submission,
        day=on,
        total=claim.payable_pence,
        cost_known=claim.sums.cost_known,
    )
    said = {line.id: LineSaid(item=line.item_title.text(language), amount=line.payable_pence) for line in claim.lines}
    return put_together(head, lines, said, held, findings_in(held, lines, on=on))
