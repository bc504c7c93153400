"""A small induction, SMALL, and KNOW, a course of knowledge that links to its lessons and asks for each outcome."""

from tests.learning.packs import LESSON, Pack

COURSE = """\
code: KNOW
edition: "1"
title: {en: Knowledge for tests}
about: {en: A course of knowledge for tests.}
modules: [KNOW-1, KNOW-2]
"""
FIRST = """\
code: KNOW-1
edition: "1"
status: ready
title: {en: First standard}
aims: {en: To know the first.}
study_minutes: 20
workplace_minutes: 0
practical: false
maps_to: {cc-2025: [CC1]}
outcomes:
  - {code: KNOW-1-K1, text: {en: Say what comes first.}, asked_also: [Q1]}
  - {code: KNOW-1-K2, text: {en: Say what comes second.}}
  - {code: KNOW-1-K3, text: {en: Tell it of your own work.}}
  - {code: KNOW-1-K4, text: {en: Say it in Wales.}, nations: [wales]}
  - {code: KNOW-1-K5, text: {en: Say what comes last.}}
lessons:
  - {link: SMALL-1-L1, outcomes: [KNOW-1-K1]}
  - {code: KNOW-1-L1, file: 01-own, title: {en: Own lesson}, minutes: 5, outcomes: [KNOW-1-K2, KNOW-1-K4, KNOW-1-K5]}
activity:
  code: KNOW-1-A1
  title: {en: Tell}
  prompt: {en: Tell of your work.}
  read_by: {en: Your assessor.}
  minutes: 4
  read: needed
  shows: [KNOW-1-K3]
check: {draw: 2, each_outcome: true, minutes: 5}
"""
SECOND = """\
code: KNOW-2
edition: "1"
status: ready
title: {en: Second standard}
aims: {en: To know the second.}
study_minutes: 10
workplace_minutes: 0
practical: false
outcomes:
  - {code: KNOW-2-K1, text: {en: Say one thing.}}
lessons:
  - {link: SMALL-1-L1, outcomes: [KNOW-2-K1]}
check: {draw: 5, each_outcome: true, minutes: 5}
"""
_QUESTION = """\
  - code: {code}
    outcome: {outcome}
    kind: one_answer
    text: {{en: "Which, {code}"}}
    options:
      - {{code: a, right: true, text: {{en: This one}}, feedback: {{en: Yes.}}}}
      - {{code: b, right: false, text: {{en: That one}}, feedback: {{en: No.}}}}
"""
FIRST_BANK = ("KNOW-1-K1", "KNOW-1-K1", "KNOW-1-K2", "KNOW-1-K2", "KNOW-1-K4", "KNOW-1-K5")
SECOND_BANK = ("KNOW-2-K1",)


def bank(module: str, outcomes: tuple[str, ...]) -> str:
    """A bank with a question for each outcome named, numbered from 1."""
    made = (_QUESTION.format(code=f"{module}-Q{n}", outcome=outcome) for n, outcome in enumerate(outcomes, start=1))
    return "questions:\n" + "".join(made)


def write_knowing(pack: Pack) -> Pack:
    """Put the course of knowledge beside the small one."""
    pack.write("KNOW/course.yaml", COURSE)
    pack.write("KNOW-1/module.yaml", FIRST)
    pack.write("KNOW-1/questions.yaml", bank("KNOW-1", FIRST_BANK))
    pack.write("KNOW-1/lessons/01-own.en.md", LESSON.replace("CODE", "KNOW-1-L1"))
    pack.write("KNOW-2/module.yaml", SECOND)
    pack.write("KNOW-2/questions.yaml", bank("KNOW-2", SECOND_BANK))
    return pack
