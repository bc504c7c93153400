"""Claims of the demonstration at every stage: drafts, waiting for the payer, approved in part, rejected, asked anew."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.types import Pence
from lms.demo import claim_evidence
from lms.demo.people import Stage
from lms.funding.authoring import deciding
from lms.funding.authoring.queries import days_unconfirmed, schemes_for, unconfirmed
from lms.funding.claims import queries, services
from lms.funding.claims.queries import ClaimView
from lms.funding.claims.services import LineDecision
from lms.funding.standing import standings
from lms.funding.vocabulary import ClaimShape, ClaimState

AUTHORITY, OFFICER, COORDINATOR = "RIVERMERE", "Peter Ashworth", "Carol Bennett"
COSTS: tuple[Pence, ...] = (4_000, 6_500, 7_500, 5_200, 6_000, 4_850, 7_000)


def show(stage: Stage) -> None:
    """Of the drafts that certificates opened, the older ones are taken further, each one another way."""
    here = stage.organisation_of(AUTHORITY)
    found = queries.claims_in(stage.db, [here], state=ClaimState.DRAFT, limit=50)
    drafts = [row.id for row in reversed(found) if row.shape is ClaimShape.CLAIM][: len(COSTS)]
    for claim_id in drafts:
        _confirm(stage, queries.claim(stage.db, claim_id, within=[here]))
    ways: tuple[Callable[[Stage, UUID], None], ...] = (_paid, _in_part, _rejected, _asked, _waiting, _ready)
    for claim_id, pence, way in zip(drafts, COSTS, ways, strict=False):
        _prepare(stage, claim_id, pence)
        way(stage, claim_id)


def _confirm(stage: Stage, claim: ClaimView) -> None:
    """The authority says that the example figures and days behind a claim hold for it."""
    figures = [figure for line in claim.lines for figure in line.verdict.figures]
    on = london_day(stage.ago(9))
    schemes = schemes_for(stage.db, claim.authority_id, on=on, as_written=True)
    written = {
        each.key: each.values
        for each in standings(schemes.by_code[claim.scheme], schemes.adoption(AUTHORITY, claim.scheme))
    }
    days = days_unconfirmed(stage.db, claim.authority_id, schemes.by_code[claim.scheme], on=on)
    keys = [(figure.scheme, figure.key) for figure in unconfirmed(stage.db, claim.authority_id, figures, on=on)]
    for scheme, key in dict.fromkeys([*keys, *((claim.scheme, each.key) for each in days)]):
        deciding.confirm(
            stage.db,
            once=uuid4(),
            authority_id=claim.authority_id,
            scheme=scheme,
            key=key,
            shown=written[key],
            source="Minutes of the training board",
            until=None,
            by=stage.persons[OFFICER],
            now=stage.ago(9),
        )


def _prepare(stage: Stage, claim_id: UUID, pence: Pence) -> None:
    claim = _claim(stage, claim_id)
    for line in claim.lines:
        paid_on: date = max(london_day(stage.ago(8)), line.started_on or date.min)
        services.record_cost(
            stage.db,
            cost_id=uuid4(),
            line_id=line.id,
            within=[claim.authority_id],
            cost_pence=pence,
            paid_on=paid_on,
            by=stage.persons[COORDINATOR],
            now=stage.ago(7),
        )
    claim_evidence.prove(stage, _claim(stage, claim_id), None, COORDINATOR)


def _ready(stage: Stage, claim_id: UUID) -> None:
    """Everything is there; a funding officer has yet to send it in."""
    del stage, claim_id


def _waiting(stage: Stage, claim_id: UUID) -> None:
    """Sent in, and the payer has said nothing yet."""
    _do(stage, services.submit, claim_id, OFFICER, 5, accept=True)


def _asked(stage: Stage, claim_id: UUID) -> None:
    """The payer wants something more."""
    _waiting(stage, claim_id)
    _do(stage, services.ask_action, claim_id, COORDINATOR, 3, reason="The list of who attended is not signed.")


def _rejected(stage: Stage, claim_id: UUID) -> None:
    """The payer said no, and a new draft follows."""
    _waiting(stage, claim_id)
    _do(stage, services.reject, claim_id, COORDINATOR, 3, reason="The quote is for another course.")
    _do(stage, services.resubmit, claim_id, COORDINATOR, 2, once=uuid4())


def _in_part(stage: Stage, claim_id: UUID) -> None:
    """Approved, but not all of it."""
    _approve(stage, claim_id, less=1_000)


def _paid(stage: Stage, claim_id: UUID) -> None:
    """Approved in full."""
    _approve(stage, claim_id, less=0)


def _approve(stage: Stage, claim_id: UUID, *, less: Pence) -> None:
    _waiting(stage, claim_id)
    why = "The fund pays no refreshments." if less else ""
    decisions = {line.id: LineDecision(line.payable_pence - less, note=why) for line in _claim(stage, claim_id).lines}
    _do(stage, services.approve, claim_id, COORDINATOR, 2, decisions=decisions)


def _do(stage: Stage, service: Callable[..., object], claim_id: UUID, by: str, days_ago: float, **more: object) -> None:
    here = stage.organisation_of(AUTHORITY)
    service(stage.db, claim_id=claim_id, within=[here], by=stage.persons[by], now=stage.ago(days_ago), **more)


def _claim(stage: Stage, claim_id: UUID) -> ClaimView:
    return queries.claim(stage.db, claim_id, within=[stage.organisation_of(AUTHORITY)])
