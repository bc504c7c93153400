"""Units of work: reading cannot write, writers wait for each other and never see a lock, rows are added once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, delete, event, func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from lms.core.db import Database, add_once, columns
from lms.core.models import FileRow, WorkRow

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def a_job(key: str = "1", **more: object) -> WorkRow:
    return WorkRow(id=uuid4(), kind="counting", key=key, created_at=NOW, not_before=NOW, **more)


def jobs_in(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(WorkRow)) or 0


def test_reading_cannot_write(database: Database) -> None:
    with database.reading() as db:
        db.add(a_job())
        with pytest.raises(DBAPIError):
            db.flush()
    with database.reading() as db, pytest.raises(DBAPIError):
        db.execute(text("DELETE FROM lms_work"))
    assert jobs_in(database) == 0


def test_reading_after_writing_and_writing_after_reading_on_the_same_connection(database: Database) -> None:
    for number in range(5):
        with database.writing() as db:
            db.add(a_job(str(number)))
        with database.reading() as db, pytest.raises(DBAPIError):
            db.execute(delete(WorkRow))
    assert jobs_in(database) == 5


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_sqlite_is_told_to_only_read_when_that_changes_and_keeps_what_it_compiled(database: Database) -> None:
    sent: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _k, statement, *_more: sent.append(statement))
    for writing in (False, False, True, True, False):
        with database.unit(writing=writing) as db:
            db.execute(select(WorkRow.id))
    told = [statement for statement in sent if "query_only" in statement]
    assert told == ["PRAGMA query_only=1", "PRAGMA query_only=0", "PRAGMA query_only=1"]


def test_writing_is_rolled_back_whole_when_anything_is_raised(database: Database) -> None:
    def write_and_fail() -> None:
        with database.writing() as db:
            db.add(a_job())
            db.flush()
            raise LookupError("half way")

    with pytest.raises(LookupError):
        write_and_fail()
    assert jobs_in(database) == 0


def test_an_uncommitted_unit_leaves_nothing(database: Database) -> None:
    with database.unit(writing=True) as db:
        db.add(a_job())
        db.flush()
    assert jobs_in(database) == 0


def test_eight_threads_read_then_write_and_lose_nothing(database: Database) -> None:
    with database.writing() as db:
        db.add(a_job())

    def fifty_times() -> None:
        for _ in range(50):
            with database.writing() as db:
                row = db.scalars(select(WorkRow).with_for_update()).one()
                seen = row.attempts
                db.execute(update(WorkRow).values(attempts=seen + 1))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(fifty_times) for _ in range(8)]:
            done.result()
    with database.reading() as db:
        assert db.scalars(select(WorkRow.attempts)).one() == 400


def test_columns_are_read_with_what_was_written_just_now(database: Database) -> None:
    wanted = select(WorkRow.key, WorkRow.created_at).where(WorkRow.kind == bindparam("kind"))
    with database.unit(writing=True) as db:
        db.add(a_job("new"))
        assert columns(db, wanted, {"kind": "counting"}).all() == [("new", NOW)]
        assert columns(db, wanted, {"kind": "other"}).all() == []


def test_a_row_is_added_once(database: Database) -> None:
    with database.writing() as db:
        assert add_once(db, a_job("a"))
        assert not add_once(db, a_job("a"))
        assert add_once(db, a_job("b"))
    assert jobs_in(database) == 2


def test_what_was_written_before_a_duplicate_stays(database: Database) -> None:
    with database.writing() as db:
        db.add(FileRow(sha256="0" * 64, size=1, media_type="text/plain", stored_at=NOW))
        add_once(db, a_job("a"))
        add_once(db, a_job("a"))
    with database.reading() as db:
        assert db.get(FileRow, "0" * 64) is not None


def test_another_mistake_than_a_duplicate_is_raised(database: Database) -> None:
    with database.unit(writing=True) as db, pytest.raises(IntegrityError):
        add_once(db, WorkRow(id=uuid4(), kind="counting", key=None, created_at=NOW, not_before=NOW))  # type: ignore[arg-type]


def test_fifty_at_once_add_one_row(database: Database) -> None:
    def add() -> bool:
        with database.writing() as db:
            return add_once(db, a_job("the same"))

    with ThreadPoolExecutor(8) as pool:
        answers = [done.result() for done in [pool.submit(add) for _ in range(50)]]
    assert answers.count(True) == 1
    assert jobs_in(database) == 1


def test_errors_do_not_repeat_what_was_written(database: Database) -> None:
    secret = "somebody@example.com"
    with database.unit(writing=True) as db:
        db.add(FileRow(sha256=secret, size=1, media_type=None, stored_at=NOW))  # type: ignore[arg-type]
        with pytest.raises(IntegrityError) as caught:
            db.flush()
    assert secret not in str(caught.value).split("DETAIL:")[0]  # PostgreSQL's own detail is not ours to shorten


def test_a_moment_without_zone_is_refused(database: Database) -> None:
    with database.unit(writing=True) as db:
        db.add(a_job().__class__(kind="a", key="b", created_at=datetime(2026, 1, 1), not_before=NOW))  # noqa: DTZ001
        with pytest.raises(Exception, match="time zone"):
            db.flush()


def test_moments_come_back_to_the_microsecond(database: Database) -> None:
    moment = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=UTC)
    with database.writing() as db:
        db.add(WorkRow(kind="a", key="b", created_at=moment, not_before=moment))
    with database.reading() as db:
        assert db.scalars(select(WorkRow.created_at)).one() == moment
