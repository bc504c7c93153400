"""Write contacts: begin one, write, introduce, pass one's details, block. Every text is bounded before it is kept."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_email, clean_text, visible
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.register.directory import contact_queries, queries, searching, services
from lms.register.directory.bounds import IN_A_MESSAGE, IN_A_PROFILE, NEVER, Private, refuse_private
from lms.register.directory.contact_queries import ContactView
from lms.register.directory.events import (
    ContactBegun,
    ContactBlocked,
    ContactDetailsPassed,
    IntroductionAnswered,
    MessageWritten,
)
from lms.register.directory.models import Block, Contact, ContactMessage, DetailsPassed, DetailsSeen
from lms.register.directory.profile import LONGEST_CALLED, clean_phone
from lms.register.directory.words import Side, Way
from lms.register.kinds import ContactModel, ListingState
from lms.register.listing import queries as listing

LONGEST_MESSAGE = 1000
MOST_NEW_A_DAY = 15
"""New PAs a household can write to in 24 hours, and PAs whose contact details one of its people can open in a day."""
MOST_MESSAGES_A_DAY = 60
BROWSED = (ContactModel.OPEN_DIRECTORY, ContactModel.MASKED)
HOUSEHOLD = (Role.EMPLOYER, Role.REPRESENTATIVE)
_WRITES = (ListingState.LISTED, ListingState.PROVISIONAL, ListingState.PAUSED)


def begin(
    db: Db,
    *,
    once: UUID,
    pa_id: UUID,
    employer_id: UUID,
    authority_id: UUID,
    called: str,
    text: str,
    by: UUID,
    now: datetime,
) -> UUID:
    """A household writes to a PA it found; returns the contact, the one that stands already where there is one.

    Raises NotFound unless PAs can be browsed there and this household may see this one. Refused when a text gives away
    an address or a way to be reached, and after too many new ones in a day.
    """
    household_of(db, employer_id, authority_id, by, now)
    chosen = queries.setting(db, authority_id)
    found = searching.visible_profile(db, pa_id, authority_id, london_day(now), employer_id=employer_id)
    if chosen is None or not chosen.is_on or chosen.contact_model not in BROWSED or found is None:
        raise NotFound("profile")
    said = message_text(text, IN_A_MESSAGE)
    known = contact_queries.contact_between(db, pa_id, employer_id, authority_id)
    if known is None:
        _refuse_too_many(db, employer_id, now)
        opened = Contact(
            id=once,
            authority_id=authority_id,
            pa_id=pa_id,
            employer_id=employer_id,
            way=Way.PROFILE,
            called=called_name(called),
            pa_called=found.profile.called,
            opened_by=by,
            opened_at=now,
            last_at=now,
            last_side=Side.EMPLOYER,
        )
        known = _open(db, opened, by=by, now=now)
    write(db, once=once, contact_id=known.id, side=Side.EMPLOYER, text=said, by=by, now=now)
    return known.id


def open_by_answer(
    db: Db,
    *,
    once: UUID,
    pa_id: UUID,
    employer_id: UUID,
    authority_id: UUID,
    called: str,
    pa_called: str,
    text: str,
    now: datetime,
) -> UUID:
    """A PA answers a vacancy, so the two can write to each other. Whoever calls has looked whether the PA may."""
    known = contact_queries.contact_between(db, pa_id, employer_id, authority_id)
    if known is None or not known.open_to_household:
        if known is not None:  # the PA said no to an introduction, and now wants to after all
            row = db.get_one(Contact, known.id, with_for_update=True)
            row.way = Way.VACANCY
            db.flush()
        else:
            opened = Contact(
                id=once,
                authority_id=authority_id,
                pa_id=pa_id,
                employer_id=employer_id,
                way=Way.VACANCY,
                called=called,
                pa_called=pa_called,
                opened_by=pa_id,
                opened_at=now,
                last_at=now,
                last_side=Side.PA,
            )
            known = _open(db, opened, by=pa_id, now=now)
    write(db, once=once, contact_id=known.id, side=Side.PA, text=text, by=pa_id, now=now)
    return known.id


def introduce(
    db: Db,
    *,
    once: UUID,
    pa_id: UUID,
    employer_id: UUID,
    authority_id: UUID,
    called: str,
    text: str,
    by: UUID,
    now: datetime,
) -> UUID:
    """The register team brings a PA and a household together. The household learns of it once the PA said yes."""
    chosen, today = queries.setting(db, authority_id), london_day(now)
    found = searching.visible_profile(db, pa_id, authority_id, today, employer_id=employer_id)
    if (
        chosen is None
        or not chosen.is_on
        or chosen.contact_model is not ContactModel.TEAM_MATCH
        or found is None
        or not services.in_team(db, by, authority_id, now)
        or people.organisation(db, employer_id).authority_id != authority_id
    ):
        raise NotFound("profile")
    said = message_text(text, IN_A_MESSAGE)
    if contact_queries.contact_between(db, pa_id, employer_id, authority_id) is not None:
        if db.get(Contact, once) is not None:
            return once
        raise Refused(N_("The two have been introduced before."))
    opened = Contact(
        id=once,
        authority_id=authority_id,
        pa_id=pa_id,
        employer_id=employer_id,
        way=Way.TEAM,
        called=called_name(called),
        pa_called=found.profile.called,
        opened_by=by,
        opened_at=now,
        last_at=now,
        last_side=Side.TEAM,
    )
    known = _open(db, opened, by=by, now=now)
    _add(db, known, once=once, side=Side.TEAM, said=said, by=by, now=now)
    return known.id


def answer_introduction(db: Db, *, contact_id: UUID, pa_id: UUID, agreed: bool, now: datetime) -> None:
    """The PA says yes or no. A no can become a yes later; a yes is ended by blocking."""
    row = db.get(Contact, contact_id, with_for_update=True)
    if row is None or row.pa_id != pa_id or row.way is not Way.TEAM:
        raise NotFound("contact")
    if row.agreed is agreed:
        return
    if row.agreed:
        raise Refused(N_("You have said yes already. If you want no more messages, block them."))
    row.agreed, row.last_at = agreed, now
    row.last_side = Side.PA
    db.flush()
    services.used(db, person_id=pa_id, authority_id=row.authority_id, now=now)
    fact = IntroductionAnswered(about=pa_id, authority_id=row.authority_id, contact_id=contact_id, agreed=agreed)
    record(db, fact, by=pa_id, now=now, behalf=row.authority_id)


def write(db: Db, *, once: UUID, contact_id: UUID, side: Side, text: str, by: UUID, now: datetime) -> None:
    """One side writes to the other. `once` is the form's number.

    Until the PA has passed their details, texts with telephone numbers, addresses and the like are refused. Refused as
    well when one of them blocked the other, and when the PA cannot be found on the register now.
    """
    row = db.get(Contact, contact_id, with_for_update=True)
    known = contact_queries.contact(db, contact_id)
    if row is None or known is None or not _on(db, known.authority_id):
        raise NotFound("contact")
    _refuse_closed(db, known, side, now)
    passed = contact_queries.details_of(db, contact_id) is not None
    said = message_text(text, NEVER if passed else IN_A_MESSAGE)
    _refuse_too_much(db, by, now)
    _add(db, known, once=once, side=side, said=said, by=by, now=now)


def pass_details(
    db: Db, *, once: UUID, contact_id: UUID, pa_id: UUID, phone: str, email: str, passed: bool, now: datetime
) -> None:
    """The PA lets the household have a telephone number, an e-mail address or both; or takes that back."""
    row = db.get(Contact, contact_id, with_for_update=True)
    known = contact_queries.contact(db, contact_id)
    if row is None or known is None or known.pa_id != pa_id or not known.open_to_household:
        raise NotFound("contact")
    phone = clean_phone(phone) if passed else ""
    email = clean_email(email) if passed and email.strip() else ""
    if passed and not phone and not email:
        raise Refused(N_("Enter a telephone number or an e-mail address."))
    if passed:
        _refuse_closed(db, known, Side.PA, now)
    there = contact_queries.details_of(db, contact_id)
    if (there.phone, there.email) == (phone, email) if there else not passed:
        return
    add_once(db, DetailsPassed(id=once, contact_id=contact_id, passed=passed, phone=phone, email=email, at=now))
    fact = ContactDetailsPassed(about=pa_id, authority_id=known.authority_id, contact_id=contact_id, passed=passed)
    record(db, fact, by=pa_id, now=now, behalf=known.authority_id)


def block(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    pa_id: UUID,
    employer_id: UUID,
    side: Side,
    blocked: bool,
    by: UUID,
    now: datetime,
) -> None:
    """One side does not want to hear from the other any more, or takes that back. The other is not told."""
    if (side in contact_queries.blocked_by(db, pa_id, employer_id)) is blocked:
        return
    row = Block(
        id=once,
        authority_id=authority_id,
        pa_id=pa_id,
        employer_id=employer_id,
        side=side,
        blocked=blocked,
        by=by,
        at=now,
    )
    if add_once(db, row):
        fact = ContactBlocked(
            about=pa_id, authority_id=authority_id, employer_id=employer_id, side=side.value, blocked=blocked
        )
        record(db, fact, by=by, now=now, behalf=authority_id)


def open_details(db: Db, *, pa_id: UUID, employer_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Somebody of a household opens a PA's contact details in an open directory; the PA can see who did."""
    household_of(db, employer_id, authority_id, by, now)
    chosen, today = queries.setting(db, authority_id), london_day(now)
    found = searching.visible_profile(db, pa_id, authority_id, today, employer_id=employer_id)
    open_here = chosen is not None and chosen.is_on and chosen.contact_model is ContactModel.OPEN_DIRECTORY
    if not open_here or found is None:
        raise NotFound("profile")
    seen = select(func.count()).select_from(DetailsSeen).where(DetailsSeen.by == by, DetailsSeen.on == today)
    if db.get(DetailsSeen, (pa_id, employer_id, by, today)) is None and (db.scalar(seen) or 0) >= MOST_NEW_A_DAY:
        raise Refused(N_("You have opened many contact details today. Write to some of them first; go on tomorrow."))
    add_once(db, DetailsSeen(authority_id=authority_id, pa_id=pa_id, employer_id=employer_id, by=by, on=today))


