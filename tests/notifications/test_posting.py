"""Letters through GOV.UK Notify: what it takes it posts; what it does not take is printed here, and nothing is lost."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from sqlalchemy import select, update

from lms.core import work
from lms.core.house import House
from lms.core.models import WorkRow
from lms.notifications.channels import looking, polling
from lms.notifications.channels.models import AddressTrouble
from lms.notifications.letters import posting
from lms.notifications.letters.models import LetterFile
from lms.notifications.models import Notice
from lms.notifications.preferences.models import MessagePreference
from lms.notifications.writing import services as messages
from lms.notifications.writing import working
from lms.people.models import Person
from tests.conftest import StandingClock
from tests.notifications.provider import Notify, with_notify
from tests.notifications.writing.conftest import prepare, send_off
from tests.world import World

BrowserFor = Callable[..., Any]
ADDRESS = "1 Mill Lane\nRivermere\nRV1 2AB"


@pytest.fixture
def posting_house(house: House, world: World, notify: Notify) -> House:
    """A house whose letters go through Notify. Pat wrote an address, the second PA did not; neither has e-mail."""
    with house.database.writing() as db:
        for number, person in enumerate((world.pa, world.second_pa)):
            db.execute(update(Person).where(Person.id == person).values(email=None, username=f"pa-{number}"))
        chosen: dict[str, Any] = {"ways": {}, "digest": False, "quiet": False, "quiet_from": 0, "quiet_until": 0}
        written = {"postal": ADDRESS, "changed_at": house.clock()}
        db.add(MessagePreference(person_id=world.pa, sundays=True, **chosen, **written))
    return with_notify(house, notify, notify_letter_template=str(uuid4()))


def sent_off(house: House, world: World, people: Sequence[UUID]) -> UUID:
    with house.database.writing() as db:
        message = prepare(db, world, people, house.clock())
        send_off(db, world, message, house.clock())
    return message


def outcomes(house: House) -> list[str | None]:
    with house.database.reading() as db:
        return list(db.scalars(select(Notice.outcome).order_by(Notice.name)))


def files(house: House) -> list[int]:
    with house.database.reading() as db:
        return list(db.scalars(select(LetterFile.letters)))


def test_a_letter_goes_to_notify_and_one_without_an_address_is_printed_here(
    posting_house: House, world: World, clock: StandingClock, notify: Notify, browser_for: BrowserFor
) -> None:
    message = sent_off(posting_house, world, [world.pa, world.second_pa])
    work.do_all(posting_house, now=clock())
    (sent,) = notify.sent
    assert sent["path"] == "/v2/notifications/letter"
    assert sent["template_id"] == posting_house.settings.notify_letter_template
    assert sent["personalisation"] == {
        "address_line_1": "Pat Morgan",
        "address_line_2": "1 Mill Lane",
        "address_line_3": "Rivermere",
        "address_line_4": "RV1 2AB",
        "subject": "News for Pat",
        "message": "Hello Pat Morgan,\n\nwe meet at Rivermere Council.",
    }
    assert files(posting_house) == [1]
    browser = browser_for(world.coordinator)
    with pikepdf.open(io.BytesIO(browser.get(f"/desk/messages/{message}/letters/1.pdf").get_data())) as opened:
        assert len(opened.pages) == 1
    page = browser.get(f"/desk/messages/{message}").get_data(as_text=True)
    assert "To be printed by you" in page
    assert browser.post(f"/desk/messages/{message}/letters/1/printed").status_code == 302
    assert sorted(map(str, outcomes(posting_house))) == ["None", "printed"]
    work.do_all(posting_house, now=clock())
    assert len(notify.sent) == 1


def test_what_notify_refuses_is_printed_here(
    posting_house: House, world: World, clock: StandingClock, notify: Notify
) -> None:
    notify.code = 400
    sent_off(posting_house, world, [world.pa, world.second_pa])
    work.do_all(posting_house, now=clock())
    assert outcomes(posting_house) == ["by_hand", "by_hand"]
    assert files(posting_house) == [2]
    with posting_house.database.reading() as db:
        assert db.scalars(select(AddressTrouble)).all() == []


@pytest.mark.parametrize("code", [403, 429, 500])
def test_while_notify_takes_none_a_letter_waits_and_after_a_day_is_printed_here(
    posting_house: House, world: World, clock: StandingClock, notify: Notify, code: int
) -> None:
    notify.code = code
    sent_off(posting_house, world, [world.pa])
    work.do_all(posting_house, now=clock())
    assert (outcomes(posting_house), files(posting_house)) == ([None], [])
    with posting_house.database.reading() as db:
        trouble = db.scalars(select(WorkRow.trouble).where(WorkRow.kind == posting.POST)).one()
        assert trouble
        assert "Mill Lane" not in trouble
    clock.on(hours=23)
    work.do_all(posting_house, now=clock())
    assert files(posting_house) == []
    clock.on(hours=7)
    work.do_all(posting_house, now=clock())
    assert (outcomes(posting_house), files(posting_house)) == (["by_hand"], [1])


def test_what_came_of_a_letter_is_asked_for_a_week(
    posting_house: House, world: World, clock: StandingClock, notify: Notify, browser_for: BrowserFor
) -> None:
    message = sent_off(posting_house, world, [world.pa])
    work.do_all(posting_house, now=clock())
    assert files(posting_house) == [], "nothing to print here"
    notify.status = "accepted"
    for _each in range(5):
        clock.on(days=1)
        polling.sweep(posting_house, clock())
    assert outcomes(posting_house) == [None]
    notify.status = "received"
    clock.on(days=1)
    polling.sweep(posting_house, clock())
    assert outcomes(posting_house) == ["posted"]
    assert "Printed and posted" in browser_for(world.coordinator).get(f"/desk/messages/{message}").get_data(
        as_text=True
    )


def test_a_letter_that_could_not_be_posted_is_named_and_marks_no_address(
    posting_house: House, world: World, clock: StandingClock, notify: Notify
) -> None:
    sent_off(posting_house, world, [world.pa])
    work.do_all(posting_house, now=clock())
    notify.status = "permanent-failure"
    clock.on(minutes=6)
    polling.sweep(posting_house, clock())
    assert outcomes(posting_house) == ["not_posted"]
    with posting_house.database.reading() as db:
        assert db.scalars(select(AddressTrouble)).all() == []


def test_letters_that_wait_when_the_setting_goes_are_printed_here(
    posting_house: House, house: House, world: World, clock: StandingClock, notify: Notify
) -> None:
    message = sent_off(posting_house, world, [world.pa])
    working.send_many(posting_house, str(message), clock())
    work.do_all(house, now=clock())
    assert (outcomes(house), files(house), notify.sent) == (["by_hand"], [1], [])


def test_of_two_last_letters_at_once_both_are_printed(
    posting_house: House, world: World, clock: StandingClock, notify: Notify
) -> None:
    notify.code = 400
    message = sent_off(posting_house, world, [world.pa, world.second_pa])
    working.send_many(posting_house, str(message), clock())
    keys = [f"{message} {person}" for person in (world.pa, world.second_pa)]
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda key: posting.post(posting_house, key, clock()), keys))
    assert files(posting_house) == [2]


@pytest.mark.parametrize("posts", [True, False])
def test_letters_given_before_a_stop_are_not_forgotten(
    posting_house: House,
    world: World,
    clock: StandingClock,
    notify: Notify,
    monkeypatch: pytest.MonkeyPatch,
    *,
    posts: bool,
) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 1)
    message = sent_off(posting_house, world, [world.pa, world.second_pa])
    assert working._some(posting_house, message, clock()), "one was given, and there is another"
    with posting_house.database.writing() as db:
        here = frozenset({world.authority})
        messages.stop(db, message_id=message, authority_ids=here, by=world.coordinator, now=clock(), posts=posts)
    work.do_all(posting_house, now=clock())
    assert len(outcomes(posting_house)) == 1
    assert len(notify.sent) == (1 if posts else 0)
    assert files(posting_house) == ([] if posts else [1])


def test_the_doctor_looks_at_letters_too(posting_house: House, clock: StandingClock) -> None:
    with posting_house.database.reading() as db:
        assert [finding.about for finding in looking.look(db, posting_house, clock())] == ["text messages", "letters"]
