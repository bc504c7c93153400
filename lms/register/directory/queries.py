"""Read profiles: what is on, and what may be disclosed of a published profile."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.register import queries as register
from lms.register.directory.models import DirectorySetting, ProfileFace, ProfileVersion
from lms.register.directory.profile import Profile
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
