"""What stands in the way of an application, said to an employer: what to do, never a code."""

from collections.abc import Mapping

from lms.core.words import N_, Say
from lms.funding import texts as said
from lms.funding.evidence.queries import Finding
from lms.funding.evidence.texts import say_finding
from lms.funding.evidence.vocabulary import FindingCode
from lms.funding.labels import MISSING
from lms.funding.obstacles import Obstacle, ObstacleCode
from lms.funding.reasons import Plain, Reason
from lms.funding.vocabulary import Refusal

_ASK_COUNCIL = N_("Something is not in order. Ask your council.")
_SAID: Mapping[ObstacleCode, str] = {
    ObstacleCode.NO_LINES: N_("There is no cost in this application any more."),
    ObstacleCode.FIGURE_NOT_CONFIRMED: N_("Your council still has to confirm what this money pays. Ask your council."),
    ObstacleCode.DATES_NOT_CONFIRMED: N_("Your council still has to confirm the days of this money. Ask your council."),
    ObstacleCode.NOT_PERMITTED: N_("The employer has not let you send this in."),
    ObstacleCode.TERMS_NOT_ACCEPTED: N_("The employer has not accepted the terms yet."),
    ObstacleCode.TERMS_CHANGED: N_("The terms have changed since this was prepared. Ask your council what to do."),
    ObstacleCode.JUSTIFICATION_MISSING: N_(
        "Whoever pays wants to know why it costs more than usual. Ask your council."
    ),
    ObstacleCode.NOTHING_PAYABLE: N_("Nothing can be paid for one of the costs."),
    ObstacleCode.CERTIFICATE_WITHDRAWN: N_("The certificate behind this was withdrawn."),
    ObstacleCode.CERTIFICATE_SUSPENDED: N_("The certificate behind this is suspended for now."),
}
_ABOUT = N_("%(item)s: %(what)s")


def say_obstacle(found: Obstacle, item: str | None, say: Say, language: str) -> str:
    """One thing in the way, in the reader's language, with the cost it is about."""
    sentence = _sentence(found, say, language)
    return say(_ABOUT) % {"item": item, "what": sentence} if item else sentence


def _sentence(found: Obstacle, say: Say, language: str) -> str:
    code = str(found.values.get("code", ""))
    match found.code:
        case ObstacleCode.MISSING if code in MISSING:
            return say(MISSING[code])
        case ObstacleCode.REFUSED if code in set(Refusal):
            return said.reason(Reason(Refusal(code), _without_code(found)), say, language)
        case ObstacleCode.EVIDENCE if code in set(FindingCode):
            return say_finding(
                Finding(code=FindingCode(code), line_id=None, values=_without_code(found), blocks=True), say, language
            )
        case _:
            return say(_SAID.get(found.code, _ASK_COUNCIL))


def _without_code(found: Obstacle) -> dict[str, Plain]:
    return {name: value for name, value in found.values.items() if name != "code"}
