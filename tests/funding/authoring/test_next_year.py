"""Next year's copy of days that stand at the edge of the calendar."""

import pytest

from lms.funding.authoring.editing import next_year


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2028-02-29", "2029-02-28"),
        ("2027-03-31", "2028-03-31"),
        ("9998-12-31", "9999-12-31"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_every_day_is_a_year_later_while_there_is_one(day, later):
    moved = next_year({"code": "X", "claim_year": {"label": "2027-28", "to": day}})
    assert moved["claim_year"]["to"] == later
