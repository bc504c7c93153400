"""The six questions and their answers. Plain Python; days are Europe/London days, amounts whole pence."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from pydantic import TypeAdapter

from lms.funding.money import Pence

LONGEST_COURSE = 40
"""Characters of the name of a course that is not taught here: a claim's line keeps that many."""


class Step(StrEnum):
    """The six questions, in their order."""

    COURSE = "course"
    WAGES = "wages"
    HOME = "home"
    FOR_WHOM = "for-whom"
    BOOKED = "booked"
    COSTS = "costs"

    @property
    def number(self) -> int:
        """One for the first."""
        return list(Step).index(self) + 1

    @property
    def after(self) -> "Step | None":
        """The next question; None after the last."""
        return dict(zip(Step, list(Step)[1:], strict=False)).get(self)

    @property
    def before(self) -> "Step | None":
        """The question before; None before the first."""
        return dict(zip(list(Step)[1:], Step, strict=False)).get(self)


class Wages(StrEnum):
    """From what a PA is paid. The first three are the words of schemes."""

    DIRECT_PAYMENT = "direct_payment"
    PERSONAL_HEALTH_BUDGET = "personal_health_budget"
    OWN_MONEY = "own_money"
    SOMEBODY_ELSE = "somebody_else"


class Lives(StrEnum):
    """Where the employer lives."""

    ENGLAND = "england"
    WALES = "wales"
    ELSEWHERE = "elsewhere"


class ForWhom(StrEnum):
    """Whom the PA supports."""

    MYSELF = "myself"
    ADULT = "adult"
    CHILD = "child"


class Booked(StrEnum):
    """How far the booking is."""

    NO = "no"
    BOOKED = "booked"
    PAID = "paid"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What was answered so far; None is not answered yet. `course_name` names one that is not taught here."""

    pa_id: UUID | None = None
    training: str | None = None
    course_name: str | None = None
    wages: Wages | None = None
    lives: Lives | None = None
    for_whom: ForWhom | None = None
    booked: Booked | None = None
    starts_on: date | None = None
    course: Pence | None = None
    travel: Pence | None = None
    cover: Pence | None = None

    @property
    def code(self) -> str:
        """What the training is called in a claim: its code, else the name that was typed."""
        return self.training or self.course_name or ""

    @property
    def total(self) -> Pence:
        """All costs together."""
        return sum(pence or 0 for pence in (self.course, self.travel, self.cover))

    def answered(self, step: Step) -> bool:
        """Whether a question has its answer."""
        match step:
            case Step.COURSE:
                return self.pa_id is not None and bool(self.code)
            case Step.WAGES:
                return self.wages is not None
            case Step.HOME:
                return self.lives is not None
            case Step.FOR_WHOM:
                return self.for_whom is not None
            case Step.BOOKED:
                return self.booked is not None
            case Step.COSTS:
                return self.total > 0

    @property
    def next_step(self) -> Step | None:
        """The first question that has no answer yet; None when all have."""
        return next((step for step in Step if not self.answered(step)), None)

    def with_answer(self, given: Mapping[str, Any]) -> Self:
        """The same with other answers. Names that are no question are left out."""
        known = {field.name for field in fields(self)}
        return replace(self, **{name: value for name, value in given.items() if name in known})

    def data(self) -> dict[str, Any]:
        """As JSON can carry it."""
        plain: dict[str, Any] = _PLAIN.dump_python(self, mode="json")
        return plain


_PLAIN = TypeAdapter(Answers)


def answers_from(data: Mapping[str, Any]) -> Answers:
    """Answers read back from `Answers.data`."""
    return _PLAIN.validate_python(data)
