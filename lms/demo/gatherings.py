"""A group of the demonstration, and its events: one that was, one that is full, one in somebody's home."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.demo.people import Stage
from lms.learning import queries as learning
from lms.people import households
from lms.people import queries as people
from lms.people.rules import Role
from lms.programme.gatherings import attending, placing, planning
from lms.programme.gatherings.attending import Noted
from lms.programme.gatherings.planning import Plan, moment
from lms.programme.gatherings.words import Access, Came, Kind, Open, Where
from lms.programme.groups import services as groups
from lms.programme.groups.services import About

_LIBRARY = {
    "place": "Rivermere Central Library, Market Square",
    "access": frozenset({Access.STEP_FREE, Access.TOILET, Access.HEARING_LOOP, Access.SUPPORT_WORKER}),
    "access_notes": "The quiet entrance is on Mill Lane.",
}


def show(stage: Stage) -> None:
    """Rivermere has a group and three events."""
    where, today = stage.places["RIVERMERE"], london_day(stage.now)
    by = people.people_in(stage.db, where, Role.COORDINATOR, today, limit=1)[0].id
    pas = [each.id for each in people.people_in(stage.db, where, Role.PA, london_day(stage.ago(15)), limit=6)]
    group = _group(stage, where, by, pas)
    was = _plan(stage, where, by, today - timedelta(days=6), stage.ago(14), title="First aid at work", **_LIBRARY)
    for person in pas[:4]:
        placing.take(stage.db, once=uuid4(), gathering_id=was, needs="", by=person, now=stage.ago(12))
    after = stage.ago(5)
    noted = {person: Noted(Came.PRESENT) for person in pas[:2]} | {pas[2]: Noted(Came.LATE)}
    noted[pas[3]] = Noted(Came.ABSENT, "Told us that the bus did not come")
    attending.note(stage.db, gathering_id=was, noted=noted, by=by, now=after)
    coming = _plan(
        stage,
        where,
        by,
        today + timedelta(days=9),
        stage.ago(8),
        title="Moving and handling",
        capacity=3,
        paid=True,
        paid_by="Rivermere Council",
        **_LIBRARY,
    )
    for person in pas[:5]:
        placing.take(stage.db, once=uuid4(), gathering_id=coming, needs="", by=person, now=stage.ago(4))
    home = households.employers_in(stage.db, where, limit=1)[0].id
    tea = _plan(
        stage,
        where,
        by,
        today + timedelta(days=16),
        stage.ago(3),
        kind=Kind.PEER_GROUP,
        title="Tea and talk",
        where=Where.HOME,
        employer_id=home,
        open_to=frozenset(),
    )
    placing.give(stage.db, gathering_id=tea, person_ids=pas[:3], by=by, now=stage.ago(2))
    _plan(
        stage,
        where,
        by,
        today + timedelta(days=23),
        stage.ago(2),
        kind=Kind.PEER_GROUP,
        title="New PAs meet",
        where=Where.ONLINE,
        link="https://meet.example.com/new-pas",
        open_to=frozenset({Open.GROUP}),
        group_id=group,
    )


def _group(stage: Stage, where: UUID, by: UUID, pas: list[UUID]) -> UUID:
    once, since = uuid4(), london_day(stage.ago(12))
    about = About("Autumn starters", None, since)
    groups.make_group(stage.db, once=once, authority_id=where, about=about, by=by, now=stage.ago(12))
    mine = learning.every_enrolment_of(stage.db, pas)
    ids = [each.id for each in mine if each.authority_id == where and not each.ended]
    groups.add_members(stage.db, group_id=once, enrolment_ids=ids, since=since, by=by, now=stage.ago(11))
    return once


def _plan(stage: Stage, authority_id: UUID, by: UUID, day: date, now: datetime, **more: object) -> UUID:
    once = uuid4()
    values: dict[str, object] = {
        "kind": Kind.WORKSHOP,
        "starts_at": moment(day, time(18, 0)),
        "ends_at": moment(day, time(20, 0)),
        "led_by": "Rivermere Independent Living",
        "open_to": frozenset({Open.PAS}),
    }
    plan = Plan(**(values | more))  # type: ignore[arg-type]  # what a plan takes
    planning.plan(stage.db, once=once, authority_id=authority_id, plan=plan, by=by, now=now)
    return once
