"""The simple register in a real browser: every page of it looked at with axe, on a phone and on a desk."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Page, expect

from lms.people import sessions
from lms.people.secrets import hash_password
from lms.register.directory import contacts, reports, services
from lms.register.directory.words import AbuseReason, Reported
from lms.register.kinds import ContactModel
from lms.register.vacancies import services as vacancy_services
from tests.browser.site import PASSWORD, Site, press, sign_in
from tests.browser.test_certificates_for_many import look
from tests.register.town import WRITTEN, Town, listed, make_town, switch
from tests.register.vacancies.test_vacancies import WORDS, answer, posted

NewPage = Callable[..., Page]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # pages look the same on either database


@pytest.fixture
def town(site: Site) -> Town:
    """Harbourgate beside the small world, with a listed PA and messages through the site."""
    with site.house.database.writing() as db:
        made = make_town(db, "HARBOURGATE", site.clock())
        switch(db, made, ContactModel.MASKED, site.clock())
        listed(db, made, made.pa, site.clock())
        hashed = hash_password(PASSWORD)
        for person in (made.pa, made.second_pa, made.employer, made.officer, made.manager):
            sessions.set_password(db, person_id=person, password=PASSWORD, by=person, now=site.clock(), hashed=hashed)
    return made


def address(name: str) -> str:
    """Where somebody of the town is reached."""
    return f"{name}@harbourgate.example.com"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_pa_writes_a_profile(new_page: NewPage, town: Town, width: int) -> None:
    page = new_page(width=width)
    sign_in(page, address("sam.okoro"))
    page.goto(f"/register/{town.authority}/profile")
    look(page)
    page.get_by_role("button", name="Begin").click()
    page.fill("[name=called]", "Sam")
    page.fill("[name=about]", "Ring me: 01632 960 001")
    page.get_by_label("Monday, Morning").check()
    page.get_by_text("More languages").click()
    look(page)
    press(page, "Save and look at it")
    page.locator(".govuk-error-summary").wait_for()
    expect(page.get_by_label("Monday, Morning")).to_be_checked()
    look(page)
    page.fill("[name=about]", "I like gardens and long walks.")
    press(page, "Save and look at it")
    look(page)
    page.get_by_label("I agree").check()
    press(page, "Send it to the register team")
    expect(page.get_by_text("Being read")).to_be_visible()
    look(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_an_employer_finds_and_writes(site: Site, new_page: NewPage, town: Town, width: int) -> None:
    page = new_page(width=width)
    sign_in(page, address("amina.yusuf"))
    for path in ("/find-a-pa", "/find-a-pa?area=castle-hill", f"/find-a-pa/{town.pa}", f"/find-a-pa/{town.pa}/report"):
        page.goto(path)
        look(page)
    page.goto(f"/find-a-pa/{town.pa}/write")
    look(page)
    page.fill("[name=text]", "Do you have time on Saturdays?")
    press(page, "Send the message")
    look(page)
    talk = page.url
    other = new_page(width=width)
    sign_in(other, address("pat.morgan"))
    for path in (talk, f"{talk}/details", f"{talk}/report", "/register/messages"):
        other.goto(path)
        look(other)


@pytest.mark.parametrize("width", [360, 1280])
def test_vacancies_and_what_waits(site: Site, new_page: NewPage, town: Town, width: int) -> None:
    vacancy, version, text, report = _busy(site, town)
    page = new_page(width=width)
    sign_in(page, address("amina.yusuf"))
    for path in ("/vacancies", "/vacancies/new", f"/vacancies/{vacancy}", f"/vacancies/{vacancy}/end", "/find-a-pa"):
        page.goto(path)
        look(page)
    pa = new_page(width=width)
    sign_in(pa, address("pat.morgan"))
    for path in ("vacancies", f"vacancies/{vacancy}"):
        pa.goto(f"/register/{town.authority}/{path}")
        look(pa)
    team = new_page(width=width)
    sign_in(team, address("max.manager"))
    for path in (
        "",
        f"/profiles/{version}",
        f"/vacancies/{text}",
        f"/reports/{town.authority}/{report}",
        "/settings",
    ):
        team.goto(f"/register/directory{path}")
        look(team)


def test_an_introduction(site: Site, new_page: NewPage, town: Town) -> None:
    with site.house.database.writing() as db:
        switch(db, town, ContactModel.TEAM_MATCH, site.clock())
    team = new_page(width=1280)
    sign_in(team, address("rae.officer"))
    team.goto("/register/directory/search")
    look(team)
    team.get_by_role("link", name="Pat Morgan").click()
    look(team)
    team.select_option("[name=employer]", label="Amina Yusuf")
    team.fill("[name=called]", "Amina")
    team.fill("[name=text]", "She likes films.")
    press(team, "Ask the PA")
    pa = new_page(width=360)
    sign_in(pa, address("pat.morgan"))
    pa.goto("/register/messages")
    look(pa)
    pa.get_by_role("link", name="Amina").click()
    look(pa)


def _busy(site: Site, town: Town) -> tuple[UUID, UUID, UUID, UUID]:
    """A vacancy with an answer, and one of everything that waits for the team."""
    version, text, report, now = uuid4(), uuid4(), uuid4(), site.clock()
    with site.house.database.writing() as db:
        contact = contacts.begin(
            db,
            once=uuid4(),
            pa_id=town.pa,
            employer_id=town.household,
            authority_id=town.authority,
            called="Amina",
            text="Do you have time?",
            by=town.employer,
            now=now,
        )
        switch(db, town, ContactModel.ADVERT_REPLY, now)
        vacancy = posted(db, town, now)
        answer(db, vacancy, town.pa, now)
        services.keep_draft(
            db, person_id=town.second_pa, authority_id=town.authority, profile=WRITTEN, saves=0, now=now
        )
        services.send(db, once=version, person_id=town.second_pa, authority_id=town.authority, now=now)
        reports.report(
            db,
            once=report,
            authority_id=town.authority,
            kind=Reported.MESSAGES,
            target_id=contact,
            reason=AbuseReason.RUDE,
            word="The last one.",
            by=town.pa,
            now=now,
        )
        vacancy_services.send(
            db,
            once=text,
            vacancy_id=text,
            employer_id=town.household,
            authority_id=town.authority,
            words=WORDS,
            by=town.employer,
            now=now,
        )
    return vacancy, version, text, report
