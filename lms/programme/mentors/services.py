"""Write mentoring: agree to be a mentor, ask for one, pass the details on, count contacts, and end it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.i18n import Language
from lms.core.spelling import clean_email, clean_name, clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.mentors import events
from lms.programme.mentors.models import Mentor, MentorContact, MentorMatch, MentorRequest
from lms.programme.mentors.rules import LONGEST_CONTACT, MOST_AT_ONCE, WORDING
from lms.programme.mentors.words import EndedBy, Kind, Way
from lms.register.directory.profile import clean_phone

KINDS = {Kind.PA: (Role.PA,), Kind.EMPLOYER: (Role.EMPLOYER, Role.REPRESENTATIVE)}
_USED = N_("This form was used before. Open the page again, then send it.")
LONGEST_AREA, LONGEST_PURPOSE = 80, 300


@dataclass(frozen=True)
class Reach:
    """How somebody wants to be reached."""

    way: Way
    address: str

    def cleaned(self) -> str:
        """The address or number as it is kept. Refused for one that cannot be right."""
        if not self.address.strip():
            raise Refused(N_("Give the e-mail address or telephone number by which you want to be reached."))
        return clean_email(self.address) if self.way is Way.EMAIL else clean_phone(self.address)


@dataclass(frozen=True)
class Offer:
    """What a mentor says of themselves."""

    kind: Kind
    language: str
    area: str
    for_what: str
    room: int
    reach: Reach


@dataclass(frozen=True)
class Wish:
    """What a newcomer says, and what of it is passed on: name, language and how to reach them."""

    kind: Kind
    language: str
    area: str
    near: bool
    name: str
    reach: Reach


def is_still(db: Db, person_id: UUID, kind: Kind, authority_id: UUID, now: datetime) -> bool:
    """Whether somebody is of this kind behind the authority's wall at a moment."""
    someone = people.viewer_of(db, person_id, london_day(now))
    return someone is not None and authority_id in someone.authorities(*KINDS[kind])


def _is(db: Db, person_id: UUID, kind: Kind, authority_id: UUID, now: datetime) -> None:
    """Raises NotFound for somebody who is not."""
    if not is_still(db, person_id, kind, authority_id, now):
        raise NotFound("authority")


def agree(db: Db, offer: Offer, *, once: UUID, authority_id: UUID, agreed: bool, by: UUID, now: datetime) -> None:
    """Be a mentor from now on; the same `once` again changes nothing. Refused without a yes to the words shown."""
    _is(db, by, offer.kind, authority_id, now)
    known = db.get(Mentor, once)
    if known is not None:
        if known.person_id != by or known.ended_at is not None:
            raise Refused(_USED)
        return
    if not agreed:
        raise Refused(N_("Tick the box to say that you agree. Without that you are not a mentor."))
    if not 1 <= offer.room <= MOST_AT_ONCE:
        raise Refused(N_("Say for how many people at once you have time: from 1 to %(most)s."), most=MOST_AT_ONCE)
    row = Mentor(
        id=once,
        authority_id=authority_id,
        person_id=by,
        kind=offer.kind,
        language=Language(offer.language),
        area=clean_text(offer.area, LONGEST_AREA),
        for_what=clean_text(offer.for_what, LONGEST_PURPOSE),
        way=offer.reach.way,
        address=offer.reach.cleaned(),
        room=offer.room,
        wording=WORDING,
        agreed_at=now,
    )
    if not add_once(db, row):
        raise Refused(N_("You are a mentor already. To change what you said, stop first and then offer again."))
    fact = events.MentorAgreed(about=by, authority_id=authority_id, mentor_id=once, wording=WORDING)
    record(db, fact, by=by, now=now)


def withdraw(db: Db, *, mentor_id: UUID, by: UUID, now: datetime, of_itself: bool = False) -> None:
    """Stop being a mentor: whatever they had of newcomers is shown to them no more. Raises NotFound for another's.

    `of_itself`: nobody did it, their role has ended. It is the mentor's side that ended then.
    """
    row = db.get(Mentor, mentor_id, with_for_update=True, populate_existing=True)
    if row is None or row.person_id != by:
        raise NotFound("mentor")
    if row.ended_at is not None:
        return
    for match in db.scalars(
        select(MentorMatch).where(MentorMatch.mentor_id == mentor_id, MentorMatch.ended_at.is_(None))
    ).all():
        _end(db, match, EndedBy.MENTOR, None if of_itself else by, now)
    row.ended_at = now
    row.address = ""  # how to reach somebody who stopped is nobody's business any more
    db.flush()
    fact = events.MentorWithdrew(about=by, authority_id=row.authority_id, mentor_id=mentor_id)
    record(db, fact, by=None if of_itself else by, now=now)


