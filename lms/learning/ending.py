"""Where a course ends for somebody: that nothing is left to do in it, why, and since when. Plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.learning import rules
from lms.learning.catalogue import Module
from lms.learning.rules import Studied

NEWS_FOR = timedelta(days=14)
"""How long it is news on a home page that a course is done."""


class Ending(StrEnum):
    """Why nothing is left to do: somebody still reads, further modules are still written, or all of it is done."""

    WAITING = "waiting"
    SO_FAR = "so_far"
    ALL = "all"


@dataclass(frozen=True)
class Ended:
    """The end of a course. `at`: when its last module was finished. `prior`: not all of it was studied."""

    how: Ending
    modules: int
    at: datetime | None
    prior: bool

    def is_news(self, now: datetime) -> bool:
        """Whether all of it was done only lately."""
        return self.how is Ending.ALL and self.at is not None and now - self.at < NEWS_FOR


def ended(modules: Sequence[Module], studied: Studied) -> Ended:
    """How a course stands in which there is no next step."""
    at = max((studied.finished[module.code] for module in modules if module.code in studied.finished), default=None)
    return Ended(_how(modules, studied), len(modules), at, prior=bool(studied.prior))


def _how(modules: Sequence[Module], studied: Studied) -> Ending:
    if any(rules.waits(module, studied) for module in modules):
        return Ending.WAITING
    done = all(module.code in studied.finished or rules.all_prior(module, studied) for module in modules)
    return Ending.ALL if modules and done else Ending.SO_FAR
