"""Pictures and recordings: what is let in, what each mistake is called, and how they reach a page."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.app import app_of
from lms.core.content import Problems
from lms.core.house import House
from lms.learning.catalogue import Courses
from lms.learning.content import load
from lms.learning.shelf.pictures import LARGEST, picture_of
from lms.people.login import signed_in_viewer
from tests.clients import Browser
from tests.learning.packs import Pack
from tests.world import World

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">
  <title>Gloves</title>
  <desc>Two gloves on a table.</desc>
  <rect x="1" y="1" width="318" height="198" fill="#e8efe9"/>
  <text x="10" y="30" font-size="16">On the table</text>
</svg>
"""
LESSON = "SMALL-1/lessons/01-one.en.md"
PICTURE = "SMALL-1/pictures/gloves.svg"


def png(width: int = 4, height: int = 3) -> bytes:
    """A white PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def looked_at(folder: Path, content: str | bytes, name: str = "gloves.svg") -> list[str]:
    """The mistakes of one picture, as “line: sentence”."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = Problems()
    found = picture_of(path, problems)
    assert (found is None) == bool(problems.found)
    return [f"{problem.line}: {problem.message}" for problem in problems.found]


def test_a_plain_drawing_and_a_photograph_are_let_in(tmp_path: Path) -> None:
    assert looked_at(tmp_path, SVG) == []
    assert looked_at(tmp_path, png(), "photo.png") == []
    picture = picture_of(tmp_path / "gloves.svg", Problems())
    assert picture is not None
    assert (picture.width, picture.height, picture.smallest_text) == (320, 200, 16)


SPOILT = [
    ("<desc>", "<script>alert(1)</script><desc>", "3: <script> has no place in a picture."),
    ("<rect ", '<rect onclick="x()" ', "4: Leave out onclick"),
    ("<rect ", '<rect ONLOAD="x()" ', "4: Leave out ONLOAD"),
    ("<rect ", '<use href="https://example.com/a.svg#b"/><rect ', "4: A picture refers only to its own parts"),
    ("<rect ", '<use href=" javascript:x()"/><rect ', "4: A picture refers only to its own parts"),
    ("<rect ", '<a href="#x"/><rect ', "4: <a> has no place"),
    ("<rect ", '<image href="data:image/png;base64,"/><rect ', "4: <image> has no place"),
    ("<rect ", "<foreignObject/><rect ", "4: <foreignObject> has no place"),
    ("<rect ", "<animate/><rect ", "4: <animate> has no place"),
    ("<rect ", '<rect xmlns="http://www.w3.org/1999/xhtml"/><rect ', "4: <rect> has no place"),
    ('fill="#e8efe9"', 'fill="url(https://example.com/x)"', "4: fill reaches outside"),
    ('fill="#e8efe9"', "style=\"fill:u\\72l('//x')\"", "4: style reaches outside"),
    ("<rect ", "<style>@import '//x';</style><rect ", "4: The style reaches outside"),
    ("<rect ", "<style>@im<!-- -->port '//x';</style><rect ", "4: The style reaches outside"),
    ("<rect ", "<style>a{fill:image-set('//x' 1x)}</style><rect ", "4: The style reaches outside"),
    ("<svg ", '<!DOCTYPE svg [<!ENTITY a "aaaa">]>\n<svg ', "1: Leave out the document type"),
    ("<svg ", '<?xml-stylesheet href="//x"?>\n<svg ', "1: Leave out the instruction"),
    ("<title>Gloves</title>", "", "1: The drawing needs a <title>"),
    ("Two gloves on a table.", " ", "1: The drawing needs a <desc>"),
    ('viewBox="0 0 320 200"', 'width="320"', "1: A drawing starts with <svg viewBox"),
    ("</svg>", "", "7: This is not SVG"),
    ('xmlns="http://www.w3.org/2000/svg"', "", "1: <svg> has no place"),
]


