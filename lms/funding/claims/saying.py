"""Obstacles and changes in plain words, in the reader's language. No Flask."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms.core.i18n import money
from lms.core.words import N_, Say
from lms.funding import texts
from lms.funding.authoring.names import WINDOWS
from lms.funding.claims.changes import Changed, ChangedName
from lms.funding.evidence.queries import Finding
from lms.funding.evidence.texts import say_finding
from lms.funding.evidence.vocabulary import FindingCode
from lms.funding.labels import FIGURES, MISSING, SCHEME_STATUSES
from lms.funding.obstacles import Ask, Obstacle, ObstacleCode
from lms.funding.reasons import FigureName, Reason
from lms.funding.vocabulary import Refusal, SchemeStatus

ASKS = {
    Ask.CLAIMANT: N_("Ask whoever claims."),
    Ask.LEARNER: N_("Ask the learner."),
    Ask.PROVIDER: N_("Ask the training provider."),
    Ask.COORDINATOR: N_("A coordinator can mend this."),
    Ask.FUNDING_OFFICER: N_("Ask a funding officer."),
    Ask.ADMINISTRATOR: N_("Ask an administrator."),
    Ask.NOBODY: N_("Nobody can change this: it is a rule of the scheme."),
}

_OBSTACLES = {
    ObstacleCode.NO_LINES: N_("There is no line in this claim."),
    ObstacleCode.CERTIFICATE_WITHDRAWN: N_("The certificate was withdrawn. Take the line out."),
    ObstacleCode.CERTIFICATE_SUSPENDED: N_("The certificate is suspended. Wait until it counts again."),
    ObstacleCode.FIGURE_NOT_CONFIRMED: N_("%(figure)s is an example figure. Your authority has to confirm it first."),
    ObstacleCode.DATES_NOT_CONFIRMED: N_(
        "%(days)s: these days are an example until your authority confirms them. Check them with whoever pays."
    ),
    ObstacleCode.NOT_PERMITTED: N_("The employer has not allowed this."),
    ObstacleCode.SOURCE_MET_BY_OTHER: N_("Other money meets this cost already. The same cost is never met twice."),
    ObstacleCode.SOURCE_MET_TWICE: N_("Together with other money this would be more than the training cost."),
    ObstacleCode.TERMS_NOT_ACCEPTED: N_("Nobody has accepted the scheme's terms for this claim as it is now."),
    ObstacleCode.TERMS_CHANGED: N_("The scheme has changed since this draft was opened. Choose what counts."),
    ObstacleCode.JUSTIFICATION_MISSING: N_("The cost is above the guide, and the claim does not say why."),
    ObstacleCode.NOTHING_PAYABLE: N_("Nothing is left to pay for this line."),
}

_CHANGES = {
    ChangedName.EDITION: N_("Edition"),
    ChangedName.STATUS: N_("Whether it takes claims"),
    ChangedName.RATE: N_("Most the scheme pays"),
    ChangedName.ITEM_GONE: N_("What is on its list"),
    ChangedName.PAYMENT: N_("In how many parts it pays"),
    ChangedName.WINDOWS: N_("Dates"),
    ChangedName.LIMITS: N_("Yearly limits"),
    ChangedName.SHARE: N_("Shares of the cost"),
    ChangedName.EVIDENCE: N_("Evidence"),
    ChangedName.CONDITIONS: N_("Conditions"),
}


@dataclass(frozen=True)
class Said:
    """An obstacle in words: what it is, who can mend it, the lines it is about, and whether it stops the claim.

    `confirm` names what has to be confirmed, by scheme and key, where that is what is in the way.
    """

    text: str
    ask: str
    lines: tuple[UUID, ...]
    blocks: bool
    confirm: tuple[str, str] | None = None


def say_obstacles(found: tuple[Obstacle, ...], say: Say, language: str) -> list[Said]:
    """Every obstacle once, with all its lines; what blocks first, in the order it was found."""
    lines: dict[tuple[bool, str, Ask, tuple[str, str] | None], list[UUID]] = {}
    for obstacle in found:
        key = (not obstacle.blocks, sentence(obstacle, say, language), obstacle.ask, _to_confirm(obstacle))
        several = lines.setdefault(key, [])
        if obstacle.line_id is not None:
            several.append(obstacle.line_id)
    ordered = sorted(lines.items(), key=lambda found: found[0][0])
    return [Said(text, say(ASKS[ask]), tuple(about), not later, key) for (later, text, ask, key), about in ordered]


def _to_confirm(obstacle: Obstacle) -> tuple[str, str] | None:
    if obstacle.code not in {ObstacleCode.FIGURE_NOT_CONFIRMED, ObstacleCode.DATES_NOT_CONFIRMED}:
        return None
    return str(obstacle.values["scheme"]), str(obstacle.values["key"])


def sentence(obstacle: Obstacle, say: Say, language: str) -> str:
    """One obstacle as a sentence."""
    values = {name: value for name, value in obstacle.values.items() if name != "code"}
    code = str(obstacle.values.get("code", ""))
    match obstacle.code:
        case ObstacleCode.REFUSED:
            return texts.reason(Reason(Refusal(code), values), say, language)
        case ObstacleCode.MISSING:
            return say(N_("Missing: %(what)s.")) % {"what": say(MISSING[code])}
        case ObstacleCode.EVIDENCE:
            return say_finding(Finding(FindingCode(code), obstacle.line_id, values, obstacle.blocks), say, language)
        case ObstacleCode.FIGURE_NOT_CONFIRMED:
            label = say(FIGURES[FigureName(str(obstacle.values["name"]))])
            return say(_OBSTACLES[obstacle.code]) % {"figure": label}
        case ObstacleCode.DATES_NOT_CONFIRMED:
            window = WINDOWS.get(str(obstacle.values["key"]).partition(".")[2], N_("The scheme's year"))
            return say(_OBSTACLES[obstacle.code]) % {"days": say(window)}
        case _:
            return say(_OBSTACLES[obstacle.code])


def say_changes(found: tuple[Changed, ...], say: Say) -> list[tuple[str, str, str]]:
    """What changed: its name, what stood and what stands, as far as a few words can tell."""
    return [(say(_CHANGES[each.name]), *_both(each, say)) for each in found]


def _both(each: Changed, say: Say) -> tuple[str, str]:
    if each.name is ChangedName.RATE:
        return money(int(each.before)), money(int(each.after))
    if each.name is ChangedName.STATUS:
        return tuple(say(SCHEME_STATUSES[SchemeStatus(value)]) for value in (each.before, each.after))  # type: ignore[return-value]
    if each.name in {ChangedName.EDITION, ChangedName.ITEM_GONE}:
        return each.before or say(N_("Not on the list")), each.after or say(N_("Not on the list"))
    if each.name is ChangedName.EVIDENCE:
        return _evidence(each.before, say), _evidence(each.after, say)
    return say(N_("As in the edition before")), say(N_("Different: read the scheme's page"))


def _evidence(listed: str, say: Say) -> str:
    return "; ".join(say(MISSING[code]) for code in listed.split(", ") if code in MISSING) or say(N_("None"))


def names_of(lines: Mapping[UUID, str], said: Said) -> list[str]:
    """Whose lines an obstacle is about, five at most by name."""
    return [lines[id] for id in said.lines[:5] if id in lines]
