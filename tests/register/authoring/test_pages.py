"""Rules written in the browser, as a register manager meets the pages."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from lms.commands import check
from lms.core.clock import london_day
from lms.core.content import Problems
from lms.core.house import House
from lms.register import queries as register
from lms.register.authoring import queries
from lms.register.authoring.models import RegisterDraft, RegisterEdition
from lms.register.authoring.sections import PARTS
from lms.register.content import load, read
from lms.register.kinds import RequirementKind
from tests.world import World

Browsers = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def text(page: Any) -> str:
    assert page.status_code == 200, page.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)))


def begun(browser: Any, world: World) -> str:
    """A draft, and its address."""
    answer = browser.submit(
        f"/register/rules/{world.authority}/editions/2026.1",
        to=f"/register/rules/{world.authority}/editions/2026.1/draft",
    )
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def fields(page: str) -> dict[str, Any]:
    """What a browser would send of a form, as it stands."""
    body = page[page.index('<form method="post"') :]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if not name or (kind and kind.group(1) in {"checkbox", "radio"} and " checked" not in tag):
            continue
        found.setdefault(name.group(1), []).append(value.group(1) if value else "")
    for name, body_of in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', body, re.S):
        found[name] = [body_of.replace("&#34;", '"').replace("&amp;", "&")]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        found[name] = [chosen.group(1) if chosen else ""]
    return found


def send(browser: Any, path: str, **changes: Any) -> Any:
    """Open a form, change some answers, and send it."""
    return browser.post_raw(path, {**fields(browser.get(path).get_data(as_text=True)), **changes})


def data_of(house: House, where: str) -> dict[str, Any]:
    with house.database.reading() as db:
        found: dict[str, Any] = db.get_one(RegisterDraft, UUID(where.rsplit("/", 1)[1])).data
        return found


def test_a_manager_sees_editions_and_what_one_says(browser_for: Browsers, world: World) -> None:
    manager = browser_for(world.register_manager)
    page = text(manager.get("/register/rules"))
    assert "2026.1" in page
    assert "These hold" in page
    page = text(manager.get(f"/register/rules/{world.authority}/editions/2026.1"))
    assert "Two references" in page
    assert "module PAI-4" in page
    assert "These rules are an example." in page


def test_officers_read_and_managers_write(browser_for: Browsers, world: World) -> None:
    officer = browser_for(world.register_officer)
    assert "Write new rules" not in text(officer.get("/register/rules"))
    where = f"/register/rules/{world.authority}/editions/2026.1"
    assert officer.post(f"{where}/draft").status_code == 403
    draft = begun(browser_for(world.register_manager), world)
    assert officer.get(draft).status_code == 403


def test_saving_every_section_as_it_stands_changes_nothing(browser_for: Browsers, world: World, house: House) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    before = data_of(house, draft)
    with house.database.reading() as db:
        looked = queries.look_through(db, queries.draft(db, UUID(draft.rsplit("/", 1)[1]), [world.authority]))
    sections = [f"parts/{part}" for part in PARTS if part not in {"adverts", "welsh", "waivers"}]
    sections += [f"requirements/{each['code']}" for each in before["requirements"]]
    sections += [f"cases/{each['id']}" for each in before["cases"] if "pa" in each]
    for section in sections:
        answer = send(manager, f"{draft}/{section}")
        assert answer.status_code == 302, (section, text(answer))
    with house.database.reading() as db:
        again = queries.look_through(db, queries.draft(db, UUID(draft.rsplit("/", 1)[1]), [world.authority]))
    assert looked.edition is not None
    assert again.edition is not None
    assert again.ready
    assert again.edition.rules == looked.edition.rules
    assert again.edition.cases == looked.edition.cases
    assert [line.model_dump() for line in again.edition.lines.values()] == [
        line.model_dump() for line in looked.edition.lines.values()
    ]
    assert again.edition.file.model_dump(exclude={"requirements", "cases"}) == looked.edition.file.model_dump(
        exclude={"requirements", "cases"}
    )


@pytest.mark.parametrize("kind", list(RequirementKind))
def test_there_is_a_form_for_every_kind(browser_for: Browsers, world: World, kind: RequirementKind) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    page = manager.get(f"{draft}/requirements/new/{kind.value}")
    assert "Save in the draft" in text(page)
    wrong = manager.submit(f"{draft}/requirements/new/{kind.value}", {})
    assert "Enter a code, such as RM-REF." in text(wrong)
    assert "<title>Error:" in wrong.get_data(as_text=True)


def test_a_requirement_is_added_moved_renamed_and_taken_out(browser_for: Browsers, world: World, house: House) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    answer = send(
        manager,
        f"{draft}/requirements/new/fee",
        code="RM-FEE",
        title_en="The yearly fee",
        mandatory="yes",
        when="",
        validity_months="12",
        visible="none",
        waivable="y",
    )
    assert answer.status_code == 302, text(answer)
    assert data_of(house, draft)["requirements"][-1] == {
        "kind": "fee",
        "code": "RM-FEE",
        "title": {"en": "The yearly fee", "cy": None},
        "mandatory": True,
        "validity_months": 12,
        "visible": "none",
    }
    page = text(manager.get(draft))
    assert "worked case comes out otherwise" in page.replace("cases come", "case comes")
    assert "Expected to be missing: nothing. Came out as missing: RM-FEE." in page
    assert "Because of: RM-FEE (Not started)." in page
    answer = send(manager, f"{draft}/requirements/RM-REF", code="RM-REFS")
    assert answer.status_code == 302
    data = data_of(house, draft)
    assert "RM-REFS" in data["provisional"]["needs"]
    page = manager.get(draft).get_data(as_text=True)
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    once = str(uuid4())
    for _ in range(2):  # a double tap moves it once
        manager.post(f"{draft}/up", {"key": "requirements/RM-FEE", "version": version, "once": once})
    codes = [each["code"] for each in data_of(house, draft)["requirements"]]
    assert codes[-2:] == ["RM-FEE", "RM-INS"]
    stale = manager.post(f"{draft}/remove", {"key": "requirements/RM-INS", "version": version, "once": str(uuid4())})
    assert stale.status_code == 302
    assert "Somebody changed this draft" in text(manager.get(draft))
    manager.post(f"{draft}/remove", {"key": "requirements/RM-FEE", "version": int(version) + 1, "once": str(uuid4())})
    assert "RM-FEE" not in [each["code"] for each in data_of(house, draft)["requirements"]]


@pytest.mark.parametrize(
    ("section", "changes", "field", "said"),
    [
        ("requirements/RM-REF", {"count": "99"}, "count", "Enter a whole number between 1 and 10."),
        ("requirements/RM-REF", {"code": "RM-ID"}, "code", "RM-ID is the code of an earlier requirement too."),
        ("requirements/RM-REF", {"code": "no good"}, "code", "Write the code in capital letters"),
        ("requirements/RM-SAFE", {"any_of": "PAI-4\nPAX-1"}, "any_of", "no learning with the code “PAX-1”"),
        ("requirements/RM-SAFE", {"any_of": "modules: PAX-1"}, "any_of", "There is no module PAX-1."),
        ("requirements/RM-SAFE", {"completed_within_months": "60"}, "completed_within_months", "counts only 36"),
        ("requirements/RM-DBS", {"workforce": "child"}, "workforce", "No check of level"),
        ("requirements/RM-DBS", {"visible": "full"}, "visible", "An employer never sees dbs_detail"),
        ("requirements/RM-CODE", {"version": ""}, "version", "Enter a version"),
        ("parts/renewal", {"remind_days_before": "60, soon"}, "remind_days_before", "whole numbers with commas"),
        ("parts/renewal", {"remind_days_before": "30, 30"}, "remind_days_before", "30 stands here twice."),
        ("parts/provisional", {"maximum_days": "0"}, "maximum_days", "Enter a whole number"),
        ("parts/sight", {"employer_never_sees": ["area", "dbs_detail"]}, "employer_never_sees", "area is among"),
        ("cases/rivermere-complete", {"dated": "PAI-4 soon"}, "dated", "is not a code and a day"),
        ("cases/rivermere-complete", {"id": ""}, "id", "Give the case a name."),
    ],
)
def test_each_mistake_stands_at_its_field_and_nothing_typed_is_lost(  # noqa: PLR0917  cases and fixtures
    browser_for: Browsers, world: World, house: House, section: str, changes: dict[str, Any], field: str, said: str
) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    before = data_of(house, draft)
    answer = send(manager, f"{draft}/{section}", **changes)
    page = answer.get_data(as_text=True)
    assert said in text(answer)
    assert "<title>Error:" in page
    if field:
        assert f'href="#{field}' in page
    for value in changes.values():
        for each in [value] if isinstance(value, str) else value:
            assert each.splitlines()[-1] in page if each else True
    assert data_of(house, draft) == before


def test_what_is_emptied_in_a_case_is_gone_and_the_case_then_says_what_came(
    browser_for: Browsers, world: World, house: House
) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    changes: dict[str, Any] = {"declaration_on": ["", "", ""], "identity": [], "dbs_level": ""}
    assert send(manager, f"{draft}/cases/rivermere-complete", **changes).status_code == 302
    case = next(each for each in data_of(house, draft)["cases"] if each["id"] == "rivermere-complete")
    assert {"declaration_on", "identity", "dbs"} & case["pa"].keys() == set()
    page = text(manager.get(draft))
    assert "Expected: “Listed: nothing is missing”. Came out: “Not shown: something is missing”." in page
    assert "Because of: RM-ID (Not started), " in page
    assert "1 worked case comes out otherwise" in page
    assert "Publish these rules" not in text(manager.get(f"{draft}/publish"))
    version = data_version(house, draft)
    refused = manager.post(f"{draft}/publish", {"version": version, "once": str(uuid4())})
    assert "Something is still wrong in this draft." in text(refused)


def test_what_is_wrong_elsewhere_is_listed_with_the_way_to_it(browser_for: Browsers, world: World) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    version = re.findall(r'name="version" value="(\d+)"', manager.get(draft).get_data(as_text=True))[0]
    manager.post(f"{draft}/remove", {"key": "requirements/RM-REF", "version": version, "once": str(uuid4())})
    page = manager.get(draft).get_data(as_text=True)
    assert "There is no requirement RM-REF." in page
    assert f"{draft}/parts/provisional" in page
    publish = text(manager.get(f"{draft}/publish"))
    assert "Something is still wrong in this draft." in publish
    assert "Publish these rules" not in publish


def test_two_managers_lose_nothing_of_each_others(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    first, second = browser_for(world.register_manager), browser_for(world.register_manager)
    draft = begun(first, world)
    renewal, reference = f"{draft}/parts/renewal", f"{draft}/requirements/RM-REF"
    ours = fields(first.get(renewal).get_data(as_text=True))
    theirs = fields(second.get(renewal).get_data(as_text=True))
    assert send(second, reference, count="3").status_code == 302  # another section is nobody's trouble
    assert first.post_raw(renewal, {**ours, "grace_days": "21"}).status_code == 302
    answer = second.post_raw(renewal, {**theirs, "grace_days": "7"})
    page = answer.get_data(as_text=True)
    assert "Somebody else changed this while you were writing." in page
    assert "grace_days: 21" in page
    assert 'value="7"' in page
    assert data_of(house, draft)["renewal"]["grace_days"] == 21
    assert second.post_raw(renewal, fields(page)).status_code == 302  # said again, knowing theirs
    data = data_of(house, draft)
    assert data["renewal"]["grace_days"] == 7
    assert next(each for each in data["requirements"] if each["code"] == "RM-REF")["count"] == 3


def test_published_rules_hold_from_their_day_and_can_be_taken_back_before(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    assert send(manager, f"{draft}/requirements/RM-REF", count="1").status_code == 302
    once = fields(manager.get(f"{draft}/publish").get_data(as_text=True))
    answers = [manager.post_raw(f"{draft}/publish", once) for _ in range(2)]  # a double tap
    assert [answer.status_code for answer in answers] == [302, 302]
    first_day = datetime.fromisoformat(data_of(house, draft)["valid_from"]).date()
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(RegisterEdition)) == 1
        before = register.edition_for(db, world.authority, first_day - timedelta(days=1))
        after = register.edition_for(db, world.authority, first_day)
    assert before is not None
    assert after is not None
    assert before.rules.replaced_on == first_day
    assert next(r for r in before.rules.requirements if r.code == "RM-REF").count == 2  # type: ignore[attr-defined]
    assert next(r for r in after.rules.requirements if r.code == "RM-REF").count == 1  # type: ignore[attr-defined]
    assert manager.get(draft).status_code == 404
    page = manager.get(f"/register/rules/{world.authority}/editions/{after.file.edition}").get_data(as_text=True)
    assert "These rules will hold from" in page
    back = re.search(r'action="([^"]*/take-back)"', page)
    assert back
    for _ in range(2):
        assert manager.post(back.group(1)).status_code == 302
    with house.database.reading() as db:
        assert register.edition_for(db, world.authority, first_day).file.edition == "2026.1"  # type: ignore[union-attr]
    assert "was taken back" in text(manager.get("/register/rules"))


def test_a_day_that_is_taken_or_past_cannot_be_published(
    browser_for: Browsers, world: World, house: House, now: datetime
) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    today = london_day(now)
    day = {"valid_from": [str(today.day), str(today.month), str(today.year)]}
    assert send(manager, f"{draft}/parts/about", **day).status_code == 302
    assert "The first day has to be tomorrow or later" in text(manager.get(f"{draft}/publish"))
    version = data_version(house, draft)
    refused = manager.post(f"{draft}/publish", {"version": version, "once": str(uuid4())})
    assert "The first day has to be tomorrow or later" in text(refused)
    assert send(manager, f"{draft}/parts/about", valid_from=["1", "1", "2026"]).status_code == 302
    assert "Edition 2026.1 begins on 2026-01-01." in text(manager.get(draft))


def data_version(house: House, where: str) -> int:
    with house.database.reading() as db:
        return db.get_one(RegisterDraft, UUID(where.rsplit("/", 1)[1])).version


def test_what_is_downloaded_is_what_lms_check_accepts(
    browser_for: Browsers, world: World, house: House, tmp_path: Path
) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    assert (
        send(manager, f"{draft}/requirements/RM-REF", count="1", title_en="Just one: “reference” #1").status_code == 302
    )
    with house.database.reading() as db:
        looked = queries.look_through(db, queries.draft(db, UUID(draft.rsplit("/", 1)[1]), [world.authority]))
    packed = manager.get(f"{draft}/file?as=pack")
    zipfile.ZipFile(BytesIO(packed.data)).extractall(tmp_path)
    pack = tmp_path / "rivermere-2026.2"
    (file,) = (pack / "register").iterdir()
    assert file.read_text() == manager.get(f"{draft}/file").get_data(as_text=True)
    problems = Problems()
    shelf = load([pack / "register"], problems)
    assert problems.found == []
    (loaded,) = shelf.editions["RIVERMERE"]
    assert looked.edition is not None
    assert (loaded.rules, loaded.lines, loaded.cases) == (
        looked.edition.rules,
        looked.edition.lines,
        looked.edition.cases,
    )
    checked = CliRunner().invoke(check.command, [str(pack)])
    assert checked.exit_code == 0, checked.output


def test_another_authoritys_drafts_and_editions_are_not_there(
    browser_for: Browsers, world: World, house: House
) -> None:
    manager = browser_for(world.register_manager)
    other = f"/register/rules/{world.other_authority}/editions/2026.1"
    for path in (other, f"{other}/file", f"{other}/pack", f"/register/rules?authority={world.other_authority}"):
        assert manager.get(path).status_code == 404, path
    assert manager.post(f"{other}/draft").status_code == 404
    nobodys = f"/register/rules/drafts/{uuid4()}"
    for rest in ("", "/file", "/publish", "/throw-away", "/parts/renewal", "/requirements/new", "/cases/new"):
        assert manager.get(nobodys + rest).status_code == 404, rest
    for rest in ("/publish", "/throw-away", "/remove", "/up"):
        assert manager.post(nobodys + rest).status_code == 404, rest
    draft = begun(manager, world)
    for rest in ("/parts/nothing", "/requirements/NOTHING", "/requirements/new/chat", "/cases/nothing"):
        assert manager.get(draft + rest).status_code == 404, rest
    self_started = f"{draft}/cases/self-started-check-before-rule-change"
    assert manager.get(self_started).status_code == 404


def test_a_draft_is_thrown_away_after_one_question(browser_for: Browsers, world: World) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    assert "Nobody can go on with it afterwards." in text(manager.get(f"{draft}/throw-away"))
    for _ in range(2):
        assert manager.post(f"{draft}/throw-away").status_code == 302
    assert manager.get(draft).status_code == 404


def test_a_published_document_is_the_file_that_is_downloaded_later(
    browser_for: Browsers, world: World, house: House
) -> None:
    manager = browser_for(world.register_manager)
    draft = begun(manager, world)
    manager.post_raw(f"{draft}/publish", fields(manager.get(f"{draft}/publish").get_data(as_text=True)))
    with house.database.reading() as db:
        row = db.scalars(select(RegisterEdition)).one()
    file = manager.get(f"/register/rules/{world.authority}/editions/{row.edition}/file").get_data(as_text=True)
    ours, theirs = (read("x.yaml", each, Problems()) for each in (row.document, file))
    assert ours is not None
    assert theirs is not None
    assert (ours.rules, ours.lines, ours.cases) == (theirs.rules, theirs.lines, theirs.cases)
