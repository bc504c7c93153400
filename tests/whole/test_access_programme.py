"""Every page about the running of a programme, and who may open it: all others get nothing, as for what is not there.

One row for each page; whoever adds a page adds its row, what stands in its address to `things`, and the part of the
address that is theirs to `PREFIXES`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.core.clock import london_day
from lms.core.house import House
from lms.learning import services as learning
from lms.people import services as people
from lms.people.areas import services as areas
from lms.people.areas.models import Area, EmployerArea, PersonArea
from lms.people.rules import Nation, OrganisationKind, Role
from lms.programme.bulk import services as for_many
from lms.programme.bulk.models import BulkLine, BulkWork
from lms.programme.bulk.words import What
from lms.programme.contacts import services
from lms.programme.contacts.models import (
    CallBackAnswer,
    CallBackSetting,
    CallBackTry,
    ContactNote,
    NamedContact,
    SafeguardingAlert,
    SafeguardingPerson,
    SafeguardingStep,
)
from lms.programme.contacts.services import Spoken, Whose
from lms.programme.contacts.words import Way, Whom, WithWhom
from lms.programme.desk import setting
from lms.programme.desk.models import DeskSetting, Nudge, SavedView
from lms.programme.intake import services as intake
from lms.programme.intake import working as intake_working
from lms.programme.intake.models import IntakeBatch
from lms.programme.intake.words import Field
from tests.programme.contacts.conftest import begin, harm, name
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

NOBODY = "nobody"
COORDINATORS = {"coordinator", "coordinator beside"}
STAFF = COORDINATORS | {"named", "named second", "register officer", "quality assurer", "admin"}
NAMED = {"named", "named second"}
OWN = {"pa", "second pa", "other pa", "employer", "other employer", "employer elsewhere", "representative"}

MAY: dict[str, set[str]] = {
    "/desk/contacts?authority={authority}": COORDINATORS,
    "/desk/contacts/pa/{pa}?authority={authority}": COORDINATORS,
    "/desk/contacts/employer/{employer}?authority={authority}": COORDINATORS,
    "/desk/contacts/pa/{pa}/notes/new?authority={authority}": COORDINATORS,
    "/desk/contacts/pa/{pa}/notes/{note}?authority={authority}": COORDINATORS,
    "/desk/contacts/pa/{pa}": COORDINATORS,
    "/desk?authority={authority}": COORDINATORS,
    "/desk/settings?authority={authority}": COORDINATORS,
    "/desk/learners?authority={authority}": COORDINATORS,
    "/desk/learners.csv?authority={authority}": COORDINATORS,
    "/desk/learners.xlsx?authority={authority}": COORDINATORS,
    "/desk/lapsing?authority={authority}": COORDINATORS,
    "/desk/lapsing.csv?authority={authority}": COORDINATORS,
    "/desk/lapsing.xlsx?authority={authority}": COORDINATORS,
    "/desk/stuck?authority={authority}": COORDINATORS,
    "/desk/people/{pa}": COORDINATORS,
    "/desk/people-in?authority={authority}": COORDINATORS,
    "/desk/people-in/new?authority={authority}": COORDINATORS,
    "/desk/people-in/{intake}": COORDINATORS,
    "/desk/people-in/{intake}/columns": COORDINATORS,
    "/desk/people-in/{intake}/who/2": COORDINATORS,
    "/desk/people-in/{intake}/mistakes.csv": COORDINATORS,
    "/desk/people-in/pas.csv?authority={authority}": COORDINATORS,
    "/desk/people-in/pas.xlsx?authority={authority}": COORDINATORS,
    "/desk/employers/{employer}?authority={authority}": COORDINATORS,
    "/desk/organisations?authority={authority}": COORDINATORS,
    "/desk/organisations/{college}?authority={authority}": COORDINATORS,
    "/desk/by-area?authority={authority}": COORDINATORS,
    "/desk/by-area.csv?authority={authority}": COORDINATORS,
    "/desk/by-area.xlsx?authority={authority}": COORDINATORS,
    "/desk/areas?authority={authority}": COORDINATORS,
    "/desk/together?authority={authority}": COORDINATORS,
    "/desk/together/new?authority={authority}": COORDINATORS,
    "/desk/together/{work}": COORDINATORS,
    "/desk/together/{work}/list.csv": COORDINATORS,
    "/desk/together/{work}/list.xlsx": COORDINATORS,
    "/desk/areas/{area}?authority={authority}": COORDINATORS,
    "/my-contact": OWN,
    "/desk/call-backs?authority={authority}": STAFF,
    "/desk/call-backs/{call}": COORDINATORS | {"register officer"},
    "/desk/call-backs/{employer_call}": COORDINATORS,
    "/desk/call-backs/settings?authority={authority}": COORDINATORS,
    "/desk/alerts?authority={authority}": NAMED,
    "/desk/alerts": NAMED,
    "/desk/alerts/{alert}": NAMED,
    "/desk/safeguarding?authority={authority}": COORDINATORS | {"admin"},
}
"""Pages that are looked at. The register officer is the PA's named contact."""

