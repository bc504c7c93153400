"""A learner at a phone, who does what the page says is next: reads, writes and answers by keyboard and taps."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from lms.learning import checks
from lms.learning.questions import Answer, AnyQuestion, Match, PutInOrder, TypedAnswer, Written
from lms.learning.questions.choice import ChoiceQuestion
from lms.learning.questions.samples import sample_answer
from tests.browser.site import Site, press

PLAN = (
    "I ask first what today should look like, and wait for the answer. Amina tells me what changed. We look on Friday."
)
FINISHED = "I have finished this lesson"


@dataclass
class Studying:
    """Somebody's phone, and what was done on it: `kinds` of questions answered, titles of the pages that were read."""

    site: Site
    page: Page
    kinds: set[str] = field(default_factory=set)
    lessons: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)

    def home(self) -> None:
        """Home, by the name of the site at the top of every page."""
        with self.page.expect_navigation():
            self.page.locator(".palms-header__name").click()

    def next_step(self) -> str:
        """Follow the most visible thing on the page; returns what it said it was."""
        said = self.page.locator(".palms-next__title").inner_text()
        with self.page.expect_navigation():
            self.page.locator(".palms-next__action").click()
        return said

    def heading(self) -> str:
        """The page's one first-level heading, without what stands small above it."""
        expect(self.page.locator("h1")).to_have_count(1)
        return self.page.locator("h1").inner_text().split("\n")[-1].strip()

    def offers(self, button: str) -> bool:
        """Whether the page has a button with this name."""
        return bool(self.page.get_by_role("main").get_by_role("button", name=button, exact=True).count())

    def study_module(self, *, wrong_first: bool = False) -> None:
        """From the first step of a module to the end of its check, by the way each page shows onwards."""
        self.read_all()
        self.write()
        self.take_check(wrong=wrong_first)
        if wrong_first:
            press(self.page, "Try again")
            self.answer_all()
            self.hand_in()

    def read_all(self) -> None:
        """Read lesson after lesson, as far as they go."""
        while self.offers(FINISHED):
            self.read()

    def read(self) -> None:
        """Read a lesson to its end."""
        self.lessons.append(self.heading())
        press(self.page, FINISHED)

    def write(self) -> None:
        """Write an activity and say that it is finished."""
        self.texts.append(self.heading())
        self.page.get_by_role("textbox").fill(PLAN)
        press(self.page, "Save, I have finished")

    def take_check(self, *, wrong: bool = False, only: int | None = None) -> None:
        """Begin a check and answer all of it, or the first questions only."""
        press(self.page, "Start the questions")
        self.answer_all(wrong=wrong, only=only)
        if only is None:
            self.hand_in()

    def answer_all(self, *, wrong: bool = False, only: int | None = None) -> None:
        """Answer question by question, as they come."""
        answered = 0
        while self.page.locator(".palms-question__count").count() and answered != only:
            self.answer(right=not wrong)
            press(self.page, "Save and continue")
            answered += 1

    def hand_in(self) -> None:
        """Hand in, and keep what came of it."""
        press(self.page, "Hand in my answers")
        self.results.append(self.heading())

    def answer(self, *, right: bool) -> None:
        """Give an answer to the question on the page, through the page. What is right the test knows, not the page."""
        form = self.page.locator("form.palms-question")
        question = self.question(str(form.get_attribute("data-attempt")), str(form.get_attribute("data-question")))
        self.kinds.add(question.kind)
        given = sample_answer(question, right=right)
        match question:
            case Match():
                self.match(form, question, given)
            case PutInOrder():
                self.order(form, question, given)
            case TypedAnswer() | Written():
                form.get_by_role("textbox").press_sequentially(given[0])
            case ChoiceQuestion():
                self.choose(form, question, given)

    def question(self, attempt: str, code: str) -> AnyQuestion:
        """The question behind a page."""
        with self.site.house.database.reading() as db:
            asked = checks.own_attempt(db, UUID(attempt), self.site.world.pa).questions
        return next(each for each in asked if each.code == code)

    def choose(self, form: Locator, question: ChoiceQuestion, given: Answer) -> None:
        """Tap the words, or the picture, of each answer."""
        for place, option in enumerate(question.options):
            if option.code in given:
                form.locator("label").nth(place).tap()
        expect(form.locator("input:checked")).to_have_count(len(given))

    def match(self, form: Locator, question: Match, given: Answer) -> None:
        """Choose one for each line, by the words of both."""
        for left, right in question.chosen(given).items():
            line = form.locator(".govuk-form-group").filter(
                has=self.page.get_by_text(question.lefts[left].en, exact=True)
            )
            line.locator("select").select_option(label=question.rights[right].en)

    def order(self, form: Locator, question: PutInOrder, given: Answer) -> None:
        """Move each step up with its button, by keyboard, until it stands where it should."""
        steps = form.locator(".palms-order__step")
        for place, code in enumerate(given):
            words = question.texts[code].en
            mine = steps.filter(has=self.page.get_by_text(words, exact=True))
            number = int(mine.locator("select").input_value())
            for _move in range(number - 1 - place):
                mine.get_by_role("button", name=re.compile(r"^Up\b")).press("Enter")
            expect(steps.nth(place).locator("[data-text]")).to_have_text(words)
