"""What assessment puts on somebody's home page."""

from datetime import date, datetime

from lms.assessment import allocated, queries, worklists
from lms.assessment.queries import UnitNow
from lms.assessment.rules import UnitState
from lms.assessment.worklists import Waiting
from lms.core.cards import Card
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.words import N_
from lms.learning import queries as learning
from lms.people.rules import Role
from lms.people.viewer import Viewer


def cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """Who waits for an assessor, a household or a coordinator; for a PA, where their practice stands."""
    on = london_day(now)
    found: list[Card] = []
    if viewer.has(Role.ASSESSOR):
        found += _for_assessor(db, viewer, on)
    if viewer.has(Role.EMPLOYER, Role.REPRESENTATIVE):
        found += _for_household(worklists.work_of_employer(db, viewer, on))
    if viewer.has(Role.PA):
        found += _for_pa(db, viewer)
    if viewer.has(Role.COORDINATOR):
        found += _for_coordinator(db, viewer, on)
    return found


def _for_assessor(db: Db, viewer: Viewer, on: date) -> list[Card]:
    waiting, ready = worklists.count_for_assessor(db, viewer, on)
    title = N_("People to see at work: %(count)s") if waiting else N_("People I assess")
    body = (
        N_("%(ready)s of them have done their learning and wait for you.")
        if waiting
        else N_("Nobody waits for you at the moment.")
    )
    weight = 8 if ready else 20 if waiting else 60
    values = {"count": waiting, "ready": ready}
    action = N_("See who waits")
    endpoint = "lms.assessment.people_i_assess"
    return [Card(weight=weight, title=title, body=body, values=values, action=action, endpoint=endpoint)]


def _for_household(found: list[Waiting]) -> list[Card]:
    waiting = [one for one in found if one.state is not UnitState.SIGNED_OFF]
    if not waiting:
        return [
            Card(
                weight=60,
                title=N_("Your PAs"),
                body=N_("There is nothing for you to say about their work at the moment."),
                action=N_("See your PAs"),
                endpoint="lms.household.my_pas",
            )
        ]
    first = waiting[0]
    if len(waiting) > 1:
        return [
            Card(
                weight=8 if first.ready else 15,
                title=N_("Say what you saw your PAs do: %(count)s to go"),
                body=N_("You see them at work, so your word counts. It takes about 3 minutes each."),
                values={"count": len(waiting)},
                action=N_("See your PAs"),
                endpoint="lms.household.my_pas",
            )
        ]
    return [
        Card(
            weight=8 if first.ready else 15,
            title=N_("Say what you saw %(name)s do"),
            body=N_("%(name)s has done the learning and is ready to be seen. It takes about 3 minutes.")
            if first.ready
            else N_("You see %(name)s at work, so your word counts. It takes about 3 minutes."),
            values={"name": first.learner_name},
            action=N_("Say what you saw"),
            endpoint="lms.household.seen",
            args={
                "enrolment_id": first.enrolment_id,
                "criterion": first.next_criterion or first.placed.unit.codes[0],
            },
        )
    ]


def _for_pa(db: Db, viewer: Viewer) -> list[Card]:
    units = queries.units_now(db, viewer.person_id)
    if not units:
        return []
    return [
        Card(
            weight=_weight(db, viewer, units),
            title=N_("Practice at work"),
            body=_body(units),
            action=N_("See your practice"),
            endpoint="lms.assessment.practice",
            done=sum(unit.state is UnitState.SIGNED_OFF for unit in units),
            total=len(units),
        )
    ]


def _weight(db: Db, viewer: Viewer, units: tuple[UnitNow, ...]) -> int:
    """After the learning the practice is next; before, it only stands there."""
    waiting = [unit for unit in units if unit.state is not UnitState.SIGNED_OFF]
    if not waiting:
        return 65
    modules = {unit.placed.unit.module for unit in waiting}
    return 4 if not modules.isdisjoint(learning.modules_passed(db, viewer.person_id)) else 30


def _body(units: tuple[UnitNow, ...]) -> str:
    states = {unit.state for unit in units}
    if UnitState.NOT_YET_MET in states:
        return N_("There is feedback for you: not yet. Read what to work on.")
    if UnitState.NOT_SEEN in states:
        return N_("Ask your employer or your assessor to see you at work.")
    if UnitState.READY in states:
        return N_("Somebody saw you do it. Next, they sign it off.")
    return N_("Your practice is signed off.")


def _for_coordinator(db: Db, viewer: Viewer, on: date) -> list[Card]:
    lonely = allocated.count_without_assessor(db, viewer.authorities(Role.COORDINATOR), on)
    return [
        Card(
            weight=12 if lonely else 62,
            title=N_("Learners without an assessor: %(count)s") if lonely else N_("Assessors"),
            body=N_("Give each of them somebody who sees them at work.")
            if lonely
            else N_("Everybody has an assessor."),
            values={"count": lonely},
            action=N_("See who assesses whom"),
            endpoint="lms.allocation.learners",
        )
    ]
