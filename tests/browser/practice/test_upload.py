"""Files of evidence in a real browser: asked about, covered up by keys, sent, broken off and gone on with."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from lms.assessment.media import queries, taking
from lms.assessment.media.halves import NoRoom
from lms.assessment.media.models import EvidenceFile
from lms.core.clock import london_day
from lms.learning import services as learning
from tests.assessment.media import samples
from tests.browser.site import Site, press, sign_in

NewPage = Callable[..., Page]


@pytest.fixture
def form_at(site: Site) -> str:
    """Where Pat offers evidence."""
    then = site.clock() - timedelta(days=20)
    with site.house.database.writing() as db:
        pa, authority = site.world.pa, site.world.authority
        enrolment = learning.enrol(db, learner_id=pa, authority_id=authority, course="PAI", by=pa, now=then)
    return f"/practice/{enrolment}/offer"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Files as they lie on a phone."""
    noisy = Image.effect_noise((1600, 1200), 90).convert("RGB")
    taken = io.BytesIO()
    noisy.save(taken, "JPEG", exif=_labelled())
    made = {"photo.jpg": taken.getvalue(), "lie.mp4": b"PK\x03\x04" + bytes(9000), "clip.mp4": _long_video()}
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    return {name: str(tmp_path / name) for name in made}


def _labelled() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "SECRETMAKER"
    return exif


def _long_video() -> bytes:
    """Larger than three pieces, so that a line can break in the middle."""
    import struct

    video = samples.video(sound=None)
    room = 3_200_000
    return video + struct.pack(">I4s", 8 + room, b"free") + bytes(room)


def answer(page: Page, in_it: str = "Nobody else is in it") -> None:
    page.get_by_label(in_it, exact=True).check()
    page.get_by_label("I have looked").check()


def open_form(page: Page, form_at: str) -> None:
    page.goto(form_at)
    summary = page.get_by_text("Add a photo, a recording or a document")
    if not page.get_by_label("Choose a file").is_visible():
        summary.click()


def fill_rest(page: Page, site: Site) -> None:
    """The rest of the form, as P's page asks it."""
    day = london_day(site.clock()) - timedelta(days=1)
    page.evaluate(
        """([d, m, y]) => {
          const form = document.querySelector("#evidence-files").closest("form");
          const lines = form.querySelectorAll("[name=lines]");
          lines[0].checked = true;
          form.querySelector("[name=kind][value=work_product]").checked = true;
          form.querySelectorAll("[name=on]").forEach((box, i) => (box.value = [d, m, y][i]));
          form.querySelector("[name=text]").value = "A list A. and I wrote together.";
        }""",
        [str(day.day), str(day.month), str(day.year)],
    )


def kept(site: Site) -> list[queries.FileView]:
    with site.house.database.reading() as db:
        pieces = list(db.scalars(select(EvidenceFile.evidence_id)))
        return [each for found in queries.files_of(db, pieces).values() for each in found]


def test_a_photo_is_covered_up_by_keys_alone_and_sent(
    site: Site, new_page: NewPage, form_at: str, files: dict[str, str]
) -> None:
    page = new_page(width=360)
    sign_in(page, "pat.morgan@example.com")
    open_form(page, form_at)
    page.get_by_label("Choose a file").set_input_files(files["photo.jpg"])
    answer(page)
    page.get_by_role("button", name="Add this file").press("Enter")
    title = page.get_by_role("heading", name="Cover up what nobody should see")
    expect(title).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add a box")).to_be_focused()
    page.keyboard.press("Enter")
    box = page.get_by_role("button", name="Box 1")
    expect(box).to_be_focused()
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    for _ in range(10):
        page.keyboard.press("Shift+ArrowRight")
    page.get_by_role("button", name="Add a box").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Boxes over the photo: 2.")).to_have_count(1)
    page.keyboard.press("Delete")
    expect(page.get_by_role("button", name="Box 2")).to_have_count(0)
    use = page.get_by_role("button", name="Use this photo")
    for _ in range(15):
        if use.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(use).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("Ready to go with this.").first.wait_for()
    fill_rest(page, site)
    with page.expect_navigation():
        page.locator("form:has(#evidence-files)").evaluate("form => form.requestSubmit()")
    [file] = kept(site)
    data = site.house.files.get(file.sha256)
    assert b"SECRETMAKER" not in data
    with Image.open(io.BytesIO(data)) as opened:
        wide, high = opened.size
        covered = opened.crop((10, 10, int(wide * 0.48), int(high * 0.28))).convert("L")
        open_part = opened.crop((int(wide * 0.6), int(high * 0.6), wide, high)).convert("L")
    assert len(_loud(covered)) < 3 < len(_loud(open_part))
    assert page.get_by_role("img").count() >= 1


def _loud(picture: Image.Image) -> list[int]:
    """Rows of a picture in which neighbours differ: noise has many, plain squares have hardly any."""
    pixels, width = picture.tobytes(), picture.width
    rows = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    return [i for i, row in enumerate(rows) if sum(abs(a - b) for a, b in pairwise(row)) / width > 15]


