"""A small pack written to disk, whose files a test can spoil one at a time; and real shelves that ask choices only."""

from dataclasses import replace
from pathlib import Path

from lms.core import shelves
from lms.learning.catalogue import Courses
from lms.learning.questions.choice import ChoiceQuestion

COURSE = """\
code: SMALL
edition: "1"
title: {en: Small course}
about: {en: A course for tests.}
modules: [SMALL-1]
"""
MODULE = """\
code: SMALL-1
edition: "1"
status: ready
title: {en: Small module}
aims: {en: To be small.}
study_minutes: 20
workplace_minutes: 0
practical: false
outcomes:
  - {code: SMALL-1.1, text: {en: Do one thing.}}
  - {code: SMALL-1.2, text: {en: Do another.}}
lessons:
  - {code: SMALL-1-L1, file: 01-one, title: {en: One}, minutes: 5, outcomes: [SMALL-1.1]}
  - {code: SMALL-1-L2, file: 02-two, title: {en: Two}, minutes: 6, outcomes: [SMALL-1.2]}
activity:
  code: SMALL-1-A1
  title: {en: Write}
  prompt: {en: Write something.}
  read_by: {en: Your trainer.}
  minutes: 4
check: {draw: 2, pass_percent: 50, minutes: 5}
"""
QUESTIONS = """\
questions:
  - code: Q1
    outcome: SMALL-1.1
    kind: one_answer
    text: {en: Which one}
    options:
      - {code: a, right: true, text: {en: This}, feedback: {en: Yes.}}
      - {code: b, right: false, text: {en: That}, feedback: {en: No.}}
  - code: Q2
    outcome: SMALL-1.2
    kind: several_answers
    text: {en: Which two}
    options:
      - {code: a, right: true, text: {en: This}, feedback: {en: Yes.}}
      - {code: b, right: true, text: {en: That}, feedback: {en: Yes.}}
      - {code: c, right: false, text: {en: Other}, feedback: {en: No.}}
  - code: Q3
    outcome: SMALL-1.2
    kind: true_or_false
    text: {en: It is so}
    options:
      - {code: a, right: true, text: {en: "True"}, feedback: {en: Yes.}}
      - {code: b, right: false, text: {en: "False"}, feedback: {en: No.}}
"""
LESSON = """\
---
code: CODE
can_do: You can do it.
key_points: [Remember this.]
get_help:
  - {nation: england, text: Ask in England.}
  - {nation: wales, text: Ask in Wales.}
sources:
  - {title: A law, publisher: legislation.gov.uk, url: "https://www.legislation.gov.uk/x", date: 2014, kind: law}
check_again_by: 2027-01-31
---
## A heading

Some [text](https://example.com).
"""


class Pack:
    """Writes the files; `spoil` changes one of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("SMALL/course.yaml", COURSE)
        self.write("SMALL-1/module.yaml", MODULE)
        self.write("SMALL-1/questions.yaml", QUESTIONS)
        self.write("SMALL-1/lessons/01-one.en.md", LESSON.replace("CODE", "SMALL-1-L1"))
        self.write("SMALL-1/lessons/02-two.en.md", LESSON.replace("CODE", "SMALL-1-L2"))

    def write(self, name: str, text: str) -> None:
        """Write one file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def spoil(self, name: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which has to be there."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))


def choices_only(loaded: shelves.Shelves) -> shelves.Shelves:
    """The shelves with PAI-1 asking only questions with options: for tests that answer “a”, whatever is drawn."""
    courses: Courses = loaded[Courses]
    module = courses.modules["PAI-1"]
    bank = tuple(q for q in module.questions if isinstance(q, ChoiceQuestion) and q.kind != "picture_choice")  # type: ignore[attr-defined]
    modules = {**courses.modules, "PAI-1": module.model_copy(update={"questions": bank})}
    return {**loaded, Courses: replace(courses, modules=modules)}
