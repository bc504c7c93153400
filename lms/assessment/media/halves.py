"""Uploads on their way: bytes in the data folder, one file each, until they are whole, made harmless and used.

They lie apart from the stored files: only their owner has a claim on them, a backup leaves them out, and after some
days they are thrown away.
"""

import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from uuid import UUID

from lms.assessment.media.tus import Checksum

FOLDER = "uploads"
PIECE = 256 * 1024
"""Bytes held in memory at once."""

SPARE = 200 * 1024 * 1024
"""Bytes that stay free on the disk: everything else needs room too."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class NoRoom(Exception):  # noqa: N818  says what is the matter
    """The disk is full. Nothing of what was sent just now is kept."""


class Taken(Exception):  # noqa: N818  as above
    """Somebody else, most likely the same phone a moment ago, is writing this upload."""


class Lost(Exception):  # noqa: N818  as above
    """The bytes that should be here are not, as after a restored backup."""


class ChecksumWrong(Exception):  # noqa: N818  as above
    """What came is not what was sent. Nothing of it is kept."""


@dataclass(frozen=True)
class Halves:
    """The folder of uploads."""

    folder: Path

    @classmethod
    def within(cls, data: Path) -> "Halves":
        """The one in a data folder; made when it is needed."""
        return cls(data / FOLDER)

    def part(self, upload_id: UUID) -> Path:
        """What has come so far, as it was sent."""
        return self.folder / f"{upload_id}.part"

    def made(self, upload_id: UUID) -> Path:
        """The harmless file made of it."""
        return self.folder / f"{upload_id}.made"

    def thumbnail(self, upload_id: UUID) -> Path:
        """Its small picture, where it has one."""
        return self.folder / f"{upload_id}.jpg"

    def begin(self, upload_id: UUID, length: int) -> None:
        """Make room for an upload. Raises NoRoom when the disk would be filled by it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # What is made of it takes the same room again, and is kept a third time among the stored files.
            if shutil.disk_usage(self.folder).free < 3 * length + SPARE:
                raise NoRoom
            self.part(upload_id).touch(mode=0o600)
        except OSError as error:
            raise _meaning(error) from error

    @contextmanager
    def alone(self, upload_id: UUID) -> Iterator[None]:
        """Be the only one that writes an upload, in all processes of this machine. Raises Taken; Lost."""
        try:
            held = self.part(upload_id).with_suffix(".lock").open("w")
        except FileNotFoundError as gone:
            raise Lost from gone
        with held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise Taken from busy
            yield

    def receive(
        self, upload_id: UUID, offset: int, length: int, stream: IO[bytes], checksum: Checksum | None = None
    ) -> int:
        """Append what comes, safely on the disk when this returns; gives the new offset. Behind `alone`.

        A line that breaks off keeps what came before, unless it was to be compared with a checksum. Raises NoRoom,
        ChecksumWrong, Lost; then nothing of this piece is kept.
        """
        path = self.part(upload_id)
        try:
            if path.stat().st_size < offset:
                raise Lost
            with path.open("r+b") as part:
                part.truncate(offset)
                part.seek(offset)
                try:
                    _pour(stream, part, length - offset, checksum)
                    part.flush()
                    os.fsync(part.fileno())
                except BaseException:
                    part.truncate(offset)
                    raise
                return part.tell()
        except FileNotFoundError as gone:
            raise Lost from gone
        except OSError as error:
            raise _meaning(error) from error

    def drop(self, upload_id: UUID, *, source_only: bool = False) -> None:
        """Throw an upload away, or only what came as it was sent; again does nothing."""
        self.part(upload_id).unlink(missing_ok=True)
        if not source_only:
            for path in (self.made(upload_id), self.thumbnail(upload_id), self.part(upload_id).with_suffix(".lock")):
                path.unlink(missing_ok=True)

    def lying_here(self) -> Iterator[tuple[UUID, float]]:
        """Every upload with a file here, and when it was last written (seconds since 1970)."""
        for path in self.folder.glob("*.*") if self.folder.is_dir() else ():
            try:
                yield UUID(path.stem), path.stat().st_mtime
            except (ValueError, FileNotFoundError):  # not one of ours, or gone meanwhile
                continue


def _pour(stream: IO[bytes], into: IO[bytes], room: int, checksum: Checksum | None) -> None:
    seen = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
    while room > 0:
        piece = _next(stream, min(PIECE, room), whole=checksum is not None)
        if not piece:
            break
        into.write(piece)
        room -= len(piece)
        if seen is not None:
            seen.update(piece)
    if seen is not None and checksum is not None and not checksum.fits(seen):
        raise ChecksumWrong


def _next(stream: IO[bytes], most: int, *, whole: bool) -> bytes:
    try:
        return stream.read(most)
    except Exception:  # noqa: BLE001  each server says in its own way that nobody is at the other end any more
        if whole:
            raise ChecksumWrong from None
        return b""


def _meaning(error: OSError) -> Exception:
    return NoRoom() if error.errno in _FULL else error
