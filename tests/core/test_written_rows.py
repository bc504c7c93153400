"""Rows that are written without being kept as entities: in order, with their defaults, and once only."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.core.db import Database, write_once, write_rows
from lms.core.models import EventRow, WorkRow

MOMENT = datetime(2026, 7, 1, 8, 30, 0, 120, tzinfo=UTC)


def _event(kind: str, digest: str) -> EventRow:
    return EventRow(kind=kind, about=uuid4(), at=MOMENT, data={"n": kind}, salt=b"s" * 16, digest=digest)


def _work(key: str) -> WorkRow:
    return WorkRow(id=uuid4(), kind="a.job", key=key, created_at=MOMENT, not_before=MOMENT)


def test_rows_stand_in_the_order_they_were_given(database: Database) -> None:
    with database.writing() as db:
        write_rows(db, [_event(kind, kind * 64) for kind in "cab"])
        write_rows(db, [])
    with database.reading() as db:
        found = db.scalars(select(EventRow).order_by(EventRow.id)).all()
        assert [row.kind for row in found] == ["c", "a", "b"]
        assert {row.at for row in found} == {MOMENT}
        assert [row.by for row in found] == [None] * 3


def test_what_only_a_default_gives_is_written(database: Database) -> None:
    with database.writing() as db:
        write_rows(db, [_work("one")])
    with database.reading() as db:
        assert db.scalars(select(WorkRow)).one().attempts == 0


def test_a_row_is_written_once_and_the_unit_of_work_goes_on(database: Database) -> None:
    with database.writing() as db:
        assert write_once(db, _work("one"))
        assert not write_once(db, _work("one"))
        assert write_once(db, _work("two"))
    with database.reading() as db:
        assert sorted(db.scalars(select(WorkRow.key))) == ["one", "two"]


def test_a_second_row_of_the_same_key_is_refused_where_it_may_not_stand(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as db:
        write_rows(db, [_work("one"), _work("one")])
    with database.reading() as db:
        assert db.scalars(select(WorkRow)).all() == []


def test_moments_come_back_in_universal_time_to_the_last_digit(database: Database) -> None:
    with database.writing() as db:
        db.add(_work("one"))
        db.flush()
        db.add(WorkRow(id=uuid4(), kind="a.job", key="two", created_at=MOMENT, not_before=MOMENT + timedelta(days=1)))
    with database.reading() as db:
        row = db.scalars(select(WorkRow).where(WorkRow.key == "two")).one()
        assert (row.created_at, row.not_before, row.done_at) == (MOMENT, MOMENT + timedelta(days=1), None)
        assert row.created_at.tzinfo is UTC
