"""Texts as they may stand in the cell of a sheet. Plain Python."""

FORMULAS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


def in_cell(text: str) -> str:
    """A text as it may stand in a sheet: a spreadsheet runs what begins like a formula, wherever it came from.

    Source: OWASP, CSV injection. What begins so gets an apostrophe, which a spreadsheet takes as “this is text”.
    """
    flat = " ".join(text.split("\r")).replace("\n", " ").replace("\x00", "")
    return f"'{flat}" if flat.lstrip().startswith(FORMULAS) or flat[:1] == "\t" else flat
