"""Pages of study as a browser without scripts sees them: the whole way through a module, and every wall."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core import shelves
from lms.core.house import House
from lms.learning import checks, queries, services
from lms.learning.catalogue import Courses, Module
from lms.learning.models import Answer, Attempt, LessonDone
from tests.clients import Browser
from tests.learning.conftest import Answering
from tests.learning.packs import choices_only
from tests.world import World

BrowserFor = Callable[..., Browser]
Watching = Callable[[], Any]


@pytest.fixture(scope="module")
def loaded(loaded: shelves.Shelves) -> shelves.Shelves:
    """Here every question has options; the other kinds are tried in test_kinds_pages."""
    return choices_only(loaded)


def html(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.get_data(as_text=True))


@pytest.fixture
def study(enrolment: UUID) -> str:
    """Where the PA's pages of the first module begin."""
    return f"/learning/{enrolment}/PAI-1"


@pytest.fixture
def pa(browser_for: BrowserFor, world: World, enrolment: UUID) -> Browser:
    """The enrolled PA's browser."""
    return browser_for(world.pa)


def test_my_induction_lists_seven_modules_and_links_only_what_is_ready(
    pa: Browser, study: str, courses: Courses
) -> None:
    page = html(pa.get("/learning"))
    ready = [module for module in courses.modules_of("PAI") if module.ready]
    assert page.count('class="govuk-task-list__item') == 7
    assert page.count(">Coming<") == 7 - len(ready)
    assert page.count("govuk-task-list__link") == len(ready)
    assert f'class="govuk-link govuk-task-list__link" href="{study}"' in page
    assert page.count("<h1") == 1
    assert "0 of 7 modules done" in page


def test_without_a_course_the_page_says_whom_to_ask(browser_for: BrowserFor, world: World) -> None:
    assert "Ask your training coordinator" in html(browser_for(world.second_pa).get("/learning"))


def test_a_module_has_one_next_step(pa: Browser, study: str) -> None:
    page = html(pa.get(study))
    assert page.count("palms-next__action") == 1
    assert f'href="{study}/lessons/PAI-1-L1"' in page
    assert "0 of 11 steps done" in page
    pa.submit(f"{study}/lessons/PAI-1-L1")
    assert "1 of 11 steps done" in html(pa.get(study))


@pytest.mark.parametrize("number", range(1, 10))
def test_every_lesson_can_be_read(pa: Browser, study: str, module: Module, number: int) -> None:
    lesson = module.lessons[number - 1]
    page = html(pa.get(f"{study}/lessons/{lesson.code}"))
    assert f"Lesson {number} of 9" in page
    assert "I have finished this lesson" in page
    assert page.count("<h1") == 1
    assert page.index("In England") < page.index("In Wales")
    assert "<details" in page


def test_help_in_wales_comes_first_for_somebody_in_wales(
    browser_for: BrowserFor, house: House, world: World, now: datetime
) -> None:
    with house.database.writing() as db:
        there = services.enrol(
            db, learner_id=world.other_pa, authority_id=world.other_authority, course="PAI", by=world.other_pa, now=now
        )
    page = html(browser_for(world.other_pa).get(f"/learning/{there}/PAI-1/lessons/PAI-1-L1"))
    assert page.index("In Wales") < page.index("In England")


def test_english_lessons_on_a_welsh_page_are_marked_as_english(pa: Browser, study: str) -> None:
    pa.post("/language", {"language": "cy"})
    page = html(pa.get(f"{study}/lessons/PAI-1-L1"))
    assert '<html lang="cy"' in page
    assert '<article class="palms-lesson" lang="en"' in page
    assert re.search(r'<h1[^>]*><span lang="en">', page)


