"""Audit files: asking for one, and the worker's part: a ZIP that stands alone, the same bytes for the same contents."""

import hashlib
import json
import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import select

from lms.certification import queries as certification
from lms.core.clock import london_day
from lms.core.db import Db, add_once
from lms.core.files import list_file
from lms.core.house import House
from lms.core.i18n import day, money, say_in
from lms.core.pdf import printed
from lms.core.uploads import ENDINGS
from lms.core.words import NotFound
from lms.core.work import later
from lms.funding.board import sheets
from lms.funding.board.audit import Gathered, Table, gather, plain
from lms.funding.board.models import AuditFile
from lms.funding.board.sheets import Money
from lms.funding.claims import queries as claims
from lms.funding.labels import STATES
from lms.learning.titles import titles

MAKE = "board.audit"
ZIP = "application/zip"


def ask(db: Db, *, file_id: UUID, claim_id: UUID, within: Collection[UUID], by: UUID, now: datetime) -> UUID:
    """Ask for the audit file of a claim behind one of these walls; the worker makes it. Asked twice, it is one file."""
    claims.claim(db, claim_id, within=within)
    row = AuditFile(id=file_id, claim_id=claim_id, asked_by=by, asked_at=now)
    if add_once(db, row):
        later(db, MAKE, str(file_id), now=now)
    return file_id


def files_about(db: Db, claim_id: UUID) -> list[AuditFile]:
    """The audit files of a claim, the newest first. The caller has looked at the wall."""
    wanted = select(AuditFile).where(AuditFile.claim_id == claim_id).order_by(AuditFile.asked_at.desc(), AuditFile.id)
    return list(db.scalars(wanted.limit(50)))


def file(db: Db, file_id: UUID, within: Collection[UUID]) -> tuple[AuditFile, str]:
    """One audit file behind one of these walls, and the reference of its claim. Raises NotFound."""
    found = db.get(AuditFile, file_id)
    if found is None:
        raise NotFound("audit file")
    return found, claims.claim(db, found.claim_id, within=within).reference


def make(house: House, key: str, now: datetime) -> None:
    """Make the audit file with this id; made already, nothing happens. Making it holds no transaction."""
    with house.database.reading() as db:
        row = db.get(AuditFile, UUID(key))
        if row is None or row.sha256 is not None:
            return
        authority_id = _authority_of(db, row.claim_id)
        found = gather(db, row.claim_id, authority_id, say_in("en"), titles(db, "en"))
    with TemporaryDirectory(prefix="palms-audit-") as folder:
        path = Path(folder) / "audit.zip"
        _write(house, found, row.asked_at, path)
        digest, size = house.files.put_file(path), path.stat().st_size
    with house.database.writing() as db:
        list_file(db, digest, size=size, media_type=ZIP, now=now)
        current = db.get_one(AuditFile, row.id)
        current.sha256 = current.sha256 or digest


def _authority_of(db: Db, claim_id: UUID) -> UUID:
    from lms.funding.claims.models import Claim  # noqa: PLC0415  only the worker asks without a wall

    return db.get_one(Claim, claim_id).authority_id


def _write(house: House, found: Gathered, at: datetime, path: Path) -> None:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in (*_papers(house, found), *_sheets(found)):
            digests[name] = hashlib.sha256(data).hexdigest()
            packed.writestr(_entry(name, at), data, zipfile.ZIP_DEFLATED)
        page = _page(found, at, digests)
        pdf = printed(page, title=f"Audit file of {found.claim.reference}", language="en", at=at)
        for name, data in (("index.html", page.encode()), ("index.pdf", pdf)):
            digests[name] = hashlib.sha256(data).hexdigest()
            packed.writestr(_entry(name, at), data, zipfile.ZIP_DEFLATED)
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items()))
        packed.writestr(_entry("SHA256SUMS", at), sums.encode(), zipfile.ZIP_DEFLATED)


def _papers(house: House, found: Gathered) -> Iterator[tuple[str, bytes]]:
    """Every file of evidence and every certificate, one at a time; what is gone by its retention is left out."""
    places = {line.id: place for place, line in enumerate(found.claim.lines, start=1)}
    for number, file in enumerate(sorted(found.files, key=lambda f: (f.at, str(f.id))), start=1):
        where = f"line-{places[file.line_id]}" if file.line_id in places else "claim"
        try:
            data = house.files.get(file.sha256)
        except NotFound:
            continue
        yield f"evidence/{where}/{number:03d}-{file.kind.value}.{ENDINGS[file.media_type]}", data
    for place, certificate_id in found.certificates:
        with house.database.reading() as db:
            digest = certification.pdf_digest(db, certificate_id)
        if digest is not None:
            try:
                yield f"certificates/line-{place}.pdf", house.files.get(digest)
            except NotFound:
                continue


