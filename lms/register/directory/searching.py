"""Search published profiles, and say whom a household may see. One place for all pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, func, select
from sqlalchemy.orm import aliased

from lms.certification.conditions import certificate_held
from lms.core.db import Db, columns
from lms.people import queries as people
from lms.people.conditions import holds_role
from lms.people.rules import Role
from lms.register.directory import queries
from lms.register.directory.models import Block, ProfileFace, ProfileTag, ProfileVersion
from lms.register.directory.profile import SEEN_AS, TRAINING_SEEN, Profile
from lms.register.directory.words import TagKind
from lms.register.kinds import ListingState
from lms.register.listing import queries as listing

VISIBLE = (ListingState.LISTED, ListingState.PROVISIONAL)
"""The listings employers may see: all others are hidden, whatever the PA chose."""


@dataclass(frozen=True)
class Wanted:
    """What an employer asks for; an empty part asks for nothing. `training` are certificate codes, all of them."""

    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    training: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.areas or self.languages or self.times or self.training)

    def only(self, sees: frozenset[str]) -> "Wanted":
        """Without what employers do not see: nobody learns it by asking for it."""
        seen = {name: getattr(self, name) for name in ("areas", "languages", "times") if SEEN_AS[name] & sees}
        return Wanted(**seen, training=self.training if TRAINING_SEEN & sees else ())


@dataclass(frozen=True)
class ProfileView:
    """A published profile as employers of its authority see it; `state` is listed or provisional."""

    person_id: UUID
    authority_id: UUID
    version_id: UUID
    profile: Profile
    state: ListingState
    used_at: datetime


def search(
    db: Db,
    authority_id: UUID,
    wanted: Wanted,
    on: date,
    *,
    employer_id: UUID | None,
    offset: int,
    limit: int,
) -> tuple[list[ProfileView], int]:
    """Profiles that fit, those most recently kept up to date first, and how many there are.

    Any of several areas, languages or times fits. `employer_id` is the household that asks, which never finds a PA who
    blocked it or whom it blocked; None is the register team.
    """
    if employer_id is not None:
        wanted = wanted.only(queries.employer_sees(db, authority_id, on))
    where = [*_seen_in(authority_id, on), *_fitting(wanted, on)]
    if employer_id is not None:
        where.append(~_blocked_with(employer_id))
    joined = _FACES.where(*where)
    total = columns(db, joined.with_only_columns(func.count()), {}).scalar_one()
    page = joined.order_by(ProfileFace.used_at.desc(), ProfileFace.person_id).offset(offset).limit(limit)
    return _narrowed(db, columns(db, page, {}).all(), authority_id, on), total


def visible_profile(
    db: Db, person_id: UUID, authority_id: UUID, on: date, *, employer_id: UUID | None
) -> ProfileView | None:
    """One PA's published profile, if this household (None: the register team) may see it today; None otherwise."""
    where = [*_seen_in(authority_id, on), ProfileFace.person_id == person_id]
    if employer_id is not None:
        where.append(~_blocked_with(employer_id))
    return next(iter(_narrowed(db, columns(db, _FACES.where(*where), {}).all(), authority_id, on)), None)


def profiles_of(db: Db, person_ids: Collection[UUID], authority_id: UUID, on: date) -> dict[UUID, ProfileView]:
    """Those of these PAs' profiles that can be seen today, by PA. A constant number of queries."""
    where = [*_seen_in(authority_id, on), ProfileFace.person_id.in_(person_ids)]
    found = _narrowed(db, columns(db, _FACES.where(*where), {}).all(), authority_id, on)
    return {view.person_id: view for view in found}


_FACES = select(
    ProfileFace.person_id,
    ProfileFace.authority_id,
    ProfileFace.version_id,
    ProfileVersion.data,
    ProfileFace.state,
    ProfileFace.used_at,
).join(ProfileVersion, ProfileVersion.id == ProfileFace.version_id)


def _seen_in(authority_id: UUID, on: date) -> list[ColumnElement[bool]]:
    return [
        ProfileFace.authority_id == authority_id,
        ProfileFace.shown.is_(True),
        ProfileFace.state.in_(VISIBLE),
        ProfileVersion.forgotten_at.is_(None),
        people.account_open(ProfileFace.person_id),
        holds_role(ProfileFace.person_id, Role.PA, authority_id, on),
    ]


def _fitting(wanted: Wanted, on: date) -> list[ColumnElement[bool]]:
    asked: Mapping[TagKind, tuple[str, ...]] = {
        TagKind.AREA: wanted.areas,
        TagKind.LANGUAGE: wanted.languages,
        TagKind.TIME: wanted.times,
    }
    tagged = [_tagged(kind, codes) for kind, codes in asked.items() if codes]
    return tagged + [certificate_held(ProfileFace.person_id, code, on) for code in wanted.training]


def _tagged(kind: TagKind, codes: tuple[str, ...]) -> ColumnElement[bool]:
    fits = select(ProfileTag.code).where(
        ProfileTag.person_id == ProfileFace.person_id,
        ProfileTag.authority_id == ProfileFace.authority_id,
        ProfileTag.kind == kind,
        ProfileTag.code.in_(codes),
    )
    return fits.exists()


def _blocked_with(employer_id: UUID) -> ColumnElement[bool]:
    """Whether the newest word of either side of this pair is a block."""
    newer = aliased(Block)
    pair: SQLColumnExpression[bool] = Block.pa_id == ProfileFace.person_id
    overtaken = select(newer.number).where(
        newer.pa_id == Block.pa_id,
        newer.employer_id == Block.employer_id,
        newer.side == Block.side,
        newer.number > Block.number,
    )
    return (
        select(Block.number).where(pair, Block.employer_id == employer_id, Block.blocked, ~overtaken.exists()).exists()
    )


def _narrowed(db: Db, rows: Sequence[Any], authority_id: UUID, on: date) -> list[ProfileView]:
    """Only what the rules let employers see, and only whose listing says so itself."""
    if not rows:
        return []
    sees = queries.employer_sees(db, authority_id, on)
    stands = listing.listings_of_many(db, [row.person_id for row in rows], authority_id)
    return [
        ProfileView(
            row.person_id,
            row.authority_id,
            row.version_id,
            Profile.of(row.data).only(sees),
            stands[row.person_id].state,
            row.used_at,
        )
        for row in rows
        if row.person_id in stands and stands[row.person_id].state in VISIBLE
    ]
