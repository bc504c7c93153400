"""What the pages of evidence say: lines with what is there for each, and findings as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from lms.core.i18n import day, money
from lms.core.web.texts import _, language
from lms.core.words import Say
from lms.funding.evidence.doors import Seen
from lms.funding.evidence.queries import FileView, Finding, Held, ToProve
from lms.funding.evidence.services import About
from lms.funding.evidence.shrinking import Ready, megabytes
from lms.funding.evidence.texts import KINDS, NUMBERS, PAID_SHOWN, say_finding
from lms.funding.evidence.vocabulary import FindingCode
from lms.funding.vocabulary import EvidenceKind


@dataclass(frozen=True)
class FileShown:
    """A file in words. `says` is what was read off it, empty before that; `reads`: it is one to read off."""

    file: FileView
    kind: str
    size: str
    says: str
    reads: bool


@dataclass(frozen=True)
class KindShown:
    """A kind of evidence that a line needs, whether it is there, and from where."""

    kind: EvidenceKind
    text: str
    there: bool
    of_palms: str


@dataclass(frozen=True)
class LineShown:
    """A line with its evidence in words. What is missing stands with the kinds, and not among the findings again."""

    line: ToProve
    number: int
    item: str
    kinds: Sequence[KindShown]
    instead: Sequence[str]
    files: Sequence[FileShown]
    findings: Sequence[tuple[str, bool]]
    numbers: Sequence[tuple[str, bool]]


def line_shown(held: Held, found: Seen, line: ToProve, findings: Sequence[Finding], on: date) -> LineShown:
    """One line as the page shows it."""
    place = next(n for n, each in enumerate(found.claim.lines) if each.id == line.line_id)
    palms, files = held.from_palms(line, on), held.files_for(line)
    there = palms | {file.kind for file in files}
    return LineShown(
        line=line,
        number=place + 1,
        item=found.claim.lines[place].item_title.text(language()),
        kinds=[
            KindShown(kind, _(KINDS[kind]), kind in there, _of_palms(held, line, kind) if kind in palms else "")
            for kind in dict.fromkeys((*line.needs.kinds, *(k for k in EvidenceKind if k in palms - line.also)))
        ],
        instead=[_(KINDS[kind]) for kind in line.needs.instead],
        files=files_of(held, found.about, line.line_id),
        findings=sentences([f for f in findings if f.code is not FindingCode.KIND_MISSING], line.line_id),
        numbers=[
            (_(NUMBERS[each.kind]), each.kind in held.numbers.get(line.learner_id, {})) for each in line.needs.numbers
        ],
    )


def _of_palms(held: Held, line: ToProve, kind: EvidenceKind) -> str:
    certificate = held.certificate_of(line)
    if kind is EvidenceKind.CERTIFICATE and certificate is not None:
        return _("PALMS puts in certificate %(number)s by itself.", number=certificate.number)
    return _("PALMS puts it in by itself.")


def files_of(held: Held, about: About, line_id: UUID | None) -> list[FileShown]:
    """The files of a line, or of the whole claim."""
    mine = [file for file in held.files.get(about.claim_id, ()) if file.line_id == line_id]
    return [
        FileShown(file, _(KINDS[file.kind]), megabytes(file.size), _says(file), file.kind is EvidenceKind.PAYMENT_PROOF)
        for file in mine
    ]


def _says(file: FileView) -> str:
    read = file.read
    if read is None:
        return ""
    said = _(
        "%(payer)s paid %(payee)s %(amount)s on %(day)s for “%(course)s”, %(count)s learners.",
        payer=read.payer,
        payee=read.payee,
        amount=money(read.amount),
        day=day(read.paid_on or read.invoiced_on, language()),
        course=read.course,
        count=read.learners,
    )
    return f"{said} {_(PAID_SHOWN[read.paid_shown])}."


def sentences(findings: Sequence[Finding], line_id: UUID | None) -> list[tuple[str, bool]]:
    """What was found in a line, or in the whole claim: the sentence, and whether it blocks. What blocks comes first."""
    mine = [found for found in findings if found.line_id == line_id]
    return [(say_finding(found, _, language()), found.blocks) for found in sorted(mine, key=lambda f: not f.blocks)]


def counted(findings: Sequence[Finding]) -> tuple[int, int]:
    """How many findings block, and how many only ask somebody to look."""
    blocking = sum(found.blocks for found in findings)
    return blocking, len(findings) - blocking


def choices(found: Seen) -> list[tuple[str, str]]:
    """The lines a file can be for."""
    text = _("Line %(number)s: %(name)s, %(course)s")
    return [
        (str(line.line_id), text % {"number": n, "name": line.learner_name, "course": line.course})
        for n, line in enumerate(found.about.lines, 1)
    ]


def typed(file: FileView, found: Seen) -> dict[str, Any]:
    """What stands in the form before anybody typed: what was read off before, else what PALMS knows anyway."""
    if file.read is not None:
        known = dict(vars(file.read))
        known["amount"] = f"{file.read.amount // 100}.{file.read.amount % 100:02d}"
        return {**known, "paid_shown": file.read.paid_shown.value}
    lines = [line for line in found.about.lines if file.line_id in (None, line.line_id)]
    days = {line.paid_on for line in lines if line.paid_on}
    return {
        "payer": found.claim.claimant_name,
        "learners": len(lines),
        "paid_on": days.pop() if len(days) == 1 else None,
    }


def smaller_note(ready: Ready, say: Say) -> str:
    """What is added to a note when a file had to be made smaller."""
    if not ready.smaller:
        return ""
    return " " + say("It was made smaller for the payer: %(size)s. Look whether it can still be read.") % {
        "size": megabytes(len(ready.data))
    }


def once(sent: str | None) -> UUID:
    """A form's once-only number; a new one when what came is none."""
    try:
        return UUID(sent or "")
    except ValueError:
        return uuid4()
