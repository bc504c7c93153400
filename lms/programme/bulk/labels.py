"""What pages say for the codes of work on many; message ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms.core.words import N_
from lms.programme.bulk.words import Fate, State, What


@dataclass(frozen=True)
class Tag:
    """A state in words, with the colour of its tag."""

    text: str
    colour: str


WHATS: Mapping[What, tuple[str, str]] = {
    What.REMIND: (
        N_("Remind whoever has the next move"),
        N_("They hear from you in their own language, at most once a week."),
    ),
    What.ENROL: (N_("Enrol on a course"), N_("For PAs of your authority who are not on it yet.")),
    What.INVITE: (
        N_("Invite to PALMS"),
        N_("For people who have an e-mail address and no account. You can also paste new names and addresses."),
    ),
    What.ALLOCATE: (
        N_("Give an assessor"),
        N_("Learners are shared out evenly. Nobody assesses themself or somebody they are close to."),
    ),
    What.EXTEND: (N_("Let their assessor go on longer"), N_("Where an assessor has a last day.")),
    What.PROLONG: (N_("Let them be a PA here longer"), N_("Where their time as a PA here has a last day.")),
    What.AREA: (N_("Move to an area"), N_("An area of your authority.")),
    What.GROUP: (N_("Move to a group"), N_("Into a group and, if you like, out of another one.")),
    What.CERTIFY: (N_("Issue a certificate"), N_("Only to those who have everything it needs.")),
    What.LEAVE: (N_("Leave the course"), N_("What they did on it stays on record.")),
}
"""What can be chosen, in this order: what it is called, and what it means."""

STATES: Mapping[State, Tag] = {
    State.LOOKING: Tag(N_("Finding out who is affected"), "light-blue"),
    State.READY: Tag(N_("Ready: nothing is done yet"), "yellow"),
    State.RUNNING: Tag(N_("Being done"), "light-blue"),
    State.STOPPED: Tag(N_("Stopped"), "orange"),
    State.DONE: Tag(N_("Done"), "green"),
    State.CLOSED: Tag(N_("Put away"), "grey"),
}

FATES: Mapping[Fate, Tag] = {
    Fate.NEW: Tag(N_("Not looked at yet"), "grey"),
    Fate.WILL: Tag(N_("Affected"), "light-blue"),
    Fate.WONT: Tag(N_("Not affected"), "grey"),
    Fate.DONE: Tag(N_("Done"), "green"),
    Fate.CHANGED: Tag(N_("Not done: changed since you looked"), "yellow"),
    Fate.FAILED: Tag(N_("Went wrong"), "red"),
}

SHOWN = (Fate.WILL, Fate.DONE, Fate.CHANGED, Fate.FAILED, Fate.WONT)
"""In the order in which a list can be narrowed to them."""

HEADS = (
    N_("Name"),
    N_("How it stands"),
    N_("Why"),
    N_("With"),
    N_("Person identifier"),
    N_("Enrolment identifier"),
)
"""The columns of a file, in this order; new ones come at the end."""
