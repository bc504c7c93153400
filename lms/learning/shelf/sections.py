"""The sections of a lesson: its headings, counted from 1, so that a place in it can be named. Plain Python."""

import re
from functools import lru_cache
from itertools import count

from lms.core.content import Words
from lms.core.markdown import parts_of
from lms.learning.catalogue import Lesson

_HEADING = re.compile(r"<(h[23])(?=[ >])")
LEVELS = {"h2", "h3"}


@lru_cache(maxsize=1024)
def sections(markdown: str) -> tuple[str, ...]:
    """The headings of a text in order, without their marks."""
    parts = parts_of(markdown)
    opened = (i for i, part in enumerate(parts) if part.type == "heading_open" and part.tag in LEVELS)
    return tuple("".join(child.content for child in parts[i + 1].children or []) for i in opened)


def place(section: int) -> str:
    """What a section is called in an address, behind the #."""
    return f"section-{section}"


@lru_cache(maxsize=1024)
def with_places(html: str) -> str:
    """The HTML of a lesson's text, each heading with its place, so that an address can lead there."""
    number = count(1)
    return _HEADING.sub(lambda tag: f'<{tag[1]} id="{place(next(number))}"', html)


def heading(lesson: Lesson, section: int) -> Words | None:
    """What stands above a section, in each language; None when the lesson has no such section."""
    english = sections(lesson.english.body)
    welsh = sections(lesson.welsh.body) if lesson.welsh else ()
    if not 1 <= section <= len(english):
        return None
    return Words(en=english[section - 1], cy=welsh[section - 1] if len(welsh) == len(english) else None)


def minutes_left(lesson: Lesson, section: int) -> int:
    """Whole minutes of a lesson that are left from the start of a section on, at least one.

    Sections are taken as equally long; the opening before the first heading belongs to the first.
    """
    total = len(sections(lesson.english.body))
    if not 1 <= section <= total:
        return lesson.minutes
    return max(1, -(-lesson.minutes * (total - section + 1) // total))
