"""Who holds which role at an authority: given, changed and ended by its admins, each time with a reason.

Whoever gets or loses a role is told, and so are all other admins: nobody comes to see sensitive things unseen.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.events import record
from lms.core.spelling import clean_email, clean_text
from lms.core.words import N_, NotFound, Refused
from lms.people import holding, invitations
from lms.people import queries as people
from lms.people.holding import Holding, Term
from lms.people.rules import Role
from lms.programme.authority.events import StaffInvited, StaffRoleChanged
from lms.programme.authority.models import RoleChange
from lms.programme.authority.terms import (
    GIVEN,
    HELD,
    LEAST_REASON,
    LONGEST_REASON,
    Not,
    Span,
    cannot_end,
    cannot_give,
    leaves_nobody,
)
from lms.programme.authority.words import RoleStep

_NOT = {
    Not.ONESELF: N_("You cannot give yourself a role, or more time in one. Ask another administrator."),
    Not.BEFORE_TODAY: N_("Choose today or a later day."),
    Not.TOO_FAR: N_("Choose a first day within a year from today."),
    Not.ENDS_BEFORE: N_("The last day cannot be before the first."),
    Not.BESIDE: N_("They have this role in that time already. Change its last day instead."),
    Not.LAST_ADMIN: N_("Somebody has to be administrator after that. Give the role to another person first."),
}
MEANWHILE = N_("Somebody else changed this role meanwhile. Look at its last day again, then save.")


@dataclass(frozen=True)
class ChangeView:
    """What an admin did about a role, and why."""

    name: str
    role: Role
    what: RoleStep
    since: date
    until: date | None
    reason: str
    by_name: str
    at: datetime


def count_held(db: Db, authority_id: UUID, on: date, *, name: str = "") -> int:
    """How many roles are held at an authority on a day or later."""
    return holding.count_in(db, authority_id, HELD, on, name=name)


def held(db: Db, authority_id: UUID, on: date, *, offset: int = 0, limit: int = 25, name: str = "") -> list[Holding]:
    """Who holds which role at an authority on a day or later, by name."""
    return holding.held_in(db, authority_id, HELD, on, offset=offset, limit=limit, name=name)


def is_of_staff(db: Db, person_id: UUID, authority_id: UUID, on: date) -> bool:
    """Whether somebody holds or will hold a role of the staff at an authority. One query."""
    every = holding.of_person(db, person_id, authority_id)
    return any(each.role in HELD and (each.until is None or each.until >= on) for each in every)


_CHANGES = (
    select(RoleChange)
    .where(RoleChange.authority_id == bindparam("authority_id"))
    .order_by(RoleChange.at.desc(), RoleChange.id)
)
_COUNT = select(func.count()).select_from(RoleChange).where(RoleChange.authority_id == bindparam("authority_id"))


def changes(db: Db, authority_id: UUID, *, offset: int = 0, limit: int = 25) -> list[ChangeView]:
    """What was done about roles, the latest first. Three queries."""
    rows = db.scalars(_CHANGES.offset(offset).limit(limit), {"authority_id": authority_id}).all()
    names = people.persons(db, {id for row in rows for id in (row.person_id, row.by) if id})
    invited = invitations.names_of(db, [row.role_id for row in rows if row.person_id is None])
    return [
        ChangeView(
            names[row.person_id].name if row.person_id else invited.get(row.role_id, ""),
            row.role,
            row.what,
            row.since,
            row.until,
            row.reason,
            names[row.by].name,
            row.at,
        )
        for row in rows
    ]


def changed_by(db: Db, change_id: UUID) -> UUID:
    """Who made a change. Raises NotFound."""
    row = db.get(RoleChange, change_id)
    if row is None:
        raise NotFound("change")
    return row.by


def count_changes(db: Db, authority_id: UUID) -> int:
    """How many changes there were."""
    return int(columns(db, _COUNT, {"authority_id": authority_id}).scalar_one())


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A role somebody is to have: who, which, from when until when (None: without an end), and why."""

    name: str
    email: str
    role: Role
    since: date
    until: date | None
    reason: str


def give(db: Db, *, once: UUID, authority_id: UUID, wanted: Wanted, by: UUID, now: datetime) -> None:
    """Give a role for a time: at once to somebody who is known here, by invitation to anybody else.

    Which of the two it was is not said, so that nobody finds out who has an account. The same form again gives it
    once. Refused for oneself, for days that cannot be, beside the same role, and without a reason. Raises NotFound
    for who may not.
    """
    on = london_day(now)
    _is_admin(db, authority_id, by, on)
    if wanted.role not in GIVEN:
        raise Refused(N_("This role is not given here."))
    if db.get(RoleChange, once) is not None:
        return
    reason, email = _reason(wanted.reason), clean_email(wanted.email)
    person_id = holding.known_here(db, email, authority_id)
    own = email == people.person(db, by).email
    times = _times(db, person_id, authority_id, wanted.role) if person_id else []
    _refuse(cannot_give(Span(wanted.since, wanted.until), [span for _id, span in times], own=own, today=on))
    if person_id is None:
        _invite(db, once, authority_id, wanted, email=email, by=by, now=now)
        change = _change(once, authority_id, wanted, reason=reason, by=by, now=now)
        db.add(change)
        db.flush()
        return
    term = Term(
        person_id=person_id, organisation_id=authority_id, role=wanted.role, since=wanted.since, until=wanted.until
    )
    holding.add(db, once, term, by=by, now=now)
    given = holding.holding(db, once, authority_id)
    _changed(db, once, given, RoleStep.GIVEN, until=given.until, reason=reason, by=by, now=now)


