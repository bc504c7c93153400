"""Authored content: what loads, and that each mistake is named with its file and line."""

from datetime import date
from pathlib import Path

import pytest

from lms.core.content import Problems
from lms.learning.catalogue import Courses
from lms.learning.content import load, report
from lms.people.rules import Nation
from tests.learning.packs import LESSON, MODULE, Pack

MODULE_FILE = "SMALL-1/module.yaml"
QUESTION_FILE = "SMALL-1/questions.yaml"
LESSON_FILE = "SMALL-1/lessons/01-one.en.md"


def loaded(*folders: Path) -> tuple[Courses, list[str]]:
    """What loads, and the mistakes as “file name:line: sentence”."""
    problems = Problems()
    found = load(folders, problems)
    return found, [f"{p.path.name}:{p.line}: {p.message}" for p in sorted(problems.found)]


def test_a_whole_pack_loads(pack: Pack) -> None:
    courses, mistakes = loaded(pack.folder)
    assert mistakes == []
    (module,) = courses.modules_of("SMALL")
    assert [lesson.code for lesson in module.lessons] == ["SMALL-1-L1", "SMALL-1-L2"]
    assert [question.kind for question in module.questions] == ["one_answer", "several_answers", "true_or_false"]


MISTAKES = [
    (MODULE_FILE, "outcomes: [SMALL-1.2]}", "outcomes: [SMALL-1.9]}", "module.yaml:14: SMALL-1-L2 names the outcome"),
    (MODULE_FILE, "{code: SMALL-1.2, text", "{code: SMALL-1.1, text", "module.yaml:11: The code “SMALL-1.1” stands"),
    (MODULE_FILE, "{code: SMALL-1-L2", "{code: SMALL-1-L1", "module.yaml:14: The code “SMALL-1-L1” stands twice"),
    (MODULE_FILE, "draw: 2", "draw: 4", "module.yaml:21: The check draws 4 questions, and England has only 3."),
    (MODULE_FILE, "pass_percent: 50", "pass_percent: 101", "module.yaml:21: check.pass_percent:"),
    (
        MODULE_FILE,
        "check: {draw: 2, pass_percent: 50, minutes: 5}\n",
        "",
        "module.yaml:3: A module that is ready needs a",
    ),
    (MODULE_FILE, "title: {en: Write}", "title: {en: ''}", "module.yaml:17: activity.title: Value error, the English"),
    (MODULE_FILE, "file: 01-one", "file: ../../01-one", "module.yaml:13: lessons.0.file:"),
    (MODULE_FILE, "file: 01-one", "file: 03-three", "03-three.en.md:0: The file is missing."),
    (MODULE_FILE, "practical: false", "practical: false\nwhat: 1", "module.yaml:9: what: Extra inputs"),
    (
        QUESTION_FILE,
        "outcome: SMALL-1.2",
        "outcome: SMALL-1.7",
        "questions.yaml:10: SMALL-1 has no outcome “SMALL-1.7”.",
    ),
    (QUESTION_FILE, "a, right: true", "a, right: false", "questions.yaml:6: Q1: No option is right."),
    (QUESTION_FILE, "b, right: false", "b, right: true", "questions.yaml:8: Q1: More than one option is right"),
    (
        QUESTION_FILE,
        "{code: b, right: false",
        "{code: a, right: false",
        "questions.yaml:8: Q1: Two options have the code",
    ),
    (QUESTION_FILE, "code: Q3", "code: Q1", "questions.yaml:17: The code “Q1” stands twice in questions."),
    (QUESTION_FILE, "kind: true_or_false", "kind: essay", "questions.yaml:19: The kind of a question can be"),
    (
        QUESTION_FILE,
        "feedback: {en: No.}",
        "feedbak: {en: No.}",
        "questions.yaml:8: options.1.feedback: Field required.",
    ),
    (QUESTION_FILE, "questions:", "answers:", "questions.yaml:1: The file has to start with “questions:”"),
    (LESSON_FILE, "can_do: You can do it.\n", "", "01-one.en.md:2: can_do: Field required."),
    (LESSON_FILE, "code: SMALL-1-L1", "code: SMALL-1-L9", "01-one.en.md:2: The code is “SMALL-1-L9” here"),
    (LESSON_FILE, "---\ncode", "code", "01-one.en.md:1: A lesson starts with its front matter"),
    (
        LESSON_FILE,
        "https://www.leg",
        "ftp://www.leg",
        "01-one.en.md:9: sources.0.url: Value error, a link has to start",
    ),
    (LESSON_FILE, "https://example", "javascript:example", "01-one.en.md:14: The link “javascript:example.com” has to"),
    (LESSON_FILE, "https://example.com", "/home", "01-one.en.md:14: The link “/home” has to start with"),
    (LESSON_FILE, "2027-01-31", "soon", "01-one.en.md:10: check_again_by:"),
    ("SMALL/course.yaml", "[SMALL-1]", "[SMALL-1, SMALL-2]", "course.yaml:5: There is no module “SMALL-2”."),
    ("SMALL/course.yaml", "title: {en", "titel: {en", "course.yaml:3: titel: Extra inputs"),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), MISTAKES, ids=[case[3][:50] for case in MISTAKES])
