"""Reads one lesson: front matter and Markdown, in English and, where there is a translation, in Welsh."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from markdown_it.token import Token

from lms.core.content import Problems, Source, read_text, read_yaml, split_front_matter, validated
from lms.core.markdown import parts_of
from lms.learning.catalogue import Lesson, LessonLine
from lms.learning.shelf.lesson_texts import FrontMatter, LessonText
from lms.learning.shelf.recordings import RecordingKind

PICTURES = "pictures/"
"""How a lesson's Markdown begins the address of one of its module's pictures."""

_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$")
_GOOD_LINK = re.compile(r"https?://[^/\s]|mailto:|tel:")


def lesson_of(
    line: LessonLine, folder: Path, pictures: Collection[str], recordings: Collection[str], problems: Problems
) -> Lesson | None:
    """The lesson an outline lists, with its texts; None, with the mistakes noted, when the English one is wrong.

    `pictures` and `recordings` are the names of those the module has.
    """
    reader = _Reader(line.code, frozenset(pictures), frozenset(recordings), problems)
    english = reader.text(folder / f"{line.file}.en.md", "en")
    path = folder / f"{line.file}.cy.md"
    welsh = reader.text(path, "cy") if path.is_file() else None
    return Lesson(**dict(line), english=english, welsh=welsh) if english is not None else None


class _Reader:
    """Reads the files of one lesson."""

    def __init__(self, code: str, pictures: Collection[str], recordings: Collection[str], problems: Problems) -> None:
        self.code, self.pictures, self.recordings, self.problems = code, pictures, recordings, problems

    def text(self, path: Path, language: str) -> LessonText | None:
        content = read_text(path, self.problems)
        if content is None:
            return None
        parts = split_front_matter(content)
        if parts is None:
            self.problems.add(path, 1, "A lesson starts with its front matter, between two lines of ---.")
            return None
        front, body = parts
        before = front.count("\n") + 3
        source = read_yaml(path, self.problems, text=front, first_line=2)
        matter = validated(FrontMatter, source, self.problems) if source is not None else None
        self._links(path, content)
        self._pictures(path, body, before)
        if matter is None or source is None:
            return None
        if matter.code != self.code:
            self.problems.add(
                path, source.line("code"), f"The code is “{matter.code}” here and “{self.code}” in module.yaml."
            )
        if not body.strip():
            self.problems.add(path, 0, "The lesson has no text.")
        self._recordings(matter, source)
        return LessonText(**dict(matter), language=language, body=body, path=path, before=before)

    def _links(self, path: Path, content: str) -> None:
        for number, line in enumerate(content.splitlines(), start=1):
            for inline, reference in _LINK.findall(line):
                address = inline or reference
                if not _GOOD_LINK.match(address) and not address.startswith(PICTURES):
                    sentence = f"The link “{address}” has to start with https://, http://, mailto: or tel:."
                    self.problems.add(path, number, sentence)

    def _pictures(self, path: Path, body: str, before: int) -> None:
        if "![" not in body and PICTURES not in body:
            return  # most lessons show none, and to take Markdown apart is what takes longest of all
        lines = body.splitlines()
        for token, first in addressed(body):
            is_picture = token.type == "image"
            address = str(token.attrGet("src" if is_picture else "href") or "")
            number = before + next((n for n in range(first, len(lines)) if address in lines[n]), first) + 1
            name = address.removeprefix(PICTURES)
            if not is_picture:
                if address.startswith(PICTURES):
                    self.problems.add(path, number, f"To show “{address}”, write ! before the bracket.")
            elif not address.startswith(PICTURES):
                self.problems.add(path, number, f"The picture “{address}” has to be a file in the module's pictures/.")
            elif name not in self.pictures:
                self.problems.add(path, number, f"There is no picture “{address}” in this module that can be shown.")
            if is_picture and not token.content.strip():
                sentence = (
                    f"The picture “{address}” needs words for those who cannot see it: ![what it shows]({address})."
                )
                self.problems.add(path, number, sentence)

    def _recordings(self, matter: FrontMatter, source: Source) -> None:
        for i, recording in enumerate(matter.recordings):
            for key, name in (("file", recording.file), ("captions", recording.captions)):
                if name is not None and name not in self.recordings:
                    sentence = f"There is no recording “recordings/{name}” in this module that can be played."
                    self.problems.add(source.path, source.line("recordings", i, key), sentence)
            if recording.captions and recording.kind is RecordingKind.AUDIO:
                line = source.line("recordings", i, "captions")
                self.problems.add(source.path, line, "Captions belong to a video; sound has its transcript.")


def addressed(markdown: str) -> Iterator[tuple[Token, int]]:
    """Every link and picture of a text, each with the line, from 0, on which its paragraph begins."""
    for part in parts_of(markdown):
        for token in part.children or ():
            if token.type in {"image", "link_open"}:
                yield token, part.map[0] if part.map else 0
