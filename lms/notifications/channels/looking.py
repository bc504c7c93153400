"""What `lms doctor` hears of the ways out: whether text messages work as they are set."""

from collections.abc import Iterator
from datetime import datetime

from lms.core.db import Db
from lms.core.doctor import Finding, Level
from lms.core.house import House
from lms.notifications.channels import notify


def look(_db: Db, house: House, _now: datetime) -> Iterator[Finding]:
    """Nothing where text messages do not go through GOV.UK Notify."""
    if not house.settings.notify_text_template:
        return
    trouble = notify.works(house.settings)
    if trouble:
        yield Finding(Level.WRONG, "text messages", f"{trouble} Look at LMS_NOTIFY_KEY and LMS_NOTIFY_TEXT_TEMPLATE.")
    else:
        yield Finding(Level.WELL, "text messages", "GOV.UK Notify answers and knows the template.")