def _sheets(found: Gathered) -> Iterator[tuple[str, bytes]]:
    for name, (heads, rows) in found.tables.items():
        yield f"{name}.csv", sheets.as_csv(heads, rows)
    for number, lines in found.relied_on.items():
        yield f"relied-on/submission-{number}.json", _json(lines)
    claim = found.claim
    whole = {
        name: plain(getattr(claim, name))
        for name in ("id", "reference", "shape", "scheme", "scheme_edition", "claimant_kind", "claimant_name", "state")
    }
    tables = {
        name: [dict(zip(heads, (plain(cell) for cell in row), strict=True)) for row in rows]
        for name, (heads, rows) in found.tables.items()
    }
    yield "claim.json", _json({**whole, "authority": found.authority, **tables})


def _json(data: object) -> bytes:
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True).encode()


_STYLE = """
@page { size: a4 landscape; margin: 1.5cm }
body { font-family: palms; font-size: 8.5pt; line-height: 1.35 }
h1 { font-size: 16pt; margin-bottom: 6pt } h2 { font-size: 11pt; margin-top: 12pt; margin-bottom: 3pt }
p { margin-bottom: 4pt } th, td { padding: 2pt 4pt; border-bottom: 0.5pt solid #777777; text-align: left }
"""
_HOW = (
    "What each submission relied on, in full, is in the folder relied-on. SHA256SUMS lets anybody check that no file "
    "was changed."
)
_TITLES = {
    "lines": "Lines",
    "history": "What happened",
    "submissions": "Sent in",
    "costs": "Costs as they were recorded",
    "decisions": "Decisions of the payer",
    "payments": "Money that came in",
    "recoveries": "Money that was taken back, and differences that were closed",
    "permission-uses": "What was done under a permission",
}
_LONG = frozenset({"Line identifier", "Learner identifier", "Permission"})


def _page(found: Gathered, at: datetime, digests: dict[str, str]) -> str:
    """The index people read: everything but what was relied on, which is in its own files."""
    claim = found.claim
    sums = claim.sums
    scheme = f"{claim.scheme_title.en} ({claim.scheme}, edition {claim.scheme_edition})"
    approved = money(sums.approved) if sums.approved is not None else "not decided"
    parts = [
        f"<html lang='en'><head><meta charset='utf-8'><title>{escape(claim.reference)}</title>",
        f"<style>{_STYLE}</style></head><body><h1>Audit file: claim {escape(claim.reference)}</h1>",
        f"<p>{escape(scheme)}, claimed by {escape(claim.claimant_name)}. {escape(found.authority)}.</p>",
        f"<p>It stands at: {say_in('en')(STATES[claim.state])}. Payable {money(sums.payable)}, approved {approved}, ",
        f"paid {money(sums.paid)}, taken back {money(sums.recovered)}.</p>",
        f"<p>Put together on {day(at, 'en')}. {_HOW}</p>",
    ]
    parts += [f"<h2>{_TITLES[name]}</h2>{_table(table)}" for name, table in found.tables.items()]
    listed = "".join(f"<li>{escape(name)}: {digest}</li>" for name, digest in sorted(digests.items()))
    return "".join([*parts, f"<h2>Files, each with its SHA-256</h2><ul>{listed}</ul></body></html>"])


def _table(table: Table) -> str:
    heads, rows = table
    if not rows:
        return "<p>None.</p>"
    kept = [place for place, head in enumerate(heads) if head not in _LONG]
    head = "".join(f"<th>{escape(heads[place])}</th>" for place in kept)
    body = "".join("<tr>" + "".join(f"<td>{_cell(row[place])}</td>" for place in kept) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _cell(cell: sheets.Cell) -> str:
    if isinstance(cell, Money):
        return money(cell.pence)
    return "" if cell is None else escape(str(plain(cell)))


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """A place in the ZIP that says nothing about the machine it was made on."""
    on = london_day(at)
    entry = zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    return entry
