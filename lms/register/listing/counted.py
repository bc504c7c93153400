"""How the PAs of an authority stand on its register today, for a report: by verdict, by listing, by what is missing."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.register.kinds import ListingState
from lms.register.listing.models import Listing
from lms.register.models import Standing, StandingLack


class OnRegister(NamedTuple):
    """How many PAs have each verdict, how many each listing (None: none), and how many lack each requirement."""

    verdicts: Mapping[ListingState, int]
    listings: Mapping[ListingState | None, int]
    lacking: Mapping[str, int]


def on_register(db: Db, authority_id: UUID, on: date) -> OnRegister:
    """Everybody who is a PA of an authority on a day, by what the rules said of them last. Three queries."""
    values = {"authority_id": authority_id, "on": on}
    return OnRegister(*(dict(columns(db, asked, values).all()) for asked in (_VERDICTS, _LISTINGS, _LACKING)))


_NOW = (
    Standing.authority_id == bindparam("authority_id"),
    or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on")),
)
_VERDICTS: Select[*tuple[Any, ...]] = select(Standing.state, func.count()).where(*_NOW).group_by(Standing.state)
_SAME = and_(Listing.person_id == Standing.person_id, Listing.authority_id == Standing.authority_id)
_LISTINGS: Select[*tuple[Any, ...]] = (
    select(Listing.state, func.count())
    .select_from(Standing)
    .outerjoin(Listing, _SAME)
    .where(*_NOW)
    .group_by(Listing.state)
)
_LACKING: Select[*tuple[Any, ...]] = (
    select(StandingLack.code, func.count())
    .join(
        Standing,
        and_(Standing.person_id == StandingLack.person_id, Standing.authority_id == StandingLack.authority_id),
    )
    .where(*_NOW)
    .group_by(StandingLack.code)
)
