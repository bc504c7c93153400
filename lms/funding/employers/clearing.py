"""Bank accounts are kept as long as money may still go there, questions as long as somebody goes on with them; no
longer. The worker looks once a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, text

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.house import House
from lms.funding.authoring.queries import schemes_for
from lms.funding.claims import states
from lms.funding.employers.events import BankDetailsCleared
from lms.funding.employers.models import BankDetails, TrainingEnquiry
from lms.funding.scheme_parts import Retention
from lms.funding.vocabulary import ClaimState

ENDED = frozenset({ClaimState.PAID, ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.RECOVERED})
"""From here no money goes to the employer any more; what comes back is asked for by other ways."""

USUAL_DAYS = Retention().bank_details_days
"""For accounts that no application was made with, and for schemes nobody knows any more."""

BEGUN_LASTS = timedelta(days=30)
"""How long questions are kept that nobody goes on with: prices and courses have changed by then."""

AT_ONCE = 200
AT_HOUR = 3
"""Europe is asleep and nobody waits for the writer; the minute is of no matter, since twice is harmless."""


@dataclass(frozen=True)
class Use:
    """An application of an employer: whether money may still go out, since when it is like that, and how many days
    its scheme keeps the account after the end."""

    state: ClaimState
    since: datetime
    days: int

    def ends_on(self) -> date | None:
        """The last day on which the account is kept for it; None while it goes on."""
        return london_day(self.since) + timedelta(days=self.days) if self.state in ENDED else None


def needed(given_at: datetime, replaced_at: datetime | None, uses: Iterable[Use], on: date) -> bool:
    """Whether an account that was given at a moment is needed on a day; the last day counts.

    The latest one is needed while an application goes on, for the scheme's days after the last one ended, and for the
    usual days after it was given. One that was replaced only while something waits that was approved before: whoever
    pays may have looked at it by then.
    """
    if replaced_at is not None:
        return any(use.state is ClaimState.APPROVED and use.since <= replaced_at for use in uses)
    lasts = [use.ends_on() for use in uses]
    return any(last is None or on <= last for last in [*lasts, london_day(given_at) + timedelta(days=USUAL_DAYS)])


def sweep(house: House, now: datetime) -> int:
    """Clear what is not needed any more, once a night; the worker calls each minute."""
    if now.hour != AT_HOUR or now.minute:
        return 0
    return clear(house, now) + end_begun(house, now)


def end_begun(house: House, now: datetime) -> int:
    """End questions that were begun, led to no application and were not touched for thirty days; returns how many."""
    old = (TrainingEnquiry.claim_id.is_(None)) & (TrainingEnquiry.changed_at < now - BEGUN_LASTS)
    with house.database.reading() as db:
        ids = list(db.scalars(select(TrainingEnquiry.id).where(old)))
    for at in range(0, len(ids), AT_ONCE):
        with house.database.writing() as db:
            db.execute(delete(TrainingEnquiry).where(TrainingEnquiry.id.in_(ids[at : at + AT_ONCE]), old))
    return len(ids)


def clear(house: House, now: datetime) -> int:
    """Clear every account that nothing needs; returns how many. Two digits stay, with who gave it and when."""
    cleared, after = 0, None
    while page := _kept(house, after):
        with house.database.writing() as db:
            cleared += _clear(db, page, now)
        after = page[-1]
    if cleared:
        _wipe(house)
    return cleared


def _kept(house: House, after: UUID | None) -> list[UUID]:
    """The next employers of whom an account is kept."""
    wanted = select(BankDetails.employer_id).where(BankDetails.locked != b"").distinct()
    if after is not None:
        wanted = wanted.where(BankDetails.employer_id > after)
    with house.database.reading() as db:
        return list(db.scalars(wanted.order_by(BankDetails.employer_id).limit(AT_ONCE)))


def _clear(db: Db, employer_ids: Collection[UUID], now: datetime) -> int:
    given = select(BankDetails).where(BankDetails.employer_id.in_(employer_ids)).order_by(BankDetails.number)
    rows = defaultdict[UUID, list[BankDetails]](list)
    for row in db.scalars(given.with_for_update()):
        rows[row.employer_id].append(row)
    uses, cleared = _uses(db, employer_ids, london_day(now)), 0
    for employer_id, accounts in rows.items():
        replaced = [each.at for each in accounts[1:]] + [None]
        for row, replaced_at in zip(accounts, replaced, strict=True):
            if row.locked and not needed(row.at, replaced_at, uses.get(employer_id, ()), london_day(now)):
                row.locked, row.ending = b"", row.ending[-2:]
                fact = BankDetailsCleared(about=row.by, employer_id=employer_id, replaced=replaced_at is not None)
                record(db, fact, by=None, now=now, behalf=employer_id)
                cleared += 1
    return cleared


def _uses(db: Db, employer_ids: Collection[UUID], on: date) -> Mapping[UUID, list[Use]]:
    found = defaultdict[UUID, list[Use]](list)
    claims = states.of_claimants(db, employer_ids)
    schemes = {id: schemes_for(db, id, on=on).by_code for id in {claim.authority_id for claim in claims}}
    for claim in claims:
        scheme = schemes[claim.authority_id].get(claim.scheme)
        days = scheme.retention.bank_details_days if scheme else USUAL_DAYS
        found[claim.claimant_id].append(Use(claim.state, claim.since, days))
    return found


def _wipe(house: House) -> None:
    """Leave nothing of an account where the database kept it: as for numbers of checks, see register.checks."""
    engine = house.database.engine
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM FULL {BankDetails.__tablename__}"))
        return
    with closing(engine.raw_connection()) as raw:  # outside of any transaction, where alone this can be done
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
