"""Courses, modules and lessons as authored and loaded: frozen, in English and, where there is a translation, Welsh."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from lms.core.content import Authored, Words
from lms.core.words import NotFound
from lms.learning.audiences import Audience
from lms.learning.questions import Code, Question, Read, Text
from lms.learning.shelf.lesson_texts import LessonText
from lms.learning.shelf.pictures import Picture
from lms.learning.shelf.recordings import RecordingFile
from lms.people.rules import Nation

Minutes = Annotated[int, Field(ge=1, le=1000)]
FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Place = tuple[Path, int]
"""A file and a line in it, from 1; 0 is the file as a whole."""
MapsTo = dict[str, tuple[str, ...]]
"""Which standards of which framework something belongs to, by framework code."""


class Status(StrEnum):
    """Whether a module can be studied already."""

    READY = "ready"
    COMING = "coming"


class LessonLine(Authored):
    """A lesson as the module's outline lists it; `file` is the name without language and ending."""

    code: Code
    file: FileName
    title: Text
    minutes: Minutes
    outcomes: tuple[Code, ...] = Field(min_length=1)


class LessonLink(Authored):
    """A lesson that another module teaches, listed as if it stood here; `outcomes` are those of the module it is in."""

    link: Code
    outcomes: tuple[Code, ...] = Field(min_length=1)

    @property
    def code(self) -> str:
        """The lesson's own code: what learners have done is remembered by it, wherever they did it."""
        return self.link


def _kind_of_line(value: Any) -> str:
    linked = "link" in value if isinstance(value, dict) else isinstance(value, LessonLink)
    return "(link)" if linked else "(lesson)"


ListedLesson = Annotated[
    Annotated[LessonLine, Tag("(lesson)")] | Annotated[LessonLink, Tag("(link)")], Discriminator(_kind_of_line)
]
"""A lesson in an outline: taught here, or linked to."""


class Home(Authored):
    """Where a lesson is taught that is linked to: the module's code, its edition and its title."""

    module: Code
    edition: Code
    title: Text


class Lesson(LessonLine):
    """A lesson with its texts: English always, Welsh where there is one.

    `home` is the module that teaches it, where it is linked to; its pictures and recordings stand there.
    """

    english: LessonText
    welsh: LessonText | None = None
    home: Home | None = None

    def edition_in(self, module: "Outline") -> str:
        """The edition its text is of, when it is read in a module."""
        return self.home.edition if self.home else module.edition

    def in_(self, language: str) -> LessonText:
        """The text in a language, in English where there is no Welsh; its `language` says which it really is."""
        return self.welsh if language == "cy" and self.welsh else self.english


class Activity(Authored):
    """A piece of written work about the learner's own practice. `prompt` and `read_by` are Markdown.

    `read` says whether somebody has to read it before it counts, or may. `shows` are outcomes of the module that the
    writing shows, once its reader says that it is met.
    """

    code: Code
    title: Text
    prompt: Text
    read_by: Text
    minutes: Minutes
    read: Read = Read.WELCOME
    shows: tuple[Code, ...] = ()


class Counts(StrEnum):
    """Which of several attempts at a check counts."""

    BEST = "best"
    LATEST = "latest"


class CheckPlan(Authored):
    """How a knowledge check is put together: questions drawn, percent needed, minutes it usually takes.

    `wait_hours` is how long after an attempt that was not enough the next one may begin; there is no wait by default.

    A check of `each_outcome` asks one question for each outcome that is not shown yet, at most `draw` in one go, and is
    passed when all are shown, over all goes. It has no percent to pass.
    """

    draw: int = Field(ge=1, le=100)
    pass_percent: int = Field(default=100, ge=1, le=100)
    minutes: Minutes
    wait_hours: int = Field(default=0, ge=0, le=24 * 30)
    counts: Counts = Counts.BEST
    each_outcome: bool = False

    @model_validator(mode="after")
    def _has_a_percent_or_none(self) -> Self:
        if self.each_outcome and "pass_percent" in self.model_fields_set and self.pass_percent != 100:
            raise ValueError("a check of each_outcome has no pass_percent: it is passed when every outcome is shown")
        if not self.each_outcome and "pass_percent" not in self.model_fields_set:
            raise ValueError("a check needs its pass_percent, or each_outcome: true")
        if self.each_outcome and self.wait_hours:
            raise ValueError("a check of each_outcome has no wait_hours: its next go is about what is still to show")
        return self


class Outcome(Authored):
    """What somebody can do after the module; `nations` narrows it to one where it is only about that one.

    `asked_also` are questions of other modules that ask the same: right in a check that was passed, they show it too.
    """

    code: Code
    text: Text
    maps_to: MapsTo = Field(default_factory=dict)
    nations: tuple[Nation, ...] = tuple(Nation)
    asked_also: tuple[Code, ...] = ()


class Outline(Authored):
    """What stands in module.yaml. `changes` says what is new in this edition to whoever began with an earlier one."""

    code: Code
    edition: Code
    status: Status
    changes: Text | None = None
    title: Text
    aims: Text
    study_minutes: Minutes
    workplace_minutes: int = Field(ge=0, le=1000)
    practical: bool
    practical_note: Words | None = None
    maps_to: MapsTo = Field(default_factory=dict)
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    lessons: tuple[ListedLesson, ...] = ()
    activity: Activity | None = None
    check: CheckPlan | None = None

    @property
    def ready(self) -> bool:
        """Whether the module can be studied."""
        return self.status is Status.READY


