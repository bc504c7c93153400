"""The papers PALMS itself puts into a pack: cover sheet, record of attendance, indexes. Same contents, same bytes.

The worker makes them, without Flask: templates of this room, in the language of the pack.
"""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from lms.core import i18n
from lms.core.cells import in_cell
from lms.core.fonts import FAMILY
from lms.core.i18n import say_in
from lms.core.letters import drawable
from lms.core.pdf import printed
from lms.core.words import N_, Say
from lms.funding.evidence.contents import Contents, PackedFile, PackedLine
from lms.funding.evidence.shrinking import megabytes
from lms.funding.evidence.texts import KINDS, NUMBERS, PAID_SHOWN
from lms.funding.vocabulary import EvidenceKind, Part

PARTS = {
    Part.FULL: N_("All of it"),
    Part.BOTH: N_("Both parts"),
    Part.FIRST: N_("First part"),
    Part.SECOND: N_("Second part"),
}

_COLUMNS = (
    N_("Claim"),
    N_("Line"),
    N_("Learner"),
    N_("Training"),
    N_("Item"),
    N_("Part"),
    N_("Amount asked for"),
    N_("Kind of evidence"),
    N_("From"),
    N_("File"),
    N_("Bytes"),
    N_("SHA-256"),
    N_("What it says"),
)


def cover(contents: Contents, *, language: str, at: datetime) -> bytes:
    """The cover sheet as a tagged PDF: claim, lines, what is there for each, and what is missing."""
    title = say_in(language)(N_("Cover sheet of %(reference)s")) % {"reference": contents.head.reference}
    return _pdf("cover_pdf.html", title, language, at, contents=contents)


def attendance(contents: Contents, line: PackedLine, *, language: str, at: datetime) -> bytes:
    """What PALMS recorded of workshops a learner attended, as a tagged PDF."""
    title = say_in(language)(N_("Record of attendance"))
    return _pdf("attendance_pdf.html", title, language, at, contents=contents, line=line)


def _pdf(template: str, title: str, language: str, at: datetime, **values: Any) -> bytes:
    page = _filled(template, language, title=title, lost=False, **values)
    if drawable(page) != page:
        page = drawable(_filled(template, language, title=title, lost=True, **values))
    return printed(page, title=title, language=language, at=at)


def page(contents: Contents, made: dict[str, tuple[str, int]], *, language: str) -> bytes:
    """The index as a page that opens in any browser. `made` are path, SHA-256 and bytes of everything in the pack."""
    title = say_in(language)(N_("Index of %(reference)s")) % {"reference": contents.head.reference}
    rows = list(_rows(contents, made, say_in(language)))
    return _filled("index_page.html", language, title=title, contents=contents, rows=rows).encode()


def table(contents: Contents, made: dict[str, tuple[str, int]], *, language: str) -> bytes:
    """The index as CSV: every cell is text and nothing a formula (UTF-8, marked as such)."""
    say = say_in(language)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([in_cell(say(each)) for each in _COLUMNS])
    writer.writerows([in_cell(each) for each in row] for row in _rows(contents, made, say))
    return ("\ufeff" + out.getvalue()).encode()


def _rows(contents: Contents, made: dict[str, tuple[str, int]], say: Say) -> Iterator[list[str]]:
    """A row for each file, line by line, files for the whole claim first."""
    for file in contents.files_of(0):
        yield [*_claim(contents, None, say), *_uploaded(file, say)]
    for line in contents.lines:
        start = _claim(contents, line, say)
        if line.certificate:
            path, what = line.certificate.path, f"{line.certificate.number}, {line.certificate.issued_on.isoformat()}"
            yield [*start, say(KINDS[EvidenceKind.CERTIFICATE]), *_of_palms(path, made, say), what]
        if line.attendance:
            what = "; ".join(f"{each.title}, {each.on.isoformat()}" for each in line.workshops)
            yield [*start, say(KINDS[EvidenceKind.ATTENDANCE_RECORD]), *_of_palms(line.attendance, made, say), what]
        for file in contents.files_of(line.place):
            yield [*start, *_uploaded(file, say)]
        for kind in line.missing:
            yield [*start, say(KINDS[kind]), say(N_("missing")), "", "", "", ""]


def _claim(contents: Contents, line: PackedLine | None, say: Say) -> list[str]:
    reference = contents.head.reference
    if line is None:
        return [reference, "", say(N_("Whole claim")), "", "", "", ""]
    part, amount = say(PARTS[line.part]), i18n.money(line.amount)
    return [reference, str(line.place), line.learner, line.course, line.item, part, amount]


def _uploaded(file: PackedFile, say: Say) -> list[str]:
    return [say(KINDS[file.kind]), say(N_("handed in")), file.path, str(file.size), file.sha256, _said(file, say)]


def _of_palms(path: str, made: dict[str, tuple[str, int]], say: Say) -> list[str]:
    digest, size = made.get(path, ("", 0))
    if not digest:
        return [say(N_("PALMS: the file could not be made")), "", "", ""]
    return [say(N_("PALMS")), path, str(size), digest]


def _said(file: PackedFile, say: Say) -> str:
    read = file.read
    if read is None:
        return ""
    text = N_("%(payer)s paid %(payee)s %(amount)s for %(course)s, %(count)s learners, invoice of %(day)s. %(how)s.")
    return say(text) % {
        "payer": read.payer,
        "payee": read.payee,
        "amount": i18n.money(read.amount),
        "course": read.course,
        "count": read.learners,
        "day": read.invoiced_on.isoformat(),
        "how": say(PAID_SHOWN[read.paid_shown]),
    }


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("lms.funding", "templates/lms/funding/evidence"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def _filled(template: str, language: str, **values: Any) -> str:
    say = say_in(language)

    def said(message: str, **inside: object) -> str:
        text = say(message)
        return text % inside if inside else text

    return (
        _templates()
        .get_template(template)
        .render(
            _=said,
            language=language,
            family=FAMILY,
            day=lambda on: i18n.day(on, language) if on else "–",
            money=i18n.money,
            megabytes=megabytes,
            kinds=KINDS,
            numbers=NUMBERS,
            paid_shown=PAID_SHOWN,
            parts=PARTS,
            **values,
        )
    )
