"""The manual's page says of every table what the page of a report says."""

from pathlib import Path

from lms.programme.reports.words import KINDS, TABLES

PAGE = (Path(__file__).parents[3] / "docs" / "reports.md").read_text(encoding="utf-8")


def test_every_definition_stands_in_the_manual_word_for_word() -> None:
    rows = {tuple(cell.strip() for cell in line.strip("|").split("|")) for line in PAGE.splitlines() if "|" in line}
    assert set(TABLES.values()) <= rows
    assert all(f"| {name} |" in PAGE for name in KINDS.values())
