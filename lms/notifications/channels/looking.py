"""What `lms doctor` hears of the ways out: whether text messages and letters work as they are set."""

from collections.abc import Iterator
from datetime import datetime

from lms.core.db import Db
from lms.core.doctor import Finding, Level
from lms.core.house import House
from lms.notifications.channels import notify


def look(_db: Db, house: House, _now: datetime) -> Iterator[Finding]:
    """Nothing of what does not go through GOV.UK Notify."""
    for what, setting, template in (
        ("text messages", "LMS_NOTIFY_TEXT_TEMPLATE", house.settings.notify_text_template),
        ("letters", "LMS_NOTIFY_LETTER_TEMPLATE", house.settings.notify_letter_template),
    ):
        if not template:
            continue
        if trouble := notify.works(house.settings, template):
            yield Finding(Level.WRONG, what, f"{trouble} Look at LMS_NOTIFY_KEY and {setting}.")
        else:
            yield Finding(Level.WELL, what, "GOV.UK Notify answers and knows the template.")
