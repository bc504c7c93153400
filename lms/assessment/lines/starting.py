"""Before anything is served: the frameworks that are loaded still have every line that people hold evidence for.

Records name lines by key and stand on their kind. When somebody takes away a pack, or puts one in that lacks a line or
made practice of it, the records would point at nothing; so the house does not open, and says what is missing. Lines
are written down per authority when something first hangs on them, so this is quick however many people there are.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import inspect

from lms.assessment.content import Frameworks
from lms.assessment.deciding.models import Decision
from lms.assessment.evidence.models import Evidence
from lms.assessment.knowledge import queries as knowledge
from lms.assessment.knowledge.models import FrameworkLine
from lms.assessment.lines.models import LineCheckRow
from lms.assessment.lines.queries import frameworks_for
from lms.core.content import ContentWrong, Problem
from lms.core.db import Database, Db
from lms.core.doctor import Finding, Level
from lms.core.house import House
from lms.core.shelves import builtin, shelf

ABOUT = "lines"


def check_lines_are_held(database: Database) -> None:
    """Raise ContentWrong with every line that people hold evidence for and that is gone, or of another kind.

    A database without the tables, new or of an earlier version, has nothing that could hang.
    """
    tables = set(inspect(database.engine).get_table_names())
    if not {table.__tablename__ for table in (FrameworkLine, LineCheckRow, Evidence, Decision)} <= tables:
        return
    with database.reading() as db:
        wrong = sorted(_wrong(db))
    if wrong:
        raise ContentWrong(wrong)


def _wrong(db: Db) -> Iterator[Problem]:
    """What is the matter with lines that are written down, one for each line, however many authorities hold it."""
    told: set[tuple[str, str, str]] = set()
    held: dict[UUID, Frameworks] = {}
    for row in db.query(FrameworkLine).order_by(FrameworkLine.framework, FrameworkLine.edition, FrameworkLine.line):
        place = (row.framework, row.edition, row.line)
        if row.authority_id not in held:
            held[row.authority_id] = frameworks_for(db, row.authority_id)
        frameworks = held[row.authority_id]
        framework = frameworks.by_edition.get(place[:2])
        line = framework.lines.get(row.line) if framework else None
        if place in told or (line is not None and line.kind is row.kind):
            continue
        hanging = knowledge.hanging_on(db, None, *place)
        if hanging.count:
            told.add(place)
            yield _problem(frameworks, place, hanging.count, f"is {row.kind} in records" if line else "")


def _problem(frameworks: Frameworks, place: tuple[str, str, str], count: int, moved: str) -> Problem:
    framework, edition, key = place
    where = frameworks.places.get((framework, edition), {})
    path, number = where.get(key) or where.get(framework) or (Path(builtin("assessments")), 0)
    what = f"{key} of {framework} {edition}"
    said = f"{what} {moved} and of another kind here" if moved else f"{what} is not loaded any more"
    return Problem(
        path, number, f"{said}, but evidence of {_people(count)} hangs on it. Bring the line back as it was."
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def look(db: Db, _house: House, _now: datetime) -> Iterator[Finding]:
    """For `lms doctor`: every line that evidence hangs on, what was seen at work included, is still there."""
    frameworks = shelf(db, Frameworks)
    gone = [
        (framework, edition, key)
        for framework, edition, key in knowledge.lines_held(db)
        if (framework, edition) not in frameworks.by_edition
        or key not in frameworks.by_edition[framework, edition].lines
    ]
    wrong = [str(problem) for problem in sorted(_wrong(db))]
    for place in sorted(gone):
        named = "{2} of {0} {1}".format(*place)
        if not any(named in sentence for sentence in wrong):
            count = knowledge.hanging_on(db, None, *place).count
            wrong.append(f"{named} is not loaded any more, but evidence of {_people(count)} hangs on it.")
    for sentence in wrong:
        yield Finding(Level.WRONG, ABOUT, sentence)
    if not wrong:
        yield Finding(Level.WELL, ABOUT, "Every line of a framework that evidence hangs on is loaded.")
