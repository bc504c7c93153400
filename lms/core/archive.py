"""Reading a backup: every member is checked before anything of it is used."""

import gzip
import hashlib
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ValidationError

from lms.core.backup import FORMAT
from lms.core.migrate import knows
from lms.core.tables import Kind
from lms.core.words import Refused

LARGEST_MANIFEST = 10_000_000
PART = 1 << 20
_HEAD = re.compile(r"\d{4}-\d\d-\d\d\.json")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class TableListed(BaseModel):
    """What the manifest says of a table."""

    rows: int
    sha256: str
    columns: dict[str, Kind]


class Manifest(BaseModel):
    """What a backup says is in it."""

    format: int
    version: str
    migration: str
    database: str
    made_at: str
    tables: dict[str, TableListed]
    files: int
    heads: dict[str, str]


@dataclass
class Contents:
    """What was found in a backup: the manifest, where its tables lie now, the heads, and files that were not there."""

    manifest: Manifest
    tables: dict[str, Path] = field(default_factory=dict)
    heads: dict[str, bytes] = field(default_factory=dict)
    files: int = 0
    missing: tuple[str, ...] = ()


def damaged(what: str) -> Refused:
    """The refusal of a backup that is not as it was written."""
    return Refused("This backup is damaged: %(what)s. Use another one.", what=what)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """A backup's manifest, and the archive standing behind it.

    Refused when it is not a backup, is damaged, or was made by a newer version than this one.
    """
    try:
        with tarfile.open(path, "r|gz") as archive:
            yield _manifest(archive), archive
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged(f"it cannot be unpacked to its end ({error})") from error


def _manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    if first is None or first.name != "manifest.json" or first.size > LARGEST_MANIFEST:
        raise Refused("This file is not a backup made by `lms backup`.")
    data = _stream(archive, first).read()
    try:
        told = json.loads(data)
        if told.get("format", 0) > FORMAT:
            raise _newer(str(told.get("version")))
        manifest = Manifest.model_validate(told)
    except (ValueError, ValidationError, AttributeError) as error:
        raise damaged("its manifest cannot be read") from error
    if not knows(manifest.migration):
        raise _newer(manifest.version)
    return manifest


def _newer(version: str) -> Refused:
    return Refused(
        "This backup was made by a newer version of PALMS (%(version)s) than this one. Install that version or a "
        "newer one, then restore.",
        version=version,
    )


def read(manifest: Manifest, archive: tarfile.TarFile, folder: Path, keep_file: Callable[[bytes], None]) -> Contents:
    """Read an opened backup to its end, checking each member against the manifest.

    Tables are laid into `folder`; stored files are handed to `keep_file` one by one. Refused when anything is missing,
    too much, or not what it was.
    """
    found = Contents(manifest)
    ended = False
    while (member := archive.next()) is not None:
        if ended or not member.isreg():
            raise damaged(f"{member.name} does not belong into it")
        kind, _, name = member.name.partition("/")
        stream = _stream(archive, member)
        if kind == "tables":
            _table(found, name.removesuffix(".jsonl"), stream, folder)
        elif kind == "heads":
            _head(found, name, stream.read())
        elif kind == "files":
            _file(found, name, stream.read(), keep_file)
        elif member.name == "end.json":
            found.missing = tuple(json.loads(stream.read())["missing"])
            ended = True
        else:
            raise damaged(f"{member.name} does not belong into it")
    _whole(found, ended=ended)
    return found


def _stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise damaged(f"{member.name} cannot be read")
    return stream


def _table(found: Contents, name: str, stream: IO[bytes], folder: Path) -> None:
    listed = found.manifest.tables.get(name)
    if listed is None or name in found.tables:
        raise damaged(f"the table {name} does not belong into it")
    digest, path = hashlib.sha256(), folder / f"{len(found.tables)}.jsonl"
    with path.open("wb") as out:
        while part := stream.read(PART):
            digest.update(part)
            out.write(part)
    if digest.hexdigest() != listed.sha256:
        raise damaged(f"the table {name} is not what it was")
    found.tables[name] = path


def _head(found: Contents, name: str, data: bytes) -> None:
    if not _HEAD.fullmatch(name) or found.manifest.heads.get(name) != hashlib.sha256(data).hexdigest():
        raise damaged(f"the head {name} is not what it was")
    found.heads[name] = data


def _file(found: Contents, name: str, data: bytes, keep_file: Callable[[bytes], None]) -> None:
    if not _SHA256.fullmatch(name) or hashlib.sha256(data).hexdigest() != name:
        raise damaged(f"the stored file {name} is not what it was")
    keep_file(data)
    found.files += 1


def _whole(found: Contents, *, ended: bool) -> None:
    manifest = found.manifest
    if not ended:
        raise damaged("its end is missing")
    if absent := sorted(set(manifest.tables) - set(found.tables)):
        raise damaged(f"the table {absent[0]} is missing")
    if set(manifest.heads) != set(found.heads):
        raise damaged("a head of the chain is missing")
    if found.files + len(found.missing) != manifest.files:
        raise damaged("stored files are missing")
