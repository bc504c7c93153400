"""Every page in the states it has: no accessibility fault, no sideways scroll, small, and alone on the network."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request

from lms.demo import cast
from tests.browser.conftest import Players
from tests.browser.site import Site, press, sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NewPage = Callable[..., Page]

PUBLIC = (
    "/",
    "/sign-in",
    "/sign-in/link",
    "/help",
    "/cookies",
    "/accessibility",
    "/no/such/page",
    "/verify",
    "/verify/PALMS-0000-0000-0",
)
PAGES = {
    "Beth Warren": ("/", "/learning", "/practice", "/certificates", "/register", "/messages", "/account"),
    "Chidi Obi": ("/", "/account/password", "/account/second-step", "/sign-out"),
    "Grace Adomako": ("/", "/certificates", "/register", "/practice"),
    "Rosa Delgado": ("/", "/learning", "/learning/texts"),
    "Femi Ogun": ("/", "/prior-learning"),
    "Tamsin Clarke": (
        "/",
        "/care-certificate",
        "/care-certificate?edition=cc-2015",
        "/care-certificate/cc-2025",
        "/care-certificate/cc-2025/CC1",
        "/care-certificate/cc-2025/CC12",
        "/care-certificate/cc-2025/log.pdf",
    ),
    "Kelly Marsh": ("/practice", "/learning/words", "/learning/further"),
    "Amina Yusuf": ("/", "/my-pas"),
    "Hannah Cole": ("/", "/assess"),
    "Carol Bennett": ("/", "/people", "/people/invite", "/learners", "/assessors", "/funding/claims"),
    "Idris Khan": ("/", "/register/people"),
    "Peter Ashworth": ("/", "/funding/claims"),
    "Sunita Rao": ("/", "/quality", "/quality/policy", "/quality/work", "/quality/activities", "/quality/meetings/new"),
    "Lorna Swift": ("/", "/verify-records"),
}
DEEPER = {
    "Beth Warren": ("/", ".palms-next__action"),
    "Chidi Obi": ("/", ".palms-next__action"),
    "Ravi Patel": ("/", ".palms-next__action"),
    "Rosa Delgado": ("/learning", ".govuk-task-list__link"),
    "Femi Ogun": ("/", ".palms-next__action"),
    "Grace Adomako": ("/certificates", "main a.govuk-link"),
    "Amina Yusuf": ("/my-pas", "main a.govuk-link"),
    "Hannah Cole": ("/assess", "main a.govuk-link"),
    "Carol Bennett": ("/funding/claims", "main td a.govuk-link"),
    "Idris Khan": ("/register/people", "main td a.govuk-link"),
    "Sunita Rao": ("/quality", ".palms-requirement__name a"),
    "Lorna Swift": ("/verify-records", ".palms-requirement__name a"),
}


@pytest.fixture
def url(played: str) -> str:
    """The demonstration, on one of the databases: pages look the same on either."""
    return played


@pytest.fixture
def world() -> Players:
    """The people of the demonstration instead of the small world."""
    return Players()


def faults(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    return [
        f"{page.url}: {fault['id']} ({node['target']})"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def states(site: Site, new_page: NewPage, width: int) -> Iterator[Page]:
    """Every page of the thread, each as it is when somebody has come to it."""
    nobody = new_page(width=width)
    for path in PUBLIC:
        nobody.goto(path)
        yield nobody
    for name in sorted({*PAGES, *DEEPER}):
        page = new_page(width=width)
        sign_in(page, email_of(name), cast.PASSWORD)
        for path in PAGES.get(name, ()):
            page.goto(path)
            yield page
        if name in DEEPER:
            path, link = DEEPER[name]
            page.goto(path)
            with page.expect_navigation():
                page.locator(link).first.click()
            yield page


def email_of(name: str) -> str:
    return cast.email_of(name, "RIVERMERE")


def test_no_page_has_an_accessibility_fault(site: Site, new_page: NewPage) -> None:
    found = [fault for page in states(site, new_page, 1280) for fault in faults(page)]
    assert found == []


SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter(each => !each.classList.contains("govuk-skip-link"))
    .map(each => [each.getBoundingClientRect(), each.textContent.trim() || each.name])
    .filter(([box]) => box.width && box.height && (box.height < 24 || box.width < 24))
    .map(([, name]) => name)"""


