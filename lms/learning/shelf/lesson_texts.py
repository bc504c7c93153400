"""The text of a lesson in one language: front matter and Markdown, frozen once it is loaded."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from lms.core.content import Authored
from lms.learning.questions import Code
from lms.learning.shelf.recordings import NAME as RECORDING_NAME
from lms.learning.shelf.recordings import RecordingKind
from lms.people.rules import Nation

Day = date
Line = Annotated[str, StringConstraints(min_length=1)]
_WORD = re.compile(r"\w[\w’'-]*")
_ADDRESS = re.compile(r"\]\([^)]*\)")


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("a link has to start with https:// or http://")
    return value


class Where(StrEnum):
    """Whose law or help a line is about."""

    ENGLAND = "england"
    WALES = "wales"
    BOTH = "both"


class SourceKind(StrEnum):
    """What a source is: readers are told what is law, what is guidance, what is good practice and what local custom."""

    LAW = "law"
    GUIDANCE = "guidance"
    GOOD_PRACTICE = "good_practice"
    LOCAL_CUSTOM = "local_custom"


class SourceLine(Authored):
    """A primary source, with the day or the year it is from."""

    title: Line
    publisher: Line
    url: Annotated[str, AfterValidator(_web_address)]
    date: Day | Annotated[int, Field(ge=1800, le=2200)]
    kind: SourceKind
    nation: Where = Where.BOTH


class Help(Authored):
    """Who to ask; `text` is Markdown."""

    nation: Where
    text: Line


class Recording(Authored):
    """Something to listen to or to watch. `transcript` is Markdown; `captions` name a .vtt file for a video."""

    file: Annotated[str, StringConstraints(pattern=f"^(?:{RECORDING_NAME.pattern})$")]
    title: Line
    kind: RecordingKind
    transcript: Line
    captions: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*\.vtt$")] | None = None


class FrontMatter(Authored):
    """What stands at the top of a lesson file, between two lines of ---."""

    code: Code
    can_do: Line
    key_points: tuple[Line, ...] = Field(min_length=1, max_length=8)
    get_help: tuple[Help, ...] = Field(min_length=1)
    sources: tuple[SourceLine, ...] = ()
    recordings: tuple[Recording, ...] = Field(default=(), max_length=5)
    check_again_by: Day


class LessonText(FrontMatter):
    """A lesson in one language: its front matter, and `body` as Markdown, which begins after the line `before`."""

    language: str
    body: str
    path: Path = Path()
    before: int = 0

    @property
    def words(self) -> int:
        """How many words the body has."""
        return len(_WORD.findall(_ADDRESS.sub("", self.body)))

    def help_for(self, nation: Nation) -> list[Help]:
        """Where to turn, the reader's own nation first."""
        return sorted(self.get_help, key=lambda line: line.nation not in (nation.value, Where.BOTH))
