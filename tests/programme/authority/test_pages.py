"""Pages of the settings: what each shows and refuses, what pages wear, and attacks on all of it."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select

from lms.certification.appearance import services as appearance
from lms.certification.appearance.rules import Languages
from lms.certification.appearance.services import LogoChange
from lms.core.clock import london_day
from lms.core.house import House
from lms.core.models import EventRow
from lms.core.words import NotFound, Refused
from lms.people import queries as people
from lms.people.models import Person
from lms.people.reading import Contrast
from lms.people.rules import Role
from lms.programme.authority import looks
from lms.programme.authority.models import Colours, RoleChange
from lms.programme.authority.rules import Palette
from tests.conftest import NOON
from tests.programme.authority.conftest import role_of
from tests.whole.test_query_counts import counting
from tests.world import World

BrowserFor = Callable[..., Any]
ONE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PLUM = {"header": "#5b0f3c", "link": "#5b0f3c", "button": "#123456"}


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def colour(house: House, world: World, now: datetime, *, by: UUID | None = None, **colours: str) -> None:
    with house.database.writing() as db:
        seen = looks.worn_by(db, world.authority, london_day(now)).look
        palette = Palette(**{**PLUM, **colours})
        who = by or world.admin
        looks.set_colours(db, id=uuid4(), authority_id=world.authority, palette=palette, seen=seen, by=who, now=now)


def logo(house: House, world: World, now: datetime) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (200, 80), "navy").save(picture, "PNG")
    change = LogoChange(picture=picture.getvalue(), alt="Rivermere Council")
    with house.database.writing() as db:
        appearance.set_appearance(
            db,
            house.files,
            id=uuid4(),
            authority_id=world.authority,
            languages=Languages.HOLDER,
            logo=change,
            by=world.admin,
            now=now,
        )


def sheet_in(page: str) -> str | None:
    found = re.search(r'href="(/look/[^"]+\.css)"', page)
    return found and found.group(1)


@ONE
def test_every_setting_stands_on_one_page_with_what_it_says_now(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    page = text(browser_for(world.admin).get("/settings"))
    for said in ("Rivermere Council; no Welsh name", "The colours of PALMS", "Nobody yet", "Call-backs", "28"):
        assert said in page
    assert "Changed by: Training coordinator" in page, "the desk's days are not the admin's to change"
    links = set(re.findall(r'href="(/[a-z][^"?]*)\?authority=', page))
    admin = browser_for(world.admin)
    for link in links:
        assert admin.get(f"{link}?authority={world.authority}").status_code == 200, link
    assert {"/settings/name", "/settings/colours", "/settings/roles", "/certificates/appearance"} <= links


@ONE
def test_the_name_is_changed_and_stands_on_every_page(
    house: House, world: World, beside: UUID, browser_for: BrowserFor
) -> None:
    admin, path = browser_for(world.admin), "/settings/name"
    page = text(browser_for(world.pa).get("/"))
    assert 'palms-header__tagline">Rivermere Council<' in page
    old = {"was": "Rivermere Council", "was_cy": ""}
    assert "Enter a name" in text(admin.post(path, {"name": " ", "name_cy": "", **old}))
    new = {"name": "Rivermere & <Dale> Council", "name_cy": "Cyngor Glan yr Afon", **old}
    for _twice in range(2):
        assert admin.post(path, new).status_code == 302
    assert "Rivermere &amp; &lt;Dale&gt; Council" in text(browser_for(world.pa).get("/"))
    assert "Rivermere &amp; &lt;Dale&gt; Council" in text(browser_for(world.employer_person).get("/"))
    late = browser_for(beside).post(path, {"name": "Another", "name_cy": "", **old})
    assert late.status_code == 200
    assert "Somebody else changed this meanwhile" in text(late)
    assert 'value="Another"' in text(late), "nothing that was typed is lost"
    with house.database.reading() as db:
        told = list(db.scalars(select(EventRow).where(EventRow.kind == "AuthorityRenamed")))
        assert [(row.by, row.data["was"], row.data["called"]) for row in told] == [
            (world.admin, "Rivermere Council", "Rivermere & <Dale> Council")
        ]
        assert people.organisation(db, world.other_authority).name == "Dyffryn County Council"


@ONE
def test_welsh_readers_see_the_welsh_name(house: House, world: World, browser_for: BrowserFor) -> None:
    with house.database.writing() as db:
        db.get_one(Person, world.other_pa).language = "cy"  # type: ignore[assignment]
    assert "Cyngor Sir Dyffryn" in text(browser_for(world.other_pa).get("/"))


@ONE
def test_colours_are_tried_then_saved_and_worn_by_that_authority_alone(
    house: House, world: World, browser_for: BrowserFor
) -> None:
    admin, path = browser_for(world.admin), "/settings/colours"
    form = {**PLUM, "seen": "0", "once": str(uuid4())}
    tried = text(admin.post(path, {**form, "do": "try"}))
    sheet = re.search(r'href="(/settings/colours/try\.css[^"]+)"', tried)
    assert sheet
    given = admin.get(sheet.group(1).replace("&amp;", "&"))
    assert given.mimetype == "text/css"
    assert "#5b0f3c" in text(given)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Colours)) == 0, "trying saves nothing"
    for _twice in range(2):
        assert admin.post(path, {**form, "do": "save"}).status_code == 302
    pa = browser_for(world.pa)
    worn = sheet_in(text(pa.get("/")))
    assert worn == f"/look/{world.authority}/1.css"
    answer = pa.get(worn)
    assert "#123456" in text(answer)
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = pa.get(worn, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert sheet_in(text(browser_for(world.other_pa).get("/"))) is None
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Colours)) == 1


@ONE
def test_a_weak_colour_is_named_with_the_nearest_that_does(world: World, browser_for: BrowserFor) -> None:
    weak = {**PLUM, "link": "#e8a200", "seen": "0", "do": "save"}
    page = text(browser_for(world.admin).post("/settings/colours", weak))
    offered = re.search(r"The nearest shade that can be read is (#[0-9a-f]{6})", page)
    assert offered
    assert 'href="#link"' in page, "the summary leads to the field"
    assert 'value="#e8a200"' in page
    mended = {**weak, "link": offered.group(1)}
    assert browser_for(world.admin).post("/settings/colours", mended).status_code == 302


@ONE
@pytest.mark.parametrize(
    "evil",
    [
        "#000}body{display:none}",
        "red",
        "url(https://evil.example/x)",
        "#00000g",
        "#000000;--govuk-link-colour:#fff",
        "</style><script>alert(1)</script>",
        "#000000\x00",
        "#" + "0" * 60,
    ],
)
def test_nothing_but_a_colour_comes_into_a_sheet(
    house: House, world: World, browser_for: BrowserFor, evil: str
) -> None:
    admin = browser_for(world.admin)
    for do in ("try", "save"):
        answer = admin.post("/settings/colours", {**PLUM, "header": evil, "seen": "0", "do": do})
        assert answer.status_code in {200, 400}, "a sign nobody can type is refused at the door"
        assert "try.css" not in text(answer)
    asked = {"header": evil, "link": "#000000", "button": "#000000"}
    assert admin.get("/settings/colours/try.css", query_string=asked).status_code in {400, 404}
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Colours)) == 0


def test_services_refuse_what_pages_do(house: House, world: World, elsewhere: UUID, now: datetime) -> None:
    for who in (elsewhere, world.coordinator, world.pa):
        with pytest.raises(NotFound):
            colour(house, world, now, by=who)
        seen = ("Rivermere Council", "")
        with house.database.writing() as db, pytest.raises(NotFound):
            looks.rename(db, authority_id=world.authority, name="Ours", name_cy="", seen=seen, by=who, now=now)
    with pytest.raises(Refused, match="Write each colour"):
        colour(house, world, now, header="#000}")
    with pytest.raises(Refused, match="nearest"):
        colour(house, world, now, button="#ff0000")
    colour(house, world, now)
    palette = Palette(**{**PLUM, "link": "#000000"})
    with house.database.writing() as db, pytest.raises(Refused, match="meanwhile"):
        looks.set_colours(
            db, id=uuid4(), authority_id=world.authority, palette=palette, seen=0, by=world.admin, now=now
        )
    colour(house, world, now)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Colours)) == 1, "the same colours again are no change"


@ONE
def test_the_logo_of_certificates_stands_in_the_header(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    pa = browser_for(world.pa)
    assert "palms-header__logo" not in text(pa.get("/"))
    logo(house, world, now)
    found = re.search(r'class="palms-header__logo" src="([^"]+)" alt=""', text(pa.get("/")))
    assert found
    answer = pa.get(found.group(1))
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert sheet_in(text(pa.get("/"))) is None, "a logo alone changes no colour"


@ONE
def test_a_page_in_an_authoritys_colours_asks_no_more_of_the_database(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    pa = browser_for(world.pa)
    pa.get("/account")
    with counting(house.database) as plain:
        pa.get("/account")
    colour(house, world, now)
    logo(house, world, now)
    pa.get("/account")  # the first page with a new look finds out what it consists of
    with counting(house.database) as coloured:
        assert "/look/" in text(pa.get("/account"))
    assert len(coloured) == len(plain)


@ONE
def test_a_newer_look_is_asked_for_by_another_address(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    pa = browser_for(world.pa)
    colour(house, world, now)
    first = sheet_in(text(pa.get("/")))
    assert first
    colour(house, world, now, button="#000000")
    second = sheet_in(text(pa.get("/")))
    assert second
    assert second != first
    old = pa.get(first)
    assert "must-revalidate" in old.headers["Cache-Control"], "an old address is never kept for good"


@ONE
def test_ones_own_contrast_wins(house: House, world: World, now: datetime, browser_for: BrowserFor) -> None:
    colour(house, world, now)
    with house.database.writing() as db:
        db.get_one(Person, world.pa).contrast = Contrast.HIGH
    page = text(browser_for(world.pa).get("/"))
    sheet = text(browser_for(world.pa).get(sheet_in(page)))
    assert "palms-contrast-high" in page
    for rule in re.findall(r"^(\.[^{]*)\{", sheet, re.MULTILINE):
        assert ":not(.palms-contrast-high,.palms-contrast-dark)" in rule


@ONE
def test_roles_are_given_and_ended_on_pages(
    house: House, world: World, beside: UUID, now: datetime, browser_for: BrowserFor
) -> None:
    admin, today = browser_for(world.admin), london_day(now)
    last = today + timedelta(days=60)
    form = {
        "name": "Fay Funding",
        "email": "fay.funding@example.com",
        "role": "coordinator",
        "since": [str(today.day), str(today.month), str(today.year)],
        "until": [str(last.day), str(last.month), str(last.year)],
        "reason": "Stands in for Cora",
        "once": str(uuid4()),
    }
    wrong = text(admin.post("/settings/roles/give", {**form, "reason": "", "until": ["31", "2", "2027"]}))
    assert "Say in a few words why" in wrong
    assert "real date" in wrong
    assert 'value="fay.funding@example.com"' in wrong
    for _twice in range(2):
        assert admin.post("/settings/roles/give", form).status_code == 302
    page = text(admin.get("/settings/roles"))
    assert page.count("Fay Funding</a>") == 2
    assert "Stands in for Cora" in text(admin.get("/settings/roles/changes"))
    row = role_of(house, world, world.funding_officer, Role.COORDINATOR)
    again = text(admin.get(f"/settings/roles/{row.id}"))
    assert f'name="seen" type="hidden" value="{last.isoformat()}"' in again
    stale = {"until": ["", "", ""], "seen": "open", "reason": "Stays on"}
    assert "Somebody else changed this role" in text(admin.post(f"/settings/roles/{row.id}", stale))
    assert admin.post(f"/settings/roles/{row.id}", {**stale, "seen": last.isoformat()}).status_code == 302
    assert role_of(house, world, world.funding_officer, Role.COORDINATOR).until is None
    assert "why" in text(admin.post(f"/settings/roles/{row.id}/end", {"reason": ""})).lower()
    assert admin.post(f"/settings/roles/{row.id}/end", {"reason": "Cora is back"}).status_code == 302
    assert browser_for(world.funding_officer).get("/desk").status_code == 403
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RoleChange)) == 3


@ONE
def test_an_admin_cannot_get_more_by_any_form(
    house: House, world: World, beside: UUID, elsewhere: UUID, browser_for: BrowserFor
) -> None:
    today = london_day(NOON)
    form = {
        "name": "Ada Admin",
        "email": "ada.admin@example.com",
        "role": "funding_officer",
        "since": [str(today.day), str(today.month), str(today.year)],
        "reason": "Because",
    }
    assert "cannot give yourself" in text(browser_for(world.admin).post("/settings/roles/give", form))
    there = f"/settings/roles/give?authority={world.authority}"
    assert browser_for(elsewhere).post(there, form).status_code == 404
    pa = role_of(house, world, world.pa, Role.PA)
    assert browser_for(world.admin).post(f"/settings/roles/{pa.id}/end", {"reason": "Because"}).status_code == 404
    assert (
        browser_for(elsewhere).get(f"/settings/roles/{role_of(house, world, beside, Role.ADMIN).id}").status_code == 404
    )


@ONE
def test_long_lists_of_roles_come_in_pages_with_as_many_queries(
    house: House, world: World, now: datetime, browser_for: BrowserFor
) -> None:
    from lms.people import services

    admin = browser_for(world.admin)
    admin.get("/settings/roles")
    with counting(house.database) as few:
        admin.get("/settings/roles")
    with house.database.writing() as db:
        for number in range(60):
            id = services.add_person(db, name=f"Nia {number:02}", email=f"nia{number}@example.com", by=None, now=now)
            where = world.authority
            services.give_role(db, person_id=id, organisation_id=where, role=Role.COORDINATOR, by=None, now=now)
    with counting(house.database) as many:
        page = text(admin.get("/settings/roles?name=Nia"))
    assert len(many) == len(few)
    assert page.count("Nia ") >= 50
    assert "page=2" in page
