"""The way in to pages about claims: their blueprint, who works there, and the claim a page is about."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from lms.core.web.rooms import room
from lms.core.web.state import unit
from lms.core.web.texts import _, language
from lms.funding import texts
from lms.funding.claims import queries
from lms.funding.claims.home import DESK
from lms.funding.claims.queries import ClaimView, LineView
from lms.funding.reasons import Plain, Verdict
from lms.funding.texts import Told
from lms.learning.titles import titles
from lms.people.guards import viewer

pages = room("funding", __name__)


def own_claim(claim_id: UUID) -> ClaimView:
    """A claim of the viewer's authorities; anybody else's answers 404."""
    return queries.claim(unit(), claim_id, within=within())


def within() -> frozenset[UUID]:
    """The authorities whose claims the viewer works on."""
    return viewer().authorities(*DESK)


def told(verdict: Verdict) -> Told:
    """A verdict in the viewer's words, with trainings by their titles."""
    reasons = tuple(replace(found, values=_by_title(found.values)) for found in verdict.reasons)
    return texts.tell(replace(verdict, reasons=reasons), _, language())


def _by_title(values: Mapping[str, Plain]) -> dict[str, Plain]:
    return {name: called(str(value)) if name in {"training", "item"} else value for name, value in values.items()}


def called(training: str) -> str:
    """What a training is called; its code where nobody has written a title."""
    return titles(unit(), language()).get(training, training)


def line_called(line: LineView) -> str:
    """A line in a few words: whose it is and for what."""
    return f"{line.learner_name}, {called(line.training)}"
