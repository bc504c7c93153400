"""The worker's part of a pack: one ZIP with everything, in a stable order, the same bytes for the same contents.

One file is held at a time and the ZIP grows on disk, so that a claim of a hundred lines needs no more memory than one
of a single line. A certificate that nobody has printed yet is printed now.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import structlog

from lms.certification import queries as certification
from lms.certification.printing.rendering import render
from lms.core.files import list_file
from lms.core.house import House
from lms.core.words import NotFound
from lms.funding.evidence import sheets
from lms.funding.evidence.contents import Contents, contents_from
from lms.funding.evidence.models import ClaimPack

log = structlog.get_logger(__name__)

PACK = "funding.pack"
ZIP = "application/zip"


def pack(house: House, key: str, now: datetime) -> None:
    """Make the pack with this id; made already, nothing happens. Making it holds no transaction."""
    with house.database.reading() as db:
        row = db.get(ClaimPack, UUID(key))
    if row is None or row.sha256 is not None or not row.contents:
        return
    with TemporaryDirectory(prefix="palms-pack-") as place:
        path = Path(place) / "pack.zip"
        _Packer(house, contents_from(row.contents), row.language, row.asked_at, now).write(path)
        digest, size = house.files.put_file(path), path.stat().st_size
    with house.database.writing() as db:
        list_file(db, digest, size=size, media_type=ZIP, now=now)
        there = db.get_one(ClaimPack, row.id)
        if there.sha256 is None and there.contents:
            there.sha256, there.size, there.made_at = digest, size, now


@dataclass
class _Packer:
    """Packs what was put together at `at`; the worker's moment `now` is in nothing that is written."""

    house: House
    contents: Contents
    language: str
    at: datetime
    now: datetime
    made: dict[str, tuple[str, int]] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the ZIP: cover sheet, then each line's files, then the indexes, all in one folder."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
            for name, data in self._files():
                self.made[name] = hashlib.sha256(data).hexdigest(), len(data)
                packed.writestr(self._entry(name), data)
            for name, data in (
                ("index.html", sheets.page(self.contents, self.made, language=self.language)),
                ("index.csv", sheets.table(self.contents, self.made, language=self.language)),
            ):
                packed.writestr(self._entry(name), data, zipfile.ZIP_DEFLATED, 9)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield "cover.pdf", sheets.cover(self.contents, language=self.language, at=self.at)
        for file in self.contents.files_of(0):
            yield from self._stored(file.path, file.sha256)
        for line in self.contents.lines:
            if line.certificate:
                yield from self._certificate(line.certificate.id, line.certificate.path)
            if line.attendance:
                data = sheets.attendance(self.contents, line, language=self.language, at=self.at)
                yield line.attendance, data
            for file in self.contents.files_of(line.place):
                yield from self._stored(file.path, file.sha256)

    def _stored(self, path: str, digest: str) -> Iterator[tuple[str, bytes]]:
        yield path, self.house.files.get(digest)

    def _certificate(self, certificate_id: UUID, path: str) -> Iterator[tuple[str, bytes]]:
        """The certificate as it was issued; the index says so where it cannot be printed, and the rest is packed."""
        try:
            digest = self._printed(certificate_id)
            if digest:
                yield path, self.house.files.get(digest)
        except NotFound:
            log.warning("certificate_not_in_pack", certificate=str(certificate_id))

    def _printed(self, certificate_id: UUID) -> str | None:
        with self.house.database.reading() as db:
            digest = certification.pdf_digest(db, certificate_id)
        if digest is None:
            render(self.house, str(certificate_id), self.now)
            with self.house.database.reading() as db:
                digest = certification.pdf_digest(db, certificate_id)
        return digest

    def _entry(self, name: str) -> zipfile.ZipInfo:
        """A place in the ZIP that says nothing about the machine it was made on."""
        on: date = self.contents.head.day
        entry = zipfile.ZipInfo(f"{self.contents.head.reference}/{name}", (on.year, on.month, on.day, 0, 0, 0))
        entry.create_system, entry.external_attr = 3, 0o600 << 16
        return entry
