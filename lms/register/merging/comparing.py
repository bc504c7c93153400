"""What a link between two records would do: each as it stands, and what the rules would say of both together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.certification import queries as certification
from lms.core.db import Db
from lms.people import queries as people
from lms.people.queries import OrganisationView, PersonView
from lms.register import holding, queries
from lms.register.content import Edition
from lms.register.kinds import ListingState
from lms.register.listing.moves import ENDED, VISIBLE
from lms.register.listing.queries import ListingView, before_of_many, listings_of_many
from lms.register.merging.rules import together
from lms.register.rules import Verdict, eligibility


@dataclass(frozen=True)
class Side:
    """One of the two records. `listing` None: has not applied."""

    person: PersonView
    listing: ListingView | None
    verdict: Verdict | None
    records: int
    certificates: Sequence[str]
    employers: Sequence[OrganisationView]

    @property
    def on_register(self) -> bool:
        """Whether a listing is open."""
        return self.listing is not None and self.listing.state not in {ListingState.DRAFT, *ENDED}

    @property
    def shown(self) -> bool:
        """Whether employers and other systems see it."""
        return self.listing is not None and self.listing.state in VISIBLE


@dataclass(frozen=True)
class Compared:
    """Both records, the one that had better stay, and what the rules would say of that one after a link."""

    first: Side
    second: Side
    better: UUID
    after: Verdict | None
    edition: Edition | None


def compare(db: Db, authority_id: UUID, first_id: UUID, second_id: UUID, on: date) -> Compared:
    """Look at two records of one authority side by side. A constant number of queries."""
    ids = [first_id, second_id]
    edition = queries.edition_for(db, authority_id, on)
    listings = listings_of_many(db, ids, authority_id)
    before = before_of_many(db, ids, authority_id)
    held = holding.held_of_many(db, ids, authority_id, edition.rules) if edition else {}
    verdicts: Mapping[UUID, Verdict] = (
        {each: eligibility(edition.rules, held[each], on=on, before=before[each]) for each in ids} if edition else {}
    )
    names = people.persons(db, ids)
    sides = {
        each: _side(db, names[each], authority_id, listings.get(each), on, verdict=verdicts.get(each)) for each in ids
    }
    better = max(
        ids, key=lambda each: (sides[each].shown, sides[each].on_register, sides[each].records, each == first_id)
    )
    both = together(held[first_id], held[second_id]) if held else None
    after = eligibility(edition.rules, both, on=on, before=before[better]) if edition and both else None
    return Compared(sides[first_id], sides[second_id], better, after, edition)


def _side(
    db: Db,
    person: PersonView,
    authority_id: UUID,
    listing: ListingView | None,
    on: date,
    *,
    verdict: Verdict | None,
) -> Side:
    return Side(
        person=person,
        listing=None if listing is not None and listing.state is ListingState.DRAFT else listing,
        verdict=verdict,
        records=len(queries.records_of(db, person.id, authority_id)),
        certificates=[each.number for each in certification.certificates_of(db, person.id)],
        employers=people.employers_of(db, person.id, on),
    )
