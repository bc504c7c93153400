"""What is said of what came from a visit; message ids."""

from collections.abc import Mapping

from lms.assessment.visits.rules import Came, How, Why
from lms.core.words import N_

SAYS: Mapping[Why, str] = {
    Why.NO_TIE: N_(
        "By our records you were not their assessor on that day, so this was not filed. It is kept, and their training "
        "coordinator reads it."
    ),
    Why.TIE_ENDED: N_(
        "You are no longer their assessor. What you saw while you were is kept as a record. It is not a decision."
    ),
    Why.MAY_NOT_DECIDE: N_(
        "You may not decide on this today. What you saw is kept as a record, and so is this draft. It is not a "
        "decision."
    ),
    Why.SIGNED_OFF: N_("This was signed off meanwhile. Your draft is kept beside the record and changes nothing."),
    Why.LEFT: N_(
        "They have left the course, so this was not filed. It is kept, and their training coordinator reads it."
    ),
    Why.OTHER_LINES: N_(
        "They no longer work to some of these points, so this was not filed. It is kept, and their training "
        "coordinator reads it."
    ),
    Why.WRONG_DAY: N_(
        "The day cannot be right: it is to come, or before they joined. This is kept, and their training coordinator "
        "can file it with the right day."
    ),
    Why.NOT_TAKEN: N_("This could not be filed as it is. It is kept, and their training coordinator reads it."),
    Why.NOT_FILED: N_("What this draft rests on was not filed, so the draft is kept with it. It is not a decision."),
    Why.DRAFT_CHANGED: N_("You have another draft of this here. Both are kept. Choose which one to use."),
    Why.DECIDED: N_("Somebody decided on this meanwhile. Your draft is kept. Look at both and choose."),
}
"""Said to the assessor who wrote it."""

WHY_KEPT: Mapping[Why, str] = {
    Why.NO_TIE: N_("They were not this learner's assessor on that day."),
    Why.TIE_ENDED: N_("They are no longer this learner's assessor."),
    Why.MAY_NOT_DECIDE: N_("They may not decide on this standard today."),
    Why.SIGNED_OFF: N_("The standard was signed off meanwhile."),
    Why.LEFT: N_("The learner has left the course."),
    Why.OTHER_LINES: N_("The learner no longer works to some of these points."),
    Why.WRONG_DAY: N_("The day is to come, or before the learner joined."),
    Why.NOT_TAKEN: N_("It could not be filed as it is."),
    Why.NOT_FILED: N_("The observation it rests on was not filed."),
    Why.DRAFT_CHANGED: N_("Another draft of the same point was here."),
    Why.DECIDED: N_("Somebody decided on the point meanwhile."),
}
"""The same for a coordinator."""

CAME: Mapping[Came, str] = {
    Came.SAVED: N_("Arrived"),
    Came.THERE: N_("Arrived"),
    Came.OLDER: N_("You wrote a newer one"),
    Came.KEPT: N_("Kept, not filed"),
    Came.MEETS: N_("Two versions meet"),
}

SETTLED: Mapping[How, str] = {
    How.FILED: N_("Filed by a coordinator"),
    How.CLOSED: N_("Read and closed"),
    How.USED: N_("You used this one"),
    How.LEFT: N_("You kept the other one"),
}