def test_a_small_phone_shows_every_page_whole_with_room_for_a_finger(site: Site, new_page: NewPage) -> None:
    wide, small = [], []
    for page in states(site, new_page, 320):
        wide += [page.url] if scrolls_sideways(page) else []
        small += [(page.url, name) for name in page.evaluate(SMALL)]
    assert wide == []
    assert small == []


def test_every_lesson_fits_a_small_phone_and_has_no_fault(site: Site, new_page: NewPage) -> None:
    page = new_page(width=320)
    sign_in(page, email_of("Chidi Obi"), cast.PASSWORD)
    page.goto("/learning")
    page.locator(".govuk-task-list__link").first.click()
    page.get_by_role("heading", name="What is inside").wait_for()
    links = page.locator(".govuk-task-list__link").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > 9
    for link in links:
        page.goto(link)
        assert faults(page) == []
        assert not scrolls_sideways(page), link


def test_a_name_of_one_very_long_word_does_not_push_a_page_sideways(site: Site, new_page: NewPage) -> None:
    pa = new_page(width=320)
    sign_in(pa, email_of("Aled Price"), cast.PASSWORD)
    pa.goto("/account")
    pa.locator("[name=name]").fill("Llanfair" * 15)
    with pa.expect_navigation():
        pa.get_by_role("button", name="Save").click()
    for name, path in (("Amina Yusuf", "/my-pas"), ("Hannah Cole", "/assess"), ("Carol Bennett", "/people")):
        page = new_page(width=320)
        sign_in(page, email_of(name), cast.PASSWORD)
        page.goto(path)
        assert not scrolls_sideways(page), page.url
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("link", name="LlanfairLlanfair").first.click()
        assert not scrolls_sideways(page), page.url


def test_errors_are_found_beside_the_field_and_in_the_summary(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    page.goto("/sign-in")
    press(page, "Sign in")
    page.locator(".govuk-error-summary").wait_for()
    assert page.title().startswith("Error:")
    assert faults(page) == []
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "email"


def test_pages_in_welsh_have_no_fault_either(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    sign_in(page, email_of("Chidi Obi"), cast.PASSWORD)
    page.get_by_role("button", name="Cymraeg").click()
    page.locator('html[lang="cy"]').wait_for()
    for path in ("/", "/learning", "/account"):
        page.goto(path)
        assert faults(page) == []


def test_a_first_view_is_small_and_asks_nobody_else(site: Site, new_page: NewPage) -> None:
    page = new_page(width=360)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto("/sign-in", wait_until="networkidle")
    assert {address.startswith(site.address) for address in asked} == {True}
    assert len(asked) <= 10


def test_the_keyboard_reaches_the_next_step_with_the_focus_seen(site: Site, new_page: NewPage) -> None:
    page = new_page()
    sign_in(page, email_of("Chidi Obi"), cast.PASSWORD)
    reached = []
    for _press in range(25):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
        outline = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle + s.boxShadow + s.backgroundColor; })()"
        )
        assert outline
        if "palms-next__action" in reached[-1]:
            break
    assert "govuk-skip-link" in reached[0]
    assert "palms-next__action" in reached[-1]
    page.keyboard.press("Enter")
    page.get_by_role("button", name="I have finished this lesson").wait_for()


def test_a_session_copied_from_one_browser_shows_only_its_own_person(site: Site, new_page: NewPage) -> None:
    first, second = new_page(), new_page()
    sign_in(first, email_of("Chidi Obi"), cast.PASSWORD)
    sign_in(second, email_of("Beth Warren"), cast.PASSWORD)
    first.goto("/")
    second.goto("/")
    assert "Chidi Obi" in first.inner_text("h1")
    assert "Beth Warren" in second.inner_text("h1")
