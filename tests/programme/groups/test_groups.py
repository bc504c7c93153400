"""Groups: who is in one from when to when, how far it is against a recount, its pages, and strangers."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import select

from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.learning import services as learning
from lms.learning.queries import enrolments_in
from lms.programme.desk import setting
from lms.programme.desk.lists import of_person
from lms.programme.groups import queries, services
from lms.programme.groups.models import Group, GroupMember
from lms.programme.groups.rules import HowFar, Member, Standing, Stay, how_far, stands_so
from lms.programme.groups.services import About
from tests.whole.test_query_counts import add_pas, counting
from tests.world import World

BrowserFor = Callable[..., Any]


def made(db: Db, world: World, now: datetime, course: str | None = "PAI") -> UUID:
    once = uuid4()
    about = About("Autumn 2026", course, london_day(now) - timedelta(days=20))
    for _twice in range(2):
        services.make_group(db, once=once, authority_id=world.authority, about=about, by=world.coordinator, now=now)
    return once


def enrolled(db: Db, world: World, learner: UUID, now: datetime, where: UUID | None = None) -> UUID:
    by = world.coordinator if where is None else world.other_coordinator
    where = where or world.authority
    return learning.enrol(db, learner_id=learner, authority_id=where, course="PAI", by=by, now=now)


def test_people_come_go_and_come_back(db: Db, world: World, now: datetime) -> None:
    id, on = made(db, world, now), london_day(now)
    mine = enrolled(db, world, world.pa, now)
    add = {"group_id": id, "enrolment_ids": [mine], "by": world.coordinator, "now": now}
    assert services.add_members(db, since=on - timedelta(days=5), **add) == (mine,)
    assert services.add_members(db, since=on, **add) == ()
    group = queries.group(db, id, [world.authority])
    (member,) = queries.members(db, group)[0]
    end = {"group_id": id, "member_id": member.id, "by": world.coordinator, "now": now}
    for wrong in (on + timedelta(days=1), on - timedelta(days=6)):
        with pytest.raises(Refused, match="last day"):
            services.end_member(db, until=wrong, **end)
    for _twice in range(2):
        services.end_member(db, until=on - timedelta(days=1), **end)
    assert queries.members(db, group) == ([], 0)
    assert services.add_members(db, since=on, **add) == (mine,)
    stays = db.execute(select(GroupMember.since, GroupMember.until).order_by(GroupMember.since)).all()
    assert [tuple(each) for each in stays] == [
        (on - timedelta(days=5), on - timedelta(days=1)),
        (on, None),
    ]
    other = About("Autumn", "CARE-CERTIFICATE", group.since)
    with pytest.raises(Refused, match="its course stays"):
        services.change_group(db, group_id=id, about=other, by=world.coordinator, now=now)


def test_nobody_of_another_council_comes_in_and_no_stranger_changes_it(db: Db, world: World, now: datetime) -> None:
    id, on = made(db, world, now), london_day(now)
    theirs = enrolled(db, world, world.other_pa, now, world.other_authority)
    with pytest.raises(NotFound):
        services.add_members(db, group_id=id, enrolment_ids=[theirs], since=on, by=world.coordinator, now=now)
    mine = enrolled(db, world, world.pa, now)
    for stranger in (world.other_coordinator, world.pa, world.admin, world.assessor):
        with pytest.raises(NotFound):
            services.add_members(db, group_id=id, enrolment_ids=[mine], since=on, by=stranger, now=now)
        with pytest.raises(NotFound):
            services.change_group(db, group_id=id, about=About("X", None, on), by=stranger, now=now)
    with pytest.raises(NotFound):
        queries.group(db, id, [world.other_authority])


@given(some.lists(some.tuples(some.sampled_from(["working", "completed", "left", None]), some.booleans())))
def test_how_far_counts_everybody_once(members: list[tuple[str | None, bool]]) -> None:
    found = how_far(Member(*each) for each in members)
    assert found.members == len(members)
    assert found.completed == [state for state, _stuck in members].count("completed")
    assert found.unknown == [state for state, _stuck in members].count(None)
    for each in Standing:
        number = found.working + found.unknown if each is Standing.WORKING else getattr(found, each)
        assert number == sum(stands_so(Member(state, stuck), each) for state, stuck in members)
    assert found.stuck == sum(stuck for _state, stuck in members)


@given(some.dates(), some.integers(0, 400), some.integers(-5, 405))
def test_both_days_count(since: date, long: int, at: int) -> None:
    if not 1 <= since.toordinal() + min(at, 0) <= since.toordinal() + 500 <= date.max.toordinal():
        return
    until, on = since + timedelta(days=long), since + timedelta(days=at)
    assert Stay(since, until).counts(on) is (0 <= at <= long)
    assert Stay(since, None).counts(on) is (at >= 0)


def test_the_numbers_of_a_group_are_those_of_its_members(house: House, world: World, now: datetime) -> None:
    with house.database.writing() as db:
        id = made(db, world, now)
        ids = [enrolled(db, world, each, now) for each in (world.pa, world.second_pa)]
        services.add_members(db, group_id=id, enrolment_ids=ids, since=london_day(now), by=world.coordinator, now=now)
    with house.database.reading() as db:
        limits = setting.setting_of(db, world.authority).limits
        for days in (0, 400):
            on = london_day(now) + timedelta(days=days)
            (((_group, far),), total) = queries.groups_in(db, world.authority, limits, on)
            lines = [each.line for each in queries.members(db, queries.group(db, id, [world.authority]))[0]]
            stuck = sum(
                line is not None
                and line.waits_for is not None
                and line.since is not None
                and line.since <= limits.stuck_since(line.waits_for, on)
                for line in lines
            )
            assert (far, total) == (HowFar(working=2, stuck=stuck), 1)
            behind = {each: listed(db, queries.group(db, id, [world.authority]), each, on) for each in Standing}
            assert behind == {"working": 2, "completed": 0, "left": 0, "stuck": stuck}
        assert stuck == 2


def listed(db: Db, group: queries.GroupView, standing: Standing, on: date) -> int:
    """How many stand in the list behind a number."""
    limits = setting.setting_of(db, group.authority_id).limits
    some, total = queries.members(db, group, only=queries.standing_so(db, group, standing, limits, on))
    assert len(some) == total
    return total


def test_whoever_is_in_a_group_for_the_last_day_stands_behind_its_number(db: Db, world: World, now: datetime) -> None:
    id, on = made(db, world, now), london_day(now)
    mine = [enrolled(db, world, world.pa, now)]
    services.add_members(db, group_id=id, enrolment_ids=mine, since=on, by=world.coordinator, now=now)
    group = queries.group(db, id, [world.authority])
    (member,) = queries.members(db, group)[0]
    services.end_member(db, group_id=id, member_id=member.id, until=on, by=world.coordinator, now=now)
    (((_group, far),), _total) = queries.groups_in(
        db, world.authority, setting.setting_of(db, world.authority).limits, on
    )
    assert (far.members, listed(db, group, Standing.WORKING, on)) == (1, 1)
    assert listed(db, group, Standing.WORKING, on + timedelta(days=1)) == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_pages_of_a_group(house: House, world: World, browser_for: BrowserFor, now: datetime) -> None:
    with house.database.writing() as db:
        for each in (world.pa, world.second_pa):
            enrolled(db, world, each, now)
    browser = browser_for(world.coordinator)
    wrong = browser.submit("/desk/groups/new", {"name": " ", "course": "PAI", "since": ["1", "11", "2026"]})
    assert "Give the group a name" in wrong.get_data(as_text=True)
    typed = {"name": "=SUM(A1)", "course": "PAI", "since": ["1", "11", "2026"]}
    assert browser.submit("/desk/groups/new", typed).status_code == 302
    with house.database.reading() as db:
        id = db.scalars(select(Group.id)).one()
        ids = [str(row.enrolment_id) for row in _lines(db, world)]
    assert "Pat Morgan" in browser.get(f"/desk/groups/{id}/add").get_data(as_text=True)
    added = browser.submit(f"/desk/groups/{id}/add", {"people": ids, "since": ["2", "11", "2026"]})
    assert added.status_code == 302
    page = browser.get(f"/desk/groups/{id}").get_data(as_text=True)
    assert "Pat Morgan" in page
    assert "Working" in page
    groups = browser.get("/desk/groups").get_data(as_text=True)
    assert "0 of 2 completed" in groups
    assert f'href="/desk/groups/{id}?show=working">Working towards it: 2<' in groups
    assert "show=stuck" not in groups, "nobody is"
    working = browser.get(f"/desk/groups/{id}?show=working").get_data(as_text=True)
    assert "Only those who are working towards it" in working
    assert "2 people" in working
    assert f"/desk/groups/{id}.csv?show=working" in working
    for show, many in (("working", 2), ("stuck", 0), ("nonsense", 2)):
        narrowed = browser.get(f"/desk/groups/{id}.csv?show={show}").get_data(as_text=True)
        assert len(list(csv.reader(io.StringIO(narrowed)))) == 1 + many
    assert "Nobody is on this list" in browser.get(f"/desk/groups/{id}?show=stuck").get_data(as_text=True)
    assert "Only those" not in browser.get(f"/desk/groups/{id}?show=nonsense").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(browser.get(f"/desk/groups/{id}.csv").get_data(as_text=True))))
    assert [row[0] for row in rows[1:]] == ["Pat Morgan", "Sam Okoro"]
    assert browser.get(f"/desk/groups/{id}.xlsx").status_code == 200
    with house.database.reading() as db:
        member = db.scalars(select(GroupMember.id).where(GroupMember.person_id == world.pa)).one()
    leave = f"/desk/groups/{id}/members/{member}/leave"
    assert browser.submit(leave, {"until": ["3", "11", "2026"]}).status_code == 302
    assert "Pat Morgan" in browser.get(f"/desk/groups/{id}?show=past").get_data(as_text=True)
    planned = browser.get(f"/desk/events/new?group={id}").get_data(as_text=True)
    assert f'value="{id}" selected' in planned
    for stranger in (world.other_coordinator, world.pa, world.admin):
        assert browser_for(stranger).get(f"/desk/groups/{id}").status_code in {403, 404}


def _lines(db: Db, world: World) -> list[Any]:
    return [line for each in (world.pa, world.second_pa) for line in of_person(db, world.authority, each)]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_more_people_cost_no_more_questions(house: House, world: World, browser_for: BrowserFor, now: datetime) -> None:
    browser, counts = browser_for(world.coordinator), []
    with house.database.writing() as db:
        id = made(db, world, now)
        first = enrolled(db, world, world.pa, now)
        services.add_members(
            db, group_id=id, enrolment_ids=[first], since=london_day(now), by=world.coordinator, now=now
        )
    for _many in range(2):
        for path in (f"/desk/groups/{id}", "/desk/groups"):
            browser.get(path)
            with counting(house.database) as asked:
                browser.get(path)
            counts.append(len(asked))
        add_pas(house, world, 22)
        with house.database.writing() as db:
            ids = [each.id for each in enrolments_in(db, world.authority)]
            services.add_members(
                db, group_id=id, enrolment_ids=ids, since=london_day(now), by=world.coordinator, now=now
            )
    assert counts[:2] == counts[2:]
