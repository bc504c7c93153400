"""Calls that wait for the commit: rung once, after the outermost commit, and not at all after a rollback."""

import pytest

from lms.core.db import Database, on_commit


@pytest.fixture
def rung() -> list[str]:
    """What was rung, in order."""
    return []


def test_rings_after_the_commit_and_once(database: Database, rung: list[str]) -> None:
    with database.unit(writing=True) as db:
        on_commit(db, lambda: rung.append("a"))
        assert rung == []
        db.commit()
        assert rung == ["a"]
        db.commit()
    assert rung == ["a"]


def test_rings_for_a_unit_that_commits_itself(database: Database, rung: list[str]) -> None:
    with database.writing() as db:
        on_commit(db, lambda: rung.append("a"))
        db.flush()
    assert rung == ["a"]


def test_a_released_savepoint_rings_nothing_yet(database: Database, rung: list[str]) -> None:
    with database.unit(writing=True) as db:
        on_commit(db, lambda: rung.append("before"))
        with db.begin_nested():
            on_commit(db, lambda: rung.append("inside"))
            with db.begin_nested():
                on_commit(db, lambda: rung.append("deepest"))
        on_commit(db, lambda: rung.append("after"))
        assert rung == []
        db.commit()
    assert rung == ["before", "inside", "deepest", "after"]


def test_a_rollback_rings_nothing(database: Database, rung: list[str]) -> None:
    with database.unit(writing=True) as db:
        on_commit(db, lambda: rung.append("a"))
        with db.begin_nested():
            on_commit(db, lambda: rung.append("b"))
        db.rollback()
        db.commit()
    assert rung == []


def test_a_unit_that_is_only_closed_rings_nothing(database: Database, rung: list[str]) -> None:
    db = database.unit(writing=True)
    on_commit(db, lambda: rung.append("a"))
    db.connection()
    db.close()
    db.commit()
    assert rung == []


def test_a_rolled_back_savepoint_takes_only_its_own_calls(database: Database, rung: list[str]) -> None:
    with database.unit(writing=True) as db:
        on_commit(db, lambda: rung.append("outside"))
        with db.begin_nested():
            on_commit(db, lambda: rung.append("kept"))
            with db.begin_nested() as inner:
                on_commit(db, lambda: rung.append("gone"))
                with db.begin_nested():
                    on_commit(db, lambda: rung.append("gone with it"))
                inner.rollback()
        db.commit()
    assert rung == ["outside", "kept"]


def test_units_do_not_ring_for_each_other(database: Database, rung: list[str]) -> None:
    with database.unit(writing=True) as first:
        on_commit(first, lambda: rung.append("first"))
        with database.reading() as other:
            other.connection()
            other.commit()
        assert rung == []
