"""Files by their digest: a folder by default, any store obstore knows by setting. Bytes never change once stored."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from obstore.store import LocalStore, from_url

from lms.core.db import Db, add_once
from lms.core.models import FileRow
from lms.core.words import NotFound

PIECE = 512 * 1024
"""Bytes that are held at once of a file that is handed out in parts."""


class Files:
    """A store of bytes under their SHA-256. Storing twice is harmless."""

    def __init__(self, url: str) -> None:
        self._store: Any = _open(url)

    def put(self, data: bytes) -> str:
        """Store bytes; returns their SHA-256 in hexadecimal. The bytes are there before a row names them."""
        digest = hashlib.sha256(data).hexdigest()
        self._store.put(_path(digest), data)
        return digest

    def put_file(self, path: Path) -> str:
        """Store a file's bytes without holding them all in memory; returns their SHA-256 as `put` does."""
        with path.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        self._store.put(_path(digest), path)
        return digest

    def part(self, digest: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes from `start` up to and without `stop`, piece by piece; NotFound when they are gone.

        For what is played while it comes: unlike with `get`, nobody has compared them with their digest.
        """
        for at in range(start, stop, PIECE):
            try:
                yield bytes(self._store.get_range(_path(digest), start=at, end=min(at + PIECE, stop)))
            except FileNotFoundError as gone:
                raise NotFound(digest) from gone

    def fetch(self, digest: str, into: IO[bytes]) -> int:
        """Copy the bytes under a digest without holding them all; returns how many. NotFound as with `get`.

        What was copied before a difference showed stays in `into`: the caller throws it away.
        """
        seen = hashlib.sha256()
        try:
            size = int(self._store.head(_path(digest))["size"])
        except FileNotFoundError as gone:
            raise NotFound(digest) from gone
        for piece in self.part(digest, 0, size):
            seen.update(piece)
            into.write(piece)
        if seen.hexdigest() != digest:
            raise NotFound(digest)
        return size

    def stamp(self, digest: str) -> int | None:
        """When these bytes were stored last, as a number that changes with it; None when they are not there."""
        try:
            return int(self._store.head(_path(digest))["last_modified"].timestamp() * 1000)
        except FileNotFoundError:
            return None

    def drop(self, digest: str, stamp: int) -> bool:
        """Delete bytes for good, unless somebody stored the same ones again since the stamp was taken."""
        if self.stamp(digest) != stamp:
            return False
        self._store.delete(_path(digest))
        return True

    def get(self, digest: str) -> bytes:
        """The bytes under a digest, checked against it; NotFound when they are gone or were changed."""
        try:
            data = bytes(self._store.get(_path(digest)).bytes())
        except FileNotFoundError as gone:
            raise NotFound(digest) from gone
        if hashlib.sha256(data).hexdigest() != digest:
            raise NotFound(digest)
        return data


def keep(db: Db, files: Files, data: bytes, media_type: str, *, now: datetime) -> str:
    """Store bytes and their row; returns the digest."""
    digest = files.put(data)
    list_file(db, digest, size=len(data), media_type=media_type, now=now)
    return digest


def list_file(db: Db, digest: str, *, size: int, media_type: str, now: datetime) -> None:
    """Write the row of bytes that are stored already; doing it twice is harmless."""
    if db.get(FileRow, digest) is None:
        add_once(db, FileRow(sha256=digest, size=size, media_type=media_type, stored_at=now))


def size_of(db: Db, digest: str) -> int:
    """How many bytes are under a digest. Raises NotFound when there is no such file."""
    row = db.get(FileRow, digest)
    if row is None:
        raise NotFound(digest)
    return row.size


def media_type_of(db: Db, digest: str) -> str:
    """What the bytes under a digest are. Raises NotFound when there is no such file."""
    row = db.get(FileRow, digest)
    if row is None:
        raise NotFound(digest)
    return row.media_type


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _open(url: str) -> Any:
    if url.startswith("file://"):
        folder = Path(url.removeprefix("file://"))
        return LocalStore(folder, mkdir=True)
    return from_url(url)
