"""What stands on a sheet, with plain values: its number, a name, addresses that can be typed from paper."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core import shelves
from lms.learning.paper import rules
from lms.learning.paper.text_html import LONGEST, in_lines, on_page, paper_address
from lms.learning.shelf.glossary import Glossary


@given(st.uuids(), st.uuids())
def test_a_number_is_always_the_same_and_short(one: UUID, other: UUID) -> None:
    number = rules.sheet_number(one)
    assert re.fullmatch(r"[2346789A-HJ-NP-RTV-Y]{3}-[2346789A-HJ-NP-RTV-Y]{3}", number)
    assert rules.same_number(f" {number.lower().replace('-', ' ')} ", one)
    assert rules.same_number(number, other) == (number == rules.sheet_number(other))
    assert not rules.same_number("", one)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pat Morgan", "P. M."),
        ("Anne-Marie O’Neill", "A. M. O."),
        ("ŵyn ŷd", "Ŵ. Ŷ."),
        ("王小明", "王."),
        ("(x) 3", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert rules.initials(name) == short


def test_addresses_are_written_out_and_words_collected(loaded: shelves.Shelves) -> None:
    act, line = "[the Act](https://www.legislation.gov.uk/ukpga/2014/23/)", "[0800 1111](tel:08001111)"
    text = f"## A heading\n\nSee {act} or ring {line}."
    page = on_page(text, "en")
    assert "(legislation.gov.uk/ukpga/2014/23)" in page.html
    assert page.html.count("0800") == 1 + page.html.count("tel:0800")
    assert "<h3" in page.html
    glossary = loaded[Glossary]
    term = next(iter(glossary.terms.values()))
    found = on_page(f"This is {term.term.en}, and {term.term.en} again.", "en", glossary).terms
    assert found.count(term) == 1


@given(st.text("abc/-.&<", max_size=300))
def test_an_address_fits_between_the_margins_and_is_the_same_put_together(address: str) -> None:
    parts = in_lines(address)
    assert "".join(parts) == address
    assert all(len(part) <= LONGEST for part in parts)


def test_an_address_is_divided_where_it_has_a_mark() -> None:
    long = "https://www.gov.uk/government/publications/infection-prevention-and-control/infection-resource-for-care?a&b"
    assert paper_address(long) == (
        "gov.uk/government/publications/infection-prevention-and-<br>control/infection-resource-for-care?a&amp;b"
    )
    assert paper_address("https://example.org/") == "example.org"
    written = on_page(f"Read [the page]({long}).", "en").html
    assert " (gov.uk/government/publications/infection-prevention-<br" in written
