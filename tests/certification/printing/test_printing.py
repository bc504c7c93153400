"""The PDF: real, complete, with a code that leads to the right place, in everybody's letters, and made once."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdf
import pytest
import segno
from sqlalchemy import select

from lms.certification import queries
from lms.certification.content import CertificateDesigns
from lms.certification.models import Certificate, CertificatePdf
from lms.certification.printing import designs, letters, specimens
from lms.certification.printing.pdf import MASK, pdf_of
from lms.certification.printing.queries import page_to_print
from lms.certification.printing.rendering import render
from lms.certification.queries import CertificateView
from lms.core import shelves, work
from lms.core.files import keep
from lms.core.house import House
from lms.people import services as people
from tests.certification import steps
from tests.world import World

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
LONG = ("Maria Fernanda de la Concepción Wojciechowska-Thiruvananthapuram " * 2)[:120].strip()


def printed(house: House, certificate_id: object) -> bytes:
    with house.database.reading() as db:
        digest = queries.pdf_digest(db, certificate_id)  # type: ignore[arg-type]
    assert digest is not None
    return house.files.get(digest)


def text_of(data: bytes) -> str:
    (page,) = pypdf.PdfReader(BytesIO(data)).pages
    return " ".join(page.extract_text().split())


@pytest.fixture(scope="module")
def certificate_of(loaded: shelves.Shelves) -> Callable[[str], str]:
    """The words on the certificate of somebody with a name; no database is needed to print."""
    design = loaded[CertificateDesigns].design("module")

    def text_for(name: str) -> str:
        face = specimens.face_of(design, languages=["en"], on=AT.date(), holder=name)
        html = designs.fill(design.html, face)
        return text_of(pdf_of(html, address="https://example.org/verify/X", title="T", language="en", at=AT))

    return text_for


def test_the_worker_prints_it(house: House, issued: CertificateView, now: datetime) -> None:
    assert not issued.pdf_ready
    assert work.do_all(house, now=now) == 1
    with house.database.reading() as db:
        assert queries.certificate(db, issued.id).pdf_ready
    text = text_of(printed(house, issued.id))
    for said in (
        issued.number,
        "Pat Morgan",
        "Being a personal assistant",
        "Rivermere Council",
        "This is not the Care Certificate.",
        "21 November 2026",
        "127.0.0.1:8000/verify",
        *issued.proves,
        *issued.does_not_prove,
    ):
        assert said in text
    assert "Amina Yusuf" not in text


def test_done_twice_the_first_stays(house: House, issued: CertificateView, now: datetime) -> None:
    render(house, str(issued.id), now)
    with house.database.reading() as db:
        first = db.scalars(select(CertificatePdf)).one()
        kept = (first.sha256, first.made_at)
    render(house, str(issued.id), now.replace(hour=18))
    with house.database.reading() as db:
        again = db.scalars(select(CertificatePdf)).one()
        assert (again.sha256, again.made_at) == kept


def test_a_worker_that_comes_second_changes_nothing(
    house: House, issued: CertificateView, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw that no PDF was there, and both printed."""
    with house.database.reading() as db:
        page = page_to_print(db, issued.id)
    with house.database.writing() as db:
        digest = keep(db, house.files, b"%PDF first", "application/pdf", now=now)
        db.add(CertificatePdf(certificate_id=issued.id, sha256=digest, made_at=now))
    monkeypatch.setattr("lms.certification.printing.rendering.queries.page_to_print", lambda _db, _id: page)
    render(house, str(issued.id), now)
    assert printed(house, issued.id) == b"%PDF first"


def test_a_certificate_that_is_gone_is_no_trouble(house: House, world: World, now: datetime) -> None:
    render(house, str(world.pa), now)


def test_the_same_page_gives_the_same_bytes(house: House, issued: CertificateView) -> None:
    with house.database.reading() as db:
        html = db.get_one(Certificate, issued.id).html
    one, other = (
        pdf_of(html, address="https://example.org/verify/X", title="T", language="en", at=AT) for _ in range(2)
    )
    assert one == other


