"""Reading a payer's file: encodings, separators, what is refused, amounts and days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.words import Refused
from lms.funding.paying import reading, typed
from lms.funding.paying.words import Column, DayOrder, Wrong

FILE = "Claim reference,Amount paid,Payment date\nRIVERMERE-2026-0001,£75.00,21/11/2026\n"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_the_encodings_spreadsheets_write(encoding):
    sheet = reading.read(FILE.encode(encoding))
    assert sheet.headings == ("Claim reference", "Amount paid", "Payment date")
    assert sheet.rows[0].number == 2
    assert sheet.rows[0].cells["Amount paid"] == "£75.00"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_file_is_read_with_the_separators_spreadsheets_write(separator):
    sheet = reading.read(FILE.replace(",", separator).encode())
    assert len(sheet.headings) == 3
    assert sheet.rows[0].cells["Payment date"] == "21/11/2026"


def test_lines_before_the_headings_and_empty_lines_are_passed_over():
    sheet = reading.read(b"Northern Fund,\n,\nClaim reference,Amount\n\nA-1,5.00\n,\nA-2,6.00\n")
    assert [(row.number, row.cells["Claim reference"]) for row in sheet.rows] == [(5, "A-1"), (7, "A-2")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.7\n1,2\n", "not a CSV"),
        (b"PK\x03\x04\x00\x00", "not a CSV"),
        (b"\xff\xfea", "not a CSV"),
        (b"1,2\n3,4\n", "name no columns"),
        (b"Claim,Amount\n", "no row below"),
        (b"Claim,Amount,Amount\nA,1,2\n", "Two columns"),
        (b"x" * (reading.LARGEST + 1), "larger than"),
        (b"Claim,Amount\n" + b"A,1.00\n" * (reading.MOST_ROWS + 1), "more than"),
        (b'Claim,Amount\n"A' + b"x" * 600 + b",1.00\n", "quotation mark"),
    ],
)
def test_what_is_no_list_of_payments_is_refused_with_how_to_mend_it(data, says):
    with pytest.raises(Refused, match=says):
        reading.read(data)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data):
    try:
        sheet = reading.read(data)
    except Refused:
        return
    assert sheet.rows
    assert all(len(cell) <= reading.LONGEST_CELL for row in sheet.rows for cell in row.cells.values())


def test_a_plain_reference_is_the_claims_unless_another_column_says_so():
    assert reading.guessed(("Ref", "Paid"))[Column.REFERENCE] == "Ref"
    assert reading.guessed(("Reference", "Claim reference", "Paid"))[Column.REFERENCE] == "Claim reference"


def test_columns_are_guessed_and_none_twice():
    found = reading.guessed(("Date", "BACS ref", "Claim Ref.", "Net amount", "Claim line"))
    assert found == {
        Column.REFERENCE: "Claim Ref.",
        Column.AMOUNT: "Net amount",
        Column.DAY: "Date",
        Column.PAYMENT: "BACS ref",
        Column.LINE: "Claim line",
    }
    assert len(set(reading.guessed(("Claim", "Paid")).values())) == 2


def test_the_same_headings_are_known_again_in_any_order_and_spelling():
    one = reading.read(b"Claim ref,Amount\nA,1.00\n")
    two = reading.read(b"AMOUNT,Claim  Ref\n1.00,A\n")
    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != reading.read(b"Claim ref,Total\nA,1.00\n").fingerprint


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("75", 7500),
        ("75.00", 7500),
        ("£75.00", 7500),
        ("£ 1,540.05", 154005),
        ("GBP 12.50", 1250),
        ("1,234,567.89", 123456789),
        ("-40.00", -4000),
        ("(40.00)", -4000),
        ("40.00-", -4000),
        ("£-40.00", -4000),
        ("−£40.00", -4000),
        ("0.01", 1),
    ],
)
def test_amounts_as_payers_write_them(text, pence):
    assert typed.amount(text) == typed.Typed(pence)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", Wrong.NO_AMOUNT),
        ("12.345", Wrong.AMOUNT_NOT_WHOLE_PENCE),
        ("12.000", Wrong.AMOUNT_NOT_WHOLE_PENCE),
        ("12.5", Wrong.AMOUNT_UNREADABLE),
        ("1.540,00", Wrong.AMOUNT_UNREADABLE),
        ("1,54", Wrong.AMOUNT_UNREADABLE),
        ("(-40.00)", Wrong.AMOUNT_UNREADABLE),
        ("forty", Wrong.AMOUNT_UNREADABLE),
        ("1e9", Wrong.AMOUNT_UNREADABLE),
        ("٤٠", Wrong.AMOUNT_UNREADABLE),
        ("0.00", Wrong.AMOUNT_NOTHING),
        ("99999999.00", Wrong.AMOUNT_TOO_LARGE),
        ("=75.00", Wrong.FORMULA),
        ('="75.00"', Wrong.FORMULA),
        ("@SUM(1)", Wrong.FORMULA),
        ("+75.00", Wrong.FORMULA),
        ("-cmd|' /C calc'!A0", Wrong.FORMULA),
    ],
)
def test_amounts_that_cannot_be_read_say_why(text, wrong):
    assert typed.amount(text).wrong is wrong


@given(st.integers(-typed.MOST_PENCE, typed.MOST_PENCE).filter(bool))
def test_whatever_is_written_in_pounds_comes_back_as_the_same_pence(pence):
    pounds = f"{abs(pence) // 100:,}.{abs(pence) % 100:02}"
    for text in (f"{pounds}", f"£{pounds}", f"£ {pounds.replace(',', '')}"):
        assert typed.amount(f"-{text}" if pence < 0 else text).value == pence


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-11-21", None, date(2026, 11, 21)),
        ("2026-11-21T00:00:00", None, date(2026, 11, 21)),
        ("21/11/2026", None, date(2026, 11, 21)),
        ("21.11.2026", None, date(2026, 11, 21)),
        ("11/21/2026", None, date(2026, 11, 21)),
        ("21 November 2026", None, date(2026, 11, 21)),
        ("21-Nov-2026", None, date(2026, 11, 21)),
        ("05/06/2026", DayOrder.DAY_FIRST, date(2026, 6, 5)),
        ("05/06/2026", DayOrder.MONTH_FIRST, date(2026, 5, 6)),
        ("06/06/2026", None, date(2026, 6, 6)),
        ("29/02/2024", None, date(2024, 2, 29)),
        ("22/11/2026", None, TODAY),
    ],
)
def test_days_as_payers_write_them(text, order, expected):
    assert typed.day(text, order, today=TODAY) == typed.Typed(expected)


@pytest.mark.parametrize(
    ("text", "order", "wrong"),
    [
        ("05/06/2026", None, Wrong.DAY_TWO_WAYS),
        ("29/02/2026", None, Wrong.DAY_UNREADABLE),
        ("21/11/2026", DayOrder.MONTH_FIRST, Wrong.DAY_UNREADABLE),
        ("21/11/26", None, Wrong.DAY_UNREADABLE),
        ("21 Smarch 2026", None, Wrong.DAY_UNREADABLE),
        ("21/11/1026", None, Wrong.DAY_UNREADABLE),
        ("23/11/2026", None, Wrong.DAY_TO_COME),
        ("=TODAY()", None, Wrong.FORMULA),
        ("", None, Wrong.NO_DAY),
    ],
)
def test_days_that_cannot_be_read_say_why(text, order, wrong):
    assert typed.day(text, order, today=TODAY).wrong is wrong


def test_a_file_says_itself_how_it_writes_days_unless_it_says_both():
    assert typed.order_of(["05/06/2026", "21/06/2026"]) is DayOrder.DAY_FIRST
    assert typed.order_of(["05/06/2026", "06/21/2026"]) is DayOrder.MONTH_FIRST
    assert typed.order_of(["05/06/2026", "2026-06-21"]) is None
    assert typed.order_of(["21/06/2026", "06/21/2026"]) is None
