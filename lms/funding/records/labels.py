"""What pages say about keeping records: message ids by code."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.funding.records.words import ClearingState, HoldReason, Outcome

REASONS: Mapping[HoldReason, str] = {
    HoldReason.AUDIT: N_("Somebody audits them"),
    HoldReason.COUNTER_FRAUD: N_("Somebody looks into a possible fraud"),
    HoldReason.COMPLAINT: N_("There is a complaint"),
    HoldReason.LEGAL: N_("There is a case at law"),
    HoldReason.RECOVERY: N_("Money is still to be paid back"),
}
STATES: Mapping[ClearingState, str] = {
    ClearingState.TRIED: N_("Only listed"),
    ClearingState.CONFIRMED: N_("Being cleared"),
    ClearingState.DONE: N_("Cleared"),
    ClearingState.PUT_ASIDE: N_("Put aside"),
}
COLOURS: Mapping[ClearingState, str] = {
    ClearingState.TRIED: "govuk-tag--yellow",
    ClearingState.CONFIRMED: "govuk-tag--blue",
    ClearingState.DONE: "govuk-tag--green",
    ClearingState.PUT_ASIDE: "govuk-tag--grey",
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.LISTED: N_("Listed"),
    Outcome.CLEARED: N_("Cleared"),
    Outcome.HELD: N_("Kept: something holds it"),
    Outcome.NOT_DUE: N_("Kept: not due yet"),
    Outcome.GONE: N_("Kept: it has changed since"),
}
