"""Work out what the rules say of many PAs on a day: gathered in a constant number of queries, then plain thinking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.db import Db
from lms.register import holding
from lms.register.content import Edition
from lms.register.lapsing import lapses_on
from lms.register.listing.queries import before_of_many
from lms.register.rules import Verdict, eligibility


@dataclass(frozen=True)
class Worked:
    """The verdict on one PA, and the first day on which they would be listed no more by the calendar alone."""

    person_id: UUID
    verdict: Verdict
    lapses_on: date | None


def work_out(db: Db, edition: Edition, authority_id: UUID, person_ids: Collection[UUID], *, on: date) -> list[Worked]:
    """What an edition of an authority's rules says of these PAs on a day, in their order."""
    held = holding.held_of_many(db, person_ids, authority_id, edition.rules)
    before = before_of_many(db, person_ids, authority_id)
    found = []
    for person_id in person_ids:
        holds, was = held[person_id], before[person_id]
        verdict = eligibility(edition.rules, holds, on=on, before=was)
        ends = lapses_on(edition.rules, holds, verdict, on=on, before=was)
        found.append(Worked(person_id, verdict, ends))
    return found
