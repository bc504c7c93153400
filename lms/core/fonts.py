"""The letters our PDFs are printed in, which travel inside each of them.

FiraGO, from the package pymupdf-fonts (SIL Open Font License), has the Latin of every European language, Welsh ŵ and ŷ
among them, of Vietnamese and of Yoruba, and Cyrillic, Greek, Hebrew, Arabic, Persian, Urdu, Georgian and Thai. The
fonts every PDF reader has, such as Helvetica, stop at Western Europe; so does Vera, which comes with ReportLab.
"""

import unicodedata
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any

FAMILY = "palms"
"""What a style sheet calls it."""

REGULAR, _BOLD = "PalmsRegular", "PalmsBold"
_FONTS = {REGULAR: "FiraGO_Regular", _BOLD: "FiraGO_Bold"}
_PRESENTATION_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """Every letter the font has, by code point."""
    return frozenset(_font(REGULAR).face.charToGlyph)


@lru_cache(maxsize=2)
def _font(name: str) -> Any:
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  heavy, and only unusual names and the worker need it

    font = TTFont(name, BytesIO(import_module(f"pymupdf_fonts.{_FONTS[name]}").fontbuffer))
    _lend_isolated_forms(font.face)
    return font


def _lend_isolated_forms(face: Any) -> None:
    """Let an Arabic letter that joins nothing be drawn as the letter itself, which is what it looks like.

    Letters are joined by writing Unicode's presentation forms, and FiraGO has all of those but these; without them
    the whole name would be drawn unjoined.
    """
    for form in _PRESENTATION_FORMS:
        kind, _, letter = unicodedata.decomposition(chr(form)).partition(" ")
        if kind == "<isolated>" and form not in face.charToGlyph and " " not in letter:
            glyph = face.charToGlyph.get(int(letter, 16))
            if glyph is not None:
                face.charToGlyph[form] = glyph
                face.charWidths[form] = face.charWidths[int(letter, 16)]


@lru_cache(maxsize=1)
def register() -> None:
    """Make the family known to ReportLab and xhtml2pdf, once a process: reading it is what costs most."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from xhtml2pdf import default  # noqa: PLC0415

    for name in _FONTS:
        pdfmetrics.registerFont(_font(name))
    _join_weights()
    default.DEFAULT_FONT[FAMILY] = REGULAR


def _join_weights() -> None:
    """Say which font is the bold of which: each time a font is registered, ReportLab takes it for a family alone."""
    from reportlab.lib.fonts import addMapping  # noqa: PLC0415

    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, _BOLD if bold else REGULAR)


@lru_cache(maxsize=1)
def register_for_drawings() -> None:
    """Make the family known to svglib as well, which draws our SVG: it has to be the font-family of every text."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from svglib.fonts import register_font  # noqa: PLC0415

    register()
    for weight, name in (("normal", REGULAR), ("bold", _BOLD)):
        source = BytesIO(import_module(f"pymupdf_fonts.{_FONTS[name]}").fontbuffer)
        # It reads the font itself, from a file as well as from a path, and takes its name: ours is put back.
        register_font(FAMILY, source, weight=weight, rlgFontName=name)  # type: ignore[arg-type]
        pdfmetrics.registerFont(_font(name))
    _join_weights()
