"""What pages say for the codes of quality assurance; message ids."""

from collections.abc import Mapping

from lms.assessment.deciding.labels import Tag
from lms.assessment.quality.appeals.rules import Outcome
from lms.assessment.quality.appeals.rules import Stage as AppealStage
from lms.assessment.quality.planning.rules import Why
from lms.assessment.quality.rules import Share, Stage, Waits, Weighed
from lms.assessment.quality.samples.rules import State
from lms.assessment.quality.samples.services import Activity
from lms.core.words import N_

STATES: Mapping[State, Tag] = {
    State.OPEN: Tag(N_("To be looked at"), "blue", "waiting"),
    State.TAKEN: Tag(N_("Being looked at"), "light-blue", "waiting"),
    State.SENT_BACK: Tag(N_("Sent back"), "yellow", "waiting"),
    State.ANSWERED: Tag(N_("Answered: look again"), "purple", "waiting"),
    State.ACCEPTED: Tag(N_("Accepted"), "green", "met"),
}

STAGES: Mapping[Stage, str] = {Stage.INTERIM: N_("on the way"), Stage.FINAL: N_("signed off")}

WHY: Mapping[Why, str] = {
    Why.ASSESSOR_ONCE: N_("because nobody had looked at this assessor’s work in this quarter"),
    Why.FINAL_SHARE: N_("to make up the share of finished work"),
    Why.INTERIM_SHARE: N_("to make up the share of work on the way"),
    Why.LEARNER_SHARE: N_("because nobody had looked at this learner’s work in this quarter"),
    Why.STANDARD_TURN: N_("because it is this standard’s turn"),
    Why.KIND_TURN: N_("because it is the turn of this kind of evidence"),
    Why.CERTIFICATE_WAITS: N_("because every certificate here waits for a sample"),
    Why.BY_HAND: N_("because a quality assurer chose it"),
}
"""Each after “Chosen”."""

RISKS: Mapping[Weighed, str] = {
    Weighed.NEW_ASSESSOR: N_("the assessor is new"),
    Weighed.EMPLOYER_AS_ASSESSOR: N_("the employer decided"),
    Weighed.RELATIVE_DECLARED: N_("a tie was declared"),
    Weighed.FAST: N_("it was decided very fast"),
    Weighed.UNIFORM: N_("everything is met in the same words"),
}
"""Each after “It weighed more because”."""

WEIGHTS: Mapping[Weighed, tuple[str, str]] = {
    Weighed.NEW_ASSESSOR: (N_("A new assessor"), N_("Their first decisions, or somebody you watch.")),
    Weighed.EMPLOYER_AS_ASSESSOR: (
        N_("The employer decided"),
        N_("They know the work best, and they are not a stranger to it. At least 1."),
    ),
    Weighed.RELATIVE_DECLARED: (
        N_("A tie was declared"),
        N_("A friend, or somebody in business together. At least 1."),
    ),
    Weighed.FAST: (N_("Decided fast"), N_("A whole standard within the hours below.")),
    Weighed.UNIFORM: (N_("Always the same words"), N_("Everything is met, with the same words or with none.")),
}

SHARES: Mapping[Share, tuple[str, str]] = {
    Share.FINAL: (N_("Finished work"), N_("Standards that were signed off.")),
    Share.INTERIM: (N_("Work on the way"), N_("Standards with decisions, before they are signed off.")),
    Share.LEARNERS: (N_("Learners"), N_("Different learners whose work is looked at.")),
    Share.STANDARDS: (N_("Standards"), N_("Different standards. Those that waited longest go first.")),
    Share.KINDS: (N_("Kinds of evidence"), N_("Different kinds, such as seen at work or talked about.")),
    Share.ASSESSORS: (N_("Assessors"), N_("Different people who decided, employers among them.")),
}

WAITING: Mapping[Waits, tuple[str, str]] = {
    Waits.NONE: (N_("No certificate waits"), N_("Samples are looked at before or after.")),
    Waits.CHOSEN: (
        N_("A certificate waits if the plan chose its work"),
        N_("Most are issued at once; the chosen ones when you have accepted the sample."),
    ),
    Waits.EVERY: (
        N_("Every certificate waits"),
        N_("All finished work is chosen, and somebody looks at all of it first."),
    ),
}

ACTIVITIES: Mapping[Activity, str] = {
    Activity.OBSERVED_ASSESSOR: N_("I watched an assessor at work"),
    Activity.TALKED_WITH_LEARNER: N_("I talked with a learner about how they are assessed"),
    Activity.TALKED_WITH_ASSESSOR: N_("I talked with an assessor about their decisions"),
}

ACTIVITY_NAMES: Mapping[str, str] = {
    Activity.OBSERVED_ASSESSOR.value: N_("Assessor watched at work"),
    Activity.TALKED_WITH_LEARNER.value: N_("Talk with a learner"),
    Activity.TALKED_WITH_ASSESSOR.value: N_("Talk with an assessor"),
}

APPEAL_STAGES: Mapping[AppealStage, Tag] = {
    AppealStage.ASKED: Tag(N_("Asked"), "blue", "waiting"),
    AppealStage.ACKNOWLEDGED: Tag(N_("We have it"), "light-blue", "waiting"),
    AppealStage.BEING_LOOKED_AT: Tag(N_("Somebody is looking"), "purple", "waiting"),
    AppealStage.DECIDING_AGAIN: Tag(N_("To be decided again"), "yellow", "waiting"),
    AppealStage.ANSWERED: Tag(N_("Answered"), "green", "met"),
    AppealStage.ASKED_AGAIN: Tag(N_("Asked a second time"), "blue", "waiting"),
    AppealStage.LOOKED_AT_AGAIN: Tag(N_("A third person is looking"), "purple", "waiting"),
    AppealStage.CLOSED: Tag(N_("Finished"), "green", "met"),
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.UPHELD: N_("The decision stays as it is"),
    Outcome.CHANGED: N_("The decision is made again"),
    Outcome.TAKEN_BACK: N_("Taken back by the learner"),
}