def test_finishing_a_lesson_leads_on_and_counts_once(pa: Browser, study: str, house: House) -> None:
    for _ in range(2):
        answer = pa.submit(f"{study}/lessons/PAI-1-L1")
        assert answer.status_code == 302
        assert answer.location == f"{study}/lessons/PAI-1-L2"
        pa.post(f"{study}/lessons/PAI-1-L1")
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(LessonDone)) == 1
    page = html(pa.get(f"{study}/lessons/PAI-1-L2"))
    assert page.count("Lesson done. Next: ") == 1
    assert 'data-disable-auto-focus="true"' in page
    assert "Lesson done." not in html(pa.get(f"{study}/lessons/PAI-1-L2"))
    assert "You have finished this lesson." in html(pa.get(f"{study}/lessons/PAI-1-L1"))


def test_writing_is_saved_for_later_then_finished(pa: Browser, study: str, house: House, enrolment: UUID) -> None:
    answer = pa.submit(f"{study}/activity", {"text": "My <b>first</b> goal"})
    assert answer.location == f"{study}/activity"
    page = html(pa.get(f"{study}/activity"))
    assert "My &lt;b&gt;first&lt;/b&gt; goal" in page
    assert "Last saved on 21 November 2026" in page
    with house.database.reading() as db:
        assert not queries.studied(db, enrolment).activities
    answer = pa.submit(f"{study}/activity", {"text": "My goals", "finished": "yes"})
    assert answer.location == f"{study}/lessons/PAI-1-L1"
    with house.database.reading() as db:
        assert queries.studied(db, enrolment).activities == {"PAI-1-A1"}


def test_text_that_is_too_long_is_not_lost(pa: Browser, study: str) -> None:
    page = html(pa.submit(f"{study}/activity", {"text": "abc " * 3000}))
    assert "Error:" in page
    assert page.count("abc ") >= 3000
    assert "Write something first" in html(pa.submit(f"{study}/activity", {"text": ""}))


def start(pa: Browser, study: str) -> tuple[str, int]:
    """Start the check; returns where its pages begin and how many questions it has."""
    answer = pa.submit(f"{study}/check")
    assert answer.status_code == 302
    found = re.fullmatch(r"(/learning/checks/[0-9a-f-]+)/questions/1", answer.location)
    assert found
    return found.group(1), 12


def test_a_check_from_start_to_result_without_scripts(
    pa: Browser, study: str, house: House, world: World, enrolment: UUID
) -> None:
    page = html(pa.get(f"{study}/check"))
    assert "There are 12 questions" in page
    assert "There is no time limit" in page
    check, total = start(pa, study)
    attempt_id = UUID(check.rsplit("/", 1)[1])
    with house.database.reading() as db:
        questions = checks.own_attempt(db, attempt_id, world.pa).questions
    for number, question in enumerate(questions, start=1):
        page = html(pa.get(f"{check}/questions/{number}"))
        assert f"Question {number} of {total}" in page
        answer = pa.submit(f"{check}/questions/{number}", {"answer": sorted(question.right)})
        further = f"{check}/questions/{number + 1}" if number < total else f"{check}/answers"
        assert answer.location == further
    page = html(pa.get(f"{check}/answers"))
    assert page.count("?change=yes") == total
    assert "Not answered yet" not in page
    answer = pa.submit(f"{check}/answers")
    assert answer.location == check
    assert pa.post(f"{check}/answers").location == check
    page = html(pa.get(check))
    assert "You passed with 100 percent" in page
    assert page.count("<strong>Right</strong>") == total
    assert pa.get(f"{check}/questions/1").location == check
    assert "You have passed this check." in html(pa.get(f"{study}/check"))


def test_one_goes_on_at_the_very_question(pa: Browser, study: str, browser_for: BrowserFor, world: World) -> None:
    check, _ = start(pa, study)
    pa.submit(f"{check}/questions/1", {"answer": "a"})
    another = browser_for(world.pa)
    assert f'href="{check}/questions/2"' in html(another.get("/"))
    assert f'href="{check}/questions/2"' in html(another.get(study))
    assert "Go on with question 2" in html(another.get(f"{study}/check"))
    assert another.submit(f"{study}/check", to=f"{study}/check").status_code == 302
    assert another.post(f"{study}/check").location == f"{check}/questions/2"
    assert re.search(r'value="a"[^>]*checked', html(another.get(f"{check}/questions/1")))


