"""Staff pages: the list, one certificate with its life, and each move behind a page that says what will happen."""

import re
from typing import Any
from uuid import uuid4

import pytest

from lms.certification import queries
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.world import World

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

LIST = "/certificates/issued"


def text(page: Any) -> str:
    return page.get_data(as_text=True)  # type: ignore[no-any-return]


def form_of(page: Any) -> dict[str, str]:
    once = re.search(r'name="once" value="([^"]+)"', text(page))
    assert once is not None
    return {"once": once[1], "sure": "y"}


def stands(house: House, id: Any, now: Any) -> Standing:
    with house.database.reading() as db:
        return queries.certificate(db, id).standing(london_day(now))


def test_the_list_finds_and_filters(browser_for: Any, issued: CertificateView, world: World) -> None:
    browser = browser_for(world.coordinator)
    page = text(browser.get(LIST))
    assert page.count("<h1") == 1
    assert issued.number in page
    assert "Pat Morgan" in page
    assert "1 certificate" in page
    for search in (f"?search={issued.number.lower()}", "?search=morg", "?kind=module", "?standing=valid"):
        assert issued.number in text(browser.get(LIST + search)), search
    for search in ("?search=Nobody", "?standing=withdrawn", "?search=%25", "?page=7"):
        assert issued.number not in text(browser.get(LIST + search)), search
    for odd in ("?standing=x", f"?search={'x' * 5000}", "?page=0", "?page=-1", "?search=<script>"):
        assert browser.get(LIST + odd).status_code == 200
    assert browser.get(f"{LIST}?authority={world.other_authority}").status_code == 404


def test_suspending_says_first_what_will_happen(
    *, browser_for: Any, house: House, issued: CertificateView, world: World, now: Any
) -> None:
    browser = browser_for(world.coordinator)
    address = f"{LIST}/{issued.id}/suspend"
    page = browser.get(address)
    said = text(page)
    for sentence in ("From today it does not count", "Pat Morgan, by e-mail", "Who is told", "You can lift this again"):
        assert sentence in said
    form = form_of(page)
    wrong = browser.post(address, {"once": form["once"]})
    assert "<title>Error:" in text(wrong)
    for said in ("Choose why.", "Write to the holder why", "Read what will happen"):
        assert said in text(wrong)
    assert stands(house, issued.id, now) is Standing.VALID
    form |= {"reason": "facts_looked_at", "word": "The day may be <wrong>."}
    for _ in range(2):
        done = browser.post(address, form)
        assert (done.status_code, done.location) == (302, f"{LIST}/{issued.id}")
    assert stands(house, issued.id, now) is Standing.SUSPENDED
    whole = text(browser.get(f"{LIST}/{issued.id}"))
    assert "The day may be &lt;wrong&gt;." in whole
    assert "Whether everything on it is right is being looked at." in whole
    assert "Lift the suspension" in whole
    assert issued.number in text(browser.get(f"{LIST}?standing=suspended"))


def test_lifting_and_withdrawing(
    *, browser_for: Any, house: House, issued: CertificateView, world: World, now: Any
) -> None:
    browser = browser_for(world.coordinator)
    one = f"{LIST}/{issued.id}"
    assert browser.get(f"{one}/lift").location == one  # nothing to lift
    suspended = {**form_of(browser.get(f"{one}/suspend")), "reason": "holder_asked", "word": "As you asked."}
    browser.post(f"{one}/suspend", suspended)
    assert browser.post(f"{one}/lift", form_of(browser.get(f"{one}/lift"))).status_code == 302
    assert stands(house, issued.id, now) is Standing.VALID
    page = browser.get(f"{one}/withdraw")
    assert "never comes back" in text(page)
    assert "It was replaced by another certificate." not in text(page)
    browser.post(f"{one}/withdraw", {**form_of(page), "reason": "issued_in_error", "word": "Twice, by mistake."})
    assert stands(house, issued.id, now) is Standing.WITHDRAWN
    whole = text(browser.get(one))
    assert "What you can do" not in whole
    for move in ("suspend", "lift", "withdraw", "replace"):
        assert browser.get(f"{one}/{move}").location == one
        late = {"once": str(uuid4()), "sure": "y", "reason": "holder_asked", "word": "x", "holder_name": "Other"}
        answer = text(browser.post(f"{one}/{move}", late))
        assert "never comes back" in answer or "Not a valid choice" in answer
    assert stands(house, issued.id, now) is Standing.WITHDRAWN


def test_a_right_name(*, browser_for: Any, house: House, issued: CertificateView, world: World, now: Any) -> None:
    browser = browser_for(world.coordinator)
    address = f"{LIST}/{issued.id}/replace"
    form = {**form_of(browser.get(address)), "holder_name": "Siân <b>ŵ</b>"}
    first, second = browser.post(address, form), browser.post(address, form)
    assert first.status_code == second.status_code == 302
    assert first.location == second.location != f"{LIST}/{issued.id}"
    page = text(browser.get(first.location))
    assert "Siân &lt;b&gt;ŵ&lt;/b&gt;" in page
    assert f"Issued in place of {issued.number}, with the right name" in page
    assert "by Cora Coordinator" in page
    assert stands(house, issued.id, now) is Standing.REPLACED
    again = {**form_of(browser.get(f"{first.location}/replace")), "holder_name": "Siân <b>ŵ</b>"}
    assert "on it already" in text(browser.post(f"{first.location}/replace", again))


def test_a_quality_assurer_is_offered_what_is_theirs(browser_for: Any, issued: CertificateView, world: World) -> None:
    browser = browser_for(world.quality_assurer)
    page = text(browser.get(f"{LIST}/{issued.id}"))
    assert f"{LIST}/{issued.id}/suspend" in page
    assert f"{LIST}/{issued.id}/withdraw" in page
    assert "/replace" not in page
    assert f"/certificates/{issued.id}/pdf" not in page
    offered = text(browser.get(f"{LIST}/{issued.id}/suspend"))
    assert "being looked at again" in offered
    assert "The holder asked for it." not in offered


def test_ones_own_is_looked_after_by_somebody_else(
    browser_for: Any, house: House, issued: CertificateView, world: World, now: Any
) -> None:
    with house.database.writing() as db:
        people.give_role(
            db, person_id=world.pa, organisation_id=world.authority, role=Role.COORDINATOR, by=None, now=now
        )
    browser = browser_for(world.pa)
    one = f"{LIST}/{issued.id}"
    assert "This certificate is your own" in text(browser.get(one))
    assert browser.get(f"{one}/withdraw").location == one
    sent = {"once": str(uuid4()), "sure": "y", "reason": "holder_asked", "word": "x"}
    assert "Somebody else has to do this" in text(browser.post(f"{one}/withdraw", sent))
    assert stands(house, issued.id, now) is Standing.VALID
