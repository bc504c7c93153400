"""Do without one requirement for one PA for a time: a manager's decision, with its reason and its last day."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.words import N_, NotFound, Refused
from lms.register import queries as register
from lms.register.listing import keeping, services
from lms.register.listing.events import WaiverEnded, WaiverGiven
from lms.register.listing.models import WaiverEnd, WaiverRow
from lms.register.listing.moves import Actor
from lms.register.listing.waiving import SeenInstead, WaiverReason, can_be_waived, last_day_at_most


def give(
    db: Db,
    *,
    once: UUID,
    person_id: UUID,
    authority_id: UUID,
    code: str,
    reason: WaiverReason,
    seen: SeenInstead,
    ends_on: date,
    by: UUID,
    now: datetime,
) -> None:
    """A register manager does without a requirement from today until a day, which is included.

    Raises NotFound for a PA or requirement that is none of theirs. Refused for what is never waived, for a day that
    has passed or is too far, for one's own listing, and for anybody but a manager. To renew is to give another one.
    """
    today = london_day(now)
    manager(db, by, person_id, authority_id, now)
    edition = register.edition_for(db, authority_id, today)
    needed = next((r for r in edition.rules.requirements if r.code == code), None) if edition else None
    if edition is None or needed is None:
        raise NotFound("requirement")
    if not can_be_waived(needed):
        raise Refused(N_("Nobody can do without this requirement."))
    if ends_on < today:
        raise Refused(N_("That day has passed. Enter a later one."))
    if ends_on > last_day_at_most(today, edition.rules.waiver_days):
        said = N_("A waiver lasts at most %(days)s days. Enter an earlier day. It can be renewed.")
        raise Refused(said, days=edition.rules.waiver_days)
    if reason.value not in edition.file.waiver_rules.reason_codes:
        raise Refused(N_("The rules of this register do not know this reason."))
    keeping.hold(db, person_id, authority_id)
    row = WaiverRow(
        id=once,
        person_id=person_id,
        authority_id=authority_id,
        code=code,
        reason=reason,
        seen=seen,
        starts_on=today,
        ends_on=ends_on,
        by=by,
        at=now,
    )
    if not add_once(db, row):
        _same_or_refused(db, row)
        return
    fact = WaiverGiven(
        about=person_id,
        authority_id=authority_id,
        waiver_id=once,
        code=code,
        reason=reason.value,
        ends_on=ends_on,
    )
    record(db, fact, by=by, now=now, behalf=authority_id)


def end(db: Db, *, waiver_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """End a waiver: from today it does not count. Twice changes nothing."""
    row = db.get(WaiverRow, waiver_id)
    if row is None or row.authority_id != authority_id:
        raise NotFound("waiver")
    manager(db, by, row.person_id, authority_id, now)
    if row.ends_on < london_day(now):
        raise Refused(N_("This waiver has ended by itself."))
    keeping.hold(db, row.person_id, authority_id)
    if not add_once(db, WaiverEnd(waiver_id=waiver_id, ended_on=london_day(now), by=by, at=now)):
        return
    fact = WaiverEnded(about=row.person_id, authority_id=authority_id, waiver_id=waiver_id, code=row.code)
    record(db, fact, by=by, now=now, behalf=authority_id)


def manager(db: Db, by: UUID, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """Refuses anybody but a manager of this authority's register; NotFound where the PA is none of theirs."""
    if not services.knows(db, authority_id, person_id, now):
        raise NotFound("person")
    if by == person_id:
        raise Refused(N_("Somebody else has to decide this for you."))
    if Actor.MANAGER not in services.parts_of(db, by, person_id, authority_id, now):
        raise Refused(N_("Only a register manager can decide this."))


def _same_or_refused(db: Db, asked: WaiverRow) -> None:
    there = db.scalars(select(WaiverRow).where(WaiverRow.id == asked.id)).one()
    told = (there.person_id, there.authority_id, there.code, there.reason, there.seen, there.ends_on)
    if told != (asked.person_id, asked.authority_id, asked.code, asked.reason, asked.seen, asked.ends_on):
        raise Refused(N_("Something was saved from this page before. Open the page anew."))