def test_a_mistake_is_named_with_file_and_line(pack: Pack, name: str, old: str, new: str, expected: str) -> None:
    pack.spoil(name, old, new)
    _, mistakes = loaded(pack.folder)
    assert any(mistake.startswith(expected) for mistake in mistakes), mistakes


def test_a_broken_module_is_not_reported_as_an_unknown_one_too(pack: Pack) -> None:
    pack.spoil(MODULE_FILE, "draw: 2", "draw: 4")
    _, mistakes = loaded(pack.folder)
    assert len(mistakes) == 1


def test_a_ready_module_needs_lessons(pack: Pack) -> None:
    lines = [line for line in MODULE.splitlines() if "file: 0" not in line and line != "lessons:"]
    pack.write(MODULE_FILE, "\n".join(lines))
    assert "module.yaml:3: A module that is ready needs lessons." in loaded(pack.folder)[1]


def test_the_same_code_twice_in_one_folder(pack: Pack) -> None:
    pack.write("TWIN/course.yaml", (pack.folder / "SMALL" / "course.yaml").read_text())
    assert any("is the code of" in mistake for mistake in loaded(pack.folder)[1])


def test_two_modules_with_one_lesson_code(pack: Pack) -> None:
    other = MODULE.replace("code: SMALL-1\n", "code: SMALL-2\n")
    pack.write("SMALL-2/module.yaml", other)
    for name in ("questions.yaml", "lessons/01-one.en.md", "lessons/02-two.en.md"):
        pack.write(f"SMALL-2/{name}", (pack.folder / "SMALL-1" / name).read_text())
    assert "module.yaml:13: SMALL-1 uses the code “SMALL-1-L1” already." in loaded(pack.folder)[1]


def test_a_later_pack_replaces_a_module_by_code(pack: Pack, tmp_path: Path) -> None:
    later = Pack(tmp_path / "later" / "modules")
    later.spoil(MODULE_FILE, "Small module", "Our module")
    courses, mistakes = loaded(pack.folder, later.folder)
    assert mistakes == []
    assert courses.modules["SMALL-1"].title.en == "Our module"


def test_a_lesson_falls_back_to_english_and_says_so(pack: Pack) -> None:
    pack.write("SMALL-1/lessons/02-two.cy.md", LESSON.replace("CODE", "SMALL-1-L2").replace("A heading", "Pennawd"))
    courses, mistakes = loaded(pack.folder)
    assert mistakes == []
    one, two = courses.modules["SMALL-1"].lessons
    assert (one.in_("cy").language, two.in_("cy").language, two.in_("en").language) == ("en", "cy", "en")
    assert "Pennawd" in two.in_("cy").body


def test_help_of_ones_own_nation_comes_first(pack: Pack) -> None:
    text = loaded(pack.folder)[0].modules["SMALL-1"].lessons[0].in_("en")
    assert [line.nation for line in text.help_for(Nation.WALES)] == ["wales", "england"]
    assert [line.nation for line in text.help_for(Nation.ENGLAND)] == ["england", "wales"]


def test_the_report_names_gaps_lengths_and_dates_that_have_come(pack: Pack) -> None:
    pack.spoil(MODULE_FILE, "outcomes: [SMALL-1.2]", "outcomes: [SMALL-1.1]")
    pack.spoil(QUESTION_FILE, "outcome: SMALL-1.1", "outcome: SMALL-1.2")
    courses, _ = loaded(pack.folder)
    notes = "\n".join(map(str, report(courses, date(2027, 2, 1))))
    assert "module.yaml:11: No lesson is about outcome SMALL-1.2." in notes
    assert "module.yaml:10: No question is about outcome SMALL-1.1." in notes
    assert "shorter than 500" in notes
    assert "01-one.en.md: It was to be checked again by 2027-01-31, which is past." in notes
    assert "module.yaml:1: 2 of 2 lessons have no Welsh yet" in notes
    assert "which is past" not in "\n".join(map(str, report(courses, date(2027, 1, 31))))


def test_what_is_really_taught_covers_every_outcome(courses: Courses) -> None:
    assert [module.code for module in courses.modules_of("PAI")] == [f"PAI-{n}" for n in range(1, 8)]
    assert courses.modules["PAI-1"].ready
    notes = report(courses, date(2026, 11, 21))
    assert [note for note in map(str, notes) if "outcome" in note or "past" in note] == []
