"""How an authority is called, and a number that goes up whenever what pages wear of it changes."""

from uuid import UUID

from sqlalchemy import select, update

from lms.core.db import Db
from lms.core.spelling import clean_name
from lms.core.words import NotFound
from lms.people.models import Organisation
from lms.people.rules import OrganisationKind


def look_of(db: Db, authority_id: UUID) -> int:
    """Which look pages of an authority wear; 0 before anything was chosen. Raises NotFound."""
    is_one = (Organisation.id == authority_id) & (Organisation.kind == OrganisationKind.AUTHORITY)
    found = db.scalar(select(Organisation.look).where(is_one))
    if found is None:
        raise NotFound("authority")
    return found


def looks_anew(db: Db, authority_id: UUID) -> None:
    """Something that pages wear has changed: browsers ask for it anew."""
    db.execute(update(Organisation).where(Organisation.id == authority_id).values(look=Organisation.look + 1))


def held_still(db: Db, authority_id: UUID) -> int:
    """Which look pages wear; nobody else changes it until this unit of work ends. Raises NotFound."""
    return _row(db, authority_id).look


def rename(db: Db, authority_id: UUID, *, name: str, name_cy: str) -> None:
    """Call an authority otherwise from now on. Refused for a name that is empty or too long."""
    row = _row(db, authority_id)
    row.name, row.name_cy = clean_name(name), clean_name(name_cy) if name_cy.strip() else None
    row.look = row.look + 1
    db.flush()


def _row(db: Db, authority_id: UUID) -> Organisation:
    wanted = select(Organisation).where(
        Organisation.id == authority_id, Organisation.kind == OrganisationKind.AUTHORITY
    )
    row = db.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound("authority")
    return row
