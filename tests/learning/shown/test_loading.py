"""Lessons linked to, and outcomes that can be shown: what stands on the shelf, and every mistake with its line."""

from pathlib import Path

import pytest

from lms.core.content import Problems
from lms.learning.catalogue import Courses
from lms.learning.content import load
from tests.learning.packs import Pack
from tests.learning.shown.knowing import write_knowing

FIRST = "KNOW-1/module.yaml"


@pytest.fixture
def knowing(tmp_path: Path) -> Pack:
    return write_knowing(Pack(tmp_path / "modules"))


def loaded(pack: Pack) -> tuple[Courses, list[str]]:
    problems = Problems()
    courses = load([pack.folder], problems)
    return courses, [f"{each.path.relative_to(pack.folder)}:{each.line}: {each.message}" for each in problems.found]


def mistakes(pack: Pack) -> list[str]:
    return loaded(pack)[1]


def test_a_linked_lesson_is_that_of_its_own_module(knowing: Pack) -> None:
    courses, wrong = loaded(knowing)
    assert wrong == []
    first, small = courses.modules["KNOW-1"], courses.modules["SMALL-1"]
    lesson, taught = first.lessons[0], small.lessons[0]
    assert (lesson.code, lesson.title, lesson.minutes) == (taught.code, taught.title, taught.minutes)
    assert lesson.english is taught.english
    assert lesson.outcomes == ("KNOW-1-K1",)
    assert lesson.home is not None
    assert (lesson.home.module, lesson.home.edition) == ("SMALL-1", "1")
    assert courses.home_of(first, lesson) is small
    assert courses.home_of(first, first.lessons[1]) is first


def test_the_newest_edition_that_has_the_lesson_teaches_it(knowing: Pack) -> None:
    text = (knowing.folder / "SMALL-1/module.yaml").read_text(encoding="utf-8")
    newer = text.replace('edition: "1"', 'edition: "2"').replace("title: {en: One}", "title: {en: One anew}")
    knowing.write("SMALL-1b/module.yaml", newer)
    for name in ("questions.yaml", "lessons/01-one.en.md", "lessons/02-two.en.md"):
        knowing.write(f"SMALL-1b/{name}", (knowing.folder / "SMALL-1" / name).read_text(encoding="utf-8"))
    courses, wrong = loaded(knowing)
    assert wrong == []
    assert courses.modules["KNOW-1"].lessons[0].title.en == "One anew"
    assert courses.modules["KNOW-1"].lessons[0].home.edition == "2"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("{link: SMALL-1-L1,", "{link: SMALL-1-L9,", 17, "names no lesson"),
        ("{link: SMALL-1-L1,", "{link: KNOW-1-L9,", 17, "leads back to KNOW-1 itself"),
        ("outcomes: [KNOW-1-K1]}", "outcomes: [KNOW-1-K9]}", 17, "which is not above"),
        ("{link: SMALL-1-L1, ", "{link: SMALL-1-L1, minutes: 3, ", 17, "Extra inputs"),
        ("asked_also: [Q1]", "asked_also: [Q9]", 11, "no question of another module"),
        ("asked_also: [Q1]", "asked_also: [KNOW-1-Q1]", 11, "no question of another module"),
        ("shows: [KNOW-1-K3]", "shows: [KNOW-1-K9, KNOW-1-K3]", 26, "which is not above"),
        ("  read: needed\n", "", 25, "has to be read"),
        ("shows: [KNOW-1-K3]", "shows: [KNOW-1-K2]", 13, "No question asks for KNOW-1-K3"),
        ("each_outcome: true, ", "", 27, "needs its pass_percent"),
        ("each_outcome: true, ", "each_outcome: true, pass_percent: 80, ", 27, "has no pass_percent"),
        ("each_outcome: true, ", "each_outcome: true, wait_hours: 2, ", 27, "has no wait_hours"),
    ],
)
def test_each_mistake_says_where_it_is(knowing: Pack, old: str, new: str, line: int, says: str) -> None:
    knowing.spoil(FIRST, old, new)
    found = mistakes(knowing)
    assert any(each.startswith(f"{FIRST}:{line}: ") and says in each for each in found), found


def test_links_that_go_round_in_a_circle(knowing: Pack) -> None:
    knowing.spoil(FIRST, "{link: SMALL-1-L1,", "{link: KNOW-2-L1,")
    knowing.spoil("KNOW-2/module.yaml", "{link: SMALL-1-L1,", "{link: KNOW-2-L1,")
    found = mistakes(knowing)
    assert any(each.startswith(f"{FIRST}:17: ") and "round in a circle" in each for each in found), found
    assert any(each.startswith("KNOW-2/module.yaml:12: ") for each in found), found


def test_a_check_of_each_outcome_is_marked_by_palms(knowing: Pack) -> None:
    written = "  - {code: W1, outcome: KNOW-2-K1, kind: written, text: {en: Why}, look_for: [{en: A}, {en: B}]}\n"
    bank = (knowing.folder / "KNOW-2/questions.yaml").read_text(encoding="utf-8")
    knowing.write("KNOW-2/questions.yaml", bank + written)
    assert any("W1: PALMS marks a check of each_outcome" in each for each in mistakes(knowing))


def test_what_a_broken_module_may_have_is_not_called_missing(knowing: Pack) -> None:
    knowing.spoil("SMALL-1/module.yaml", "study_minutes: 20", "study_minutes: none")
    assert not any(each.startswith(f"{FIRST}:17") for each in mistakes(knowing))


def test_each_nation_has_something_to_show(knowing: Pack) -> None:
    knowing.spoil("KNOW-2/module.yaml", "{en: Say one thing.}}", "{en: Say one thing.}, nations: [wales]}")
    assert any("has no question for England" in each for each in mistakes(knowing))