def test_changing_an_answer_leads_back_to_all_of_them(pa: Browser, study: str) -> None:
    check, _ = start(pa, study)
    pa.submit(f"{check}/questions/1", {"answer": "a"})
    answer = pa.submit(f"{check}/questions/1?change=yes", {"answer": "b"})
    assert answer.location == f"{check}/answers"


def test_no_choice_is_an_error_beside_the_question(pa: Browser, study: str) -> None:
    check, _ = start(pa, study)
    page = html(pa.submit(f"{check}/questions/1"))
    assert "<title>Error:" in page.replace("\n", "").replace("  ", "")
    assert 'href="#answer"' in page
    assert 'id="answer"' in page


def test_a_forged_option_is_refused(pa: Browser, study: str, house: House) -> None:
    check, _ = start(pa, study)
    assert "There is a problem" in html(pa.submit(f"{check}/questions/1", {"answer": "zzz"}))
    assert pa.post(f"{check}/questions/1/choice", {"answer": "zzz"}).status_code == 409
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Answer)) == 0


def test_handing_in_too_early_names_the_questions(pa: Browser, study: str) -> None:
    check, _ = start(pa, study)
    for number in range(3, 13):
        pa.submit(f"{check}/questions/{number}", {"answer": "a"})
    page = html(pa.submit(f"{check}/answers"))
    assert "Still without an answer: 1, 2." in page
    assert "Go on with question 1" in page


def test_not_yet_is_said_kindly_and_a_new_try_draws_again(  # noqa: PLR0917  fixtures
    pa: Browser, study: str, house: House, world: World, now: datetime, answer_all: Answering
) -> None:
    with house.database.writing() as db:
        attempt_id = answer_all(db, right=False)
        services.hand_in(db, attempt_id=attempt_id, by=world.pa, now=now)
    page = html(pa.get(f"/learning/checks/{attempt_id}"))
    assert "Not yet: 0 percent this time" in page
    assert "Right would have been:" in page
    assert "failed" not in page.lower()
    assert pa.submit(f"{study}/check").location != f"/learning/checks/{attempt_id}/questions/1"
    assert "Try 1, 21 November 2026" in html(pa.get(f"{study}/check"))


def test_the_script_saves_a_choice_with_the_token_in_a_header(pa: Browser, study: str, house: House) -> None:
    check, _ = start(pa, study)
    token = pa.token(f"{check}/questions/1")
    sent = pa.post_raw(f"{check}/questions/1/choice", {"answer": "a"}, headers={"X-LMS-CSRF": token})
    assert (sent.status_code, sent.get_data()) == (204, b"")
    assert pa.post_raw(f"{check}/questions/1/choice", {"answer": "b"}).status_code == 400
    assert pa.post(f"{check}/questions/99/choice", {"answer": "b"}).status_code == 404
    with house.database.reading() as db:
        assert list(db.scalars(select(Answer.options))) == [["a"]]


def test_every_page_of_study_answers_404_to_others(  # noqa: PLR0917  fixtures
    pa: Browser, study: str, enrolment: UUID, browser_for: BrowserFor, world: World, house: House, module: Module
) -> None:
    check, _ = start(pa, study)
    paths = [
        f"/learning/{enrolment}", study, f"{study}/lessons/PAI-1-L1", f"{study}/activity", f"{study}/check",
        check, f"{check}/questions/1", f"{check}/answers",
    ]  # fmt: skip
    posts = [*paths[2:5], f"{check}/questions/1", f"{check}/questions/1/choice", f"{check}/answers"]
    for stranger in (world.second_pa, world.other_pa, world.employer_person, world.representative, world.learner):
        browser = browser_for(stranger)
        assert [browser.get(path).status_code for path in paths] == [404] * len(paths)
        data = {"answer": "a", "text": "x", "finished": "yes"}
        assert [browser.post(path, data).status_code for path in posts] == [404] * len(posts)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Answer)) == 0
        assert db.scalar(select(func.count()).select_from(Attempt)) == 1
    for role in (world.coordinator, world.admin, world.assessor):
        browser = browser_for(role)
        assert {browser.get(path).status_code for path in ["/learning", *paths]} == {403}
        assert {browser.post(path, {"answer": "a"}).status_code for path in posts} == {403}


