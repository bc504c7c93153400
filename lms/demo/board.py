"""The board of the demonstration: the audit file of a claim that was paid."""

from uuid import uuid4

from lms.demo.people import Stage
from lms.funding.board import auditing
from lms.funding.claims import queries as claims
from lms.funding.vocabulary import ClaimState

AUTHORITY, OFFICER = "RIVERMERE", "Peter Ashworth"


def show(stage: Stage) -> None:
    """What the funding officer had made."""
    here, by = stage.organisation_of(AUTHORITY), stage.persons[OFFICER]
    for row in claims.claims_in(stage.db, [here], state=ClaimState.PAID, limit=1):
        auditing.ask(stage.db, file_id=uuid4(), claim_id=row.id, within=[here], by=by, now=stage.now)
