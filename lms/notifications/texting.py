"""The way out for text messages: a folder, or GOV.UK Notify where `LMS_NOTIFY_…` is set. Otherwise nothing is sent.

`LMS_SMS_URL` names a folder (file:///…) that each message is written into; a demonstration has one.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

from lms.core.settings import Settings
from lms.notifications.channels import notify

SCHEME = "tel:"
"""What an address begins with that is a number (RFC 3966)."""
FIRST_ASKED = timedelta(minutes=5)
"""After how long a provider is asked for the first time what came of a message."""


class NoWayOut(OSError):  # noqa: N818  reads as what happened
    """Text messages are not set up here."""


def is_number(address: str) -> bool:
    """Whether an address is a telephone number."""
    return address.startswith(SCHEME)


def first_asked(now: datetime) -> datetime:
    """When to ask what came of a message that is given away now."""
    return now + FIRST_ASKED


def send(settings: Settings, *, to: str, text: str, language: str, notice: str, now: datetime) -> str | None:
    """Hand a text message on; gives what the provider calls it, where it says later what came of it.

    Raises NoWayOut where none can be sent, and notify.NotNow; the message waits and is tried again.
    """
    folder = settings.texts_folder
    if folder is not None:
        said = {"to": to.removeprefix(SCHEME), "text": text, "language": language, "date": now.isoformat()}
        _into_folder(folder, said, notice)
        return None
    if settings.notify_text_template:
        return notify.send_text(settings, number=to.removeprefix(SCHEME), text=text, reference=notice)
    raise NoWayOut("Text messages are not set up here: set LMS_SMS_URL, or LMS_NOTIFY_KEY and its template.")


def _into_folder(folder: Path, message: dict[str, str], notice: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{notice}.new"
    fresh.write_text(json.dumps(message, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / f"{notice}.json")
