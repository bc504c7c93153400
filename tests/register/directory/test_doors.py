"""Every page of a simple register, and who may open it: all others get nothing, as for what is not there."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from lms.core.house import House
from lms.register.directory import contact_queries, contacts, queries, reports, services
from lms.register.directory.words import AbuseReason, Reported, Side
from lms.register.kinds import ContactModel
from lms.register.vacancies import queries as vacancies
from lms.register.vacancies import services as vacancy_services
from tests.conftest import StandingClock
from tests.register.town import WRITTEN, Town, switch
from tests.register.vacancies.test_vacancies import WORDS, answer, posted

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
def doors(house: House, clock: StandingClock, town: Town) -> dict[str, str]:
    """Every page with somebody’s own thing in its address: in the first town, with vacancies."""
    with house.database.writing() as db:
        contact = contacts.begin(
            db,
            once=uuid4(),
            pa_id=town.pa,
            employer_id=town.household,
            authority_id=town.authority,
            called="Amina",
            text="Do you have time?",
            by=town.employer,
            now=clock.now,
        )
        switch(db, town, ContactModel.ADVERT_REPLY, clock.now)
        vacancy = posted(db, town, clock.now)
        answer(db, vacancy, town.pa, clock.now)
        services.keep_draft(
            db, person_id=town.second_pa, authority_id=town.authority, profile=WRITTEN, saves=0, now=clock.now
        )
        version, report, text = uuid4(), uuid4(), uuid4()
        services.send(db, once=version, person_id=town.second_pa, authority_id=town.authority, now=clock.now)
        reports.report(
            db,
            once=report,
            authority_id=town.authority,
            kind=Reported.MESSAGES,
            target_id=contact,
            reason=AbuseReason.RUDE,
            word="",
            by=town.pa,
            now=clock.now,
        )
        vacancy_services.send(
            db,
            once=text,
            vacancy_id=text,
            employer_id=town.household,
            authority_id=town.authority,
            words=WORDS,
            by=town.employer,
            now=clock.now,
        )
    place = f"/register/{town.authority}"
    return {
        f"{place}/profile": "pas",
        f"{place}/profile/edit": "pas",
        f"{place}/vacancies": "pas",
        f"{place}/vacancies/{vacancy}": "pas",
        f"{place}/vacancies/{vacancy}/report": "pas",
        f"/find-a-pa/{town.pa}": "household",
        f"/find-a-pa/{town.pa}/report": "household",
        f"/vacancies/{vacancy}": "household",
        f"/vacancies/{vacancy}/edit": "household",
        f"/vacancies/{vacancy}/end": "household",
        f"/register/messages/{contact}": "both",
        f"/register/messages/{contact}/report": "both",
        f"/register/messages/{contact}/details": "pa",
        f"/register/directory?authority={town.authority}": "team",
        f"/register/directory/profiles/{version}": "team",
        f"/register/directory/reports/{town.authority}/{report}": "team",
        f"/register/directory/vacancies/{text}": "team",
        f"/register/directory/settings?authority={town.authority}": "manager",
    }


def test_every_door_opens_to_its_own_and_to_nobody_else(
    doors: dict[str, str], town: Town, far: Town, browser_for: BrowserFor
) -> None:
    insiders = {
        "pas": {town.pa, town.second_pa},
        "pa": {town.pa},
        "household": {town.employer, town.representative},
        "both": {town.pa, town.employer, town.representative},
        "team": {town.officer, town.manager},
        "manager": {town.manager},
    }
    everybody = [
        *(town.pa, town.second_pa, town.employer, town.representative, town.second_employer),
        *(town.officer, town.manager, far.pa, far.employer, far.officer, far.manager),
    ]
    wrong = []
    for person in everybody:
        browser = browser_for(person)
        for path, whose in doors.items():
            opened = browser.get(path).status_code == 200
            if opened is not (person in insiders[whose]):
                wrong.append((path, whose, person, opened))
    assert wrong == []
    nobody = browser_for()
    assert {nobody.get(path).status_code for path in doors} == {302}


ALSO = {
    *(f"lms.directory.{name}" for name in ("find", "write_first", "talks", "send_profile", "team_search", "introduce")),
    *(f"lms.directory.{name}" for name in ("show_profile", "open_details", "block_pa", "take_details_back", "block")),
    *(f"lms.directory.{name}" for name in ("answer_introduction", "take_off")),
    *(f"lms.vacancies.{name}" for name in ("own", "new", "reported", "take_vacancy_off")),
}
"""Pages whose doors are tried elsewhere in this file, or that show only what is one's own."""


def test_every_page_has_its_door_tried(doors: dict[str, str], app: Flask) -> None:
    adapter = app.url_map.bind("localhost")
    tried = {adapter.match(path.partition("?")[0])[0] for path in doors} | ALSO
    ours = {name for name in app.view_functions if name.startswith(("lms.directory.", "lms.vacancies."))}
    assert ours == tried


def test_what_changes_something_asks_for_the_same_door(
    doors: dict[str, str], town: Town, far: Town, browser_for: BrowserFor, house: House
) -> None:
    """A stranger’s post to each address changes nothing."""
    contact = next(path for path in doors if re.fullmatch(r"/register/messages/[0-9a-f-]+", path))
    vacancy = next(path for path in doors if re.fullmatch(r"/vacancies/[0-9a-f-]+", path))
    posts = {
        contact: {"text": "Hello from a stranger"},
        f"{contact}/block": {"blocked": "yes"},
        f"{contact}/introduction": {"agreed": "yes"},
        f"{contact}/details": {"phone": "01632 960 009"},
        f"{contact}/details/back": {},
        f"/find-a-pa/{town.pa}/block": {},
        f"/find-a-pa/{town.pa}/details": {},
        f"{vacancy}/end": {"why": "filled"},
        f"/register/{town.authority}/profile/shown": {"shown": "no"},
        f"/register/directory/{town.authority}/{town.pa}/take-off": {},
        f"/register/directory{vacancy}/take-off": {},
    }
    for person in (town.second_employer, far.pa, far.employer, far.officer, far.manager):
        browser = browser_for(person)
        for path, data in posts.items():
            assert browser.post(path, {"once": str(uuid4()), **data}).status_code in {403, 404}, path
    with house.database.reading() as db:
        id = UUID(contact.rsplit("/", 1)[1])
        assert {message.side for message in contact_queries.messages_of(db, id)} == {Side.PA, Side.EMPLOYER}
        assert contact_queries.blocked_by(db, town.pa, town.household) == frozenset()
        assert queries.own(db, town.pa, town.authority).shown
        found = vacancies.vacancy(db, UUID(vacancy.rsplit("/", 1)[1]))
        assert found is not None
        assert found.ended_on is None
