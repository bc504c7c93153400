"""Loads this room's shelf: courses and modules from built-in folders and packs, every mistake with file and line.

A folder holds one folder for each course (course.yaml) or module (module.yaml, questions.yaml, lessons/NN-slug.en.md
and, where translated, NN-slug.cy.md). A later pack replaces a course or module by its code.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lms.core.content import Problems, Source, read_yaml, validated
from lms.learning.catalogue import Course, Courses, Lesson, Module, Outline
from lms.learning.lesson_files import lesson_of
from lms.learning.notes import report
from lms.learning.question_files import questions_of

__all__ = ["Courses", "load", "report"]


@dataclass
class _Found:
    """What the folders hold so far: what could be read, where it stands, and codes somebody at least tried."""

    courses: dict[str, Course] = field(default_factory=dict)
    modules: dict[str, Module] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)


def load(folders: Sequence[Path], problems: Problems) -> Courses:
    """Every course and module of the folders, the later folder winning; mistakes go to `problems`."""
    found = _Found()
    for folder in folders:
        here: dict[str, Path] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            for name in ("course.yaml", "module.yaml"):
                if (path / name).is_file():
                    _read(path / name, found, here, problems)
    _check_courses(found, problems)
    _check_codes(found, problems)
    return Courses(found.courses, found.modules)


def _read(path: Path, found: _Found, here: dict[str, Path], problems: Problems) -> None:
    source = read_yaml(path, problems)
    if source is None:
        return
    code = source.data.get("code") if isinstance(source.data, dict) else None
    if isinstance(code, str):
        if code in here:
            problems.add(path, source.line("code"), f"“{code}” is the code of {here[code]} as well.")
        here[code] = path
        found.tried.add(code)
    if path.name == "course.yaml":
        course = validated(Course, source, problems)
        if course is not None:
            found.courses[course.code], found.sources[course.code] = course, source
        return
    module = _module(source, problems)
    if module is not None:
        found.modules[module.code], found.sources[module.code] = module, source


def _module(source: Source, problems: Problems) -> Module | None:
    """One module with its lessons and questions; the mistakes of its parts are all looked for before it is given up."""
    before = len(problems.found)
    outline = validated(Outline, source, problems)
    if outline is None:
        return None
    _check_outline(outline, source, problems)
    lessons = _lessons(outline, source, problems)
    questions = questions_of(outline, source, problems)
    if len(problems.found) > before:
        return None
    shared = {name: getattr(outline, name) for name in Outline.model_fields if name != "lessons"}
    return Module(**shared, lessons=tuple(lessons), questions=tuple(questions))


def _check_outline(outline: Outline, source: Source, problems: Problems) -> None:
    _once([o.code for o in outline.outcomes], "outcomes", source, problems)
    _once([lesson.code for lesson in outline.lessons], "lessons", source, problems)
    known = {outcome.code for outcome in outline.outcomes}
    for i, lesson in enumerate(outline.lessons):
        for j, code in enumerate(lesson.outcomes):
            if code not in known:
                line = source.line("lessons", i, "outcomes", j)
                problems.add(source.path, line, f"{lesson.code} names the outcome “{code}”, which is not above.")
    if outline.ready and not outline.lessons:
        problems.add(source.path, source.line("status"), "A module that is ready needs lessons.")
    if outline.ready and outline.check is None:
        problems.add(source.path, source.line("status"), "A module that is ready needs a check.")


def _once(codes: Sequence[str], key: str, source: Source, problems: Problems) -> None:
    for i, code in enumerate(codes):
        if code in codes[:i]:
            problems.add(source.path, source.line(key, i, "code"), f"The code “{code}” stands twice in {key}.")


def _lessons(outline: Outline, source: Source, problems: Problems) -> list[Lesson]:
    folder = source.path.parent / "lessons"
    made = [lesson_of(line, folder, problems) for line in outline.lessons]
    return [lesson for lesson in made if lesson is not None]


def _check_courses(found: _Found, problems: Problems) -> None:
    for code, course in found.courses.items():
        source = found.sources[code]
        for i, module in enumerate(course.modules):
            if module not in found.modules and module not in found.tried:
                problems.add(source.path, source.line("modules", i), f"There is no module “{module}”.")
        _once(course.modules, "modules", source, problems)


def _check_codes(found: _Found, problems: Problems) -> None:
    """What learners have done is remembered by code, so no two modules may use the same for a lesson or activity."""
    owner: dict[str, str] = {}
    for module in found.modules.values():
        source = found.sources[module.code]
        parts = [(lesson.code, ("lessons", i, "code")) for i, lesson in enumerate(module.lessons)]
        activity = [(module.activity.code, ("activity", "code"))] if module.activity else []
        for code, spot in [*parts, *activity]:
            if owner.setdefault(code, module.code) != module.code:
                problems.add(source.path, source.line(*spot), f"{owner[code]} uses the code “{code}” already.")