def household_of(db: Db, employer_id: UUID, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Raises NotFound unless somebody acts for this household today, and it lives behind this authority's wall."""
    acts = any(people.holds(db, by, role, [employer_id], london_day(now)) for role in HOUSEHOLD)
    if not acts or people.organisation(db, employer_id).authority_id != authority_id:
        raise NotFound("household")


def message_text(text: str, kinds: tuple[Private, ...]) -> str:
    """A message, bounded; refused when it is empty or holds what may not pass."""
    said = clean_text(text, LONGEST_MESSAGE)
    if not said:
        raise Refused(N_("Write a message."))
    refuse_private(said, kinds)
    return said


def called_name(called: str) -> str:
    """The name by which the other side knows a household; not necessarily the whole name."""
    name = " ".join(visible(called).split())
    if not name:
        raise Refused(N_("Write the name by which they may call you."))
    if len(name) > LONGEST_CALLED:
        raise Refused(N_("Shorten the name to at most %(most)s characters."), most=LONGEST_CALLED)
    refuse_private(name, IN_A_PROFILE)
    return name


def _open(db: Db, row: Contact, *, by: UUID, now: datetime) -> ContactView:
    """The contact of the pair: this one, or the one another moment made first."""
    if add_once(db, row):
        fact = ContactBegun(about=row.pa_id, authority_id=row.authority_id, contact_id=row.id, way=row.way.value)
        record(db, fact, by=by, now=now, behalf=row.authority_id)
    known = contact_queries.contact_between(db, row.pa_id, row.employer_id, row.authority_id)
    if known is None:
        raise NotFound("contact")  # somebody else's number
    return known


def _add(db: Db, known: ContactView, *, once: UUID, side: Side, said: str, by: UUID, now: datetime) -> None:
    last = select(ContactMessage.side).where(ContactMessage.contact_id == known.id)
    before = db.scalar(last.order_by(ContactMessage.number.desc()).limit(1))
    message = ContactMessage(id=once, contact_id=known.id, side=side, by=by, text=said, at=now)
    if not add_once(db, message):
        there = db.scalars(select(ContactMessage).where(ContactMessage.id == once)).one()
        if (there.contact_id, there.by) != (known.id, by):
            raise NotFound("contact")
        if there.text != said:
            raise Refused(N_("Something was sent from this page before. Open the page anew to write more."))
        return
    row = db.get_one(Contact, known.id)
    row.last_at, row.last_side = now, side
    db.flush()
    if side is Side.PA:
        services.used(db, person_id=known.pa_id, authority_id=known.authority_id, now=now)
    fact = MessageWritten(
        about=known.pa_id,
        authority_id=known.authority_id,
        contact_id=known.id,
        side=side.value,
        news=before is not side,
    )
    record(db, fact, by=by, now=now, behalf=known.authority_id)


def _refuse_closed(db: Db, known: ContactView, side: Side, now: datetime) -> None:
    if not known.open_to_household:
        raise Refused(N_("Answer the introduction first."))
    if contact_queries.blocked_by(db, known.pa_id, known.employer_id):
        raise Refused(N_("Messages between the two of you are closed."))
    if side is Side.EMPLOYER:
        today = london_day(now)
        found = searching.visible_profile(db, known.pa_id, known.authority_id, today, employer_id=known.employer_id)
        if found is None:
            raise Refused(N_("This PA is not on the register now, so messages do not reach them."))
        return
    stands = listing.listing_of(db, known.pa_id, known.authority_id)
    if stands is None or stands.state not in _WRITES:
        raise Refused(N_("You can write to employers again when you are on the register. See what is missing."))


def _refuse_too_many(db: Db, employer_id: UUID, now: datetime) -> None:
    new = (
        select(func.count())
        .select_from(Contact)
        .where(
            Contact.employer_id == employer_id, Contact.opened_at > now - timedelta(days=1), Contact.way == Way.PROFILE
        )
    )
    if (db.scalar(new) or 0) >= MOST_NEW_A_DAY:
        raise Refused(N_("You have written to many PAs today. Wait for some answers; go on tomorrow."))


def _refuse_too_much(db: Db, by: UUID, now: datetime) -> None:
    sent = (
        select(func.count())
        .select_from(ContactMessage)
        .where(ContactMessage.by == by, ContactMessage.at > now - timedelta(days=1))
    )
    if (db.scalar(sent) or 0) >= MOST_MESSAGES_A_DAY:
        raise Refused(N_("You have written many messages today. Go on tomorrow."))


def _on(db: Db, authority_id: UUID) -> bool:
    return queries.is_on(db, authority_id)
