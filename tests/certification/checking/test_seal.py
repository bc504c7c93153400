"""Reading the seal of a PDF: everything somebody could do to one is noticed."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.status import SignatureCoverageLevel

from lms.certification.checking.files import asking
from lms.certification.checking.files.seal import look
from lms.certification.checking.files.seen import Seen
from lms.certification.checking.files.verdicts import FileVerdict, OnRecord, of_pdf
from lms.core.aside import finished
from tests.certification.checking.sealing import NUMBER, drawn, key, sealed, signer_with, whole_and_sealed

OURS = OnRecord(number_known=True, own_key=True)


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A certificate as it is issued."""
    return whole_and_sealed(private=key("ours"))


def verdict(data: bytes) -> FileVerdict:
    """What is said of a PDF, were the key and the number ours: the worst case, since only the seal can tell then."""
    return of_pdf(look(data), OURS)


def updated(data: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """The PDF with a change appended, as programs do that leave what is there as it is."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_whole_one(paper: bytes) -> None:
    seen = look(paper)
    assert seen.numbers == (NUMBER,)
    (seal,) = seen.seals
    assert (seal.unbroken, seal.whole, seal.added, seal.final) == (True, True, "none", True)
    assert verdict(paper) is FileVerdict.NOT_THE_ISSUED_ONE  # only its digest makes it genuine


def test_a_changed_name(paper: bytes) -> None:
    assert b"Pat Morgan" in paper
    assert verdict(paper.replace(b"Pat Morgan", b"Sam Morgan")) is FileVerdict.CHANGED


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_one_byte_changed(paper: bytes, data: st.DataObject) -> None:
    """In the seal itself there is room that is not used; its letters may be written large or small. Never “whole”."""
    place = data.draw(st.integers(0, len(paper) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != paper[place]))
    changed = paper[:place] + bytes([other]) + paper[place + 1 :]
    gap, after = (int(each) for each in re.findall(rb"/ByteRange \[0 (\d+) (\d+)", paper)[0])
    if not gap <= place < after:
        assert verdict(changed) not in {FileVerdict.NOT_THE_ISSUED_ONE, FileVerdict.GENUINE}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_cut_off_anywhere(paper: bytes, keep: int) -> None:
    if keep < len(paper) - 1:
        cut = verdict(paper[:keep])
        assert cut in {FileVerdict.CUT, FileVerdict.BROKEN, FileVerdict.CHANGED, FileVerdict.UNSEALED}
        assert cut is FileVerdict.CUT or keep > len(paper) - 1024 or b"%%EOF" in paper[max(0, keep - 1024) : keep]


def _note(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    rect = generic.ArrayObject(map(generic.FloatObject, (72, 690, 300, 720)))
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): rect,
            pdf_name("/Contents"): generic.pdf_string("and Sam Jones"),
        }
    )
    page[pdf_name("/Annots")] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def _field(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.pdf_string("more"),
            pdf_name("/V"): generic.pdf_string("and also the Care Certificate"),
        }
    )
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])


def _page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    first = pages.raw_get("/Kids")[0]
    pages["/Kids"].append(first)
    pages[pdf_name("/Count")] = generic.NumberObject(2)
    writer.update_container(pages)


def _contents(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT (Sam Jones) Tj ET"))
    writer.update_container(page)


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/Metadata")] = writer.add_object(generic.StreamObject(stream_data=b"<x:xmpmeta/>"))
    writer.update_root()


def _title(writer: IncrementalPdfFileWriter) -> None:
    info = generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("Care Certificate")})
    writer.set_info(writer.add_object(info))


def _nothing(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(generic.NullObject())


@pytest.mark.parametrize("change", [_note, _field, _page, _contents, _metadata, _title, _nothing])
def test_whatever_is_added_after_sealing(paper: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> None:
    assert verdict(updated(paper, change)) is FileVerdict.ADDED


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\n% a remark\n", b"\0" * 4096, b"\n%%EOF\n"])
def test_bytes_after_the_end(paper: bytes, tail: bytes) -> None:
    assert verdict(paper + tail) in {FileVerdict.ADDED, FileVerdict.CUT, FileVerdict.BROKEN}
    issued = OnRecord(number_known=True, own_key=True, begins_as_issued=True)
    assert of_pdf(look(paper + tail), issued) is FileVerdict.ADDED


def test_bytes_before_the_beginning(paper: bytes) -> None:
    assert verdict(b"junk\n" + paper) not in {FileVerdict.NOT_THE_ISSUED_ONE, FileVerdict.UNSEALED}


def test_a_second_signature(paper: bytes) -> None:
    meta = signers.PdfSignatureMetadata(field_name="Second", subfilter=fields.SigSeedSubFilter.PADES)
    for whose in ("somebody", "ours"):
        out = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(whole_uncertified()))
        signer = signers.PdfSigner(meta, signer_with(key(whose)))
        finished(signer.async_sign_pdf(writer, output=out))  # a test before may have left a loop here
        assert verdict(out.getvalue()) is FileVerdict.SEVERAL_SEALS


def whole_uncertified() -> bytes:
    """Sealed without saying that nothing may follow, so that the library lets a second signature be made."""
    return sealed(drawn(), key("ours"), certify=False)


def test_not_sealed_at_all() -> None:
    assert verdict(drawn()) is FileVerdict.UNSEALED


def test_a_seal_whose_form_was_hidden(paper: bytes) -> None:
    """Universal signature forgery: what a reader needs to find the seal is taken away by an update."""

    def hide(writer: IncrementalPdfFileWriter) -> None:
        del writer.root["/AcroForm"]
        writer.update_root()

    assert verdict(updated(paper, hide)) in {FileVerdict.ADDED, FileVerdict.CHANGED}


@pytest.mark.parametrize("key_name", ["/ByteRange", "/Contents", "/SubFilter", "/Filter", "/Type"])
@pytest.mark.parametrize("value", [None, generic.NullObject(), generic.NumberObject(0), generic.pdf_string("x")])
def test_a_seal_with_a_piece_missing_or_of_another_kind(paper: bytes, key_name: str, value: object) -> None:
    def spoil(writer: IncrementalPdfFileWriter) -> None:
        seal = writer.root["/AcroForm"]["/Fields"][0]["/V"]
        if value is None:
            del seal[key_name]
        else:
            seal[pdf_name(key_name)] = value
        writer.update_container(seal)

    assert verdict(updated(paper, spoil)) in {FileVerdict.ADDED, FileVerdict.CHANGED}


def wrapped(paper: bytes, room: int = 60_000) -> bytes:
    """Signature wrapping: what was sealed is all there, around a gap that grew and holds a document of somebody's own.

    The last line of a PDF says where its table stands. It is sealed, but now it points into the gap, where
    another table stands. It leads to another page, and to another seal object, packed, whose padding makes it as
    long as the gap: whoever only adds up lengths finds the whole file covered, and every sealed byte is as it was.
    """
    gap, after, rest = (int(each) for each in re.findall(rb"/ByteRange \[0 (\d+) (\d+) (\d+)", paper)[0])
    table = int(re.findall(rb"startxref\s+(\d+)\s+%%EOF\s*$", paper)[0])
    reader = PdfFileReader(BytesIO(paper))
    seal = reader.embedded_signatures[0]
    number = seal.sig_field.raw_get("/V").idnum
    cms = bytes.fromhex(paper[gap + 1 : after - 1].decode()).rstrip(b"\0")
    moved = gap + 2 + room
    lie = (
        f"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 {gap} {moved} {rest}]"
        f"/Contents<{cms.ljust(room // 2, bytes(1)).hex()}>/Reference[<</Type/SigRef/TransformMethod/DocMDP"
        "/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]>>"
    )
    packed = zlib.compress(f"{number} 0 ".encode() + lie.encode(), 9)
    own, evil = max(int(n) for n in re.findall(rb"(\d+) 0 obj", paper)) + 1, b"BT /F 20 Tf 72 700 Td (Sam Jones) Tj ET"
    hole = (
        f"\n{own} 0 obj<</Type/ObjStm/N 1/First {len(f'{number} 0 ')}/Filter/FlateDecode/Length {len(packed)}>>stream\n"
    )
    inside = hole.encode() + packed + b"\nendstream endobj\n"
    content_at = gap + 1 + len(inside)
    content = reader.root["/Pages"]["/Kids"][0].raw_get("/Contents").idnum
    inside += f"{content} 0 obj<</Length {len(evil)}>>stream\n".encode() + evil + b"\nendstream endobj\n"
    old = {int(m.group(1)): m.start() for m in re.finditer(rb"(\d+) 0 obj", paper)}
    places = {n: at if at < gap else at + moved - after for n, at in old.items()}
    places |= {content: content_at, own: gap + 2}
    rows = b"".join(
        bytes([2]) + own.to_bytes(4, "big") + bytes(1)
        if n == number
        else bytes([n in places]) + places.get(n, 0).to_bytes(4, "big") + bytes(1)
        for n in range(own + 2)
    )
    root = reader.trailer.raw_get("/Root").idnum
    at = table - (gap + 1)
    assert len(inside) < at or at < 0
    head = f"{own + 1} 0 obj<</Type/XRef/Size {own + 2}/W[1 4 1]/Root {root} 0 R/Length {len(rows)}>>stream\n".encode()
    filled = inside.ljust(at, b" ") + head + rows + b"\nendstream endobj\n"
    return paper[:gap] + b"<" + filled.ljust(room, b" ") + b">" + paper[after:]


def test_signature_wrapping(paper: bytes) -> None:
    """The library alone says that all is well; what counts is that the gap holds the seal and nothing else."""
    attack = wrapped(paper)
    seal = PdfFileReader(BytesIO(attack), strict=False).embedded_signatures[0]
    seal.compute_integrity_info()
    assert seal.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert validate_sig_integrity(seal.signer_info, seal.signer_cert, "data", seal.compute_digest()) == (True, True)
    assert verdict(attack) is FileVerdict.CHANGED


def test_something_beside_the_seal_in_its_gap(paper: bytes) -> None:
    """The gap is the only place the seal does not cover: nothing but its hexadecimal letters may stand there."""
    gap, after = (int(each) for each in re.findall(rb"/ByteRange \[0 (\d+) (\d+)", paper)[0])
    zeros = paper[gap:after].rstrip(b">")
    for hidden in (b"\n9 0 obj(x)endobj", b"<</Evil 1>>", b"   "):
        crammed = zeros[: -len(hidden)] + hidden + b">"
        assert verdict(paper[:gap] + crammed + paper[after:]) not in {FileVerdict.NOT_THE_ISSUED_ONE}


def test_a_later_object_that_stands_for_an_earlier_one_is_noticed(paper: bytes) -> None:
    """A shadow attack shows what was hidden by taking away what lay on top, in an update."""

    def uncover(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        font = page["/Resources"]["/Font"]["/F"]
        font[pdf_name("/BaseFont")] = pdf_name("/Courier")
        writer.update_container(font)

    assert verdict(updated(paper, uncover)) is FileVerdict.ADDED


def test_locked_ones() -> None:
    with pikepdf.open(BytesIO(drawn())) as pdf:
        for owner, user in (("secret", "secret"), ("secret", "")):
            out = BytesIO()
            pdf.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
            assert verdict(out.getvalue()) is FileVerdict.LOCKED


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-" + bytes(range(256)) * 40 + b"%%EOF", b"%PDF-1.7\nstartxref\n0\n%%EOF"],
)
def test_what_only_says_it_is_a_pdf(data: bytes) -> None:
    assert verdict(data) in {FileVerdict.BROKEN, FileVerdict.CUT}


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_have_an_answer(data: bytes) -> None:
    assert isinstance(look(b"%PDF-1.4\n" + data), Seen)


def bomb(levels: int = 1) -> bytes:
    """Half a gigabyte of nothing, packed into the table every reader reads first."""
    zeros = zlib.compress(bytes(480 * 1024 * 1024), 9)
    for _ in range(levels - 1):
        zeros = zlib.compress(zeros, 9)
    filters = b"[" + b"/FlateDecode " * levels + b"]"
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 99999999 /W [1 2 1] /Root 1 0 R /Filter " + filters
    body += f" /Length {len(zeros)} >>\nstream\n".encode() + zeros + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    return body


@pytest.mark.parametrize("levels", [1, 2])
def test_a_bomb_harms_nobody(levels: int) -> None:
    """It ends in its own process, in bounded time and memory: broken, or too much."""
    try:
        seen = asking.ask(bomb(levels))
    except asking.TooMuch:
        return
    assert seen.broken


def test_a_process_of_its_own_sees_the_same(paper: bytes) -> None:
    assert asking.ask(paper) == look(paper)


def test_only_two_threads_are_held_however_many_files_come(monkeypatch: pytest.MonkeyPatch) -> None:
    """One is at work and one waits; whoever comes then is told at once, so that threads are left for pages."""

    def slow(_data: bytes) -> dict[str, Any]:
        with asking._INSIDE:  # the one that waits
            for _ in range(8):
                with pytest.raises(asking.Busy):
                    asking.ask(b"another")
        return {"seals": [], "numbers": []}

    monkeypatch.setattr(asking, "LONGEST_WAIT", 1_000)
    monkeypatch.setattr(asking, "_told", slow)
    assert asking.ask(b"first") == Seen()
    assert asking.ask(b"again") == Seen()


def test_only_one_is_looked_at_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST_WAIT", 0)
    with asking._AT_ONCE, pytest.raises(asking.Busy):
        asking.ask(b"a file")
