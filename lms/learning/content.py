"""Loads this room's shelf: courses and modules from built-in folders and packs, every mistake with file and line.

A folder holds one folder for each course (course.yaml) or edition of a module (module.yaml, questions.yaml,
lessons/NN-slug.en.md and, where translated, NN-slug.cy.md, pictures/, recordings/). The folders may have any name.

A later pack replaces a course by its code and a module by code and edition. The newest edition of a module is the
highest of the last pack that has the module, the ready ones before those that are coming: a council that teaches its
own module goes on doing so when a new version of PALMS brings a later edition of the one it replaced.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lms.core.content import Problems, Source, read_yaml, validated
from lms.learning.catalogue import Course, Courses, LessonLine, Module, Outline, Place, edition_order
from lms.learning.shelf.lesson_files import lesson_of
from lms.learning.shelf.linking import Edition, Linker
from lms.learning.shelf.notes import report
from lms.learning.shelf.pictures import pictures_in
from lms.learning.shelf.question_files import questions_of
from lms.learning.shelf.recordings import recordings_in
from lms.learning.shelf.showing import check_asked_also, check_shown

__all__ = ["Courses", "load", "report"]


@dataclass
class _Found:
    """What the folders hold so far: what could be read, where it stands, and codes somebody at least tried.

    `rank` says which folder each edition of a module was last found in, counted from 0. `outlines` list also the
    lessons of other modules; `broken` has the codes of modules that could not be read.
    """

    courses: dict[str, Course] = field(default_factory=dict)
    modules: dict[Edition, Module] = field(default_factory=dict)
    outlines: dict[Edition, Outline] = field(default_factory=dict)
    outline_sources: dict[Edition, Source] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    rank: dict[Edition, int] = field(default_factory=dict)
    sources: dict[str | Edition, Source] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)

    def shelf(self) -> Courses:
        """Everything in its place: of each module the newest edition, and the others beside it."""
        newest: dict[str, Module] = {}
        for edition in sorted(self.modules, key=self._standing):
            newest[edition[0]] = self.modules[edition]
        in_order = {code: newest[code] for code, _edition in self.modules}
        others = {key: module for key, module in self.modules.items() if module is not newest[key[0]]}
        return Courses(self.courses, in_order, others)

    def may_be_broken(self, code: str) -> bool:
        """Whether a lesson or question may stand in a module that could not be read: its own mistakes come first."""
        return any(code.startswith(f"{module}-") for module in self.broken)

    def _standing(self, edition: Edition) -> tuple[object, ...]:
        return self.rank[edition], self.modules[edition].ready, edition_order(edition[1])


def load(folders: Sequence[Path], problems: Problems) -> Courses:
    """Every course and every edition of a module in the folders; mistakes go to `problems`."""
    found = _Found()
    for rank, folder in enumerate(folders):
        here: dict[str, Path] = {}
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            for name in ("course.yaml", "module.yaml"):
                if (path / name).is_file():
                    _read(path / name, rank, found, here, problems)
    _check_courses(found, problems)
    _check_codes(found, problems)
    return _across_modules(found, problems)


def _across_modules(found: _Found, problems: Problems) -> Courses:
    """The shelf once modules have looked at each other: lessons they link to, questions that ask the same."""
    courses = found.shelf()
    linker = Linker(courses, found.outlines)
    linker.check(found.outline_sources, problems, found.may_be_broken)
    for edition, outline in found.outlines.items():
        check_asked_also(courses, outline, found.outline_sources[edition], problems, found.may_be_broken)
    return linker.linked()


def _read(path: Path, rank: int, found: _Found, here: dict[str, Path], problems: Problems) -> None:
    source = read_yaml(path, problems)
    if source is None:
        return
    data = source.data if isinstance(source.data, dict) else {}
    is_course, code = path.name == "course.yaml", data.get("code")
    if isinstance(code, str):
        named = code if is_course else f"{code}, edition {data.get('edition')}"
        if named in here:
            problems.add(path, source.line("code"), f"“{named}” is the code of {here[named]} as well.")
        here[named] = path
        found.tried.add(code)
    if is_course:
        course = validated(Course, source, problems)
        if course is not None:
            found.courses[course.code], found.sources[course.code] = course, source
        return
    outline = validated(Outline, source, problems)
    if outline is None:
        found.broken.add(str(code))
        return
    edition = (outline.code, outline.edition)
    found.outlines[edition], found.outline_sources[edition] = outline, source
    module = _module(outline, source, problems)
    if module is None:
        found.broken.add(outline.code)
        return
    found.modules[edition], found.sources[edition], found.rank[edition] = module, source, rank


def _module(outline: Outline, source: Source, problems: Problems) -> Module | None:
    """One module with all its parts, without the lessons it links to; every mistake is looked for."""
    before = len(problems.found)
    _check_outline(outline, source, problems)
    folder = source.path.parent
    pictures = pictures_in(folder / "pictures", problems)
    recordings = recordings_in(folder / "recordings", problems)
    own = [line for line in outline.lessons if isinstance(line, LessonLine)]
    lessons = [lesson_of(line, folder / "lessons", pictures, recordings, problems) for line in own]
    places = _places(outline, source)
    mistakes = len(problems.found)
    questions = questions_of(outline, source, problems, places=places)
    if len(problems.found) == mistakes:
        check_shown(outline, questions, source, problems, places=places)
    if len(problems.found) > before:
        return None
    shared = {name: getattr(outline, name) for name in Outline.model_fields if name != "lessons"}
    return Module(
        **shared,
        lessons=tuple(lesson for lesson in lessons if lesson is not None),
        questions=tuple(questions),
        pictures=pictures,
        recordings=recordings,
        places=places,
    )


def _places(outline: Outline, source: Source) -> dict[str, Place]:
    places = {outline.code: (source.path, source.line("code"))}
    for key in ("outcomes", "lessons"):
        for i, part in enumerate(getattr(outline, key)):
            places[part.code] = (source.path, source.line(key, i))
    if outline.activity:
        places[outline.activity.code] = (source.path, source.line("activity"))
    return places


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


def _check_courses(found: _Found, problems: Problems) -> None:
    for code, course in found.courses.items():
        source = found.sources[code]
        for i, module in enumerate(course.modules):
            if module not in found.tried:
                problems.add(source.path, source.line("modules", i), f"There is no module “{module}”.")
        _once(course.modules, "modules", source, problems)


def _check_codes(found: _Found, problems: Problems) -> None:
    """What learners have done is remembered by code, so no two modules may use the same for a lesson or activity."""
    owner: dict[str, str] = {}
    for edition, module in found.modules.items():
        source = found.sources[edition]
        parts = [(lesson.code, ("lessons", i, "code")) for i, lesson in enumerate(module.lessons)]
        activity = [(module.activity.code, ("activity", "code"))] if module.activity else []
        for code, spot in [*parts, *activity]:
            if owner.setdefault(code, module.code) != module.code:
                problems.add(source.path, source.line(*spot), f"{owner[code]} uses the code “{code}” already.")
