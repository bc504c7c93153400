"""A report as tables: rows of cells that know what they are, and which of them are kept back. Plain Python."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.programme.reports.hiding import Number, Sum, hidden
from lms.programme.reports.kinds import Unit

TOTAL = "total"
"""The key of a row that is the rows above it added up."""


@dataclass(frozen=True)
class Cell:
    """A value and how many people it is about. `value` is None where there is nothing to say."""

    value: int | None
    people: int


@dataclass(frozen=True)
class Row:
    """A row of a table; `name` is empty where `key` is a word of ours, and else what it was called when it was made."""

    key: str
    cells: tuple[Cell, ...]
    name: str = ""


@dataclass(frozen=True)
class Table:
    """A table of a report. `columns` are codes with what they hold.

    `same` names a total that stands in other tables too, by the code of its column, so that it is one number.
    """

    code: str
    columns: tuple[tuple[str, Unit], ...]
    rows: tuple[Row, ...]
    same: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, row: Row, column: str) -> str:
        """What a number is called among all numbers of a report."""
        if row.key == TOTAL and column in self.same:
            return self.same[column]
        return f"{self.code}/{row.key}/{column}"


def numbers_of(tables: Sequence[Table]) -> dict[str, Number]:
    """Every number of a report that is added up, by its name."""
    return {
        table.name_of(row, column): Number(cell.value or 0, cell.people, unit is Unit.PENCE)
        for table, row, column, unit, cell in _cells(tables)
        if unit is not Unit.DAYS
    }


def sums_of(tables: Sequence[Table]) -> list[Sum]:
    """What adds up in a report: each column with a total, by the names of its numbers."""
    found = []
    for table in tables:
        total = next((row for row in table.rows if row.key == TOTAL), None)
        parts = [row for row in table.rows if row.key != TOTAL]
        if total is None or not parts:
            continue
        for column, unit in table.columns:
            if unit is not Unit.DAYS:
                names = tuple(table.name_of(row, column) for row in parts)
                found.append(Sum(table.name_of(total, column), names))
    return found


def _cells(tables: Sequence[Table]) -> Iterator[tuple[Table, Row, str, Unit, Cell]]:
    for table in tables:
        for row in table.rows:
            for (column, unit), cell in zip(table.columns, row.cells, strict=True):
                yield table, row, column, unit, cell


def kept_back(tables: Sequence[Table], threshold: int, before: Collection[str] = ()) -> frozenset[str]:
    """The names of the numbers of a report that are kept back."""
    return hidden(numbers_of(tables), sums_of(tables), threshold, before=before)


def told(tables: Sequence[Table], threshold: int, before: Collection[str] = ()) -> list[dict[str, Any]]:
    """The tables as a report keeps them: each cell with its value, and whether it is kept back in what goes out.

    Days rest on the people of their row: they are kept back where those are too few or are kept back themselves.
    """
    kept = kept_back(tables, threshold, before)
    return [
        {
            "code": table.code,
            "columns": [{"code": code, "unit": unit.value} for code, unit in table.columns],
            "rows": [
                {"key": row.key, "name": row.name, "cells": _told(table, row, kept, threshold)} for row in table.rows
            ],
        }
        for table in tables
    ]


def _told(table: Table, row: Row, kept: Collection[str], threshold: int) -> list[dict[str, Any]]:
    counts = {table.name_of(row, code) for code, unit in table.columns if unit is not Unit.DAYS}
    found = []
    for (code, unit), cell in zip(table.columns, row.cells, strict=True):
        if unit is Unit.DAYS:
            back = cell.value is not None and (cell.people < threshold or bool(counts & set(kept)))
        else:
            back = table.name_of(row, code) in kept
        found.append({"value": cell.value, "hidden": back, "name": table.name_of(row, code)})
    return found
