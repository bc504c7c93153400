"""Texts as they may stand in the cell of a sheet. Plain Python."""

from unicodedata import normalize

FORMULAS = frozenset("=+-@")


def in_cell(text: str) -> str:
    """A text as it may stand in a sheet: a spreadsheet runs what begins like a formula, wherever it came from.

    Source: OWASP, CSV injection. What begins so gets an apostrophe, which a spreadsheet takes as “this is text”; also
    when it begins so only for the eye, since programs drop what cannot be seen and read wide and small signs alike.
    """
    flat = " ".join(text.split("\r")).replace("\n", " ").replace("\x00", "")
    first = next((letter for letter in flat if letter.isprintable() and not letter.isspace()), "")
    return f"'{flat}" if not FORMULAS.isdisjoint(normalize("NFKC", first)) or flat[:1] == "\t" else flat
