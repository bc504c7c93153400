"""The pages of asking and of the proof: who may enter, and what a link's pages let nobody see."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from lms.core.house import House
from tests.assessment.conftest import CRITERION, UNIT
from tests.assessment.links.conftest import SEEN, Answering, Links

Answers = Callable[[str], Answering]
BrowserFor = Callable[..., Any]


@pytest.fixture
def answered(links: Links, answering: Answers) -> str:
    """A link that the employer has answered; its id."""
    link_id, secret = links.asked()
    who = answering(secret)
    who.go(SEEN)
    who.send("/check")
    return str(link_id)


def test_who_may_open_the_pages_of_asking(links: Links, browser_for: BrowserFor, answered: str) -> None:
    world, base = links.world, f"/asked-by-link/{links.course.enrolment}"
    table = {
        "pa": (200, 200, 403),
        "assessor": (200, 200, 200),
        "coordinator": (200, 200, 200),
        "quality_assurer": (403, 403, 200),
        "second_pa": (404, 404, 403),
        "other_pa": (404, 404, 403),
        "other_assessor": (404, 404, 404),
        "other_coordinator": (404, 404, 404),
        "employer_person": (403, 403, 403),
        "register_officer": (403, 403, 403),
    }
    for name, expected in table.items():
        browser = browser_for(getattr(world, name))
        paths = (base, f"{base}/{UNIT}", f"/asked-by-link/links/{answered}/proof")
        assert tuple(browser.get(path).status_code for path in paths) == expected, name


def test_a_stranger_can_neither_cancel_nor_send_again(links: Links, browser_for: BrowserFor) -> None:
    link_id, _secret = links.asked()
    for name in ("second_pa", "assessor", "other_coordinator"):
        browser = browser_for(getattr(links.world, name))
        for what in ("cancel", "again"):
            assert browser.post(f"/asked-by-link/links/{link_id}/{what}").status_code == 404, (name, what)
    assert browser_for(links.world.pa).post(f"/asked-by-link/links/{link_id}/again").status_code == 302


def test_a_pa_asks_and_cancels(links: Links, browser_for: BrowserFor) -> None:
    browser = browser_for(links.world.pa)
    base = f"/asked-by-link/{links.course.enrolment}"
    wrong = browser.submit(f"{base}/{UNIT}", {}).get_data(as_text=True)
    assert "Choose what they can have seen." in wrong
    assert "Choose whom to ask." in wrong
    sent = browser.submit(
        f"{base}/{UNIT}", {"lines": CRITERION, "whom": links.amina().key, "language": "en", "once": str(uuid4())}
    )
    assert sent.location == base
    page = browser.get(base).get_data(as_text=True)
    assert "a•••@example.com" in page
    assert "amina.yusuf@example.com" not in page
    assert "Sent, not opened yet" in page
    assert "What they were asked and said" not in page


def test_the_proof_shows_who_what_and_when(links: Links, browser_for: BrowserFor, answered: str) -> None:
    page = browser_for(links.world.quality_assurer).get(f"/asked-by-link/links/{answered}/proof").get_data(as_text=True)
    for said in (
        "Amina Yusuf",
        "a•••@example.com",
        "The address on record of somebody with an account.",
        "Did you see Pat do this?",
        "P. asked me before moving the boxes.",
        "Nothing in this record was changed since.",
    ):
        assert said in page
    assert "amina.yusuf@example.com" not in page


def test_the_link_pages_show_no_more_than_they_need(links: Links, answering: Answers, house: House) -> None:
    with house.database.writing() as db:
        links.course.look(db, links.world.assessor, text="Something another person saw.")
    _link, secret = links.asked(by=links.world.assessor)
    who = answering(secret)
    pages = [who.text()]
    who.send()
    for path, given in (("saw-1", "saw"), ("day", "day"), ("what", "what"), ("real", "real"), ("close", "close")):
        pages.append(who.text(f"/{path}"))
        who.send(f"/{path}", SEEN[given])
    pages += [who.text("/met-1"), who.text("/check") if who.send("/met-1", SEEN["met"]) else ""]
    for page in pages:
        for hidden in ("Morgan", "Dai", "Assessor", "Something another person saw", "@", str(links.course.enrolment)):
            assert hidden not in page, hidden


def test_a_link_is_not_mixed_with_whoever_is_signed_in(links: Links, browser_for: BrowserFor) -> None:
    _link, secret = links.asked()
    browser = browser_for(links.world.coordinator)
    page = browser.get(f"/said/{secret}").get_data(as_text=True)
    assert "Cora" not in page
    assert "Sign out" not in page
    browser.submit(f"/said/{secret}")
    browser.submit(f"/said/{secret}/saw-1", {"answer": "no"})
    browser.submit(f"/said/{secret}/check")
    proof = browser.get(f"/said/{secret}").get_data(as_text=True)
    assert "Amina Yusuf answered" in proof
    assert "Cora" in browser.get("/").get_data(as_text=True)


def test_the_address_goes_nowhere(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    who.send()
    for path in ("", "/saw-1", "/somebody-else", "/nowhere"):
        headers = who.page(path).headers
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
    assert answering("unknown").page().headers["Referrer-Policy"] == "no-referrer"


def test_a_language_is_changed_only_to_one_there_is_and_leads_only_back_here(links: Links, answering: Answers) -> None:
    _link, secret = links.asked()
    who = answering(secret)
    for back in ("https://example.com/", "/people", "//example.com", ""):
        sent = who.browser.submit(who.home, {"language": "xx", "back": back}, to=f"{who.home}/language")
        assert sent.location == who.home
    assert 'lang="en" class' in who.text()


def test_a_coordinator_sets_the_days(links: Links, browser_for: BrowserFor) -> None:
    browser = browser_for(links.world.coordinator)
    assert "Choose between 2 and 60 days." in browser.submit("/asked-by-link/days", {"days": "90"}).get_data(
        as_text=True
    )
    assert browser.submit("/asked-by-link/days", {"days": "21"}).status_code == 302
    assert 'value="21"' in browser.get("/asked-by-link/days").get_data(as_text=True)
    other = browser_for(links.world.other_coordinator)
    assert 'value="14"' in other.get("/asked-by-link/days").get_data(as_text=True)
    assert other.get(f"/asked-by-link/days?authority={links.world.authority}").status_code == 404
