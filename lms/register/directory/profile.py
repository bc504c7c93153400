"""What a PA may say of themselves to employers: these fields and no others. Plain Python.

A home address, a date of birth and a National Insurance number have no field, and free text that holds one is refused
(see `bounds`).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from lms.core.words import N_, Refused

LONGEST_ABOUT = 800
LONGEST_CALLED = 40
MOST_AREAS = 40
MOST_LANGUAGES = 12

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening", "night")
TIMES = tuple(f"{day}_{part}" for day in DAYS for part in PARTS)
"""Each part of each day of a week."""

HOURS = ("to_10", "to_20", "to_30", "over_30", "varies")
"""How many hours a week somebody looks for."""

LANGUAGES = (
    "en cy bsl ar bn ca cs de el es fa fr gd gu hi hu it ku lt lv ml ne nl pa pl ps pt ro ru sk so sq sw ta te th tl "
    "tr uk ur vi yo zh"
).split()
"""Languages somebody can speak or sign with an employer, by code; bsl is British Sign Language."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A profile. `called` is the name employers read; `areas` are names out of the authority's own list.

    `phone` and `email` are for authorities whose directory shows them, and only when the PA filled them in.
    """

    called: str = ""
    about: str = ""
    areas: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    hours: str = ""
    languages: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From what was stored; fields that are not ours are left out."""
        known = {field.name for field in fields(cls)}
        ours: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in data.items() if n in known}
        return cls(**ours)

    def data(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    def only(self, sees: frozenset[str]) -> Self:
        """Without what employers of this authority do not see."""
        hidden: dict[str, Any] = {
            name: type(getattr(self, name))() for name, needs in SEEN_AS.items() if not needs & sees
        }
        return replace(self, **hidden)


SEEN_AS: Mapping[str, frozenset[str]] = {
    "about": frozenset({"profile", "about"}),
    "areas": frozenset({"profile", "area"}),
    "times": frozenset({"profile", "availability"}),
    "hours": frozenset({"profile", "availability"}),
    "languages": frozenset({"profile", "languages", "languages_spoken"}),
    "phone": frozenset({"contact_phone"}),
    "email": frozenset({"contact_email"}),
}
"""Which word of a rule file's `employer_sees` lets employers see a field, and so has the PA asked for it."""

TRAINING_SEEN = frozenset({"training_titles", "skills"})
STATEMENTS_SEEN = "requirement_statements"


def clean_phone(text: str) -> str:
    """A telephone number in the United Kingdom, in figures and spaces; empty when nothing was typed."""
    typed = unicodedata.normalize("NFKC", text).strip()
    figures = re.sub(r"[\s().\-]", "", typed)
    figures = re.sub(r"^(?:\+44|0044)0?", "0", figures)
    if not figures:
        return ""
    if not re.fullmatch(r"0[1-9]\d{8,9}", figures):
        raise Refused(N_("Enter a telephone number in the United Kingdom, such as 01632 960 001."))
    return f"{figures[:5]} {figures[5:8]} {figures[8:]}"
