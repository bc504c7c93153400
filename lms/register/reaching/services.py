"""Write how the register team of an authority is reached."""

from datetime import datetime
from uuid import UUID

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_email, clean_name, clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.directory.profile import clean_phone
from lms.register.reaching.events import RegisterContactSet
from lms.register.reaching.models import RegisterContact
from lms.register.reaching.queries import Contact, contact_of

WRITERS = (Role.REGISTER_MANAGER, Role.ADMIN)
LONGEST_TEAM, LONGEST_HOURS = 100, 200


def set_contact(db: Db, *, once: UUID, authority_id: UUID, contact: Contact, by: UUID, now: datetime) -> None:
    """Write how the team is reached; PAs see it from now on. The same as before is not written again.

    Raises NotFound for who is neither register manager nor administrator there. Refused without a name of the team,
    and without any way to reach it.
    """
    if not any(people.holds(db, by, role, [authority_id], london_day(now)) for role in WRITERS):
        raise NotFound("authority")
    cleaned = Contact(
        team=clean_name(contact.team),
        email=clean_email(contact.email) if contact.email.strip() else "",
        phone=clean_phone(contact.phone),
        hours=clean_text(contact.hours, LONGEST_HOURS),
    )
    if not (cleaned.email or cleaned.phone):
        raise Refused(N_("Give an e-mail address or a telephone number, so that PAs can reach you."))
    if cleaned == contact_of(db, authority_id):
        return
    row = RegisterContact(
        id=once,
        authority_id=authority_id,
        team=cleaned.team,
        email=cleaned.email,
        phone=cleaned.phone,
        hours=cleaned.hours,
        by=by,
        at=now,
    )
    if add_once(db, row):
        fact = RegisterContactSet(about=by, authority_id=authority_id, contact_id=once)
        record(db, fact, by=by, now=now, behalf=authority_id)
