"""The letters certificates are printed in, and what they cannot print.

FiraGO, from the package pymupdf-fonts (SIL Open Font License), has the Latin of every European language, Welsh ŵ and ŷ
among them, of Vietnamese and of Yoruba, and Cyrillic, Greek, Hebrew, Arabic, Persian, Urdu, Georgian and Thai. The
fonts every PDF reader has, such as Helvetica, stop at Western Europe; so does Vera, which comes with ReportLab.
A name in other letters is never printed as boxes: the page says where it stands in full. Chinese, Japanese and Korean
are among them: their fonts weigh twenty megabytes each, and the ones a reader may have on its device it may not have.
"""

import unicodedata
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from typing import Any

FAMILY = "palms"
_REGULAR, _BOLD = "PalmsRegular", "PalmsBold"
_FONTS = {_REGULAR: "FiraGO_Regular", _BOLD: "FiraGO_Bold"}

EVERYDAY = range(0x20, 0x17F)
"""Latin letters that are certainly there, so that most names need no look into the font; a test compares."""

_NEEDS_SHAPING = range(0x0900, 0x0E00)
"""Scripts of South Asia, whose letters change places when they meet; drawn one by one they spell something else."""

_PRESENTATION_FORMS = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))


def printed(name: str) -> str:
    """The words of a name that can be printed, all of them for most names; empty when there is none.

    Of “王小明 (Wang Xiaoming)” it is “Wang Xiaoming”. Whoever prints less than the whole has to say so.
    """
    if _can_print(name):
        return name
    words = [word for word in name.split() if _can_print(word)]
    left = " ".join(words).strip("()[],;-–/ ")
    return left if sum(letter.isalpha() for letter in left) > 1 else ""


def points(name: str) -> int:
    """The size in which a holder's name is set: a short one large, the longest allowed (120 letters) on three lines."""
    return next((size for most, size in ((24, 32), (48, 25), (80, 20)) if len(name) <= most), 16)


def _can_print(text: str) -> bool:
    unusual = {ord(letter) for letter in text if ord(letter) not in EVERYDAY}
    return not unusual or all(letter in coverage() and letter not in _NEEDS_SHAPING for letter in unusual)


@lru_cache(maxsize=1)
def coverage() -> frozenset[int]:
    """Every letter the font has, by code point."""
    return frozenset(_font(_REGULAR).face.charToGlyph)


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
    from reportlab.lib.fonts import addMapping  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from xhtml2pdf import default  # noqa: PLC0415

    for name in _FONTS:
        pdfmetrics.registerFont(_font(name))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(_REGULAR, bold, italic, _BOLD if bold else _REGULAR)
    default.DEFAULT_FONT[FAMILY] = _REGULAR
