"""Further modules: a list to look at, from which nothing can be started."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lms.core.content import Problems
from lms.core.db import Db
from lms.core.shelves import Shelves
from lms.learning.shelf.further import Further, load
from lms.learning.titles import title_of, titles
from tests.world import World

FURTHER = """\
categories:
  - {code: SAFE, title: {en: Safety}}
modules:
  - {code: F-1, title: {en: Falls}, category: SAFE, minutes: 60, practical: false, person_specific: true,
     refresher_months: 12}
  - {code: F-2, title: {en: Fire}, category: SAFE, minutes: 45, practical: true, person_specific: false,
     refresher_months: null}
"""


def loaded_from(*texts: str, folder: Path) -> tuple[Further, list[str]]:
    folders = []
    for number, text in enumerate(texts):
        path = folder / str(number) / "further" / "catalogue.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        folders.append(path.parent.parent)
    problems = Problems()
    return load(folders, problems), [f"{each.line}: {each.message}" for each in problems.found]


def test_a_pack_adds_and_replaces(tmp_path: Path) -> None:
    more = FURTHER.replace("F-2", "F-3").replace("Falls", "Preventing falls")
    found, mistakes = loaded_from(FURTHER, more, folder=tmp_path)
    assert mistakes == []
    assert [module.title.en for module in found.modules.values()] == ["Preventing falls", "Fire", "Fire"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("category: SAFE", "category: SAVE", "4: F-1: there is no category “SAVE”."),
        ("code: F-2", "code: F-1", "6: The code “F-1” stands twice in modules."),
        ("minutes: 60", "minutes: 0", "4: modules.0.minutes:"),
        ("refresher_months: null", "refresher_months: 0", "7: modules.1.refresher_months:"),
        ("person_specific: true", "person_specific: true, status: ready", "4: modules.0.status:"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    found = loaded_from(FURTHER.replace(old, new, 1), folder=tmp_path)[1]
    assert any(each.startswith(expected) for each in found), found


def test_fifty_modules_in_nine_categories_are_planned(loaded: Shelves) -> None:
    further: Further = loaded[Further]
    assert len(further.modules) == 50
    assert sum(len(modules) for _category, modules in further.by_category()) == 50
    assert len(further.by_category()) == 9


def test_the_page_says_in_plain_words_what_to_know(browser_for: Callable[..., Any], world: World) -> None:
    page = " ".join(browser_for(world.pa).get("/learning/further").text.split())
    hoists = page[page.index("Safe use of hoists") :].split("</li>")[0]
    assert "About 150 minutes. Needs a practical part. For one named person only. Refresh every 12 months." in hoists
    assert "Coming" in hoists
    assert "<a" not in hoists
    assert page.count("cannot-start-yet") == 50
    assert browser_for(world.coordinator).get("/learning/further").status_code == 200
    assert browser_for(world.register_officer).get("/learning/further").status_code == 403


def test_a_code_has_a_title_wherever_it_is_planned_or_taught(db: Db) -> None:
    for code, title in (("PAF-10", "Mental capacity"), ("PAI-1", "Being a personal"), ("PAI", "Personal assistant")):
        found = title_of(db, code)
        assert found is not None
        assert found.en.startswith(title)
    assert title_of(db, "NONE-1") is None
    assert titles(db, "en")["PAF-10"] == "Mental capacity and decision making"
