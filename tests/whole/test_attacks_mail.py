"""Mail carries links that open accounts: it goes to one address, and only to the server that was meant."""

import ssl
from email.utils import getaddresses
from typing import Any, Self

import pytest

from lms.core.settings import Settings
from lms.core.spelling import clean_email
from lms.core.words import Refused
from lms.notifications import mail
from tests.conftest import NOON

AWKWARD = [
    "a,b@example.com",
    "a<b@example.com",
    "<b@example.com>",
    '"b@example.com',
    "(c)b@example.com",
    "a;b@example.com",
    "b@example.com,c.d",
    "b@example.com>",
    "b@example.(com)",
    "b@[10.1]",
    "group:b@example.com",
    "b\\@example.com",
    "=?utf-8?q?x?=@example.com",
    "a\u200bb@example.com",
    "b@exam\u00adple.com",
]


@pytest.mark.parametrize("address", AWKWARD)
def test_what_a_mail_program_reads_as_another_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        clean_email(address)


@pytest.mark.parametrize("address", ["o'hara+palms@mail.example.co.uk", "a_b.c-d=e@example.com", "mair@ex-ample.cymru"])
def test_ordinary_addresses_stay_as_they_are(address: str) -> None:
    assert clean_email(address) == address
    message = mail.compose(Settings(), to=address, subject="…", text="…", language="en", notice="n", now=NOON)
    assert getaddresses([str(message["To"])]) == [("", address)]


class Server:
    """Notes how somebody speaks with a mail server."""

    said: dict[str, Any]

    def __init__(self, _host: str, port: int, timeout: float, context: ssl.SSLContext | None = None) -> None:
        Server.said = {"port": port, "timeout": timeout, "context": context}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def starttls(self, *, context: ssl.SSLContext | None = None) -> None:
        """Remember the context."""
        Server.said["context"] = context

    def login(self, user: str, password: str) -> None:
        """Only after the server has shown who it is."""
        assert Server.said["context"] is not None

    def send_message(self, message: object) -> None:
        """Take it."""


@pytest.mark.parametrize("url", ["smtp://palms:secret@mail.example.org", "smtps://palms:secret@mail.example.org"])
def test_the_mail_server_has_to_show_who_it_is(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtplib.SMTP", Server)
    monkeypatch.setattr("smtplib.SMTP_SSL", Server)
    message = mail.compose(Settings(), to="a@example.com", subject="…", text="…", language="en", notice="n", now=NOON)
    mail.send(Settings(mail_url=url), message, notice="n")
    context = Server.said["context"]
    assert context is not None
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
