"""What stands in the cells of a remittance: an amount in pence, a day, a line's number. Plain Python.

Nothing is guessed: an amount that is not whole pence and a day that can be read two ways are said to be so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from lms.core.cells import in_cell
from lms.funding.money import Pence
from lms.funding.paying.words import DayOrder, Wrong

MOST_PENCE = 1_000_000_000
"""Ten million pounds: more than any payer gives at once."""

_AMOUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.(\d+))?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?: [\d:]+)?", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3,9})[ \-,]+(\d{4})", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE = (
    "january february march april may june july august september october november december sept"  # as people write
).split()


Value = TypeVar("Value")


@dataclass(frozen=True)
class Typed(Generic[Value]):
    """What a cell says, or why it cannot be read."""

    value: Value | None
    wrong: Wrong | None = None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run it; a minus before a figure is only a minus."""
    return in_cell(text) != text and _signed(text) is None


def amount(text: str) -> Typed[Pence]:
    """Pence of an amount as payers write it: 1540, 1,540.00, £1,540.00; minus or brackets are money that went back."""
    said = text.strip()
    if not said:
        return Typed(None, Wrong.NO_AMOUNT)
    if is_formula(said):
        return Typed(None, Wrong.FORMULA)
    signed = _signed(said)
    return Typed(None, Wrong.AMOUNT_UNREADABLE) if signed is None else _pence(signed[1], minus=signed[0])


def _pence(found: re.Match[str], *, minus: bool) -> Typed[Pence]:
    part = found[2] or "00"
    if len(part) > 2:
        return Typed(None, Wrong.AMOUNT_NOT_WHOLE_PENCE)
    if len(part) < 2:
        return Typed(None, Wrong.AMOUNT_UNREADABLE)
    pence = int(found[1].replace(",", "")) * 100 + int(part)
    if not 0 < pence <= MOST_PENCE:
        return Typed(None, Wrong.AMOUNT_TOO_LARGE if pence else Wrong.AMOUNT_NOTHING)
    return Typed(-pence if minus else pence)


def _signed(said: str) -> tuple[bool, re.Match[str]] | None:
    bare = said.replace("\u2212", "-").replace("\u00a0", " ").strip()
    brackets = bare.startswith("(") and bare.endswith(")")
    if brackets:
        bare = bare[1:-1].strip()
    before = bare.startswith("-")
    after = bare.endswith("-")
    bare = bare.removeprefix("-").removesuffix("-").strip().removeprefix("GBP").strip().removeprefix("£").strip()
    if bare.startswith("-") and not before:  # £-40.00
        before, bare = True, bare[1:]
    if brackets + before + after > 1:
        return None
    found = _AMOUNT.fullmatch(bare)
    return (bool(brackets or before or after), found) if found else None


def order_of(texts: Iterable[str]) -> DayOrder | None:
    """How a file writes its days, where at least one can be read only one way and none says otherwise; else None."""
    said = {order for text in texts if (order := _order(text)) is not None}
    return said.pop() if len(said) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Whether a day in figures can be read two ways, and they differ."""
    found = _FIGURES.fullmatch(text.strip())
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1].zfill(2) != found[2].zfill(2)


def _order(text: str) -> DayOrder | None:
    found = _FIGURES.fullmatch(text.strip())
    if found is None or (int(found[1]) <= 12) == (int(found[2]) <= 12):
        return None
    return DayOrder.DAY_FIRST if int(found[1]) > 12 else DayOrder.MONTH_FIRST


def day(text: str, order: DayOrder | None, *, today: date) -> Typed[date]:
    """A day: 2026-11-21, 21 November 2026, or in figures in the order that is known. Days to come are refused."""
    said = text.strip()
    if not said:
        return Typed(None, Wrong.NO_DAY)
    if is_formula(said):
        return Typed(None, Wrong.FORMULA)
    if order is None and is_ambiguous(said):
        return Typed(None, Wrong.DAY_TWO_WAYS)
    found = _day(said, order)
    if found is None or found.year < 2000:
        return Typed(None, Wrong.DAY_UNREADABLE)
    return Typed(None, Wrong.DAY_TO_COME) if found > today else Typed(found)


def _day(said: str, order: DayOrder | None) -> date | None:
    if found := _ISO.fullmatch(said):
        return _real(int(found[1]), int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(said):
        month = found[2].lower()
        if month not in _MONTHS and month not in _WHOLE:
            return None
        return _real(int(found[3]), _MONTHS.index(month[:3]) + 1, int(found[1]))
    if found := _FIGURES.fullmatch(said):
        month_first = (order or _order(said)) is DayOrder.MONTH_FIRST
        month, in_month = (int(found[1]), int(found[2])) if month_first else (int(found[2]), int(found[1]))
        return _real(int(found[3]), month, in_month)
    return None


def _real(year: int, month: int, in_month: int) -> date | None:
    try:
        return date(year, month, in_month)
    except ValueError:
        return None
