"""What is kept of a file: judged by its bytes, without a word of where it was made, and at nobody else's cost."""

import io
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import av
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lms.assessment.media import rules
from lms.assessment.media.making import made as making
from lms.assessment.media.making.documents import picture_without_labels
from lms.assessment.media.making.made import Made, make
from lms.assessment.media.rules import FileKind, container_of
from lms.core.words import Refused
from tests.assessment.media import samples
from tests.assessment.media.samples import SECRETS

PHOTO, VOICE, VIDEO, DOCUMENT = FileKind.PHOTO, FileKind.VOICE, FileKind.VIDEO, FileKind.DOCUMENT


def made_of(folder: Path, data: bytes, said: FileKind | None) -> tuple[Made, bytes]:
    source, to = folder / "source", folder / "made"
    source.write_bytes(data)
    found = make(source, to, folder / "small.jpg", said=said)
    return found, to.read_bytes()


KEPT = [
    ("a photo", samples.photo, PHOTO, "image/jpeg"),
    ("a drawing", lambda: samples.photo("PNG"), PHOTO, "image/png"),
    ("a document", samples.pdf, DOCUMENT, "application/pdf"),
    ("a video", samples.video, VIDEO, "video/mp4"),
    ("a video of an iPhone", lambda: samples.video("mov"), VIDEO, "video/mp4"),
    ("a video of a browser", lambda: samples.video("webm", "libvpx", sound="libopus"), VIDEO, "video/webm"),
    ("a video without sound", lambda: samples.video(sound=None), VIDEO, "video/mp4"),
    ("a voice memo", samples.voice, VOICE, "audio/mp4"),
    ("an MP3", lambda: samples.voice("mp3", "libmp3lame"), VOICE, "audio/mpeg"),
    ("plain AAC", lambda: samples.voice("adts"), VOICE, "audio/aac"),
    ("Opus", lambda: samples.voice("ogg", "libopus", form="s16"), VOICE, "audio/ogg"),
    ("Vorbis", lambda: samples.voice("ogg", "vorbis"), VOICE, "audio/ogg"),
    ("a recording of a browser", lambda: samples.voice("webm", "libopus", form="s16"), VOICE, "audio/webm"),
    ("WAV", lambda: samples.voice("wav", "pcm_s16le", form="s16"), VOICE, "audio/wav"),
]


@pytest.mark.parametrize(("data", "said", "media_type"), [case[1:] for case in KEPT], ids=[case[0] for case in KEPT])
def test_what_is_taken_says_nothing_of_where_it_was_made(
    tmp_path: Path, data: object, said: FileKind, media_type: str
) -> None:
    handed_in = data()  # type: ignore[operator]
    found, kept = made_of(tmp_path, handed_in, said)
    assert (found.kind, found.media_type, found.size) == (said, media_type, len(kept))
    assert not [secret for secret in SECRETS if secret in kept]
    if said in {VOICE, VIDEO}:
        assert found.seconds in {1, 2}
        with av.open(io.BytesIO(kept)) as opened:
            assert not {k: v for k, v in opened.metadata.items() if "SECRET" in v or "51.5" in v}
            assert sum(1 for packet in opened.demux() if packet.dts is not None) > 5
    assert found.has_thumbnail is (said in {PHOTO, VIDEO})
    if found.has_thumbnail:
        with Image.open(tmp_path / "small.jpg") as small:
            assert max(small.size) <= 480


def test_the_samples_do_say_where_they_were_made() -> None:
    for name, data, _said, _type in KEPT:
        if name != "plain AAC":  # it has no place for labels
            assert any(secret in data() for secret in SECRETS), name


def test_a_photo_in_a_document_loses_its_labels_and_is_still_seen(tmp_path: Path) -> None:
    _, kept = made_of(tmp_path, samples.pdf(), DOCUMENT)
    with pikepdf.open(io.BytesIO(kept)) as document:
        picture = document.pages[0].Resources.XObject.Im0
        assert pikepdf.PdfImage(picture).as_pil_image().size == (640, 480)
        assert "/Metadata" not in document.Root


def test_a_video_held_upright_stays_upright(tmp_path: Path) -> None:
    data = bytearray(samples.video())
    matrix = data.index(b"tkhd") + 44
    data[matrix : matrix + 36] = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 240 << 16, 0, 0x40000000)
    made_of(tmp_path, bytes(data), VIDEO)
    with Image.open(tmp_path / "small.jpg") as small:
        assert small.height > small.width


def test_a_phone_may_call_a_recording_a_video(tmp_path: Path) -> None:
    found, _ = made_of(tmp_path, samples.voice("webm", "libopus", form="s16"), VIDEO)
    assert found.kind is VOICE


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return made.getvalue()


LIES = [
    ("a page", b"<!DOCTYPE html><script>alert(1)</script>", PHOTO, "not a file that is taken"),
    (
        "a drawing that acts",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        PHOTO,
        "not a file that is taken",
    ),
    ("an archive", zipped(), DOCUMENT, "not a file that is taken"),
    ("a program", b"MZ" + bytes(500), DOCUMENT, "not a file that is taken"),
    ("a script", b"#!/bin/sh\nrm -rf /", VOICE, "not a file that is taken"),
    ("a playlist", b"#EXTM3U\nhttp://192.0.2.1/x.ts", VIDEO, "not a file that is taken"),
    ("a picture of an iPhone", b"\0\0\0\x18ftypheic" + bytes(500), PHOTO, "not a file that is taken"),
    ("a GIF", b"GIF89a" + bytes(100), PHOTO, "not a file that is taken"),
    ("a photo as a document", samples.photo(), DOCUMENT, "is not a document"),
    ("a document as a photo", samples.pdf(), PHOTO, "is not a photo"),
    ("a video as a photo", samples.video(sound=None), PHOTO, "is not a photo"),
    ("a video as a voice", samples.video(sound=None), VOICE, "is not a voice recording"),
    ("a voice as a document", samples.voice(), DOCUMENT, "is not a document"),
    ("half a photo", samples.photo()[:300], PHOTO, "could not be opened"),
    ("half a video", samples.video(sound=None)[:900], VIDEO, "could not be opened"),
    ("a box with nothing in it", b"\0\0\0\x18ftypisom" + bytes(300), VIDEO, "could not be opened"),
    ("noise after the first bytes", b"\x1a\x45\xdf\xa3" + b"\xa5" * 4000, VIDEO, "could not be opened"),
    ("a broken PDF", b"%PDF-1.7\n" + b"\xff" * 400, DOCUMENT, "could not be opened"),
    ("what hardly anybody can play", samples.video("mp4", "mpeg4", sound=None), VIDEO, "most phones cannot play"),
]


