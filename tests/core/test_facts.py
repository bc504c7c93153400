"""Facts: the event row and what other rooms write about it are one transaction, or nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lms.core.db import Database, Db
from lms.core.events import Fact, Reaction, digest_of, record, whisper, whispered
from lms.core.models import EventRow, WorkRow
from lms.core.work import later
from lms.people.events import EmploymentStarted, SignedOut

NOW = datetime(2026, 11, 21, 12, 0, 0, 250, tzinfo=UTC)
PAT = UUID("11111111-1111-4111-8111-111111111111")

Reacting = Callable[..., Database]


@pytest.fixture
def reacting(database: Database) -> Reacting:
    """The same database with other reactions."""

    def make(*reactions: Reaction) -> Database:
        return Database(
            database.engine.url.render_as_string(hide_password=False), info={"reactions": {SignedOut: reactions}}
        )

    return make


def count(database: Database, table: type) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def ask_for_work(db: Db, fact: SignedOut, now: datetime) -> None:
    later(db, "test.tell", str(fact.about), now=now)


def fail(db: Db, fact: SignedOut, now: datetime) -> None:
    raise LookupError("this room is on fire")


def test_a_fact_says_who_when_and_for_whom(database: Database) -> None:
    by, behalf, employer = uuid4(), uuid4(), uuid4()
    fact = EmploymentStarted(about=PAT, employer_id=employer, since=date(2026, 11, 1))
    with database.writing() as db:
        record(db, fact, by=by, now=NOW, behalf=behalf)
    with database.reading() as db:
        row = db.scalars(select(EventRow)).one()
    assert (row.kind, row.about, row.by, row.behalf, row.at) == ("EmploymentStarted", PAT, by, behalf, NOW)
    assert row.data == {"employer_id": str(employer), "since": "2026-11-01"}
    assert row.digest == digest_of(row)


def test_the_digest_is_the_same_after_reading_back(database: Database) -> None:
    """Both databases, another time zone, words in Welsh: the doctor must be able to work it out again."""
    moment = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=1)))
    with database.writing() as db:
        made = record(db, EmploymentStarted(about=PAT, employer_id=PAT, since=moment.date()), by=None, now=moment)
        written = made.digest
    with database.reading() as db:
        assert digest_of(db.scalars(select(EventRow)).one()) == written


def test_what_reactions_write_is_the_same_transaction(reacting: Reacting) -> None:
    database = reacting(ask_for_work)
    with database.writing() as db:
        record(db, SignedOut(about=PAT, everywhere=True), by=PAT, now=NOW)
    assert (count(database, EventRow), count(database, WorkRow)) == (1, 1)
    database.close()


def test_a_failing_reaction_leaves_nothing(reacting: Reacting) -> None:
    database = reacting(ask_for_work, fail)

    def sign_out() -> None:
        with database.writing() as db:
            record(db, SignedOut(about=PAT, everywhere=True), by=PAT, now=NOW)

    with pytest.raises(LookupError):
        sign_out()
    assert (count(database, EventRow), count(database, WorkRow)) == (0, 0)
    database.close()


def test_reactions_run_in_their_order_and_only_for_their_fact(reacting: Reacting) -> None:
    heard: list[tuple[str, Fact]] = []
    database = reacting(lambda _db, f, _now: heard.append(("a", f)), lambda _db, f, _now: heard.append(("b", f)))
    fact = SignedOut(about=PAT, everywhere=False)
    with database.writing() as db:
        record(db, fact, by=PAT, now=NOW)
        record(db, EmploymentStarted(about=PAT, employer_id=PAT, since=NOW.date()), by=PAT, now=NOW)
    assert heard == [("a", fact), ("b", fact)]
    database.close()


def test_a_salt_makes_the_same_fact_look_different(db: Db) -> None:
    first, second = (record(db, SignedOut(about=PAT, everywhere=True), by=PAT, now=NOW) for _ in range(2))
    assert first.digest != second.digest


def test_a_whisper_is_heard_in_this_unit_only_and_never_kept(database: Database) -> None:
    with database.writing() as db:
        whisper(db, PAT, "a secret")
        assert whispered(db, PAT) == "a secret"
        assert whispered(db, uuid4()) is None
        row = record(db, SignedOut(about=PAT, everywhere=True), by=PAT, now=NOW)
        assert "secret" not in str(row.data)
    with database.reading() as db:
        assert whispered(db, PAT) is None
