"""Every page and file of certificates, and who may open it: all others get nothing, as for what is not there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.certification import queries
from lms.certification.holder import services as holder
from lms.certification.holder.models import HolderChoice, Share
from lms.certification.holder.rules import NameShown
from lms.certification.life.models import LifeWord, Suspension
from lms.certification.models import Certificate, Withdrawal
from lms.core import work
from lms.core.clock import london_day
from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from tests.certification import steps
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

HOME = {"employer", "other employer", "representative"}
STAFF = {"coordinator", "quality assurer"}
OPENS = {"holder", "coordinator"} | HOME
NOBODY = "nobody"
EVERYBODY = "everybody"
SIGNED_IN = "signed in"

MAY: dict[str, set[str]] = {
    "/certificates": {SIGNED_IN},
    "/certificates/what-others-see": {SIGNED_IN},
    "/certificates/{certificate}": OPENS,
    "/certificates/{certificate}/page": OPENS,
    "/certificates/{certificate}/pdf": OPENS,
    "/certificates/{certificate}/share": {"holder"},
    "/certificates/{certificate}/looks": {"holder"},
    "/certificates/issued?authority={authority}": STAFF,
    "/certificates/issued/{certificate}": STAFF,
    "/certificates/issued/{certificate}/suspend": STAFF,
    "/certificates/issued/{certificate}/lift": STAFF,
    "/certificates/issued/{certificate}/withdraw": STAFF,
    "/certificates/issued/{certificate}/replace": {"coordinator"},
    "/shared/{secret}": {EVERYBODY},
    "/verify/{number}": {EVERYBODY},
}
"""Who opens what; a redirect counts as opening, except to the page that asks to sign in."""

POSTS: dict[str, set[str]] = {
    "/certificates/shared/{share}/end": {"holder"},
}
WRITTEN = (Certificate, Withdrawal, Suspension, LifeWord, Share, HolderChoice)


@dataclass(frozen=True)
class Cast:
    """Who they are, and the ids of what there is to open."""

    people: dict[str, UUID | None]
    things: dict[str, object]


@pytest.fixture
def there(house: House, world: World, app: Flask) -> Cast:
    """A certificate with its PDF and a link, and everybody who has to do with its holder, or nothing."""
    now = house.clock()
    with house.database.writing() as db:
        steps.earns(db, world, now)
        (issued,) = queries.certificates_of(db, world.pa)
        before = people.add_person(db, name="Ed Before", email="ed@example.com", by=None, now=now)
        place = people.add_organisation(
            db,
            kind=people.queries.organisation(db, world.employer).kind,
            name="Ed Before",
            nation=people.queries.organisation(db, world.employer).nation,
            authority_id=world.authority,
            now=now,
        )
        people.give_role(db, person_id=before, organisation_id=place, role=Role.EMPLOYER, by=None, now=now)
        began = london_day(now) - timedelta(days=9)
        people.start_employment(db, pa_id=world.pa, employer_id=place, since=began, by=None, now=now)
        people.end_employment(
            db, pa_id=world.pa, employer_id=place, until=began + timedelta(days=2), by=world.coordinator, now=now
        )
        share = uuid4()
        holder.share(
            db,
            id=share,
            key=str(app.secret_key),
            certificate_id=issued.id,
            for_whom="Anna",
            name_shown=NameShown.FULL,
            until=london_day(now) + timedelta(days=9),
            by=world.pa,
            now=now,
        )
    work.do_all(house, now=now)
    cast: dict[str, UUID | None] = {
        "holder": world.pa,
        "another PA": world.second_pa,
        "employer": world.employer_person,
        "other employer": world.second_employer_person,
        "representative": world.representative,
        "employer before": before,
        "assessor": world.assessor,
        "quality assurer": world.quality_assurer,
        "verifier": world.verifier,
        "coordinator": world.coordinator,
        "register officer": world.register_officer,
        "register manager": world.register_manager,
        "funding officer": world.funding_officer,
        "admin": world.admin,
        "PA elsewhere": world.other_pa,
        "coordinator elsewhere": world.other_coordinator,
        "employer elsewhere": world.other_employer_person,
        "assessor elsewhere": world.other_assessor,
        NOBODY: None,
    }
    things = {
        "certificate": issued.id,
        "number": issued.number,
        "authority": world.authority,
        "share": share,
        "secret": holder.secret_of(str(app.secret_key), share),
    }
    return Cast(cast, things)


def who_of(may: set[str], cast: Cast) -> set[str]:
    if EVERYBODY in may:
        return set(cast.people)
    return set(cast.people) - {NOBODY} if SIGNED_IN in may else may


def test_everybody_opens_what_is_theirs_and_nothing_else(there: Cast, browser_for: BrowserFor) -> None:
    browsers = {who: browser_for(person) for who, person in there.people.items()}
    wrong = {}
    for pattern, may in MAY.items():
        opened = set()
        for who, browser in browsers.items():
            answer = browser.get(pattern.format_map(there.things))
            answer.close()
            assert answer.status_code in {200, 302, 403, 404}, (pattern, who, answer.status_code)
            asked = answer.status_code == 302 and "/sign-in" in answer.location
            if answer.status_code in {200, 302} and not asked:
                opened.add(who)
        if opened != who_of(may, there):
            wrong[pattern] = {"too many": opened - who_of(may, there), "too few": who_of(may, there) - opened}
    assert wrong == {}


def test_nobody_else_writes_anything(there: Cast, house: House, browser_for: BrowserFor) -> None:
    def counted() -> list[int]:
        with house.database.reading() as db:
            numbers = [db.scalar(select(func.count()).select_from(table)) or 0 for table in WRITTEN]
            return [*numbers, db.scalar(select(func.count()).where(Share.ended_at.is_(None))) or 0]

    everything = {
        "sure": "y",
        "word": "Not theirs.",
        "reason": "holder_asked",
        "holder_name": "Somebody Else",
        "for_whom": "Me",
        "until": london_day(house.clock()).isoformat(),
        "name_shown": "full",
    }
    before, wrong = counted(), {}
    for who, person in there.people.items():
        browser = browser_for(person)
        for pattern, may in (MAY | POSTS).items():
            if who not in who_of(may, there):
                answer = browser.post(pattern.format_map(there.things), {**everything, "once": str(uuid4())})
                answer.close()
                asked = answer.status_code == 302 and "/sign-in" in answer.location
                if answer.status_code not in {403, 404, 405} and not asked:
                    wrong[pattern, who] = answer.status_code
    assert wrong == {}
    assert counted() == before


def test_every_page_about_a_certificate_is_in_the_table(app: Flask) -> None:
    known = {_shape(each.partition("?")[0]) for each in MAY | POSTS}
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[1:2] and rule.endpoint.split(".")[1] in {"holder", "shared", "life", "checking"}:
            shape = _shape(rule.rule)
            assert shape in known or shape in {"/certificates/issued", "/verify", "/verify/file"}, rule.rule


def _shape(pattern: str) -> str:
    return re.sub(r"<[^>]+>|\{[^}]+\}", "*", pattern)