@pytest.mark.parametrize(
    "path", ["PAI-9", "PAI-1/lessons/PAI-1-L99", "PAI-1/lessons/PAI-2-L1", "PAI-9/activity", "PAI-9/check"]
)
def test_what_is_not_there_answers_404(pa: Browser, enrolment: UUID, path: str) -> None:
    assert pa.get(f"/learning/{enrolment}/{path}").status_code == 404
    assert pa.get(f"/learning/{uuid4()}/PAI-1").status_code == 404
    assert pa.get(f"/learning/checks/{uuid4()}").status_code == 404


def test_the_next_step_is_the_first_card_at_home(pa: Browser, study: str) -> None:
    page = html(pa.get("/"))
    assert f'href="{study}/lessons/PAI-1-L1"' in page
    assert re.search(r'<h2 class="palms-next__title"[^>]*>Lesson: The person is in charge</h2>', page)
    assert "0 of 11 done" in page


def test_learners_shows_ones_own_authority_only(browser_for: BrowserFor, world: World, pa: Browser, study: str) -> None:
    pa.submit(f"{study}/lessons/PAI-1-L1")
    page = html(browser_for(world.coordinator).get("/learners"))
    assert "Pat Morgan" in page
    assert "1 of 11 steps" in page
    assert "Not on a course yet" in page
    assert "Olwen Price" not in page
    assert f"/people/{world.pa}" in page
    assert "Sam Okoro" not in html(browser_for(world.coordinator).get("/learners?name=pat"))
    assert "Pat Morgan" not in html(browser_for(world.other_coordinator).get("/learners"))
    assert browser_for(world.pa).get("/learners").status_code == 403
    assert browser_for(world.coordinator).get(f"/learners?authority={world.other_authority}").status_code == 404


def test_learners_costs_the_same_however_many(
    browser_for: BrowserFor, house: House, world: World, now: datetime, statements: Watching
) -> None:
    from lms.people import services as people
    from lms.people.rules import Role

    browser = browser_for(world.coordinator)

    def cost() -> int:
        with statements() as sent:
            html(browser.get("/learners"))
        return len(sent)

    few = cost()
    with house.database.writing() as db:
        for n in range(60):
            person = people.add_person(db, name=f"Learner {n}", username=f"learner.{n}", by=None, now=now)
            people.give_role(db, person_id=person, organisation_id=world.authority, role=Role.PA, by=None, now=now)
            its = services.enrol(db, learner_id=person, authority_id=world.authority, course="PAI", by=person, now=now)
            services.start_or_resume_attempt(db, enrolment_id=its, module="PAI-1", by=person, now=now)
            services.study_lesson(db, enrolment_id=its, lesson="PAI-1-L1", by=person, now=now)
    assert cost() <= few + 3
    assert cost() <= 9
    assert "Next page" in html(browser.get("/learners"))


def test_a_page_of_study_needs_few_queries(pa: Browser, study: str, statements: Watching) -> None:
    check, _ = start(pa, study)
    for path, most in ((study, 7), (f"{study}/lessons/PAI-1-L1", 7), (f"{check}/questions/1", 6), ("/learning", 8)):
        pa.get(path)
        with statements() as sent:
            html(pa.get(path))
        assert len(sent) <= most, (path, len(sent), sent)
