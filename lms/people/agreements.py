"""Which organisations work with an authority's people."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.people.models import Agreement, Organisation
from lms.people.queries import ORGANISATION, OrganisationView, current, organisation_of


def agreements(db: Db, authority_id: UUID, on: date) -> list[OrganisationView]:
    """The organisations that work with an authority's people on a day, by name."""
    rows = columns(db, _AGREEMENTS, {"authority_id": authority_id, "on": on})
    return [organisation_of(row) for row in rows.unique()]


def agreed_with(db: Db, organisation_ids: Collection[UUID], on: date) -> frozenset[UUID]:
    """The authorities whose people any of these organisations works with on a day. One query."""
    rows = columns(db, _AGREED_WITH, {"organisation_ids": list(organisation_ids), "on": on})
    return frozenset(row[0] for row in rows)


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
