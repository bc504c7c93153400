"""Every page and file of certificates, and who may open it: all others get nothing, as for what is not there."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.exceptions import MethodNotAllowed

from lms.certification.appearance.models import Signatory
from lms.certification.attendance.models import Attendance, Workshop
from lms.certification.bulk.models import Batch
from lms.certification.holder.models import HolderChoice, Share
from lms.certification.life.models import LifeWord, Suspension
from lms.certification.models import Certificate, Withdrawal
from lms.core.clock import london_day
from lms.core.house import House
from tests.whole.certificates_cast import NOBODY, Cast, cast
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

HOME = {"employer", "other employer", "representative"}
STAFF = {"coordinator", "quality assurer"}
OPENS = {"holder", "coordinator"} | HOME
EVERYBODY = "everybody"
SIGNED_IN = "signed in"
COORDINATES = {"coordinator"}
LOOKS = {"coordinator", "admin"}

MAY: dict[str, set[str]] = {
    "/certificates": {SIGNED_IN},
    "/certificates/of-my-pas": HOME | {"employer before", "employer elsewhere"},  # each sees those of their own PAs
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
    "/verify": {EVERYBODY},
    "/verify/file": {EVERYBODY},
    "/verify/{number}": {EVERYBODY},
    "/certificates/{certificate}/credential.json": {"holder"},
    "/credentials/badge.png": {EVERYBODY},
    "/credentials/status/{list}/withdrawn": {EVERYBODY},
    "/.well-known/palms/{authority}/did.json": {EVERYBODY},
    "/certificates/batches?authority={authority}": COORDINATES,
    "/certificates/batches/new?authority={authority}": COORDINATES,
    "/certificates/batches/{batch}": COORDINATES,
    "/certificates/batches/{batch}/list.csv": COORDINATES,
    "/certificates/batches/{batch}/print": COORDINATES,
    "/certificates/batches/{batch}/files/{download}/1": COORDINATES,
    "/certificates/workshops?authority={authority}": COORDINATES,
    "/certificates/workshops/new?authority={authority}": COORDINATES,
    "/certificates/workshops/{workshop}": COORDINATES,
    "/certificates/workshops/{workshop}/correct": COORDINATES,
    "/certificates/workshops/{workshop}/people": COORDINATES,
    "/certificates/workshops/{workshop}/issue": COORDINATES,
    "/certificates/kinds?authority={authority}": LOOKS,
    "/certificates/kinds/module?authority={authority}": LOOKS,
    "/certificates/kinds/module/pdf?authority={authority}": LOOKS,
    "/certificates/appearance?authority={authority}": LOOKS,
    "/certificates/appearance/logo?authority={authority}": set(),  # there is none
    "/certificates/appearance/signatories/new?authority={authority}": LOOKS,
    "/certificates/appearance/signatories/{signatory}/end?authority={authority}": LOOKS,
}
"""Who opens what; a redirect counts as opening, except to the page that asks to sign in."""

POSTS: dict[str, set[str]] = {
    "/certificates/shared/{share}/end": {"holder"},
    "/certificates/batches/{batch}/close": COORDINATES,
    "/certificates/workshops/{workshop}/list": COORDINATES,
    "/certificates/workshops/{workshop}/people/{attendance}/take-off": COORDINATES,
}
WRITTEN = (
    Certificate, Withdrawal, Suspension, LifeWord, Share, HolderChoice, Batch, Workshop, Attendance, Signatory,
)  # fmt: skip


@pytest.fixture
def there(house: House, world: World, app: Flask) -> Cast:
    """Everybody, and one thing of each kind."""
    return cast(house, world, app)


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


PREFIXES = ("/certificates", "/credentials", "/shared", "/verify", "/.well-known/palms")
ELSEWHERE = ("/verify-records",)
"""Records of practice, which an outside verifier reads."""


def test_every_page_about_a_certificate_is_in_the_table(there: Cast, app: Flask) -> None:
    doors, known = app.url_map.bind("localhost"), set()
    for pattern in MAY | POSTS:
        for method in ("GET", "POST"):
            try:
                known.add(doors.match(pattern.format_map(there.things).partition("?")[0], method=method)[0])
            except MethodNotAllowed:
                continue
    ours = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(PREFIXES) and not rule.rule.startswith(ELSEWHERE)
    }
    assert ours - known == set()
