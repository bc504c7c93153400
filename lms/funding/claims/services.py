"""Write claims. The doors other rooms and pages use; each part stands in its own file. Services flush, views commit."""

from lms.funding.claims.accepting import accept_terms, may_accept_here
from lms.funding.claims.checking import check_claim as check
from lms.funding.claims.deciding import LineDecision, approve, ask_action, reject
from lms.funding.claims.drafting import MOST_PENCE, next_turn, open_draft, record_cost
from lms.funding.claims.following import (
    end_looks,
    looked,
    open_second,
    open_seconds,
    raise_look,
    resubmit,
)
from lms.funding.claims.gathering import (
    add_line,
    choose_terms,
    join,
    joinable,
    justify,
    note_held,
    take_line_out,
)
from lms.funding.claims.moving import LONGEST_REASON
from lms.funding.claims.settling import mark_paid, recover
from lms.funding.claims.submitting import Sent, submit
from lms.funding.claims.withdrawing import CERTIFICATE_GONE, drop_drafts, withdraw

__all__ = [
    "CERTIFICATE_GONE",
    "LONGEST_REASON",
    "MOST_PENCE",
    "LineDecision",
    "Sent",
    "accept_terms",
    "add_line",
    "approve",
    "ask_action",
    "check",
    "choose_terms",
    "drop_drafts",
    "end_looks",
    "join",
    "joinable",
    "justify",
    "looked",
    "mark_paid",
    "may_accept_here",
    "next_turn",
    "note_held",
    "open_draft",
    "open_second",
    "open_seconds",
    "raise_look",
    "record_cost",
    "recover",
    "reject",
    "resubmit",
    "submit",
    "take_line_out",
    "withdraw",
]
