"""Tagged PDF: everything drawn is marked, and the tree says what it is, in the order of the page."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from lms.core.pdf import printed
from lms.core.tagged import CannotPrint
from tests.core.tagged_pages import PIXEL, everything_is_marked, outline

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAGE = f"""<html lang="en"><head><style>
@page {{ size: a4 portrait; margin: 20mm; }}
body {{ font-family: palms; }}
.band {{ position: absolute; left: 0; top: 0; width: 210mm; height: 10mm; background-color: #0b5c63; }}
.late {{ position: absolute; left: 20mm; top: 200mm; width: 60mm; }}
td, th {{ border: 1px solid #000000; }}
</style></head><body>
<div class="band"></div>
<div class="late"><h1>First in the page, low on the paper</h1></div>
<h2>Then <b>this</b></h2>
<p>Words.</p>
<div lang="cy"><p>Geiriau.</p></div>
<ul><li>One</li><li>Two</li></ul>
<table><tr><th>Code</th><th>What</th></tr><tr><td>A</td><td>Alpha</td></tr></table>
<p><img src="{PIXEL}" alt="A dot" width="10" height="10"></p>
<p><img src="{PIXEL}" alt="" width="10" height="10"></p>
<div>Bare words</div>
<div><img src="{PIXEL}" alt="Another dot" width="10" height="10"></div>
<div>More of them</div>
</body></html>"""


def opened(page: str = PAGE, **said: Any) -> pikepdf.Pdf:
    given = {"title": "A title", "language": "en", "at": AT} | said
    return pikepdf.open(BytesIO(printed(page, **given)))


def test_the_tree_is_the_page_in_its_order() -> None:
    with opened() as pdf:
        assert outline(pdf) == [
            "Document",
            "  H1",
            "  H2",
            "  P",
            "  Sect cy",
            "    P",
            "  L",
            "    LI",
            "      LBody",
            "    LI",
            "      LBody",
            "  Table",
            "    TR",
            "      TH",
            "      TH",
            "    TR",
            "      TD",
            "      TD",
            "  Figure “A dot”",
            "  P",
            "  Figure “Another dot”",
            "  P",
        ]


def test_everything_that_is_drawn_is_marked() -> None:
    with opened() as pdf:
        everything_is_marked(pdf)


def test_title_and_language_are_said_and_the_title_is_shown() -> None:
    with opened(language="cy", title="Tystysgrif") as pdf:
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("cy", True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as told:
            assert (told["dc:title"], set(told["dc:language"])) == ("Tystysgrif", {"cy"})


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    long = "".join(f"<p>{'Many words in a row. ' * 1500}</p>" for _ in range(1))
    with opened(f"<html><body style='font-family: palms'>{long}</body></html>") as pdf:
        assert len(pdf.pages) > 2
        assert outline(pdf) == ["Document", "  P"]
        everything_is_marked(pdf)


def test_poppler_reads_the_same_tree(tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils are not installed")
    (tmp_path / "a.pdf").write_bytes(printed(PAGE, title="T", language="en", at=AT))
    said = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "a.pdf"], capture_output=True, text=True, check=True
    ).stdout
    order = ["First in the page", "Then", "Words.", "Geiriau.", "One", "Two", "Code", "What", "Alpha"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "Syntax" not in said


def test_a_page_that_cannot_be_printed_says_why() -> None:
    with pytest.raises(CannotPrint):
        printed('<html><body><img src="data:image/png;base64,AAAA"></body></html>', title="T", language="en", at=AT)


def test_a_word_at_the_end_of_a_line_is_not_joined_to_the_next(tmp_path: Path) -> None:
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils are not installed")
    words = "Many quiet words in a row (some in brackets) and on and on. " * 12
    lines = f'<p>{words}</p><p><span style="color: #464646">Label</span><br><b>Value</b></p>'
    page = f"<html><body style='font-family: palms'>{lines}</body></html>"
    (tmp_path / "a.pdf").write_bytes(printed(page, title="T", language="en", at=AT))
    said = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
    assert words.strip() in said.stdout
    assert "Label Value" in said.stdout


def test_a_table_names_no_font_that_stays_behind(tmp_path: Path) -> None:
    if shutil.which("pdffonts") is None:
        pytest.skip("poppler-utils are not installed")
    table = "<table><tr><th>Code</th></tr><tr><td>Alpha</td></tr></table>"
    page = f"<html><body style='font-family: palms'>{table}</body></html>"
    (tmp_path / "a.pdf").write_bytes(printed(page, title="T", language="en", at=AT))
    said = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True).stdout
    assert "FiraGO" in said
    assert all("yes yes yes" in line for line in said.splitlines()[2:])
