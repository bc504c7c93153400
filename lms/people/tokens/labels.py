"""What tokens open, in words."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.people.tokens.rules import Scope

SCOPES: Mapping[Scope, str] = {
    Scope.LISTINGS: N_("Who is on the register, and what changes"),
    Scope.VERDICTS: N_("Where one PA stands with every requirement"),
}
HINTS: Mapping[Scope, str] = {
    Scope.LISTINGS: N_("For a website or a directory. Only what the rules let employers see, of PAs who agreed."),
    Scope.VERDICTS: N_(
        "Only for a system of the register team: it also says what is missing, such as a check that is still talked "
        "about. Only of PAs who agreed to this as well."
    ),
}