def ask(db: Db, wish: Wish, *, once: UUID, authority_id: UUID, agreed: bool, by: UUID, now: datetime) -> None:
    """Ask for a mentor, or say yes to a coordinator's suggestion. Refused without a yes to the words shown."""
    _is(db, by, wish.kind, authority_id, now)
    row = _open_request(db, authority_id, by)
    if row is not None and row.agreed_at is not None:
        return
    if db.get(MentorRequest, once) is not None:  # one that has ended, or somebody else's: nothing waits under it
        raise Refused(_USED)
    if not agreed:
        raise Refused(N_("Tick the box to say that you agree. Without that nothing is passed on."))
    said = {
        "kind": wish.kind,
        "language": Language(wish.language),
        "area": clean_text(wish.area, LONGEST_AREA),
        "near": wish.near,
        "name": clean_name(wish.name),
        "way": wish.reach.way,
        "address": wish.reach.cleaned(),
        "wording": WORDING,
        "agreed_at": now,
    }
    if row is None:
        row = MentorRequest(id=once, authority_id=authority_id, newcomer_id=by, made_at=now, **said)
        if not add_once(db, row):
            return
    else:
        for name, value in said.items():
            setattr(row, name, value)
        db.flush()
    fact = events.MentorAsked(about=by, authority_id=authority_id, request_id=row.id, wording=WORDING)
    record(db, fact, by=by, now=now)


def _open_request(db: Db, authority_id: UUID, newcomer_id: UUID) -> MentorRequest | None:
    return db.scalar(
        select(MentorRequest)
        .where(
            MentorRequest.authority_id == authority_id,
            MentorRequest.newcomer_id == newcomer_id,
            MentorRequest.ended_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def take_back(db: Db, *, request_id: UUID, by: UUID, now: datetime, of_itself: bool = False) -> None:
    """A newcomer wants no mentor any more, or says no to a suggestion. What was passed on is shown to nobody.

    `of_itself`: nobody did it, their role has ended.
    """
    row = db.get(MentorRequest, request_id, with_for_update=True, populate_existing=True)
    if row is None or row.newcomer_id != by:
        raise NotFound("request")
    if row.ended_at is not None:
        return
    match = db.scalar(select(MentorMatch).where(MentorMatch.request_id == request_id))
    if match is not None:
        _end(db, match, EndedBy.NEWCOMER, by, now)
        return
    row.ended_at = now
    db.flush()
    fact = events.MentorRequestEnded(about=by, authority_id=row.authority_id, request_id=request_id)
    record(db, fact, by=None if of_itself else by, now=now)


def own_match(db: Db, match_id: UUID, mentor: UUID) -> MentorMatch:
    """A match of a mentor, held. Raises NotFound for anybody else's."""
    row = db.get(MentorMatch, match_id, with_for_update=True, populate_existing=True)
    if row is None or db.get_one(Mentor, row.mentor_id).person_id != mentor:
        raise NotFound("match")
    return row


def got_in_touch(db: Db, *, once: UUID, match_id: UUID, minutes: int | None, by: UUID, now: datetime) -> None:
    """A mentor got in touch; counted once for each `once`. Refused when it has ended, or for minutes that cannot be."""
    row = own_match(db, match_id, by)
    if db.get(MentorContact, once) is not None:
        return
    if row.ended_at is not None:
        raise Refused(N_("This has ended, so nothing more is counted."))
    if minutes is not None and not 1 <= minutes <= LONGEST_CONTACT:
        raise Refused(N_("Give the minutes as a whole number from 1 to %(most)s, or leave them out."), most=600)
    if add_once(db, MentorContact(id=once, match_id=match_id, minutes=minutes, at=now)):
        fact = events.MentorGotInTouch(about=by, authority_id=row.authority_id, match_id=match_id)
        record(db, fact, by=by, now=now)


def end_as_mentor(db: Db, *, match_id: UUID, by: UUID, now: datetime) -> None:
    """The mentor ends it, without a reason. A second time changes nothing."""
    row = own_match(db, match_id, by)
    if row.ended_at is None:
        _end(db, row, EndedBy.MENTOR, by, now)


def _end(db: Db, match: MentorMatch, who: EndedBy, by: UUID | None, now: datetime) -> None:
    """End a match and the request with it: who wants another mentor asks anew, and agrees anew."""
    match.ended_at, match.ended_by = now, who
    asked = db.get_one(MentorRequest, match.request_id)
    asked.ended_at = now
    db.flush()
    mentor = db.get_one(Mentor, match.mentor_id)
    fact = events.MentoringEnded(about=mentor.person_id, authority_id=match.authority_id, match_id=match.id)
    # By nobody, where the newcomer ended it: the mentor's record need not say who did.
    record(db, fact, by=None if who is EndedBy.NEWCOMER else by, now=now)


def end_match(db: Db, match: MentorMatch, *, by: UUID, now: datetime) -> None:
    """A coordinator ends it. A second time changes nothing."""
    if match.ended_at is None:
        _end(db, match, EndedBy.COORDINATOR, by, now)
