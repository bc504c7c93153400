"""What a household may say in a vacancy: these fields and no others. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from lms.core.spelling import clean_text, visible
from lms.core.words import N_, Refused
from lms.register.directory.bounds import IN_A_VACANCY, refuse_private
from lms.register.directory.profile import HOURS, LANGUAGES, LONGEST_CALLED, TIMES

LONGEST_TITLE = 80
LONGEST_TEXT = 1200
LEAST_TEXT = 40
LEAST_PAY, MOST_PAY = 500, 10_000
"""Pence an hour that are taken for a typing mistake below and above."""


@dataclass(frozen=True, kw_only=True)
class VacancyWords:
    """A vacancy. `called` is how the household wants to be named to PAs who answer; `pay` is whole pence an hour."""

    title: str = ""
    text: str = ""
    called: str = ""
    area: str = ""
    times: tuple[str, ...] = ()
    hours: str = ""
    languages: tuple[str, ...] = ()
    pay: int | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From what was stored; fields that are not ours are left out."""
        known = {field.name for field in fields(cls)}
        ours: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in data.items() if n in known}
        return cls(**ours)

    def data(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}


def cleaned_words(words: VacancyWords, areas: Sequence[str]) -> VacancyWords:
    """A vacancy whose every part is bounded; refused when it gives away an address, a telephone number or health."""
    title = " ".join(visible(words.title).split())
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(N_("Write a heading of at most %(most)s characters."), most=LONGEST_TITLE)
    called = " ".join(visible(words.called).split())
    if not called or len(called) > LONGEST_CALLED:
        raise Refused(N_("Write the name by which they may call you."))
    text = clean_text(words.text, LONGEST_TEXT)
    if len(text) < LEAST_TEXT:
        raise Refused(N_("Say a little more: what you want done, and what sort of person would suit you."))
    for part in (title, called, text, f"{title}\n{text}"):
        refuse_private(part, IN_A_VACANCY)
    if words.pay is not None and not LEAST_PAY <= words.pay <= MOST_PAY:
        raise Refused(N_("Enter the pay for one hour in pounds and pence, such as 12.60."))
    return VacancyWords(
        title=title,
        text=text,
        called=called,
        area=words.area if words.area in areas else "",
        times=tuple(time for time in TIMES if time in words.times),
        hours=words.hours if words.hours in HOURS else "",
        languages=tuple(code for code in LANGUAGES if code in words.languages),
        pay=words.pay,
    )
