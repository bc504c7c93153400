"""The demo's outbox: the mails that would have gone out. Not part of a production site."""

from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.web.rooms import room
from lms.core.web.state import house
from lms.people.guards import public

pages = room("demo", __name__)

MOST = 50


@pages.get("/outbox")
@public
def outbox() -> ResponseReturnValue:
    """The newest mails, in full, with their links."""
    folder = house().settings.outbox
    return render_template("lms/notifications/outbox.html", mails=_newest(folder) if folder else [])


def _newest(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:MOST]
    return [_read(path) for path in files]


def _read(path: Path) -> dict[str, Any]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()).strip() if body else ""
    words, _gap, link = text.rpartition("\n\n")
    return {
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "date": parsedate_to_datetime(str(message["Date"])),
        "language": str(message["Content-Language"] or "en"),
        "text": words if link.startswith("http") else text,
        "link": link if link.startswith("http") else "",
    }
