"""Write which lines of which editions a learner has shown, from what they have shown in the learning room."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from lms.assessment.content import Framework
from lms.assessment.knowledge import rules
from lms.assessment.knowledge.mapping import Teaching, teaching
from lms.assessment.knowledge.models import FrameworkLine, KnowledgeShown
from lms.assessment.lines.queries import frameworks_for
from lms.assessment.rules import Kind
from lms.core.db import Base, Db, add_once
from lms.core.shelves import shelf
from lms.learning import queries as learning
from lms.learning.catalogue import Courses
from lms.learning.queries import EnrolmentView
from lms.learning.shown.queries import OutcomeShown, shown_in
from lms.people import queries as people

Place = tuple[str, str, str]
"""Framework, edition and key of a line."""


def keep(db: Db, enrolment: EnrolmentView, *, outcomes: Iterable[str] | None = None) -> int:
    """Write every line that is now shown whole, in every edition that stands here; returns how many rows are new.

    Narrowed to the lines that `outcomes` teach, or all. Done twice it changes nothing. A line that is about practice,
    in the pack or as the authority corrected it, is passed over, and the database would refuse it.
    """
    shown = shown_in(db, enrolment.id)
    modules = [m for m in shelf(db, Courses).modules_of(enrolment.course, enrolment.editions) if m.ready]
    frameworks = frameworks_for(db, enrolment.authority_id).by_edition.values()
    touched = None if outcomes is None else frozenset(outcomes)
    nation = people.organisation(db, enrolment.authority_id).nation
    wanted = [
        row
        for framework in frameworks
        for row in _rows(enrolment, framework, teaching(framework, modules, nation), shown, touched)
    ]
    return _add(db, enrolment, wanted) if wanted else 0


def _rows(
    enrolment: EnrolmentView,
    framework: Framework,
    taught: Teaching,
    shown: Mapping[str, OutcomeShown],
    touched: frozenset[str] | None,
) -> Iterator[KnowledgeShown]:
    among = None if touched is None else [key for key, by in taught.outcomes.items() if touched & by.keys()]
    for key in rules.now_whole(taught.outcomes, shown, among):
        for outcome, module in sorted(taught.outcomes[key].items()):
            how = shown[outcome]
            yield KnowledgeShown(
                learner_id=enrolment.learner_id,
                authority_id=enrolment.authority_id,
                framework=framework.code,
                edition=framework.edition,
                line=key,
                outcome=outcome,
                kind=Kind.KNOWLEDGE,
                module=module,
                enrolment_id=enrolment.id,
                how=how.how,
                source_id=how.source_id,
                judged_by=how.judged_by,
                at=how.at,
            )


def _add(db: Db, enrolment: EnrolmentView, rows: list[KnowledgeShown]) -> int:
    here = (KnowledgeShown.learner_id == enrolment.learner_id, KnowledgeShown.authority_id == enrolment.authority_id)
    columns = (KnowledgeShown.framework, KnowledgeShown.edition, KnowledgeShown.line, KnowledgeShown.outcome)
    there = {tuple(row) for row in db.execute(select(*columns).where(*here))}
    new = [row for row in rows if (row.framework, row.edition, row.line, row.outcome) not in there]
    stand = _note_lines(db, enrolment.authority_id, {(row.framework, row.edition, row.line) for row in new})
    return _add_all(db, [row for row in new if (row.framework, row.edition, row.line) in stand])


def _note_lines(db: Db, authority_id: UUID, places: set[Place]) -> set[Place]:
    """Write down the lines something now hangs on, and hold them; returns those that are still about knowledge.

    Always in the same order, so that two writers do not wait in a ring. An administrator may have corrected a line in
    the very moment since it was read: what is written down for it decides, or where that is older, the framework read
    anew while the line is held.
    """
    if not places:
        return set()
    held = (
        select(FrameworkLine)
        .where(FrameworkLine.authority_id == authority_id, FrameworkLine.line.in_({key for *_, key in places}))
        .order_by(FrameworkLine.framework, FrameworkLine.edition, FrameworkLine.line)
    )
    there = {(row.framework, row.edition, row.line) for row in db.scalars(held)}
    _add_all(
        db,
        [
            FrameworkLine(authority_id=authority_id, framework=code, edition=edition, line=key, kind=Kind.KNOWLEDGE)
            for code, edition, key in sorted(places - there)
        ],
    )
    # Held so that nobody changes their kind meanwhile, and so that others may write beside us.
    now = held.with_for_update(read=True).execution_options(populate_existing=True)
    rows = {(row.framework, row.edition, row.line): row for row in db.scalars(now)}
    practice = {place for place in places if rows[place].kind is not Kind.KNOWLEDGE}
    if practice:
        latest = frameworks_for(db, authority_id).by_edition
        for code, edition, key in sorted(practice):
            if latest[code, edition].line(key).kind is Kind.KNOWLEDGE:
                rows[code, edition, key].kind = Kind.KNOWLEDGE
                practice.remove((code, edition, key))
        db.flush()
    return places - practice


def _add_all(db: Db, rows: Sequence[Base]) -> int:
    """Add rows together, or one by one when another writer was first with some; returns how many are new."""
    try:
        with db.begin_nested():
            db.add_all(rows)
            db.flush()
    except IntegrityError:
        return sum(add_once(db, row) for row in rows)
    return len(rows)


def keep_in(db: Db, enrolment_id: UUID, *, outcomes: Iterable[str] | None = None) -> int:
    """The same for an enrolment by its id. Raises NotFound."""
    return keep(db, learning.enrolment(db, enrolment_id), outcomes=outcomes)


def settle_kind(db: Db, *, authority_id: UUID, framework: str, edition: str, key: str, kind: Kind) -> None:
    """Write down of which kind a line now is for an authority, when it was written down at all or is not knowledge.

    The database refuses (IntegrityError) when somebody's knowledge hangs on the other kind; ask `hanging_on` first.
    Called with a correction, it makes a showing at the same moment wait, or be refused, but never slip in beside it.
    """
    place = {"authority_id": authority_id, "framework": framework, "edition": edition, "line": key}
    if add_once(db, FrameworkLine(**place, kind=kind)):
        return
    row = db.get_one(FrameworkLine, place, with_for_update=True, populate_existing=True)
    row.kind = kind
    db.flush()
