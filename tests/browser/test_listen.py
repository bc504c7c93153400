"""Reading aloud in a real browser, with voices stubbed at the very edge: headless browsers have none of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, sign_in
from tests.browser.test_pages import email_of, faults, scrolls_sideways

VOICES = (Path(__file__).parent / "voices.js").read_text(encoding="utf-8")
NewPage = Callable[..., Page]


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


@pytest.fixture
def listening(site: Site, new_page: NewPage) -> Callable[..., Page]:
    """Somebody at their next step, on a device with voices."""

    def at_next_step(name: str, *, voices: list[str] | None = None, width: int = 360) -> Page:
        page = new_page(width=width)
        wanted = "" if voices is None else f"window.wantedVoices = {voices!r};"
        page.add_init_script(wanted + VOICES)
        sign_in(page, email_of(name), cast.PASSWORD)
        page.goto("/")
        with page.expect_navigation():
            page.locator(".palms-next__action").click()
        return page

    return at_next_step


def said(page: Page) -> list[dict[str, Any]]:
    """What the voice was asked to say."""
    found: list[dict[str, Any]] = page.evaluate("asked.said")
    return found


def toggle(page: Page) -> Any:
    return page.locator("[data-listen-do=toggle]")


def marked(page: Page) -> str:
    """The sentence that is highlighted."""
    return str(page.evaluate("[...(CSS.highlights.get('palms-listen') ?? [])].map(r => r.toString()).join()"))


def to_the_end(page: Page) -> None:
    page.evaluate("while (asked.current) readOn()")


def test_a_lesson_is_read_sentence_by_sentence_and_shown(listening: Callable[..., Page]) -> None:
    page = listening("Chidi Obi")
    assert said(page) == []  # nothing unasked
    assert faults(page) == []
    toggle(page).click()
    page.evaluate("readOn()")
    assert said(page)[1]["text"] == page.locator("h1").inner_text() == marked(page)
    assert {each["lang"] for each in said(page)} == {"en-GB"}
    for _sentence in range(12):
        page.evaluate("readOn()")
        box = page.evaluate(
            "(() => { const b = [...CSS.highlights.get('palms-listen')][0].getBoundingClientRect();"
            " return [b.top, b.bottom, document.querySelector('[data-listen]').getBoundingClientRect().bottom]; })()"
        )
        assert box[0] >= box[2] - 1, "the buttons hide what is read"
        assert box[1] <= 800, "what is read is off the screen"
    assert faults(page) == []
    to_the_end(page)
    text = " ".join(each["text"] for each in said(page))
    assert page.locator(".palms-lesson p").last.inner_text().split(".")[0] in text
    assert "I have finished this lesson" not in text
    assert "Menu" not in text
    assert toggle(page).inner_text() == "Listen to this page"
    assert marked(page) == ""


def test_pause_go_on_back_forward_and_stop_by_keyboard(listening: Callable[..., Page]) -> None:
    page = listening("Chidi Obi")
    toggle(page).focus()
    page.keyboard.press("Enter")
    page.evaluate("readOn()")
    page.keyboard.press("Enter")
    assert toggle(page).inner_text() == "Go on listening"
    assert page.evaluate("asked.current") is None
    page.wait_for_timeout(50)  # the voice that was cut off tells of it late
    assert len(said(page)) == 2
    page.keyboard.press("Enter")
    assert said(page)[2] == said(page)[1]  # begins the sentence again
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page)[-1] == said(page)[0]  # the sentence before
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said(page)[-1] == said(page)[1]  # the next one
    page.get_by_role("button", name="Stop", exact=True).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.listenDo") == "toggle"  # the focus is not lost
    assert page.evaluate("asked.current") is None
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("asked.current") is None
    assert not page.get_by_role("button", name="Stop", exact=True).is_visible()


def answers_in_words(page: Page) -> list[str]:
    """Go through a check to a question that is answered by choosing words: which are drawn is chance."""
    questions = page.url.rpartition("/")[0]
    for number in range(1, 13):
        page.goto(f"{questions}/{number}?change=1")
        labels = page.locator(".govuk-radios__label, .govuk-checkboxes__label").all()
        words = [each.inner_text().strip() for each in labels]
        if len(words) > 2 and all(words):
            return words
    raise AssertionError("no question of this check is answered by choosing words")


def test_a_question_and_each_answer_have_a_button_of_their_own(listening: Callable[..., Page]) -> None:
    page = listening("Beth Warren")
    answers = answers_in_words(page)
    parts = page.locator(".palms-listen__part")
    assert parts.count() == len(answers) + 1
    legend = page.locator("legend").inner_text()
    for number, answer in enumerate(answers, start=1):
        assert parts.nth(number).text_content() == f"Listen: {answer}"
    assert page.get_by_role("group", name=legend, exact=True).count() == 1  # the button is no part of the question
    parts.nth(2).click()
    to_the_end(page)
    assert " ".join(each["text"] for each in said(page)) == answers[1]
    assert parts.nth(2).text_content() == f"Listen: {answers[1]}"
    before = page.locator("input:checked").count()
    parts.first.click()
    parts.nth(1).click()  # another one takes over
    assert said(page)[-1]["text"] == answers[0].split(". ")[0].strip() or said(page)[-1]["text"] in answers[0]
    assert page.locator("input:checked").count() == before  # listening chooses nothing
    assert faults(page) == []
    assert not scrolls_sideways(page)


def test_each_language_has_its_voice_and_a_missing_one_is_said(listening: Callable[..., Page]) -> None:
    both = listening("Chidi Obi")
    both.get_by_role("button", name="Cymraeg").click()
    both.locator('html[lang="cy"]').wait_for()
    toggle(both).click()
    to_the_end(both)
    assert {each["voice"] for each in said(both)} == {"en-GB", "cy-GB"}
    title = both.locator("h1").inner_text()
    assert [each["voice"] for each in said(both) if each["text"] == title] == ["en-GB"]
    for voices in (["en-US"], ["cy"]):
        one = listening("Chidi Obi", voices=voices)
        one.get_by_role("button", name="Cymraeg").click()
        one.locator('html[lang="cy"]').wait_for()
        expect(one.locator(".palms-listen__said")).not_to_have_text("")
        toggle(one).click()
        to_the_end(one)
        assert {each["voice"] for each in said(one)} == set(voices)


def test_without_a_voice_or_a_script_nothing_is_offered(site: Site, new_page: NewPage) -> None:
    for scripts in (True, False):
        page = new_page(width=360, scripts=scripts)
        sign_in(page, email_of("Beth Warren"), cast.PASSWORD)
        page.goto("/")
        with page.expect_navigation():
            page.locator(".palms-next__action").click()
        assert not page.locator("[data-listen]").is_visible()
        assert page.locator(".palms-listen__part").count() == 0


def test_the_speed_is_the_listeners_own(listening: Callable[..., Page]) -> None:
    page = listening("Chidi Obi")
    address = page.url
    page.get_by_role("link", name="Change the speed").click()
    page.get_by_label("Slowly").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    page.goto(address)
    toggle(page).click()
    assert said(page)[0]["rate"] == 0.75


def test_without_highlights_the_paragraph_is_marked(listening: Callable[..., Page]) -> None:
    page = listening("Chidi Obi")
    page.evaluate("delete CSS.highlights; Object.defineProperty(CSS, 'highlights', { value: undefined })")
    toggle(page).click()
    page.evaluate("readOn()")
    assert page.locator(".palms-listen-now").inner_text() == page.locator("h1").inner_text()


def test_leaving_the_page_ends_the_voice(listening: Callable[..., Page]) -> None:
    page = listening("Chidi Obi")
    toggle(page).click()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("asked.current") is None


@pytest.mark.parametrize("path", ["activity", "words"])
def test_other_pages_of_study_are_read_too(listening: Callable[..., Page], path: str) -> None:
    page = listening("Ravi Patel")
    if path == "words":
        page.goto("/learning/words")
    toggle(page).click()
    to_the_end(page)
    assert page.locator("h1").inner_text() in [each["text"] for each in said(page)]
    assert faults(page) == []
