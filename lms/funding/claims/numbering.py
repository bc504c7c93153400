"""The reference of a claim: authority, year and number, such as RIVERMERE-2026-0007. Given once, never given again."""

from sqlalchemy import update

from lms.core.db import Db, add_once
from lms.funding.claims.models import ClaimNumber
from lms.people.queries import OrganisationView


def next_reference(db: Db, authority: OrganisationView, *, year: int) -> str:
    """The next reference of an authority in a year. Whoever asks second waits until the first has committed."""
    number = _next(db, authority, year)
    if number is None:
        add_once(db, ClaimNumber(authority_id=authority.id, year=year, last=0))
        number = _next(db, authority, year)
    return f"{authority.code or authority.id.hex[:8].upper()}-{year}-{number:04d}"


def _next(db: Db, authority: OrganisationView, year: int) -> int | None:
    mine = (ClaimNumber.authority_id == authority.id, ClaimNumber.year == year)
    counted = update(ClaimNumber).where(*mine).values(last=ClaimNumber.last + 1).returning(ClaimNumber.last)
    return db.scalar(counted.execution_options(synchronize_session=False))
