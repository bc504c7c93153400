"""Why a certificate is suspended. A class says nothing about a person, since everybody can read it. Plain Python."""

from enum import StrEnum

from lms.core.words import N_


class SuspensionReason(StrEnum):
    """Why a certificate does not count for the time being."""

    GROUND_LOOKED_AT = "ground_looked_at"
    FACTS_LOOKED_AT = "facts_looked_at"
    HOLDER_ASKED = "holder_asked"

    @property
    def sentence(self) -> str:
        """The reason class in words; a message id."""
        return _SENTENCES[self]


_SENTENCES = {
    SuspensionReason.GROUND_LOOKED_AT: N_("Something it rests on is being looked at again."),
    SuspensionReason.FACTS_LOOKED_AT: N_("Whether everything on it is right is being looked at."),
    SuspensionReason.HOLDER_ASKED: N_("The holder asked for it."),
}
