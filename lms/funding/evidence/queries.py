"""Read evidence: what is held for lines of claims, and what a payer would stumble over. Knows no claims' tables.

Whoever asks has looked at the wall: claims hand in what they know of their lines as `ToProve`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from lms.certification import queries as certification
from lms.certification.attendance import queries as attendance
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.funding.evidence import rules
from lms.funding.evidence.models import ClaimFile, ClaimFileRead, LearnerNumber
from lms.funding.evidence.needs import Needs
from lms.funding.evidence.rules import CertificateHeld, FileHeld, InvoiceFacts, LineHeld, NumberHeld
from lms.funding.evidence.vocabulary import FindingCode, NumberKind
from lms.funding.money import Pence
from lms.funding.reasons import Plain
from lms.funding.vocabulary import EvidenceKind, Part


@dataclass(frozen=True, kw_only=True)
class ToProve:
    """A line of a claim as evidence has to know it. `course` is the training's title; amounts in pence.

    `also` are kinds of evidence that whoever asks holds elsewhere, such as bank details or terms that were accepted.
    """

    line_id: UUID
    claim_id: UUID
    learner_id: UUID
    learner_name: str
    claimant_name: str
    authority_id: UUID
    training: str
    part: Part
    needs: Needs
    certificate_id: UUID | None
    course: str = ""
    started_on: date | None = None
    completed_on: date | None = None
    cost_pence: Pence | None = None
    paid_on: date | None = None
    also: frozenset[EvidenceKind] = frozenset()


@dataclass(frozen=True)
class Finding:
    """Something a payer would stumble over, in a line or in the whole claim. `blocks`: they could not pay."""

    code: FindingCode
    line_id: UUID | None
    values: Mapping[str, Plain]
    blocks: bool


@dataclass(frozen=True, kw_only=True)
class FileView:
    """A file of a claim. `line_id` None: for the whole claim. `read` is what was read off it last, if anything."""

    id: UUID
    origin_id: UUID
    claim_id: UUID
    line_id: UUID | None
    kind: EvidenceKind
    sha256: str
    came_sha256: str
    media_type: str
    size: int
    smaller: bool
    name: str
    at: datetime
    read: InvoiceFacts | None


@dataclass(frozen=True)
class Held:
    """Everything held for some lines: files by claim, certificates and what they attended, numbers by learner."""

    files: Mapping[UUID, Sequence[FileView]]
    certificates: Mapping[UUID, CertificateView]
    attended: Mapping[UUID, Sequence[attendance.Attended]]
    numbers: Mapping[UUID, Mapping[NumberKind, NumberHeld]]
    elsewhere: frozenset[str]

    def files_for(self, line: ToProve) -> list[FileView]:
        """The line's own files and those for the whole claim, the oldest first."""
        return [file for file in self.files.get(line.claim_id, ()) if file.line_id in (None, line.line_id)]

    def certificate_of(self, line: ToProve) -> CertificateView | None:
        """The certificate a line rests on, as it stands now."""
        return self.certificates.get(line.certificate_id) if line.certificate_id else None

    def attended_for(self, line: ToProve) -> list[attendance.Attended]:
        """The workshops this learner attended in this authority while the training went on."""
        return [each for each in self.attended.get(line.learner_id, ()) if _within(each, line)]

    def from_palms(self, line: ToProve, on: date) -> frozenset[EvidenceKind]:
        """The kinds of evidence that PALMS itself holds for a line on a day."""
        found = set(line.also)
        certificate = self.certificate_of(line)
        if certificate is not None and counts(certificate, on):
            found.add(EvidenceKind.CERTIFICATE)
        if self.attended_for(line):
            found.add(EvidenceKind.ATTENDANCE_RECORD)
        return frozenset(found)


def counts(certificate: CertificateView, on: date) -> bool:
    """Whether a certificate proves a training on a day. One that lapsed still does: it was learned then."""
    return certificate.standing(on) in (Standing.VALID, Standing.LAPSED, Standing.REPLACED)


def _within(each: attendance.Attended, line: ToProve) -> bool:
    ours = each.authority_id == line.authority_id
    begun = line.started_on is None or each.on >= line.started_on
    return ours and begun and (line.completed_on is None or each.on <= line.completed_on)


def held_for(db: Db, lines: Sequence[ToProve]) -> Held:
    """Everything held for lines. A constant number of queries, however many lines there are."""
    files = files_of(db, {line.claim_id for line in lines})
    certificates = certification.views(db, [line.certificate_id for line in lines if line.certificate_id])
    asked = [line for line in lines if EvidenceKind.ATTENDANCE_RECORD in line.needs.taken]
    numbered = [line for line in lines if line.needs.numbers]
    return Held(
        files=files,
        certificates={each.id: each for each in certificates},
        attended=attendance.attended_by(db, {line.learner_id for line in asked}) if asked else {},
        numbers=numbers_held(db, numbered),
        elsewhere=_elsewhere(db, [file for of_claim in files.values() for file in of_claim]),
    )


