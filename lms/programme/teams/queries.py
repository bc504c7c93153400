"""Read teams, who is in them, and the share that is trained."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.core.words import NotFound
from lms.learning import trained
from lms.learning.audiences import Audience
from lms.learning.catalogue import Course, Courses
from lms.people import queries as people
from lms.programme.desk.charts import months_until
from lms.programme.teams.models import Team, TeamInvitation, TeamMember
from lms.programme.teams.rules import Coverage, Spell, coverage


@dataclass(frozen=True)
class TeamView:
    """A team."""

    id: UUID
    authority_id: UUID
    name: str
    whom: Audience
    target: int | None


def _view(row: Team) -> TeamView:
    return TeamView(row.id, row.authority_id, row.name, row.whom, row.target)


def teams(db: Db, authority_id: UUID) -> list[TeamView]:
    """The teams of an authority that have not ended, by name."""
    wanted = select(Team).where(Team.authority_id == authority_id, Team.ended_at.is_(None))
    return [_view(row) for row in db.scalars(wanted.order_by(Team.name, Team.id))]


def team(db: Db, authority_id: UUID, team_id: UUID) -> TeamView:
    """One team of an authority. Raises NotFound for any other, and for one that ended."""
    row = db.get(Team, team_id)
    if row is None or row.authority_id != authority_id or row.ended_at is not None:
        raise NotFound("team")
    return _view(row)


_SPELLS = select(TeamMember.team_id, TeamMember.person_id, TeamMember.since, TeamMember.left_on).where(
    TeamMember.team_id.in_(bindparam("team_ids", expanding=True))
)


def spells(db: Db, team_ids: Collection[UUID]) -> dict[UUID, list[Spell]]:
    """Who is or was in these teams, by team. One query."""
    found: defaultdict[UUID, list[Spell]] = defaultdict(list)
    for row in columns(db, _SPELLS, {"team_ids": list(team_ids)}) if team_ids else ():
        found[row.team_id].append(Spell(row.person_id, row.since, row.left_on))
    return found


def courses_for(db: Db, whom: Audience) -> list[Course]:
    """The courses that are written for a kind of team."""
    return [course for course in shelf(db, Courses).courses.values() if whom in course.audience]


@dataclass(frozen=True)
class Line:
    """The share of a team that is trained in a course, month by month; the last is today."""

    team: TeamView
    course: Course
    months: Sequence[Coverage]

    @property
    def now(self) -> Coverage:
        """How it is today."""
        return self.months[-1]


def lines(db: Db, found: Sequence[TeamView], on: date) -> list[Line]:
    """How much of each team is trained, in each course for such teams, over twelve months. Two queries for all."""
    if not found:
        return []
    inside = spells(db, [each.id for each in found])
    everybody = {spell.person_id for each in inside.values() for spell in each}
    taught = {whom: courses_for(db, whom) for whom in {each.whom for each in found}}
    codes = {course.code for each in taught.values() for course in each}
    done = trained.trained_on(db, found[0].authority_id, codes, everybody)
    days = [min(last, on) for _first, last in months_until(on)]
    return [
        Line(each, course, tuple(coverage(inside.get(each.id, ()), _of(done, course.code), day) for day in days))
        for each in found
        for course in taught[each.whom]
    ]


def _of(done: dict[tuple[str, UUID], date], course: str) -> dict[UUID, date]:
    return {person: day for (code, person), day in done.items() if code == course}


@dataclass(frozen=True)
class MemberView:
    """Somebody in a team, and where they are in a course."""

    person_id: UUID
    name: str
    since: date
    enrolled: bool
    trained_on: date | None


def members(db: Db, of: TeamView, course: str, on: date) -> list[MemberView]:
    """Who is in a team on a day, by name, and where each is in a course. Four queries."""
    there = {spell.person_id: spell.since for spell in spells(db, [of.id]).get(of.id, ()) if spell.on(on)}
    names = people.persons(db, there)
    done = _of(trained.trained_on(db, of.authority_id, [course], there), course)
    enrolled = trained.enrolled(db, of.authority_id, course, there)
    listed = [MemberView(id, names[id].name, there[id], id in enrolled, done.get(id)) for id in there]
    return sorted(listed, key=lambda each: (each.name.casefold(), each.person_id))


def invited(db: Db, team_id: UUID) -> list[UUID]:
    """The invitations by which people join a team, used or not."""
    return list(db.scalars(select(TeamInvitation.invitation_id).where(TeamInvitation.team_id == team_id)))
