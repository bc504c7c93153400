"""Whether a typed name is the holder's."""

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.checking.names import matches, words

LETTERS = st.text(string.ascii_letters + "ŵŷâêîôûáéíóúñçłøĐß", min_size=2, max_size=12)
NAMES = st.lists(LETTERS, min_size=2, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Pat Morgan", "Pat Morgan"),
        ("pat  MORGAN ", "Pat Morgan"),
        ("Morgan, Pat", "Pat Morgan"),
        ("Morgan Pat", "Pat Morgan"),
        ("Sian Wyn-Gruffydd", "Siân Ŵyn Gruffydd"),
        ("SIÂN ŴYN GRUFFYDD", "Sian Wyn Gruffydd"),
        ("Llyr ap Sion", "Llŷr ap Siôn"),
        ("Si\u00e2n", "Sia\u0302n"),
        ("OBrien, Maeve", "Maeve O’Brien"),
        ("Maeve O'Brien", "Maeve O’Brien"),
        ("Mary Jones", "Mary Elizabeth Jones"),
        ("Mary E. Jones", "Mary Elizabeth Jones"),
        ("Jones, Mary Elizabeth", "Mary Jones"),
        ("Jones Mary Elizabeth Ann", "Mary Elizabeth Ann Jones"),
        ("Ann McDonald", "Ann Mc Donald"),
        ("Lukasz Wojcik", "Łukasz Wójcik"),
        ("GROSSE Anna", "Anna Große"),
        ("محمد علي", "\u202bمُحَمَّد علي\u202c"),
        ("محـمد علي", "محمد علي"),
        ("王小明", "王 小明"),
        ("ﾀﾅｶ ﾊﾅ", "タナカ ハナ"),
        ("Zoe\u200b Sahin", "Zoë Şahin"),
        ("<b>Tag</b> Söhne", "<b>Tag</b> Sohne"),
        ("Cher", "Cher"),
        ("W" * 200, "w" * 200),
    ],
)
def test_the_same_person(typed: str, name: str) -> None:
    assert matches(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", "Pat Morgan"),
        ("   ", "Pat Morgan"),
        ("Pat", "Pat Morgan"),
        ("Morgan", "Pat Morgan"),
        ("P. M.", "Pat Morgan"),
        ("P Morgan", "Pat Morgan"),
        ("Pat Morgen", "Pat Morgan"),
        ("Patricia Morgan", "Pat Morgan"),
        ("Mary Elizabeth", "Mary Elizabeth Jones"),
        ("Elizabeth Jones", "Mary Elizabeth Jones"),
        ("Mary Ann Jones", "Mary Elizabeth Jones"),
        ("Mary Anna Sara Eve Ruth Jones", "Mary Jones"),
        ("Pat Morgan Sam Jones", "Sam Jones"),
        ("कि राम", "की राम"),
        ("カ ハナ", "ガ ハナ"),
        ("Cher", "Cher Sarkisian"),
        ("%", "Pat Morgan"),
        ("Pat Morgan", "…"),
        ("…", "…"),
    ],
)
def test_somebody_else(typed: str, name: str) -> None:
    assert not matches(typed, name)


@given(NAMES)
def test_however_it_is_written_it_is_the_same_name(name: str) -> None:
    written = [
        name.upper(),
        name.lower(),
        unicodedata.normalize("NFD", name),
        unicodedata.normalize("NFC", name),
        "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)),
        f"\u200f {name} \u202c",
        name.replace(" ", " - "),
        " ".join(reversed(name.split())),
    ]
    assert all(matches(each, name) for each in [name, *written])


@given(NAMES, st.permutations(range(5)))
def test_the_order_of_all_its_names_does_not_matter(name: str, order: list[int]) -> None:
    parts = name.split()
    assert matches(" ".join(parts[place] for place in order if place < len(parts)), name)


@given(NAMES)
def test_no_part_of_a_name_is_the_name(name: str) -> None:
    parts = name.split()
    if "".join(words(parts[0])) != "".join(words(name)):
        assert not matches(parts[0], name)
        assert not matches(parts[-1], name)
        assert not matches(" ".join(each[0] for each in parts), name)


@given(NAMES, NAMES)
def test_it_says_the_same_from_both_sides(one: str, other: str) -> None:
    if matches(one, other) and sorted(words(one)) == sorted(words(other)):
        assert matches(other, one)
    if not set("".join(words(one))) & set("".join(words(other))):
        assert not matches(one, other)


@given(st.text(max_size=600), st.text(max_size=200))
def test_whatever_is_typed_has_an_answer(typed: str, name: str) -> None:
    assert matches(typed, name) in {True, False}
