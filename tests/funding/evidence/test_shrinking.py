"""Files made ready for a payer: real pictures and documents, small enough, and without what they told in passing."""

import io

import pikepdf
import pytest
from PIL import Image

from lms.core.uploads import JPEG, PDF, PNG
from lms.core.words import Refused
from lms.funding.evidence import shrinking
from lms.funding.evidence.shrinking import made_ready, megabytes
from tests.funding.evidence import papers

MOST = 2_000_000
ALL = (PDF, JPEG, PNG)


def test_a_photo_loses_where_it_was_taken() -> None:
    data = papers.photo()
    assert b"Telltale" in data
    ready = made_ready(data, most=MOST, media_types=ALL)
    assert ready.media_type == JPEG
    assert b"Telltale" not in ready.data
    assert not Image.open(io.BytesIO(ready.data)).getexif()
    assert not ready.smaller


def test_a_large_photo_is_made_to_fit() -> None:
    data = papers.photo(2400, 1800, noisy=True)
    assert len(data) > MOST
    ready = made_ready(data, most=MOST, media_types=ALL)
    assert len(ready.data) <= MOST
    assert ready.smaller
    assert max(Image.open(io.BytesIO(ready.data)).size) >= shrinking.SMALLEST_SIDE


def test_a_large_png_becomes_a_photo_on_white() -> None:
    picture = Image.open(io.BytesIO(papers.photo(1600, 1200, noisy=True))).convert("RGBA")
    picture.putalpha(0)
    out = io.BytesIO()
    picture.save(out, "PNG")
    ready = made_ready(out.getvalue(), most=MOST, media_types=ALL)
    assert ready.media_type == JPEG
    with Image.open(io.BytesIO(ready.data)) as made:
        assert made.getpixel((5, 5)) == (255, 255, 255)


def test_the_same_file_gives_the_same_bytes() -> None:
    for data in (papers.photo(2400, 1800, noisy=True), papers.scanned_pdf([papers.photo(2400, 1800, noisy=True)])):
        one, other = (made_ready(data, most=MOST, media_types=ALL) for _ in range(2))
        assert one == other


def test_a_picture_that_cannot_be_made_to_fit_is_refused() -> None:
    with pytest.raises(Refused, match="cannot be made smaller than"):
        made_ready(papers.photo(1200, 900, noisy=True), most=50_000, media_types=ALL)


def test_a_small_document_stays_as_it_is() -> None:
    data = papers.invoice_pdf()
    ready = made_ready(data, most=MOST, media_types=ALL)
    assert (ready.data, ready.media_type, ready.smaller) == (data, PDF, False)


def test_photos_in_a_large_document_are_made_smaller() -> None:
    data = papers.scanned_pdf([papers.photo(2400, 1800, noisy=True, seed=n) for n in range(2)])
    assert len(data) > MOST
    ready = made_ready(data, most=MOST, media_types=ALL)
    assert len(ready.data) <= MOST
    with pikepdf.open(io.BytesIO(ready.data)) as pdf:
        assert len(pdf.pages) == 2
        for page in pdf.pages:
            image = pikepdf.PdfImage(page.Resources.XObject.Im0)
            assert image.as_pil_image().size == (image.width, image.height)


def test_a_document_that_cannot_be_made_to_fit_is_refused() -> None:
    with pytest.raises(Refused, match="one by one"):
        made_ready(papers.invoice_pdf(pages=5), most=500, media_types=ALL)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (papers.locked_pdf(), "locked with a password"),
        (papers.locked_pdf(user=""), "locked with a password"),
        (papers.acting_pdf(), "carries a program"),
        (papers.invoice_pdf(pages=41), "more than 40 pages"),
        (b"", "empty"),
        (b"GIF89a" + b"0" * 100, "neither a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither a picture"),
        (b"%PDF-1.4 nothing more", "could not be opened"),
        (b"\xff\xd8\xff" + b"0" * 200, "could not be opened"),
        (b"\xff\xd8\xff" + b"0" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
    ],
)
def test_what_nobody_can_take_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        made_ready(data, most=MOST, media_types=ALL)


def test_what_this_payer_does_not_take_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"It takes: PDF\."):
        made_ready(papers.photo(), most=MOST, media_types=(PDF,))


@pytest.mark.parametrize(
    ("size", "said"), [(2_000_000, "2 MB"), (1_234_567, "1.2 MB"), (40_200, "41 kB"), (999_999, "1000 kB")]
)
def test_sizes_are_said_as_payers_say_them(size: int, said: str) -> None:
    assert megabytes(size) == said
