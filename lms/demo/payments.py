"""Money of the demonstration: pots, a payer's list that was confirmed, and one that waits for somebody."""

from uuid import UUID, uuid4

from lms.demo.people import Stage
from lms.funding.authoring.queries import schemes_for
from lms.funding.budgets import services as budgets
from lms.funding.claims import queries as claims
from lms.funding.claims.queries import ClaimRow
from lms.funding.paying import confirming, services
from lms.funding.paying.words import Column, DayOrder
from lms.funding.vocabulary import ClaimState

AUTHORITY, OFFICER = "RIVERMERE", "Peter Ashworth"
POTS = (
    ("ULO-2026-27", 60_000, "Letter of the fund of 9 September 2026"),
    ("RIVERMERE-PLACES-2026-27", 1_500_000, "Training budget 2026-27, agreed by the cabinet"),
    ("RIVERMERE-GRANT-2026-27", 600_000, "Training budget 2026-27, agreed by the cabinet"),
)
HEAD = "Claim reference,Learner line,Amount paid,Payment date,BACS reference\r\n"
COLUMNS = {
    Column.REFERENCE: "Claim reference",
    Column.AMOUNT: "Amount paid",
    Column.DAY: "Payment date",
    Column.PAYMENT: "BACS reference",
    Column.LINE: "Learner line",
}


def show(stage: Stage) -> None:
    """Open the pots, take in what the payer of the first approved claim paid, and leave a list with questions."""
    here, by = stage.organisation_of(AUTHORITY), stage.persons[OFFICER]
    known = schemes_for(stage.db, here, on=stage.ago(0).date()).by_code
    for scheme, pence, reason in POTS:
        if scheme in known:
            budgets.open_pot(
                stage.db,
                once=uuid4(),
                authority_id=here,
                scheme=scheme,
                organisation_id=None,
                pence=pence,
                reason=reason,
                by=by,
                now=stage.ago(60),
            )
    approved = claims.claims_in(stage.db, [here], state=ClaimState.APPROVED, limit=5)
    if not approved:
        return
    paid = _take_in(stage, here, [_row(approved[-1], stage, "B-20417", approved[-1].sums.approved or 0)], "october.csv")
    seen = confirming.look(stage.db, paid, here).seen
    services.confirm(stage.db, remittance_id=paid, within=[here], seen=seen, by=by, now=stage.ago(1))
    rows = [_row(approved[-1], stage, "B-20417", approved[-1].sums.approved or 0)]
    rows += [_row(each, stage, f"B-2088{at}", (each.sums.approved or 0) - 500) for at, each in enumerate(approved[:-1])]
    rows.append(f"RIVERMERE-2026-9041,,75.00,{stage.ago(1):%d/%m/%Y},B-20889\r\n")
    rows.append(f"{approved[-1].reference},,12.345,{stage.ago(1):%d/%m/%Y},B-20890\r\n")
    _take_in(stage, here, rows, "november.csv")


def _row(claim: ClaimRow, stage: Stage, reference: str, pence: int) -> str:
    return f"{claim.reference},,{pence // 100}.{pence % 100:02},{stage.ago(1):%d/%m/%Y},{reference}\r\n"


def _take_in(stage: Stage, here: UUID, rows: list[str], name: str) -> UUID:
    remittance = services.upload(
        stage.db,
        stage.files,
        once=uuid4(),
        authority_id=here,
        data=(HEAD + "".join(rows)).encode(),
        name=name,
        by=stage.persons[OFFICER],
        now=stage.ago(1),
    )
    services.map_columns(
        stage.db,
        stage.files,
        remittance_id=remittance,
        within=[here],
        columns=COLUMNS,
        day_order=DayOrder.DAY_FIRST,
        paid_on=None,
        now=stage.ago(1),
    )
    return remittance
