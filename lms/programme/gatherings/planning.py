"""Plan events, change them, copy them to another day, and call them off. Who is concerned is told."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import LONDON, london_day
from lms.core.db import Db, add_once
from lms.core.events import record, record_all
from lms.core.spelling import clean_text, visible
from lms.core.words import N_, NotFound, Refused
from lms.people import queries as people
from lms.people.rules import OrganisationKind, Role
from lms.programme.gatherings import placing, rules
from lms.programme.gatherings.events import GatheringCancelled, GatheringChanged, GatheringNewsDue, GatheringPlanned
from lms.programme.gatherings.models import Gathering, GatheringPlace
from lms.programme.gatherings.queries import GatheringView
from lms.programme.gatherings.words import Access, Kind, Open, Where
from lms.programme.groups import queries as groups


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything a coordinator says of an event. `starts_at` and `ends_at` are aware moments."""

    kind: Kind
    title: str
    starts_at: datetime
    ends_at: datetime
    about: str = ""
    led_by: str = ""
    where: Where = Where.VENUE
    place: str = ""
    link: str = ""
    employer_id: UUID | None = None
    access: frozenset[Access] = frozenset()
    access_notes: str = ""
    capacity: int | None = None
    paid: bool = False
    paid_by: str = ""
    open_to: frozenset[Open] = frozenset()
    group_id: UUID | None = None
    course: str | None = None
    walk_ins: bool = False
    remind: tuple[int, ...] = rules.REMIND


_MOVES = ("starts_at", "ends_at", "where", "place", "link", "employer_id")
"""What those who come have to hear of."""


def plan(db: Db, *, once: UUID, authority_id: UUID, plan: Plan, by: UUID, now: datetime) -> None:
    """Plan an event; the same form again plans one. Refused for a time that is over."""
    coordinates(db, authority_id, by, now)
    if db.get(Gathering, once) is not None:
        return
    if plan.starts_at <= now:
        raise Refused(N_("Choose a time to come. A workshop that was held is recorded under certificates."))
    values = _checked(db, authority_id, plan)
    row = Gathering(
        id=once, authority_id=authority_id, **values, made_by=by, made_at=now, changed_at=now, cancelled_why=""
    )
    if add_once(db, row):
        fact = GatheringPlanned(about=by, authority_id=authority_id, gathering_id=once)
        record(db, fact, by=by, now=now, behalf=authority_id)


def change(db: Db, *, gathering_id: UUID, plan: Plan, by: UUID, now: datetime) -> bool:
    """Say anew what an event is; whether it moved, so that everybody with a place hears of it.

    Who has a place keeps it, also when the room becomes smaller; when it becomes larger, those who wait move up.
    Refused once it began or was called off, and for a time that is over. The same as before changes nothing.
    """
    row = own(db, gathering_id, by, now)
    _goes_on(row, now)
    values = _checked(db, row.authority_id, plan)
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    if not changed:
        return False
    if plan.starts_at <= now:
        raise Refused(N_("Choose a time to come."))
    for name in changed:
        setattr(row, name, values[name])
    row.number, row.changed_at, moved = row.number + 1, now, bool(changed & set(_MOVES))
    db.flush()
    fact = GatheringChanged(about=by, authority_id=row.authority_id, gathering_id=row.id, moved=moved)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    if moved:
        placing.drop_gone(db, row, now)
        _tell(db, row, cancelled=False, by=by, now=now)
    placing.move_up(db, row, now)
    return moved


def cancel(db: Db, *, gathering_id: UUID, why: str, by: UUID, now: datetime) -> None:
    """Call an event off; whoever has a place or waits for one is told. Twice is once. Refused once it began."""
    row = own(db, gathering_id, by, now)
    if row.cancelled_at is not None:
        return
    _goes_on(row, now)
    row.cancelled_why = _line(why, 300)
    row.cancelled_at, row.cancelled_by, row.number, row.changed_at = now, by, row.number + 1, now
    db.flush()
    fact = GatheringCancelled(about=by, authority_id=row.authority_id, gathering_id=row.id)
    record(db, fact, by=by, now=now, behalf=row.authority_id)
    _tell(db, row, cancelled=True, by=by, now=now)


def copied(plan: Plan, day: date) -> Plan:
    """The same event on another day, at the same time by the clock in London. Refused where there is no such time."""
    first = plan.starts_at.astimezone(LONDON)
    days = (plan.ends_at.astimezone(LONDON).date() - first.date()).days
    starts = moment(day, first.time())
    ends = moment(date.fromordinal(day.toordinal() + days), plan.ends_at.astimezone(LONDON).time())
    return replace(plan, starts_at=starts, ends_at=ends)


def moment(day: date, clock: time) -> datetime:
    """When the clock in London shows a time on a day. Refused in the hour that is left out in March."""
    found = rules.at(day, clock)
    if found is None:
        raise Refused(N_("There is no such time on that day: the clocks go forward. Choose another time."))
    return found


def plan_of(row: Gathering | GatheringView) -> Plan:
    """What stands of an event, as it would be planned."""
    names = [each for each in Plan.__dataclass_fields__ if each not in {"access", "open_to", "remind"}]
    return Plan(
        **{name: getattr(row, name) for name in names},
        access=frozenset(Access(each) for each in row.access),
        open_to=frozenset(Open(each) for each in row.open_to),
        remind=tuple(row.remind),
    )


