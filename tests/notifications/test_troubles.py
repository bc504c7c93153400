"""What came back: a refusal for good marks the address, anything else is tried again; GOV.UK Notify on this machine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from lms.core import work
from lms.core.doctor import Level
from lms.core.house import House
from lms.core.models import EventRow, WorkRow
from lms.notifications import services as notices
from lms.notifications.channels import looking, polling
from lms.notifications.channels.models import AddressTrouble
from lms.notifications.models import Notice
from lms.people import queries as people
from lms.people import sessions
from tests.conftest import StandingClock
from tests.notifications.provider import Notify, served, with_notify
from tests.notifications.test_mail import Conversation, Receiver, with_smtp
from tests.world import World

BrowserFor = Callable[..., Any]


class Refusing(Receiver):
    """A mail server that answers each recipient with a line of its own."""

    line = b"250 ok"

    def __init__(self, line: bytes) -> None:
        super().__init__()
        self.RequestHandlerClass = RefusingConversation
        self.line = line


class RefusingConversation(Conversation):
    """As much SMTP as it takes to refuse."""

    def handle(self) -> None:
        assert isinstance(self.server, Refusing)
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline().decode():
            word = line[:4].upper()
            answers = {"RCPT": self.server.line, "QUIT": b"221 bye"}
            self.wfile.write(answers.get(word, b"250 ok") + b"\r\n")
            if word == "QUIT":
                return


@pytest.fixture
def mail_server(request: pytest.FixtureRequest) -> Iterator[Refusing]:
    """A mail server that answers recipients as the test says."""
    yield from served(Refusing(request.param))


def tell(house: House, person: Any) -> None:
    with house.database.writing() as db:
        notices.tell_person(db, "text_read", people.person(db, person), house.clock(), work="x")


@pytest.mark.parametrize(
    ("mail_server", "for_good"),
    [
        (b"550 5.1.1 no such user", True),
        (b"550 no such user", True),
        (b"553 5.1.3 bad address", True),
        (b"450 4.2.2 mailbox full", False),
        (b"552 5.2.2 mailbox full", False),
        (b"550 5.7.1 policy", False),
    ],
    indirect=["mail_server"],
)
def test_a_refusal_for_good_marks_the_address_and_no_other(
    house: House, world: World, clock: StandingClock, mail_server: Refusing, *, for_good: bool
) -> None:
    by_smtp = with_smtp(house, mail_server.server_address[1])
    tell(house, world.pa)
    work.do_all(by_smtp, now=clock())
    with house.database.reading() as db:
        assert (db.scalars(select(AddressTrouble.person_id)).all() == [world.pa]) is for_good
        assert db.scalars(select(Notice.outcome)).one() == ("refused" if for_good else None)
        assert (db.scalars(select(WorkRow.done_at)).one() is not None) is for_good
        told = db.scalars(select(EventRow).where(EventRow.kind == "AddressNotWorking")).all()
        assert [row.data["why"] for row in told] == (["550" if mail_server.line[:3] == b"550" else "553"] * for_good)


@pytest.mark.parametrize("mail_server", [b"550 5.1.1 no such user"], indirect=True)
def test_nothing_more_goes_there_but_a_link_that_was_asked_for(
    browser_for: BrowserFor, house: House, world: World, clock: StandingClock, mail_server: Refusing
) -> None:
    tell(house, world.pa)
    tell(house, world.pa)
    work.do_all(with_smtp(house, mail_server.server_address[1]), now=clock())
    with house.database.reading() as db:
        assert sorted(str(each) for each in db.scalars(select(Notice.outcome))) == ["not_sent", "refused"]
    with house.database.writing() as db:
        sessions.ask_for_link(db, identifier="pat.morgan@example.com", now=clock())
        assert db.scalars(select(Notice.address).where(Notice.kind == "sign_in_link")).one() is not None
    page = browser_for(world.coordinator).get("/desk/messages/not-reached").get_data(as_text=True)
    assert "Pat Morgan" in page
    other = browser_for(world.other_coordinator)
    assert "Pat Morgan" not in other.get("/desk/messages/not-reached").get_data(as_text=True)
    assert other.post(f"/desk/messages/not-reached/{world.pa}/email").status_code == 404
    again = f"/desk/messages/not-reached/{world.pa}/email"
    assert browser_for(world.coordinator).post(again).status_code == 302
    with house.database.writing() as db:
        notices.tell_person(db, "text_read", people.person(db, world.pa), clock(), work="x")
        assert db.scalars(select(AddressTrouble)).all() == []


def tell_by_text(house: House, world: World) -> None:
    with house.database.writing() as db:
        notices.tell(
            db,
            kind="coordinator_message",
            name="Pat",
            address="tel:+447700900982",
            language="en",
            person_id=world.pa,
            now=house.clock(),
            subject="Hello",
            body="…",
            short="Come on Monday",
        )


def test_a_text_message_goes_through_notify_and_is_followed_up(
    house: House, world: World, clock: StandingClock, notify: Notify
) -> None:
    by_notify = with_notify(house, notify)
    tell_by_text(house, world)
    work.do_all(by_notify, now=clock())
    (sent,) = notify.sent
    assert sent["path"] == "/v2/notifications/sms"
    assert sent["phone_number"] == "+447700900982"
    assert sent["personalisation"]["message"].startswith("Come on Monday http")
    notify.status = "sending"
    clock.on(minutes=6)
    polling.sweep(by_notify, clock())
    polling.sweep(by_notify, clock())
    assert len(notify.asked) == 1
    notify.status = "permanent-failure"
    clock.on(minutes=11)
    polling.sweep(by_notify, clock())
    with house.database.reading() as db:
        assert db.scalars(select(Notice.outcome)).one() == "failed"
        assert db.scalars(select(AddressTrouble.address)).all() == ["tel:+447700900982"]
    clock.on(days=1)
    polling.sweep(by_notify, clock())
    assert len(notify.asked) == 2


@pytest.mark.parametrize("code", [429, 500, 403])
def test_while_notify_does_not_take_it_the_message_waits(
    house: House, world: World, clock: StandingClock, notify: Notify, code: int
) -> None:
    by_notify = with_notify(house, notify)
    notify.code = code
    tell_by_text(house, world)
    assert work.do_all(by_notify, now=clock()) == 0
    with house.database.reading() as db:
        trouble = db.scalars(select(WorkRow.trouble)).one()
        assert "900982" not in str(trouble)
    notify.code = 201
    clock.on(minutes=5)
    assert work.do_all(by_notify, now=clock()) == 1
    assert len(notify.sent) == 1


def test_a_number_notify_refuses_is_marked(house: House, world: World, clock: StandingClock, notify: Notify) -> None:
    notify.code = 400
    tell_by_text(house, world)
    work.do_all(with_notify(house, notify), now=clock())
    with house.database.reading() as db:
        assert db.scalars(select(AddressTrouble.address)).all() == ["tel:+447700900982"]


def test_the_doctor_says_when_it_does_not_work(house: House, world: World, clock: StandingClock) -> None:
    gone = Notify()
    gone.server_close()
    with house.database.reading() as db:
        (finding,) = looking.look(db, with_notify(house, gone), clock())
        assert finding.level is Level.WRONG
        assert "LMS_NOTIFY_KEY" in finding.sentence
        assert list(looking.look(db, house, clock())) == []


def test_a_closed_account_is_on_no_list(
    browser_for: BrowserFor, house: House, world: World, clock: StandingClock
) -> None:
    from lms.notifications.channels import services
    from lms.people.models import Person

    with house.database.writing() as db:
        services.mark(db, address="pat.morgan@example.com", person_id=world.pa, why="550", now=clock())
        db.execute(update(Person).where(Person.id == world.pa).values(closed_at=clock()))
    page = browser_for(world.coordinator).get("/desk/messages/not-reached").get_data(as_text=True)
    assert "Everybody could be reached" in page
