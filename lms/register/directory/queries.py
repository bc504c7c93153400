"""Read profiles: what is on, and what may be disclosed of a published profile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.register import queries as register
from lms.register.directory.models import (
    DetailsSeen,
    DirectorySetting,
    ProfileDraft,
    ProfileFace,
    ProfileLook,
    ProfileVersion,
)
from lms.register.directory.profile import Profile
from lms.register.directory.words import BackReason, Outcome
from lms.register.kinds import ContactModel

CHUNK = 1000


@dataclass(frozen=True)
class SettingView:
    """How an authority uses the simple register."""

    is_on: bool
    contact_model: ContactModel
    areas: tuple[str, ...]


def setting(db: Db, authority_id: UUID) -> SettingView | None:
    """What the register manager chose last; None when nobody chose anything yet, which means off."""
    found = columns(db, _SETTING, {"authority_id": authority_id}).first()
    return SettingView(found.is_on, found.contact_model, tuple(found.areas)) if found else None


def settings_of(db: Db, authority_ids: Collection[UUID]) -> dict[UUID, SettingView]:
    """What was chosen last at each of these authorities, where it is on. One query."""
    if not authority_ids:
        return {}
    rows = columns(db, _SETTINGS, {"authority_ids": list(authority_ids)})
    return {row.authority_id: SettingView(row.is_on, row.contact_model, tuple(row.areas)) for row in rows if row.is_on}


def is_on(db: Db, authority_id: UUID) -> bool:
    """Whether the authority uses the simple register; off until a register manager switches it on."""
    chosen = setting(db, authority_id)
    return chosen is not None and chosen.is_on


def employer_sees(db: Db, authority_id: UUID, on: date) -> frozenset[str]:
    """The words of the rule file for what employers see of a PA on a day; nothing without rules."""
    edition = register.edition_for(db, authority_id, on)
    return frozenset(edition.file.employer_sees) - set(edition.file.employer_never_sees) if edition else frozenset()


def called(db: Db, person_id: UUID, authority_id: UUID) -> str:
    """The name a PA chose for employers, as published; empty without a published profile."""
    wanted = _FOR_FEED.with_only_columns(ProfileVersion.data)
    found = columns(db, wanted, {"authority_id": authority_id, "ids": [person_id]}).scalar()
    return Profile.of(found).called if found else ""


_SETTING = (
    select(DirectorySetting.is_on, DirectorySetting.contact_model, DirectorySetting.areas)
    .where(DirectorySetting.authority_id == bindparam("authority_id"))
    .order_by(DirectorySetting.number.desc())
    .limit(1)
)


_SETTINGS = select(
    DirectorySetting.authority_id, DirectorySetting.is_on, DirectorySetting.contact_model, DirectorySetting.areas
).where(
    DirectorySetting.number.in_(
        select(func.max(DirectorySetting.number))
        .where(DirectorySetting.authority_id.in_(bindparam("authority_ids", expanding=True)))
        .group_by(DirectorySetting.authority_id)
    )
)


def profile_for_feed(db: Db, person_ids: Collection[UUID], authority_id: UUID) -> dict[UUID, Mapping[str, Any]]:
    """The published profiles that their PAs show, by the words of `employer_sees`; others are left out.

    `display_name`, `profile` (the PA's own words), `area`, `availability` and `languages`. Telephone number and e-mail
    address are never in it: they pass only from the PA to one employer. Empty while the simple register is off.
    """
    if not is_on(db, authority_id):
        return {}
    ids, found = list(person_ids), dict[UUID, Mapping[str, Any]]()
    for start in range(0, len(ids), CHUNK):
        rows = columns(db, _FOR_FEED, {"authority_id": authority_id, "ids": ids[start : start + CHUNK]})
        found.update((person_id, _disclosed(Profile.of(data))) for person_id, data in rows)
    return found


def _disclosed(profile: Profile) -> Mapping[str, Any]:
    return {
        "display_name": profile.called,
        "profile": profile.about,
        "area": list(profile.areas),
        "availability": {"times": list(profile.times), "hours": profile.hours},
        "languages": list(profile.languages),
    }


_FOR_FEED = (
    select(ProfileFace.person_id, ProfileVersion.data)
    .join(ProfileVersion, ProfileVersion.id == ProfileFace.version_id)
    .where(
        ProfileFace.authority_id == bindparam("authority_id"),
        ProfileFace.person_id.in_(bindparam("ids", expanding=True)),
        ProfileFace.shown,
        ProfileVersion.forgotten_at.is_(None),
    )
)


@dataclass(frozen=True)
class VersionView:
    """A profile as it was sent, and what the register team said of it; `outcome` None while nobody has read it."""

    id: UUID
    person_id: UUID
    authority_id: UUID
    profile: Profile
    sent_at: datetime
    waits: bool
    outcome: Outcome | None
    reason: BackReason | None
    word: str | None
    looked_at: datetime | None


@dataclass(frozen=True)
class OwnView:
    """A PA's own profile: the draft, the newest version sent, the published one, and whether employers may see it."""

    draft: Profile | None
    saves: int
    newest: VersionView | None
    published: VersionView | None
    shown: bool


def own(db: Db, person_id: UUID, authority_id: UUID) -> OwnView:
    """All a PA sees of their own profile: three queries."""
    mine = {"person_id": person_id, "authority_id": authority_id}
    draft = columns(db, _DRAFT, mine).first()
    face = columns(db, _FACE, mine).first()
    versions = [_version(row) for row in columns(db, _OWN_VERSIONS, mine)]
    live = face.version_id if face else None
    return OwnView(
        draft=Profile.of(draft.data) if draft else None,
        saves=draft.saves if draft else 0,
        newest=versions[0] if versions else None,
        published=next((one for one in versions if one.id == live), None),
        shown=bool(face and face.shown),
    )


def newest_of(db: Db, person_id: UUID, authority_ids: Collection[UUID]) -> dict[UUID, VersionView]:
    """The newest version a PA sent to each of these authorities. One query."""
    rows = columns(db, _NEWEST, {"person_id": person_id, "authority_ids": list(authority_ids)})
    return {row.authority_id: _version(row) for row in rows}


def version(db: Db, version_id: UUID, authority_ids: Collection[UUID]) -> VersionView:
    """One version of a profile at one of these authorities. Raises NotFound."""
    wanted = _VERSION.where(ProfileVersion.id == version_id, ProfileVersion.authority_id.in_(authority_ids))
    found = columns(db, wanted, {}).first()
    if found is None:
        raise NotFound("profile")
    return _version(found)


def published_id(db: Db, person_id: UUID, authority_id: UUID) -> UUID | None:
    """The version of a profile that is published."""
    found = columns(db, _FACE, {"person_id": person_id, "authority_id": authority_id}).first()
    return found.version_id if found else None


def waiting_profiles(db: Db, authority_ids: Collection[UUID], *, limit: int) -> tuple[list[VersionView], int]:
    """Profiles that wait for the register team, the oldest first, and how many there are."""
    where = (ProfileVersion.waits.is_(True), ProfileVersion.authority_id.in_(authority_ids))
    total = columns(db, _VERSION.where(*where).with_only_columns(func.count()), {}).scalar_one()
    if not (total and limit):
        return [], total
    rows = columns(db, _VERSION.where(*where).order_by(ProfileVersion.number).limit(limit), {})
    return [_version(row) for row in rows], total


def who_opened(db: Db, person_id: UUID, authority_id: UUID) -> list[tuple[UUID, date]]:
    """The households that opened a PA's contact details in an open directory, with the day, the newest first."""
    wanted = (
        select(DetailsSeen.employer_id, func.max(DetailsSeen.on))
        .where(DetailsSeen.pa_id == person_id, DetailsSeen.authority_id == authority_id)
        .group_by(DetailsSeen.employer_id)
        .order_by(func.max(DetailsSeen.on).desc())
        .limit(100)
    )
    return [(employer_id, on) for employer_id, on in columns(db, wanted, {})]


def has_opened(db: Db, person_id: UUID, employer_id: UUID) -> bool:
    """Whether somebody of a household has opened a PA's contact details."""
    wanted = select(DetailsSeen.on).where(DetailsSeen.pa_id == person_id, DetailsSeen.employer_id == employer_id)
    return columns(db, wanted.limit(1), {}).first() is not None


_OWN: tuple[Any, Any] = (bindparam("person_id"), bindparam("authority_id"))
_DRAFT = select(ProfileDraft.data, ProfileDraft.saves).where(
    ProfileDraft.person_id == _OWN[0], ProfileDraft.authority_id == _OWN[1]
)
_FACE = select(ProfileFace.version_id, ProfileFace.shown).where(
    ProfileFace.person_id == _OWN[0], ProfileFace.authority_id == _OWN[1]
)
_VERSION = select(
    ProfileVersion.id,
    ProfileVersion.person_id,
    ProfileVersion.authority_id,
    ProfileVersion.data,
    ProfileVersion.sent_at,
    ProfileVersion.waits,
    ProfileLook.outcome,
    ProfileLook.reason,
    ProfileLook.word,
    ProfileLook.at,
).outerjoin(ProfileLook, ProfileLook.version_id == ProfileVersion.id)
_LATER = aliased(ProfileVersion)
_NEWEST = _VERSION.where(
    ProfileVersion.person_id == _OWN[0],
    ProfileVersion.authority_id.in_(bindparam("authority_ids", expanding=True)),
    ~select(_LATER.number)
    .where(
        _LATER.person_id == ProfileVersion.person_id,
        _LATER.authority_id == ProfileVersion.authority_id,
        _LATER.number > ProfileVersion.number,
    )
    .exists(),
)
"""Put together once: every home page of a PA asks it."""
_OWN_VERSIONS = (
    _VERSION.where(
        ProfileVersion.person_id == _OWN[0],
        ProfileVersion.authority_id == _OWN[1],
        ProfileVersion.forgotten_at.is_(None),
    )
    .order_by(ProfileVersion.number.desc())
    .limit(200)
)


def _version(row: Any) -> VersionView:
    values: tuple[Any, ...] = (*row[:3], Profile.of(row.data), *row[4:])
    return VersionView(*values)
