"""The register team's words for states, next steps and what waits. To PAs, `texts` speaks."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.register.kinds import ListingState
from lms.register.reasons import Step

HAS_NOT_APPLIED = N_("Has not applied")

RULES_SAY: Mapping[ListingState, str] = {
    ListingState.LISTED: N_("Nothing is missing"),
    ListingState.PROVISIONAL: N_("Enough to begin"),
    ListingState.CHECKING: N_("Something is missing"),
    ListingState.LAPSED: N_("Something ran out"),
}

WITHIN_GRACE = N_("Ran out, days of grace left")

NEXT: Mapping[Step, str] = {
    Step.SHOW_IDENTITY: N_("Show proof of identity"),
    Step.SHOW_RIGHT_TO_WORK: N_("Show right to work"),
    Step.START_CHECK: N_("Start a DBS check"),
    Step.SHOW_CERTIFICATE: N_("Show the DBS certificate"),
    Step.OPEN_DISCUSSION: N_("Hold the open discussion"),
    Step.RECORD_DECISION: N_("Record the decision"),
    Step.TELL_DECISION: N_("Ask for a review, if they want one"),
    Step.GIVE_REFEREES: N_("Name people for references"),
    Step.FINISH_LEARNING: N_("Go on with training"),
    Step.FINISH_ASSESSMENT: N_("Be seen at work by an assessor"),
    Step.ACCEPT_CODE: N_("Accept the code of conduct"),
    Step.ARRANGE_INTERVIEW: N_("Talk with the register team"),
    Step.TALK_TO_TEAM: N_("Ask what is not enough yet"),
    Step.SHOW_INSURANCE: N_("Show insurance"),
    Step.SHOW_SELF_EMPLOYMENT: N_("Show self-employment"),
    Step.MAKE_DECLARATION: N_("Make the declaration"),
    Step.FINISH_PROFILE: N_("Finish the profile"),
    Step.CONFIRM_AVAILABILITY: N_("Confirm their details"),
    Step.SAY_AREA: N_("Say where they work"),
    Step.PAY_FEE: N_("Pay the fee"),
}
"""What comes next for a PA, in a few words."""

WAITS: Mapping[str, str] = {
    "review_asked": N_("Review asked for"),
    "application_sent": N_("New application"),
    "application_checked": N_("Application being checked"),
    "suspended": N_("Suspension to decide on"),
    "notice_running": N_("Listing ends after notice"),
    "waiver_ending": N_("Waiver ends"),
    "check_invitation": N_("Invite to an open discussion"),
    "check_discussion": N_("Hold an open discussion"),
    "check_factors": N_("Go through the factors"),
    "check_decision": N_("Decide about a certificate"),
    "check_second_person": N_("Second person to look at a decision"),
    "check_telling": N_("Tell the PA what was decided"),
    "check_review": N_("Review of a decision about a certificate"),
    "check_status_check": N_("Status check due"),
    "profile_to_look_at": N_("Profile to look at"),
    "vacancy_to_look_at": N_("Vacancy to look at"),
    "report_to_look_at": N_("Report to look at"),
    "likely_double": N_("Perhaps the same PA twice"),
}
"""What waits for the team, by the kinds its parts bring."""
