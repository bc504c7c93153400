"""The lines desk as an administrator uses it."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event

from lms.assessment.lines import queries, services
from lms.assessment.lines.services import Place
from lms.core.house import House
from tests.world import World

LINE = "/frameworks/cc-2025/lines/13.7a"
TOPIC = "/frameworks/cc-2025/lines/5.3~assessing"
WHERE = {"looked_up_in": "The standards as published, page 12", "document_on": ["1", "3", "2025"]}
CORRECTED = {**WHERE, "text": "Our own words", "welsh": "", "kind": "knowledge", "simulation": "yes"}


@pytest.fixture
def admin(browser_for: Callable[..., Any], world: World) -> Any:
    """An administrator's browser."""
    return browser_for(world.admin)


def text(answer: Any) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def test_the_front_page_counts_what_is_not_certain(admin: Any) -> None:
    page = text(admin.get("/frameworks"))
    assert "Before going live" in page
    assert "Care Certificate standards, 2025 edition" in page
    assert "All Wales Induction Framework" in page
    assert "Nothing was looked up yet" in page
    for number in ("218", "114", "43"):
        assert f">{number}</dd>" in page


def test_lines_are_listed_by_what_is_left_and_by_standard(admin: Any) -> None:
    page = text(admin.get("/frameworks/cc-2025?show=to-look-up&standard=CC5"))
    assert "5.3, code not established" in page
    assert ">13.7a<" not in page
    assert "There is no such line" in text(admin.get("/frameworks/cc-2025?show=looked-up"))
    assert "218 lines shown, of 218" in text(admin.get("/frameworks/cc-2025?show=all"))
    assert "Next page" in text(admin.get("/frameworks/cc-2025?show=all"))
    assert admin.get("/frameworks/cc-2025?show=nonsense&standard=none&page=99").status_code == 200


def test_a_key_of_ours_is_never_shown_as_a_code(admin: Any) -> None:
    page = text(admin.get(TOPIC))
    assert '<h1 class="govuk-heading-l">5.3, code not established</h1>' in page
    assert "This is no official code" in page


def test_a_line_is_confirmed(admin: Any) -> None:
    answer = admin.submit(LINE, WHERE)
    assert answer.status_code == 302
    page = text(admin.get(LINE))
    assert "Confirmed, 21 November 2026, Ada Admin" in page
    assert "The standards as published, page 12, 1 March 2025" in page
    assert "The next line to look up: 13.7b" in page
    assert "13.7a" in text(admin.get("/frameworks/cc-2025?show=looked-up"))


def test_a_topic_is_given_its_code(admin: Any) -> None:
    assert 'name="code"' in text(admin.get(f"{TOPIC}/correct"))
    assert admin.submit(f"{TOPIC}/correct", {**CORRECTED, "code": "5.3c"}).status_code == 302
    page = text(admin.get(TOPIC))
    assert '<h1 class="govuk-heading-l">5.3c</h1>' in page
    assert "Our own words" in page


def test_a_criterion_is_not_asked_for_a_code(admin: Any) -> None:
    assert 'name="code"' not in text(admin.get(f"{LINE}/correct"))
    assert admin.submit(f"{LINE}/correct", {**CORRECTED, "code": "13.7z"}).status_code == 302
    assert ">13.7a<" in text(admin.get(LINE))


def test_what_was_typed_stays_when_it_is_refused(admin: Any) -> None:
    answer = admin.submit(f"{LINE}/correct", {**CORRECTED, "text": "w" * 201})
    page = text(answer)
    assert "Error:" in page
    assert "may not be copied" in page
    assert "w" * 201 in page
    page = text(admin.submit(LINE, {"looked_up_in": ""}))
    assert "which document, which page" in page


def test_the_pack_is_downloaded(admin: Any) -> None:
    admin.submit(f"{LINE}/correct", CORRECTED)
    assert "Download as a pack" in text(admin.get("/frameworks"))
    answer = admin.get("/frameworks/corrections.zip")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        (name,) = archive.namelist()
        assert name.startswith("assessments/corrections-")
        assert b"Our own words" in archive.read(name)


def test_only_published_standards_are_there(admin: Any) -> None:
    for path in ("/frameworks/pai-practice", "/frameworks/cc-1999", "/frameworks/cc-2025/lines/99.9z"):
        assert admin.get(path).status_code == 404


def test_another_authoritys_desk_is_behind_its_wall(admin: Any, world: World) -> None:
    for path in ("/frameworks", "/frameworks/cc-2025", LINE, f"{LINE}/correct", "/frameworks/corrections.zip"):
        assert admin.get(f"{path}?authority={world.other_authority}").status_code == 404


def test_others_may_not_enter(browser_for: Callable[..., Any], world: World) -> None:
    for person in (world.pa, world.coordinator, world.assessor):
        assert browser_for(person).get("/frameworks").status_code == 403


def test_the_home_page_says_how_much_is_left(admin: Any) -> None:
    page = text(admin.get("/"))
    assert "Lines to look up before going live" in page
    assert 'href="/frameworks"' in page


def count_queries(house: House, browser: Any, path: str) -> int:
    """How many statements a page costs."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    assert browser.get(path).status_code == 200
    event.remove(house.database.engine, "before_cursor_execute", note)
    return len(seen)


def test_pages_cost_the_same_however_much_was_looked_up(admin: Any, house: House, world: World, now: datetime) -> None:
    paths = ("/frameworks", "/frameworks/cc-2025?show=all", LINE)
    for path in paths:
        admin.get(path)
    before = [count_queries(house, admin, path) for path in paths]
    with house.database.writing() as db:
        for key in list(queries.frameworks_for(db, world.authority).framework("cc-2025").lines)[:40]:
            services.confirm_line(
                db,
                check_id=uuid4(),
                authority_id=world.authority,
                framework="cc-2025",
                key=key,
                place=Place(looked_up_in="Page 1", document_on=None),
                by=world.admin,
                now=now,
            )
    for path in paths:
        admin.get(path)
    assert [count_queries(house, admin, path) for path in paths] == before
