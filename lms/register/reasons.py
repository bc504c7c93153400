"""The codes of reasons and next steps, and what one requirement's evidence is made of.

Codes stay: they are stored with verdicts, answered by the API and put into words by `texts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lms.register.kinds import RequirementKind, RequirementState
from lms.register.spans import Span


class Why(StrEnum):
    """Reasons, by a code that stays. `texts` puts them into words."""

    MET = "met"
    WAIVED = "waived"
    DOES_NOT_APPLY = "does_not_apply"
    RUNS_OUT = "runs_out"
    RAN_OUT = "ran_out"
    NOTHING_YET = "nothing_yet"
    LOOKED_AND_NOT_MET = "looked_and_not_met"
    LEARNING_LEFT = "learning_left"
    REFERENCES_LEFT = "references_left"
    REFERENCE_FROM_LEFT = "reference_from_left"
    OLDER_VERSION = "older_version"
    OTHER_AREA = "other_area"
    OTHER_LEVEL = "other_level"
    CERTIFICATE_NOT_SEEN = "certificate_not_seen"
    CONTENT_TO_DISCUSS = "content_to_discuss"
    DECISION_TO_RECORD = "decision_to_record"
    DECIDED_NOT_TO_PROCEED = "decided_not_to_proceed"
    BARRED = "barred"
    NEW_CHECK_NEEDED = "new_check_needed"


class Step(StrEnum):
    """What to do next, by a code that stays."""

    SHOW_IDENTITY = "show_identity"
    SHOW_RIGHT_TO_WORK = "show_right_to_work"
    START_CHECK = "start_check"
    SHOW_CERTIFICATE = "show_certificate"
    OPEN_DISCUSSION = "open_discussion_held"
    RECORD_DECISION = "decision_recorded_by_named_person"
    TELL_DECISION = "pa_told_decision_and_review_route"
    GIVE_REFEREES = "give_referees"
    FINISH_LEARNING = "finish_learning"
    FINISH_ASSESSMENT = "finish_assessment"
    ACCEPT_CODE = "accept_code"
    ARRANGE_INTERVIEW = "arrange_interview"
    TALK_TO_TEAM = "talk_to_team"
    SHOW_INSURANCE = "show_insurance"
    SHOW_SELF_EMPLOYMENT = "show_self_employment"
    MAKE_DECLARATION = "make_declaration"
    FINISH_PROFILE = "finish_profile"
    CONFIRM_AVAILABILITY = "confirm_availability"
    SAY_AREA = "say_area"
    PAY_FEE = "pay_fee"


STEP_OF: Mapping[RequirementKind, Step] = {
    RequirementKind.CODE_OF_CONDUCT: Step.ACCEPT_CODE,
    RequirementKind.AVAILABILITY: Step.CONFIRM_AVAILABILITY,
    RequirementKind.WORK_AREA: Step.SAY_AREA,
    RequirementKind.PROFILE: Step.FINISH_PROFILE,
    RequirementKind.IDENTITY: Step.SHOW_IDENTITY,
    RequirementKind.RIGHT_TO_WORK: Step.SHOW_RIGHT_TO_WORK,
    RequirementKind.DECLARATION: Step.MAKE_DECLARATION,
    RequirementKind.SELF_EMPLOYED_EVIDENCE: Step.SHOW_SELF_EMPLOYMENT,
    RequirementKind.INSURANCE: Step.SHOW_INSURANCE,
    RequirementKind.FEE: Step.PAY_FEE,
    RequirementKind.REFERENCE: Step.GIVE_REFEREES,
    RequirementKind.TRAINING: Step.FINISH_LEARNING,
    RequirementKind.ASSESSMENT: Step.FINISH_ASSESSMENT,
    RequirementKind.DBS: Step.START_CHECK,
    RequirementKind.INTERVIEW: Step.ARRANGE_INTERVIEW,
}
"""What brings a requirement of a kind forward, in the order of effort: what takes two minutes stands first."""

HOLDS_BACK = frozenset(
    {Why.CONTENT_TO_DISCUSS, Why.DECISION_TO_RECORD, Why.DECIDED_NOT_TO_PROCEED, Why.BARRED},
)
"""While a disclosure with content is talked about or decided against, the listing waits, whatever else is there."""


@dataclass(frozen=True)
class Lacking:
    """What to say of a requirement that is not satisfied: its state, the reason, and what to do.

    Where something has run out, that is said instead, unless this says more.
    """

    state: RequirementState
    why: Why
    step: Step
    values: Mapping[str, Any] = field(default_factory=dict)
    outranks_expiry: bool = False


@dataclass(frozen=True)
class Evidence:
    """The spans that satisfy a requirement; `lacking` for days outside them; `stop` outranks every span."""

    spans: Sequence[Span]
    lacking: Lacking
    stop: Lacking | None = None