def own(db: Db, gathering_id: UUID, by: UUID, now: datetime) -> Gathering:
    """An event of an authority this person coordinates, held until the end. Raises NotFound for any other."""
    row = placing.held(db, gathering_id)
    coordinates(db, row.authority_id, by, now)
    return row


def coordinates(db: Db, authority_id: UUID, by: UUID, now: datetime) -> None:
    """Raises NotFound for whoever does not coordinate an authority."""
    if not people.holds(db, by, Role.COORDINATOR, [authority_id], london_day(now)):
        raise NotFound("authority")


def _goes_on(row: Gathering, now: datetime) -> None:
    if row.cancelled_at is not None:
        raise Refused(N_("This event is called off. Copy it to another day."))
    if now >= row.starts_at:
        raise Refused(N_("This event has begun, so what stands of it stays."))


def _tell(db: Db, row: Gathering, *, cancelled: bool, by: UUID, now: datetime) -> None:
    """Everybody with a place, and everybody who waits for one."""
    wanted = select(GatheringPlace.person_id).where(
        GatheringPlace.gathering_id == row.id, GatheringPlace.ended_at.is_(None)
    )
    them = db.scalars(wanted.order_by(GatheringPlace.number)).all()
    facts = [GatheringNewsDue(about=each, gathering_id=row.id, cancelled=cancelled) for each in them]
    record_all(db, facts, by=by, now=now, behalf=row.authority_id)


def _checked(db: Db, authority_id: UUID, plan: Plan) -> dict[str, object]:
    title = _line(plan.title, 160)
    if not title:
        raise Refused(N_("Say what the event is called."))
    if not plan.starts_at < plan.ends_at <= plan.starts_at + rules.LONGEST:
        raise Refused(N_("It has to end after it starts, and at most 12 hours later."))
    if plan.capacity is not None and not 0 < plan.capacity <= rules.MOST_PLACES:
        raise Refused(N_("Give a number of places from 1 to %(most)s."), most=rules.MOST_PLACES)
    if any(not 0 < each <= rules.MOST_DAYS for each in plan.remind) or len(plan.remind) > 4:
        raise Refused(N_("Remind at most four times, from 1 to %(most)s days before."), most=rules.MOST_DAYS)
    return {
        "kind": plan.kind,
        "title": title,
        "about": clean_text(plan.about, 2000),
        "led_by": _line(plan.led_by, 120),
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        **_there(db, authority_id, plan),
        "capacity": plan.capacity,
        "paid": plan.paid,
        "paid_by": _line(plan.paid_by, 120) if plan.paid else "",
        **_who(db, authority_id, plan),
        "walk_ins": plan.walk_ins,
        "remind": sorted(set(plan.remind), reverse=True),
    }


def _there(db: Db, authority_id: UUID, plan: Plan) -> dict[str, object]:
    """Where it is. Of a home only whose it is: nobody else's address stands here."""
    place, link = _line(plan.place, 300), _line(plan.link, 500)
    employer_id = plan.employer_id if plan.where is Where.HOME else None
    if plan.where is Where.HOME:
        place = link = ""
        home = people.organisations(db, [employer_id]).get(employer_id) if employer_id else None
        if home is None:
            raise Refused(N_("Choose whose home it is."))
        if home.kind is not OrganisationKind.INDIVIDUAL_EMPLOYER or home.authority_id != authority_id:
            raise NotFound("employer")
    elif plan.where is Where.VENUE and not place:
        raise Refused(N_("Say where it is."))
    elif plan.where is Where.ONLINE:
        place = ""
        if not link:
            raise Refused(N_("Give the link by which people join."))
    if link and (urlsplit(link).scheme != "https" or not urlsplit(link).hostname or " " in link):
        raise Refused(N_("Give a link that begins with https://"))
    return {
        "where": plan.where,
        "place": place,
        "link": link,
        "employer_id": employer_id,
        "access": [each.value for each in Access if each in plan.access],
        "access_notes": clean_text(plan.access_notes, 500),
    }


def _who(db: Db, authority_id: UUID, plan: Plan) -> dict[str, object]:
    if plan.where is Where.HOME and plan.open_to:
        raise Refused(N_("Nobody can sign up for somebody’s home. Plan it, then give places to those who come."))
    if Open.GROUP in plan.open_to and plan.group_id not in {id for id, _name in groups.names_in(db, authority_id)}:
        raise Refused(N_("Choose the group."))
    if Open.COURSE in plan.open_to and not plan.course:
        raise Refused(N_("Choose the course."))
    return {
        "open_to": [each.value for each in Open if each in plan.open_to],
        "group_id": plan.group_id if Open.GROUP in plan.open_to else None,
        "course": plan.course if Open.COURSE in plan.open_to else None,
    }


def _line(text: str, longest: int) -> str:
    found = " ".join(visible(text, keep="\t\n").split())
    if len(found) > longest:
        raise Refused(N_("Shorten this to at most %(most)s characters."), most=longest)
    return found
