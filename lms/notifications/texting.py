"""The way out for text messages. None is built in: a site without one says so, and sends nothing.

`LMS_SMS_URL` names a folder (file:///…) that each message is written into; a demonstration has one. A provider of text
messages is added here, as one more scheme, when an authority has one.
"""

import json
from datetime import datetime
from pathlib import Path

from lms.core.settings import Settings

SCHEME = "tel:"
"""What an address begins with that is a number (RFC 3966)."""


class NoWayOut(OSError):  # noqa: N818  reads as what happened
    """Text messages are not set up here."""


def is_number(address: str) -> bool:
    """Whether an address is a telephone number."""
    return address.startswith(SCHEME)


def send(settings: Settings, *, to: str, text: str, language: str, notice: str, now: datetime) -> None:
    """Hand a text message on. Raises NoWayOut where none can be sent; the message waits and is tried again."""
    folder = settings.texts_folder
    if folder is None:
        raise NoWayOut("Text messages are not set up here: set LMS_SMS_URL.")
    _into_folder(
        folder, {"to": to.removeprefix(SCHEME), "text": text, "language": language, "date": now.isoformat()}, notice
    )


def _into_folder(folder: Path, message: dict[str, str], notice: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{notice}.new"
    fresh.write_text(json.dumps(message, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / f"{notice}.json")
