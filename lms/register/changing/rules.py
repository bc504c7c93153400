"""What a change of rules means for one PA: two verdicts of the same day side by side. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.register.kinds import ListingState
from lms.register.rules import AuthorityRules, Verdict

DAYS_BEFORE = 28
"""How long before a change those affected are told, unless the register manager sets another number."""

MOST_DAYS_BEFORE = 180
AGAIN = (7, 1)
"""So many days before a change it is looked again for people it has come to affect since: they are told then."""


class Effect(StrEnum):
    """What a change does to a PA."""

    LOSES = "loses"
    GAINS = "gains"
    MORE = "more_to_do"
    LESS = "less_to_do"


TOLD = (Effect.LOSES, Effect.MORE, Effect.GAINS)
"""Whom a change is told to beforehand. Who has less to do and stands where they stood need do nothing."""

_WORTH = {ListingState.PROVISIONAL: 1, ListingState.LISTED: 2}


@dataclass(frozen=True)
class Affected:
    """What changes for one PA: the codes of what is needed then and not now, and of what is no longer, in order.

    `shown`: employers see the PA now, so that losing is felt at once.
    """

    effect: Effect
    was: ListingState
    will: ListingState
    more: tuple[str, ...]
    fewer: tuple[str, ...]
    shown: bool = False


def affected(
    was: Verdict, will: Verdict, *, begin: tuple[frozenset[str], frozenset[str]], shown: bool = False
) -> Affected | None:
    """What the rules of `will` change against those of `was`, of the same PA on the same day; None: nothing.

    `begin` are the codes each of the two needs before a PA is shown provisionally: what was missing all along and is
    needed for that only now (or no longer) is a reason too. Both lists empty: it is the provisional time itself.
    """
    more = {code for code in will.missing if code not in was.missing}
    fewer = {code for code in was.missing if code not in will.missing}
    step = _WORTH.get(will.state, 0) - _WORTH.get(was.state, 0)
    if step < 0:
        effect, more = Effect.LOSES, more | ({*will.missing} & (begin[1] - begin[0]))
    elif step > 0:
        effect, fewer = Effect.GAINS, fewer | ({*was.missing} & (begin[0] - begin[1]))
    elif more:
        effect = Effect.MORE
    elif fewer:
        effect = Effect.LESS
    else:
        return None
    return Affected(effect, was.state, will.state, tuple(sorted(more)), tuple(sorted(fewer)), shown)


def begins_with(rules: AuthorityRules) -> frozenset[str]:
    """The codes an edition needs before it shows a PA provisionally."""
    part = rules.provisional
    return frozenset({*part.needs, *part.needs_when_applicable}) if part.allowed else frozenset()


def rounds(day: date, days_before: int) -> Sequence[date]:
    """The days on which people are told of a change that comes on a day, in order."""
    before = sorted({days_before, *(days for days in AGAIN if days < days_before)}, reverse=True)
    return [day - timedelta(days=days) for days in before]


def next_round(day: date, days_before: int, *, after: date) -> date | None:
    """The first of these days that is later than a day; None when none is left."""
    return next((each for each in rounds(day, days_before) if each > after), None)
