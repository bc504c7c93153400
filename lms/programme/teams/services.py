"""Write teams: make one, bring people in, let them go, and put those who are in it on a course."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.spelling import clean_text
from lms.core.words import N_, NotFound, Refused
from lms.learning import services as learning
from lms.learning.audiences import ROLES, Audience
from lms.people import acting_for, invitations
from lms.people import services as people
from lms.people.rules import ROLES_IN, OrganisationKind, Role
from lms.programme.contacts.staff import coordinates
from lms.programme.teams import queries
from lms.programme.teams.events import TeamChanged, TeamJoined, TeamLeft, TeamMade
from lms.programme.teams.models import Team, TeamInvitation, TeamMember
from lms.programme.teams.queries import TeamView

LONGEST_NAME = 80
OWN_PEOPLE = ROLES_IN[OrganisationKind.AUTHORITY] - {Role.PA}
"""Roles of an authority's own people: whoever holds one may be brought into a team of staff."""


def may_join(whom: Audience) -> frozenset[Role]:
    """Which roles somebody holds who may be brought into a team of a kind."""
    return OWN_PEOPLE if whom is Audience.STAFF else frozenset(ROLES[whom])


def _coordinator(db: Db, by: UUID, authority_id: UUID, now: datetime) -> None:
    if not coordinates(db, by, authority_id, london_day(now)):
        raise NotFound("team")


def _cleaned(db: Db, authority_id: UUID, name: str, target: int | None, but: UUID) -> str:
    cleaned = clean_text(name, LONGEST_NAME)
    if not cleaned:
        raise Refused(N_("Give the team a name."))
    if target is not None and not 1 <= target <= 100:
        raise Refused(N_("Give the target as a whole number from 1 to 100, or leave it empty."))
    if any(each.name.casefold() == cleaned.casefold() and each.id != but for each in queries.teams(db, authority_id)):
        raise Refused(N_("There is a team of this name already. Give it another name."))
    return cleaned


def make(
    db: Db, *, once: UUID, authority_id: UUID, name: str, whom: Audience, target: int | None, by: UUID, now: datetime
) -> None:
    """Make a team; the same `once` again changes nothing. Refused without a name of its own."""
    _coordinator(db, by, authority_id, now)
    if db.get(Team, once) is not None:
        return
    if whom is Audience.PA:
        raise Refused(N_("Choose who is in this team: council staff, or employers."))
    cleaned = _cleaned(db, authority_id, name, target, once)
    row = Team(id=once, authority_id=authority_id, name=cleaned, whom=whom, target=target, made_by=by, made_at=now)
    if add_once(db, row):
        record(db, TeamMade(about=by, authority_id=authority_id, team_id=once), by=by, now=now, behalf=authority_id)


def change(db: Db, of: TeamView, *, name: str, target: int | None, by: UUID, now: datetime) -> None:
    """Give a team another name or target; the same as before is not written again."""
    _coordinator(db, by, of.authority_id, now)
    cleaned = _cleaned(db, of.authority_id, name, target, of.id)
    if (cleaned, target) == (of.name, of.target):
        return
    row = db.get_one(Team, of.id)
    row.name, row.target = cleaned, target
    _changed(db, of, by, now)


def end(db: Db, of: TeamView, *, by: UUID, now: datetime) -> None:
    """End a team: it is on no list any more. What people learned stays theirs."""
    _coordinator(db, by, of.authority_id, now)
    db.get_one(Team, of.id).ended_at = now
    _changed(db, of, by, now)


def _changed(db: Db, of: TeamView, by: UUID, now: datetime) -> None:
    db.flush()
    fact = TeamChanged(about=by, authority_id=of.authority_id, team_id=of.id)
    record(db, fact, by=by, now=now, behalf=of.authority_id)


def bring_in(db: Db, of: TeamView, *, person_id: UUID, by: UUID, now: datetime, since: date | None = None) -> None:
    """Somebody is in a team from a day on, today by default; who is in it already stays as they are.

    Of staff, they hold the role of a learner from then on. Raises NotFound for somebody who is not of this kind here;
    refused for a day to come.
    """
    _coordinator(db, by, of.authority_id, now)
    on = london_day(now)
    if person_id not in acting_for.still(db, of.authority_id, may_join(of.whom), on, [person_id]):
        raise NotFound("person")
    if since is not None and since > on:
        raise Refused(N_("Give a day that has come: today, or a day before."))
    if of.whom is Audience.STAFF:
        people.give_role(db, person_id=person_id, organisation_id=of.authority_id, role=Role.LEARNER, by=by, now=now)
    _join(db, of, person_id, since or on, by=by, now=now)


