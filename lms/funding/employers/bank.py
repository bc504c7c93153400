"""The account an employer's money is paid to: how it is written, kept and shown. Only the employer gives it.

Sort codes and account numbers are checked for their form. Whether an account exists, and whose it is, only a bank
knows; the payer asks it.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once, columns
from lms.core.events import record
from lms.core.locked import Locker
from lms.core.spelling import clean_name
from lms.core.words import N_, NotFound, Refused
from lms.funding.employers.events import BankDetailsGiven
from lms.funding.employers.models import BankDetails
from lms.people import queries as people
from lms.people.rules import Role

PURPOSE = "bank details"
LONGEST_HOLDER = 60

_GAPS = re.compile(r"[\s\-–]")


@dataclass(frozen=True)
class Account:
    """A bank account in the United Kingdom: six digits of sort code, eight of account number."""

    holder: str = field(repr=False)
    sort_code: str = field(repr=False)
    number: str = field(repr=False)

    @property
    def sort_code_in_pairs(self) -> str:
        """As banks print it: 12-34-56."""
        return "-".join(self.sort_code[i : i + 2] for i in (0, 2, 4))

    @property
    def ending(self) -> str:
        """The last four digits: what is shown."""
        return self.number[-4:]


@dataclass(frozen=True)
class Shown:
    """What may be shown of an account, who gave it, and when."""

    id: UUID
    ending: str
    by: UUID
    at: datetime


def account_of(holder: str, sort_code: str, number: str) -> Account:
    """An account as it was typed, with gaps and dashes or without. Refuses what cannot be one, naming the field.

    A number of six or seven digits, as older accounts have, gets its leading noughts.
    """
    name = clean_name(holder)
    if len(name) > LONGEST_HOLDER:
        raise WrongField("holder", N_("Shorten the name on the account to at most 60 characters."))
    sorted_, numbered = _GAPS.sub("", sort_code), _GAPS.sub("", number)
    if not re.fullmatch(r"[0-9]{6}", sorted_) or not sorted_.strip("0"):
        raise WrongField("sort_code", N_("Enter a sort code of 6 digits, like 12-34-56."))
    if not re.fullmatch(r"[0-9]{6,8}", numbered) or not numbered.strip("0"):
        raise WrongField("number", N_("Enter an account number of 6 to 8 digits."))
    return Account(name, sorted_, numbered.zfill(8))


class WrongField(Refused):
    """What was typed into one field cannot be right."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def give(
    db: Db,
    locker: Locker,
    *,
    once: UUID,
    employer_id: UUID,
    account: Account,
    own_account: bool,
    secret_fits: bool,
    by: UUID,
    now: datetime,
) -> None:
    """Give the account an employer's money is paid to, for the first time or anew; sent twice, it is given once.

    `secret_fits` says whether the password given with it was the employer's own. Only the employer may: raises NotFound
    for everybody else, whatever they were allowed. Refuses another's account, a wrong password, and other
    numbers from a form that was saved. Whoever employs is told by mail each time.
    """
    today = london_day(now)
    if not people.holds(db, by, Role.EMPLOYER, [employer_id], today):
        raise NotFound("bank details")
    if not secret_fits:
        raise Refused(N_("That is not your password. The account was not changed."))
    if not own_account:
        raise Refused(N_("The money can only be paid to an account in your own name."))
    earlier = shown(db, employer_id)
    row = BankDetails(
        id=once,
        employer_id=employer_id,
        locked=locker.lock(json.dumps(asdict(account)), about=str(once)),
        ending=account.ending,
        by=by,
        at=now,
    )
    if not add_once(db, row):
        there = db.scalars(select(BankDetails).where(BankDetails.id == once)).one()
        if there.employer_id != employer_id:
            raise NotFound("bank details")
        if not there.locked or locker.open(there.locked, about=str(once)) != json.dumps(asdict(account)):
            raise Refused(N_("Something was saved from this page before. Open the page anew."))
        return
    fact = BankDetailsGiven(about=by, employer_id=employer_id, anew=earlier is not None)
    record(db, fact, by=by, now=now, behalf=employer_id)


def shown(db: Db, employer_id: UUID) -> Shown | None:
    """What may be shown of the account that counts; None while none was given, and once it was deleted."""
    row = columns(db, _LATEST, {"employer_id": employer_id}).first()
    return Shown(row.id, row.ending, row.by, row.at) if row and row.kept else None


def cleared(db: Db, employer_id: UUID) -> Shown | None:
    """What is left of the latest account where it was deleted: its last two digits, who gave it and when."""
    row = columns(db, _LATEST, {"employer_id": employer_id}).first()
    return Shown(row.id, row.ending, row.by, row.at) if row and not row.kept else None


_LATEST = (
    select(
        BankDetails.id, BankDetails.ending, BankDetails.by, BankDetails.at, (BankDetails.locked != b"").label("kept")
    )
    .where(BankDetails.employer_id == bindparam("employer_id"))
    .order_by(BankDetails.number.desc())
    .limit(1)
)


def opened(db: Db, locker: Locker, employer_id: UUID) -> Account | None:
    """The whole account, for whoever pays; None while none was given or it cannot be opened any more."""
    wanted = select(BankDetails).where(BankDetails.employer_id == employer_id).order_by(BankDetails.number.desc())
    row = db.scalars(wanted.limit(1)).first()
    text = locker.open(row.locked, about=str(row.id)) if row and row.locked else None
    return Account(**json.loads(text)) if text else None
