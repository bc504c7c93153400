"""Files that people hand in: what may be kept, and what is refused with a sentence that helps."""

import io
import struct
import zlib

import pikepdf
import pytest
from pikepdf.settings import get_qpdf_limits
from PIL import Image

from lms.core.uploads import JPEG, LARGEST, LONGEST_SIDE, MOST_PAGES, PDF, PNG, accepted
from lms.core.words import Refused


def picture(kind: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, **more)
    return made.getvalue()


def document(pages: int = 1, **extra: object) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    return pdf


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    made = io.BytesIO()
    pdf.save(made, **how)
    return made.getvalue()


def test_a_plain_pdf_is_kept_to_the_letter() -> None:
    data = saved(document())
    kept = accepted(data)
    assert (kept.data, kept.media_type) == (data, PDF)


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", JPEG), ("PNG", PNG)])
def test_a_picture_is_drawn_anew(kind: str, media_type: str) -> None:
    kept = accepted(picture(kind, (3000, 1500)))
    assert kept.media_type == media_type
    with Image.open(io.BytesIO(kept.data)) as opened:
        assert opened.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


def test_where_a_picture_was_taken_is_left_behind_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)  # latitude
    taken = picture("JPEG", (60, 40), exif=exif)
    assert b"PhoneMaker" in taken
    kept = accepted(taken).data
    assert b"PhoneMaker" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert opened.size == (40, 60)
        assert not opened.getexif()


def test_what_follows_a_picture_is_left_behind() -> None:
    assert b"<script>" not in accepted(picture("JPEG") + b"<script>alert(1)</script>").data


def test_a_picture_that_says_it_is_huge_is_refused_without_drawing_it() -> None:
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    with pytest.raises(Refused):
        accepted(b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"MZ\x90\x00",
        b"\xff\xd8\xff" + b"nothing of a picture",
        b"%PDF-1.7\nnothing of a document",
        b"GIF89a",
        picture("PNG")[:60],
        b"%PDF-1.4" + bytes(LARGEST),
    ],
)
def test_everything_else_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        accepted(data)
    assert refused.value.args[0].endswith(".")


def test_a_locked_pdf_is_refused() -> None:
    locked = pikepdf.Encryption(user="secret", owner="secret")
    with pytest.raises(Refused, match="password"):
        accepted(saved(document(), encryption=locked))


def test_a_pdf_that_only_restricts_is_refused_as_locked_too() -> None:
    with pytest.raises(Refused, match="password"):
        accepted(saved(document(), encryption=pikepdf.Encryption(user="", owner="secret")))


def test_a_pdf_with_too_many_pages_is_refused() -> None:
    with pytest.raises(Refused, match="pages"):
        accepted(saved(document(MOST_PAGES + 1)))


def test_a_page_that_stands_in_a_pdf_a_hundred_times_is_a_hundred_pages() -> None:
    pdf = document()
    pdf.Root.Pages.Kids = pikepdf.Array([pdf.pages[0].obj] * 100)
    pdf.Root.Pages.Count = 1
    with pytest.raises(Refused, match="pages"):
        accepted(saved(pdf))


def acting(how: str) -> bytes:
    pdf = document()
    if how == "opens with a script":
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    elif how == "a script of a page":
        pdf.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1"))
    elif how == "a link that starts a program":
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe"))
        pdf.pages[0].Annots = pikepdf.Array([link])
    elif how == "a file inside":
        pdf.attachments["a.txt"] = b"hello"
    elif how == "a file pinned to a page":
        inside = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=pikepdf.Stream(pdf, b"MZ")))
        pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, FS=inside)])
    elif how == "a script behind many links":
        link = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        for _ in range(40):
            link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="x", Next=link)
        pdf.Root.OpenAction = link
    else:
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Stream(pdf, b"<xdp/>"), Fields=pikepdf.Array())
    return saved(pdf)


@pytest.mark.parametrize(
    "how",
    [
        "opens with a script",
        "a script of a page",
        "a link that starts a program",
        "a file inside",
        "a file pinned to a page",
        "a script behind many links",
        "a form program",
    ],
)
def test_a_pdf_that_acts_or_carries_a_file_is_refused(how: str) -> None:
    with pytest.raises(Refused, match="program or another file"):
        accepted(acting(how))


def unpacking(size: int, name: bytes = b"/FlateDecode") -> bytes:
    """A small document, one object of which stands in a stream that unpacks to `size` bytes."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b"4 0 <</S/JavaScript/JS(1)>>") + packer.compress(b" " * size) + packer.flush()
    parts = [b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    parts += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>", b""]
    said = b"/Type/ObjStm/N 1/First 4/Filter%s/Length %d" % (name, len(packed))
    parts += [b"<<%s>>\nstream\n%s\nendstream" % (said, packed)]
    made, places = b"%PDF-1.7\n", [b"\0\0\0\0\0\xff"]
    for number, part in enumerate(parts, start=1):
        places.append(b"\1%s\0" % len(made).to_bytes(4, "big") if part else b"\2%s\0" % (5).to_bytes(4, "big"))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part) if part else b""
    table = b"".join(places)
    said = b"/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d" % len(table)
    return made + b"6 0 obj\n<<%s>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (said, table, len(made))


def test_a_small_pdf_that_unpacks_to_a_huge_one_is_refused_unread() -> None:
    with pytest.raises(Refused, match="program"):
        accepted(unpacking(1000))
    with pytest.raises(Refused, match="could not be opened"):
        accepted(unpacking(30_000_000))


@pytest.mark.parametrize("name", [b"/LZWDecode", b"[/LZW]", b"/#4cZ#57Decode"])
def test_a_pdf_packed_in_a_way_that_has_no_limit_is_refused(name: bytes) -> None:
    with pytest.raises(Refused, match="could not be opened"):
        accepted(unpacking(1000, name))


def test_limits_for_what_is_handed_in_are_nobody_elses() -> None:
    before = get_qpdf_limits()
    accepted(saved(document()))
    with pytest.raises(Refused):
        accepted(b"%PDF-1.7\nnothing of a document")
    assert get_qpdf_limits() == before


def test_a_picture_whose_notes_are_damaged_still_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0100] = 60
    taken = bytearray(picture("JPEG", (60, 40), exif=exif))
    taken[taken.index(b"\x01\0\0\x04") + 3] = 7  # a number that is said to be no number
    with Image.open(io.BytesIO(accepted(bytes(taken)).data)) as opened:
        assert opened.size == (40, 60)


def test_a_picture_that_has_to_be_unpacked_whole_has_a_lower_limit() -> None:
    made = io.BytesIO()
    Image.new("1", (7000, 4000)).save(made, "PNG")
    with pytest.raises(Refused):
        accepted(made.getvalue())
