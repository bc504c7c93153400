"""The words of checks on pages. Of a certificate only “no content”, “has content” or “not seen” is ever said."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.register.check_words import CONTENTS, LEVELS, RIGHT_TO_WORK, WORKFORCES
from lms.register.checks.kinds import Outcome, Waits
from lms.register.disclosures import Decision, Factor, FollowUp, Starter, StatusResult
from lms.register.kinds import ReferenceSource, RequirementKind

__all__ = ["CONTENTS", "LEVELS", "RIGHT_TO_WORK", "WORKFORCES"]

DECISIONS: Mapping[Decision, str] = {
    Decision.PROCEED: N_("Go on"),
    Decision.WITH_CONDITIONS: N_("Go on with conditions"),
    Decision.DO_NOT_PROCEED: N_("Do not go on"),
    Decision.BARRED: N_("The law does not allow it (barred)"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.STANDS: N_("The decision stands"),
    Outcome.DECIDED_ANEW: N_("It is decided anew"),
}
STATUS_RESULTS: Mapping[StatusResult, str] = {
    StatusResult.NO_CHANGE_NO_CONTENT: N_("No change, no content"),
    StatusResult.NO_CHANGE_HAS_CONTENT: N_("No change, has content"),
    StatusResult.CHANGED: N_("Something changed: a new check is needed"),
    StatusResult.DETAILS_DO_NOT_MATCH: N_("The details do not match what the service knows"),
}
FACTORS: Mapping[Factor, str] = {
    Factor.RELEVANCE: N_("What it has to do with the work"),
    Factor.SERIOUSNESS: N_("How serious it was"),
    Factor.TIME_PASSED: N_("How long ago it was"),
    Factor.AGE: N_("How old the PA was then"),
    Factor.ONCE_OR_MORE: N_("Whether it was once or more often"),
    Factor.CIRCUMSTANCES: N_("How things were then, and how they are now"),
    Factor.OPENNESS: N_("How openly the PA talks about it"),
    Factor.SUPERVISION: N_("What support and supervision there is at work"),
}
STEPS: Mapping[FollowUp, str] = {
    FollowUp.INVITED: N_("Invite the PA to show the certificate and explain"),
    FollowUp.DISCUSSED: N_("Record the open discussion"),
    FollowUp.CONSIDERED: N_("Record what was weighed"),
    FollowUp.DECIDED: N_("Record the decision"),
    FollowUp.AGREED: N_("Look at the decision, as a second person"),
    FollowUp.TOLD: N_("Tell the PA the decision"),
}
"""What the register team does at each step."""
STEPS_DONE: Mapping[FollowUp, str] = {
    FollowUp.INVITED: N_("Invited to show the certificate and explain"),
    FollowUp.DISCUSSED: N_("Open discussion held"),
    FollowUp.CONSIDERED: N_("Weighed"),
    FollowUp.DECIDED: N_("Decision made"),
    FollowUp.AGREED: N_("A second person agreed"),
    FollowUp.NOT_AGREED: N_("A second person did not agree"),
    FollowUp.TOLD: N_("PA told of the decision and how to ask for a review"),
    FollowUp.EMPLOYER_TOLD: N_("An employer told, because the PA agreed"),
    FollowUp.RISK_REVIEW: N_("Risk review of the direct payment asked for"),
    FollowUp.STATUS_CHECKED: N_("Update service asked"),
}
REFERENCE_STEPS: Mapping[FollowUp, str] = {
    FollowUp.INVITED: "pa_invited_to_show_certificate_and_explain",
    FollowUp.DISCUSSED: "open_discussion_held",
    FollowUp.CONSIDERED: "factors_considered",
    FollowUp.DECIDED: "decision_recorded_by_named_person",
    FollowUp.TOLD: "pa_told_decision_and_review_route",
    FollowUp.EMPLOYER_TOLD: "employer_told_only_with_pa_agreement",
}
"""The names these steps have in the reference rules, in their order. A second person stands between two of them."""
WAITS: Mapping[Waits, str] = {
    Waits.INVITATION: N_("Invite the PA to talk about a certificate"),
    Waits.DISCUSSION: N_("Talk about a certificate"),
    Waits.FACTORS: N_("Weigh what was said"),
    Waits.DECISION: N_("Decide"),
    Waits.SECOND_PERSON: N_("A second person has to look"),
    Waits.TELLING: N_("Tell the PA the decision"),
    Waits.REVIEW: N_("Look at a decision again"),
    Waits.STATUS_CHECK: N_("Ask the update service"),
}
STARTERS: Mapping[Starter, str] = {
    Starter.EMPLOYER: N_("Your employer, through a registered body"),
    Starter.LOCAL_AUTHORITY: N_("The council"),
    Starter.SUPPORT_ORGANISATION: N_("A support organisation"),
    Starter.UMBRELLA_FOR_EMPLOYER: N_("An umbrella body, for your employer"),
    Starter.PA_THROUGH_UMBRELLA: N_("You yourself, through an umbrella body"),
}
MAY_START: Mapping[str, str] = {
    "acts_for_employer_or_authority": N_("Yes. Whoever acts for an employer or for the council may start one."),
    "not_before_2026_01_21": N_("No. Before 21 January 2026 a PA could not start an enhanced check."),
    "conditions_lacking": N_("Only for a job that is paid, and that is eligible for an enhanced check."),
    "conditions_hold": N_("Yes, since 21 January 2026: the job is paid, and eligible for an enhanced check."),
}
OTHER_CHECKS: Mapping[RequirementKind, str] = {
    RequirementKind.IDENTITY: N_("Proof of who you are"),
    RequirementKind.RIGHT_TO_WORK: N_("Right to work"),
    RequirementKind.REFERENCE: N_("Reference"),
}
REFERENCES: Mapping[ReferenceSource, str] = {
    ReferenceSource.MOST_RECENT: N_("from the most recent employer or tutor"),
    ReferenceSource.OTHER: N_("from somebody else who knows the PA’s work"),
}
