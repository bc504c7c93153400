"""GOV.UK Notify behind one small file: send a text message or a letter, and ask what came of it.

Its client library is read only where it is used (`pip install palms[notify]`); the service's own errors become ours.
Notify keeps what it is told for seven days by default, so a status that is asked for later is not there any more.
"""

import logging
from collections.abc import Sequence
from typing import Any

from lms.core.settings import Settings

TIMEOUT_SECONDS = 20
_PLACE, _SUBJECT = "message", "subject"
"""The fields of our templates: ((message)) in both, and ((subject)) as the heading of letters."""
LINES = 7
"""Lines of an address at most, with the name. Notify wants three at least, and a postcode or a country as the last."""


class NotNow(OSError):  # noqa: N818  reads as what happened
    """Notify cannot be reached, is busy, or refuses us; the message waits and is tried again."""


class NotTaken(Exception):  # noqa: N818  says what is the matter
    """Notify refuses what it was given for good: a number or an address it cannot send to."""


def send_text(settings: Settings, *, number: str, text: str, reference: str) -> str:
    """Hand on a text message; gives Notify's own id. Raises NotNow and NotTaken."""
    sent = _asked(
        settings,
        "send_sms_notification",
        phone_number=number,
        template_id=settings.notify_text_template,
        personalisation={_PLACE: text},
        reference=reference,
    )
    return str(sent["id"])


def send_letter(settings: Settings, *, lines: Sequence[str], subject: str, text: str, reference: str) -> str:
    """Hand on a letter, its address line by line; gives Notify's own id. Raises NotNow and NotTaken."""
    address = {f"address_line_{number}": line for number, line in enumerate(lines[:LINES], start=1)}
    sent = _asked(
        settings,
        "send_letter_notification",
        template_id=settings.notify_letter_template,
        personalisation={**address, _SUBJECT: subject, _PLACE: text},
        reference=reference,
    )
    return str(sent["id"])


def status(settings: Settings, reference: str) -> str:
    """What came of a message, as Notify says it: “delivered”, “permanent-failure”, … Raises NotNow."""
    return str(_asked(settings, "get_notification_by_id", id=reference)["status"])


def works(settings: Settings, template: str) -> str:
    """Why Notify does not work with one of its templates, in a sentence; empty when it does."""
    try:
        _asked(settings, "get_template", template_id=template)
    except (NotNow, NotTaken) as wrong:
        return str(wrong)
    return ""


def _asked(settings: Settings, what: str, **given: Any) -> dict[str, Any]:
    try:
        from notifications_python_client.errors import HTTPError, InvalidResponse  # noqa: PLC0415  an extra
        from notifications_python_client.notifications import NotificationsAPIClient  # noqa: PLC0415
    except ImportError as missing:
        raise NotNow("The client of GOV.UK Notify is not installed: install palms[notify].") from missing
    logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)  # what it is sent stays out of logs
    made: Any = NotificationsAPIClient
    client = made(settings.notify_key, base_url=settings.notify_url, timeout=TIMEOUT_SECONDS)
    try:
        found: dict[str, Any] = getattr(client, what)(**given)
    except HTTPError as error:
        if error.status_code == 400:
            raise NotTaken(f"GOV.UK Notify refuses this: {_kinds(error.message)}.") from error
        raise NotNow(f"GOV.UK Notify answers {error.status_code}.") from error
    except (InvalidResponse, OSError) as error:
        raise NotNow("GOV.UK Notify cannot be reached.") from error
    return found


def _kinds(message: object) -> str:
    """What is wrong, without what was sent: only the names of the errors."""
    if isinstance(message, list):
        return ", ".join(str(each.get("error", "?"))[:60] for each in message if isinstance(each, dict)) or "?"
    return "?"
