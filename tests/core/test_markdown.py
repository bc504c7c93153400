"""Tables in lessons: each cell says which column it is in, since on a phone a row stands as a card."""

from lms.core.markdown import html_of

TABLE = """
|  | Employed | Self-employed |
|---|---|---|
| Tax | your **employer** pays | you pay |
"""


def test_an_empty_corner_of_a_table_heads_nothing() -> None:
    html = html_of(TABLE)
    assert "<td" in html.partition("Employed")[0]
    assert html.count("<th ") == 3


def test_the_first_cell_of_a_row_names_it_and_the_others_carry_their_column() -> None:
    html = html_of(TABLE)
    assert '<th scope="row" class="govuk-table__header">Tax</th>' in html
    assert '<td data-label="Employed" class="govuk-table__cell">your <strong>employer</strong> pays</td>' in html
    assert '<td data-label="Self-employed" class="govuk-table__cell">you pay</td>' in html


def test_columns_of_a_second_table_are_its_own() -> None:
    html = html_of(TABLE + "\ntext\n\n| Day | Hours |\n|---|---|\n| Monday | 4 |\n")
    assert '<td data-label="Hours" class="govuk-table__cell">4</td>' in html


def test_a_row_shorter_or_longer_than_the_heading_is_still_shown() -> None:
    html = html_of("| A | B |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n")
    assert html.count("<tr") == 3