class Module(Outline):
    """A module in one edition, with its lessons' texts, its questions, and the pictures and recordings they show.

    `places` says where each of its parts was written, by code, for whoever reports on it.
    """

    lessons: tuple[Lesson, ...] = ()
    questions: tuple[Question, ...] = ()
    pictures: Mapping[str, Picture] = Field(default_factory=dict)
    recordings: Mapping[str, RecordingFile] = Field(default_factory=dict)
    places: Mapping[str, Place] = Field(default_factory=dict)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes by which a learner's record speaks of it: its own, its lessons' and its activity's."""
        own = {self.code, *(lesson.code for lesson in self.lessons)}
        return frozenset(own | {self.activity.code} if self.activity else own)

    def lesson(self, code: str) -> Lesson:
        """One lesson. Raises NotFound."""
        for lesson in self.lessons:
            if lesson.code == code:
                return lesson
        raise NotFound("lesson")

    def picture(self, name: str) -> Picture:
        """One picture. Raises NotFound."""
        if name not in self.pictures:
            raise NotFound("picture")
        return self.pictures[name]

    def recording(self, name: str) -> RecordingFile:
        """One recording, or its captions. Raises NotFound."""
        if name not in self.recordings:
            raise NotFound("recording")
        return self.recordings[name]

    def by_code(self) -> dict[str, Question]:
        """The bank of questions by code."""
        return {question.code: question for question in self.questions}

    def outcomes_in(self, nation: Nation) -> tuple[str, ...]:
        """The codes of the outcomes that hold in a nation, in the module's order."""
        return tuple(outcome.code for outcome in self.outcomes if nation in outcome.nations)


class Course(Authored):
    """Modules in the order they are best studied in. `audience`, written `for`, says who it is for: PAs by default."""

    code: Code
    edition: Code
    title: Text
    about: Text
    modules: tuple[Code, ...] = Field(min_length=1)
    audience: tuple[Audience, ...] = Field(default=(Audience.PA,), alias="for", min_length=1)

    @property
    def for_pas(self) -> bool:
        """Whether it is part of what PAs learn: what is not counts in no number about PAs."""
        return Audience.PA in self.audience


def edition_order(edition: str) -> tuple[tuple[bool, int, str], ...]:
    """A key that sorts editions as people count: 2026.2 comes before 2026.10."""
    parts = re.findall(r"\d+|\D+", edition)
    return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)


Pins = Mapping[str, str]
"""Editions of modules by code: those an enrolment keeps."""


@dataclass(frozen=True)
class Courses:
    """Everything that is taught, by code: this room's shelf.

    `modules` has each module in its newest edition, the one a new learner gets. `others` has the editions beside it,
    by code and edition, for learners who began with one of them.
    """

    courses: Mapping[str, Course]
    modules: Mapping[str, Module]
    others: Mapping[tuple[str, str], Module] = field(default_factory=dict)

    def course(self, code: str) -> Course:
        """One course. Raises NotFound."""
        if code not in self.courses:
            raise NotFound("course")
        return self.courses[code]

    def not_for_pas(self) -> tuple[str, ...]:
        """The codes of courses that are written for others than PAs."""
        return tuple(code for code, course in self.courses.items() if not course.for_pas)

    def has(self, code: str, edition: str) -> bool:
        """Whether a module stands here in just this edition."""
        return (code, edition) in self.others or (code in self.modules and self.modules[code].edition == edition)

    def home_of(self, module: Module, lesson: Lesson) -> Module:
        """The module whose pictures and recordings a lesson shows: that which teaches it, when it is linked to."""
        return self.edition(lesson.home.module, lesson.home.edition) if lesson.home else module

    def edition(self, code: str, edition: str | None = None) -> Module:
        """A module in an edition; in the newest when none is named or that one is no longer here. Raises NotFound."""
        found = self.others.get((code, edition)) if edition is not None else None
        if found is not None:
            return found
        if code not in self.modules:
            raise NotFound("module")
        return self.modules[code]

    def editions_of(self, code: str) -> Sequence[Module]:
        """A module in every edition that stands here, the newest first."""
        return (self.modules[code], *(each for each in self.others.values() if each.code == code))

    def modules_of(self, code: str, pins: Pins | None = None) -> Sequence[Module]:
        """The modules of a course in order, each in the edition that is pinned; none when the course is gone."""
        course = self.courses.get(code)
        return tuple(self.edition(module, (pins or {}).get(module)) for module in course.modules) if course else ()

    def module_in(self, course: str, code: str, edition: str | None = None) -> Module:
        """A module of a course that can be studied, in an edition (None: the newest; so too when that one is gone).

        Raises NotFound for a module that is not in the course, and for one that is coming.
        """
        if course in self.courses and code in self.courses[course].modules:
            module = self.edition(code, edition)
            if module.ready:
                return module
        raise NotFound("module")
