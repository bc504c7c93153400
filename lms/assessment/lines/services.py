"""Write what administrators find in the official documents: a line confirmed, or corrected. Rows are added."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from lms.assessment.content import Framework, Frameworks, Line, Looked
from lms.assessment.knowledge import keeping
from lms.assessment.knowledge import queries as knowledge
from lms.assessment.lines.events import LineConfirmed, LineCorrected
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.lines.rules import Simulated, mark_of, simulated
from lms.assessment.rules import Kind
from lms.assessment.shelf.corrections import LONGEST_TEXT, code_taken
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db, add_once
from lms.core.events import record
from lms.core.shelves import shelf
from lms.core.spelling import clean_text
from lms.core.words import N_, Refused

LONGEST_PLACE = 300
_REUSED = N_("Something was saved from this page before. Open the page anew to add something else.")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,39}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a line says by the official document, in our own words. `code` is None where none is known."""

    code: str | None
    text: Words
    kind: Kind
    simulation: Simulated


def said_of(line: Line) -> Said:
    """What a line says now."""
    return Said(code=line.code, text=line.text, kind=line.kind, simulation=simulated(line.simulation_allowed))


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it was looked up: in words, and the day of the official document where it has one."""

    looked_up_in: str
    document_on: date | None


def confirm_line(
    db: Db,
    *,
    check_id: UUID,
    authority_id: UUID,
    framework: str,
    key: str,
    place: Place,
    by: UUID,
    now: datetime,
    seen: str | None = None,
) -> None:
    """A line stands in the official document as it stands here. The same `check_id` again is one.

    Refused without saying where it was looked up, for a `check_id` under which something else was saved, and when the
    line says something else than what `by` has `seen` (rules.mark_of). Raises NotFound for a line that is not there.
    """
    held = frameworks_for(db, authority_id).framework(framework)
    said = said_of(held.line(key))
    as_written = said_of(shelf(db, Frameworks).framework(framework).line(key))
    # What was corrected before and is confirmed now has to go on saying what it says.
    looked = Looked.CONFIRMED if said == as_written else Looked.CORRECTED
    row = _row(held, key, looked, said, _place(place, now))
    row.id, row.authority_id, row.by, row.at = check_id, authority_id, by, now
    if (earlier := db.get(LineCheckRow, check_id)) is not None:
        _refuse_another(_where(earlier), _where(row))
        return
    _refuse_unseen(held.line(key), seen)
    if add_once(db, row):
        fact = LineConfirmed(about=by, **_named(row))
        record(db, fact, by=by, now=now, behalf=authority_id)


def correct_line(
    db: Db,
    *,
    check_id: UUID,
    authority_id: UUID,
    framework: str,
    key: str,
    said: Said,
    place: Place,
    by: UUID,
    now: datetime,
    seen: str | None = None,
) -> None:
    """A line says something else in the official document. It holds for this authority from now on.

    Refused when nothing is changed, for a code that is none or belongs to another line, for a text that is empty or so
    long that it may be the official one, and, with names, when evidence hangs on the kind or code that would go.
    The same `check_id` again is one correction; refused when something else was saved under it, and when the line says
    something else than what `by` has `seen`. Raises NotFound for a line that is not there.
    """
    held = frameworks_for(db, authority_id).framework(framework)
    line = held.line(key)
    cleaned = _cleaned(said, line, held)
    place = _place(place, now)
    as_written = said_of(shelf(db, Frameworks).framework(framework).line(key))
    looked = Looked.CONFIRMED if cleaned == as_written else Looked.CORRECTED
    row = _row(held, key, looked, cleaned, place)
    row.id, row.authority_id, row.by, row.at = check_id, authority_id, by, now
    if (earlier := db.get(LineCheckRow, check_id)) is not None:
        _refuse_another((*_where(earlier), *_says(earlier)), (*_where(row), *_says(row)))
        return
    _refuse_unseen(line, seen)
    before = said_of(line)
    changed = _changed(before, cleaned)
    if not changed:
        raise Refused(N_("This is what stands here already. Change something, or confirm the line instead."))
    _let_go(db, authority_id, held, line, cleaned)
    if not add_once(db, row):
        return
    if cleaned.kind is not line.kind:
        _settle(db, row)
    record(db, LineCorrected(about=by, changed=changed, **_named(row)), by=by, now=now, behalf=authority_id)


def _where(row: LineCheckRow) -> tuple[object, ...]:
    return row.authority_id, row.by, row.framework, row.edition, row.line, row.looked_up_in, row.document_on


def _says(row: LineCheckRow) -> tuple[object, ...]:
    return row.code, row.text_en, row.text_cy, row.kind, row.simulation


def _refuse_another(before: tuple[object, ...], now: tuple[object, ...]) -> None:
    """Nobody is told that something is saved when another thing was, from the same page."""
    if before != now:
        raise Refused(_REUSED)


def _refuse_unseen(line: Line, seen: str | None) -> None:
    """Nobody confirms, or writes over, what somebody else wrote after they opened the page."""
    if seen is not None and seen != mark_of(line):
        raise Refused(
            N_("This line was corrected after you opened the page. It says now: “%(text)s”. Look at it again."),
            text=line.text.en,
        )


def _cleaned(said: Said, line: Line, held: Framework) -> Said:
    english = " ".join(clean_text(said.text.en, 10_000).split())
    welsh = " ".join(clean_text(said.text.cy or "", 10_000).split()) or None
    if not english:
        raise Refused(N_("Write in your own words what the line asks."))
    if max(len(english), len(welsh or "")) > LONGEST_TEXT:
        raise Refused(
            N_("Say it in your own words, in at most %(most)s characters. The official wording may not be copied."),
            most=LONGEST_TEXT,
        )
    code = (said.code or "").strip() or None
    if not line.is_topic and code != line.code:
        raise Refused(N_("%(code)s keeps its code: people’s records name the line by it."), code=line.key)
    if code is not None and line.is_topic:
        _check_code(code, line, held)
    return Said(code=code, text=Words(en=english, cy=welsh), kind=said.kind, simulation=said.simulation)


def _check_code(code: str, line: Line, held: Framework) -> None:
    further = code.removeprefix(line.outcome)
    # What goes on with a digit is a code of another outcome: 1.10a does not belong to 1.1.
    if not _CODE.fullmatch(code) or further in {code, ""} or further[0].isdigit():
        raise Refused(
            N_("A code of this outcome begins with %(outcome)s and goes on with its letter, such as %(outcome)sa."),
            outcome=line.outcome,
        )
    if taken := code_taken(held, line.key, code):
        raise Refused(N_("%(code)s is the code of another line already: %(taken)s."), code=code, taken=taken)


def _changed(before: Said, after: Said) -> tuple[str, ...]:
    names = ("code", "text", "kind", "simulation")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _let_go(db: Db, authority_id: UUID, held: Framework, line: Line, said: Said) -> None:
    """Kind and code of a line that people hold evidence for stay: their records would say something else."""
    loses_code = line.code is not None and said.code is None
    if said.kind is line.kind and not loses_code:
        return
    hanging = knowledge.hanging_on(db, authority_id, held.code, held.edition, line.key)
    if hanging.count:
        raise Refused(
            N_("People hold evidence for this line, so its kind and code stay. How many: %(count)s. Who: %(names)s."),
            count=hanging.count,
            names=", ".join(hanging.names) + (" …" if hanging.count > len(hanging.names) else ""),
        )


def _settle(db: Db, row: LineCheckRow) -> None:
    """Write down the new kind, so that nobody shows the line as the old one at this very moment."""
    try:
        with db.begin_nested():
            keeping.settle_kind(
                db,
                authority_id=row.authority_id,
                framework=row.framework,
                edition=row.edition,
                key=row.line,
                kind=row.kind,
            )
    except IntegrityError as error:
        raise Refused(N_("Somebody has just shown this line. Look at it again.")) from error


def _place(place: Place, now: datetime) -> Place:
    looked_up_in = " ".join(clean_text(place.looked_up_in, LONGEST_PLACE).split())
    if not looked_up_in:
        raise Refused(N_("Say where you looked it up: which document, which page."))
    if place.document_on is not None and place.document_on > london_day(now):
        raise Refused(N_("The document’s day cannot be in the future."))
    return Place(looked_up_in=looked_up_in, document_on=place.document_on)


def _row(held: Framework, key: str, looked: Looked, said: Said, place: Place) -> LineCheckRow:
    return LineCheckRow(
        framework=held.code,
        edition=held.edition,
        line=key,
        looked=looked,
        code=said.code,
        text_en=said.text.en,
        text_cy=said.text.cy,
        kind=said.kind,
        simulation=said.simulation,
        looked_up_in=place.looked_up_in,
        document_on=place.document_on,
    )


def _named(row: LineCheckRow) -> dict[str, Any]:
    return {
        "check_id": row.id,
        "authority_id": row.authority_id,
        "framework": row.framework,
        "edition": row.edition,
        "line": row.line,
    }