def held(db: Db, lines: Sequence[ToProve], *, on: date) -> dict[UUID, frozenset[EvidenceKind]]:
    """The kinds of evidence that are there for each line, whoever brought them, on a day."""
    return kinds_in(held_for(db, lines), lines, on=on)


def kinds_in(found: Held, lines: Sequence[ToProve], *, on: date) -> dict[UUID, frozenset[EvidenceKind]]:
    """The same, of what was read already."""
    return {line.line_id: found.from_palms(line, on) | {file.kind for file in found.files_for(line)} for line in lines}


def findings_of(db: Db, lines: Sequence[ToProve], *, on: date) -> tuple[Finding, ...]:
    """What a payer would stumble over in these lines of claims, were they sent in on a day, line by line.

    What is the same for a whole claim, such as an invoice that shows no payment, is said once and names no line.
    """
    return findings_in(held_for(db, lines), lines, on=on)


def findings_in(found: Held, lines: Sequence[ToProve], *, on: date) -> tuple[Finding, ...]:
    """The same, of what was read already."""
    costs: dict[UUID, list[Pence | None]] = {}
    for line in lines:
        costs.setdefault(line.claim_id, []).append(line.cost_pence)
    said: dict[tuple[object, ...], Finding] = {}
    for line in lines:
        looked = _line_held(found, line, costs[line.claim_id], on)
        whole = _said_of_whole(line, looked)
        for each in rules.look(looked):
            about = None if each in whole else line.line_id
            key = (line.claim_id, about, each.code, *sorted(each.values.items()))
            said.setdefault(key, Finding(each.code, about, each.values, each.blocks))
    return tuple(said.values())


def _said_of_whole(line: ToProve, looked: LineHeld) -> list[rules.Found]:
    """What would be found in the same way in every other line: it comes of files for the whole claim alone."""
    shared = [file for file in looked.files if file.whole_claim]
    if not shared or any(not file.whole_claim and file.kind is EvidenceKind.PAYMENT_PROOF for file in looked.files):
        return []
    alone = LineHeld(
        needs=line.needs, on=looked.on, learner="", claimant=looked.claimant, files=shared, lines=looked.lines,
        claim_cost=looked.claim_cost,
    )  # fmt: skip
    return [each for check in (rules.files, rules.payment, rules.agreement) for each in check(alone)]


def _line_held(found: Held, line: ToProve, costs: Sequence[Pence | None], on: date) -> LineHeld:
    certificate = found.certificate_of(line)
    known = [cost for cost in costs if cost is not None]
    return LineHeld(
        needs=line.needs,
        on=on,
        learner=line.learner_name,
        claimant=line.claimant_name,
        course=line.course,
        files=[_plain(file, found.elsewhere) for file in found.files_for(line)],
        palms=found.from_palms(line, on),
        certificate=_certificate(certificate, on) if certificate else None,
        numbers=found.numbers.get(line.learner_id, {}),
        started_on=line.started_on,
        completed_on=line.completed_on,
        cost=line.cost_pence,
        paid_on=line.paid_on,
        claim_cost=sum(known) if len(known) == len(costs) else None,
        lines=len(costs),
    )


def _certificate(view: CertificateView, on: date) -> CertificateHeld:
    return CertificateHeld(holder=view.holder_name, issued_on=view.issued_on, counts=counts(view, on))


def _plain(file: FileView, elsewhere: frozenset[str]) -> FileHeld:
    return FileHeld(
        kind=file.kind,
        digest=file.sha256,
        size=file.size,
        media_type=file.media_type,
        facts=file.read,
        whole_claim=file.line_id is None,
        elsewhere=file.came_sha256 in elsewhere,
    )


_later = aliased(ClaimFileRead)
_LATER = select(_later.turn).where(_later.file_id == ClaimFileRead.file_id, _later.turn > ClaimFileRead.turn)
_READ = (
    ClaimFileRead.payer,
    ClaimFileRead.payee,
    ClaimFileRead.course,
    ClaimFileRead.amount_pence,
    ClaimFileRead.invoiced_on,
    ClaimFileRead.paid_on.label("read_paid_on"),
    ClaimFileRead.learners,
    ClaimFileRead.paid_shown,
)
_FILES = (
    select(
        ClaimFile.id,
        ClaimFile.origin_id,
        ClaimFile.claim_id,
        ClaimFile.line_id,
        ClaimFile.kind,
        ClaimFile.sha256,
        ClaimFile.came_sha256,
        ClaimFile.media_type,
        ClaimFile.size,
        ClaimFile.smaller,
        ClaimFile.name,
        ClaimFile.at,
        *_READ,
    )
    .outerjoin(ClaimFileRead, (ClaimFileRead.file_id == ClaimFile.id) & ~_LATER.exists())
    .where(ClaimFile.out_at.is_(None))
)
_OF_CLAIMS = _FILES.where(ClaimFile.claim_id.in_(bindparam("claim_ids", expanding=True))).order_by(
    ClaimFile.at, ClaimFile.id
)
_ONE_FILE = _FILES.where(ClaimFile.id == bindparam("file_id"))