@pytest.mark.parametrize(("old", "new", "expected"), SPOILT, ids=[case[2] for case in SPOILT])
def test_a_drawing_that_runs_moves_or_reaches_outside_is_refused(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert old in SVG
    assert any(found.startswith(expected) for found in looked_at(tmp_path, SVG.replace(old, new, 1)))


def test_a_drawing_is_read_as_utf_8_whatever_it_says_of_itself(tmp_path: Path) -> None:
    assert looked_at(tmp_path, SVG.encode("utf-16"))
    assert looked_at(tmp_path, b'<?xml version="1.0" encoding="iso-8859-1"?>' + SVG.encode()) == []
    assert looked_at(tmp_path, SVG.replace("Gloves", "Menig ŵ")) == []


def test_a_picture_is_judged_by_its_bytes_its_name_and_its_size(tmp_path: Path) -> None:
    assert "not the kind" in looked_at(tmp_path, png(), "photo.jpg")[0]
    assert "not the kind" in looked_at(tmp_path, SVG, "photo.png")[0]
    assert "cannot be read" in looked_at(tmp_path, png()[:40], "photo.png")[0]
    assert "4000 on a side" in looked_at(tmp_path, png(5000, 1), "photo.png")[0]
    assert "larger than 150 kB" in looked_at(tmp_path, SVG + " " * LARGEST)[0]
    assert "small letters" in looked_at(tmp_path, SVG, "Gloves 1.svg")[0]


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_stop_the_loader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    for name in ("any.svg", "any.png", "any.jpg"):
        assert looked_at(folder, content, name)


# ── In a module ──────────────────────────────────────────────────────────────────────────────────────────────────────


def mistakes_of(pack: Pack) -> list[str]:
    problems = Problems()
    load([pack.folder], problems)
    return [f"{p.path.name}:{p.line}: {p.message}" for p in sorted(problems.found)]


def with_line(pack: Pack, line: str) -> None:
    pack.spoil(LESSON, "Some [text]", f"{line}\n\nSome [text]")


def test_a_lessons_pictures_are_there_and_have_words(pack: Pack) -> None:
    pack.write(PICTURE, SVG)
    name = "pictures/gloves.svg"
    with_line(pack, "Look:\n![Two gloves](pictures/gloves.svg)")
    assert mistakes_of(pack) == []
    with_line(pack, "![](pictures/gloves.svg)\n\n![A hat](pictures/hat.svg)\n\n[a link](pictures/gloves.svg)")
    assert mistakes_of(pack) == [
        f"01-one.en.md:17: The picture “{name}” needs words for those who cannot see it: ![what it shows]({name}).",
        "01-one.en.md:19: There is no picture “pictures/hat.svg” in this module that can be shown.",
        "01-one.en.md:21: To show “pictures/gloves.svg”, write ! before the bracket.",
    ]


def test_a_picture_from_elsewhere_is_a_mistake(pack: Pack) -> None:
    with_line(pack, "![A hat](https://example.com/hat.svg)")
    assert mistakes_of(pack) == [
        "01-one.en.md:14: The picture “https://example.com/hat.svg” has to be a file in the module's pictures/."
    ]


RECORDING = """\
recordings:
  - {file: hello.mp3, title: Hello, kind: audio, transcript: "Hello, I am **Sam**."}
"""


def test_a_recording_needs_its_file_and_its_words(pack: Pack) -> None:
    pack.spoil(LESSON, "check_again_by", f"{RECORDING}check_again_by")
    assert mistakes_of(pack) == [
        "01-one.en.md:11: There is no recording “recordings/hello.mp3” in this module that can be played."
    ]
    path = pack.folder / "SMALL-1" / "recordings" / "hello.mp3"
    path.parent.mkdir()
    path.write_bytes(b"ID3\x04" + b"\0" * 200)
    assert mistakes_of(pack) == []
    pack.spoil(LESSON, ', transcript: "Hello, I am **Sam**."', "")
    assert mistakes_of(pack) == ["01-one.en.md:11: recordings.0.transcript: Field required."]
    path.write_bytes(b"<html>")
    assert "hello.mp3:0: By its bytes this is not the kind of recording that its name says." in mistakes_of(pack)


# ── On pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shown(house: House, pack: Pack) -> Callable[[UUID], Browser]:
    """A site whose small module has a picture and a recording; gives a browser of somebody."""
    pack.write(PICTURE, SVG)
    with_line(pack, "![Two <b>gloves</b>](pictures/gloves.svg)")
    pack.spoil(LESSON, "check_again_by", f"{RECORDING}check_again_by")
    path = pack.folder / "SMALL-1" / "recordings" / "hello.mp3"
    path.parent.mkdir()
    path.write_bytes(b"ID3\x04" + bytes(range(200)))
    problems = Problems()
    courses = load([pack.folder], problems)
    assert problems.found == []
    shelves: Any = house.database.unit(writing=False).info["shelves"]
    house.database._writing.kw["info"]["shelves"] = house.database._reading.kw["info"]["shelves"] = {
        **shelves,
        Courses: courses,
    }
    site = app_of(replace(house, who=signed_in_viewer, standalone=True))
    return lambda person: Browser(site, house, person)


def test_a_picture_is_served_to_people_who_are_signed_in_and_can_do_nothing(
    shown: Callable[[Any], Browser], world: World
) -> None:
    address = "/learning/pictures/SMALL-1/1/gloves.svg"
    answer = shown(world.employer_person).get(f"{address}?v=1")
    assert answer.text == SVG
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert shown(world.pa).get(address).headers["Cache-Control"] == "private, max-age=3600"
    assert shown(None).get(address).status_code == 302
    for nowhere in ("SMALL-1/2/gloves.svg", "SMALL-2/1/gloves.svg", "SMALL-1/1/hat.svg", "SMALL-1/1/..%2fmodule.yaml"):
        assert shown(world.pa).get(f"/learning/pictures/{nowhere}").status_code == 404


def test_a_recording_can_be_heard_from_the_middle(shown: Callable[[Any], Browser], world: World) -> None:
    browser = shown(world.pa)
    part = browser._client.get("/learning/recordings/SMALL-1/1/hello.mp3", headers={"Range": "bytes=4-7"})
    part.close()
    assert (part.status_code, part.data, part.mimetype) == (206, bytes(range(4)), "audio/mpeg")
    assert browser.get("/learning/recordings/SMALL-1/1/other.mp3").status_code == 404


def test_a_lesson_shows_its_picture_and_plays_its_recording(
    shown: Callable[[Any], Browser], house: House, world: World, now: Any
) -> None:
    from lms.learning import services

    with house.database.writing() as db:
        enrolment = services.enrol(
            db, learner_id=world.pa, authority_id=world.authority, course="SMALL", by=world.coordinator, now=now
        )
    page = shown(world.pa).get(f"/learning/{enrolment}/SMALL-1/lessons/SMALL-1-L1").text
    assert 'alt="Two &lt;b&gt;gloves&lt;/b&gt;"' in page
    assert 'src="/learning/pictures/SMALL-1/1/gloves.svg?v=' in page
    for part in ('width="320"', 'height="200"', 'loading="lazy"', "<audio ", "Hello, I am <strong>Sam</strong>."):
        assert part in page
