"""Mail goes into a folder by default and out by SMTP by setting; when the server is away it waits and goes later."""

import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import WorkRow
from lms.learning import services as learning
from lms.learning.prior import services as prior
from lms.notifications import sending
from lms.notifications.models import Notice
from lms.notifications.texts import write
from lms.people import sessions
from tests.world import World


class Receiver(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and keeps it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.kept: list[str] = []


class Conversation(socketserver.StreamRequestHandler):
    """As much SMTP as a test needs."""

    server: Receiver

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline().decode():
            word = line[:4].upper()
            if word == "DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.kept.append(b"".join(lines).decode())
            self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 ok\r\n")
            if word == "QUIT":
                return


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A mail server on this machine."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask_for_link(house: House) -> None:
    with house.database.writing() as db:
        sessions.ask_for_link(db, identifier="pat.morgan@example.com", now=house.clock())


def with_smtp(house: House, port: int) -> House:
    return replace(house, settings=replace(house.settings, mail_url=f"smtp://127.0.0.1:{port}"))


def test_a_notice_goes_out_by_smtp_once(house: House, world: World, receiver: Receiver) -> None:
    by_smtp = with_smtp(house, receiver.server_address[1])
    ask_for_link(house)
    work.do_all(by_smtp, now=house.clock())
    work.do_all(by_smtp, now=house.clock())
    assert len(receiver.kept) == 1
    assert "To: pat.morgan@example.com" in receiver.kept[0]
    assert re.search(r"/sign-in/link/\S{20,}", receiver.kept[0].replace("=\r\n", ""))


def test_a_dead_mail_server_loses_nothing(house: House, world: World, receiver: Receiver) -> None:
    with Receiver() as gone:
        port = gone.server_address[1]
    ask_for_link(house)
    assert work.do_all(with_smtp(house, port), now=house.clock()) == 0
    with house.database.reading() as db:
        row = db.scalars(select(WorkRow)).one()
        assert row.done_at is None
        assert row.trouble
    later = house.clock() + timedelta(minutes=10)
    assert work.do_all(with_smtp(house, receiver.server_address[1]), now=later) == 1
    assert len(receiver.kept) == 1


def test_doing_the_same_work_twice_sends_one_mail(house: House, world: World) -> None:
    ask_for_link(house)
    with house.database.reading() as db:
        key = str(db.scalars(select(Notice.id)).one())
    sending.send(house, key, house.clock())
    sending.send(house, key, house.clock())
    outbox = house.settings.outbox
    assert outbox is not None
    assert len(list(outbox.glob("*.eml"))) == 1


def test_a_stranger_s_address_gets_no_mail_and_the_same_answer(house: House, db: Db) -> None:
    sessions.ask_for_link(db, identifier="nobody@example.com", now=house.clock())
    assert db.scalars(select(Notice)).all() == []


def test_a_subject_cannot_smuggle_in_a_header(house: House) -> None:
    from lms.notifications import mail

    message = mail.compose(
        house.settings,
        to="pat@example.com",
        subject="Hello\r\nBcc: everybody@example.com",
        text="…",
        language="en",
        notice="n",
        now=house.clock(),
    )
    assert message["Bcc"] is None


def test_a_learner_hears_that_prior_learning_was_decided_and_not_what(house: House, world: World) -> None:
    number, learner = uuid4(), world.pa
    with house.database.writing() as db:
        enrolment = learning.enrol(
            db, learner_id=learner, authority_id=world.authority, course="PAI", by=learner, now=house.clock()
        )
        offered = {"title": "Food hygiene", "earned_on": None, "says": "", "paper": None, "certificate": "ABCD"}
        prior.offer_prior(
            db,
            id=number,
            enrolment_id=enrolment,
            module="PAI-1",
            outcomes=["PAI-1.1"],
            by=learner,
            now=house.clock(),
            **offered,  # type: ignore[arg-type]  # each is what its name says
        )
        prior.decide(
            db,
            id=uuid4(),
            offer_id=number,
            accepted=[],
            reason="Not theirs.",
            by=world.assessor,
            behalf=world.college,
            now=house.clock(),
        )
        (notice,) = db.scalars(select(Notice).where(Notice.kind == "prior_decided"))
        written = write(notice.kind, {**notice.values, "name": notice.name}, "https://palms.example", str)
    assert written.link == "https://palms.example/prior-learning"
    assert "Not theirs" not in written.body
    assert "Food hygiene" not in written.body
