"""Tell those who are named for alerts, and nobody else. No word of an alert is in a notice."""

from datetime import datetime

from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.programme.contacts.events import (
    AlertWaits,
    SafeguardingChanged,
    SafeguardingPersonEnded,
    SafeguardingPersonNamed,
)


def tell_of_alert(db: Db, fact: AlertWaits, now: datetime) -> None:
    """Tell one named person that there is an alert."""
    kind = "alert_waits_again" if fact.again else "alert_waits"
    services.tell_person(db, kind, people.person(db, fact.about), now)


def tell_named(db: Db, fact: SafeguardingPersonNamed, now: datetime) -> None:
    """Tell somebody that they are named."""
    someone = people.person(db, fact.about)
    authority = people.organisation(db, fact.authority_id).called(someone.language)
    services.tell_person(db, "safeguarding_named", someone, now, authority=authority)


def tell_not_named(db: Db, fact: SafeguardingPersonEnded, now: datetime) -> None:
    """Tell somebody that they are not named any more: nobody is taken out unseen."""
    someone = people.person(db, fact.about)
    authority = people.organisation(db, fact.authority_id).called(someone.language)
    services.tell_person(db, "safeguarding_ended", someone, now, authority=authority)


def tell_of_change(db: Db, fact: SafeguardingChanged, now: datetime) -> None:
    """Tell the others who are named that who is named changed."""
    someone = people.person(db, fact.about)
    authority = people.organisation(db, fact.authority_id).called(someone.language)
    services.tell_person(db, "safeguarding_changed", someone, now, authority=authority)
