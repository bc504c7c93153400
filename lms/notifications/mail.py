"""The way out for mail: a folder of message files by default, SMTP by setting."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from lms.core.settings import Settings

TIMEOUT_SECONDS = 20


def compose(
    settings: Settings, *, to: str, subject: str, text: str, language: str, notice: str, now: datetime
) -> EmailMessage:
    """A plain-text message. The notice's id is in its Message-ID, so that sending twice is recognised as one."""
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = " ".join(subject.split())
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(notice, domain=settings.mail_from.rpartition("@")[2] or "localhost")
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def send(settings: Settings, message: EmailMessage, *, notice: str) -> None:
    """Hand a message on. Raises OSError or smtplib.SMTPException when that is not possible now.

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
    server.send_message(message)
