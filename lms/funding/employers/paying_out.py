"""The account as whoever pays sees it: only to pay an approved application, never unseen by the employer."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.locked import Locker
from lms.core.words import N_, NotFound, Refused
from lms.funding.claims import queries as claims
from lms.funding.claims.deciding import decided_here
from lms.funding.claims.queries import ClaimView
from lms.funding.employers import bank
from lms.funding.employers.bank import Account
from lms.funding.employers.events import BankDetailsRead
from lms.funding.vocabulary import ClaimantKind, ClaimState
from lms.people import queries as people
from lms.people.rules import Role

NOT_GIVEN = N_("The employer has not given a bank account yet. Ask them to give it on their page “Get training paid”.")
NOT_WAITING = N_("The account is shown while an approved application waits to be paid.")


def to_pay(db: Db, claim_id: UUID, *, within: Collection[UUID]) -> ClaimView:
    """An individual employer's application that the authority itself decides on and pays.

    Raises NotFound for everything else, and behind another wall.
    """
    found = claims.claim(db, claim_id, within=within)
    if found.claimant_kind is not ClaimantKind.INDIVIDUAL_EMPLOYER or not decided_here(db, claim_id):
        raise NotFound("claim")
    return found


def read(
    db: Db, locker: Locker, *, claim_id: UUID, within: Collection[UUID], by: UUID, now: datetime
) -> tuple[ClaimView, Account]:
    """The account an approved application is paid to, for a funding officer; the employer is told each time.

    Raises NotFound for anybody else. Refused while nothing waits to be paid, and while no account was given.
    """
    found = to_pay(db, claim_id, within=within)
    employer_id = found.claimant_id
    if employer_id is None or not people.holds(db, by, Role.FUNDING_OFFICER, [found.authority_id], london_day(now)):
        raise NotFound("claim")
    if found.state is not ClaimState.APPROVED:
        raise Refused(NOT_WAITING)
    account = bank.opened(db, locker, employer_id)
    if account is None:
        raise Refused(NOT_GIVEN)
    fact = BankDetailsRead(about=by, employer_id=employer_id, claim_id=claim_id)
    record(db, fact, by=by, now=now, behalf=employer_id)
    return found, account
