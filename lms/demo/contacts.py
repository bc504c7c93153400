"""Whom people of the demonstration turn to, what was spoken, and whom to call back."""

from datetime import timedelta
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.demo.people import Stage
from lms.people import households
from lms.people import queries as people
from lms.people.beginnings import begun_since
from lms.people.rules import Role
from lms.programme.contacts import calling, guarding, lists, planning, services
from lms.programme.contacts.calling import Given
from lms.programme.contacts.lists import Own
from lms.programme.contacts.planning import Plan
from lms.programme.contacts.services import Spoken, Whose
from lms.programme.contacts.words import Standing, Way, Whom, WithWhom

_NOBODY = UUID(int=0)
_PHONES = {"RIVERMERE": "01632 960 140", "HARBOURGATE": "01632 960 240"}
_NOTES = (
    ("Asked how a PA gets payslips. Sent the leaflet on payroll.", Way.TELEPHONE, WithWhom.PA, 20),
    ("Came to the drop-in and asked about the moving and handling course.", Way.VISIT, WithWhom.PA, 6),
)


def show(stage: Stage) -> None:
    """Two councils call back; Dyffryn has named nobody yet, so nobody there can."""
    today = london_day(stage.now)
    for code in _PHONES:
        where = stage.places[code]
        by = _first(stage, where, Role.COORDINATOR)
        for role in (Role.REGISTER_MANAGER, Role.ADMIN):
            guarding.name(
                stage.db,
                once=uuid4(),
                authority_id=where,
                person_id=_first(stage, where, role),
                since=london_day(stage.ago(30)),
                until=None,
                by=by,
                now=stage.ago(30),
            )
        planning.set_plan(
            stage.db, once=uuid4(), authority_id=where, plan=Plan((28, 90, 180, 365)), by=by, now=stage.ago(30)
        )
    for begun in begun_since(stage.db, today - timedelta(days=400), today, after=_NOBODY, limit=500):
        planning.make(stage.db, begun, planning.plan_of(stage.db, begun.authority_id), stage.now)
    for code, phone in _PHONES.items():
        _speak(stage, stage.places[code], phone)
        _call(stage, stage.places[code])


def _first(stage: Stage, where: UUID, role: Role) -> UUID:
    return people.people_in(stage.db, where, role, london_day(stage.now), limit=1)[0].id


def _speak(stage: Stage, where: UUID, phone: str) -> None:
    by = _first(stage, where, Role.COORDINATOR)
    email = people.person(stage.db, by).email or ""
    pas = people.people_in(stage.db, where, Role.PA, london_day(stage.ago(25)), limit=6)
    homes = households.employers_in(stage.db, where, limit=3)
    whose = [Whose(where, Whom.PA, pa.id) for pa in pas] + [Whose(where, Whom.EMPLOYER, home.id) for home in homes]
    for each in whose:
        services.name_contact(
            stage.db, each, once=uuid4(), contact_id=by, email=email, phone=phone, by=by, now=stage.ago(25)
        )
    for said, way, whom, ago in _NOTES:
        spoken = Spoken(london_day(stage.ago(ago)), way, whom, said)
        services.write_note(stage.db, whose[0], spoken, once=uuid4(), by=by, now=stage.ago(ago))


def _call(stage: Stage, where: UUID) -> None:
    """One is done, in another something points to harm, and nobody was reached in a third."""
    by, on = _first(stage, where, Role.COORDINATOR), london_day(stage.now)
    for standing in (Standing.OVERDUE, Standing.DUE):
        found, _total = lists.calls(
            stage.db, where, standing, on, not_of=Own(by, frozenset()), mine=False, offset=0, limit=3
        )
        for place, each in enumerate(found):
            asked = calling.asked(calling.opened(stage.db, each.id, by=by, on=on))
            answers = {question.code: Given(question.options[0].code) for question in asked.questions}
            if place == 0:
                calling.save(stage.db, call_back_id=each.id, answers=answers, by=by, now=stage.ago(0))
                calling.finish(stage.db, call_back_id=each.id, by=by, now=stage.ago(0))
            elif place == 1:
                said = {"safe": Given("harmed", "Says that a visitor shouts at them and throws things.")}
                calling.save(stage.db, call_back_id=each.id, answers=said, by=by, now=stage.ago(0))
            else:
                calling.not_reached(stage.db, once=uuid4(), call_back_id=each.id, by=by, now=stage.ago(0))
