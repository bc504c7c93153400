"""The worker's part of a download: certificates as files with a list of them, in ZIPs of a bounded size.

One file is held at a time, and the ZIP grows on disk, so that a thousand certificates need no more memory than one. A
part is written down only when it is whole: cut off anywhere, it is made again. The same certificates give the same ZIP.
"""

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import structlog

from lms.certification import queries as certificates
from lms.certification.bulk import queries
from lms.certification.bulk.models import Download, DownloadPart
from lms.certification.bulk.queries import Packed
from lms.certification.bulk.rules import MOST_BYTES, MOST_FILES
from lms.certification.bulk.services import PACK, key_of, read_key
from lms.certification.bulk.sheets import sheet
from lms.certification.printing.pdf import file_name
from lms.certification.printing.rendering import render
from lms.certification.rules import Standing
from lms.core.clock import london_day
from lms.core.db import add_once
from lms.core.files import list_file
from lms.core.house import House
from lms.core.i18n import say_in
from lms.core.words import N_, NotFound, Say
from lms.core.work import later

log = structlog.get_logger(__name__)

ZIP = "application/zip"
INDEX = "index.csv"
COLUMNS = (
    N_("Number"),
    N_("Holder"),
    N_("Certificate"),
    N_("Code"),
    N_("Issued"),
    N_("Counts until the day before"),
    N_("How it stands"),
    N_("File"),
    N_("SHA-256 of the file"),
)
STANDS: Mapping[Standing, str] = {
    Standing.VALID: N_("Valid"),
    Standing.LAPSED: N_("No longer counts"),
    Standing.SUSPENDED: N_("Suspended: no file"),
    Standing.WITHDRAWN: N_("Withdrawn: no file"),
    Standing.REPLACED: N_("Replaced: no file"),
}
_NOT_MADE = N_("The file could not be made. Open the certificate in PALMS.")


@dataclass
class Made:
    """A part that was packed: how many files, how many lines without one, and where the next part begins."""

    files: int
    left_out: int
    next_place: int | None


def pack_some(house: House, key: str, now: datetime) -> None:
    """Pack the next part of a download, and ask for the one after it; packed already, nothing happens."""
    download_id, _run, part = read_key(key)
    with house.database.reading() as db:
        asked = queries.download_to_pack(db, download_id)
    if asked is None or asked.done or asked.parts >= part:
        return
    with TemporaryDirectory(prefix="palms-pack-") as folder:
        path = Path(folder) / "part.zip"
        made = _Packer(house, say_in(asked.language), now).pack(asked.batch_id, asked.next_place, path)
        digest, size = house.files.put_file(path), path.stat().st_size
    with house.database.writing() as db:
        list_file(db, digest, size=size, media_type=ZIP, now=now)
        row = DownloadPart(
            download_id=download_id,
            part=part,
            sha256=digest,
            size=size,
            files=made.files,
            left_out=made.left_out,
            made_at=now,
        )
        if not add_once(db, row):
            return
        download = db.get_one(Download, download_id)
        if made.next_place is None:
            download.done_at = now
        else:
            download.next_place = made.next_place
            later(db, PACK, key_of(download_id, 0, part + 1), now=now)


@dataclass(frozen=True)
class _Packer:
    """Packs for somebody who reads a language, on a day."""

    house: House
    say: Say
    now: datetime

    def pack(self, batch_id: UUID, place: int, path: Path) -> Made:
        """Write a ZIP of the certificates from a line on, until it is large enough."""
        made, full = Made(0, 0, None), 0
        rows: list[list[str]] = []
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
            for each in self._from(batch_id, place):
                if made.files >= MOST_FILES or full >= MOST_BYTES or len(rows) >= 2 * MOST_FILES:
                    made.next_place = each.place
                    break
                digest, data = self._file(each) or ("", b"")
                name = file_name(each.view.number) if data else ""
                rows.append(self._row(each, name, digest))
                if data:
                    packed.writestr(_entry(name, each.view.issued_on), data)
                    made.files, full = made.files + 1, full + len(data)
                else:
                    made.left_out += 1
            index = sheet([self.say(each) for each in COLUMNS], rows)
            packed.writestr(_entry(INDEX, london_day(self.now)), index, zipfile.ZIP_DEFLATED)
        return made

    def _from(self, batch_id: UUID, place: int) -> Iterator[Packed]:
        """The certificates of a batch from a line on, a page at a time."""
        while True:
            with self.house.database.reading() as db:
                found = queries.to_pack(db, batch_id, from_place=place, limit=100)
            if not found:
                return
            yield from found
            place = found[-1].place + 1

    def _file(self, each: Packed) -> tuple[str, bytes] | None:
        """Digest and bytes of a certificate that counts, printed now if nobody has; None: nothing to hand out."""
        if not each.counts(london_day(self.now)):
            return None
        try:
            digest = each.sha256 or self._printed(each.view.id)
            return (digest, self.house.files.get(digest)) if digest else None
        except NotFound:
            return None
        except Exception as trouble:  # noqa: BLE001  one certificate that cannot be printed stops no other
            log.warning("certificate_not_packed", certificate=str(each.view.id), trouble=type(trouble).__name__)
            return None

    def _printed(self, certificate_id: UUID) -> str | None:
        render(self.house, str(certificate_id), self.now)
        with self.house.database.reading() as db:
            return certificates.pdf_digest(db, certificate_id)

    def _row(self, each: Packed, name: str, digest: str) -> list[str]:
        view, on = each.view, london_day(self.now)
        stands = self.say(STANDS[view.standing(on)])
        return [
            view.number,
            view.holder_name,
            view.title,
            view.code,
            view.issued_on.isoformat(),
            view.lapses_on.isoformat() if view.lapses_on else "",
            stands if name or not each.counts(on) else f"{stands}. {self.say(_NOT_MADE)}",
            name,
            digest,
        ]


def _entry(name: str, on: date) -> zipfile.ZipInfo:
    """A place in the ZIP that says nothing about the machine it was made on."""
    entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    return entry
