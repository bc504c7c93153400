"""Answers and what comes of them in the reader's language, ready for a page. No Flask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from lms.core.content import Words
from lms.core.i18n import day, money
from lms.core.words import Say
from lms.funding import texts as said
from lms.funding.employers import texts
from lms.funding.employers.answers import Answers, Booked, ForWhom, Lives, Step, Wages
from lms.funding.employers.queries import Outcome
from lms.funding.employers.rules import First, Fit, against, costs_of, first_steps, not_to_do
from lms.funding.money import Pence
from lms.funding.reasons import Act, Verdict
from lms.funding.scheme import Scheme
from lms.funding.vocabulary import ClaimState

_Answer = TypeVar("_Answer", Wages, Lives, ForWhom, Booked)


@dataclass(frozen=True)
class Row:
    """One answer: the question's message id, the answer's lines, and whether those are message ids."""

    step: Step
    label: str
    lines: tuple[str, ...]
    translate: bool = False


@dataclass(frozen=True, kw_only=True)
class Part:
    """One cost as a scheme would meet it."""

    label: str
    asked: Pence
    most: Pence


@dataclass(frozen=True, kw_only=True)
class FitShown:
    """Money that fits, in words. `amount_is_fact` False: it rests on an example figure."""

    code: str
    title: Words
    note: Words | None
    by_employer: bool
    amount: str
    amount_is_fact: bool
    parts: tuple[Part, ...]
    not_met: tuple[str, ...]
    first: tuple[str, ...]
    never: tuple[str, ...]
    advice: tuple[str, ...]
    decided_by_case: bool


@dataclass(frozen=True, kw_only=True)
class OtherShown:
    """Money that does not fit, and why."""

    title: Words
    why: tuple[str, ...]


def rows(answers: Answers, pa_name: str, course: str, say: Say, language: str) -> list[Row]:
    """Every answer in the order of the questions."""
    starts = (day(answers.starts_on, language),) if answers.starts_on else ()
    costs = tuple(f"{say(texts.COSTS[cost])}: {money(pence)}" for cost, pence in costs_of(answers) if pence)
    return [
        Row(Step.COURSE, texts.QUESTIONS[Step.COURSE], (pa_name, course)),
        Row(Step.WAGES, texts.QUESTIONS[Step.WAGES], _one(texts.WAGES, answers.wages), translate=True),
        Row(Step.HOME, texts.QUESTIONS[Step.HOME], _one(texts.LIVES, answers.lives), translate=True),
        Row(Step.FOR_WHOM, texts.QUESTIONS[Step.FOR_WHOM], _one(texts.FOR_WHOM, answers.for_whom), translate=True),
        Row(Step.BOOKED, texts.QUESTIONS[Step.BOOKED], (*_one(texts.BOOKED, answers.booked), *starts), translate=True),
        Row(Step.COSTS, texts.QUESTIONS[Step.COSTS], costs),
    ]


def _one(labels: Mapping[_Answer, str], answer: _Answer | None) -> tuple[str, ...]:
    return (labels[answer],) if answer is not None else ()


def conditions(verdict: Verdict, say: Say, *, own: bool) -> list[str]:
    """What has to be true beside what is known; said to the employer where it is their `own` page."""
    words = zip(verdict.conditions, said.conditions(verdict, say), strict=True)
    return [say(texts.YOU[code]) if own and code in texts.YOU else text for code, text in words]


def fit(found: Fit, outcome: Outcome, say: Say, language: str, *, own: bool) -> FitShown:
    """Money that fits, in words."""
    wanted = {one.cost: one for one in found.wanted}
    return FitShown(
        code=found.scheme.code,
        title=found.scheme.title,
        note=found.scheme.note,
        by_employer=found.asked_by_employer,
        amount=money(found.at_most),
        amount_is_fact=found.verdict.amount_is_fact,
        parts=tuple(
            Part(label=say(texts.COSTS[cost]), asked=one.pence, most=one.verdict.amount) for cost, one in wanted.items()
        ),
        not_met=tuple(say(texts.COSTS[cost]) for cost in found.not_met),
        first=tuple(_first(step, found, outcome, say, language) for step in first_steps(found)),
        never=tuple(say(texts.NEVER[each]) for each in not_to_do(found)),
        advice=tuple(conditions(found.verdict, say, own=own)),
        decided_by_case=said.tell(found.verdict, say, language).tone == "soon",
    )


def other(found: Fit, say: Say, language: str) -> OtherShown:
    """Money that does not fit, with every reason."""
    stops = [say(texts.STOPS[stop]) for stop in found.stops]
    reasons = [said.reason(each, say, language) for each in against(found)]
    return OtherShown(title=found.scheme.title, why=tuple(dict.fromkeys([*stops, *reasons])))


def afterwards(state: ClaimState, scheme: Scheme | None, say: Say) -> tuple[str, ...]:
    """What happens with an application in a state in which its household waits or is done; empty while it is open."""
    days = scheme.decision_within_days if scheme else None
    values = {"within": say(texts.WITHIN) % {"days": days} if days else ""}
    return tuple(say(line) % values for line in texts.AFTERWARDS.get(state, ()))


def _first(step: First, found: Fit, outcome: Outcome, say: Say, language: str) -> str:
    deadline = found.verdict.deadline
    last = day(deadline.on, language) if deadline and deadline.act in {Act.APPLY, Act.SUBMIT} else ""
    days = found.scheme.decision_within_days
    named = outcome.user_led.called(language) if outcome.user_led else say(texts.WHO_ASKS[found.asks])
    values = {
        "organisation": named,
        "day": last,
        "within": say(texts.WITHIN) % {"days": days} if days else "",
    }
    return say(texts.FIRST[step]) % values
