"""The whole story, from invitation to a claim that waits: on both databases, without scripts, and on a phone."""

import pytest

from tests.browser import story
from tests.browser.site import Site
from tests.browser.story import NewPage


def live(site: Site, new_page: NewPage, *, width: int = 1280, scripts: bool = True, by_employer: bool = False) -> None:
    def page() -> story.Page:
        return new_page(width=width, scripts=scripts)

    coordinator, pa = page(), page()
    story.join(pa, story.invite(coordinator, site))
    story.read_every_lesson(pa)
    story.write_the_activity(pa)
    story.pass_the_check(pa, site)
    if by_employer:
        story.see_as_employer(page())
    else:
        story.allocate_assessor(coordinator)
        story.observe_and_sign_off(page())
    number = story.certificate_number(pa, site)
    assert story.download_pdf(pa).startswith(b"%PDF-")
    story.stranger_checks(page(), number)
    story.what_is_missing(pa)
    story.claim_waits(coordinator)


def test_the_whole_story(site: Site, new_page: NewPage) -> None:
    live(site, new_page)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_whole_story_without_scripts(site: Site, new_page: NewPage) -> None:
    live(site, new_page, scripts=False)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_whole_story_on_a_phone_signed_off_by_the_employer(site: Site, new_page: NewPage) -> None:
    live(site, new_page, width=360, by_employer=True)