POSTS: dict[str, set[str]] = {
    "/desk/people-in/{intake}/start": COORDINATORS,
    "/desk/people-in/{intake}/look": COORDINATORS,
    "/desk/people/{pa}/area?authority={authority}": COORDINATORS,
    "/desk/employers/{employer}/area?authority={authority}": COORDINATORS,
    "/desk/views?authority={authority}": COORDINATORS,
    "/desk/views/{view}/take-away": {"coordinator"},
    "/desk/together/{work}/look": COORDINATORS,
    "/desk/together/{work}/start": COORDINATORS,
    "/desk/together/{work}/again": COORDINATORS,
    "/desk/together/{work}/stop": COORDINATORS,
    "/desk/together/{work}/close": COORDINATORS,
    "/desk/together/{work}/take-back": COORDINATORS,
    "/desk/stuck/{enrolment}/nudge?authority={authority}": COORDINATORS,
    "/desk/contacts/pa/{pa}/notes.csv?authority={authority}": COORDINATORS,
    "/desk/call-backs/{call}/not-reached": COORDINATORS | {"register officer"},
    "/desk/call-backs/{call}/not-wanted": COORDINATORS | {"register officer"},
    "/desk/alerts/{alert}/have-it": NAMED,
    "/desk/safeguarding/{named}/end?authority={authority}": COORDINATORS | {"admin"},
}
"""What only takes a form."""

WRITTEN = (
    IntakeBatch,
    BulkLine,
    BulkWork,
    Area,
    EmployerArea,
    PersonArea,
    DeskSetting,
    Nudge,
    SavedView,
    CallBackAnswer,
    CallBackSetting,
    CallBackTry,
    ContactNote,
    NamedContact,
    SafeguardingAlert,
    SafeguardingPerson,
    SafeguardingStep,
)
PREFIXES = (
    "/desk/contacts",
    "/desk/call-backs",
    "/desk/alerts",
    "/desk/safeguarding",
    "/desk/learners",
    "/desk/lapsing",
    "/desk/areas",
    "/desk/by-area",
    "/desk/employers",
    "/desk/organisations",
    "/desk/people",
    "/desk/settings",
    "/desk/stuck",
    "/desk/together",
    "/desk/views",
    "/my-contact",
)
"""Parts of the programme of which every page has to be in these tables."""


@pytest.fixture
def who(house: House, world: World, now: datetime) -> dict[str, UUID | None]:
    """Everybody who might come by. The second PA and the first employer are whom the alert concerns."""
    with house.database.writing() as db:
        beside = people.add_person(db, name="Bea Beside", email="bea@example.com", by=None, now=now)
        people.give_role(
            db,
            person_id=beside,
            organisation_id=world.authority,
            role=Role.COORDINATOR,
            by=None,
            now=now,
            since=london_day(now),
        )
    return {
        NOBODY: None,
        "pa": world.pa,
        "second pa": world.second_pa,
        "other pa": world.other_pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "employer elsewhere": world.other_employer_person,
        "representative": world.representative,
        "adviser": world.adviser,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "coordinator": world.coordinator,
        "coordinator beside": beside,
        "coordinator elsewhere": world.other_coordinator,
        "named": world.register_manager,
        "named second": world.funding_officer,
        "register officer": world.register_officer,
        "admin": world.admin,
    }