@pytest.mark.parametrize(("data", "said", "sentence"), [case[1:] for case in LIES], ids=[case[0] for case in LIES])
def test_what_is_not_what_it_says_is_refused_with_how_to_mend_it(
    tmp_path: Path, data: bytes, said: FileKind, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        made_of(tmp_path, data, said)


def test_a_picture_that_is_a_page_as_well_is_only_a_picture_afterwards(tmp_path: Path) -> None:
    both = samples.photo() + b"<script>alert(1)</script>" + zipped()
    _, kept = made_of(tmp_path, both, PHOTO)
    assert b"<script>" not in kept
    assert b"PK" not in kept


def test_a_document_that_is_an_archive_as_well_is_only_a_document_afterwards(tmp_path: Path) -> None:
    _, kept = made_of(tmp_path, samples.pdf() + zipped(), DOCUMENT)
    assert not zipfile.is_zipfile(io.BytesIO(kept))


def test_a_video_that_carries_a_page_is_only_a_video_afterwards(tmp_path: Path) -> None:
    page = b"<html><script>alert(1)</script></html>"
    carried = samples.video(sound=None) + struct.pack(">I4s", 8 + len(page), b"free") + page
    _, kept = made_of(tmp_path, carried, VIDEO)
    assert b"<script>" not in kept


def png_bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress(bytes(40_000 * 1000), 9) * 40
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def pdf_bomb() -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    packed = zlib.compress(zlib.compress(bytes(200_000_000), 9), 9)
    stream = pikepdf.Stream(document, packed)
    stream.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    stream.Type = pikepdf.Name.ObjStm
    document.Root.Bomb = document.make_indirect(stream)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_picture_that_unpacks_to_more_than_there_is_fails_alone(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        made_of(tmp_path, png_bomb(), PHOTO)


def test_a_document_that_unpacks_to_more_than_there_is_does_not_grow(tmp_path: Path) -> None:
    try:
        _, kept = made_of(tmp_path, pdf_bomb(), DOCUMENT)
    except Refused:
        return
    assert len(kept) < 1_000_000


def test_a_video_of_impossible_size_fails_alone(tmp_path: Path) -> None:
    data = bytearray(samples.video("webm", "libvpx", sound=None))
    sizes = data.index(b"\x9d\x01\x2a") + 3  # what its first picture says of its width and height
    data[sizes : sizes + 4] = b"\xff\x3f\xff\x3f"
    with pytest.raises(Refused):
        made_of(tmp_path, bytes(data), VIDEO)


@pytest.mark.parametrize("ending", ["memory", "time", "crash", "nonsense"])
def test_whatever_happens_in_its_process_only_the_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    program = {
        "memory": "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); bytearray(2**30)",
        "time": "import time; time.sleep(60)",
        "crash": "import os; os.kill(os.getpid(), 11)",
        "nonsense": "print('[]')",
    }[ending]
    (tmp_path / "broken.py").write_text(program)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(making, "_CHILD", "broken")
    monkeypatch.setattr(making, "PATIENCE", 1)
    with pytest.raises(Refused, match="could not be opened"):
        made_of(tmp_path, samples.photo(), PHOTO)


def test_its_process_is_told_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMS_SECRET_KEY", "a very secret key that nobody may see")
    seen: dict[str, object] = {}

    def look(command: list[str], **how: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(how)
        return subprocess.CompletedProcess(command, 1, b"", b"")

    monkeypatch.setattr(making.subprocess, "run", look)
    with pytest.raises(Refused):
        made_of(tmp_path, samples.photo(), PHOTO)
    assert not [name for name in seen["env"] if name.startswith("LMS_")]  # type: ignore[attr-defined]


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_first_bytes_never_break_who_reads_them(head: bytes) -> None:
    found = container_of(head)
    assert found is None or found.kinds


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_taking_labels_out_of_a_picture_never_breaks_and_adds_nothing(data: bytes) -> None:
    picture = b"\xff\xd8" + data
    assert len(picture_without_labels(picture)) <= len(picture)


def test_taking_labels_out_leaves_every_dot(tmp_path: Path) -> None:
    taken = samples.photo()
    bare = picture_without_labels(taken)
    assert not any(secret in bare for secret in SECRETS)
    with Image.open(io.BytesIO(taken)) as before, Image.open(io.BytesIO(bare)) as after:
        assert before.tobytes() == after.tobytes()


def test_captions_with_times_are_shown_without_them() -> None:
    track = "WEBVTT\n\n1\n00:00.000 --> 00:02.000\nHello A.\n\nNOTE not said\n\n00:02.000 --> 00:03.000\nTea?\n"
    assert rules.is_track(track)
    assert rules.in_short(track) == "Hello A.\nTea?"
    assert rules.in_short("Only words") == "Only words"
