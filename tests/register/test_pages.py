"""The register's pages as a PA, the register team and strangers meet them."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from lms.core.house import House
from lms.people import services as people
from lms.people.rules import Role
from lms.register import queries, services
from lms.register.kinds import ListingState
from tests.world import World

Browsers = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(page: Any) -> str:
    assert page.status_code == 200, page.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)))


def of_pa(world: World, rest: str = "") -> str:
    return f"/register/people/{world.authority}/{world.pa}{rest}"


def test_a_pa_reads_what_is_missing_and_what_comes_next(browser_for: Browsers, world: World) -> None:
    page = text(browser_for(world.pa).get("/register"))
    assert "You have not applied yet" in page
    assert "Tell us about your work" in page
    assert "Proof of who you are" in page
    assert "You cannot be shown on the register of Rivermere Council yet." in page
    assert "Its register team decides who is listed." in page
    assert "These rules are an example." in page


def test_the_two_questions_come_first_and_then_the_quickest_step(browser_for: Browsers, world: World) -> None:
    pa = browser_for(world.pa)
    where = f"/register/{world.authority}/work"
    wrong = pa.submit(where, {"self_employed": "yes"})
    assert "Say whether there will be a child where you work." in text(wrong)
    answers = {"self_employed": "no", "will_support_child_or_home_with_child": "yes"}
    assert pa.submit(where, answers).status_code == 302
    page = text(pa.get("/register"))
    assert "because a child is there" in page
    assert page.index("Your next step") < page.index("The code of conduct")


def test_a_pa_accepts_the_code_once(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    pa = browser_for(world.pa)
    where = f"/register/{world.authority}/code-of-conduct"
    assert "I come when I said I would." in text(pa.get(where))
    assert "Tick the box" in text(pa.submit(where))
    page = pa.get(where).get_data(as_text=True)
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    for _twice in range(2):
        sent = pa.submit(where, {"accept": "y", "once": once.group(1), "version": "2026-1"})
        assert sent.status_code in {302, 200}
    with house.database.reading() as db:
        assert len(queries.records_of(db, world.pa, world.authority)) == 1
    assert "You accepted it on 21 November 2026." in text(pa.get(where))


def test_an_older_version_of_the_code_is_not_accepted(browser_for: Browsers, world: World) -> None:
    pa = browser_for(world.pa)
    data = {"accept": "y", "version": "2025-1"}
    assert "There is a newer code of conduct." in text(pa.post(f"/register/{world.authority}/code-of-conduct", data))


def test_a_welsh_authority_asks_for_area_and_details(browser_for: Browsers, world: World) -> None:
    pa = browser_for(world.other_pa)
    for code in ("DY-AREA", "DY-AVAIL"):
        assert pa.submit(f"/register/{world.other_authority}/say/{code}").status_code == 302
    page = text(pa.get("/register"))
    assert page.index("Still to do") < page.index("Good to have") < page.index("Done on 21 November 2026.")
    assert pa.get(f"/register/{world.other_authority}/say/DY-ID").status_code == 404


def test_in_welsh_english_titles_say_that_they_are_english(browser_for: Browsers, world: World) -> None:
    pa = browser_for(world.other_pa)
    pa.post("/language", {"language": "cy", "back": "/register"})
    page = pa.get("/register").get_data(as_text=True)
    assert '<html lang="cy"' in page
    assert '<span lang="en">Proof of who you are</span>' in page
    assert "Cyngor Sir Dyffryn" in page


def test_a_pa_of_two_authorities_chooses(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    with house.database.writing() as db:
        people.give_role(db, person_id=world.pa, organisation_id=world.other_authority, role=Role.PA, by=None, now=now)
    pa = browser_for(world.pa)
    assert "These are the rules of Dyffryn County Council." in text(
        pa.get(f"/register?authority={world.other_authority}")
    )
    assert "These are the rules of Rivermere Council." in text(pa.get(f"/register?authority={world.authority}"))
    assert pa.get(f"/register?authority={uuid4()}").status_code == 404


# The register team ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_team_sees_who_stands_where(browser_for: Browsers, world: World) -> None:
    for someone in (world.register_officer, world.register_manager):
        page = text(browser_for(someone).get("/register/people"))
        assert "2 PAs" in page
        assert "Pat Morgan" in page
        assert "Sam Okoro" in page
        assert "Olwen Price" not in page
    officer = browser_for(world.register_officer)
    assert "Nobody fits." in text(officer.get("/register/people?listing=listed"))
    assert "1 PA " in text(officer.get("/register/people?name=pat"))
    for odd in ("?page=0", "?page=-1", "?page=x", "?listing=odd", "?name=" + "x" * 5000, "?page=99999999"):
        assert officer.get("/register/people" + odd).status_code == 200


def test_the_team_records_what_it_saw(browser_for: Browsers, world: World, house: House) -> None:
    officer = browser_for(world.register_officer)
    day = {"seen_on": ["20", "11", "2026"]}
    assert officer.submit(of_pa(world, "/record/RM-ID"), day).status_code == 302
    assert "Enter the last day" in text(officer.submit(of_pa(world, "/record/RM-RTW"), day))
    assert officer.submit(of_pa(world, "/record/RM-RTW"), {**day, "no_end": "y", "shown": "list_a"}).status_code == 302
    reference = {**day, "source": "other", "relative": "no"}
    assert officer.submit(of_pa(world, "/record/RM-REF"), reference).status_code == 302
    assert "module PAI-4 (Safeguarding and speaking up)" in text(officer.get(of_pa(world, "/record/RM-SAFE")))
    assert "certificate PAI-CERT (Personal Assistant Induction Certificate)" in text(officer.get(of_pa(world)))
    learned = {**day, "item": "modules:PAI-4", "completed_on": ["1", "5", "2026"]}
    assert officer.submit(of_pa(world, "/record/RM-SAFE"), learned).status_code == 302
    assert officer.submit(of_pa(world, "/record/RM-INT"), {**day, "enough": "no"}).status_code == 302
    page = text(officer.get(of_pa(world)))
    assert "seen by Rae Officer" in page
    assert "We have 1 of 2." in page
    assert "It is not enough yet." in page
    assert page.count("Not enough yet") == 2, "one word for it, of the requirement and of the record"
    with house.database.reading() as db:
        assert len(queries.records_of(db, world.pa, world.authority)) == 5


def test_days_that_cannot_be_are_shown_on_the_form(browser_for: Browsers, world: World) -> None:
    officer = browser_for(world.register_officer)
    where = of_pa(world, "/record/RM-ID")
    assert "That day has not come yet." in text(officer.submit(where, {"seen_on": ["22", "11", "2026"]}))
    assert "Enter a real date" in text(officer.submit(where, {"seen_on": ["31", "2", "2026"]}))
    page = text(officer.submit(where, {"seen_on": ["", "", ""]}))
    assert "Enter a date." in page
    assert "Error:" in page


def test_walls_and_roles(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    officer = browser_for(world.register_officer)
    for path in (
        f"/register/people/{world.authority}/{world.other_pa}",
        f"/register/people/{world.other_authority}/{world.other_pa}",
        f"/register/people/{world.other_authority}/{world.pa}",
        f"/register/people/{world.authority}/{uuid4()}",
        f"/register/people/{world.authority}/{world.other_pa}/record/RM-ID",
        of_pa(world, "/record/DY-ID"),
        of_pa(world, "/record/RM-CODE"),
        f"/register/people/{world.authority}/disclosures/{uuid4()}",
        f"/register/people?authority={world.other_authority}",
    ):
        assert officer.get(path).status_code == 404, path
        assert officer.post(path.partition("?")[0] + "?" + path.partition("?")[2]).status_code in {404, 405}, path
    pa = browser_for(world.pa)
    for path in (of_pa(world), "/register/people", of_pa(world, "/record/RM-ID")):
        assert pa.get(path).status_code == 403, path
    for path in ("work", "code-of-conduct", "say/DY-AREA"):
        assert pa.get(f"/register/{world.other_authority}/{path}").status_code == 404, path
    assert officer.get("/register").status_code == 403
    assert browser_for().get("/register").status_code == 302


def test_a_record_of_another_authority_is_behind_its_wall(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    with house.database.writing() as db:
        people.give_role(db, person_id=world.pa, organisation_id=world.other_authority, role=Role.PA, by=None, now=now)
        once = uuid4()
        data = {"level": "basic", "workforce": "adult", "issue_date": "2026-11-01", "result": "has_content"}
        services.record_seen(
            db,
            once=once,
            person_id=world.pa,
            authority_id=world.other_authority,
            code="DY-DBS",
            on=now.date(),
            data=data,
            by=world.other_coordinator,
            now=now,
        )
    officer = browser_for(world.register_officer)
    assert officer.get(f"/register/people/{world.authority}/disclosures/{once}").status_code == 404
    assert officer.get(f"/register/people/{world.other_authority}/disclosures/{once}").status_code == 404


def _queries(house: House, call: Callable[[], Any]) -> int:
    seen: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", count)
    try:
        call()
    finally:
        event.remove(house.database.engine, "before_cursor_execute", count)
    return len(seen)


def test_the_list_costs_the_same_queries_for_few_and_many(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    officer = browser_for(world.register_officer)
    officer.get("/register/people")
    few = _queries(house, lambda: officer.get("/register/people"))
    with house.database.writing() as db:
        for number in range(70):
            name = f"Person Number{number}"
            person_id = people.add_person(db, name=name, username=f"person{number}", by=None, now=now)
            people.give_role(db, person_id=person_id, organisation_id=world.authority, role=Role.PA, by=None, now=now)
    many = _queries(house, lambda: officer.get("/register/people"))
    assert many == few
    first, last = text(officer.get("/register/people")), text(officer.get("/register/people?page=3"))
    assert "72 PAs" in first
    assert first.count("Something is missing") > last.count("Something is missing")


def test_cards_lead_to_the_right_pages(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    assert f"/register?authority={world.authority}" in browser_for(world.pa).get("/").get_data(as_text=True)
    team = browser_for(world.register_officer).get("/")
    assert "/register/desk" in team.get_data(as_text=True)
    assert "Something missing: 2." in text(team)
    with house.database.reading() as db:
        assert queries.count_by_state(db, [world.authority], now.date()) == {ListingState.CHECKING: 2}


def test_the_page_of_a_pa_reads_each_row_once(browser_for: Browsers, world: World, house: House, now: datetime) -> None:
    """Where they stand, what the rules say and what they said of their work come from the same rows."""
    pa, sent = browser_for(world.pa), list[str]()
    text(pa.get("/register"))

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.extend(re.findall(r"FROM (lms_\w+)", statement)[:1])

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        text(pa.get("/register"))
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)
    assert sent
    assert sorted(sent) == sorted(set(sent))
