"""Looks at how a module's outcomes can be shown, so that nobody meets a check that cannot be passed."""

from collections.abc import Iterator, Mapping, Sequence

from lms.core.content import Problems, Source
from lms.learning.catalogue import Courses, Outline, Place
from lms.learning.questions import Question, Read
from lms.learning.shelf.linking import Skip
from lms.people.rules import Nation

Mistake = tuple[tuple[str | int, ...], str]
"""Where in module.yaml, and what is wrong."""


def check_shown(
    outline: Outline,
    questions: Sequence[Question],
    source: Source,
    problems: Problems,
    *,
    places: Mapping[str, Place],
) -> None:
    """The outcomes an activity shows, and those of a check that asks for each; mistakes go to `problems`."""
    for spot, sentence in (*_activity(outline), *_each(outline, questions)):
        problems.add(source.path, source.line(*spot), sentence)
    if outline.check is not None and outline.check.each_outcome:
        for question in questions:
            if question.by_hand:
                path, line = places[question.code]
                sentence = f"{question.code}: PALMS marks a check of each_outcome; ask for a text in the activity."
                problems.add(path, line, sentence)


def _activity(outline: Outline) -> Iterator[Mistake]:
    if outline.activity is None:
        return
    known = {outcome.code for outcome in outline.outcomes}
    for j, code in enumerate(outline.activity.shows):
        if code not in known:
            yield ("activity", "shows", j), f"The activity shows the outcome “{code}”, which is not above."
    if outline.activity.shows and outline.activity.read is not Read.NEEDED:
        yield ("activity", "shows"), "An activity that shows outcomes has to be read: write “read: needed” too."


def _each(outline: Outline, questions: Sequence[Question]) -> Iterator[Mistake]:
    if outline.check is None or not outline.check.each_outcome:
        return
    asked = {question.outcome for question in questions}
    shown = outline.activity.shows if outline.activity is not None else ()
    for i, outcome in enumerate(outline.outcomes):
        if outcome.code not in asked and outcome.code not in shown:
            yield ("outcomes", i), f"No question asks for {outcome.code} and the activity does not show it."
    for nation in Nation:
        if not any(outcome.code in asked and nation in outcome.nations for outcome in outline.outcomes):
            yield (
                ("check",),
                f"A check of each_outcome has no question for {nation.title()}.",
            )


def check_asked_also(courses: Courses, outline: Outline, source: Source, problems: Problems, skip: Skip) -> None:
    """The questions of other modules that outcomes name; `skip` those nobody can say anything about."""
    asked = {
        question.code
        for code in courses.modules
        if code != outline.code
        for each in courses.editions_of(code)
        for question in each.questions
    }
    for i, outcome in enumerate(outline.outcomes):
        for j, code in enumerate(outcome.asked_also):
            if code not in asked and not skip(code):
                line = source.line("outcomes", i, "asked_also", j)
                problems.add(
                    source.path, line, f"{outcome.code} names “{code}”, which is no question of another module."
                )
