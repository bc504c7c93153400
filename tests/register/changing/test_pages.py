"""The pages about a change of rules: a manager's look at a draft, what is to come, and what a PA reads of it."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from click.testing import CliRunner

from lms.core.house import House
from lms.people import queries as people
from lms.people.rules import Role
from lms.register import cli
from lms.register.authoring.models import RegisterDraft
from lms.register.authoring.writing import as_yaml
from lms.register.changing import queries, working
from tests.conftest import StandingClock
from tests.register.changing.doings import Change, ask, do_all, publish
from tests.world import World

BrowserFor = Callable[..., Any]


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)))


def test_a_manager_sees_whom_a_draft_would_affect(
    house: House, world: World, now: datetime, draft: Change, browser_for: BrowserFor
) -> None:
    draft_id = draft()
    browser, page = browser_for(world.register_manager), f"/register/rules/drafts/{draft_id}/impact"
    assert "Work out what it would do" in text(browser.get(page))
    assert browser.submit(page).status_code == 302
    assert "0 of 2 PAs looked at" in text(browser.get(page))
    do_all(house, now)
    said = text(browser.get(page))
    assert "needed then: The yearly fee (2)" in said
    assert "Needed then: The yearly fee No longer needed: A talk with the register team" in said.replace("  ", " ")
    assert "Would lose 0" in said
    assert "The draft was changed since" not in said
    assert "Nobody" not in text(browser.get(f"{page}?effect=more_to_do"))
    with house.database.reading() as db:
        look = queries.newest_of_draft(db, draft_id)
    assert look is not None
    answer = browser.get(f"/register/rules/looks/{look.id}.csv")
    assert answer.mimetype == "text/csv"
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0] == "Name,What would change,Now,Then,Needed then,No longer needed"
    assert len(lines) == 3
    with house.database.writing() as db:
        db.get_one(RegisterDraft, draft_id).version += 1
    assert "The draft was changed since" in text(browser.get(page))


def test_only_managers_of_the_authority_look(
    house: House, world: World, now: datetime, draft: Change, browser_for: BrowserFor
) -> None:
    draft_id = draft()
    ask(house, world, draft_id, now)
    do_all(house, now)
    with house.database.reading() as db:
        look = queries.newest_of_draft(db, draft_id)
    assert look is not None
    pages = [f"/register/rules/drafts/{draft_id}/impact", f"/register/rules/looks/{look.id}.csv"]
    for person in (world.pa, world.register_officer, world.coordinator, world.assessor):
        assert [browser_for(person).get(page).status_code for page in pages] == [403, 403], person
    assert browser_for(world.register_manager).get(f"/register/rules/drafts/{uuid4()}/impact").status_code == 404


def test_the_team_sees_what_is_to_come_and_a_manager_sets_the_days(
    house: House, world: World, now: datetime, draft: Change, browser_for: BrowserFor
) -> None:
    page = "/register/rules/to-come"
    assert "No change is published" in text(browser_for(world.register_officer).get(page))
    publish(house, world, draft(), now)
    working.sweep(house, now)
    assert "28 days before" in text(browser_for(world.register_officer).get(page))
    manager = browser_for(world.register_manager)
    (found,) = re.findall(r'href="([^"]+to-come/[^"]+)"', manager.get(page).get_data(as_text=True))
    assert "from 1 to 180" in text(manager.submit(found, {"days_before": "500"}))
    assert manager.submit(found, {"days_before": "45"}).status_code == 302
    assert "45 days before" in text(manager.get(page))
    assert browser_for(world.register_officer).get(found).status_code == 403
    assert browser_for(world.pa).get(page).status_code == 403
    assert manager.get(found.rsplit("/", 1)[0] + "/never").status_code == 404


def test_a_pa_reads_what_changes_for_them(
    house: House, world: World, draft: Change, browser_for: BrowserFor, clock: StandingClock
) -> None:
    publish(house, world, draft(), clock())
    clock.on(days=40)
    working.sweep(house, clock())
    do_all(house, clock())
    browser = browser_for(world.pa)
    home = browser.get("/")
    assert "The rules of the register change" in text(home)
    (found,) = set(re.findall(r'href="(/register/[^"]+/changes/[^"]+)"', home.get_data(as_text=True)))
    said = text(browser.get(found))
    assert "Newly asked of you: 1 The yearly fee" in said
    assert "No longer missing then A talk with the register team" in said
    assert browser_for(world.register_officer).get(found).status_code == 403
    stranger = found.replace(str(world.authority), str(uuid4()))
    assert browser.get(stranger).status_code == 404
    assert browser.get(found.replace(_day(found), "2031-01-01")).status_code == 302
    clock.on(days=25)
    assert "The rules of the register change" not in text(browser.get("/"))


def _day(address: str) -> str:
    return address.rsplit("/", 1)[1]


# The command line ────────────────────────────────────────────────────────────────────────────────────────────────────


class Given:
    """What a command is given."""

    def __init__(self, house: House) -> None:
        self._house = house

    def house(self) -> House:
        return self._house


def run(house: House, *words: str) -> Any:
    return CliRunner().invoke(cli.command, list(words), obj=Given(house))


def test_the_command_line_says_what_a_file_would_do(house: House, world: World, draft: Change, tmp_path: Any) -> None:
    draft_id = draft()
    with house.database.reading() as db:
        data = {**db.get_one(RegisterDraft, draft_id).data, "edition": "2027.1"}
    path = tmp_path / "rivermere.yaml"
    path.write_text(as_yaml(data), encoding="utf-8")
    answer = run(house, "impact", str(path), "--authority", "RIVERMERE")
    assert answer.exit_code == 0, answer.output
    assert "more_to_do       2  (RM-FEE 2)" in answer.stdout
    listed = run(house, "impact", str(path), "--authority", "RIVERMERE", "--csv").stdout.splitlines()
    assert listed[0].startswith("person,effect")
    assert any(line == f"{world.pa},more_to_do,checking,checking,RM-FEE,RM-INT" for line in listed)
    assert "These are the rules of RIVERMERE." in run(house, "impact", str(path), "--authority", "DYFFRYN").output
    path.write_text("code: [", encoding="utf-8")
    assert run(house, "impact", str(path), "--authority", "RIVERMERE").exit_code == 1


def test_everybody_is_read_again_by_the_command_line(house: House, world: World) -> None:
    with house.database.reading() as db:
        assert people.holds(db, world.pa, Role.PA, [world.authority], house.clock().date())
    answer = run(house, "reread", "--authority", "RIVERMERE")
    assert answer.exit_code == 0, answer.output
    assert answer.stdout.splitlines()[-1] == "2 read again."
    assert run(house, "reread", "--only-due").stdout.splitlines()[-1] == "0 read again."
    assert run(house, "reread", "--authority", "NOWHERE").exit_code == 1


@pytest.mark.parametrize("how", ["id", "email"])
def test_somebody_is_named_by_id_or_by_what_they_sign_in_with(house: House, world: World, how: str) -> None:
    called = str(world.pa)
    if how == "email":
        with house.database.reading() as db:
            called = people.person(db, world.pa).email or ""
    answer = run(house, "explain", called, "--authority", "RIVERMERE", "--json")
    assert answer.exit_code == 0, answer.output
    assert '"authority": "RIVERMERE"' in answer.stdout
