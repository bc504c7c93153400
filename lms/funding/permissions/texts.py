"""What permissions are called, and what is said of them; message ids."""

from collections.abc import Mapping
from typing import Any

from lms.core.words import N_, Say
from lms.funding.permissions.rules import Action, GivenHow, Why
from lms.funding.permissions.words import Capacity, Deed
from lms.funding.vocabulary import NeverDelegable

ACTIONS: Mapping[Action, str] = {
    Action.SEE_TRAINING_RECORD: N_("See what training my PA has done"),
    Action.PREPARE_APPLICATION: N_("Prepare an application or a claim"),
    Action.UPLOAD_EVIDENCE: N_("Add papers, such as a quote or an invoice"),
    Action.SUBMIT: N_("Send it in, once I have accepted the terms"),
    Action.RECEIVE_DECISION: N_("Be told what was decided"),
}
THEY_MAY: Mapping[Action, str] = {
    Action.SEE_TRAINING_RECORD: N_("see what training these PAs have done"),
    Action.PREPARE_APPLICATION: N_("prepare an application or a claim"),
    Action.UPLOAD_EVIDENCE: N_("add papers, such as a quote or an invoice"),
    Action.SUBMIT: N_("send it in, once the employer has accepted the terms"),
    Action.RECEIVE_DECISION: N_("be told what was decided"),
}
NEVER: Mapping[NeverDelegable, str] = {
    NeverDelegable.ACCEPT_GRANT_CONDITIONS: N_("accept the terms of the money"),
    NeverDelegable.CHANGE_BANK_DETAILS: N_("see or change the bank account that the money is paid to"),
}
GIVEN_HOW: Mapping[GivenHow, str] = {
    GivenHow.IN_PALMS: N_("In PALMS, by the employer's own account"),
    GivenHow.ON_PAPER: N_("On paper, signed or marked"),
    GivenHow.BY_PHONE: N_("By telephone or video"),
    GivenHow.IN_PERSON: N_("Face to face"),
    GivenHow.BY_EMAIL: N_("By e-mail or letter"),
    GivenHow.BY_INTERPRETER: N_("Through an interpreter or a communication aid"),
}
REFUSED: Mapping[Why, str] = {
    Why.NOT_DELEGABLE: N_("Only the employer can do this, whatever anybody was allowed."),
    Why.NOBODY_ALLOWED: N_("The employer has not let you do this. Ask them for permission in PALMS."),
    Why.WITHDRAWN: N_("The employer has withdrawn this permission, so nothing was sent or changed."),
    Why.ENDED: N_("The last day of this permission has passed. Ask the employer for a new one."),
    Why.NO_AGREEMENT: N_(
        "Your organisation does not work with this employer's council any more, so nothing was sent or changed."
    ),
    Why.NOT_BEGUN: N_("This permission has not begun yet."),
    Why.OTHER_SCHEME: N_("The employer has not let you do this for this kind of money."),
    Why.OTHER_WORKER: N_("The employer has not let you do this for this PA."),
    Why.OTHER_ACTION: N_("The employer has let you do other things, but not this."),
}
CAPACITIES: Mapping[Capacity, str] = {
    Capacity.EMPLOYER: N_("as the employer"),
    Capacity.SENIOR_OFFICER: N_("as funding officer of the authority"),
    Capacity.PERSONAL_ASSISTANT: N_("as the PA"),
}
DEEDS: Mapping[Deed, str] = {
    Deed.RECORD_SEEN: N_("Looked at the training record of %(learner)s."),
    Deed.QUESTIONS_BEGUN: N_("Began the six questions about money for training."),
    Deed.PREPARED: N_("Began %(reference)s."),
    Deed.LINE_ADDED: N_("Added something to %(reference)s."),
    Deed.LINE_TAKEN_OUT: N_("Took something out of %(reference)s."),
    Deed.COST_CHANGED: N_("Wrote down a cost for %(reference)s."),
    Deed.EVIDENCE_ADDED: N_("Added a paper to %(reference)s."),
    Deed.EVIDENCE_TAKEN_BACK: N_("Took a paper out of %(reference)s."),
    Deed.SUBMITTED: N_("Sent in %(reference)s."),
    Deed.WITHDRAWN: N_("Withdrew %(reference)s."),
    Deed.DECISION_READ: N_("Read what was decided about %(reference)s."),
    Deed.DECISION_SENT: N_("PALMS told them what was decided about %(reference)s."),
}
_SOMETHING = N_("your application")


def say_deed(deed: Deed, values: Mapping[str, Any], learner: str | None, say: Say) -> str:
    """What was done, in the reader's language, with the claim's reference and the learner's name where it has them."""
    named = {"learner": learner or say(N_("your PA")), "reference": str(values.get("reference") or say(_SOMETHING))}
    return say(DEEDS[deed]) % named
