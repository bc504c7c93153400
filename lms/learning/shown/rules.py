"""How an outcome can be shown, and what a check that asks for each outcome asks next. Plain Python."""

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.learning.catalogue import Module
from lms.learning.questions import Mark, Question
from lms.people.rules import Nation


class HowShown(StrEnum):
    """How somebody showed that they know something. Practice is never among it: that is seen at work.

    check: a question answered right, marked by PALMS. activity: a text that its reader said is met. conversation: said
    to somebody who judged it. prior: learned before, and accepted.
    """

    CHECK = "check"
    ACTIVITY = "activity"
    CONVERSATION = "conversation"
    PRIOR = "prior"


TOLD = frozenset({HowShown.CONVERSATION, HowShown.PRIOR})
"""Ways that stand in for writing: what was heard, or accepted as learned before, need not be written as well."""


def asks_each(module: Module) -> bool:
    """Whether the module's check asks for each outcome until it is shown."""
    return module.check is not None and module.check.each_outcome


def knowledge_only(modules: Sequence[Module]) -> bool:
    """Whether a course teaches no more than the knowledge part of standards: all its checks ask for each outcome."""
    return bool(modules) and all(asks_each(module) for module in modules)


def asked_for(module: Module, nation: Nation) -> tuple[str, ...]:
    """The outcomes that a module's check asks for in a nation, in the module's order: those with questions."""
    with_questions = {question.outcome for question in module.questions if not question.by_hand}
    return tuple(code for code in module.outcomes_in(nation) if code in with_questions)


def written_for(module: Module, nation: Nation) -> tuple[str, ...]:
    """The outcomes that the module's activity shows in a nation."""
    here = module.outcomes_in(nation)
    return tuple(code for code in module.activity.shows if code in here) if module.activity is not None else ()


@dataclass(frozen=True)
class Standing:
    """Where somebody is in a check of each outcome: what it asks for, and what of it is shown."""

    asked: tuple[str, ...]
    shown: frozenset[str]

    @property
    def left(self) -> tuple[str, ...]:
        """The outcomes still to show, in the module's order."""
        return tuple(code for code in self.asked if code not in self.shown)

    @property
    def done(self) -> int:
        """How many are shown."""
        return len(self.asked) - len(self.left)

    @property
    def all_shown(self) -> bool:
        """Whether nothing is left to ask. A check without questions is never all shown."""
        return bool(self.asked) and not self.left


def draw_each(
    bank: Sequence[Question], outcomes: Sequence[str], count: int, *, seed: str, asked: Mapping[str, int]
) -> tuple[str, ...]:
    """The codes of the questions of one go, one for each outcome, in the order of `outcomes`; the same for a seed.

    `asked` says how often each question was asked of this learner before. The question asked least is taken, so that
    nobody meets the same again while the bank has another. When there are more outcomes than `count`, those asked
    least come first: a long standard takes two goes, and nobody is kept at its beginning.
    """
    dice = random.Random(seed)  # noqa: S311  fairness is wanted here, not secrecy
    pools: dict[str, list[str]] = {outcome: [] for outcome in outcomes}
    for question in bank:
        if question.outcome in pools and not question.by_hand:
            pools[question.outcome].append(question.code)
    often = {outcome: sum(asked.get(code, 0) for code in pool) for outcome, pool in pools.items()}
    first = sorted((outcome for outcome in pools if pools[outcome]), key=lambda outcome: often[outcome])[:count]
    drawn: list[str] = []
    for outcome in outcomes:
        if outcome in first:
            pool = pools[outcome]
            dice.shuffle(pool)
            drawn.append(min(pool, key=lambda code: asked.get(code, 0)))
    return tuple(drawn)


def right_in(questions: Sequence[Question], marks: Mapping[str, Mark]) -> dict[str, str]:
    """The outcomes that a marked check shows, each with the first question that was answered right."""
    shown: dict[str, str] = {}
    for question in questions:
        if marks.get(question.code) is Mark.RIGHT:
            shown.setdefault(question.outcome, question.code)
    return shown


def shown_elsewhere(module: Module, nation: Nation, right: Collection[str]) -> dict[str, str]:
    """The outcomes of a module that questions of another show, answered right in a check that was passed."""
    here = module.outcomes_in(nation)
    found: dict[str, str] = {}
    for outcome in module.outcomes:
        question = next((code for code in outcome.asked_also if code in right), None)
        if question is not None and outcome.code in here:
            found[outcome.code] = question
    return found
