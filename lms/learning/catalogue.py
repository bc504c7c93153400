"""Courses, modules and lessons as authored and loaded: frozen, in English and, where there is a translation, Welsh."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from lms.core.content import Authored, Words
from lms.core.words import NotFound
from lms.learning.questions import Code, Question, Text
from lms.people.rules import Nation

Day = date
Line = Annotated[str, StringConstraints(min_length=1)]
Minutes = Annotated[int, Field(ge=1, le=1000)]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
_WORD = re.compile(r"\w[\w’'-]*")
_ADDRESS = re.compile(r"\]\([^)]*\)")
MapsTo = dict[str, tuple[str, ...]]
"""Which standards of which framework something belongs to, by framework code."""


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


class Status(StrEnum):
    """Whether a module can be studied already."""

    READY = "ready"
    COMING = "coming"


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


class FrontMatter(Authored):
    """What stands at the top of a lesson file, between two lines of ---."""

    code: Code
    can_do: Line
    key_points: tuple[Line, ...] = Field(min_length=1, max_length=8)
    get_help: tuple[Help, ...] = Field(min_length=1)
    sources: tuple[SourceLine, ...] = ()
    check_again_by: Day


class LessonText(FrontMatter):
    """A lesson in one language: its front matter, and `body` as Markdown."""

    language: str
    body: str

    @property
    def words(self) -> int:
        """How many words the body has."""
        return len(_WORD.findall(_ADDRESS.sub("", self.body)))

    def help_for(self, nation: Nation) -> list[Help]:
        """Where to turn, the reader's own nation first."""
        return sorted(self.get_help, key=lambda line: line.nation not in (nation.value, Where.BOTH))


class LessonLine(Authored):
    """A lesson as the module's outline lists it; `file` is the name without language and ending."""

    code: Code
    file: FileName
    title: Text
    minutes: Minutes
    outcomes: tuple[Code, ...] = Field(min_length=1)


class Lesson(LessonLine):
    """A lesson with its texts: English always, Welsh where there is one."""

    english: LessonText
    welsh: LessonText | None = None

    def in_(self, language: str) -> LessonText:
        """The text in a language, in English where there is no Welsh; its `language` says which it really is."""
        return self.welsh if language == "cy" and self.welsh else self.english


class Activity(Authored):
    """A piece of written work about the learner's own practice. `prompt` and `read_by` are Markdown."""

    code: Code
    title: Text
    prompt: Text
    read_by: Text
    minutes: Minutes


class CheckPlan(Authored):
    """How a knowledge check is put together: questions drawn, percent needed, minutes it usually takes."""

    draw: int = Field(ge=1, le=100)
    pass_percent: int = Field(ge=1, le=100)
    minutes: Minutes


class Outcome(Authored):
    """What somebody can do after the module; `nations` narrows it to one where it is only about that one."""

    code: Code
    text: Text
    maps_to: MapsTo = Field(default_factory=dict)
    nations: tuple[Nation, ...] = tuple(Nation)


class Outline(Authored):
    """What stands in module.yaml."""

    code: Code
    edition: Code
    status: Status
    title: Text
    aims: Text
    study_minutes: Minutes
    workplace_minutes: int = Field(ge=0, le=1000)
    practical: bool
    practical_note: Words | None = None
    maps_to: MapsTo = Field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    lessons: tuple[LessonLine, ...] = ()
    activity: Activity | None = None
    check: CheckPlan | None = None

    @property
    def ready(self) -> bool:
        """Whether the module can be studied."""
        return self.status is Status.READY


class Module(Outline):
    """A module with its lessons' texts and its bank of questions."""

    lessons: tuple[Lesson, ...] = ()
    questions: tuple[Question, ...] = ()

    def lesson(self, code: str) -> Lesson:
        """One lesson. Raises NotFound."""
        for lesson in self.lessons:
            if lesson.code == code:
                return lesson
        raise NotFound("lesson")

    def by_code(self) -> dict[str, Question]:
        """The bank of questions by code."""
        return {question.code: question for question in self.questions}

    def outcomes_in(self, nation: Nation) -> tuple[str, ...]:
        """The codes of the outcomes that hold in a nation, in the module's order."""
        return tuple(outcome.code for outcome in self.outcomes if nation in outcome.nations)


class Course(Authored):
    """Modules in the order they are best studied in."""

    code: Code
    edition: Code
    title: Text
    about: Text
    modules: tuple[Code, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Courses:
    """Everything that is taught, by code: this room's shelf."""

    courses: Mapping[str, Course]
    modules: Mapping[str, Module]

    def course(self, code: str) -> Course:
        """One course. Raises NotFound."""
        if code not in self.courses:
            raise NotFound("course")
        return self.courses[code]

    def modules_of(self, code: str) -> Sequence[Module]:
        """The modules of a course in order; none when the course is no longer here."""
        course = self.courses.get(code)
        return tuple(self.modules[module] for module in course.modules) if course else ()

    def module_in(self, course: str, code: str) -> Module:
        """A module of a course that can be studied. Raises NotFound for any other, and for one that is coming."""
        for module in self.modules_of(course):
            if module.code == code and module.ready:
                return module
        raise NotFound("module")
