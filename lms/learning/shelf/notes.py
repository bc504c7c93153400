"""What an author should look at, though nothing is broken: gaps, lengths, hard reading, dates, missing Welsh.

Each finding stands with its file and, where there is one, its line. What is about questions is in question_notes.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lms.core.content import Problem
from lms.learning.catalogue import Courses, Lesson, Module, edition_order
from lms.learning.shelf.lesson_files import PICTURES, addressed
from lms.learning.shelf.lesson_texts import LessonText, SourceKind
from lms.learning.shelf.question_notes import bank_notes
from lms.learning.shelf.reading import ease_of
from lms.learning.shelf.recordings import RecordingKind

SHORTEST = 500
LONGEST = 900
"""Words of a lesson, from the guide for writing lessons."""
LONGEST_SENTENCE = 15
"""Words of a sentence, on average, from the same guide."""
OLDEST = 12.0
"""Reading age: the guide says about 11, and the formula is not finer than a year."""
SMALLEST_TEXT = 14
"""Units of the letters in a drawing, at 320 units of width."""

_ACT = re.compile(r"\b[A-Z][A-Za-z ()-]{2,60}\b(?:Act|Regulations|Measure|Order) (?:\(Wales\) )?(?:19|20)\d\d\b")
_LAWFUL = {SourceKind.LAW, SourceKind.GUIDANCE}


def report(courses: Courses, on: date) -> list[Problem]:
    """Findings on every module that can be studied, in every edition, as of a day; they are notes, not mistakes."""
    return [note for code in courses.modules for note in _of_module(courses, code, on)]


def _of_module(courses: Courses, code: str, on: date) -> Iterator[Problem]:
    editions = courses.editions_of(code)
    for module in editions:
        if module.ready:
            yield from _notes(module, on)
    newest, path_line = editions[0], editions[0].places[code]
    if len(editions) > 1 and newest.changes is None:
        yield Problem(*path_line, f"{code} {newest.edition} does not say what is new (changes: …).")
    for other in editions[1:]:
        if other.ready and edition_order(other.edition) > edition_order(newest.edition):
            why = f"{other.edition} stands in an earlier pack, so new learners get {newest.edition}"
            yield Problem(*path_line, f"{code}: the later edition {why}.")


def _notes(module: Module, on: date) -> Iterator[Problem]:
    here = module.places[module.code]
    taught = {code for lesson in module.lessons for code in lesson.outcomes}
    for outcome in module.outcomes:
        if outcome.code not in taught:
            yield Problem(*module.places[outcome.code], f"No lesson is about outcome {outcome.code}.")
    own = [lesson for lesson in module.lessons if lesson.home is None]  # others are looked at where they are taught
    for lesson in own:
        for text in filter(None, (lesson.english, lesson.welsh)):
            yield from _length(text)
            yield from _truth(text, on)
            yield from _recordings(text)
    missing = [lesson.code for lesson in own if lesson.welsh is None]
    if missing:
        yield Problem(*here, f"{len(missing)} of {len(own)} lessons have no Welsh yet: {_listed(missing)}.")
    if module.title.cy is None or module.aims.cy is None:
        yield Problem(*here, "The title or the aims have no Welsh yet.")
    yield from _pictures(module)
    yield from bank_notes(module)


def _listed(codes: list[str]) -> str:
    return ", ".join(codes[:12]) + (" …" if len(codes) > 12 else "")


def _length(text: LessonText) -> Iterator[Problem]:
    if text.words < SHORTEST:
        yield Problem(text.path, 0, f"{text.words} words, shorter than {SHORTEST}.")
    if text.words > LONGEST:
        yield Problem(text.path, 0, f"{text.words} words, longer than {LONGEST}.")
    ease = ease_of(text.body)
    if ease.words_a_sentence >= LONGEST_SENTENCE:
        long = f"{ease.words_a_sentence:.1f} words in a sentence on average"
        yield Problem(text.path, 0, f"{long}; keep it under {LONGEST_SENTENCE}.")
    if text.language == "en" and ease.age > OLDEST:
        yield Problem(text.path, 0, f"It reads at about age {ease.age:.0f}; aim for 11.")


def _truth(text: LessonText, on: date) -> Iterator[Problem]:
    if text.check_again_by < on:
        yield Problem(text.path, 0, f"It was to be checked again by {text.check_again_by}, which is past.")
    if not text.sources:
        yield Problem(text.path, 0, "It names no source.")
    elif not any(source.kind in _LAWFUL for source in text.sources):
        for number, line in enumerate(text.body.splitlines(), start=text.before + 1):
            if found := _ACT.search(line):
                yield Problem(text.path, number, f"It names {found[0].strip()}; no source of it is law or guidance.")
                return


def _recordings(text: LessonText) -> Iterator[Problem]:
    for recording in text.recordings:
        if recording.kind is RecordingKind.VIDEO and recording.captions is None:
            yield Problem(text.path, 0, f"The video “{recording.title}” has no captions for those who cannot hear it.")


def _pictures(module: Module) -> Iterator[Problem]:
    shown = {name for question in module.questions for _spot, name in question.pictures()}
    for lesson in module.lessons:
        for text in filter(None, (lesson.english, lesson.welsh)):
            shown |= {str(token.attrGet("src")).removeprefix(PICTURES) for token, _line in addressed(text.body)}
    for name, picture in module.pictures.items():
        if picture.smallest_text is not None and picture.smallest_text < SMALLEST_TEXT:
            size = f"{picture.smallest_text:.0f} units at a width of 320"
            yield Problem(picture.path, 0, f"Its smallest letters are {size}; {SMALLEST_TEXT} can be read on a phone.")
        if name not in shown:
            yield Problem(picture.path, 0, "No lesson and no question shows this picture.")
    for name in sorted(set(module.recordings) - _played(module)):
        yield Problem(Path(module.recordings[name].path), 0, "No lesson plays this recording.")


def _played(module: Module) -> set[str]:
    every: list[tuple[Lesson, LessonText]] = [
        (lesson, text) for lesson in module.lessons for text in (lesson.english, lesson.welsh) if text is not None
    ]
    return {name for _, text in every for each in text.recordings for name in (each.file, each.captions) if name}
