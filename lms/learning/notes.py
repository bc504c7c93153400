"""What an author should look at, though nothing is broken: gaps, lengths, dates that have come, missing Welsh."""

from collections.abc import Iterator
from datetime import date

from lms.learning.catalogue import Courses, Lesson, Module

SHORTEST = 500
LONGEST = 900
"""Words of a lesson, from the guide for writing lessons."""


def report(courses: Courses, on: date) -> list[str]:
    """Findings on every module as of a day, in the order of the shelf; they are notes, not mistakes."""
    return [note for module in courses.modules.values() for note in _notes(module, on)]


def _notes(module: Module, on: date) -> Iterator[str]:
    if not module.ready:
        return
    taught = {code for lesson in module.lessons for code in lesson.outcomes}
    asked = {question.outcome for question in module.questions}
    for outcome in module.outcomes:
        if outcome.code not in taught:
            yield f"{module.code}: no lesson is about outcome {outcome.code}."
        if outcome.code not in asked:
            yield f"{module.code}: no question is about outcome {outcome.code}."
    for lesson in module.lessons:
        yield from _lesson_notes(lesson, on)
    missing = sum(lesson.welsh is None for lesson in module.lessons)
    if missing:
        yield f"{module.code}: {missing} of {len(module.lessons)} lessons have no Welsh yet."
    untranslated = sum(question.text.cy is None for question in module.questions)
    if untranslated:
        yield f"{module.code}: {untranslated} of {len(module.questions)} questions have no Welsh yet."


def _lesson_notes(lesson: Lesson, on: date) -> Iterator[str]:
    for text in filter(None, (lesson.english, lesson.welsh)):
        if text.words < SHORTEST:
            yield f"{lesson.code} ({text.language}): {text.words} words, shorter than {SHORTEST}."
        if text.words > LONGEST:
            yield f"{lesson.code} ({text.language}): {text.words} words, longer than {LONGEST}."
        if text.check_again_by < on:
            yield f"{lesson.code} ({text.language}): to be checked again by {text.check_again_by}, which is past."
