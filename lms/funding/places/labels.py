"""What pages say about places: message ids by code, and the colours of tags."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.funding.places.words import Need, Order, PlaceState, ProofKind, Why

OWN_STATES: Mapping[PlaceState, str] = {
    PlaceState.ASKED: N_("Show where you work"),
    PlaceState.WAITING: N_("You are in the line"),
    PlaceState.OFFERED: N_("A place is yours if you take it"),
    PlaceState.PLACE: N_("You have a place"),
    PlaceState.ATTENDED: N_("You were there"),
    PlaceState.MISSED: N_("You missed it"),
    PlaceState.DECLINED: N_("You said no"),
    PlaceState.LAPSED: N_("The offer ran out"),
    PlaceState.LEFT: N_("You left the line"),
    PlaceState.REFUSED: N_("Not possible"),
    PlaceState.CANCELLED: N_("Called off"),
}
STATES: Mapping[PlaceState, str] = {
    PlaceState.ASKED: N_("Has to show where they work"),
    PlaceState.WAITING: N_("In the line"),
    PlaceState.OFFERED: N_("Offered"),
    PlaceState.PLACE: N_("Has a place"),
    PlaceState.ATTENDED: N_("Was there"),
    PlaceState.MISSED: N_("Missed it"),
    PlaceState.DECLINED: N_("Said no"),
    PlaceState.LAPSED: N_("Offer ran out"),
    PlaceState.LEFT: N_("Left"),
    PlaceState.REFUSED: N_("Works elsewhere"),
    PlaceState.CANCELLED: N_("Called off"),
}
COLOURS: Mapping[PlaceState, str] = {
    PlaceState.ASKED: "govuk-tag--yellow",
    PlaceState.WAITING: "govuk-tag--blue",
    PlaceState.OFFERED: "govuk-tag--orange",
    PlaceState.PLACE: "govuk-tag--green",
    PlaceState.ATTENDED: "govuk-tag--green",
    PlaceState.MISSED: "govuk-tag--grey",
    PlaceState.DECLINED: "govuk-tag--grey",
    PlaceState.LAPSED: "govuk-tag--grey",
    PlaceState.LEFT: "govuk-tag--grey",
    PlaceState.REFUSED: "govuk-tag--grey",
    PlaceState.CANCELLED: "govuk-tag--grey",
}
NEEDS: Mapping[Need, str] = {
    Need.BEFORE_WORK: N_("Work cannot begin without it"),
    Need.FOR_REGISTER: N_("It is missing for the register or a certificate"),
    Need.USEFUL: N_("It would help at work"),
}
OWN_NEEDS: Mapping[Need, str] = {
    Need.BEFORE_WORK: N_("I cannot begin my work without it"),
    Need.FOR_REGISTER: N_("It is missing for the register or for a certificate"),
    Need.USEFUL: N_("It would help me at work"),
}
ORDERS: Mapping[Order, str] = {
    Order.FIRST_COME: N_("Whoever asks first"),
    Order.NEED: N_("Whoever needs it most, once asking is over"),
}
PROOFS: Mapping[ProofKind, str] = {
    ProofKind.EMPLOYER_LETTER: N_("A letter from the employer"),
    ProofKind.CONTRACT: N_("A contract"),
    ProofKind.PAYSLIP: N_("A payslip"),
    ProofKind.COUNCIL_RECORD: N_("The council's own record, such as a direct payment agreement"),
    ProofKind.KNOWN_EMPLOYER: N_("An employer in PALMS"),
}
WHYS: Mapping[Why, str] = {
    Why.PROOF_SEEN: N_("Somebody saw where they work"),
    Why.PROOF_NEEDED: N_("What showed where they work counts no longer"),
    Why.OUTSIDE_AREA: N_("Works outside the area"),
    Why.NOT_A_PA: N_("Not a PA of this council any more"),
    Why.HAS_PLACE: N_("Has a place of this kind already"),
    Why.CALLED_OFF: N_("The course was called off"),
    Why.TOO_LATE: N_("The course has begun"),
    Why.CORRECTED: N_("Corrected"),
}
"""Why somebody was moved. Never anything about anybody's health."""
