"""Hold records and let them go; try a clearing, confirm it, put it aside. Services flush; views commit."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.core.work import later
from lms.funding.records import queries
from lms.funding.records.events import ClearingConfirmed, RecordsHeld, RecordsLetGo
from lms.funding.records.models import ClearedClaim, RecordClearing, RecordHold, RecordHoldEnd
from lms.funding.records.words import KEEPERS, ClearingState, HoldReason, Outcome
from lms.people import queries as people

LONGEST_NOTE = 500
CLEAR = "funding_records.clear"

Forget = Callable[..., frozenset[str]]
"""What each part of funding offers: takes away what is personal in some claims, and gives up digests of files."""


def hold(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    claim_id: UUID | None = None,
    scheme: str | None = None,
    reason: HoldReason,
    note: str,
    until: date | None,
    by: UUID,
    now: datetime,
) -> None:
    """Keep the records of a claim, or of everything under a scheme, longer; `until` None: until it is ended.

    From this moment on nothing of it is cleared, also not by a clearing that was confirmed before. Refused for a last
    day that is over, for what is cleared already, and where the same form held something else before.
    Raises NotFound for a claim of somebody else.
    """
    keeper(db, by, authority_id, now)
    if until is not None and until < london_day(now):
        raise Refused(N_("The last day is over already. Enter a later one, or leave it empty."))
    _stop_clearings(db, authority_id)
    if claim_id is not None:
        _not_cleared(db, authority_id, claim_id)
    row = RecordHold(
        id=once,
        authority_id=authority_id,
        claim_id=claim_id,
        scheme=None if claim_id else scheme,
        reason=reason,
        note=clean_text(note, LONGEST_NOTE),
        until=until,
        by=by,
        at=now,
    )
    what = (authority_id, row.claim_id, row.scheme, reason, row.note, until)
    if add_once(db, row):
        fact = RecordsHeld(about=by, authority_id=authority_id, hold_id=once, reason=reason.value)
        record(db, fact, by=by, now=now, behalf=authority_id)
        return
    there = db.scalars(select(RecordHold).where(RecordHold.id == once)).one()
    if (there.authority_id, there.claim_id, there.scheme, there.reason, there.note, there.until) != what:
        raise Refused(N_("Something was saved from this page before. Open the page anew."))


def let_go(db: Db, *, hold_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> None:
    """End a hold. The second time changes nothing."""
    found = queries.hold(db, hold_id, within=within)
    keeper(db, by, found.authority_id, now)
    if add_once(db, RecordHoldEnd(hold_id=hold_id, by=by, at=now)):
        fact = RecordsLetGo(about=by, authority_id=found.authority_id, hold_id=hold_id)
        record(db, fact, by=by, now=now, behalf=found.authority_id)


def attempt(db: Db, *, once: UUID, authority_id: UUID, by: UUID, now: datetime) -> int:
    """List what could be cleared today and how many files would go with it; nothing is cleared. How many claims.

    The files are counted by really forgetting and undoing it, so that the list says what would happen. Refused when
    nothing is due, and while another clearing of this authority is not done.
    """
    keeper(db, by, authority_id, now)
    if db.get(RecordClearing, once) is not None:
        return queries.claims_of(db, once, limit=0)[1]
    if any(each.state is ClearingState.CONFIRMED for each in queries.clearings_of(db, [authority_id])):
        raise Refused(N_("A clearing is being done. Wait until it is over."))
    on = london_day(now)
    due = [each for each in queries.due_in(db, authority_id, on) if each.due(on)]
    if not due:
        raise Refused(N_("There is nothing to clear today."))
    files = _files_of(db, [each.claim.id for each in due], now)
    row = RecordClearing(
        id=once, authority_id=authority_id, due_on=on, state=ClearingState.TRIED, made_by=by, made_at=now
    )
    db.add(row)
    db.flush()
    db.add_all(
        ClearedClaim(
            clearing_id=once,
            claim_id=each.claim.id,
            reference=each.claim.reference,
            scheme=each.claim.scheme,
            kept_until=each.kept_until,
            lines=each.claim.lines,
            approved_pence=each.claim.approved_pence,
            paid_pence=each.claim.paid_pence,
            recovered_pence=each.claim.recovered_pence,
            files=files[each.claim.id],
            outcome=Outcome.LISTED,
        )
        for each in due
    )
    db.flush()
    return len(due)


def confirm(db: Db, *, clearing_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> None:
    """Have a clearing done that somebody tried: the worker clears what is still due by then. Twice changes nothing."""
    row = _take(db, clearing_id, within, by, now)
    if row.state in {ClearingState.CONFIRMED, ClearingState.DONE}:
        return
    if row.state is ClearingState.PUT_ASIDE:
        raise Refused(N_("This clearing was put aside. Begin a new one."))
    others = queries.clearings_of(db, [row.authority_id])
    if any(each.state is ClearingState.CONFIRMED for each in others):
        raise Refused(N_("A clearing is being done. Wait until it is over."))
    row.state, row.confirmed_by, row.confirmed_at = ClearingState.CONFIRMED, by, now
    db.flush()
    claims = queries.claims_of(db, clearing_id, limit=0)[1]
    fact = ClearingConfirmed(about=by, authority_id=row.authority_id, clearing_id=clearing_id, claims=claims)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    later(db, CLEAR, str(clearing_id), now=now)


def put_aside(db: Db, *, clearing_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> None:
    """Do nothing with a clearing that was tried."""
    row = _take(db, clearing_id, within, by, now)
    if row.state is ClearingState.TRIED:
        row.state = ClearingState.PUT_ASIDE
        db.flush()
    elif row.state is not ClearingState.PUT_ASIDE:
        raise Refused(N_("This clearing was confirmed already."))


def keeper(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """Whether somebody may hold and clear records of an authority today. Raises NotFound when not."""
    on = london_day(now)
    if not any(people.holds(db, person_id, role, [authority_id], on) for role in KEEPERS):
        raise NotFound("records")


def forgetters(db: Db) -> Sequence[Forget]:
    """Who takes away what is personal in a claim; from the wiring, since some of them stand above this room."""
    found: Sequence[Forget] = db.info.get("claim_forgetters", ())
    return found


def _files_of(db: Db, claim_ids: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    counted: dict[UUID, int] = {}
    with db.begin_nested() as tried:
        for claim_id in claim_ids:
            gone = {digest for forget in forgetters(db) for digest in forget(db, [claim_id], now=now)}
            counted[claim_id] = len(gone)
        tried.rollback()
    db.expire_all()
    return counted


def _take(db: Db, clearing_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> RecordClearing:
    row = db.get(RecordClearing, clearing_id, with_for_update=True, populate_existing=True)
    if row is None or row.authority_id not in within:
        raise NotFound("clearing")
    keeper(db, by, row.authority_id, now)
    return row


def _stop_clearings(db: Db, authority_id: UUID) -> None:
    """Wait for the claim a clearing is at just now; the next one it looks at sees this hold."""
    going = RecordClearing.state == ClearingState.CONFIRMED
    db.scalars(select(RecordClearing).where(RecordClearing.authority_id == authority_id, going).with_for_update()).all()


def _not_cleared(db: Db, authority_id: UUID, claim_id: UUID) -> None:
    if claim_id in queries.cleared_on(db, [claim_id]):
        raise Refused(N_("The records of this claim are cleared, so there is nothing left to hold."))
    if not queries.is_claim_of(db, authority_id, claim_id):
        raise NotFound("claim")