@pytest.fixture
def things(house: House, world: World, now: datetime) -> dict[str, UUID]:
    """What stands in the addresses."""
    note, view, area, many = (uuid4() for _each in range(4))
    whose = Whose(world.authority, Whom.PA, world.second_pa)
    with house.database.writing() as db:
        first = name(db, world, world.register_manager, now)
        name(db, world, world.funding_officer, now)
        calls = begin(db, world, now)
        harm(db, calls[Whom.PA], by=world.coordinator, now=now)
        alert = db.scalars(select(SafeguardingAlert.id)).one()
        spoken = Spoken(london_day(now), Way.VISIT, WithWhom.PA, "Asked about pay")
        services.write_note(db, whose, spoken, once=note, by=world.coordinator, now=now)
        services.name_contact(
            db,
            whose,
            once=uuid4(),
            contact_id=world.register_officer,
            email="",
            phone="01632 960 001",
            by=world.coordinator,
            now=now,
        )
        enrolment = learning.enrol(
            db,
            learner_id=world.second_pa,
            authority_id=world.authority,
            course="PAI",
            by=world.coordinator,
            now=now,
        )
        areas.add_area(
            db, id=area, authority_id=world.authority, code="N-1", name="North", name_cy="", by=world.coordinator,
            now=now,
        )  # fmt: skip
        college = people.add_organisation(
            db, kind=OrganisationKind.COLLEGE, name="Weir College", nation=Nation.ENGLAND, now=now
        )
        people.make_agreement(db, authority_id=world.authority, organisation_id=college, since=london_day(now))
        for_many.begin(
            db,
            id=many,
            authority_id=world.authority,
            wish=for_many.Wish(What.REMIND, "Remind"),
            chosen={"list": {"which": "stuck"}},
            by=world.coordinator,
            now=now,
        )
        setting.save_view(
            db,
            id=view,
            person_id=world.coordinator,
            authority_id=world.authority,
            name="Stuck",
            asked={"which": "stuck"},
            now=now,
        )
    return {
        "enrolment": enrolment,
        "intake": _intake(house, world, now),
        "view": view,
        "work": many,
        "area": area,
        "college": college,
        "authority": world.authority,
        "pa": world.second_pa,
        "employer": world.employer,
        "note": note,
        "call": calls[Whom.PA],
        "employer_call": calls[Whom.EMPLOYER],
        "alert": alert,
        "named": first,
    }


def _intake(house: House, world: World, now: datetime) -> UUID:
    """A list with a name that is unclear, looked at by the worker."""
    once, data = uuid4(), b"Name,Email\nPat Morgan,\n"
    with house.database.writing() as db:
        intake.upload(
            db,
            house.files,
            once=once,
            authority_id=world.authority,
            data=data,
            name="pas.csv",
            by=world.coordinator,
            now=now,
        )
        columns = {Field.NAME: 0, Field.EMAIL: 1}
        intake.set_columns(db, batch_id=once, columns=columns, order=None, by=world.coordinator, now=now)
    intake_working.look(house, f"{once}:1", now)
    return once


def test_everybody_opens_what_is_theirs_and_nothing_else(
    who: dict[str, UUID | None], things: dict[str, UUID], browser_for: BrowserFor
) -> None:
    browsers = {name: browser_for(person) for name, person in who.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for name_, browser in browsers.items():
            answer = browser.get(pattern.format_map(things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, name_, answer.status_code)
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            if answer.status_code in {200, 302} and not asked:
                opened.add(name_)
        if opened != may:
            wrong[pattern] = {"too many": opened - may, "too few": may - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(
    who: dict[str, UUID | None], things: dict[str, UUID], house: House, browser_for: BrowserFor
) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            return [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]

    before, wrong = counted(), {}
    for name_, person in who.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if name_ not in may:
                answer = browser.post(pattern.format_map(things), {"once": str(uuid4())})
                answer.close()
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, name_] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_is_in_the_table(app: Flask, things: dict[str, UUID]) -> None:
    adapter = app.url_map.bind("localhost")
    known = set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(adapter.match(pattern.format_map(things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIXES)}
    assert ours
    assert ours - known == set()