def test_a_box_can_be_drawn_and_dragged_by_mouse(new_page: NewPage, site: Site, form_at: str, files: Any) -> None:
    page = new_page()
    sign_in(page, "pat.morgan@example.com")
    open_form(page, form_at)
    page.get_by_label("Choose a file").set_input_files(files["photo.jpg"])
    answer(page)
    page.get_by_role("button", name="Add this file").click()
    frame = page.locator(".palms-cover__picture").bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 50, frame["y"] + 50)
    page.mouse.down()
    page.mouse.move(frame["x"] + 150, frame["y"] + 130, steps=5)
    page.mouse.up()
    box = page.get_by_role("button", name="Box 1")
    drawn = box.bounding_box()
    assert drawn is not None
    assert abs(drawn["width"] - 100) < 4
    page.mouse.move(drawn["x"] + 20, drawn["y"] + 20)
    page.mouse.down()
    page.mouse.move(drawn["x"] + 80, drawn["y"] + 60, steps=5)
    page.mouse.up()
    moved = box.bounding_box()
    assert moved is not None
    assert abs(moved["x"] - drawn["x"] - 60) < 4
    assert abs(moved["width"] - drawn["width"]) < 2
    page.get_by_role("button", name="Do not use it").click()
    expect(page.locator(".palms-cover")).to_have_count(0)
    with site.house.database.reading() as db:
        assert queries.own_uploads(db, site.world.pa, site.world.authority, now=site.clock()) == []


class Cut:
    """Lets only so many pieces through, and then no line at all."""

    def __init__(self, through: int) -> None:
        self.through, self._lock = through, Lock()

    def __call__(self, route: Route) -> None:
        with self._lock:
            if route.request.method == "PATCH":
                self.through -= 1
            cut = self.through < 0
        route.abort("internetdisconnected") if cut else route.continue_()


def test_an_upload_that_broke_off_goes_on_after_the_tab_was_closed(
    site: Site, new_page: NewPage, form_at: str, files: dict[str, str]
) -> None:
    page = new_page(width=360)
    sign_in(page, "pat.morgan@example.com")
    page.route(re.compile("/evidence/uploads"), Cut(2))
    open_form(page, form_at)
    page.get_by_label("Choose a file").set_input_files(files["clip.mp4"])
    answer(page, "Somebody is in it, and they have agreed")
    page.get_by_role("button", name="Add this file").click()
    page.get_by_text("No connection.").first.wait_for()
    with site.house.database.reading() as db:
        [half] = queries.own_uploads(db, site.world.pa, site.world.authority, now=site.clock())
    assert half.offset == 1_800_000
    context = page.context
    page.close(run_before_unload=False)

    again = context.new_page()
    sent: list[int] = []
    again.on("request", lambda asked: sent.append(_offset(asked)) if asked.method == "PATCH" else None)
    open_form(again, form_at)
    expect(again.get_by_text("“clip.mp4”: 56% of it was sent.")).to_be_visible()
    again.get_by_label("Choose a file").set_input_files(files["clip.mp4"])
    answer(again, "Somebody is in it, and they have agreed")
    again.get_by_role("button", name="Add this file").click()
    again.get_by_text("Ready to go with this.").first.wait_for()
    assert sent
    assert min(sent) == 1_800_000
    fill_rest(again, site)
    with again.expect_navigation():
        again.locator("form:has(#evidence-files)").evaluate("form => form.requestSubmit()")
    [file] = kept(site)
    assert (file.upload_id, file.media_type, file.agreed) == (half.id, "video/mp4", True)
    assert list(taking.halves_of(site.house).lying_here()) == []


def _offset(asked: Any) -> int:
    return int(asked.headers["upload-offset"])


@pytest.fixture
def broken_once(site: Site) -> Iterator[list[int]]:
    """The server itself ends a piece in the middle, once, as a line that drops does."""
    ended: list[int] = []
    real = taking.receive

    def receive(house: Any, *, stream: Any, **given: Any) -> Any:
        if not ended and given["offset"] > 0:
            ended.append(given["offset"])
            real(house, stream=io.BytesIO(stream.read(400_000)), **given)
            raise ConnectionResetError
        return real(house, stream=stream, **given)

    taking.receive = receive  # type: ignore[assignment]
    yield ended
    taking.receive = real


def test_a_line_that_drops_is_waited_out(
    site: Site, new_page: NewPage, form_at: str, files: dict[str, str], broken_once: list[int]
) -> None:
    page = new_page()
    sent: list[int] = []
    page.on("request", lambda asked: sent.append(_offset(asked)) if asked.method == "PATCH" else None)
    sign_in(page, "pat.morgan@example.com")
    open_form(page, form_at)
    page.get_by_label("Choose a file").set_input_files(files["clip.mp4"])
    answer(page)
    page.get_by_role("button", name="Add this file").click()
    page.get_by_text("Ready to go with this.").first.wait_for(timeout=30_000)
    assert broken_once == [900_000]
    assert 1_300_000 in sent  # it goes on behind the last byte that came


