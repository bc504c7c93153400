"""Words that explain themselves: what loads, where they are found, and how a page shows them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.content import Problems
from lms.learning.catalogue import Courses, Module
from lms.learning.shelf.glossary import Glossary, load
from lms.learning.shelf.lesson_html import Labels, lesson_html
from tests.world import World

GLOSSARY = """\
terms:
  - {code: payment, term: {en: direct payment, cy: taliad uniongyrchol},
     also: {en: [direct payments]}, means: {en: M & m}}
  - {code: pa, term: {en: PA}, means: {en: Personal assistant.}}
  - {code: board, term: {en: board}, means: {en: Of England.}, nation: england}
  - {code: bwrdd, term: {en: board}, means: {en: Of Wales.}, nation: wales}
"""
ENGLISH = Labels("en", "In England", "In Wales")


def loaded(folder: Path, text: str = GLOSSARY) -> tuple[Glossary, list[str]]:
    folder.mkdir(exist_ok=True)
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    found = load([folder], problems)
    return found, [f"{problem.line}: {problem.message}" for problem in problems.found]


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    found, mistakes = loaded(tmp_path)
    assert mistakes == []
    return found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: pa,", "code: payment,", "4: The code “payment” stands twice."),
        ("{en: PA}", "{en: Direct Payments}", "4: “Direct Payments” is explained by payment already."),
        ("nation: wales", "nation: both", "6: “board” is explained by board already."),
        ("term: {en: PA}", "term: {en: ''}", "4: terms.1.term:"),
        ("means: {en: Of Wales.}", "mean: {en: Of Wales.}", "6: terms.3.means: Field required"),
        ("terms:", "words:", "1: words: Extra inputs"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert any(each.startswith(expected) for each in loaded(tmp_path, GLOSSARY.replace(old, new))[1])


def test_a_later_pack_replaces_a_word_and_adds_others(tmp_path: Path) -> None:
    loaded(tmp_path / "one")
    loaded(tmp_path / "two", "terms:\n  - {code: pa, term: {en: PA}, also: {en: [PAs]}, means: {en: Ours.}}\n")
    problems = Problems()
    found = load([tmp_path / "one", tmp_path / "two", tmp_path], problems)
    assert problems.found == []
    assert found.terms["pa"].means.en == "Ours."
    assert len(found.terms) == 4


def found_in(glossary: Glossary, text: str, language: str = "en") -> list[str]:
    return [text[each.start : each.end] for each in glossary.standing(text, language, ())]


def test_a_word_is_found_whole_once_and_the_longest_first(glossary: Glossary) -> None:
    assert found_in(glossary, "Direct Payments: a direct payment, a PA's PA.") == ["Direct Payments", "PA"]
    assert found_in(glossary, "A PAT test, a PA-system, sPA.") == []
    assert found_in(glossary, "Taliad uniongyrchol i PA", "cy") == ["Taliad uniongyrchol"]
    assert found_in(glossary, "A pa and a DIRECT payment") == ["DIRECT payment"], "a capital is meant"
    assert found_in(Glossary({}), "direct payment") == []


@given(st.text(alphabet="adirect pymnPA-’.", max_size=60))
def test_what_is_found_stands_there_in_order(text: str) -> None:
    found = [*_ANY.standing(text, "en", ())]
    assert all(each.start < each.end <= len(text) for each in found)
    assert [each.start for each in found] == sorted(each.start for each in found)
    codes = [term.code for each in found for term in each.terms]
    assert len(codes) == len(set(codes))


def _any() -> Glossary:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return loaded(Path(folder))[0]


_ANY = _any()


def html(glossary: Glossary, module: Module, body: str, labels: Labels = ENGLISH) -> str:
    text = module.lessons[0].english.model_copy(update={"body": body})
    return lesson_html(text, module, glossary=glossary, address=str, labels=labels)


def test_the_first_standing_of_a_word_explains_itself(glossary: Glossary, module: Module) -> None:
    page = html(glossary, module, "A **direct payment** and another direct payment.")
    assert page.count("popovertarget") == 1
    assert (
        '<button type="button" class="palms-word" popovertarget="word-payment">direct payment</button>'
        '<span class="palms-meaning" id="word-payment" popover=""><span class="palms-meaning__one">M &amp; m'
        "</span></span></strong>" in page
    )


def test_not_in_headings_links_or_code(glossary: Glossary, module: Module) -> None:
    page = html(glossary, module, "## A PA\n\n[a PA](https://example.com) and `PA`\n\nOnly this PA.")
    assert page.count("popovertarget") == 1
    assert "Only this <button" in page


def test_a_word_that_differs_by_nation_says_both(glossary: Glossary, module: Module) -> None:
    page = html(glossary, module, "Ask the board.", Labels("cy", "Yn Lloegr", "Yng Nghymru"))
    assert '<span class="palms-meaning__where" lang="cy">Yn Lloegr:</span> Of England.' in page
    assert '<span class="palms-meaning__where" lang="cy">Yng Nghymru:</span> Of Wales.' in page


def test_nobody_gets_markup_in_by_the_way(glossary: Glossary, module: Module) -> None:
    page = html(glossary, module, '<button popovertarget="x">PA</button> <img src="//x">')
    assert page.count("<button") == 1
    assert "<img" not in page


def test_the_built_in_words_load_and_stand_in_lessons(courses: Courses, loaded: Any) -> None:
    glossary = loaded[Glossary]
    explained = {
        term.code
        for module in courses.modules.values()
        for lesson in module.lessons
        for found in glossary.standing(lesson.english.body, "en", ())
        for term in found.terms
    }
    assert len(explained) > 0.8 * len(glossary.terms), "words that no lesson uses explain nothing"


def test_the_page_of_words_is_for_everybody_who_is_signed_in(
    browser_for: Callable[..., Any], world: World, enrolment: UUID
) -> None:
    page = browser_for(world.employer_person).get("/learning/words").text
    assert "Words we explain" in page
    assert "self-directed support" in page
    lesson = browser_for(world.pa).get(f"/learning/{enrolment}/PAI-1/lessons/PAI-1-L1").text
    assert 'popovertarget="word-self-directed-support"' in lesson
