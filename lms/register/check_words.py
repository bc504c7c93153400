"""The words of what is recorded about checks: levels, workforces, content, and how the right to work was looked at."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.register.disclosures import Content
from lms.register.kinds import Level, Workforce
from lms.register.records import RightToWorkKind

CONTENTS: Mapping[Content, str] = {
    Content.NONE: N_("No content"),
    Content.SOME: N_("Has content"),
    Content.NOT_SEEN: N_("Asked for, not seen yet"),
}
LEVELS: Mapping[Level, str] = {
    Level.BASIC: N_("Basic"),
    Level.STANDARD: N_("Standard"),
    Level.ENHANCED: N_("Enhanced, no barred list"),
    Level.ENHANCED_ADULTS: N_("Enhanced, with the adults’ barred list"),
    Level.ENHANCED_CHILDRENS: N_("Enhanced, with the children’s barred list"),
    Level.ENHANCED_BOTH: N_("Enhanced, with both barred lists"),
}
WORKFORCES: Mapping[Workforce, str] = {
    Workforce.ADULT: N_("Adults"),
    Workforce.CHILD: N_("Children"),
    Workforce.ADULT_AND_CHILD: N_("Adults and children"),
}
RIGHT_TO_WORK: Mapping[RightToWorkKind, str] = {
    RightToWorkKind.LIST_A: N_("A document of list A (for good)"),
    RightToWorkKind.LIST_B_GROUP_1: N_("A document of list B, group 1 (to its last day)"),
    RightToWorkKind.LIST_B_GROUP_2: N_("A document of list B, group 2 (6 months)"),
    RightToWorkKind.ONLINE: N_("The online check with a share code"),
    RightToWorkKind.DIGITAL: N_("A digital check of a British or Irish passport"),
}