def files_of(db: Db, claim_ids: Collection[UUID]) -> dict[UUID, list[FileView]]:
    """The files that go with claims, by claim, the oldest first. One query."""
    found: dict[UUID, list[FileView]] = {}
    for row in columns(db, _OF_CLAIMS, {"claim_ids": list(claim_ids)}) if claim_ids else ():
        found.setdefault(row.claim_id, []).append(_file(row))
    return found


def file(db: Db, file_id: UUID) -> FileView:
    """One file that goes with a claim. Whoever asks looks at that claim's wall. Raises NotFound."""
    row = columns(db, _ONE_FILE, {"file_id": file_id}).one_or_none()
    if row is None:
        raise NotFound("file")
    return _file(row)


def _file(row: Any) -> FileView:
    return FileView(
        id=row.id,
        origin_id=row.origin_id,
        claim_id=row.claim_id,
        line_id=row.line_id,
        kind=row.kind,
        sha256=row.sha256,
        came_sha256=row.came_sha256,
        media_type=row.media_type,
        size=row.size,
        smaller=row.smaller,
        name=row.name,
        at=row.at,
        read=_facts(row) if row.payer is not None else None,
    )


def _facts(row: Any) -> InvoiceFacts:
    return InvoiceFacts(
        payer=row.payer,
        payee=row.payee,
        course=row.course,
        amount=row.amount_pence,
        invoiced_on=row.invoiced_on,
        paid_on=row.read_paid_on,
        learners=row.learners,
        paid_shown=row.paid_shown,
    )


_SAME = (
    select(ClaimFile.came_sha256, ClaimFile.claim_id, ClaimFile.origin_id)
    .where(ClaimFile.came_sha256.in_(bindparam("digests", expanding=True)), ClaimFile.out_at.is_(None))
    .distinct()
)


def _elsewhere(db: Db, files: Iterable[FileView]) -> frozenset[str]:
    """Digests, as they came, of files that also came with another claim: across all walls, and nothing more is told.

    A file that came along into a claim that asks anew is the same file, not another one.
    """
    ours: dict[str, set[UUID]] = {}
    origins: set[UUID] = set()
    for each in files:
        ours.setdefault(each.came_sha256, set()).add(each.claim_id)
        origins.add(each.origin_id)
    rows = columns(db, _SAME, {"digests": list(ours)}).all() if ours else []
    return frozenset(
        digest for digest, claim_id, origin in rows if ours[digest] != {claim_id} and origin not in origins
    )


_twin = aliased(LearnerNumber)
_SHARED = select(_twin.id).where(
    _twin.digest == LearnerNumber.digest,
    _twin.kind == LearnerNumber.kind,
    _twin.learner_id != LearnerNumber.learner_id,
)
_NUMBERS = select(
    LearnerNumber.learner_id, LearnerNumber.authority_id, LearnerNumber.kind, LearnerNumber.digest, _SHARED.exists()
).where(
    LearnerNumber.learner_id.in_(bindparam("learner_ids", expanding=True)),
    LearnerNumber.authority_id.in_(bindparam("authority_ids", expanding=True)),
    LearnerNumber.gone_at.is_(None),
)


def numbers_held(db: Db, lines: Sequence[ToProve]) -> dict[UUID, dict[NumberKind, NumberHeld]]:
    """Which numbers are kept of the learners of these lines, by learner; none is opened. One query."""
    if not lines:
        return {}
    values = {
        "learner_ids": list({line.learner_id for line in lines}),
        "authority_ids": list({line.authority_id for line in lines}),
    }
    found: dict[UUID, dict[NumberKind, NumberHeld]] = {}
    for learner_id, _authority, kind, digest, shared in columns(db, _NUMBERS, values):
        found.setdefault(learner_id, {})[kind] = NumberHeld(digest=digest or "", shared=bool(shared))
    return found


def digests_of(db: Db, lines: Sequence[ToProve], *, on: date) -> dict[UUID, list[dict[str, Any]]]:
    """What each line's claim relies on when it is sent in: kind, SHA-256 and bytes of every file, and certificates."""
    found = held_for(db, lines)
    return {line.line_id: [*_of_files(found, line), *_of_certificate(found, line, on)] for line in lines}


def _of_files(found: Held, line: ToProve) -> list[dict[str, Any]]:
    return [
        {"from": "upload", "kind": each.kind.value, "sha256": each.sha256, "size": each.size}
        for each in found.files_for(line)
    ]


def _of_certificate(found: Held, line: ToProve, on: date) -> list[dict[str, Any]]:
    view = found.certificate_of(line)
    if view is None or not counts(view, on):
        return []
    said = {"number": view.number, "frozen_digest": view.frozen_digest}
    return [{"from": "palms", "kind": EvidenceKind.CERTIFICATE.value, **said}]
