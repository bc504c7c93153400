"""Puts lessons that another module teaches into the modules that link to them, every mistake with file and line.

A link means the newest edition of a ready module that teaches the lesson. Nothing is copied: the text is the same
object, and its pictures and recordings stay with the module that teaches it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lms.core.content import Problems, Source
from lms.learning.catalogue import Courses, Home, Lesson, LessonLink, Module, Outline

Edition = tuple[str, str]
"""Code and edition of a module."""

Skip = Callable[[str], bool]
"""Whether a code may belong to a module that could not be read, so that nothing can be said about it."""


@dataclass(frozen=True)
class Linker:
    """Looks up the lessons that outlines link to. `courses` has every module without them."""

    courses: Courses
    outlines: Mapping[Edition, Outline]

    def check(self, sources: Mapping[Edition, Source], problems: Problems, skip: Skip) -> None:
        """Every link that leads nowhere, or round in a circle, goes to `problems`."""
        teachers = self._teachers()
        for edition, outline in self.outlines.items():
            for i, line in enumerate(outline.lessons):
                if isinstance(line, LessonLink) and line.link not in teachers and not skip(line.link):
                    source = sources[edition]
                    problems.add(source.path, source.line("lessons", i, "link"), self._why_not(line.link, outline.code))

    def linked(self) -> Courses:
        """The same courses, each module with the lessons it links to in their place."""
        teachers = self._teachers()
        modules = {code: self._joined(module, teachers) for code, module in self.courses.modules.items()}
        others = {edition: self._joined(module, teachers) for edition, module in self.courses.others.items()}
        return replace(self.courses, modules=modules, others=others)

    def _teachers(self) -> dict[str, tuple[Module, Lesson]]:
        """Who teaches each lesson: the newest edition of a ready module that has it."""
        found: dict[str, tuple[Module, Lesson]] = {}
        for code in self.courses.modules:
            for module in self.courses.editions_of(code):
                if module.ready:
                    for lesson in module.lessons:
                        found.setdefault(lesson.code, (module, lesson))
        return found

    def _joined(self, module: Module, teachers: Mapping[str, tuple[Module, Lesson]]) -> Module:
        listed = self.outlines[module.code, module.edition].lessons
        if not any(isinstance(line, LessonLink) for line in listed):
            return module
        own = {lesson.code: lesson for lesson in module.lessons}
        linked = (
            _as_linked(*teachers[line.link], line) if isinstance(line, LessonLink) else own[line.code]
            for line in listed
            if line.code in (teachers if isinstance(line, LessonLink) else own)
        )
        return module.model_copy(update={"lessons": tuple(linked)})

    def _why_not(self, link: str, module: str) -> str:
        linking = {
            outline.code
            for outline in self.outlines.values()
            if any(isinstance(line, LessonLink) and line.link == link for line in outline.lessons)
        }
        if link.startswith(f"{module}-"):
            return f"The link “{link}” leads back to {module} itself: list the lesson with its file instead."
        if any(link.startswith(f"{other}-") for other in linking):
            going = " and ".join(sorted(linking))
            return (
                f"The link “{link}” goes round in a circle: {going} link to it and no module that is ready teaches it."
            )
        return f"The link “{link}” names no lesson of a module that is ready."


def _as_linked(teacher: Module, lesson: Lesson, line: LessonLink) -> Lesson:
    home = Home(module=teacher.code, edition=teacher.edition, title=teacher.title)
    return lesson.model_copy(update={"outcomes": line.outcomes, "home": home})
