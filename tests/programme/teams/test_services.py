"""Teams on both databases: who may be in one, who makes one, and every share against a recount over the facts."""

import random
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.learning import queries as learning
from lms.learning import services as study
from lms.learning import under_way
from lms.learning.audiences import Audience
from lms.people import invitations
from lms.people import queries as people
from lms.people import services as roles
from lms.people.rules import Role
from lms.programme.desk import facts, keeping
from lms.programme.desk.charts import months_until
from lms.programme.desk.models import DeskStanding
from lms.programme.teams import queries, services
from lms.programme.teams.models import TeamInvitation, TeamMember
from tests.programme.teams.conftest import bring, finish, make_team
from tests.world import World


def enrolled(db: Db, person: UUID, course: str) -> UUID:
    return next(each.id for each in learning.enrolments_of(db, person) if each.course == course)


def test_staff_in_a_team_are_learners_and_come_onto_the_course_once(db: Db, world: World, now: datetime) -> None:
    team = make_team(db, world, now, target=50)
    for person in (world.funding_officer, world.learner, world.funding_officer):
        bring(db, world, team, person, now)
    assert people.holds(db, world.funding_officer, Role.LEARNER, [world.authority], london_day(now))
    for expected in (2, 0):
        by: dict[str, Any] = {"course": "AWARENESS", "by": world.coordinator, "now": now}
        assert services.enrol_everybody(db, team, **by) == expected
    finish(db, enrolled(db, world.learner, "AWARENESS"), now)
    (line,) = queries.lines(db, [team], london_day(now))
    assert (line.now.members, line.now.trained, line.now.percent) == (2, 1, 50)
    assert line.now.meets(team.target)
    states = {each.person_id: each.trained_on for each in queries.members(db, team, "AWARENESS", london_day(now))}
    assert states == {world.learner: london_day(now), world.funding_officer: None}


def test_a_course_is_only_for_whom_it_is_written(db: Db, world: World, now: datetime) -> None:
    for person, course in (
        (world.pa, "EMPLOYING"),
        (world.employer_person, "AWARENESS"),
        (world.funding_officer, "AWARENESS"),
        (world.other_employer_person, "EMPLOYING"),
        (world.adviser, "EMPLOYING"),
    ):
        with pytest.raises(Refused):
            study.enrol(
                db, learner_id=person, authority_id=world.authority, course=course, by=world.coordinator, now=now
            )
    study.enrol(
        db, learner_id=world.representative, authority_id=world.authority, course="EMPLOYING", by=world.coordinator,
        now=now,
    )  # fmt: skip


def test_who_studies_for_employers_or_staff_is_no_pa_under_way(db: Db, world: World, now: datetime) -> None:
    for person, course in ((world.employer_person, "EMPLOYING"), (world.learner, "AWARENESS")):
        here: dict[str, Any] = {"authority_id": world.authority, "course": course, "by": world.coordinator, "now": now}
        finish(db, study.enrol(db, learner_id=person, **here), now)
    assert facts.of_learners(db, [world.employer_person, world.learner]) == []
    told = {row.kind for row in db.scalars(select(EventRow))}
    assert "CertificateIssued" in told
    assert not {each for each in told if each.startswith(("Claim", "Verdict", "Listing"))}
    issued = [row.data for row in db.scalars(select(EventRow)) if row.kind == "CertificateIssued"]
    assert sorted(each["code"] for each in issued) == ["AWARENESS-COURSE", "EMPLOYER-COURSE"]


@pytest.mark.parametrize("whom", [Audience.STAFF, Audience.EMPLOYER])
def test_strangers_are_never_in_a_team(db: Db, world: World, now: datetime, whom: Audience) -> None:
    team = make_team(db, world, now, whom=whom)
    wrong = {world.pa, world.other_pa, world.other_coordinator, world.other_employer_person, world.adviser}
    wrong |= {world.employer_person} if whom is Audience.STAFF else {world.coordinator, world.learner}
    for person in wrong:
        with pytest.raises(NotFound):
            bring(db, world, team, person, now)
    assert db.scalar(select(func.count()).select_from(TeamMember)) == 0


def test_only_the_authoritys_coordinators_write(db: Db, world: World, now: datetime) -> None:
    team = make_team(db, world, now)
    for by in (world.other_coordinator, world.admin, world.learner, world.pa):
        for attempt in (
            lambda by=by: services.bring_in(db, team, person_id=world.learner, by=by, now=now),
            lambda by=by: services.change(db, team, name="Mine", target=1, by=by, now=now),
            lambda by=by: services.end(db, team, by=by, now=now),
            lambda by=by: services.let_go(db, team, person_id=world.learner, by=by, now=now),
            lambda by=by: services.enrol_everybody(db, team, course="AWARENESS", by=by, now=now),
        ):
            with pytest.raises(NotFound):
                attempt()
    with pytest.raises(NotFound):
        queries.team(db, world.other_authority, team.id)


def test_names_targets_and_courses_that_do_not_fit_are_refused(db: Db, world: World, now: datetime) -> None:
    team = make_team(db, world, now, name="Front door")
    for name, target in (("", None), ("front DOOR", None), ("New", 0), ("New", 101)):
        with pytest.raises(Refused):
            make_team(db, world, now, name=name or "  ", target=target)
    with pytest.raises(Refused):
        make_team(db, world, now, whom=Audience.PA)
    for course in ("PAI", "EMPLOYING", "NOTHING"):
        with pytest.raises(NotFound):
            services.enrol_everybody(db, team, course=course, by=world.coordinator, now=now)
    with pytest.raises(Refused):
        bring(db, world, team, world.learner, now, since=london_day(now) + timedelta(days=1))
    services.end(db, team, by=world.coordinator, now=now)
    with pytest.raises(NotFound):
        queries.team(db, world.authority, team.id)
    make_team(db, world, now, name="Front door")


