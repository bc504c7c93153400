"""A style sheet that is read once sets every page as one that is read each time."""

from datetime import UTC, datetime

import pytest

from lms.core import pdf, sheets

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
FRAMES = "@page { size: a4; @frame a { left: 2cm; top: 2cm; width: 17cm; height: 25cm; } }"
LARGE, SMALL = "p { font-family: palms; font-size: 20pt; }", "p { font-family: palms; font-size: 8pt; }"


def page(sheet: str, words: str = "Words") -> str:
    return f'<html lang="en"><head><style>{sheet}</style></head><body><p>{words}</p></body></html>'


def printed(sheet: str, words: str = "Words") -> bytes:
    return pdf.printed(page(sheet, words), title="A page", language="en", at=AT)


@pytest.mark.parametrize("sheet", [FRAMES + LARGE, LARGE + FRAMES, LARGE, "@media print { " + LARGE + " }"])
def test_a_sheet_that_is_kept_sets_the_same_page(sheet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    printed(sheet, "Others")
    kept = printed(sheet)
    monkeypatch.setattr(sheets, "kept", lambda rules, read: read(rules))
    monkeypatch.setattr(sheets, "apart", lambda _sheet: None)
    assert printed(sheet) == kept


def test_two_sheets_are_not_mixed_up() -> None:
    assert printed(FRAMES + LARGE) != printed(FRAMES + SMALL)
    assert printed(FRAMES + LARGE) == printed(FRAMES + LARGE)


def test_pages_and_rules_are_told_apart() -> None:
    assert sheets.apart(FRAMES + LARGE) == (FRAMES, LARGE)
    assert sheets.apart(LARGE) == ("", LARGE)


@pytest.mark.parametrize(
    "more", ["/* } */", "@media print { p { color: red } }", ":root { --wide: 1cm }", 'p { content: "}" }']
)
def test_what_could_be_taken_wrongly_is_read_each_time(more: str) -> None:
    assert sheets.apart(FRAMES + LARGE + more) is None


def test_no_more_than_a_few_are_kept() -> None:
    for number in range(sheets.MOST_KEPT + 5):
        sheets.kept(f"p {{ margin: {number}px }}", lambda rules: rules)
    assert len(sheets._known) == sheets.MOST_KEPT
