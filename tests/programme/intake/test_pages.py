"""Pages of lists: from the file to people who are here, mistakes as a file, and the PAs as a list that comes back."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.core import work
from lms.core.house import House
from lms.people.models import Person
from lms.programme.intake import exporting, services, sweeping
from lms.programme.intake.models import IntakeBatch, IntakeColumns, IntakeMistake
from lms.programme.intake.words import State
from tests.programme.intake.conftest import LIST, Take, batch_of, undo
from tests.world import World

BrowserFor = Callable[..., Any]
pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
GUESSED = {"name": "0", "email": "1", "day_order": "day_first"}


def text(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def posted(browser: Any, data: bytes, name: str = "pas.csv") -> Any:
    """A list chosen on the page."""
    return browser.submit("/desk/people-in/new", {"file": (io.BytesIO(data), name)})


def newest(house: House) -> IntakeBatch:
    with house.database.reading() as db:
        return db.scalars(select(IntakeBatch).order_by(IntakeBatch.uploaded_at.desc())).first()  # type: ignore[return-value]


def test_a_list_from_the_file_to_the_people(house: House, world: World, browser_for: BrowserFor, now: datetime) -> None:
    browser = browser_for(world.coordinator)
    assert "Choose your list." in text(browser.submit("/desk/people-in/new", {}))
    assert "Bring people in" in text(browser.get("/desk"))
    assert posted(browser, LIST.encode(), "..\\..\\etc/=cmd.csv").status_code == 302
    batch = newest(house)
    assert batch.name == "=cmd.csv", "the folders it lay in are nobody's business"
    path = f"/desk/people-in/{batch.id}"
    assert browser.get(path).location.endswith("/columns")
    form = text(browser.get(f"{path}/columns"))
    assert "How are days written in this file?" in form
    given = {name: str(place) for name, place in batch.columns.items()}
    assert browser.submit(f"{path}/columns", {**given, "day_order": "day_first"}).status_code == 302
    looking = browser.get(path)
    assert looking.headers["Refresh"]
    assert "<progress" in text(looking)
    work.do_all(house, now=now)
    seen = text(browser.get(path))
    assert "Nothing is done yet" in seen
    assert browser.submit(f"{path}/start", {"course": "PAI"}).status_code == 302
    work.do_all(house, now=now)
    assert "3 new people are here." in text(browser.get(path))
    assert "Refresh" not in browser.get(path).headers
    sent = posted(browser, LIST.encode())
    assert sent.status_code == 302
    work.do_all(house, now=now)
    again = text(browser.get(sent.location))
    assert "The very same file was brought in on" in again
    assert "Here already" in again


def test_mistakes_are_a_file_in_which_nothing_is_a_formula(
    house: House, world: World, browser_for: BrowserFor, take: Take
) -> None:
    batch = take("Name,Email,Language\nA B,=1+1,fr\n")
    browser = browser_for(world.coordinator)
    page = text(browser.get(f"/desk/people-in/{batch}"))
    assert "B2 (Email)" in page
    assert "C2 (Language)" in page
    sheet = browser.get(f"/desk/people-in/{batch}/mistakes.csv")
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert "2,B,Email," in text(sheet)
    assert not any(
        line.startswith(("=", "+", "@", "-")) for cell in text(sheet).splitlines() for line in cell.split(",")
    )


def test_somebody_elses_lists_are_not_there(house: House, world: World, browser_for: BrowserFor, take: Take) -> None:
    batch = take(LIST)
    stranger = browser_for(world.other_coordinator)
    for path in ("", "/columns", "/who/2", "/mistakes.csv"):
        assert stranger.get(f"/desk/people-in/{batch}{path}").status_code == 404
    for path in ("/start", "/undo", "/close", "/look", "/columns"):
        assert stranger.submit(f"/desk/people-in/{batch}{path}", {}).status_code == 404
    assert "pas.csv" not in text(stranger.get("/desk/people-in")).replace("pas.csv?", "").replace("/pas.csv", "")
    assert stranger.get(f"/desk/people-in?authority={world.authority}").status_code == 404
    assert stranger.get(f"/desk/people-in/pas.csv?authority={world.authority}").status_code == 404
    for person in (world.pa, world.employer_person, world.assessor, world.admin):
        assert browser_for(person).get(f"/desk/people-in/{batch}").status_code in {403, 404}
    assert batch_of(house, batch).state is State.LOOKED_AT


def test_columns_are_remembered_for_the_next_list(house: House, world: World, now: datetime, take: Take) -> None:
    take(LIST)
    once = uuid4()
    with house.database.writing() as db:
        assert db.scalar(select(IntakeColumns.shape))
        services.upload(
            db,
            house.files,
            once=once,
            authority_id=world.authority,
            data=LIST.replace("Tom", "Tim").encode(),
            name="next.csv",
            by=world.coordinator,
            now=now,
        )
    work.do_all(house, now=now)
    assert batch_of(house, once).state is State.LOOKED_AT


def test_what_is_exported_comes_in_again_as_it_was(
    house: House, world: World, take: Take, carry: Callable[..., IntakeBatch], browser_for: BrowserFor
) -> None:
    now = house.clock()

    def exported() -> list[list[Any]]:
        with house.database.reading() as db:
            return list(exporting.rows(db, world.authority, now.date()))

    latest = take(LIST)
    carry(latest)
    before = exported()
    assert any(row[0] == "Nia Bowen" and row[7] == "First aid" for row in before)
    for ending in ("csv", "xlsx"):
        file = browser_for(world.coordinator).get(f"/desk/people-in/pas.{ending}").data
        assert undo(house, world, latest, now).state is State.UNDONE
        assert exported() != before
        latest = take(file)
        carry(latest)
        assert exported() == before


def test_old_files_are_deleted_and_what_came_of_them_stays(
    house: House, take: Take, carry: Callable[..., IntakeBatch], clock: Any
) -> None:
    done, left = take(LIST), take("Name,Email\nA B,wrong\n")
    carry(done)
    clock.on(days=29)
    assert sweeping.sweep(house, clock()) == 0
    clock.on(days=2)
    assert sweeping.sweep(house, clock()) == 2
    work.do_all(house, now=clock())
    with house.database.reading() as db:
        assert db.scalars(select(IntakeMistake)).all() == []
        assert db.scalar(select(Person.name).where(Person.email == "tom.brook@example.com")) == "Tom Brook"
    assert (batch_of(house, done).sha256, batch_of(house, done).state) == (None, State.DONE)
    assert batch_of(house, left).state is State.CLOSED


def test_who_is_unclear_is_asked_on_a_page(
    house: House, world: World, browser_for: BrowserFor, take: Take, now: datetime
) -> None:
    batch: UUID = take("Name,Email,Employer\nPat Morgan,,Somebody Else\n")
    browser = browser_for(world.coordinator)
    assert f"/desk/people-in/{batch}/who/2" in text(browser.get(f"/desk/people-in/{batch}"))
    assert "pat.morgan@example.com" in text(browser.get(f"/desk/people-in/{batch}/who/2"))
    assert "Choose one." in text(browser.submit(f"/desk/people-in/{batch}/who/2", {}))
    assert browser.submit(f"/desk/people-in/{batch}/who/2", {"who": str(world.pa)}).status_code == 302
    work.do_all(house, now=now)
    assert batch_of(house, batch).tally["here"] == 1
