"""What contacts put on home pages: alerts for those named, call-backs that are due, and whom one turns to."""

from collections.abc import Iterator
from datetime import datetime

from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.programme.contacts import guarding, lists, queries
from lms.programme.contacts.staff import HOUSEHOLD, STAFF_HERE
from lms.programme.contacts.words import Whom


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """A few queries for staff, two for a PA and for a household, none for anybody else."""
    return [*_staff(db, viewer, now), *_own(db, viewer, now)]


def _staff(db: Db, viewer: Viewer, now: datetime) -> Iterator[Card]:
    here, on = viewer.authorities(*STAFF_HERE), london_day(now)
    if not here:
        return
    open_alerts = [
        place
        for place in guarding.named_for(db, viewer.person_id, on)
        if place in here and lists.alerts_for(db, place, viewer.person_id, on, closed=False, offset=0, limit=1)[1]
    ]
    for place in open_alerts[:1]:
        yield Card(
            weight=0,
            title=N_("There is an alert"),
            body=N_("It is for those who are named for alerts. Open it where nobody else sees your screen."),
            action=N_("Read it"),
            endpoint="lms.safeguarding.listed",
            args={"authority": place},
        )
    namers = viewer.authorities(*guarding.NAMERS)
    for place in guarding.nobody_left(db, namers, on) if namers else ():
        yield Card(
            weight=1,
            title=N_("Nobody hears of alerts"),
            body=N_(
                "Whoever was named has left, or their time is over. Nobody is called back until you name somebody."
            ),
            action=N_("Name somebody"),
            endpoint="lms.safeguarding.named",
            args={"authority": place},
        )
    coordinating = viewer.authorities(Role.COORDINATOR)
    waiting, overdue = lists.count_waiting(
        db, coordinating or here, on, viewer_id=viewer.person_id, mine=not coordinating
    )
    if waiting:
        yield Card(
            weight=9 if overdue else 14,
            title=N_("People to call back"),
            body=N_("Due: %(waiting)s. Of these, overdue: %(overdue)s."),
            values={"waiting": waiting, "overdue": overdue},
            action=N_("See who they are"),
            endpoint="lms.callbacks.calls",
            args={"state": "overdue"} if overdue else {},
        )


def _own(db: Db, viewer: Viewer, now: datetime) -> Iterator[Card]:
    mine = viewer.authorities(Role.PA)
    found = queries.reached(db, Whom.PA, [viewer.person_id], london_day(now)) if mine else []
    found = [each for each in found if each.authority_id in mine]
    homes = viewer.organisations(*HOUSEHOLD)
    found += queries.reached(db, Whom.EMPLOYER, homes, london_day(now)) if homes else []
    if found:
        yield Card(
            weight=61,
            title=N_("Your contact at the council: %(name)s"),
            body=N_("Call or write to them when something is not right, or when you have a question."),
            values={"name": found[0].name},
            action=N_("How to reach them"),
            endpoint="lms.contacts.mine",
        )
