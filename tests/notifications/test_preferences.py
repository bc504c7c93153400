"""How somebody chose to be told is how they are told: hours of rest, one mail a day, a confirmed number, one click."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms.core import work
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.notifications import services as notices
from lms.notifications.models import Notice
from lms.notifications.preferences import services, unsubscribing
from lms.notifications.preferences.models import MobileCode
from lms.notifications.preferences.rules import CHOICES, Purpose, Way
from lms.notifications.preferences.services import Choice
from lms.people import queries as people
from lms.people import sessions
from tests.conftest import StandingClock
from tests.world import World

BrowserFor = Callable[..., Any]
NUMBER = "07700 900 982"


def choice(**more: Any) -> Choice:
    given: dict[str, Any] = {
        "ways": dict.fromkeys(CHOICES, Way.EMAIL),
        "digest": False,
        "quiet": True,
        "quiet_from": time(20),
        "quiet_until": time(8),
        "sundays": False,
    }
    return Choice(**{**given, **more})


def tell(db: Db, person: UUID, clock: StandingClock, kind: str = "text_read") -> UUID:
    return notices.tell_person(db, kind, people.person(db, person), clock(), work="x")


def mails(house: House) -> list[str]:
    assert house.settings.outbox is not None
    return [path.read_text() for path in sorted(house.settings.outbox.glob("*.eml"))]


def confirmed(house: House, person: UUID, clock: StandingClock) -> None:
    with house.database.writing() as db:
        services.ask_for_code(db, person_id=person, number=NUMBER, now=clock())
        code = db.scalars(select(Notice.secret).where(Notice.kind == "mobile_code")).one()
        assert services.confirm(db, person_id=person, code=f" {code} ", now=clock())


def test_at_night_a_notice_waits_and_a_link_to_sign_in_does_not(
    house: House, world: World, clock: StandingClock
) -> None:
    clock.on(hours=10)
    with house.database.writing() as db:
        tell(db, world.pa, clock)
        sessions.ask_for_link(db, identifier="pat.morgan@example.com", now=clock())
    work.do_all(house, now=clock())
    assert ["sign-in/link" in mail for mail in mails(house)] == [True]
    clock.on(hours=10)
    work.do_all(house, now=clock())
    assert len(mails(house)) == 2


def test_one_mail_a_day_holds_everything_once_and_only_subjects(
    house: House, world: World, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        services.choose(db, person_id=world.pa, choice=choice(digest=True), now=clock())
        for _each in range(3):
            tell(db, world.pa, clock)
    work.do_all(house, now=clock())
    assert mails(house) == []
    clock.on(hours=20)
    work.do_all(house, now=clock())
    work.do_all(house, now=clock())
    (mail,) = mails(house)
    assert "What is new in PALMS: 3" in mail
    assert mail.count("Somebody has read what you wrote") == 3
    assert "/learning/texts" not in mail
    with house.database.writing() as db:
        tell(db, world.pa, clock)
    clock.on(days=1)
    work.do_all(house, now=clock())
    assert len(mails(house)) == 2


def test_a_number_counts_only_with_its_code(house: House, world: World, clock: StandingClock) -> None:
    by_text = choice(ways={**dict.fromkeys(CHOICES, Way.EMAIL), Purpose.LEARNING: Way.TEXT})
    with house.database.writing() as db, pytest.raises(Refused, match="confirm your mobile"):
        services.choose(db, person_id=world.pa, choice=by_text, now=clock())
    confirmed(house, world.pa, clock)
    with house.database.writing() as db:
        services.choose(db, person_id=world.pa, choice=by_text, now=clock())
        tell(db, world.pa, clock)
        row = db.scalars(select(Notice).where(Notice.kind == "text_read")).one()
        assert (row.way, row.address) == (Way.TEXT, "tel:+447700900982")
        assert NUMBER.replace(" ", "")[1:] not in str([r.digest for r in db.scalars(select(MobileCode))])
        services.forget_mobile(db, person_id=world.pa, now=clock())
        tell(db, world.pa, clock)
        ways = db.scalars(select(Notice.way).where(Notice.kind == "text_read")).all()
        assert sorted(str(way) for way in ways) == [Way.EMAIL, Way.TEXT]


def test_codes_cannot_be_guessed_or_asked_for_without_end(house: House, world: World, clock: StandingClock) -> None:
    with house.database.writing() as db:
        services.ask_for_code(db, person_id=world.pa, number=NUMBER, now=clock())
        code = db.scalars(select(Notice.secret)).one()
        assert code is not None
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _each in range(5):
            assert services.confirm(db, person_id=world.pa, code=wrong, now=clock()) is False
        with pytest.raises(Refused, match="does not count"):
            services.confirm(db, person_id=world.pa, code=code, now=clock())
        with pytest.raises(Refused, match="does not count"):
            services.confirm(db, person_id=world.second_pa, code=code, now=clock())
        for _each in range(2):
            services.ask_for_code(db, person_id=world.pa, number=NUMBER, now=clock())
        with pytest.raises(Refused, match="tomorrow"):
            services.ask_for_code(db, person_id=world.pa, number=NUMBER, now=clock())
        late = clock() + timedelta(minutes=16)
        code = db.scalars(select(Notice.secret).order_by(Notice.made_at.desc())).first()
        with pytest.raises(Refused, match="does not count"):
            services.confirm(db, person_id=world.pa, code=str(code), now=late)


def test_one_click_ends_a_sort_of_mail_and_no_other(
    browser_for: BrowserFor, house: House, world: World, clock: StandingClock
) -> None:
    with house.database.writing() as db:
        tell(db, world.pa, clock)
        tell(db, world.pa, clock, "decisions_made")
    work.do_all(house, now=clock())
    headers = [re.findall(r"List-Unsubscribe: <([^>]+)>", mail.replace("\n ", "")) for mail in mails(house)]
    (link,) = [found[0] for found in headers if found]
    stranger = browser_for(None)
    path = link.removeprefix(house.settings.base_url)
    assert stranger.get(path).status_code == 200
    with house.database.writing() as db:
        tell(db, world.pa, clock)  # looking alone ends nothing
        assert db.scalars(select(Notice.way).where(Notice.kind == "text_read")).all() == [Way.EMAIL] * 2
    assert stranger.post_raw(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post_raw(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post_raw(path[:-3] + "AAA").status_code == 404
    with house.database.writing() as db:
        tell(db, world.pa, clock)
        tell(db, world.pa, clock, "work_waits")
        assert sorted(str(way) for way in db.scalars(select(Notice.way).where(Notice.kind == "text_read"))) == [
            Way.EMAIL,
            Way.EMAIL,
            Way.PAGE,
        ]
        assert db.scalars(select(Notice.way).where(Notice.kind == "work_waits")).one() == Way.EMAIL


def test_what_nobody_can_turn_off_has_no_link(house: House, world: World, clock: StandingClock) -> None:
    for purpose in (Purpose.SAFETY, Purpose.DECISIONS):
        token = unsubscribing.link(house.settings, world.pa, purpose).rpartition("/")[2]
        with pytest.raises(NotFound):
            unsubscribing.read(house.settings, token)


def test_an_employer_asks_and_the_pa_decides(browser_for: BrowserFor, world: World, house: House) -> None:
    employer, pa = browser_for(world.second_employer_person), browser_for(world.second_pa)
    assert employer.post(f"/my-pas/messages/{world.second_employer}/{world.second_pa}/yes").status_code == 302
    assert "George Hill wishes that" in pa.get("/account/messages").get_data(as_text=True)
    assert pa.post(f"/account/messages/through/{world.second_employer}/yes").status_code == 302
    assert "Both of you want" in employer.get("/my-pas/messages").get_data(as_text=True)
    # nobody else's household, PA or wish
    assert employer.post(f"/my-pas/messages/{world.employer}/{world.pa}/yes").status_code == 404
    assert employer.post(f"/my-pas/messages/{world.second_employer}/{world.other_pa}/yes").status_code == 404
    assert browser_for(world.pa).post(f"/account/messages/through/{world.second_employer}/yes").status_code == 404
    # taking the wish back and wishing anew asks anew
    employer.post(f"/my-pas/messages/{world.second_employer}/{world.second_pa}/no")
    employer.post(f"/my-pas/messages/{world.second_employer}/{world.second_pa}/yes")
    assert "They have not answered yet" in employer.get("/my-pas/messages").get_data(as_text=True)


def test_the_page_keeps_what_is_chosen(browser_for: BrowserFor, world: World, house: House) -> None:
    browser = browser_for(world.pa)
    wanted = {**dict.fromkeys([each.value for each in CHOICES], "email"), "quiet": "y", "coordinator": "letter"}
    hours = {"quiet_from": "21:30", "quiet_until": "07:00", "postal": "1 Mill Lane\n\nRivermere\nRV1 2AB"}
    assert browser.submit("/account/messages", {**wanted, **hours}).status_code == 302
    page = browser.get("/account/messages").get_data(as_text=True)
    assert "RV1 2AB" in page
    assert re.search(r'<option value="21:30"[^>]*selected|selected[^>]*value="21:30"', page)
    wrong = browser.submit("/account/messages", {**wanted, **hours, "quiet_until": "21:30"})
    assert "Give two different times" in wrong.get_data(as_text=True)
    assert "RV1 2AB" in wrong.get_data(as_text=True)
    forged = browser.submit("/account/messages", {**wanted, **hours, "decisions": "page"})
    assert forged.status_code == 200


def test_an_address_that_changes_is_used_again(house: House, world: World, clock: StandingClock) -> None:
    from lms.notifications.channels import services as channels
    from lms.people.models import Person

    with house.database.writing() as db:
        channels.mark(db, address="pat.morgan@example.com", person_id=world.pa, why="550", now=clock())
        tell(db, world.pa, clock)
        db.execute(update(Person).where(Person.id == world.pa).values(email="pat@example.com"))
        tell(db, world.pa, clock)
        assert sorted(str(way) for way in db.scalars(select(Notice.way))) == [Way.EMAIL, Way.PAGE]
