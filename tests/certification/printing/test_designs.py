"""Designs: every kind is printed with invented people, whole and readable; a design that could do harm is refused."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdf
import pytest
from PIL import Image

from lms.certification.content import CertificateDesign, CertificateDesigns
from lms.certification.labels import LABELS
from lms.certification.printing import designs, specimens
from lms.certification.printing.designs import Face
from lms.certification.printing.pdf import page_of, pdf_of
from lms.core import shelves
from lms.core.shelves import builtin
from tests.core.tagged_pages import everything_is_marked, outline

ON = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
STANDARD = (builtin("certificates") / "designs" / "standard.html").read_text(encoding="utf-8")
KINDS = [
    "attendance", "awareness", "care-certificate", "employer", "further", "induction", "knowledge", "module",
    "refresher",
]  # fmt: skip
SIGNS = [{"name": "Rhiannon Vaughan", "role": "Head of adult services", "organisation": ""}]
NAMES = {
    "usual": "Pat Morgan",
    "200 letters": ("Maria Fernanda de la Concepción Wojciechowska-Thiruvananthapuram " * 4)[:200].strip(),
    "200 letters without a space": "W" * 200,
    "right to left": "محمد علي الحسيني",
    "Hebrew with points": "שָׁלוֹם כֹּהֵן",
    "combining marks": "Adéọlá Ọ̀ṣúndé",
    "Welsh": "Llŷr ap Siôn Ŵyn-Gruffydd",
    "markup": "<b>Tag</b> & {{ number }} %(code)s <img src=x>",
}


def logo() -> bytes:
    """A picture with clear places, as an authority might have."""
    out = BytesIO()
    picture = Image.new("RGBA", (1200, 400), (0, 0, 0, 0))
    picture.paste((11, 92, 99, 255), (100, 100, 500, 300))
    picture.save(out, "PNG")
    return out.getvalue()


def printed(
    design: CertificateDesign, languages: Sequence[str] = ("en",), *, picture: bytes | None = None, **said: Any
) -> bytes:
    face = specimens.face_of(design, languages=languages, on=ON, **({"signatories": SIGNS} | said))
    html = specimens.page_of(design, face)
    address = f"https://learning.rivermere.example/verify/{specimens.NUMBER}"
    return pdf_of(html, address=address, title=face.title, language=languages[0], at=AT, logo=picture)


def words_of(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


def squeezed(text: str) -> str:
    """Without spaces: where a line ends is not the matter."""
    return "".join(text.split())


@pytest.fixture(params=KINDS)
def design(request: pytest.FixtureRequest, loaded: shelves.Shelves) -> CertificateDesign:
    """Every kind that comes with the product, one after the other."""
    return loaded[CertificateDesigns].design(request.param)


def test_these_are_all_kinds(loaded: shelves.Shelves) -> None:
    assert sorted(loaded[CertificateDesigns].by_kind) == KINDS


@pytest.mark.parametrize("languages", [("en",), ("cy",), ("en", "cy")], ids=["English", "Welsh", "both"])
def test_every_kind_is_printed_whole(design: CertificateDesign, languages: tuple[str, ...]) -> None:
    data = printed(design, languages, logo_alt="Rivermere Council", picture=logo())
    assert len(data) < 250_000
    face = specimens.face_of(design, languages=languages, on=ON)
    pages = pypdf.PdfReader(BytesIO(data)).pages
    assert len(pages) == 1 + len(languages) * bool(face.achievements)
    first = squeezed(words_of(pages[0]))
    for said in (
        specimens.NUMBER,
        specimens.HOLDER,
        face.spoken,
        "learning.rivermere.example/verify",
        "Rhiannon Vaughan",
        *face.proves,
        *face.does_not_prove,
        *(fact["text"] for fact in face.shown),
        *face.also.get("proves", ()),
        *(fact["label"] for fact in face.also.get("shown", ())),
    ):
        assert squeezed(said) in first
    signed = any(each["by"] for each in face.achievements)
    assert all(("Seen and signed off by" in words_of(page)) is signed for page in pages[1:2])
    for achieved in face.achievements:
        assert squeezed(achieved["by"]) in squeezed(words_of(pages[1]))


def test_every_kind_is_tagged(design: CertificateDesign) -> None:
    data = printed(design, ("en", "cy"), logo_alt="Rivermere Council", picture=logo())
    with pikepdf.open(BytesIO(data)) as pdf:
        everything_is_marked(pdf)
        parts = [line.strip() for line in outline(pdf)]
        assert str(pdf.Root.Lang) == "en"
    assert "Figure “Rivermere Council”" in parts
    assert any(part.startswith("Figure “QR code") for part in parts)
    assert parts.count("H2") == 4
    assert parts[parts.index("Sect cy") + 1] == "H1"
    if achieved := specimens.face_of(design, languages=["en"], on=ON).achievements:
        assert parts.count("Table") == 2
        assert parts.count("TH") == (6 if achieved[0]["by"] else 4)


@pytest.mark.parametrize("languages", [("en",), ("en", "cy")], ids=["one language", "both"])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_fits(loaded: shelves.Shelves, name: str, languages: tuple[str, ...]) -> None:
    design = loaded[CertificateDesigns].design("module")
    (page,) = pypdf.PdfReader(BytesIO(printed(design, languages, holder=name))).pages
    text = squeezed(words_of(page))
    assert "cannotprint" not in text
    if name.isascii() or "Llŷr" in name:
        assert squeezed(name) in text
    assert squeezed("This is not the Care Certificate.") in text


def test_what_does_not_fit_goes_on_a_page_of_its_own_and_covers_nothing(loaded: shelves.Shelves) -> None:
    design = loaded[CertificateDesigns].design("module")
    line = design.proves[0].model_copy(update={"en": "So many words that no page has room. " * 40})
    much = design.model_copy(update={"proves": (line,) * 4})
    pages = pypdf.PdfReader(BytesIO(printed(much))).pages
    assert len(pages) > 1
    assert specimens.NUMBER in words_of(pages[0])


def test_the_logo_is_on_paper_once_and_small(loaded: shelves.Shelves) -> None:
    design = loaded[CertificateDesigns].design("module")
    (page,) = pypdf.PdfReader(BytesIO(printed(design, logo_alt="A logo", picture=logo()))).pages
    sizes = sorted(image.image.size for image in page.images if image.image)
    assert sizes[-1] == (900, 300)


def test_a_logo_that_has_gone_leaves_its_place_empty(loaded: shelves.Shelves) -> None:
    design = loaded[CertificateDesigns].design("module")
    (page,) = pypdf.PdfReader(BytesIO(printed(design, logo_alt="A logo", picture=None))).pages
    assert len(page.images) == 1
    assert "Example Council" in words_of(page)


def test_what_a_logo_shows_cannot_become_markup() -> None:
    html = designs.fill("{{ logo }}", _face(logo_alt='"><script>'))
    page = page_of(html, "https://example.org/verify/X", language="en", logo=logo())
    assert "<script>" not in page
    assert 'alt="&#34;&gt;&lt;script&gt;"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("{% for a in shown %}{% for b in shown %}{% for c in shown %}x{% endfor %}{% endfor %}{% endfor %}", "2 deep"),
        ("{% for a in shown recursive %}{{ loop(shown) }}{% endfor %}", "2 deep"),
        ("{% for a in shown recursive %}{{ loop(shown) }}{% endfor %}", "call"),
        ("{{ 'x' * 999999999 }}", "mul"),
        ("{{ 9 ** 9 ** 9 }}", "pow"),
        ("{% for i in range(9) %}{% endfor %}", "call"),
        ("{{ number.center(99999999) }}", "call"),
        ("{{ number | center(99999999) }}", "center"),
        ("{% set a = number %}", "assign"),
        ("{% macro a() %}{% endmacro %}", "macro"),
        ("{% include 'other' %}", "include"),
        ("{{ say['kind'] }}", "getitem"),
        ("{{ also.salary }}", "salary"),
        ("{{ also.say.nothing }}", "nothing"),
        ("{% for fact in shown %}{{ fact.owner }}{% endfor %}", "owner"),
        ("{% for one in also.signatories %}{{ one.salary }}{% endfor %}", "salary"),
        ('<img src="missing.png">', "<img>"),
        ('<p style="background-image: url(https://example.org/a.png)">', "url("),
        ('<link rel="stylesheet" href="//example.org/a.css">', "<link>"),
        ("<style>@import 'a.css';</style>", "@import"),
        ("<style>@font-face { font-family: x }</style>", "@font-face"),
        ('<pdf:insertpdf src="/etc/passwd">', "<pdf:insertpdf>"),
        ('<a href="https://example.org">', "https:"),
        ("<svg></svg>", "<svg>"),
    ],
)
def test_a_design_that_could_do_harm_is_refused(wrong: str, said: str) -> None:
    found = list(designs.mistakes(STANDARD.replace("</body>", f"{wrong}</body>"), LABELS))
    assert any(said in sentence for _line, sentence in found), found
    line = STANDARD[: STANDARD.index("</body>")].count("\n") + 1
    assert {number for number, _sentence in found} == {line}


def test_a_page_that_grows_without_end_is_stopped() -> None:
    face = _face(shown=[{"label": "x" * 1000, "text": "y" * 1000}] * 1000)
    source = "{% for a in shown %}{% for b in shown %}{{ a.label }}{{ b.text }}{% endfor %}{% endfor %}"
    assert designs.trouble(source, face) == "it grows beyond 200,000 characters"


def test_a_page_reaches_nothing_even_when_nobody_checked_it(tmp_path: Any) -> None:
    """The policy of printing is the wall; what is checked beforehand only says it kindly."""
    (tmp_path / "secret.png").write_bytes(logo())
    html = f'<html><body><p>Words</p><p><img src="file://{tmp_path}/secret.png"></p></body></html>'
    with pytest.raises(Exception, match="Could not get image"):
        pdf_of(html, address="https://example.org/verify/X", title="T", language="en", at=AT)


def _face(**said: Any) -> Face:
    texts = {name: "x" for name, kind in Face.__annotations__.items() if kind is str}
    lines = {"proves": ["x"], "does_not_prove": ["x"], "say": {}, "holder_whole": True, "holder_size": 12}
    return Face(**{**texts, **lines, **said})  # type: ignore[arg-type]
