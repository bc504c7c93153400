"""What a PA's home page says of a code of conduct: that there is a newer one than they accepted."""

from datetime import date, datetime

from lms.core import i18n
from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.register.conduct.known import accepted_on
from lms.register.conduct.queries import current
from lms.register.conduct.rules import last_day


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """A card for each register whose newer code this PA has still to accept: two queries a register."""
    shown: list[Card] = []
    on = london_day(now)
    for authority_id in sorted(viewer.authorities(Role.PA)):
        version = current(db, authority_id, on)
        if version is None or on > last_day(version.from_day, version.reaccept_days):
            continue
        accepted = accepted_on(db, viewer.person_id, authority_id)
        if not accepted or version.version in accepted:
            continue
        shown.append(
            Card(
                weight=15,
                title=N_("There is a new code of conduct"),
                body=N_("Read it and accept it until %(day)s, so that nothing changes for you."),
                values={"day": _both(last_day(version.from_day, version.reaccept_days))},
                action=N_("Read it"),
                endpoint="lms.conduct.read",
                args={"authority_id": authority_id},
            )
        )
    return shown


def _both(value: date) -> Words:
    return Words(en=i18n.day(value, "en"), cy=i18n.day(value, "cy"))
