"""Backup and restore: whole, exact, across both databases, while people write; damaged ones are refused."""

import gzip
import hashlib
import io
import json
import shutil
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.engine import make_url

from lms.core import migrate, seal, work
from lms.core.backup import Backup, back_up
from lms.core.db import Database
from lms.core.events import record
from lms.core.files import Files
from lms.core.house import House
from lms.core.models import EventRow, WorkRow
from lms.core.restore import Restored, look_through, restore
from lms.core.words import Refused
from lms.people.events import SignedOut
from tests.core.sites import NOW, empty_tables, everything, fill, migrated

one_kind = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""For what is the same whichever database is asked."""


@pytest.fixture
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Gives the address of a new, empty database of a kind."""
    with ExitStack() as ends:

        def make(kind: str) -> str:
            if kind == "sqlite":
                return f"sqlite:///{tmp_path / f'{uuid4().hex}.db'}"
            server = make_url(request.getfixturevalue("postgres")).set(drivername="postgresql")
            plain, name = server.render_as_string(hide_password=False), f"t{uuid4().hex}"
            with psycopg.connect(plain, autocommit=True) as admin:
                admin.execute(f'CREATE DATABASE "{name}"')
            ends.callback(_drop, plain, name)
            return server.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)

        yield make


def _drop(plain: str, name: str) -> None:
    with psycopg.connect(plain, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def migrated_url(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database that the migrations brought up, of the kind the test is for."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_file'), tmp_path / 'site.db')}"
        return
    like = request.getfixturevalue("migrated_name")
    with request.getfixturevalue("postgres_server").database(like=like) as made:
        yield made


@pytest.fixture
def site(house: House, migrated_url: str, tmp_path: Path) -> Iterator[House]:
    """A migrated site with people, facts, work and files."""
    with migrated(house, migrated_url, tmp_path / "site") as made:
        fill(made)
        yield made


@pytest.fixture
def target(other_url: Callable[[str], str]) -> Iterator[Database]:
    """An empty SQLite database."""
    database = Database(other_url("sqlite"))
    yield database
    database.close()


def take(site: House, to: Path) -> Backup:
    return back_up(site.database, site.files, site.settings.heads, to, now=NOW)


def put_back(path: Path, database: Database, data: Path) -> Restored:
    return restore(database, Files(f"file://{data / 'files'}"), data / "heads", path)


@pytest.mark.parametrize("into", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_it_comes_back_exactly(site: House, other_url: Callable[[str], str], tmp_path: Path, into: str) -> None:
    made = take(site, tmp_path / "a.tar.gz")
    database, data = Database(other_url(into)), tmp_path / "restored"
    found = put_back(made.path, database, data)
    assert (found.rows, found.files, found.missing) == (made.rows, 3, ())
    assert everything(database) == everything(site.database)
    assert migrate.standing(database) == migrate.newest()
    assert [path.name for path in (data / "heads").iterdir()] == [p.name for p in site.settings.heads.iterdir()]
    files = Files(f"file://{data / 'files'}")
    assert all(files.get(row[0]) == site.files.get(row[0]) for row in everything(database)["lms_file"])
    with database.reading() as db:
        assert list(seal.faults(db, data / "heads")) == []
    with database.writing() as db:  # and numbering goes on after the last fact
        record(db, SignedOut(about=uuid4(), everywhere=True), by=None, now=NOW)
    database.close()


def test_a_backup_of_a_restored_site_is_the_same(site: House, target: Database, tmp_path: Path) -> None:
    first = take(site, tmp_path / "a.tar.gz")
    put_back(first.path, target, tmp_path / "restored")
    files = Files(f"file://{tmp_path / 'restored' / 'files'}")
    second = back_up(target, files, tmp_path / "restored" / "heads", tmp_path / "b.tar.gz", now=NOW)
    assert (second.rows, second.files) == (first.rows, first.files)


def test_it_holds_one_moment_while_eight_threads_write(site: House, target: Database, tmp_path: Path) -> None:
    """Each writer adds rows to two tables that belong together; between any two tables of the backup some write."""
    enough, written = threading.Event(), threading.Semaphore(0)

    def write() -> None:
        while not enough.is_set():
            with site.database.writing() as db:
                person = uuid4()
                record(db, SignedOut(about=person, everywhere=True), by=None, now=NOW)
                work.later(db, "test.pair", str(person), now=NOW)
            written.release()

    def until_somebody_wrote(_done: int, _total: int) -> None:
        assert written.acquire(timeout=60)
        while written.acquire(blocking=False):
            pass

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    try:
        until_somebody_wrote(0, 0)
        path, heads = tmp_path / "a.tar.gz", site.settings.heads
        back_up(site.database, site.files, heads, path, now=NOW, tell=until_somebody_wrote)
    finally:
        enough.set()
        for writer in writers:
            writer.join()
    put_back(path, target, tmp_path / "restored")
    with target.reading() as db:
        persons = {str(about) for about in db.scalars(select(EventRow.about))}
        pairs = set(db.scalars(select(WorkRow.key).where(WorkRow.kind == "test.pair")))
        assert pairs
        assert pairs <= persons
        assert len(persons) == len(pairs) + persons_before(site)
        assert list(seal.faults(db, tmp_path / "restored" / "heads")) == []


def persons_before(site: House) -> int:
    """How many persons the site's own facts are about, without the writers'."""
    with site.database.reading() as db:
        pairs = set(db.scalars(select(WorkRow.key).where(WorkRow.kind == "test.pair")))
        return len({str(about) for about in db.scalars(select(EventRow.about))} - pairs)


@one_kind
def test_only_its_owner_may_read_it_and_nothing_else_is_left(site: House, tmp_path: Path) -> None:
    made = take(site, tmp_path / "backups" / "a.tar.gz")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "backups").iterdir()] == ["a.tar.gz"]


@one_kind
def test_an_existing_file_is_not_written_over(site: House, tmp_path: Path) -> None:
    (tmp_path / "a.tar.gz").write_text("precious")
    with pytest.raises(Refused, match="already"):
        take(site, tmp_path / "a.tar.gz")
    assert (tmp_path / "a.tar.gz").read_text() == "precious"


@one_kind
def test_a_backup_that_fails_half_way_leaves_nothing(
    site: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_digest: str, _into: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(site.files, "fetch", full)
    with pytest.raises(OSError, match="space"):
        take(site, tmp_path / "backups" / "a.tar.gz")
    assert list((tmp_path / "backups").iterdir()) == []


@one_kind
def test_a_missing_file_is_named_and_the_rest_is_saved(site: House, target: Database, tmp_path: Path) -> None:
    digest = everything(site.database)["lms_file"][0][0]
    (site.settings.data / "files" / digest[:2] / digest).unlink()
    made = take(site, tmp_path / "a.tar.gz")
    assert made.missing == (digest,)
    found = put_back(made.path, target, tmp_path / "restored")
    assert (found.files, found.missing) == (2, (digest,))


def test_there_is_nothing_to_back_up_before_the_first_upgrade(target: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="lms upgrade"):
        back_up(target, Files(f"file://{tmp_path}"), tmp_path, tmp_path / "a.tar.gz", now=NOW)


@one_kind
def test_a_database_with_anything_in_it_is_left_alone(site: House, target: Database, tmp_path: Path) -> None:
    made = take(site, tmp_path / "a.tar.gz")
    put_back(made.path, target, tmp_path / "restored")
    before = everything(target)
    with pytest.raises(Refused, match="not empty"):
        put_back(made.path, target, tmp_path / "again")
    assert everything(target) == before


def test_a_migrated_database_without_rows_is_empty_enough(site: House, target: Database, tmp_path: Path) -> None:
    made = take(site, tmp_path / "a.tar.gz")
    migrate.bring_up(target)
    put_back(made.path, target, tmp_path / "restored")
    assert everything(target) == everything(site.database)


def test_a_backup_of_an_older_version_is_brought_up(
    house: House, target: Database, other_url: Callable[[str], str], tmp_path: Path
) -> None:
    older = Database(other_url("sqlite"))
    migrate.bring_up(older, "0002")
    with older.writing() as db:
        record(db, SignedOut(about=uuid4(), everywhere=True), by=None, now=NOW)
    made = back_up(older, house.files, tmp_path / "none", tmp_path / "a.tar.gz", now=NOW)
    older.close()
    migrate.bring_up(target)
    put_back(made.path, target, tmp_path / "restored")
    assert migrate.standing(target) == migrate.newest()
    assert len(everything(target)["lms_event"]) == 1


Change = Callable[[str, bytes], tuple[str, bytes] | None]


def changed(path: Path, change: Change, extra: tuple[str, bytes] | None = None) -> Path:
    """A copy of a backup in which a member was changed, left out (None) or added."""
    out = path.with_name("changed.tar.gz")
    with tarfile.open(path) as old, tarfile.open(out, "w:gz") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream is not None
            if (kept := change(member.name, stream.read())) is not None:
                _add(new, *kept)
        if extra:
            _add(new, *extra)
    return out


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


def in_manifest(**values: Any) -> Change:
    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return name, (json.dumps({**json.loads(data), **values}).encode() if name == "manifest.json" else data)

    return change


def on(part: str, what: Callable[[bytes], bytes | None]) -> Change:
    def change(name: str, data: bytes) -> tuple[str, bytes] | None:
        if not name.startswith(part):
            return name, data
        kept = what(data)
        return None if kept is None else (name, kept)

    return change


def untouched(name: str, data: bytes) -> tuple[str, bytes]:
    return name, data


@pytest.mark.parametrize(
    ("change", "extra", "said"),
    [
        (in_manifest(migration="9999"), None, "newer version"),
        (in_manifest(format=2, version="9.9"), None, r"newer version of PALMS \(9.9\)"),
        (in_manifest(tables="x"), None, "manifest cannot be read"),
        (on("manifest", lambda _data: b"{"), None, "manifest cannot be read"),
        (on("manifest", lambda _data: None), None, "not a backup"),
        (
            on("tables/lms_person", lambda data: data.replace(b"Pat", b"Pam")),
            None,
            "the table lms_person is not what it was",
        ),
        (on("tables/lms_person.", lambda _data: None), None, "the table lms_person is missing"),
        (on("files/", lambda data: data + b"!"), None, "the stored file .* is not what it was"),
        (on("files/", lambda _data: None), None, "stored files are missing"),
        (on("heads/", lambda data: data + b" "), None, "the head .* is not what it was"),
        (on("heads/", lambda _data: None), None, "a head of the chain is missing"),
        (on("end.json", lambda _data: None), None, "its end is missing"),
        (untouched, ("tables/lms_other.jsonl", b""), "does not belong"),
        (untouched, ("../../etc/passwd", b""), "does not belong"),
    ],
)
@one_kind
def test_a_damaged_backup_changes_nothing(
    *, site: House, target: Database, tmp_path: Path, change: Change, extra: tuple[str, bytes] | None, said: str
) -> None:
    bad = changed(take(site, tmp_path / "a.tar.gz").path, change, extra)
    with pytest.raises(Refused, match=said):
        put_back(bad, target, tmp_path / "restored")
    assert empty_tables(target)
    assert not (tmp_path / "restored" / "heads").exists()
    with pytest.raises(Refused, match=said):
        look_through(bad)


@one_kind
@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_backup_that_was_cut_off_changes_nothing(site: House, target: Database, tmp_path: Path, part: float) -> None:
    made = take(site, tmp_path / "a.tar.gz").path
    data = made.read_bytes()
    made.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(Refused, match="damaged"):
        put_back(made, target, tmp_path / "restored")
    assert empty_tables(target)


@pytest.mark.parametrize("content", [b"", b"not a backup", gzip.compress(b"nor this", mtime=0)])
def test_other_files_are_not_backups(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Refused):
        look_through(tmp_path / "a")


@pytest.mark.parametrize("into", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
@one_kind
def test_a_row_that_refers_to_nothing_is_refused_whole(
    site: House, other_url: Callable[[str], str], tmp_path: Path, into: str
) -> None:
    """Made with hashes to match, as no accident would: the last look at the rows themselves still finds it."""
    made = take(site, tmp_path / "a.tar.gz").path
    with tarfile.open(made) as archive:
        stream, told = archive.extractfile("tables/lms_role.jsonl"), archive.extractfile("manifest.json")
        assert stream is not None
        assert told is not None
        roles, manifest = stream.read(), json.loads(told.read())
    rows = [json.loads(line) for line in roles.splitlines()]
    place = list(manifest["tables"]["lms_role"]["columns"]).index("person_id")
    rows[0][place] = str(uuid4())
    forged = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    manifest["tables"]["lms_role"]["sha256"] = hashlib.sha256(forged).hexdigest()
    parts = {"tables/lms_role.jsonl": forged, "manifest.json": json.dumps(manifest).encode()}
    bad = changed(made, lambda name, data: (name, parts.get(name, data)))
    database = Database(other_url(into))
    with pytest.raises(Refused, match=r"refers|contradict"):
        put_back(bad, database, tmp_path / "restored")
    assert empty_tables(database)
    put_back(made, database, tmp_path / "restored")  # and the good one still fits in
    assert everything(database) == everything(site.database)
    database.close()


def test_a_room_that_stumbles_in_its_turn_leaves_nothing_half_put_back(
    site: House, target: Database, tmp_path: Path
) -> None:
    made, seen = take(site, tmp_path / "a.tar.gz"), list[int]()

    def counts(connection: Connection) -> None:
        seen.append(connection.scalar(text("SELECT count(*) FROM lms_person")) or 0)

    def stumbles(_connection: Connection) -> None:
        raise RuntimeError("in its turn")

    data = tmp_path / "restored"
    with pytest.raises(RuntimeError, match="in its turn"):
        restore(target, Files(f"file://{data / 'files'}"), data / "heads", made.path, turns=[counts, stumbles])
    assert seen == [len(everything(site.database)["lms_person"])]
    put_back(made.path, target, data)  # it is as empty as it was
    assert everything(target) == everything(site.database)
