"""Forget what is no longer needed: profiles of PAs who left or were silent, old messages and details. By the rules.

How long is `retention.inactive_profile_months` of the authority's rules, counted from when the PA last did something
on the register, or from the last message. What happened (the facts) stays; what people wrote goes.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from lms.core.clock import LONDON, london_day
from lms.core.db import Db
from lms.core.events import record
from lms.core.house import House
from lms.register import queries as register
from lms.register.directory.events import ProfileHidden
from lms.register.directory.models import (
    AbuseOutcome,
    AbuseReport,
    Contact,
    ContactMessage,
    DetailsPassed,
    DetailsSeen,
    DirectorySetting,
    ProfileDraft,
    ProfileFace,
    ProfileLook,
    ProfileTag,
    ProfileVersion,
)
from lms.register.spans import months_after

AT_ONCE = 200


def forget_old(house: House, now: datetime) -> int:
    """Forget everything whose time is over, a part at a time; how many profiles and contacts it was."""
    with house.database.reading() as db:
        old = ends(db, now)
    for authority_id, end in old.items():
        with house.database.writing() as db:
            forget_reports(db, authority_id, end)
    return sum(_until_done(house, authority_id, end, now) for authority_id, end in old.items())


def ends(db: Db, now: datetime) -> dict[UUID, datetime]:
    """The moment before which what is written is kept no longer, for each authority that ever had the register on."""
    ids = db.scalars(select(DirectorySetting.authority_id).distinct()).all()
    found = ((authority_id, _end(db, authority_id, london_day(now))) for authority_id in ids)
    return {authority_id: end for authority_id, end in found if end is not None}


def _until_done(house: House, authority_id: UUID, end: datetime, now: datetime) -> int:
    done = 0
    while True:
        with house.database.writing() as db:
            this_time = forget_profiles(db, authority_id, end, now=now) + forget_contacts(db, authority_id, end)
        done += this_time
        if not this_time:
            return done


def forget_profiles(db: Db, authority_id: UUID, end: datetime, *, now: datetime) -> int:
    """Empty up to so many profiles last used before a moment, drafts and earlier versions with them."""
    old = select(ProfileFace.person_id).where(ProfileFace.authority_id == authority_id, ProfileFace.used_at < end)
    people = list(db.scalars(old.limit(AT_ONCE)))
    for person_id in people:
        fact = ProfileHidden(about=person_id, authority_id=authority_id, why="its_time_was_over")
        record(db, fact, by=None, now=now, behalf=authority_id)
    _empty(db, people, authority_id, now)
    lone = select(ProfileDraft.person_id).where(ProfileDraft.authority_id == authority_id, ProfileDraft.saved_at < end)
    drafts = list(db.scalars(lone.limit(AT_ONCE)))
    db.execute(
        delete(ProfileDraft).where(ProfileDraft.authority_id == authority_id, ProfileDraft.person_id.in_(drafts))
    )
    return len(people) + len(drafts)


def _empty(db: Db, people: Iterable[UUID], authority_id: UUID, now: datetime) -> None:
    ids = list(people)
    for table in (ProfileFace, ProfileTag, ProfileDraft):
        db.execute(delete(table).where(table.authority_id == authority_id, table.person_id.in_(ids)))
    theirs = select(ProfileVersion.id).where(
        ProfileVersion.authority_id == authority_id, ProfileVersion.person_id.in_(ids)
    )
    db.execute(update(ProfileLook).where(ProfileLook.version_id.in_(theirs)).values(word=""))
    mine = (ProfileVersion.authority_id == authority_id, ProfileVersion.person_id.in_(ids))
    db.execute(update(ProfileVersion).where(*mine).values(data={}, waits=False, forgotten_at=now))


def forget_contacts(db: Db, authority_id: UUID, end: datetime) -> int:
    """Delete messages, details and names of up to so many contacts in which nobody wrote since a moment.

    What somebody reported is kept until the register team has dealt with it.
    """
    answered = select(AbuseOutcome.report_id).where(AbuseOutcome.report_id == AbuseReport.id)
    reported = select(AbuseReport.id).where(AbuseReport.target_id == Contact.id, ~answered.exists())
    written = select(ContactMessage.id).where(ContactMessage.contact_id == Contact.id)
    silent = select(Contact.id).where(
        Contact.authority_id == authority_id,
        Contact.last_at < end,
        or_(Contact.called != "", written.exists()),
        ~reported.exists(),
    )
    ids = list(db.scalars(silent.limit(AT_ONCE)))
    db.execute(delete(ContactMessage).where(ContactMessage.contact_id.in_(ids)))
    db.execute(delete(DetailsPassed).where(DetailsPassed.contact_id.in_(ids)))
    db.execute(update(Contact).where(Contact.id.in_(ids)).values(called="", pa_called=""))
    db.execute(delete(DetailsSeen).where(DetailsSeen.authority_id == authority_id, DetailsSeen.on < london_day(end)))
    return len(ids)


def forget_reports(db: Db, authority_id: UUID, end: datetime) -> None:
    """Empty the words of reports that were dealt with before a moment; that they were made stays."""
    over = (
        select(AbuseOutcome.report_id)
        .join(AbuseReport, AbuseReport.id == AbuseOutcome.report_id)
        .where(AbuseReport.authority_id == authority_id, AbuseOutcome.at < end)
    )
    ids = list(db.scalars(over.where(or_(AbuseReport.word != "", AbuseOutcome.word != ""))))
    db.execute(update(AbuseReport).where(AbuseReport.id.in_(ids)).values(word=""))
    db.execute(update(AbuseOutcome).where(AbuseOutcome.report_id.in_(ids)).values(word=""))


def _end(db: Db, authority_id: UUID, on: date) -> datetime | None:
    edition = register.edition_for(db, authority_id, on)
    if edition is None:
        return None
    first = months_after(on, -edition.file.retention.inactive_profile_months)
    return datetime.combine(first, time.min, tzinfo=LONDON)
