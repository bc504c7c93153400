"""The chain over facts: whatever is done to them afterwards is found, and the first bad entry is named."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from lms.core import seal
from lms.core.db import Database, Db
from lms.core.events import digest_of, record
from lms.core.models import EventRow, SealRow
from lms.people.events import SignedOut

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PAT = UUID("11111111-1111-4111-8111-111111111111")


def write(database: Database, number: int) -> None:
    with database.writing() as db:
        for _ in range(number):
            record(db, SignedOut(about=PAT, everywhere=True), by=PAT, now=NOW)


def seal_all(database: Database, now: datetime = NOW) -> None:
    with database.writing() as db:
        while seal.seal_batch(db, now=now):
            pass


def faults(database: Database, kept: Path) -> list[str]:
    with database.reading() as db:
        return list(seal.faults(db, kept))


def keep(database: Database, kept: Path, now: datetime = NOW) -> Path:
    with database.reading() as db:
        return seal.keep_head(db, kept, now=now)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the heads lie."""
    return tmp_path / "kept"


@pytest.fixture
def ten(database: Database, kept: Path) -> Database:
    """Ten sealed facts with their head kept; ids are whatever the database gave."""
    write(database, 10)
    seal_all(database)
    keep(database, kept)
    return database


def ids(database: Database) -> list[int]:
    with database.reading() as db:
        return sorted(db.scalars(EventRow.__table__.select().with_only_columns(EventRow.id)))


def test_an_untouched_chain_holds(ten: Database, kept: Path) -> None:
    assert faults(ten, kept) == []
    write(ten, 3)
    assert faults(ten, kept) == []
    with ten.reading() as db:
        assert seal.unsealed_count(db) == 3
        assert seal.head(db).position == 10


def test_sealing_goes_on_where_it_stopped_and_in_batches(
    database: Database, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "BATCH", 4)
    write(database, 10)
    with database.writing() as db:
        assert [seal.seal_batch(db, now=NOW) for _ in range(4)] == [4, 4, 2, 0]
    assert faults(database, kept) == []


def test_a_fact_far_behind_is_found_by_a_thorough_look(
    database: Database, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "LOOK_BACK", 3)
    write(database, 10)
    early = ids(database)[0]
    with database.writing() as db:
        seal.seal_batch(db, now=NOW)
        db.execute(delete(SealRow))
        db.add(SealRow(position=1, event_id=ids(database)[-1], chain=seal.START, sealed_at=NOW))
    with database.writing() as db:
        assert seal.seal_batch(db, now=NOW) == 2
    with database.writing() as db:
        assert seal.seal_batch(db, now=NOW, thorough=True) == 7
        assert db.query(SealRow).filter_by(event_id=early).count() == 1


def tamper(database: Database, change: Callable[[Db, list[int]], object]) -> list[int]:
    found = ids(database)
    with database.writing() as db:
        change(db, found)
    return found


def test_changed_data_is_named(ten: Database, kept: Path) -> None:
    found = tamper(
        ten, lambda db, n: db.execute(update(EventRow).where(EventRow.id == n[3]).values(data={"everywhere": False}))
    )
    assert faults(ten, kept) == [f"Fact {found[3]} (SignedOut, place 4) was changed after it was written."]


@pytest.mark.parametrize(
    "values",
    [{"kind": "SignedIn"}, {"about": UUID(int=7)}, {"by": None}, {"behalf": PAT}, {"at": NOW + timedelta(days=1)}],
    ids=lambda values: next(iter(values)),
)
def test_every_part_of_a_fact_is_covered(ten: Database, kept: Path, values: dict[str, object]) -> None:
    found = tamper(ten, lambda db, n: db.execute(update(EventRow).where(EventRow.id == n[0]).values(**values)))
    assert len(faults(ten, kept)) == 1
    assert f"Fact {found[0]} " in faults(ten, kept)[0]


def test_changed_data_with_a_digest_to_match_breaks_the_chain(ten: Database, kept: Path) -> None:
    def change(db: Db, n: list[int]) -> None:
        row = db.get_one(EventRow, n[5])
        row.data = {"everywhere": False}
        row.digest = digest_of(row)

    found = tamper(ten, change)
    assert faults(ten, kept) == [f"The chain breaks at fact {found[5]} (place 6)."]


def test_a_removed_fact_is_named(ten: Database, kept: Path) -> None:
    found = tamper(ten, lambda db, n: db.execute(delete(EventRow).where(EventRow.id == n[6])))
    assert faults(ten, kept) == [f"Fact {found[6]} (place 7 in the chain) is missing."]


