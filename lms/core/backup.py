"""Everything a site knows in one file: tables as one moment saw them, stored files, and the heads of the chain.

The format is the same for both databases, so a backup of one can be restored into the other. A `.tar.gz` with, in
this order: `manifest.json` (what is in it), `tables/<table>.jsonl` (a row a line), `heads/*.json`,
`files/<sha256>`, and `end.json`, which says that nothing was cut off. Refusals here speak to operators, in English.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from sqlalchemy import Connection, func, select, text

import lms
from lms.core import tables
from lms.core.db import Database
from lms.core.files import Files
from lms.core.migrate import standing_on
from lms.core.models import FileRow
from lms.core.telling import Tell, tell_nobody
from lms.core.words import NotFound, Refused

FORMAT = 1
BATCH = 1000
FILES_TABLE = FileRow.__tablename__


@dataclass(frozen=True)
class Backup:
    """A backup that was written: where, how many rows and files, and which files could not be read any more."""

    path: Path
    rows: int
    files: int
    missing: tuple[str, ...]


def back_up(
    database: Database, files: Files, heads: Path, to: Path, *, now: datetime, tell: Tell = tell_nobody
) -> Backup:
    """Write a backup to a new file while people go on writing.

    The tables are read in one transaction. Stored files never change, so they are copied afterwards. The file appears
    under its name only when it is whole. Refused when the name is taken or the database has no tables yet.
    """
    if to.exists():
        raise Refused("There is a file %(path)s already. Choose another name.", path=to)
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=to.parent, prefix=".palms-backup-") as staged:
        folder = Path(staged)
        with _one_moment(database) as connection:
            manifest = _tables(connection, folder, now, tell)
        kept = {path.name: path.read_bytes() for path in sorted(heads.glob("*.json"))}
        manifest["heads"] = {name: hashlib.sha256(data).hexdigest() for name, data in kept.items()}
        whole = folder / "whole"
        missing = _archive(whole, manifest, folder, kept=kept, files=files, tell=tell)
        whole.replace(to)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return Backup(to, rows, manifest["files"] - len(missing), missing)


def default_name(now: datetime, why: str = "") -> str:
    """A file name that sorts by time: palms-20261121-120000Z.tar.gz."""
    return f"palms-{now.astimezone(UTC):%Y%m%d-%H%M%S}Z{why}.tar.gz"


@contextmanager
def _one_moment(database: Database) -> Iterator[Connection]:
    options: dict[str, Any] = {"lms_reading": True}
    if database.engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with database.engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def _tables(connection: Connection, folder: Path, now: datetime, tell: Tell) -> dict[str, Any]:
    migration = standing_on(connection)
    if migration is None:
        raise Refused("There is nothing to back up: the database has no tables yet. Run `lms upgrade` first.")
    kinds = tables.kinds_of(connection)
    if connection.dialect.name == "postgresql":  # an upgrade that begins now waits until we have read everything
        connection.execute(text(f"LOCK TABLE {', '.join(kinds)} IN ACCESS SHARE MODE"))
    counts = {name: connection.scalar(select(func.count()).select_from(tables.table_of(name, {}))) for name in kinds}
    total, done = sum(n or 0 for n in counts.values()) + (counts.get(FILES_TABLE) or 0), 0
    listed: dict[str, Any] = {}
    for name, columns in kinds.items():
        rows, digest = _table(connection, name, columns, folder)
        done += rows
        tell(done, total)
        listed[name] = {"rows": rows, "sha256": digest, "columns": columns}
    return {
        "format": FORMAT,
        "version": lms.__version__,
        "migration": migration,
        "database": connection.dialect.name,
        "made_at": now.astimezone(UTC).isoformat(),
        "tables": listed,
        "files": listed.get(FILES_TABLE, {}).get("rows", 0),
    }


def _table(connection: Connection, name: str, columns: dict[str, tables.Kind], folder: Path) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    found = connection.execution_options(yield_per=BATCH).execute(tables.reading(name, columns))
    with (folder / f"{name}.jsonl").open("wb") as out:
        for row in found:
            values = [tables.plain(kind, value) for kind, value in zip(columns.values(), row, strict=True)]
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            out.write(line)
            count += 1
    return count, digest.hexdigest()


def _archive(
    path: Path, manifest: dict[str, Any], folder: Path, *, kept: dict[str, bytes], files: Files, tell: Tell
) -> tuple[str, ...]:
    moment = datetime.fromisoformat(manifest["made_at"]).timestamp()
    rows = sum(table["rows"] for table in manifest["tables"].values())
    missing: list[str] = []
    with _new_archive(path) as archive:
        _add(archive, "manifest.json", json.dumps(manifest, indent=1).encode(), moment)
        for name in manifest["tables"]:
            with (folder / f"{name}.jsonl").open("rb") as lines:
                _add_stream(archive, f"tables/{name}.jsonl", lines, moment)
        for name, data in kept.items():
            _add(archive, f"heads/{name}", data, moment)
        for number, digest in enumerate(_digests(folder, manifest), 1):
            try:
                with TemporaryFile(dir=folder) as copy:  # a video need not fit into memory
                    files.fetch(digest, copy)
                    copy.seek(0)
                    _add_stream(archive, f"files/{digest}", copy, moment)
            except NotFound:
                missing.append(digest)
            tell(rows + number, rows + manifest["files"])
        _add(archive, "end.json", json.dumps({"missing": missing}).encode(), moment)
    return tuple(missing)


def _digests(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    if FILES_TABLE in manifest["tables"]:
        place = list(manifest["tables"][FILES_TABLE]["columns"]).index("sha256")
        with (folder / f"{FILES_TABLE}.jsonl").open("rb") as lines:
            for line in lines:
                yield json.loads(line)[place]


@contextmanager
def _new_archive(path: Path) -> Iterator[tarfile.TarFile]:
    # Only its owner may read it: everything about everybody is in it.
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as raw:
        with (
            gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=4, filename="") as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
        ):
            yield archive
        raw.flush()
        os.fsync(raw.fileno())


def _add(archive: tarfile.TarFile, name: str, data: bytes, moment: float) -> None:
    _put(archive, name, io.BytesIO(data), len(data), moment)


def _add_stream(archive: tarfile.TarFile, name: str, stream: IO[bytes], moment: float) -> None:
    _put(archive, name, stream, os.fstat(stream.fileno()).st_size, moment)


def _put(archive: tarfile.TarFile, name: str, stream: IO[bytes], size: int, moment: float) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(moment), 0o600
    archive.addfile(member, stream)
