"""What goes into a pack: everything about a claim that its payer reads, by name and by digest, as it stood. Plain.

It is put together once, kept with the pack as data, and read back by the worker; so the same pack can be made again.
Learners' numbers are not in it: it says which there are, and whoever works on the claim types them in for the payer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from lms.core.uploads import ENDINGS
from lms.funding.evidence.queries import FileView, Finding, Held, ToProve, counts
from lms.funding.evidence.vocabulary import NumberKind, PaidShown
from lms.funding.money import Pence
from lms.funding.vocabulary import EvidenceKind, Part

FORMAT = 1

_NAMES = {kind: kind.value.replace("_", "-") for kind in EvidenceKind}
"""How files of a kind are called in a pack: plain letters, and nobody's name."""

_ORDER = {kind: place for place, kind in enumerate(EvidenceKind)}


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the cover sheet says of the claim. `submission` is its number, None for a pack of a draft."""

    reference: str
    application: bool
    scheme: str
    scheme_edition: str
    scheme_title: str
    administrator: str
    claimant: str
    authority: str
    submission: int | None
    day: date
    total: Pence
    cost_known: bool = True


@dataclass(frozen=True, kw_only=True)
class PackedFile:
    """A file in a pack. `place` is the line's number, 0 for the whole claim; `read` what was read off it, in words."""

    place: int
    kind: EvidenceKind
    path: str
    sha256: str
    size: int
    media_type: str
    smaller: bool
    read: "PackedRead | None" = None


@dataclass(frozen=True, kw_only=True)
class PackedRead:
    """What an invoice says."""

    payer: str
    payee: str
    course: str
    amount: Pence
    invoiced_on: date
    paid_on: date | None
    learners: int
    paid_shown: PaidShown


@dataclass(frozen=True, kw_only=True)
class PackedCertificate:
    """A certificate in a pack; its file is the one PALMS issued."""

    id: UUID
    number: str
    holder: str
    issued_on: date
    path: str


@dataclass(frozen=True, kw_only=True)
class PackedWorkshop:
    """A workshop or course the learner attended, as recorded in PALMS; `minutes` 0 where nobody wrote them down."""

    title: str
    on: date
    minutes: int
    led_by: str


@dataclass(frozen=True, kw_only=True)
class PackedLine:
    """A line in a pack. `attendance` is the path of the record of attendance, empty where there is none."""

    place: int
    line_id: UUID
    learner: str
    training: str
    course: str
    item: str
    part: Part
    amount: Pence
    cost: Pence | None
    started_on: date | None
    completed_on: date | None
    paid_on: date | None
    certificate: PackedCertificate | None
    workshops: tuple[PackedWorkshop, ...]
    attendance: str
    numbers: tuple[NumberKind, ...]
    missing: tuple[EvidenceKind, ...]


@dataclass(frozen=True, kw_only=True)
class Contents:
    """A whole pack."""

    head: Head
    lines: tuple[PackedLine, ...]
    files: tuple[PackedFile, ...]
    findings: int
    format: int = FORMAT

    def as_data(self) -> dict[str, Any]:
        """The contents as JSON can carry them."""
        data: dict[str, Any] = _PLAIN.dump_python(self, mode="json")
        return data

    def files_of(self, place: int) -> list[PackedFile]:
        """The uploaded files of a line, or with 0 those for the whole claim."""
        return [each for each in self.files if each.place == place]


_PLAIN = TypeAdapter(Contents)


def contents_from(data: Mapping[str, Any]) -> Contents:
    """Contents read back from `Contents.as_data`."""
    return _PLAIN.validate_python(data)


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """What a pack says of a line beside what proves it. `item` is its title, `amount` pence asked for."""

    item: str
    amount: Pence


def put_together(
    head: Head, lines: Sequence[ToProve], said: Mapping[UUID, LineSaid], held: Held, findings: Sequence[Finding]
) -> Contents:
    """The contents of a pack of these lines, in their order, of what is held for them."""
    files = [*_files(held, lines, None, 0)]
    packed = []
    for place, line in enumerate(lines, 1):
        files += _files(held, [line], line.line_id, place)
        packed.append(_line(held, line, said[line.line_id], place, head.day))
    return Contents(head=head, lines=tuple(packed), files=tuple(files), findings=len(findings))


def folder(place: int) -> str:
    """Where a line's files lie in a pack."""
    return f"line-{place:03d}" if place else "whole-claim"


def _files(held: Held, lines: Sequence[ToProve], line_id: UUID | None, place: int) -> list[PackedFile]:
    claim_ids = dict.fromkeys(line.claim_id for line in lines)
    mine = [each for claim_id in claim_ids for each in held.files.get(claim_id, ()) if each.line_id == line_id]
    mine.sort(key=lambda each: (_ORDER[each.kind], each.at, each.sha256))
    numbered: dict[EvidenceKind, int] = {}
    return [_file(each, place, numbered) for each in mine]


def _file(file: FileView, place: int, numbered: dict[EvidenceKind, int]) -> PackedFile:
    number = numbered[file.kind] = numbered.get(file.kind, 0) + 1
    return PackedFile(
        place=place,
        kind=file.kind,
        path=f"{folder(place)}/{_NAMES[file.kind]}-{number}.{ENDINGS[file.media_type]}",
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type,
        smaller=file.smaller,
        read=PackedRead(**vars(file.read)) if file.read else None,
    )


def _line(held: Held, line: ToProve, said: LineSaid, place: int, on: date) -> PackedLine:
    workshops = tuple(
        PackedWorkshop(title=each.title, on=each.on, minutes=each.minutes, led_by=each.led_by)
        for each in held.attended_for(line)
    )
    if not workshops and EvidenceKind.ATTENDANCE_RECORD in line.also and line.completed_on:
        workshops = (PackedWorkshop(title=said.item, on=line.completed_on, minutes=0, led_by=""),)
    there = held.from_palms(line, on) | {each.kind for each in held.files_for(line)}
    return PackedLine(
        place=place,
        line_id=line.line_id,
        learner=line.learner_name,
        training=line.training,
        course=line.course or line.training,
        item=said.item,
        part=line.part,
        amount=said.amount,
        cost=line.cost_pence,
        started_on=line.started_on,
        completed_on=line.completed_on,
        paid_on=line.paid_on,
        certificate=_certificate(held, line, place, on),
        workshops=workshops,
        attendance=f"{folder(place)}/record-of-attendance.pdf" if workshops else "",
        numbers=tuple(kind for kind in NumberKind if kind in held.numbers.get(line.learner_id, {})),
        missing=line.needs.missing(there),
    )


def _certificate(held: Held, line: ToProve, place: int, on: date) -> PackedCertificate | None:
    view = held.certificate_of(line)
    if view is None or not counts(view, on):
        return None
    return PackedCertificate(
        id=view.id,
        number=view.number,
        holder=view.holder_name,
        issued_on=view.issued_on,
        path=f"{folder(place)}/certificate-{view.number.lower()}.pdf",
    )
