"""What a row of a list says: days, columns, names, and everything that can be wrong in a cell. Plain values."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.i18n import Language
from lms.programme.intake import matching, rules
from lms.programme.intake.labels import FIELDS
from lms.programme.intake.matching import Known, There
from lms.programme.intake.rules import Line, Sense, asks_for_order, day_of, guessed, line_of
from lms.programme.intake.words import DayOrder, Fate, Field

TODAY = date(2026, 11, 21)
COLUMNS = {field: place for place, field in enumerate((Field.NAME, *list(Field)[3:]))}
ONE, TWO = UUID(int=1), UUID(int=2)


def sense(order: DayOrder | None = DayOrder.DAY_FIRST) -> Sense:
    """Every column, one course."""
    return Sense(COLUMNS, len(COLUMNS), order, {"pai": "PAI", "pa induction": "PAI"}, TODAY)


def row(**said: str) -> list[str]:
    """A row with these cells and a name."""
    given = {"name": "Nia Bowen", **said}
    return [given.get(field.value, "") for field in COLUMNS]


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("21/11/2026", DayOrder.DAY_FIRST, date(2026, 11, 21)),
        ("11/21/2026", DayOrder.MONTH_FIRST, date(2026, 11, 21)),
        ("2026-11-21", None, date(2026, 11, 21)),
        ("2026-11-21 00:00:00", None, date(2026, 11, 21)),
        ("21 November 2026", None, date(2026, 11, 21)),
        ("1st Nov 26", None, date(2026, 11, 1)),
        ("46347", None, date(2026, 11, 21)),
        ("21.11.26", DayOrder.DAY_FIRST, date(2026, 11, 21)),
        ("", None, None),
    ],
)
def test_days(text: str, order: DayOrder | None, expected: date | None) -> None:
    assert day_of(text, order) == expected


@given(st.dates(date(1970, 1, 1), date(2027, 1, 1)))
def test_every_day_reads_the_same_however_it_is_written(day: date) -> None:
    assert day_of(f"{day:%d/%m/%Y}", DayOrder.DAY_FIRST) == day
    assert day_of(f"{day:%m/%d/%Y}", DayOrder.MONTH_FIRST) == day
    assert day_of(day.isoformat(), None) == day
    assert day_of(f"{day:%d %B %Y}", None) == day
    assert day_of(str((day - date(1899, 12, 30)) // timedelta(days=1)), None) == day


@pytest.mark.parametrize(
    ("days", "asks"),
    [
        (["21/11/2026", "05/06/2026"], False),
        (["11/21/2026"], True),
        (["05/06/2026"], True),
        (["21/11/2026", "11/21/2026"], True),
        (["2026-11-21", "46347", "21 November 2026", ""], False),
    ],
)
def test_a_list_that_does_not_say_how_it_writes_days_is_asked_about(days: list[str], asks: bool) -> None:
    assert asks_for_order(days) is asks


def test_columns_are_guessed_from_their_headings() -> None:
    found = guessed(["Surname", "First name", "E-mail address", "Direct payment holder", "Start date", "Notes"])
    assert found == {
        Field.LAST_NAME: 0,
        Field.FIRST_NAME: 1,
        Field.EMAIL: 2,
        Field.EMPLOYER: 3,
        Field.STARTED_ON: 4,
    }
    assert guessed(["Name", "Surname"]) == {Field.NAME: 0}, "the whole name is enough"
    ours = {field: said for field, said in FIELDS.items() if field not in {Field.FIRST_NAME, Field.LAST_NAME}}
    assert guessed(list(ours.values())) == {field: place for place, field in enumerate(ours)}, "as the form says it"


@given(
    st.lists(st.sampled_from([word for words in rules.SYNONYMS.values() for word in words]), unique=True, max_size=12)
)
def test_no_column_stands_for_two_things(headings: list[str]) -> None:
    found = guessed(headings)
    assert len(set(found.values())) == len(found)
    assert not ({Field.FIRST_NAME, Field.LAST_NAME} & found.keys() and Field.NAME in found)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({Field.NAME: 0, Field.EMAIL: 0}, "two things"),
        ({Field.NAME: 9}, "not in the list"),
        ({Field.FIRST_NAME: 0}, "both the column"),
        ({Field.NAME: 0, Field.LAST_NAME: 1}, "either the column"),
        ({Field.EMAIL: 0}, "names of PAs"),
    ],
)
def test_a_choice_of_columns_that_cannot_be_is_refused_with_how_to_mend_it(
    columns: dict[Field, int], says: str
) -> None:
    assert says in (rules.trouble_with_columns(columns, 3) or "")


def test_a_whole_row() -> None:
    line, wrong = line_of(
        7,
        row(
            email="Nia@Example.com",
            language="Cymraeg",
            employer="Amina  Yusuf",
            started_on="01/10/2026",
            course="PA induction",
            certificate="First aid",
            certified_on="2025-02-14",
        ),
        sense(),
    )
    assert wrong == []
    assert line == Line(
        7,
        "Nia Bowen",
        "nia@example.com",
        None,
        Language.WELSH,
        "Amina Yusuf",
        None,
        date(2026, 10, 1),
        "PAI",
        "First aid",
        date(2025, 2, 14),
    )


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"email": "nobody"}, Field.EMAIL, "correct form"),
        ({"username": "x y"}, Field.USERNAME, "3 to 40"),
        ({"language": "fr"}, Field.LANGUAGE, "en for English"),
        ({"employer": "A", "started_on": "31/02/2026"}, Field.STARTED_ON, "Write a day"),
        ({"employer": "A", "started_on": "01/01/1920"}, Field.STARTED_ON, "Mend the year"),
        ({"certificate": "A", "certified_on": "22/11/2026"}, Field.CERTIFIED_ON, "day to come"),
        ({"started_on": "01/10/2026"}, Field.STARTED_ON, "no employer"),
        ({"certified_on": "01/10/2026"}, Field.CERTIFIED_ON, "name of the certificate"),
        ({"course": "Latin"}, Field.COURSE, "no course called this"),
        ({"employer": "=A1&B1"}, Field.EMPLOYER, "has a formula"),
        ({"employer": "#REF!"}, Field.EMPLOYER, "went wrong"),
        ({"name": "", "email": "a@example.com"}, Field.NAME, "Give a name"),
        ({"name": "x" * 121}, Field.NAME, "at most"),
    ],
)
def test_every_mistake_names_its_cell_and_how_to_mend_it(said: dict[str, str], field: Field, sentence: str) -> None:
    line, wrong = line_of(3, row(**said), sense())
    assert line is None
    assert [(each.row, each.column) for each in wrong] == [(3, COLUMNS[field])]
    assert sentence in wrong[0].sentence


def test_a_text_that_a_program_wrote_as_a_formula_is_a_text() -> None:
    line, _wrong = line_of(2, row(username='="0123"'), sense())
    assert line is not None
    assert line.username == "0123"


def known(id: UUID, name: str, email: str | None = None) -> Known:
    """Somebody of the authority."""
    return Known(id, name, email, None)


def fate(
    line: Line, *there: Known, elsewhere: frozenset[str] = frozenset(), homes: dict[UUID, set[str]] | None = None
) -> object:
    """What becomes of one line."""
    out = matching.match([line], There(there, elsewhere, homes or {}), {})
    return out.matched[0].fate if out.matched else ([each.maybe for each in out.unclear] or out.clashes)


def test_who_is_who() -> None:
    pat = known(ONE, "Pat Morgan", "pat@example.com")
    assert fate(Line(2, "Pat Morgan", "pat@example.com"), pat) is Fate.HERE
    assert fate(Line(2, "Pat Jones", "pat@example.com"), pat) is Fate.HERE, "a married name"
    assert fate(Line(2, "Sam Okoro", "pat@example.com"), pat) == [(ONE,)], "a household shares an address"
    assert fate(Line(2, "Pat Morgan", "other@example.com"), pat) is Fate.NEW, "two people, each with an address"
    assert fate(Line(2, "pat  morgan"), pat) == [(ONE,)]
    assert fate(Line(2, "Pat Morgan", employer="Amina Yusuf"), pat, homes={ONE: {"amina yusuf"}}) is Fate.HERE
    assert fate(Line(2, "New One", "x@example.com"), elsewhere=frozenset({"x@example.com"})) is Fate.ASK


NAMES = st.sampled_from(["Ann Dale", "Bo Lee", "ann dale", "Cy Dale"])
EMAILS = st.sampled_from([None, "a@example.com", "b@example.com"])


@given(NAMES, EMAILS, NAMES, EMAILS)
def test_matching_is_the_same_from_both_sides(a: str, a_mail: str | None, b: str, b_mail: str | None) -> None:
    one = fate(Line(2, a, a_mail), known(ONE, b, b_mail))
    other = fate(Line(2, b, b_mail), known(ONE, a, a_mail))
    assert one == other


def test_rows_of_one_person_are_one_person_and_others_clash() -> None:
    lines = [
        Line(2, "Ann Dale", "a@example.com", employer="X"),
        Line(3, "Ann Dale", "a@example.com", employer="Y"),
        Line(4, "Bo Lee", "a@example.com"),
    ]
    out = matching.match(lines, There(()), {})
    assert [(each.line.row, each.fate, each.same_as) for each in out.matched] == [
        (2, Fate.NEW, None),
        (3, Fate.NEW, 2),
    ]
    assert [(each.line.row, each.which, each.values["other"]) for each in out.clashes] == [(4, "email", 2)]