def _change(once: UUID, authority_id: UUID, wanted: Wanted, *, reason: str, by: UUID, now: datetime) -> RoleChange:
    return RoleChange(
        id=once,
        authority_id=authority_id,
        role_id=once,
        person_id=None,
        role=wanted.role,
        what=RoleStep.INVITED,
        since=wanted.since,
        until=wanted.until,
        reason=reason,
        by=by,
        at=now,
    )


def _invite(db: Db, once: UUID, authority_id: UUID, wanted: Wanted, *, email: str, by: UUID, now: datetime) -> None:
    invitations.invite(
        db,
        id=once,
        name=wanted.name,
        email=email,
        role=wanted.role,
        organisation_id=authority_id,
        authority_id=authority_id,
        by=by,
        now=now,
        role_since=wanted.since,
        role_until=wanted.until,
    )
    fact = StaffInvited(about=by, authority_id=authority_id, invitation_id=once, role=wanted.role, until=wanted.until)
    record(db, fact, by=by, now=now, behalf=authority_id)


def change_end(
    db: Db,
    *,
    once: UUID,
    authority_id: UUID,
    role_id: UUID,
    until: date | None,
    seen: str,
    reason: str,
    by: UUID,
    now: datetime,
) -> None:
    """Give a role another last day (None: no end). `seen` spells the one on the form (`spelled`): Refused when it is
    another by now.

    Refused for oneself where it gets longer, for a day before today, and where nobody would be left as admin.
    """
    on = london_day(now)
    row = _looked_after(db, authority_id, role_id, by, on)
    if db.get(RoleChange, once) is not None:
        return
    if spelled(row.until) != seen:
        raise Refused(MEANWHILE)
    why = _reason(reason)
    if row.until == until:
        return
    others = [span for id, span in _times(db, row.person_id, authority_id, row.role) if id != role_id]
    span = Span(row.since, row.until)
    _refuse(cannot_end(span, until, others, own=row.person_id == by, today=on))
    _keep_an_admin(db, row, until, on)
    holding.end_on(db, row, until, by=by, now=now)
    _changed(db, once, row, RoleStep.END_CHANGED, until=until, reason=why, by=by, now=now)


def spelled(until: date | None) -> str:
    """A last day as a form carries it, to find out whether it is another by now."""
    return until.isoformat() if until else "open"


def end_now(db: Db, *, once: UUID, authority_id: UUID, role_id: UUID, reason: str, by: UUID, now: datetime) -> None:
    """End a role at once: it opens nothing from this moment. One that has not begun is taken back.

    Refused where nobody would be left as admin; the same form again changes nothing.
    """
    on = london_day(now)
    if db.get(RoleChange, once) is not None:
        return
    row = _looked_after(db, authority_id, role_id, by, on)
    why = _reason(reason)
    if row.until is not None and row.until < on:
        return
    begun = row.since <= on
    if begun:
        _keep_an_admin(db, row, on - timedelta(days=1), on)
    last = holding.stop(db, row, on if begun else row.since, by=by, now=now)
    what = RoleStep.ENDED if begun else RoleStep.TAKEN_BACK
    _changed(db, once, row, what, until=last, reason=why, by=by, now=now)


def one(db: Db, authority_id: UUID, role_id: UUID) -> Holding:
    """A role at an authority that admins look after. Raises NotFound."""
    found = holding.holding(db, role_id, authority_id)
    if found.role not in GIVEN:
        raise NotFound("role")
    return found


def _looked_after(db: Db, authority_id: UUID, role_id: UUID, by: UUID, on: date) -> Holding:
    _is_admin(db, authority_id, by, on)
    row = one(db, authority_id, role_id)
    holding.held_still(db, authority_id, row.role)
    return one(db, authority_id, role_id)


def _keep_an_admin(db: Db, row: Holding, last: date | None, on: date) -> None:
    if row.role is not Role.ADMIN:
        return
    every = holding.held_still(db, row.organisation_id, Role.ADMIN)
    others = [Span(each.since, each.until) for each in every if each.person_id != row.person_id]
    if leaves_nobody(others, last, today=on):
        raise Refused(_NOT[Not.LAST_ADMIN])


def _times(db: Db, person_id: UUID, authority_id: UUID, role: Role) -> list[tuple[UUID, Span]]:
    every = holding.of_person(db, person_id, authority_id)
    return [(each.id, Span(each.since, each.until)) for each in every if each.role is role]


def _refuse(why: Not | None) -> None:
    if why is not None:
        raise Refused(_NOT[why])


def _reason(text: str) -> str:
    reason = " ".join(clean_text(text, LONGEST_REASON).split())
    if len(reason) < LEAST_REASON:
        raise Refused(N_("Say in a few words why."))
    return reason


def _changed(
    db: Db, once: UUID, row: Holding, what: RoleStep, *, until: date | None, reason: str, by: UUID, now: datetime
) -> None:
    change = RoleChange(
        id=once,
        authority_id=row.organisation_id,
        role_id=row.id,
        person_id=row.person_id,
        role=row.role,
        what=what,
        since=row.since,
        until=until,
        reason=reason,
        by=by,
        at=now,
    )
    db.add(change)
    db.flush()
    fact = StaffRoleChanged(
        about=row.person_id,
        authority_id=row.organisation_id,
        change_id=once,
        role=row.role,
        what=what,
        since=row.since,
        until=until,
    )
    record(db, fact, by=by, now=now, behalf=row.organisation_id)


def _is_admin(db: Db, authority_id: UUID, by: UUID, on: date) -> None:
    if not people.holds(db, by, Role.ADMIN, [authority_id], on):
        raise NotFound("authority")
