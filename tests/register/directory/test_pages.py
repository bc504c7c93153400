"""The pages of the simple register as people use them, and every door of them."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from lms.core.house import House
from lms.register.kinds import ContactModel, ListingState
from lms.register.vacancies import queries as vacancies
from tests.conftest import StandingClock
from tests.register.town import Town, publish, stand, switch
from tests.register.vacancies.test_vacancies import WORDS, posted

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PRIVATE = ("pat.morgan@", "Pat Morgan", "amina.yusuf@", "Amina Yusuf", "01632 960 001")
"""What never stands on a page of the other side: whole names and addresses of accounts, and details not passed."""


def choose(house: House, town: Town, clock: StandingClock, model: ContactModel, *, is_on: bool = True) -> None:
    """The manager chooses another model."""
    with house.database.writing() as db:
        switch(db, town, model, clock.now, is_on=is_on)


def text_of(answer: Any) -> str:
    """What a page says."""
    return str(answer.get_data(as_text=True))


def test_a_pa_writes_looks_sends_and_hides(house: House, town: Town, browser_for: BrowserFor) -> None:
    pa, place = browser_for(town.second_pa), f"/register/{town.authority}/profile"
    assert "Write your profile" in text_of(pa.get(place))
    written = {
        "called": "Sam",
        "about": "I like gardens and long walks.",
        "areas": ["Northside"],
        "times": ["mon_morning", "tue_night"],
        "hours": "to_20",
        "languages": ["en", "pl"],
    }
    refused = pa.submit(f"{place}/edit", {**written, "about": "Ring me: 01632 960 001"})
    assert "Leave out telephone numbers" in text_of(refused)
    assert "Ring me" in text_of(refused), "nothing that was typed is lost"
    sent = pa.submit(f"{place}/edit", written)
    assert sent.headers["Location"].endswith("/profile/send")
    preview = text_of(pa.get(f"{place}/send"))
    assert "I like gardens" in preview
    assert "Polish" in preview
    assert "Tick the box" in text_of(pa.submit(f"{place}/send", {}))
    assert pa.submit(f"{place}/send", {"agree": "y"}).status_code == 302
    assert "Being read" in text_of(pa.get(place))
    officer = browser_for(town.officer)
    listing = text_of(officer.get("/register/directory"))
    found = re.search(r"/register/directory/profiles/[0-9a-f-]+", listing)
    assert found is not None
    assert "Choose why" in text_of(officer.submit(found.group(), {"outcome": "sent_back"}))
    officer.submit(found.group(), {"outcome": "sent_back", "reason": "unclear", "word": "Say more about gardens."})
    back = text_of(pa.get(place))
    assert "Say more about gardens." in back
    pa.submit(f"{place}/edit", {**written, "about": "I like gardens, and know many plants by name."})
    pa.submit(f"{place}/send", {"agree": "y"})
    found = re.search(r"/register/directory/profiles/[0-9a-f-]+", text_of(officer.get("/register/directory")))
    assert found is not None
    assert officer.submit(found.group(), {"outcome": "published"}).status_code == 302
    assert "know many plants" in text_of(pa.get(place))
    pa.post(f"{place}/shown", {"once": str(uuid4()), "shown": "no"})
    assert "You hid it" in text_of(pa.get(place))


def test_an_employer_finds_writes_and_is_answered(town: Town, browser_for: BrowserFor) -> None:
    employer, pa = browser_for(town.employer), browser_for(town.pa)
    assert "Pat M" in text_of(employer.get("/find-a-pa?area=northside&day=mon&part=morning&language=bsl"))
    assert "Nobody fits" in text_of(employer.get("/find-a-pa?area=castle-hill"))
    page = f"/find-a-pa/{town.pa}"
    shown = text_of(employer.get(page))
    assert "loud music" in shown
    assert not [word for word in PRIVATE if word in shown.replace("Amina Yusuf</span>", "")]
    refused = employer.submit(f"{page}/write", {"called": "Amina", "text": "I live at 12 Mill Lane"})
    assert "Leave out addresses" in text_of(refused)
    assert 'id="text-error"' in text_of(refused), "the error stands beside its field"
    assert 'href="#text"' in text_of(refused)
    sent = employer.submit(f"{page}/write", {"called": "Amina", "text": "Do you have time on Saturdays?"})
    talk = sent.headers["Location"]
    assert "Do you have time" in text_of(pa.get(talk))
    assert not [word for word in ("Yusuf", "amina.yusuf@") if word in text_of(pa.get(talk))]
    pa.submit(talk, {"text": "Yes, I do."})
    assert "Yes, I do." in text_of(employer.get(talk))
    assert "01632" not in text_of(employer.get(talk))
    pa.submit(f"{talk}/details", {"phone": "01632 960001"})
    assert "01632 960 001" in text_of(employer.get(talk))
    assert "01632 960 001" in text_of(browser_for(town.representative).get(talk))
    pa.post(f"{talk}/details/back", {})
    assert "01632" not in text_of(employer.get(talk))
    assert "Amina" in text_of(pa.get("/register/messages"))
    assert "Pat M" in text_of(employer.get("/register/messages"))
    employer.post(f"{talk}/block", {"blocked": "yes"})
    assert "closed" in text_of(pa.get(talk))
    assert employer.get(page).status_code == 404


def test_languages_stand_in_the_order_of_their_names(town: Town, browser_for: BrowserFor) -> None:
    shown = text_of(browser_for(town.employer).get("/find-a-pa"))
    offered = re.findall(r"<option[^>]*>([^<]+)</option>", shown.split('id="language"', 1)[1].split("</select>", 1)[0])
    assert offered[1:] == sorted(offered[1:])
    assert len(offered) > 30


def test_a_label_is_the_authoritys_own(house: House, clock: StandingClock, town: Town, browser_for: BrowserFor) -> None:
    with house.database.writing() as db:
        publish(db, town, town.second_pa, clock.now)
        stand(db, town, town.second_pa, ListingState.PROVISIONAL, clock.now)
    assert "Not accredited yet" in text_of(browser_for(town.employer).get("/find-a-pa"))


def test_nobody_answered_a_vacancy_that_has_ended(
    house: House, clock: StandingClock, town: Town, browser_for: BrowserFor
) -> None:
    choose(house, town, clock, ContactModel.ADVERT_REPLY)
    with house.database.writing() as db:
        vacancy = posted(db, town, clock.now)
    employer, page = browser_for(town.employer), f"/vacancies/{vacancy}"
    assert "Nobody has answered yet" in text_of(employer.get(page))
    employer.submit(f"{page}/end", {"why": "not_needed"})
    shown = text_of(employer.get(page))
    assert "Nobody answered it." in shown
    assert "when somebody does" not in shown


def test_a_message_is_escaped(town: Town, browser_for: BrowserFor) -> None:
    employer = browser_for(town.employer)
    text = "<script>alert(1)</script> & {{ 7*7 }} <b>hello</b>"
    talk = employer.submit(f"/find-a-pa/{town.pa}/write", {"called": "A<b>", "text": text}).headers["Location"]
    shown = text_of(browser_for(town.pa).get(talk))
    assert "<script>alert" not in shown
    assert "<b>hello" not in shown
    assert "49" not in re.sub(r"\d{4,}", "", shown.split("palms-talk", 1)[1].split("</ol>", 1)[0])


def test_a_report_reaches_the_team_and_nobody_else(town: Town, browser_for: BrowserFor) -> None:
    employer, pa, officer = (browser_for(who) for who in (town.employer, town.pa, town.officer))
    talk = employer.submit(f"/find-a-pa/{town.pa}/write", {"called": "A", "text": "Lend me money?"}).headers["Location"]
    pa.submit(f"{talk}/report", {"reason": "money", "word": "Asks for money."})
    found = re.search(r"/register/directory/reports/[0-9a-f/-]+", text_of(officer.get("/register/directory")))
    assert found is not None
    page = text_of(officer.get(found.group()))
    assert "Lend me money?" in page
    assert "Asks for money." in page
    assert employer.get(found.group()).status_code == 403
    assert officer.submit(found.group(), {"answer": "talked"}).status_code == 302
    assert "Talked with" in text_of(officer.get(found.group()))


def test_contact_details_of_an_open_directory(
    house: House, clock: StandingClock, far: Town, browser_for: BrowserFor
) -> None:
    choose(house, far, clock, ContactModel.OPEN_DIRECTORY)
    employer, page = browser_for(far.employer), f"/find-a-pa/{far.pa}"
    assert "01632" not in text_of(employer.get(page))
    employer.post(f"{page}/details", {})
    assert "01632 960 001" in text_of(employer.get(page))
    assert "01632" not in text_of(browser_for(far.second_employer).get(page))
    assert "Amina Yusuf" in text_of(browser_for(far.pa).get(f"/register/{far.authority}/profile"))


def test_the_team_introduces(house: House, clock: StandingClock, town: Town, browser_for: BrowserFor) -> None:
    choose(house, town, clock, ContactModel.TEAM_MATCH)
    officer, pa, employer = (browser_for(who) for who in (town.officer, town.pa, town.employer))
    assert "introduces people" in text_of(employer.get("/find-a-pa"))
    assert employer.get(f"/find-a-pa/{town.pa}").status_code == 404
    assert "Pat Morgan" in text_of(officer.get("/register/directory/search?language=bsl"))
    officer.submit(
        f"/register/directory/{town.authority}/{town.pa}/introduce",
        {"employer": str(town.household), "called": "Amina", "text": "She likes films and looks for Saturdays."},
    )
    assert "There are no messages yet" in text_of(employer.get("/register/messages"))
    found = re.search(r"/register/messages/[0-9a-f-]+", text_of(pa.get("/register/messages")))
    assert found is not None
    assert employer.get(found.group()).status_code == 404
    assert "May we introduce you to Amina?" in text_of(pa.get(found.group()))
    pa.post(f"{found.group()}/introduction", {"agreed": "yes"})
    assert employer.get(found.group()).status_code == 200
    assert employer.get(f"/find-a-pa/{town.pa}").status_code == 200


def test_a_vacancy_from_writing_to_answering(
    house: House, clock: StandingClock, town: Town, browser_for: BrowserFor
) -> None:
    choose(house, town, clock, ContactModel.ADVERT_REPLY)
    employer, officer, pa = (browser_for(who) for who in (town.employer, town.officer, town.pa))
    assert "Post a vacancy" in text_of(employer.get("/find-a-pa"))
    assert employer.get(f"/find-a-pa/{town.pa}").status_code == 404
    typed = {
        "title": WORDS.title,
        "text": WORDS.text,
        "called": "Amina",
        "area": "Northside",
        "times": ["sat_evening"],
        "hours": "to_10",
        "languages": ["en"],
        "pay": "12.60",
    }
    for wrong in (
        "I live at 12 Mill Lane, come on Saturdays and we cook together.",
        "Ring 01632 960 001 about it, please do, and we talk about films.",
    ):
        refused = text_of(employer.submit("/vacancies/new", {**typed, "text": wrong}))
        assert "looks like one" in refused
        assert 'id="text-error"' in refused, "the error stands beside its field"
        assert wrong in refused, "nothing that was typed is lost"
    own = employer.submit("/vacancies/new", typed).headers["Location"]
    assert "PAs see it after that" in text_of(employer.get(own))
    found = re.search(r"/register/directory/vacancies/[0-9a-f-]+", text_of(officer.get("/register/directory")))
    assert found is not None
    officer.submit(found.group(), {"outcome": "published"})
    listing = text_of(pa.get(f"/register/{town.authority}/vacancies"))
    assert WORDS.title in listing
    assert "Amina" not in listing, "a vacancy names nobody"
    read = re.search(rf"/register/{town.authority}/vacancies/[0-9a-f-]+", listing)
    assert read is not None
    page = text_of(pa.get(read.group()))
    assert "£12.60" in page
    assert "Amina" not in page
    talk = pa.submit(read.group(), {"text": "I like films."}).headers["Location"]
    assert "Amina" in text_of(pa.get(talk))
    assert "Pat M" in text_of(employer.get(own))
    assert "loud music" in text_of(employer.get(f"/find-a-pa/{town.pa}")), "the profile came with the answer"
    assert browser_for(town.second_employer).get(f"/find-a-pa/{town.pa}").status_code == 404
    assert employer.submit(f"{own}/end", {"why": "filled"}).status_code == 302
    assert "You have found a PA." in text_of(employer.get(own))
    assert WORDS.title not in text_of(pa.get(f"/register/{town.authority}/vacancies"))
    assert pa.get(read.group()).status_code == 200, "whoever answered can still read it"


def test_a_pa_without_accreditation_reads_why(
    house: House, clock: StandingClock, town: Town, browser_for: BrowserFor
) -> None:
    choose(house, town, clock, ContactModel.ADVERT_REPLY)
    with house.database.writing() as db:
        vacancy = posted(db, town, clock.now)
        publish(db, town, town.second_pa, clock.now)
        stand(db, town, town.second_pa, ListingState.PROVISIONAL, clock.now)
    pa, page = browser_for(town.second_pa), f"/register/{town.authority}/vacancies/{vacancy}"
    assert "answer them once nothing is missing" in text_of(pa.get(page))
    own = text_of(pa.get(f"/register/{town.authority}/profile"))
    assert "answer them once nothing is missing" in own
    assert "You can answer vacancies" not in own
    assert "Not accredited yet" in own, "the label employers see"
    assert "once nothing is missing" in text_of(pa.post(page, {"once": str(uuid4()), "text": "Me!"}))
    with house.database.reading() as db:
        assert vacancies.answers_to(db, vacancy) == []


def test_settings_are_the_managers(town: Town, browser_for: BrowserFor) -> None:
    page = f"/register/directory/settings?authority={town.authority}"
    assert browser_for(town.officer).get(page).status_code == 403
    manager = browser_for(town.manager)
    assert "It is off until you switch it on" in text_of(manager.get(page))
    manager.submit(page, {"is_on": "no", "contact_model": "masked", "areas": "One\nTwo\n two \n\n"})
    again = text_of(manager.get(page))
    assert "One\nTwo</textarea>" in again.replace("\r", "")
    for who, path in ((town.employer, "/find-a-pa"), (town.pa, f"/register/{town.authority}/profile")):
        assert browser_for(who).get(path).status_code == 404, "off is off"


def test_home_says_what_waits(town: Town, browser_for: BrowserFor, far: Town) -> None:
    employer, pa = browser_for(town.employer), browser_for(town.pa)
    assert "Find a PA" in text_of(employer.get("/"))
    assert "Write your profile for employers" in text_of(browser_for(town.second_pa).get("/"))
    employer.submit(f"/find-a-pa/{town.pa}/write", {"called": "Amina", "text": "Do you have time?"})
    assert "Somebody on the register waits" in text_of(pa.get("/"))
    assert "Somebody on the register waits" not in text_of(employer.get("/"))
