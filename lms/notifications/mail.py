"""The way out for mail: a folder of message files by default, SMTP by setting."""

import re
import smtplib
import ssl
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

from lms.core.settings import Settings

TIMEOUT_SECONDS = 20
_LONG_LINES = policy.default.clone(max_line_length=998)
"""A link in a header must not be broken or encoded: what reads it is a program. RFC 5322 allows lines so long."""


class NoSuchAddress(Exception):  # noqa: N818  says what is the matter
    """A mail server refused an address for good; `why` is its code, such as 550."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def compose(
    settings: Settings,
    *,
    to: str,
    subject: str,
    text: str,
    language: str,
    notice: str,
    now: datetime,
    unsubscribe: str = "",
) -> EmailMessage:
    """A plain-text message. The notice's id is in its Message-ID, so that sending twice is recognised as one.

    `unsubscribe` is where one click ends mails like this one (RFC 8058).
    """
    message = EmailMessage(policy=_LONG_LINES)
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(notice, domain=settings.mail_from.rpartition("@")[2] or "localhost")
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    return message


def send(settings: Settings, message: EmailMessage, *, notice: str) -> None:
    """Hand a message on. Raises NoSuchAddress, or OSError or smtplib.SMTPException when it is not possible now.

    Where it goes out encrypted, the mail server has to show a certificate this machine trusts.
    """
    if settings.outbox is not None:
        _into_folder(settings.outbox, message, notice)
    else:
        _by_smtp(settings.mail_url, message)


def _into_folder(folder: Path, message: EmailMessage, notice: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{notice}.new"
    fresh.write_bytes(bytes(message))
    fresh.replace(folder / f"{notice}.eml")


def _by_smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    host, who = parts.hostname or "localhost", ssl.create_default_context()  # without it no certificate is looked at
    if parts.scheme == "smtps":
        with smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_SECONDS, context=who) as server:
            _hand_over(server, parts, message)
        return
    with smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT_SECONDS) as server:
        if parts.username:
            server.starttls(context=who)
        _hand_over(server, parts, message)


def _hand_over(server: smtplib.SMTP, parts: SplitResult, message: EmailMessage) -> None:
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        _judge(code, said, refused)
    except smtplib.SMTPDataError as refused:
        _judge(refused.smtp_code, refused.smtp_error, refused)


_NO_ADDRESS = re.compile(r"^5\.(?:1\.\d+|2\.1)\b")
"""Enhanced codes that are about the address (RFC 3463): it is not there, it moved, or its mailbox is off."""
_ADDRESS_CODES = frozenset({550, 551, 553})


def _judge(code: int, said: bytes | str, refused: smtplib.SMTPException) -> NoReturn:
    """Tell an address that does not work from the rest: a full mailbox passes, and what a policy refuses is ours."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    enhanced = re.match(r"\d\.\d+\.\d+", text)
    for_good = bool(_NO_ADDRESS.match(text)) if enhanced else code in _ADDRESS_CODES
    if 500 <= code < 600 and for_good:
        raise NoSuchAddress(str(code)) from refused
    raise refused
