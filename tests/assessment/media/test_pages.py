"""Pages with files: the form without scripts, the sizes an authority sets, and no lock held while bytes come."""

import io
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text

from lms.assessment.media import queries, services, taking
from lms.assessment.media.models import EvidenceFile, MediaLimits, Upload
from lms.assessment.media.rules import Limits, trouble_with_limits
from lms.core.house import House
from lms.core.work import do_all
from tests.assessment.conftest import CRITERION, Course
from tests.assessment.media import samples
from tests.assessment.media.conftest import PhoneOf
from tests.clients import Browser
from tests.world import World

PHOTO = samples.photo()
BrowserFor = Callable[..., Browser]
ABOUT_FILE = {"file_in_it": "nobody", "file_allowed": "y"}
REST = {
    "lines": CRITERION,
    "kind": "work_product",
    "on": ["20", "11", "2026"],
    "text": "A list A. and I wrote together.",
}


def page_of(course: Course) -> str:
    return f"/practice/{course.enrolment}/offer"


def photo(data: bytes = PHOTO, name: str = "IMG 1.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def in_form(html: str) -> str:
    found = re.search(r'name="files" value="([^"]*)"', html)
    assert found
    return found.group(1)


def test_a_plain_form_brings_its_file(world: World, course: Course, browser_for: BrowserFor, house: House) -> None:
    answer = browser_for(world.pa).submit(page_of(course), {**REST, **ABOUT_FILE, "file": photo()})
    assert answer.status_code == 302, answer.get_data(as_text=True)
    with house.database.reading() as db:
        row = db.scalars(select(EvidenceFile)).one()
        assert (row.kind, row.name) == ("photo", "")
    page = browser_for(world.pa).get(answer.location).get_data(as_text=True)
    assert f"/evidence/{row.evidence_id}/files/1/thumbnail" in page
    assert "IMG 1" not in page


def test_a_file_is_not_lost_when_something_else_is_missing(
    world: World, course: Course, browser_for: BrowserFor, house: House
) -> None:
    browser = browser_for(world.pa)
    page = browser.submit(page_of(course), {**ABOUT_FILE, "file": photo(), "file_words": "A list."})
    assert page.status_code == 200
    html = page.get_data(as_text=True)
    kept = in_form(html)
    assert UUID(kept)
    assert "A list." in html
    hidden = {**REST, "files": kept, f"words-{kept}": "A list of three things.", f"called-{kept}": "Our list"}
    assert browser.submit(page_of(course), hidden).status_code == 302
    with house.database.reading() as db:
        row = db.scalars(select(EvidenceFile)).one()
        assert (row.captions, row.name) == ("A list of three things.", "Our list")


@pytest.mark.parametrize(
    ("told", "data", "sentence"),
    [
        ({}, PHOTO, "Say whether anybody else is in it"),
        ({"file_in_it": "nobody"}, PHOTO, "tick the box"),
        ({"file_in_it": "not_agreed", "file_allowed": "y"}, PHOTO, "has not agreed"),
        (ABOUT_FILE, b"<svg onload=alert(1)>", "not a file that is taken here"),
        (ABOUT_FILE, b"", "The file is empty"),
        (ABOUT_FILE, PHOTO[:200], "could not be opened"),
    ],
)
def test_a_plain_file_meets_the_same_questions_and_checks(  # noqa: PLR0917  fixtures and cases
    world: World,
    course: Course,
    browser_for: BrowserFor,
    house: House,
    told: dict[str, str],
    data: bytes,
    sentence: str,
) -> None:
    page = browser_for(world.pa).submit(page_of(course), {**REST, **told, "file": photo(data)})
    html = page.get_data(as_text=True)
    assert page.status_code == 200
    assert sentence in html
    assert html.count("govuk-error-summary") > 0
    assert REST["text"] in html
    assert in_form(html) == ""
    with house.database.reading() as db:
        assert db.scalar(select(EvidenceFile.position)) is None
    assert list(taking.halves_of(house).lying_here()) == []


def test_files_are_added_used_and_removed_without_scripts(
    world: World, course: Course, browser_for: BrowserFor
) -> None:
    browser, path = browser_for(world.pa), page_of(course)
    first = in_form(browser.submit(path, {**ABOUT_FILE, "file": photo(), "add_file": "1"}).get_data(as_text=True))
    both = browser.submit(path, {**ABOUT_FILE, "files": first, "file": photo(), "add_file": "1", "text": "So far."})
    html = both.get_data(as_text=True)
    assert "There is a problem" not in html
    assert "So far." in html
    ids = in_form(html).split(",")
    assert len(ids) == 2
    assert ids[0] == first
    fewer = browser.submit(path, {"files": in_form(html), "drop_file": first}).get_data(as_text=True)
    assert in_form(fewer) == ids[1]
    fresh = browser.get(path).get_data(as_text=True)
    assert in_form(fresh) == ""
    assert "is here. You can use it." in fresh
    assert in_form(browser.submit(path, {"use_file": ids[1]}).get_data(as_text=True)) == ids[1]
    assert "Choose a file." in browser.submit(path, {"add_file": "1"}).get_data(as_text=True)


def test_nobody_uses_or_removes_anothers_upload(
    world: World, course: Course, browser_for: BrowserFor, sent: Callable[..., UUID], house: House
) -> None:
    theirs = sent(PHOTO, by=world.second_pa)
    browser = browser_for(world.pa)
    for told in ({"use_file": str(theirs)}, {"drop_file": str(theirs)}, {"files": str(theirs)}):
        assert in_form(browser.submit(page_of(course), told).get_data(as_text=True)) == ""
    with house.database.reading() as db:
        assert db.get(Upload, theirs) is not None
    assert browser.submit(page_of(course), {**REST, "files": str(theirs)}).status_code == 302
    with house.database.reading() as db:
        assert db.scalar(select(EvidenceFile.position)) is None


def test_a_half_upload_is_named_with_how_much_is_here(
    world: World, course: Course, browser_for: BrowserFor, phone_of: PhoneOf
) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO), name="My film.jpg").headers["Location"]
    phone.send(at, 0, PHOTO[: len(PHOTO) // 2])
    page = browser_for(world.pa).get(page_of(course)).get_data(as_text=True)
    assert "“My film.jpg”: 49% of it was sent." in page or "“My film.jpg”: 50% of it was sent." in page


class Watches(io.BytesIO):
    """A body that comes while somebody else writes into the database."""

    def __init__(self, data: bytes, write: Callable[[], None]) -> None:
        super().__init__(data)
        self._write = write

    def read(self, size: int | None = -1, /) -> bytes:
        self._write()
        return super().read(size)

    def readinto(self, into: Any, /) -> int:
        self._write()
        return super().readinto(into)


def test_no_lock_is_held_while_bytes_come(phone_of: PhoneOf, world: World, house: House) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    wrote: list[int] = []

    def write() -> None:
        with house.database.writing() as db:
            if db.get_bind().dialect.name == "sqlite":
                db.execute(text("PRAGMA busy_timeout=100"))
            db.add(
                MediaLimits(
                    authority_id=world.authority,
                    photo=1,
                    voice=1,
                    video=1,
                    document=1,
                    a_day=1,
                    set_by=world.admin,
                    set_at=house.clock(),
                )
            )
        wrote.append(1)

    answer = phone.browser._client.open(
        at,
        method="PATCH",
        input_stream=Watches(PHOTO, write),
        content_length=len(PHOTO),
        content_type="application/offset+octet-stream",
        headers={"Tus-Resumable": "1.0.0", "X-LMS-CSRF": phone.token, "Upload-Offset": "0"},
    )
    assert answer.status_code == 204
    assert wrote


def test_an_administrator_sets_sizes_for_their_own_authority(
    world: World, browser_for: BrowserFor, house: House
) -> None:
    browser = browser_for(world.admin)
    asked = {"photo": "5", "voice": "20", "video": "100", "document": "4", "a_day": "200"}
    assert browser.submit("/evidence-files", asked).status_code == 302
    with house.database.reading() as db:
        assert queries.limits_of(db, world.authority) == Limits(5, 20, 100, 4, 200)
        assert queries.limits_of(db, world.other_authority) == Limits()
    assert browser.get(f"/evidence-files?authority={world.other_authority}").status_code == 404
    for name in ("coordinator", "pa", "quality_assurer"):
        assert browser_for(getattr(world, name)).get("/evidence-files").status_code == 403
    wrong = browser.submit("/evidence-files", {**asked, "photo": "many", "video": "501"}).get_data(as_text=True)
    assert "Enter a whole number of megabytes." in wrong
    too_many = browser.submit("/evidence-files", {**asked, "video": "501"}).get_data(as_text=True)
    assert "Each size has to be between" in too_many
    short = browser.submit("/evidence-files", {**asked, "a_day": "50"}).get_data(as_text=True)
    assert "room for at least one file" in short


def test_sizes_set_twice_are_one_row(world: World, house: House, now: Any) -> None:
    once, limits = uuid4(), Limits(photo=2)
    for _ in range(2):
        with house.database.writing() as db:
            services.set_limits(db, id=once, authority_id=world.authority, limits=limits, by=world.admin, now=now)
    with house.database.reading() as db:
        assert len(list(db.scalars(select(MediaLimits.id)))) == 1
    assert trouble_with_limits(Limits()) is None
    assert do_all(house, now=now) == 0
