"""Reads one lesson: front matter and Markdown, in English and, where there is a translation, in Welsh."""

import re
from collections.abc import Iterator
from pathlib import Path

from lms.core.content import Problems, read_text, read_yaml, split_front_matter, validated
from lms.learning.catalogue import FrontMatter, Lesson, LessonLine, LessonText

_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$")
_GOOD_LINK = re.compile(r"https?://[^/\s]|mailto:|tel:")


def lesson_of(line: LessonLine, folder: Path, problems: Problems) -> Lesson | None:
    """The lesson an outline lists, with its texts; None, with the mistakes noted, when the English one is wrong."""
    english = _text(folder / f"{line.file}.en.md", "en", line.code, problems)
    path = folder / f"{line.file}.cy.md"
    welsh = _text(path, "cy", line.code, problems) if path.is_file() else None
    return Lesson(**dict(line), english=english, welsh=welsh) if english is not None else None


def _text(path: Path, language: str, code: str, problems: Problems) -> LessonText | None:
    content = read_text(path, problems)
    if content is None:
        return None
    parts = split_front_matter(content)
    if parts is None:
        problems.add(path, 1, "A lesson starts with its front matter, between two lines of ---.")
        return None
    front, body = parts
    source = read_yaml(path, problems, text=front, first_line=2)
    matter = validated(FrontMatter, source, problems) if source is not None else None
    for number, address in _bad_links(content):
        problems.add(path, number, f"The link “{address}” has to start with https://, http://, mailto: or tel:.")
    if matter is None or source is None:
        return None
    if matter.code != code:
        problems.add(path, source.line("code"), f"The code is “{matter.code}” here and “{code}” in module.yaml.")
    if not body.strip():
        problems.add(path, 0, "The lesson has no text.")
    return LessonText(**dict(matter), language=language, body=body)


def _bad_links(content: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(content.splitlines(), start=1):
        for inline, reference in _LINK.findall(line):
            address = inline or reference
            if not _GOOD_LINK.match(address):
                yield number, address
