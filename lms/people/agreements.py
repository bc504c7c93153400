"""Which organisations work with an authority's people."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people.models import Agreement, Organisation
from lms.people.queries import ORGANISATION, OrganisationView, current, organisation_of

Span = tuple[date, date | None]
"""A first and a last day; both count, and no last day means until further notice."""


def agreements(db: Db, authority_id: UUID, on: date) -> list[OrganisationView]:
    """The organisations that work with an authority's people on a day, by name."""
    rows = columns(db, _AGREEMENTS, {"authority_id": authority_id, "on": on})
    return [organisation_of(row) for row in rows.unique()]


def agreed_with(db: Db, organisation_ids: Collection[UUID], on: date) -> frozenset[UUID]:
    """The authorities whose people any of these organisations works with on a day. One query."""
    rows = columns(db, _AGREED_WITH, {"organisation_ids": list(organisation_ids), "on": on})
    return frozenset(row[0] for row in rows)


def spans(db: Db, organisation_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], tuple[Span, ...]]:
    """When these organisations work and worked with authorities, by organisation and authority. One query."""
    found: dict[tuple[UUID, UUID], tuple[Span, ...]] = {}
    rows = columns(db, _SPANS, {"organisation_ids": list(organisation_ids)}) if organisation_ids else ()
    for organisation_id, authority_id, since, until in rows:
        key = organisation_id, authority_id
        found[key] = (*found.get(key, ()), (since, until))
    return found


def with_authority(db: Db, authority_id: UUID) -> dict[UUID, tuple[Span, ...]]:
    """When organisations work, worked or will work with an authority, the latest first, by organisation. One query."""
    found: dict[UUID, tuple[Span, ...]] = {}
    for organisation_id, since, until in columns(db, _WITH_AUTHORITY, {"authority_id": authority_id}):
        found[organisation_id] = (*found.get(organisation_id, ()), (since, until))
    return found


def end(db: Db, *, authority_id: UUID, organisation_id: UUID, until: date, today: date) -> None:
    """Let the agreements of today end on a day, which still counts. Raises NotFound where there is none today.

    From the next day on the organisation's people see nothing of the authority, and permissions of its employers for
    the organisation open nothing.
    """
    mine = (Agreement.authority_id == authority_id) & (Agreement.organisation_id == organisation_id)
    rows = db.scalars(select(Agreement).where(mine, current(Agreement, today)).with_for_update()).all()
    if not rows:
        raise NotFound("agreement")
    for row in rows:
        row.until = max(until, row.since)
    db.flush()


_SPANS = select(Agreement.organisation_id, Agreement.authority_id, Agreement.since, Agreement.until).where(
    Agreement.organisation_id.in_(bindparam("organisation_ids", expanding=True))
)
_WITH_AUTHORITY = (
    select(Agreement.organisation_id, Agreement.since, Agreement.until)
    .where(Agreement.authority_id == bindparam("authority_id"))
    .order_by(Agreement.since.desc())
)
_AGREED_WITH = select(Agreement.authority_id).where(
    Agreement.organisation_id.in_(bindparam("organisation_ids", expanding=True)),
    current(Agreement, bindparam("on")),
)
_AGREEMENTS = (
    select(*ORGANISATION)
    .join(Agreement, Agreement.organisation_id == Organisation.id)
    .where(Agreement.authority_id == bindparam("authority_id"), current(Agreement, bindparam("on")))
    .order_by(Organisation.name)
)