def test_its_properties_name_nobody(house: House, issued: CertificateView, now: datetime) -> None:
    render(house, str(issued.id), now)
    with pikepdf.open(BytesIO(printed(house, issued.id))) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo.Author) == "PALMS"
        assert str(pdf.docinfo.Title) == f"{issued.title} ({issued.number})"
        properties = str(dict(pdf.docinfo.items())) + pdf.Root.Metadata.read_bytes().decode()
    assert "Pat" not in properties
    assert "Morgan" not in properties


def test_the_code_leads_to_the_check_page(house: House, issued: CertificateView, now: datetime) -> None:
    render(house, str(issued.id), now)
    (image,) = pypdf.PdfReader(BytesIO(printed(house, issued.id))).pages[0].images
    picture = image.image
    assert picture is not None
    grey = picture.convert("L")
    code = segno.make(f"{house.settings.base_url}/verify/{issued.number}", error="m", micro=False, mask=MASK)
    side, border = len(code.matrix), 2
    step = grey.width / (side + 2 * border)
    seen = [
        [int(grey.getpixel(((x + border + 0.5) * step, (y + border + 0.5) * step)) < 128) for x in range(side)]  # type: ignore[operator]
        for y in range(side)
    ]
    assert seen == [list(row) for row in code.matrix]


@pytest.mark.parametrize(
    "name",
    [
        "Llŷr ap Siôn Ŵyn-Gruffydd",
        "Adéọlá Ọ̀ṣúndé",
        "Nguyễn Thị Ánh Tuyết",
        "Олександр Ґалаґан",
        "Zoë Şahin-Łukaszewicz",
    ],
)
def test_names_in_many_letters(certificate_of: Callable[[str], str], name: str) -> None:
    assert name in certificate_of(name)


def test_an_arabic_name_is_joined(certificate_of: Callable[[str], str]) -> None:
    """Joined letters come out of the text as presentation forms; unjoined ones would be plain letters."""
    text = certificate_of("محمد علي الحسيني")
    assert "ﻣ" in text  # the letter meem as it stands at the beginning of a word
    assert "cannot print" not in text


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明 (Wang Xiaoming)", "Wang Xiaoming"), ("김민수", ""), ("प्रिया शर्मा", ""), ("தமிழ் Priya", "Priya")],
)
def test_a_name_that_cannot_be_printed_is_not_made_into_boxes(
    certificate_of: Callable[[str], str], name: str, shown: str
) -> None:
    text = certificate_of(name)
    assert shown in text
    assert "in letters this document cannot print." in text


@pytest.mark.parametrize("name", [LONG, "W" * 120, "<b>Tag</b> & Söhne {{ number }} %(code)s"])
def test_awkward_names_fit_and_are_only_names(certificate_of: Callable[[str], str], name: str) -> None:
    text = certificate_of(name)
    assert name.replace(" ", "") in text.replace(" ", "")
    assert "This is not the Care Certificate." in text


def test_a_name_in_any_letters_is_kept_whole(house: House, world: World, now: datetime) -> None:
    name = "王小明 (Wang Xiaoming)"
    with house.database.writing() as db:
        people.change_details(db, person_id=world.pa, name=name, language="en", access_needs="", now=house.clock())
        steps.earns(db, world, now)
    assert work.do_all(house, now=now) == 1
    with house.database.reading() as db:
        (issued,) = queries.certificates_of(db, world.pa)
    assert issued.holder_name == name
    assert "Wang Xiaoming" in text_of(printed(house, issued.id))


def test_the_letters_we_count_on_are_there() -> None:
    assert {letter for letter in letters.EVERYDAY if not 0x7F <= letter < 0xA0} <= letters.coverage()
    assert all(ord(letter) in letters.coverage() for letter in "ŵŷŴŶ–—’“”…")


def test_longer_names_are_set_smaller() -> None:
    sizes = [letters.points("x" * length) for length in range(121)]
    assert sizes == sorted(sizes, reverse=True)
