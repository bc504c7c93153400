"""Which requirements a manager can do without for a time, why, and for how long. Plain Python.

The reasons, the kinds that are never waived and the longest time are those of the reference file.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from lms.core.words import N_
from lms.register.kinds import Circumstance, Requirement, RequirementKind


class WaiverReason(StrEnum):
    """Why a requirement is waived for one PA."""

    EQUIVALENT = "equivalent_qualification"
    TRANSFERRED = "transferred_from_other_register"
    OWN_FAMILY = "only_works_for_own_family"
    DELAYED = "check_delayed_not_pa_fault"
    ADJUSTMENT = "reasonable_adjustment"


class SeenInstead(StrEnum):
    """What sort of thing the manager saw before deciding; the thing itself is not kept."""

    CERTIFICATE = "certificate"
    OTHER_REGISTER = "other_register"
    LETTER = "letter"
    CONVERSATION = "conversation"


REASONS: Mapping[WaiverReason, str] = {
    WaiverReason.EQUIVALENT: N_("They hold a qualification that is worth as much"),
    WaiverReason.TRANSFERRED: N_("They come from another register that checked it"),
    WaiverReason.OWN_FAMILY: N_("They work only for their own family"),
    WaiverReason.DELAYED: N_("A check is late, and not because of them"),
    WaiverReason.ADJUSTMENT: N_("It is a reasonable adjustment for them"),
}
SEEN: Mapping[SeenInstead, str] = {
    SeenInstead.CERTIFICATE: N_("A certificate"),
    SeenInstead.OTHER_REGISTER: N_("What another register says"),
    SeenInstead.LETTER: N_("A letter or an e-mail"),
    SeenInstead.CONVERSATION: N_("A conversation"),
}


def can_be_waived(requirement: Requirement) -> bool:
    """Whether a manager may do without it.

    Never identity, the right to work or a declaration, nor what the authority's rules name; never the check that is
    mandatory because a child is there.
    """
    because_of_a_child = requirement.kind is RequirementKind.DBS and requirement.when is Circumstance.CHILD
    return requirement.mandatory and requirement.waivable and not because_of_a_child


def last_day_at_most(starts_on: date, days: int) -> date:
    """The latest last day of a waiver that begins on a day, where it may last so many days."""
    return starts_on + timedelta(days=days)
