"""The crosswalk: what in one framework, section or module speaks to what in another, asked from either side.

Links are authored, or follow from what modules say they teach. They never say that one award is another: they say
where the same matter stands, on what grounds, and how sure that is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from lms.assessment.shelf.crossing import Basis, Change, Crossing, Crossings, HowSureOrOurs, New, Unknown, Went
from lms.assessment.shelf.frameworks import Frameworks
from lms.core.content import Words
from lms.core.shelves import Shelves
from lms.core.words import N_
from lms.learning.catalogue import Courses, Lesson, Module


@dataclass(frozen=True, order=True)
class Ref:
    """One end of a link: the key of a line, unit or section of a framework, or the code of an outcome of a module.

    Of a module `framework` is the module's code; a module as a whole has it as key, too.
    """

    framework: str
    key: str


@dataclass(frozen=True)
class Link:
    """Two ends that speak to the same matter. Authored from the older to the newer; read from either side.

    `through` are the codes the basis speaks of: of a lesson that another module links, the lesson and that module.
    """

    a: Ref
    b: Ref
    basis: Basis
    source: HowSureOrOurs
    note: Words | None = None
    change: Change | None = None
    through: tuple[str, ...] = ()

    def other(self, ref: Ref) -> Ref:
        """The other end."""
        return self.b if ref == self.a else self.a

    @property
    def because(self) -> tuple[str, Mapping[str, str]]:
        """The basis as a translatable sentence, and what fills its places."""
        return _BECAUSE[self.basis], dict(zip(("first", "second"), self.through, strict=False))


_BECAUSE = {
    Basis.REPORTED: N_("Reported in public material, or worked out from what was."),
    Basis.SAME_PLACE: N_("Carried over: same place, no change reported."),
    Basis.SAME_MATTER: N_("The same matter; its code in the newer edition is not established."),
    Basis.PROPOSAL: N_("Our proposal, because module %(first)s of the induction covers both."),
    Basis.TEACHES: N_("Module %(first)s teaches it."),
    Basis.LESSON: N_("Lesson %(first)s teaches it, and module %(second)s links that lesson."),
    Basis.MODULE: N_("Module %(first)s says that it belongs to it."),
    Basis.PRACTICE: N_("The practice framework says that it speaks to it."),
}


class Origin(StrEnum):
    """Where a line of a newer edition comes from."""

    CARRIED = "carried"
    NEW = "new"
    NOT_ESTABLISHED = "not_established"


@dataclass(frozen=True)
class Moves:
    """What one crosswalk file says about every line of two editions."""

    older: str
    newer: str
    says: Words
    went: Mapping[str, Went]
    unknown: Mapping[str, Unknown]
    new: Mapping[str, New]

    @cached_property
    def came(self) -> Mapping[str, tuple[Went, ...]]:
        """For each line of the newer edition where it comes from."""
        found: dict[str, tuple[Went, ...]] = {}
        for each in self.went.values():
            for line in each.to:
                found[line] = (*found.get(line, ()), each)
        return found

    def origin(self, line: str) -> Origin:
        """Where a line of the newer edition comes from: new only where that is reported."""
        if line in self.came:
            return Origin.CARRIED
        return Origin.NEW if line in self.new else Origin.NOT_ESTABLISHED


@dataclass(frozen=True)
class Crosswalk:
    """Every link, to be asked from either side."""

    links: tuple[Link, ...]
    files: Mapping[tuple[str, str], Moves] = field(default_factory=dict)

    @cached_property
    def _index(self) -> Mapping[Ref, tuple[Link, ...]]:
        found: dict[Ref, dict[Link, None]] = {}
        for link in self.links:
            for end in (link.a, link.b):
                found.setdefault(end, {})[link] = None
        return {end: tuple(links) for end, links in found.items()}

    def of(self, ref: Ref) -> tuple[Link, ...]:
        """Every link that has this end, in order; none when nothing speaks to it."""
        return self._index.get(ref, ())

    def to(self, ref: Ref, framework: str) -> tuple[Ref, ...]:
        """The other ends in one framework or module, in order, each once."""
        ends = (link.other(ref) for link in self.of(ref))
        return tuple(dict.fromkeys(end for end in ends if end.framework == framework))

    def moves(self, older: str, newer: str) -> Moves | None:
        """What a crosswalk file says about two editions; None when there is none for them."""
        return self.files.get((older, newer))


def crosswalk_of(shelves: Shelves) -> Crosswalk:
    """The crosswalk of everything that is loaded."""
    crossings, courses = shelves[Crossings], shelves[Courses]
    files = [crossing for crossing, _source in crossings.read]
    links = [
        *(link for crossing in files for link in _authored(crossing)),
        *(link for link in _taught(shelves[Frameworks], courses)),
        *(link for link in _seen(shelves[Frameworks])),
    ]
    return Crosswalk(tuple(dict.fromkeys(links)), {(each.from_, each.to): _moves(each) for each in files})


def _moves(crossing: Crossing) -> Moves:
    return Moves(
        older=crossing.from_,
        newer=crossing.to,
        says=crossing.says,
        went={went.from_: went for went in crossing.links},
        unknown={each.from_: each for each in crossing.not_established},
        new={new.line: new for new in crossing.new},
    )


def _authored(crossing: Crossing) -> Iterator[Link]:
    for went in crossing.links:
        for line in went.to:
            yield Link(
                Ref(crossing.from_, went.from_),
                Ref(crossing.to, line),
                went.basis,
                went.source,
                went.note,
                went.change,
                went.through,
            )


def _taught(frameworks: Frameworks, courses: Courses) -> Iterator[Link]:
    """What modules say they teach, in their newest edition, of what is loaded."""
    for module in courses.modules.values():
        whole = Ref(module.code, module.code)
        for ref in _loaded(frameworks, module.maps_to):
            yield Link(whole, ref, Basis.MODULE, "ours", through=(module.code,))
        for outcome in module.outcomes:
            taught = tuple(_loaded(frameworks, outcome.maps_to))
            for ref in taught:
                yield Link(Ref(module.code, outcome.code), ref, Basis.TEACHES, "ours", through=(module.code,))
            for lesson, home in _linked(module, courses):
                if outcome.code in lesson.outcomes:
                    yield from _by_lesson(module, lesson, home, taught)


def _by_lesson(module: Module, lesson: Lesson, home: Module, taught: Iterable[Ref]) -> Iterator[Link]:
    """What an outcome of the induction speaks to, because a lesson of it is linked where a line is taught."""
    for code in home.lesson(lesson.code).outcomes:
        for ref in taught:
            yield Link(Ref(home.code, code), ref, Basis.LESSON, "ours", through=(lesson.code, module.code))


def _linked(module: Module, courses: Courses) -> Iterator[tuple[Lesson, Module]]:
    for lesson in module.lessons:
        if lesson.home is not None:
            yield lesson, courses.home_of(module, lesson)


def _seen(frameworks: Frameworks) -> Iterator[Link]:
    """What criteria of our own practice frameworks say they speak to."""
    for framework in frameworks.newest.values():
        for unit in framework.units:
            for criterion in unit.criteria:
                for ref in _loaded(frameworks, criterion.maps_to):
                    yield Link(Ref(framework.code, criterion.code), ref, Basis.PRACTICE, "ours")


def _loaded(frameworks: Frameworks, maps_to: Mapping[str, Iterable[str]]) -> Iterator[Ref]:
    for framework, keys in maps_to.items():
        yield from (Ref(framework, key) for key in keys if frameworks.has(framework, key))
