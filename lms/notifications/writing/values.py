"""What fields are filled in with, for the one a message goes to and nobody else. A constant number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.core.i18n import say_in
from lms.core.words import N_
from lms.learning.titles import titles
from lms.notifications.writing.rules import Field
from lms.people import queries as people
from lms.people.queries import OrganisationView, PersonView
from lms.programme.contacts import queries as contacts
from lms.programme.contacts.queries import ContactView
from lms.programme.contacts.words import Whom
from lms.programme.desk.latest import Latest, latest
from lms.programme.desk.rules import Who
from lms.programme.desk.texts import STEPS

NOTHING_NOW = N_("You need do nothing now. Somebody else has the next step.")


@dataclass(frozen=True)
class Known:
    """What is known for filling in fields, of several people at once, read in a constant number of queries."""

    authority: OrganisationView
    sender: PersonView
    event: str
    contacts: Mapping[UUID, ContactView]
    standing: Mapping[UUID, Latest]
    courses: Mapping[str, Mapping[str, str]]

    def values_of(self, someone: PersonView) -> dict[str, str]:
        """The fields of one person, in their language; empty ones have no value."""
        standing, contact = self.standing.get(someone.id), self.contacts.get(someone.id)
        courses = self.courses.get(someone.language) or self.courses["en"]
        return {
            Field.FIRST_NAME: someone.name.split()[0] if someone.name.split() else "",
            Field.NAME: someone.name,
            Field.COURSE: courses.get(standing.course, standing.course) if standing else "",
            Field.NEXT_STEP: _step(standing, someone.language),
            Field.CONTACT: contact.name if contact else self.sender.name,
            Field.CONTACT_PHONE: contact.phone if contact else "",
            Field.CONTACT_EMAIL: contact.email if contact else (self.sender.email or ""),
            Field.AUTHORITY: self.authority.called(someone.language),
            Field.EVENT: self.event,
        }


def _step(standing: Latest | None, language: str) -> str:
    if standing is None:
        return ""
    say = say_in(language)
    step = STEPS.get(standing.why) if standing.why and standing.waits_for is Who.SELF else None
    return say(step or NOTHING_NOW)


def known(
    db: Db,
    *,
    authority_id: UUID,
    sender_id: UUID,
    event: str,
    ids: Sequence[UUID],
    languages: Collection[str],
    on: date,
) -> Known:
    """What is known of these people in an authority."""
    there = contacts.reached(db, Whom.PA, ids, on)
    return Known(
        authority=people.organisation(db, authority_id),
        sender=people.person(db, sender_id),
        event=event,
        contacts={each.of: each for each in there if each.authority_id == authority_id},
        standing=latest(db, authority_id, ids),
        courses={language: titles(db, language) for language in {*languages, "en"}},
    )
