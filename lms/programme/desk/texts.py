"""Words of the desk: whose move it is, why in plain words, and what the lists are called."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.people.rules import OrganisationKind
from lms.programme.desk.rules import State, Who, Why

STATES: Mapping[State, str] = {
    State.WORKING: N_("Working towards it"),
    State.COMPLETED: N_("Completed"),
    State.LEFT: N_("Left the course"),
}

WHO: Mapping[Who, str] = {
    Who.SELF: N_("The PA"),
    Who.EMPLOYER: N_("The employer"),
    Who.ASSESSOR: N_("The assessor"),
    Who.READER: N_("Somebody to read"),
    Who.COORDINATOR: N_("You, the coordinators"),
    Who.REGISTER_TEAM: N_("The register team"),
}

WHYS: Mapping[Why, str] = {
    Why.TO_BEGIN: N_("Has not begun yet"),
    Why.TO_STUDY: N_("Has something to study or to show, and did nothing since"),
    Why.TO_WRITE_AGAIN: N_("A text came back with a comment and is to be written again"),
    Why.TO_READ: N_("A text waits for somebody to read it"),
    Why.TO_SEE: N_("The learning is done: somebody has to say what they saw at work"),
    Why.TO_DECIDE: N_("Evidence waits for a decision"),
    Why.TO_SIGN_OFF: N_("Everything is met: somebody has to sign it off"),
    Why.TO_FIND_ASSESSOR: N_("Work waits for an assessor, and there is none: choose one"),
    Why.TO_CERTIFY: N_("Everything is done and there is no certificate: see what is missing"),
    Why.TO_LIST: N_("An application to the register waits for an answer"),
}

STEPS: Mapping[Why, str] = {
    Why.TO_BEGIN: N_("Sign in and begin your first lesson."),
    Why.TO_STUDY: N_("Sign in and go on where you stopped: your home page shows the next step."),
    Why.TO_WRITE_AGAIN: N_("Read the comment on your text, and write it again."),
    Why.TO_READ: N_("Read the text that waits, and say whether it is met."),
    Why.TO_SEE: N_("Say what you saw at work."),
    Why.TO_DECIDE: N_("Read the evidence and decide on it."),
    Why.TO_SIGN_OFF: N_("Look through what is met, and sign it off."),
    Why.TO_LIST: N_("Answer the application to the register."),
}
"""What to do next, said to whoever it waits for. Nobody nudges a coordinator, so their steps are not here."""

KINDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.COLLEGE: N_("College"),
    OrganisationKind.TRAINING_PROVIDER: N_("Training provider"),
    OrganisationKind.SUPPORT_ORGANISATION: N_("Support organisation"),
    OrganisationKind.HOME_CARE_AGENCY: N_("Home care agency"),
    OrganisationKind.AUTHORITY: N_("Council"),
    OrganisationKind.INDIVIDUAL_EMPLOYER: N_("Individual employer"),
}
"""What kinds of organisation are called."""
