"""Why a listing was moved, as codes that stay. No free text: what somebody did or was told is nowhere written down."""

from collections.abc import Mapping
from enum import StrEnum

from lms.core.words import N_
from lms.register.listing.moves import Act


class Reason(StrEnum):
    """Why somebody, or the calendar, moved a listing."""

    OWN_WISH = "own_wish"
    GONE = "gone"
    SOMETHING_RAN_OUT = "something_ran_out"
    PROVISIONAL_OVER = "provisional_over"
    EVERYTHING_MET = "everything_met"
    DISCLOSURE_DISCUSSED = "disclosure_discussed"
    NOTICE_OVER = "notice_over"
    SAME_PERSON = "same_person"
    LINK_UNDONE = "link_undone"
    REQUIREMENTS_NOT_MET = "requirements_not_met"
    NOT_FINISHED = "not_finished"
    OUTSIDE_AREA = "outside_area"
    DECIDED_AFTER_DISCUSSION = "decided_after_discussion"
    CONDUCT_NOT_KEPT = "conduct_not_kept"
    NO_ANSWER = "no_answer"
    CONCERN = "concern"
    DETAILS_CHECKED = "details_checked"
    SAFEGUARDING_ENQUIRY = "safeguarding_enquiry"
    BARRED = "barred"
    SAFEGUARDING_HIGH_RISK = "safeguarding_enquiry_high_risk"
    SAFEGUARDING_ANY = "safeguarding_enquiry_any"
    FALSE_DECLARATION = "false_declaration"
    TERMS_BREACHED = "terms_breached"
    CONCERN_FROM_OTHER_BODY = "concern_from_other_body"
    NOTHING_FOUND = "nothing_found"
    PUT_RIGHT = "put_right"
    DECISION_CHANGED = "decision_changed"


WORDS: Mapping[Reason, str] = {
    Reason.OWN_WISH: N_("Own wish."),
    Reason.GONE: N_("No longer a PA with this authority."),
    Reason.SOMETHING_RAN_OUT: N_("Something that is required ran out and was not renewed in time."),
    Reason.PROVISIONAL_OVER: N_("The time for being shown with a label is over."),
    Reason.EVERYTHING_MET: N_("Everything that is required is there."),
    Reason.DISCLOSURE_DISCUSSED: N_("A DBS certificate is to be talked about first."),
    Reason.NOTICE_OVER: N_("The days of notice are over."),
    Reason.SAME_PERSON: N_("Somebody stood on the register twice. The listing goes on under the other record."),
    Reason.LINK_UNDONE: N_("Two records were taken for one person. That was a mistake."),
    Reason.REQUIREMENTS_NOT_MET: N_("What is required is not there."),
    Reason.NOT_FINISHED: N_("The application was not finished."),
    Reason.OUTSIDE_AREA: N_("Outside the area of this register."),
    Reason.DECIDED_AFTER_DISCUSSION: N_("It was decided so after talking about a DBS certificate."),
    Reason.CONDUCT_NOT_KEPT: N_("The code of conduct was not kept."),
    Reason.NO_ANSWER: N_("No answer for a long time."),
    Reason.CONCERN: N_("Somebody told the register team of a concern."),
    Reason.DETAILS_CHECKED: N_("Whether the details are right is being checked."),
    Reason.SAFEGUARDING_ENQUIRY: N_("There is a safeguarding enquiry."),
    Reason.BARRED: N_("The law does not allow this work."),
    Reason.SAFEGUARDING_HIGH_RISK: N_("There is a safeguarding enquiry with a high risk."),
    Reason.SAFEGUARDING_ANY: N_("There is a safeguarding enquiry."),
    Reason.FALSE_DECLARATION: N_("A declaration was not true."),
    Reason.TERMS_BREACHED: N_("The terms of the register were broken."),
    Reason.CONCERN_FROM_OTHER_BODY: N_("Another body told the register team of a concern."),
    Reason.NOTHING_FOUND: N_("It was looked into. Nothing stands against the listing."),
    Reason.PUT_RIGHT: N_("What had to be put right was put right."),
    Reason.DECISION_CHANGED: N_("A review changed the decision."),
}
"""Each reason in a sentence that the PA can read too."""

_OFFERED: Mapping[Act, tuple[Reason, ...]] = {
    Act.REFUSE: (
        Reason.REQUIREMENTS_NOT_MET,
        Reason.NOT_FINISHED,
        Reason.OUTSIDE_AREA,
        Reason.DECIDED_AFTER_DISCUSSION,
        Reason.FALSE_DECLARATION,
        Reason.BARRED,
    ),
    Act.SUSPEND: (Reason.CONCERN, Reason.SAFEGUARDING_ENQUIRY, Reason.DETAILS_CHECKED),
    Act.LIFT: (Reason.NOTHING_FOUND, Reason.PUT_RIGHT),
    Act.REMOVE: (
        Reason.CONDUCT_NOT_KEPT,
        Reason.REQUIREMENTS_NOT_MET,
        Reason.OUTSIDE_AREA,
        Reason.NO_ANSWER,
        Reason.DECIDED_AFTER_DISCUSSION,
    ),
    Act.LEAVE: (Reason.OWN_WISH,),
    Act.LINK: (Reason.SAME_PERSON,),
    Act.UNLINK: (Reason.LINK_UNDONE,),
    Act.OPEN_AGAIN: (Reason.DECISION_CHANGED,),
}

NOT_AGAIN = frozenset({Reason.BARRED})
"""After these a PA cannot apply again by themselves."""


def reasons_for(act: Act, immediate: tuple[str, ...] = ()) -> tuple[Reason, ...]:
    """The reasons somebody can give for an act; for a removal the grounds that work at once come first.

    `immediate` are the immediate grounds of the authority's rules; a name that is no reason of ours is left out.
    """
    known = {reason.value: reason for reason in Reason}
    at_once = tuple(known[name] for name in immediate if name in known) if act is Act.REMOVE else ()
    return tuple(dict.fromkeys((*at_once, *_OFFERED.get(act, ()))))
