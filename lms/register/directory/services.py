"""Write profiles: switch the register on, keep a draft, send it, publish it or send it back, show it or hide it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_email, clean_text, visible
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.register import queries as register
from lms.register import services as register_services
from lms.register.directory import queries
from lms.register.directory.bounds import IN_A_PROFILE, refuse_private
from lms.register.directory.events import (
    DirectorySet,
    ProfileHidden,
    ProfilePublished,
    ProfileSent,
    ProfileSentBack,
    ProfileShown,
)
from lms.register.directory.models import (
    DirectorySetting,
    ProfileChoice,
    ProfileDraft,
    ProfileFace,
    ProfileLook,
    ProfileTag,
    ProfileVersion,
)
from lms.register.directory.profile import (
    HOURS,
    LANGUAGES,
    LONGEST_ABOUT,
    LONGEST_CALLED,
    MOST_AREAS,
    MOST_LANGUAGES,
    TIMES,
    Profile,
    clean_phone,
)
from lms.register.directory.tags import area_code, tags_of
from lms.register.directory.words import BackReason, Outcome
from lms.register.kinds import ContactModel, RequirementKind
from lms.register.listing import queries as listing
from lms.register.records import SAID_BY_THE_PA

LONGEST_WORD = 500
LONGEST_AREA = 60
TEAM = (Role.REGISTER_OFFICER, Role.REGISTER_MANAGER)


def choose(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    is_on: bool,
    contact_model: ContactModel,
    areas: Sequence[str],
    by: UUID,
    now: datetime,
) -> None:
    """Switch the simple register on or off, and choose how people find each other and which areas there are."""
    if not people.holds(db, by, Role.REGISTER_MANAGER, [authority_id], london_day(now)):
        raise NotFound("authority")
    cleaned = _areas(areas)
    row = DirectorySetting(
        id=once, authority_id=authority_id, is_on=is_on, contact_model=contact_model, areas=cleaned, by=by, at=now
    )
    if add_once(db, row):
        fact = DirectorySet(about=by, authority_id=authority_id, is_on=is_on, contact_model=contact_model.value)
        record(db, fact, by=by, now=now, behalf=authority_id)


def keep_draft(db: Db, *, person_id: UUID, authority_id: UUID, profile: Profile, saves: int, now: datetime) -> None:
    """Keep what a PA wrote so far; nobody else sees it. `saves` is the number the form began with.

    Refused when it was saved elsewhere meanwhile, and when a text holds what nobody needs, such as an address.
    """
    chosen = _known(db, person_id, authority_id, now)
    cleaned = cleaned_profile(profile, chosen.areas, queries.employer_sees(db, authority_id, london_day(now)))
    row = db.get(ProfileDraft, (person_id, authority_id), with_for_update=True)
    if row is None:
        first = ProfileDraft(person_id=person_id, authority_id=authority_id, data=cleaned.data(), saves=1, saved_at=now)
        if not add_once(db, first):
            raise Refused(SAVED_ELSEWHERE)
        used(db, person_id=person_id, authority_id=authority_id, now=now)
        return
    if row.data == cleaned.data():
        return
    if row.saves != saves:
        raise Refused(SAVED_ELSEWHERE)
    row.data, row.saves, row.saved_at = cleaned.data(), row.saves + 1, now
    used(db, person_id=person_id, authority_id=authority_id, now=now)
    db.flush()


def send(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """Send the draft to the register team, agreeing that employers see it once it is published.

    What is published already stays until then. A version that waited is replaced by this one.
    """
    _known(db, person_id, authority_id, now)
    draft = db.get(ProfileDraft, (person_id, authority_id), with_for_update=True)
    if draft is None:
        if (
            db.scalar(select(ProfileVersion.id).where(ProfileVersion.id == once, ProfileVersion.person_id == person_id))
            is not None
        ):
            return  # a double tap: it was sent
        raise Refused(N_("There is nothing new to send. Change your profile first."))
    if not Profile.of(draft.data).called:
        raise Refused(N_("Write the name that employers will see."))
    row = ProfileVersion(id=once, person_id=person_id, authority_id=authority_id, data=draft.data, sent_at=now)
    earlier = update(ProfileVersion).where(
        ProfileVersion.person_id == person_id, ProfileVersion.authority_id == authority_id
    )
    db.execute(earlier.values(waits=False))
    if not add_once(db, row):
        raise Refused(N_("This was sent before. Open the page anew."))
    db.delete(draft)
    _choose_shown(db, uuid4(), (person_id, authority_id), now, shown=True)
    face = _face(db, person_id, authority_id, now)
    face.shown, face.used_at = True, now
    db.flush()
    fact = ProfileSent(about=person_id, authority_id=authority_id, version_id=once)
    record(db, fact, by=person_id, now=now, behalf=authority_id)


def look(
    db: Db,
    *,
    once: UUID,
    version_id: UUID,
    authority_id: UUID,
    outcome: Outcome,
    reason: BackReason | None,
    word: str,
    by: UUID,
    now: datetime,
) -> None:
    """Publish a profile that waits, or send it back with a reason; `word` is for the PA.

    Raises NotFound for another authority's. Refused when it is one's own, when a newer one came, when somebody else
    was first, and when it is sent back without a reason.
    """
    asked = select(ProfileVersion).where(ProfileVersion.id == version_id, ProfileVersion.authority_id == authority_id)
    version = db.scalar(asked.with_for_update())
    if version is None or not in_team(db, by, authority_id, now):
        raise NotFound("profile")
    if version.person_id == by:
        raise Refused(N_("This is your own profile. Somebody else has to read it."))
    if (outcome is Outcome.SENT_BACK) is not (reason is not None):
        raise Refused(N_("Choose why you send it back, so that the PA can mend it."))
    said = clean_text(word, LONGEST_WORD)
    done = db.get(ProfileLook, version_id)
    if done is not None or not version.waits:
        if done is not None and done.id == once:
            return
        raise Refused(N_("Somebody has read this one already, or the PA has sent a newer one. Go back to the list."))
    looked = ProfileLook(version_id=version_id, id=once, outcome=outcome, reason=reason, word=said, by=by, at=now)
    if not add_once(db, looked):
        raise Refused(N_("Something was saved from this page before. Open the page anew."))
    version.waits = False
    db.flush()
    if reason is not None:
        back = ProfileSentBack(
            about=version.person_id, authority_id=authority_id, version_id=version_id, reason=reason.value
        )
        record(db, back, by=by, now=now, behalf=authority_id)
        return
    _publish(db, version, by=by, now=now)


def _publish(db: Db, version: ProfileVersion, *, by: UUID, now: datetime) -> None:
    person_id, authority_id = version.person_id, version.authority_id
    face = _face(db, person_id, authority_id, now)
    found = listing.listing_of(db, person_id, authority_id)
    face.version_id, face.state = version.id, found.state if found else None
    db.execute(delete(ProfileTag).where(ProfileTag.person_id == person_id, ProfileTag.authority_id == authority_id))
    db.add_all(
        ProfileTag(person_id=person_id, authority_id=authority_id, kind=kind, code=code)
        for kind, code in tags_of(Profile.of(version.data))
    )
    db.flush()
    fact = ProfilePublished(about=person_id, authority_id=authority_id, version_id=version.id)
    record(db, fact, by=by, now=now, behalf=authority_id)
    _meet_requirement(db, person_id, authority_id, by=by, now=now)


def _meet_requirement(db: Db, person_id: UUID, authority_id: UUID, *, by: UUID, now: datetime) -> None:
    """A profile that somebody read meets what the authority asks for as a profile."""
    edition = register.edition_for(db, authority_id, london_day(now))
    for line in edition.lines.values() if edition else ():
        if line.kind is RequirementKind.PROFILE and line.kind not in SAID_BY_THE_PA:
            register_services.record_seen(
                db,
                once=uuid4(),
                person_id=person_id,
                authority_id=authority_id,
                code=line.code,
                on=london_day(now),
                data={"met": True},
                by=by,
                now=now,
            )


def show(db: Db, *, once: UUID, person_id: UUID, authority_id: UUID, shown: bool, now: datetime) -> None:
    """Let employers see the profile again, or hide it at once. The same again changes nothing."""
    _known(db, person_id, authority_id, now)
    face = _face(db, person_id, authority_id, now)
    if face.shown is shown:
        return
    face.shown, face.used_at = shown, now
    _choose_shown(db, once, (person_id, authority_id), now, shown=shown)
    db.flush()
    fact = (
        ProfileShown(about=person_id, authority_id=authority_id)
        if shown
        else ProfileHidden(about=person_id, authority_id=authority_id, why="by_the_pa")
    )
    record(db, fact, by=person_id, now=now, behalf=authority_id)


def take_off(db: Db, *, person_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """The register team takes a published profile off; the PA can send a new one."""
    if not in_team(db, by, authority_id, now):
        raise NotFound("profile")
    face = db.get(ProfileFace, (person_id, authority_id), with_for_update=True)
    if face is None or face.version_id is None:
        return
    face.version_id = None
    db.flush()
    fact = ProfileHidden(about=person_id, authority_id=authority_id, why="by_the_team")
    record(db, fact, by=by, now=now, behalf=authority_id)


def used(db: Db, *, person_id: UUID, authority_id: UUID, now: datetime) -> None:
    """The PA did something on the register, so their profile is not forgotten yet."""
    face = db.get(ProfileFace, (person_id, authority_id))
    if face is not None:
        face.used_at = now
        db.flush()


def cleaned_profile(profile: Profile, areas: Sequence[str], sees: frozenset[str]) -> Profile:
    """A profile with only what employers of this authority see, every part of it bounded; refused otherwise."""
    called = " ".join(visible(profile.called, keep="\t\n").split())
    if len(called) > LONGEST_CALLED:
        raise Refused(N_("Shorten the name to at most %(most)s characters."), most=LONGEST_CALLED)
    about = clean_text(profile.about, LONGEST_ABOUT)
    for text in (called, about):
        refuse_private(text, IN_A_PROFILE)
    languages = tuple(code for code in LANGUAGES if code in profile.languages)
    if len(languages) > MOST_LANGUAGES:
        raise Refused(N_("Choose at most %(most)s languages."), most=MOST_LANGUAGES)
    return Profile(
        called=called,
        about=about,
        areas=tuple(area for area in areas if area in profile.areas),
        times=tuple(time for time in TIMES if time in profile.times),
        hours=profile.hours if profile.hours in HOURS else "",
        languages=languages,
        phone=clean_phone(profile.phone),
        email=clean_email(profile.email) if profile.email.strip() else "",
    ).only(sees)


def _areas(areas: Sequence[str]) -> list[str]:
    cleaned: dict[str, str] = {}
    for area in areas:
        name = " ".join(visible(area).split())
        if len(name) > LONGEST_AREA:
            raise Refused(N_("Shorten the name of each area to at most %(most)s characters."), most=LONGEST_AREA)
        if name:
            cleaned.setdefault(area_code(name), name)
    if len(cleaned) > MOST_AREAS:
        raise Refused(N_("Name at most %(most)s areas."), most=MOST_AREAS)
    return list(cleaned.values())


def _known(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> queries.SettingView:
    chosen = queries.setting(db, authority_id)
    if chosen is None or not chosen.is_on or not register.knows(db, authority_id, person_id, london_day(now)):
        raise NotFound("profile")
    return chosen


def in_team(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> bool:
    """Whether somebody is of an authority's register team today."""
    return any(people.holds(db, person_id, role, [authority_id], london_day(now)) for role in TEAM)


def _face(db: Db, person_id: UUID, authority_id: UUID, now: datetime) -> ProfileFace:
    key = (person_id, authority_id)
    row = db.get(ProfileFace, key, with_for_update=True)
    if row is None:
        add_once(db, ProfileFace(person_id=person_id, authority_id=authority_id, shown=False, used_at=now))
        row = db.get_one(ProfileFace, key, with_for_update=True)
    return row


def _choose_shown(db: Db, once: UUID, whose: tuple[UUID, UUID], now: datetime, *, shown: bool) -> None:
    person_id, authority_id = whose
    row = ProfileChoice(id=once, person_id=person_id, authority_id=authority_id, shown=shown, by=person_id, at=now)
    add_once(db, row)


SAVED_ELSEWHERE = N_("Your profile was saved in another window since you opened this one. Open the page anew.")