def test_a_removed_fact_with_its_seal_is_found(ten: Database, kept: Path) -> None:
    def change(db: Db, n: list[int]) -> None:
        db.execute(delete(EventRow).where(EventRow.id == n[6]))
        db.execute(delete(SealRow).where(SealRow.event_id == n[6]))

    found = tamper(ten, change)
    assert faults(ten, kept) == [f"The chain breaks at fact {found[7]} (place 7)."]


def test_an_inserted_fact_is_found(ten: Database, kept: Path) -> None:
    """Somebody slips in a fact with a seal of its own and moves the later ones on."""

    def change(db: Db, n: list[int]) -> None:
        slipped_in = record(db, SignedOut(about=PAT, everywhere=True), by=PAT, now=NOW)
        for position in range(10, 4, -1):
            db.execute(update(SealRow).where(SealRow.position == position).values(position=position + 1))
        db.add(SealRow(position=5, event_id=slipped_in.id, chain="f" * 64, sealed_at=NOW))

    tamper(ten, change)
    found = ids(ten)
    assert faults(ten, kept) == [f"The chain breaks at fact {found[-1]} (place 5)."]


def test_facts_written_past_the_services_are_found_before_they_are_sealed(ten: Database, kept: Path) -> None:
    row = EventRow(kind="SignedOut", about=PAT, by=PAT, at=NOW, data={}, salt=b"0" * 16, digest="0" * 64)
    tamper(ten, lambda db, _n: db.add(row))
    assert faults(ten, kept) == [f"Fact {row.id} (SignedOut, not sealed yet) was changed after it was written."]


def rewrite(db: Db, _n: list[int]) -> None:
    """What somebody with the whole database in hands can do: change a fact and seal everything anew."""
    row = db.query(EventRow).order_by(EventRow.id).first()
    assert row is not None
    row.data = {"everywhere": False}
    row.digest = digest_of(row)
    db.execute(delete(SealRow))
    db.flush()
    seal.seal_batch(db, now=NOW)


def test_a_rewritten_chain_meets_the_kept_head(ten: Database, kept: Path) -> None:
    tamper(ten, rewrite)
    assert faults(ten, kept) == ["The chain up to place 10 was rewritten: it differs from the head kept outside."]


def test_the_kept_head_of_today_is_not_replaced_by_a_rewritten_chain(ten: Database, kept: Path) -> None:
    tamper(ten, rewrite)
    keep(ten, kept)
    assert len(faults(ten, kept)) == 1


def test_a_cut_chain_is_found(ten: Database, kept: Path) -> None:
    def change(db: Db, n: list[int]) -> None:
        db.execute(delete(SealRow).where(SealRow.position > 7))
        db.execute(delete(EventRow).where(EventRow.id > n[6]))

    tamper(ten, change)
    assert faults(ten, kept) == ["The chain was cut: 10 facts were sealed before, 7 are left."]


def test_an_emptied_database_is_found(ten: Database, kept: Path) -> None:
    tamper(ten, lambda db, _n: (db.execute(delete(SealRow)), db.execute(delete(EventRow))))
    assert faults(ten, kept) == ["The chain was cut: 10 facts were sealed before, 0 are left."]


def test_an_erased_fact_still_holds(ten: Database, kept: Path) -> None:
    tamper(ten, lambda db, n: db.execute(update(EventRow).where(EventRow.id == n[2]).values(data={}, salt=None)))
    assert faults(ten, kept) == []


def test_nothing_may_stand_in_the_place_of_an_erased_fact(ten: Database, kept: Path) -> None:
    found = tamper(
        ten, lambda db, n: db.execute(update(EventRow).where(EventRow.id == n[2]).values(data={"x": 1}, salt=None))
    )
    assert faults(ten, kept) == [f"Fact {found[2]} (SignedOut, place 3) was changed after it was written."]


def test_heads_are_kept_by_london_day_and_the_last_of_a_day_stays(database: Database, kept: Path) -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London
    assert keep(database, kept, late).name == "2026-07-01.json"
    write(database, 2)
    seal_all(database)
    path = keep(database, kept, late)
    assert json.loads(path.read_text())["position"] == 2
    assert [p.name for p in kept.iterdir()] == ["2026-07-01.json"]
    assert faults(database, kept) == []


def test_a_head_that_cannot_be_read_is_named(ten: Database, kept: Path) -> None:
    (kept / "2026-11-20.json").write_text("{")
    assert faults(ten, kept) == ["The kept head 2026-11-20.json cannot be read."]