def _join(db: Db, of: TeamView, person_id: UUID, since: date, *, by: UUID, now: datetime) -> None:
    row = TeamMember(team_id=of.id, person_id=person_id, since=since, by=by, at=now)
    if add_once(db, row):
        fact = TeamJoined(about=person_id, authority_id=of.authority_id, team_id=of.id, since=since)
        record(db, fact, by=by, now=now, behalf=of.authority_id)


def let_go(db: Db, of: TeamView, *, person_id: UUID, by: UUID, now: datetime) -> None:
    """Somebody is in a team no more from today on; who is not in it stays so. What they learned stays theirs."""
    _coordinator(db, by, of.authority_id, now)
    _leave(db, of, person_id, london_day(now), by=by, now=now)


def _leave(db: Db, of: TeamView, person_id: UUID, left_on: date, *, by: UUID, now: datetime) -> None:
    row = db.scalar(
        select(TeamMember)
        .where(TeamMember.team_id == of.id, TeamMember.person_id == person_id, TeamMember.left_on.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        return
    row.left_on, row.left_by = max(left_on, row.since), by
    db.flush()
    fact = TeamLeft(about=person_id, authority_id=of.authority_id, team_id=of.id, left_on=row.left_on)
    record(db, fact, by=by, now=now, behalf=of.authority_id)


def enrol_everybody(db: Db, of: TeamView, *, course: str, by: UUID, now: datetime) -> int:
    """Put everybody in a team on a course who is not on it and has not finished it; how many that were.

    Whoever is no employer or learner here any more is passed over. Raises NotFound for a course that is not for them.
    """
    _coordinator(db, by, of.authority_id, now)
    if course not in {each.code for each in queries.courses_for(db, of.whom)}:
        raise NotFound("course")
    on = london_day(now)
    listed = [each for each in queries.members(db, of, course, on) if not each.enrolled and each.trained_on is None]
    ids = {each.person_id for each in listed}
    for person_id in sorted(acting_for.still(db, of.authority_id, ROLES[of.whom], on, ids)):
        learning.enrol(db, learner_id=person_id, authority_id=of.authority_id, course=course, by=by, now=now)
    return len(ids)


def invite(db: Db, of: TeamView, *, once: UUID, name: str, email: str, course: str, by: UUID, now: datetime) -> None:
    """Invite one of the council's people who is not here yet: by joining they are in the team and on the course.

    Refused without an e-mail address, for somebody who is here already, and for a team of employers: they come by the
    invitation of a household.
    """
    _coordinator(db, by, of.authority_id, now)
    if of.whom is not Audience.STAFF:
        raise NotFound("team")
    if course not in {each.code for each in queries.courses_for(db, of.whom)}:
        raise NotFound("course")
    if not email.strip():
        raise Refused(N_("Give an e-mail address to which the invitation goes."))
    if invitations.is_here(db, email.strip().lower()):
        raise Refused(N_("Somebody with this e-mail address is here already. Find them by name and add them."))
    made = invitations.invite(
        db,
        id=once,
        name=name,
        email=email,
        role=Role.LEARNER,
        organisation_id=of.authority_id,
        authority_id=of.authority_id,
        course=course,
        by=by,
        now=now,
    )
    if made is not None:
        add_once(db, TeamInvitation(invitation_id=once, team_id=of.id))


def join_by_invitation(db: Db, *, invitation_id: UUID, person_id: UUID, now: datetime) -> None:
    """Somebody joined by an invitation: they are in the team it was for, as long as there is one."""
    asked = db.get(TeamInvitation, invitation_id)
    row = db.get(Team, asked.team_id) if asked else None
    if row is not None and row.ended_at is None:
        _join(db, queries.team(db, row.authority_id, row.id), person_id, london_day(now), by=person_id, now=now)


def leave_with_role(db: Db, *, person_id: UUID, authority_id: UUID, last: date, by: UUID, now: datetime) -> None:
    """Somebody's learner role ends on a day: they are in no team of staff there from the next day on."""
    for of in queries.teams(db, authority_id):
        if of.whom is Audience.STAFF:
            _leave(db, of, person_id, last + timedelta(days=1), by=by, now=now)
