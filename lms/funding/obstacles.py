"""What stands in the way of sending in a claim: one obstacle for each, and who can take it away. Plain Python.

The rooms beside and above name what they find with these; `claims.checking` gathers them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lms.funding.reasons import Plain


class Ask(StrEnum):
    """Who can do something about it."""

    CLAIMANT = "claimant"
    LEARNER = "learner"
    PROVIDER = "provider"
    COORDINATOR = "coordinator"
    FUNDING_OFFICER = "funding_officer"
    ADMINISTRATOR = "administrator"
    NOBODY = "nobody"


class ObstacleCode(StrEnum):
    """What it is. REFUSED and MISSING carry the scheme's own code in `values` ("code")."""

    NO_LINES = "no_lines"
    REFUSED = "refused"
    MISSING = "missing"
    CERTIFICATE_WITHDRAWN = "certificate_withdrawn"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    FIGURE_NOT_CONFIRMED = "figure_not_confirmed"
    DATES_NOT_CONFIRMED = "dates_not_confirmed"
    EVIDENCE = "evidence"
    NOT_PERMITTED = "not_permitted"
    SOURCE_MET_BY_OTHER = "source_met_by_other"
    SOURCE_MET_TWICE = "source_met_twice"
    TERMS_NOT_ACCEPTED = "terms_not_accepted"
    TERMS_CHANGED = "terms_changed"
    JUSTIFICATION_MISSING = "justification_missing"
    NOTHING_PAYABLE = "nothing_payable"


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """One thing in the way. `line_id` is None when it is about the whole claim; `values` as in a `Reason`.

    One that does not block is shown and kept, and the claim can be sent in all the same.
    """

    code: ObstacleCode
    ask: Ask
    line_id: UUID | None = None
    values: Mapping[str, Plain] = field(default_factory=dict)
    blocks: bool = True
