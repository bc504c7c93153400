"""The demo's outbox: the mails that would have gone out. Not part of a production site."""

import json
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from lms.core.web.rooms import room
from lms.core.web.state import house
from lms.core.web.texts import _
from lms.people.guards import public

pages = room("demo", __name__)

MOST = 50


@pages.get("/outbox")
@public
def outbox() -> ResponseReturnValue:
    """The newest mails, in full, with their links."""
    settings = house().settings
    folders = ((settings.outbox, "*.eml"), (settings.texts_folder, "*.json"))
    files = [path for folder, kind in folders if folder for path in folder.glob(kind)]
    newest = sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:MOST]
    return render_template("lms/notifications/outbox.html", mails=[_read_any(path) for path in newest])


def _read_any(path: Path) -> dict[str, Any]:
    return _read_text(path) if path.suffix == ".json" else _read(path)


def _read_text(path: Path) -> dict[str, Any]:
    message = json.loads(path.read_text(encoding="utf-8"))
    words, _between, link = message["text"].rpartition(" ")
    return {
        "to": message["to"],
        "subject": _("Text message"),
        "date": datetime.fromisoformat(message["date"]),
        "language": message["language"],
        "text": words,
        "link": link,
    }


def _read(path: Path) -> dict[str, Any]:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    text = str(body.get_content()).strip() if body else ""
    words, _between, link = text.rpartition("\n\n")
    return {
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "date": parsedate_to_datetime(str(message["Date"])),
        "language": str(message["Content-Language"] or "en"),
        "text": words if link.startswith("http") else text,
        "link": link if link.startswith("http") else "",
    }
