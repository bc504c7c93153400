"""Checks across the shelves: whatever points at a framework has to point at a line that is loaded, and may.

Run when every shelf has been read without a mistake. Nothing is let through by halves: the mistakes come with the
others, and then nothing is loaded.
"""

from collections.abc import Iterator, Mapping, Sequence

from lms.assessment.rules import Kind
from lms.assessment.shelf.crossing import Crossing, Crossings
from lms.assessment.shelf.crosswalk import Crosswalk, crosswalk_of
from lms.assessment.shelf.frameworks import Frameworks
from lms.core.content import Problems, Source
from lms.core.shelves import Shelves
from lms.learning.catalogue import Courses, Module, Place

Maps = Mapping[str, Sequence[str]]


def across(shelves: Shelves, problems: Problems) -> Crosswalk:
    """Look at everything that points at a framework, and build the crosswalk."""
    frameworks = shelves[Frameworks]
    _check_modules(shelves[Courses], frameworks, problems)
    _check_practice(frameworks, problems)
    crossings = shelves[Crossings]
    _check_cycles(crossings, problems)
    for crossing, source in crossings.read:
        _check_crossing(crossing, source, frameworks, problems)
    return crosswalk_of(shelves)


def _check_modules(courses: Courses, frameworks: Frameworks, problems: Problems) -> None:
    for module in (*courses.modules.values(), *courses.others.values()):
        for name, maps_to, place in _maps_of(module):
            for sentence in _wrong(frameworks, name, maps_to):
                problems.add(*place, sentence)
            for framework, key in _practice_of(frameworks, maps_to):
                problems.add(
                    *place,
                    f"{name} maps to {key} of {framework}, which is practice: it is seen at work, never taught alone.",
                )


def _maps_of(module: Module) -> Iterator[tuple[str, Maps, Place]]:
    if not module.places:  # put together in a test, not read from a file
        return
    yield module.code, module.maps_to, module.places[module.code]
    for outcome in module.outcomes:
        yield outcome.code, outcome.maps_to, module.places[outcome.code]


def _wrong(frameworks: Frameworks, name: str, maps_to: Maps) -> Iterator[str]:
    for framework, keys in maps_to.items():
        if not frameworks.knows(framework):
            yield f"{name} maps to the framework “{framework}”, which is not loaded."
            continue
        for key in keys:
            if not frameworks.has(framework, key):
                yield f"{name} maps to “{key}”, which {framework} does not have."


def _practice_of(frameworks: Frameworks, maps_to: Maps) -> Iterator[tuple[str, str]]:
    for framework, keys in maps_to.items():
        lines = frameworks.newest[framework].lines if framework in frameworks.newest else {}
        yield from ((framework, key) for key in keys if key in lines and lines[key].kind is Kind.PRACTICE)


def _check_practice(frameworks: Frameworks, problems: Problems) -> None:
    for edition, framework in frameworks.by_edition.items():
        places = frameworks.places.get(edition, {})
        criteria = [criterion for unit in framework.units for criterion in unit.criteria if criterion.maps_to]
        for criterion in criteria:
            for sentence in _wrong(frameworks, criterion.code, criterion.maps_to):
                problems.add(*places[criterion.code], sentence)


def _check_crossing(crossing: Crossing, source: Source, frameworks: Frameworks, problems: Problems) -> None:
    for name, framework in (("from", crossing.from_), ("to", crossing.to)):
        if not frameworks.knows(framework):
            problems.add(source.path, source.line(name), f"The framework “{framework}” is not loaded.")
    named = [
        *((crossing.from_, went.from_, ("links", i, "from")) for i, went in enumerate(crossing.links)),
        *(
            (crossing.to, line, ("links", i, "to", j))
            for i, went in enumerate(crossing.links)
            for j, line in enumerate(went.to)
        ),
        *((crossing.to, new.line, ("new", i)) for i, new in enumerate(crossing.new)),
        *((crossing.from_, gone.from_, ("not_established", i)) for i, gone in enumerate(crossing.not_established)),
    ]
    for framework, line, where in named:
        if frameworks.knows(framework) and not frameworks.has(framework, line):
            problems.add(source.path, source.line(*where), f"{framework} does not have “{line}”.")


def _check_cycles(crossings: Crossings, problems: Problems) -> None:
    """From edition to edition one gets further, never back: otherwise a gap would have no end."""
    onward: dict[str, set[str]] = {}
    for crossing, _source in crossings.read:
        onward.setdefault(crossing.from_, set()).add(crossing.to)
    for crossing, source in crossings.read:
        if crossing.from_ in reachable(onward, crossing.to):
            message = f"The crosswalk goes round in a circle: from {crossing.to} one gets to {crossing.from_} already."
            problems.add(source.path, source.line("to"), message)


def reachable(onward: Mapping[str, set[str]], start: str) -> set[str]:
    """Everything one gets to from somewhere, that place included."""
    found, look = {start}, [start]
    while look:
        for there in onward.get(look.pop(), set()) - found:
            found.add(there)
            look.append(there)
    return found
