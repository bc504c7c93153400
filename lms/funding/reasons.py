"""A verdict and what it is made of: reasons, figures with their standing, what is missing, the last day to act.

A verdict can be copied into a claim as plain data and read back, so that what was relied on stays what it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from lms.funding.money import Pence
from lms.funding.vocabulary import Decision, Provenance, Refusal, Support

Plain = str | int | bool


@dataclass(frozen=True)
class Reason:
    """One reason, by its code, with the values its sentence needs. Days are ISO text under names that end in `_on`,
    money is pence under names that end in `_pence`; other values are words of the vocabulary or plain."""

    code: Refusal | Support
    values: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def against(self) -> bool:
        """Whether it speaks against paying, at all or in full."""
        return isinstance(self.code, Refusal)


class FigureName(StrEnum):
    """The figures a verdict may rest on."""

    RATE = "rate"
    RATE_A_DAY = "rate_a_day"
    RATE_A_CREDIT = "rate_a_credit"
    GUIDE_MINIMUM = "guide_minimum"
    DAYS = "days"
    YEAR_LIMIT = "year_limit"
    YEAR_CREDITS = "year_credits"
    ORGANISATION_CAP = "organisation_cap"
    GRANT_PERCENT = "grant_percent"
    PRICE_TO_PA = "price_to_pa"


@dataclass(frozen=True)
class Figure:
    """A figure a verdict rests on. `value` is pence, days, credits or percent, by `name`, in plain digits.

    `scheme` and `key` say where it stands, such as `items.TRAIN-DAY` or `limits`: what carries one word of standing is
    confirmed together.
    """

    name: FigureName
    value: str
    provenance: Provenance
    scheme: str = ""
    key: str = ""

    @property
    def is_fact(self) -> bool:
        """Whether it may be shown as fact; otherwise it is an example an administrator has to confirm."""
        return self.provenance.is_fact


class Act(StrEnum):
    """What has to be done by a last day."""

    APPLY = "apply"
    SUBMIT = "submit"
    DELIVER = "deliver"


@dataclass(frozen=True)
class Deadline:
    """The last day on which something still counts, and what has to be done by then."""

    act: Act
    on: date


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a scheme says to what was asked. Amounts are whole pence.

    `amount` is what is payable; at most that while `cost_known` is False. `missing` names evidence and facts that are
    still needed, `conditions` what people have to confirm because no record here can, `advice` what to mind.
    `requested` is what a funder is asked to decide on. `first_part` and `second_part` always add up, as do `grant` and
    `match`.
    """

    decision: Decision
    amount: Pence = 0
    cost_known: bool = True
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    deadline: Deadline | None = None
    requested: Pence | None = None
    first_part: Pence | None = None
    second_part: Pence | None = None
    grant: Pence | None = None
    match: Pence | None = None

    @property
    def claimable(self) -> bool:
        """Whether it makes sense to go on: payable, payable in part, or for the funder to decide."""
        return self.decision is not Decision.REFUSED

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The codes of everything that speaks against it."""
        return tuple(r.code for r in self.reasons if isinstance(r.code, Refusal))

    @property
    def amount_is_fact(self) -> bool:
        """Whether every figure behind the amount may be shown as fact."""
        return all(figure.is_fact for figure in self.figures)

    def as_data(self) -> dict[str, Any]:
        """The verdict as JSON can carry it."""
        data: dict[str, Any] = _PLAIN.dump_python(self, mode="json")
        return data


_PLAIN = TypeAdapter(Verdict)


def verdict_from(data: Mapping[str, Any]) -> Verdict:
    """A verdict read back from `Verdict.as_data`."""
    return _PLAIN.validate_python(data)
