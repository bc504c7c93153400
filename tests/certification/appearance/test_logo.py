"""A logo is the dots of a picture and nothing else."""

import io
import os
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import ExifTags, Image

from lms.certification.appearance.logo import packed
from lms.certification.appearance.rules import HIGHEST, LARGEST_KEPT, LARGEST_LOGO, WIDEST
from lms.core.words import Refused


def picture(kind: str, size: tuple[int, int] = (300, 120), mode: str = "RGB", **how: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "RGBA" else (0, 100, 100, 120)).save(made, kind, **how)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(data))
    found.load()
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_drawn_anew_as_a_png(kind: str) -> None:
    kept = opened(packed(picture(kind)))
    assert (kept.format, kept.size, kept.mode) == ("PNG", (300, 120), "RGB")


def test_what_is_transparent_stays_so() -> None:
    kept = opened(packed(picture("PNG", mode="RGBA")))
    assert kept.mode == "RGBA"
    assert kept.getpixel((5, 5))[3] == 120  # type: ignore[index]


def test_nothing_the_file_said_of_itself_is_kept() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Somebody's name"
    kept = packed(picture("JPEG", exif=exif, comment=b"a remark"))
    assert b"Somebody" not in kept
    assert b"remark" not in kept
    assert not opened(kept).info


def test_a_large_one_is_made_smaller_in_its_shape() -> None:
    kept = opened(packed(picture("PNG", (2300, 500))))
    assert kept.width == WIDEST
    assert kept.height <= HIGHEST
    assert abs(kept.width / kept.height - 2300 / 500) < 0.05


def test_one_that_stays_heavy_is_made_smaller_until_it_is_light() -> None:
    noise = Image.frombytes("RGB", (900, 600), os.urandom(900 * 600 * 3))
    made = io.BytesIO()
    noise.save(made, "PNG")
    assert len(packed(made.getvalue())) <= LARGEST_KEPT


def bomb() -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    packed_dots = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed_dots) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        lambda: b"",
        lambda: b"not a picture",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        lambda: b"%PDF-1.7\n%%EOF",
        lambda: picture("PNG")[:60],
        lambda: picture("GIF", mode="P"),
        lambda: picture("PNG", (20, 10)),
        lambda: b"\x89PNG\r\n\x1a\n" + b"x" * (LARGEST_LOGO + 1),
        bomb,
    ],
    ids=["empty", "text", "svg", "pdf", "cut off", "gif", "a speck", "too heavy", "a bomb"],
)
def test_what_is_no_logo_is_refused_with_a_sentence(data: Callable[[], bytes]) -> None:
    with pytest.raises(Refused) as refused:
        packed(data())
    assert str(refused.value).endswith(".")


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert packed(picture("PNG")) == packed(picture("PNG"))
