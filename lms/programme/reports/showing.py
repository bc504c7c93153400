"""A report in words and numbers for a page, a PDF or a sheet: exact inside, with numbers kept back in what goes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.core.i18n import money
from lms.programme.reports.kinds import Unit
from lms.programme.reports.words import COLUMNS, KEPT_BACK, ROWS, TABLES

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Shown:
    """A cell: what stands in it, the number itself (None: nothing, or kept back), and whether it goes out kept back."""

    text: str
    value: int | None
    hidden: bool
    unit: Unit


@dataclass(frozen=True)
class ShownTable:
    """A table with its words in one language; each row is its name and its cells."""

    code: str
    name: str
    definition: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Shown, ...]], ...]


def shown(data: Mapping[str, Any], say: Translate, *, exact: bool, only: Sequence[str] = ()) -> list[ShownTable]:
    """The tables of a report. `exact` shows every number; otherwise those kept back are not there at all."""
    tables = [table for table in data["tables"] if not only or table["code"] in only]
    return [_table(table, say, exact=exact) for table in tables]


def _table(table: Mapping[str, Any], say: Translate, *, exact: bool) -> ShownTable:
    name, definition = TABLES[table["code"]]
    units = [Unit(column["unit"]) for column in table["columns"]]
    rows = tuple(
        (
            row["name"] or say(ROWS.get(row["key"], row["key"])),
            tuple(_cell(cell, unit, say, exact=exact) for cell, unit in zip(row["cells"], units, strict=True)),
        )
        for row in table["rows"]
    )
    heads = tuple(say(COLUMNS[column["code"]]) for column in table["columns"])
    return ShownTable(table["code"], say(name), say(definition), heads, rows)


def _cell(cell: Mapping[str, Any], unit: Unit, say: Translate, *, exact: bool) -> Shown:
    value, back = cell["value"], cell["hidden"]
    if back and not exact:
        return Shown(say(KEPT_BACK), None, hidden=True, unit=unit)
    text = "–" if value is None else money(value) if unit is Unit.PENCE else f"{value:,}"
    return Shown(text, value, back, unit)