def test_who_is_invited_joins_the_team_and_the_course(db: Db, world: World, now: datetime) -> None:
    team, once = make_team(db, world, now), uuid4()
    asked: dict[str, Any] = {
        "name": "Nia New",
        "email": "nia@example.com",
        "course": "AWARENESS",
        "by": world.coordinator,
    }
    services.invite(db, team, once=once, now=now, **asked)
    assert queries.invited(db, team.id) == [once]
    assert queries.spells(db, [team.id]) == {}
    with pytest.raises(Refused):
        services.invite(db, team, once=uuid4(), now=now, **{**asked, "email": "lena.learner@example.com"})
    person = roles.add_person(db, name="Nia New", email="nia@example.com", by=None, now=now)
    services.join_by_invitation(db, invitation_id=once, person_id=person, now=now)
    assert [each.person_id for each in queries.spells(db, [team.id])[team.id]] == [person]


def test_an_accepted_invitation_does_all_of_it(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        team, once = make_team(db, world, now), uuid4()
        here: dict[str, Any] = {
            "organisation_id": world.authority,
            "authority_id": world.authority,
            "by": world.coordinator,
        }
        secret = invitations.invite(
            db, id=once, name="Nia New", email="nia@example.com", role=Role.LEARNER, course="AWARENESS", now=now,
            **here,
        )  # fmt: skip
        assert secret
        db.add(TeamInvitation(invitation_id=once, team_id=team.id))
        db.flush()
        person = invitations.accept(
            db,
            secret,
            name="Nia New",
            language="en",
            password="learning together",
            now=now,
        )
        assert [each.course for each in learning.enrolments_of(db, person)] == ["AWARENESS"]
        assert [each.person_id for each in queries.spells(db, [team.id])[team.id]] == [person]


def test_whose_role_ends_is_in_no_team_after_their_last_day(house: House, world: World, now: datetime) -> None:
    on = london_day(now)
    with house.database.writing() as db:
        team = make_team(db, world, now)
        bring(db, world, team, world.learner, now, since=on - timedelta(days=5))
        roles.end_role(
            db, person_id=world.learner, organisation_id=world.authority, role=Role.LEARNER, by=world.admin, now=now,
            until=on,
        )  # fmt: skip
        (line,) = queries.lines(db, [team], on)
        assert line.now.members == 1
        assert queries.lines(db, [team], on + timedelta(days=1))[0].now.members == 0


@pytest.mark.parametrize("seed", range(3))
def test_every_share_equals_a_recount_over_the_facts(db: Db, world: World, now: datetime, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same each time
    people_here = [world.learner, world.funding_officer, world.admin, world.register_officer, world.quality_assurer]
    teams = [make_team(db, world, now), make_team(db, world, now)]
    done: dict[UUID, date] = {}
    inside: dict[UUID, list[list[Any]]] = {team.id: [] for team in teams}
    moment = now - timedelta(days=400)
    while moment < now - timedelta(days=30):
        moment += timedelta(days=chance.randint(5, 40))
        team, person, on = chance.choice(teams), chance.choice(people_here), london_day(moment)
        mine = [each for each in inside[team.id] if each[0] == person and each[2] is None]
        act = chance.choice(["in", "in", "out", "study"])
        if act == "in":
            roles.give_role(
                db, person_id=world.coordinator, organisation_id=world.authority, role=Role.COORDINATOR, by=None,
                now=moment, since=on,
            )  # fmt: skip
            roles.give_role(
                db, person_id=person, organisation_id=world.authority, role=Role.LEARNER, by=None, now=moment, since=on
            )
            bring(db, world, team, person, moment)
            if not mine:
                inside[team.id].append([person, on, None])
        elif act == "out" and mine:
            services.let_go(db, team, person_id=person, by=world.coordinator, now=moment)
            mine[0][2] = on
        elif act == "study" and person not in done and mine:
            here: dict[str, Any] = {
                "authority_id": world.authority,
                "course": "AWARENESS",
                "by": world.coordinator,
                "now": moment,
            }
            finish(db, study.enrol(db, learner_id=person, **here), moment)
            done[person] = on
    for team in teams:
        (line,) = queries.lines(db, [team], london_day(now))
        assert [each.on for each in line.months] == [
            min(end, london_day(now)) for _f, end in months_until(london_day(now))
        ]
        for month in line.months:
            there: dict[str, Any] = {
                who for who, since, left in inside[team.id] if since <= month.on and (left is None or month.on < left)
            }
            trained = {who for who in there if who in done and done[who] <= month.on}
            assert (month.members, month.trained) == (len(there), len(trained)), month.on


def test_the_desk_never_comes_back_to_who_studies_for_staff(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        here: dict[str, Any] = {"authority_id": world.authority, "by": world.coordinator, "now": now}
        study.enrol(db, learner_id=world.learner, course="AWARENESS", **here)
        study.enrol(db, learner_id=world.pa, course="PAI", **here)
    keeping.sweep(house, now)
    with house.database.reading() as db:
        assert set(db.scalars(select(DeskStanding.learner_id))) == {world.pa}
        assert under_way.learners_without(db, DeskStanding.enrolment_id.expression, limit=10) == []
        assert under_way.count_learners(db) == 1
        assert under_way.learners_after(db, None, limit=10) == [world.pa]
    assert list(keeping.recount(house, now, check=True)) == []