def test_a_full_disk_is_said_in_words_and_waited_out(
    site: Site, new_page: NewPage, form_at: str, files: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = taking.receive, []

    def full(house: Any, **given: Any) -> Any:
        tries.append(given["offset"])
        if len(tries) < 3:
            raise NoRoom
        return real(house, **given)

    monkeypatch.setattr(taking, "receive", full)
    page = new_page(width=360)
    sign_in(page, "pat.morgan@example.com")
    open_form(page, form_at)
    page.get_by_label("Choose a file").set_input_files(files["clip.mp4"])
    answer(page)
    page.get_by_role("button", name="Add this file").click()
    page.get_by_text("There is no room for this at the moment.").first.wait_for()
    page.get_by_text("Ready to go with this.").first.wait_for(timeout=30_000)
    assert len(tries) > 3


def test_what_is_wrong_is_said_where_it_is(new_page: NewPage, site: Site, form_at: str, files: dict[str, str]) -> None:
    page = new_page(width=360)
    sign_in(page, "pat.morgan@example.com")
    open_form(page, form_at)
    page.get_by_role("button", name="Add this file").click()
    for sentence in ("Choose a file.", "Say whether anybody else is in it", "tick the box"):
        expect(page.locator(".govuk-error-message", has_text=sentence)).to_be_visible()
    expect(page.get_by_label("Choose a file")).to_be_focused()
    page.get_by_label("Choose a file").set_input_files(files["lie.mp4"])
    answer(page, "Somebody is in it, and they have not agreed")
    page.get_by_role("button", name="Add this file").click()
    expect(page.locator(".govuk-error-message", has_text="so it is not kept").first).to_be_visible()
    answer(page)
    fill_rest(page, site)
    page.locator("form:has(#evidence-files)").evaluate("form => form.requestSubmit()")
    expect(page.get_by_text("You chose a file and did not add it yet.")).to_be_visible()
    page.get_by_role("button", name="Add this file").click()
    expect(page.locator("[data-file-said]", has_text="not a file that is taken here")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[data-file]")).to_have_count(0)
    assert page.locator("[name=files]").input_value() == ""


def test_it_can_be_paused_and_gone_on_with(new_page: NewPage, site: Site, form_at: str, files: dict[str, str]) -> None:
    page = new_page()
    sign_in(page, "pat.morgan@example.com")
    held: list[Route] = []
    page.route(
        re.compile("/evidence/uploads"),
        lambda route: held.append(route) if route.request.method == "PATCH" and not held else route.continue_(),
    )
    open_form(page, form_at)
    page.get_by_label("Choose a file").set_input_files(files["clip.mp4"])
    answer(page)
    with page.expect_request(lambda asked: asked.method == "PATCH"):
        page.get_by_role("button", name="Add this file").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. What was sent is kept for 7 days.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Ready to go with this.").first.wait_for()


def test_without_scripts_the_file_goes_with_the_form(
    new_page: NewPage, site: Site, form_at: str, files: dict[str, str]
) -> None:
    page = new_page(width=360, scripts=False)
    sign_in(page, "pat.morgan@example.com")
    page.goto(form_at)
    page.get_by_text("Add a photo, a recording or a document").click()
    page.get_by_label("Choose a file").set_input_files(files["photo.jpg"])
    press(page, "Add this file")
    expect(page.locator(".govuk-error-message", has_text="Say whether anybody else is in it")).to_be_visible()
    page.get_by_label("Choose a file").set_input_files(files["photo.jpg"])
    answer(page)
    press(page, "Add this file")
    expect(page.get_by_text("Ready to go with this.")).to_be_visible()
    page.get_by_label("Choose a file").set_input_files(files["lie.mp4"])
    answer(page)
    press(page, "Add this file")
    expect(page.locator(".govuk-error-message", has_text="not a file that is taken here").first).to_be_visible()
    expect(page.get_by_text("Ready to go with this.")).to_be_visible()
    press(page, "Remove")
    expect(page.get_by_text("Ready to go with this.")).to_have_count(0)


def test_a_form_sent_right_after_a_file_was_added_waits_for_the_file(
    site: Site, new_page: NewPage, form_at: str, files: dict[str, str]
) -> None:
    page = new_page(width=360)
    sign_in(page, "pat.morgan@example.com")
    open_form(page, form_at)
    held: list[Route] = []
    page.route("**/evidence-send.js*", lambda route: held.append(route))  # noqa: PLW0108  the script that sends has not come yet
    page.get_by_label("Choose a file").set_input_files(files["clip.mp4"])
    answer(page)
    fill_rest(page, site)
    with page.expect_request("**/evidence-send.js*"):
        page.get_by_role("button", name="Add this file").click()
    page.locator("form:has(#evidence-files)").evaluate("form => form.requestSubmit()")
    expect(page.locator("[data-files-said]")).to_contain_text("still being sent")
    assert page.url.endswith(form_at)
    for route in held:
        route.continue_()
    page.get_by_text("Ready to go with this.").first.wait_for()
    with page.expect_navigation():
        page.locator("form:has(#evidence-files)").evaluate("form => form.requestSubmit()")
    assert len(kept(site)) == 1
