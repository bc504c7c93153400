"""Colours: the contrast by WCAG's own numbers, and that whatever is allowed or offered can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.programme.authority.rules import (
    PALE,
    WHITE,
    WORDS,
    Palette,
    contrast,
    luminance,
    mixed,
    spelled,
    tint,
    weak_parts,
    words_on,
)
from lms.programme.authority.sheet import sheet_of

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PALETTES = st.builds(Palette, COLOURS, COLOURS, COLOURS)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the grey that just does not do, from WCAG's own examples
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#0B5C63", "#0b5c63"),
        (" 0b5c63 ", "#0b5c63"),
        ("#abc", "#aabbcc"),
        ("", None),
        ("teal", None),
        ("#0b5c6", None),
        ("#0b5c63;}", None),
        ("#0b5c63}body{display:none", None),
        ("url(https://evil.example)", None),
        ("#0b5c63\n", "#0b5c63"),
        ("#０b5c63", None),
        ("##0b5c63", None),
    ],
)
def test_only_a_colour_is_one(typed: str, colour: str | None) -> None:
    assert spelled(typed) == colour


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_plain_colour_or_none(typed: str) -> None:
    found = spelled(typed)
    assert found is None or re.fullmatch(r"#[0-9a-f]{6}", found)


def test_the_colours_palms_was_made_with_do() -> None:
    assert weak_parts(Palette()) == []


def test_each_part_is_judged_by_what_stands_on_it() -> None:
    assert weak_parts(Palette(header="#ffffff", link="#000000", button="#000000")) == []
    found = {weak.part: weak for weak in weak_parts(Palette(header="#757575", link="#0b8a90", button="#ff0000"))}
    assert set(found) == {"button", "link"}
    assert found["button"].has == pytest.approx(4.0, abs=0.01)
    assert found["button"].nearest == "#ee0000"
    grey = weak_parts(Palette(header="#787878"))
    assert [weak.part for weak in grey] == ["header"], "neither white nor dark words can be read on it"
    assert grey[0].nearest in {"#767676", "#777777", "#797979", "#7a7a7a"}


@given(PALETTES)
def test_what_is_offered_does_and_is_the_nearest_on_its_way(palette: Palette) -> None:
    parts = {weak.part: weak for weak in weak_parts(palette)}
    mended = Palette(**{**palette.__dict__, **{part: weak.nearest for part, weak in parts.items()}})
    if "header" not in parts or not any(weak.part == "link" for weak in weak_parts(mended)):
        assert weak_parts(mended) == []
    for part, weak in parts.items():
        colour = getattr(palette, part)
        assert weak.has < weak.needs
        steps = [mixed(colour, end, step / 256) for step in range(1, 257) for end in ("#000000", WHITE)]
        before = steps[: steps.index(weak.nearest)]
        again = [weak_parts(Palette(**{**palette.__dict__, part: each})) for each in before[-4:]]
        assert all(any(one.part == part for one in found) for found in again), "no nearer one would have done"


@given(PALETTES)
def test_whatever_is_allowed_can_be_read_wherever_it_stands(palette: Palette) -> None:
    if weak_parts(palette):
        return
    dark_button, dark_link = mixed(palette.button, "#000000", 0.25), mixed(palette.link, "#000000", 0.3)
    assert contrast(WHITE, palette.button) >= WORDS
    assert contrast(WHITE, dark_button) >= WORDS
    assert contrast(words_on(palette.header), palette.header) >= WORDS
    for pale in (*PALE, tint(palette.header)):
        assert contrast(palette.link, pale) >= WORDS
        assert contrast(dark_link, pale) >= WORDS
        assert contrast("#484949", pale) >= WORDS, "the grey of hints, on the surface made of the header"
        assert contrast("#6b2a5b", pale) >= WORDS, "links that were followed"


@given(COLOURS)
def test_luminance_is_between_black_and_white(colour: str) -> None:
    assert 0 <= luminance(colour) <= 1


@given(PALETTES)
def test_a_sheet_has_nothing_in_it_but_rules_and_colours(palette: Palette) -> None:
    sheet = sheet_of(palette)
    assert sheet.count("{") == sheet.count("}")
    assert set(re.findall(r"#[0-9a-f]+", sheet)) >= {palette.header, palette.link, palette.button}
    for foreign in ("url(", "@import", "expression", "<", "\\"):
        assert foreign not in sheet
    assert sheet.count("palms-contrast-high") == sheet.count(".govuk-template"), "nothing for who chose otherwise"
