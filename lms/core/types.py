"""Column types that keep promises the databases do not make themselves."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, TypeDecorator, Uuid
from sqlalchemy.orm import mapped_column

Pence = int
"""Whole pence. Fractions of a penny never exist; rounding happens where a rule says so."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC date-times in and out; a naive one is refused before it can be misread.

    SQLite has no time zones, so there the value is stored as UTC without one and marked again on reading.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A date-time needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """The same straight from SQLite's text: lists read very many, and what was written at once is of one moment."""
        return _moment if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


@lru_cache(maxsize=20_000)
def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


class Coded(TypeDecorator[Any]):
    """A StrEnum stored as its text: adding a member later needs no change of the table, on either database."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else self.kind(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """The same straight from the members: lists read very many, and both databases give the text as it is."""
        return _Members(self.kind).__getitem__


class _Members(dict[str | None, Any]):
    """The members of a kind by their text, looked up without a function of Python's for each."""

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__((member.value, member) for member in kind)
        self[None] = None
        self._kind = kind

    def __missing__(self, value: str | None) -> Any:
        return self._kind(str(value))  # says what is wrong with it


class Id(Uuid[UUID]):
    """The ids of everything. Those read again are not made again: a list says the same few over and over.

    PostgreSQL's driver makes its own; SQLite gives text.
    """

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Text becomes the id it stands for."""
        return None if dialect.supports_native_uuid else _id


@lru_cache(maxsize=20_000)
def _id(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


Counter = BigInteger().with_variant(Integer, "sqlite")
"""A number that counts up by itself; SQLite does that only for plain INTEGER keys."""

PenceColumn = Annotated[int, mapped_column(BigInteger)]
