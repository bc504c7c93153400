"""What the register knows that a certificate can rest on. It is handed down by `wiring.GROUNDS`."""

from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.register import queries
from lms.register.holding import codes_accepted
from lms.register.kinds import CodeNeeded
from lms.register.merging.queries import same_as


def conduct_accepted(db: Db, person_id: UUID, authority_id: UUID, on: date) -> date | None:
    """The day a PA accepted the code of conduct that holds on a day; None while they have not, or where there is none.

    An earlier version that was accepted counts no more once a newer one holds. What was accepted under another record
    of the same person counts.
    """
    edition = queries.edition_for(db, authority_id, on)
    versions = {
        rule.version for rule in (edition.rules.requirements if edition else ()) if isinstance(rule, CodeNeeded)
    }
    if not versions:
        return None
    records = (person_id, *same_as(db, [person_id], authority_id).get(person_id, ()))
    accepted = [each for one in records for each in codes_accepted(db, one, authority_id)]
    return min((each.on for each in accepted if each.version in versions and each.on <= on), default=None)
