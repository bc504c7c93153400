"""What a newer edition of a module means for one learner: what is new, what stays done, what it adds. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.core.content import Words
from lms.learning.catalogue import Module, edition_order
from lms.learning.rules import Step, Studied, steps


@dataclass(frozen=True)
class Offer:
    """A newer edition of a module that a learner has in an older one.

    `changes` say what is new, the latest first, of every edition that lies between. `minutes` is how much study it
    adds to what is left now; never less than nothing, since nobody is hurried by what was taken out.
    """

    kept: Module
    newer: Module
    changes: tuple[Words, ...]
    stay_done: tuple[Step, ...]
    to_do: tuple[Step, ...]
    minutes: int
    finished: bool


def offer(kept: Module, editions: Sequence[Module], studied: Studied) -> Offer | None:
    """What can be offered to somebody who has `kept`; `editions` are all that stand here, the newest first.

    None when they have the newest already, and when the newest cannot be studied.
    """
    newer = editions[0]
    if newer.edition == kept.edition or not newer.ready:
        return None
    every = steps(newer, studied)
    left = tuple(step for step in every if not step.done)
    now_left = sum(step.minutes for step in steps(kept, studied) if not step.done)
    between = sorted((each for each in editions if _after(each, kept)), key=_order, reverse=True)
    told = [newer, *(each for each in between if each is not newer)]
    return Offer(
        kept=kept,
        newer=newer,
        changes=tuple(each.changes for each in told if each.changes is not None),
        stay_done=tuple(step for step in every if step.done),
        to_do=left,
        minutes=max(0, sum(step.minutes for step in left) - now_left),
        finished=kept.code in studied.finished,
    )


def _after(module: Module, kept: Module) -> bool:
    return module.ready and _order(module) > _order(kept)


def _order(module: Module) -> tuple[tuple[bool, int, str], ...]:
    return edition_order(module.edition)
