"""What many people earned, lean and in few queries: units signed off, lines met or shown, the knowledge of an edition.

For whoever asks what somebody learned and not how: the register's rules. Behind which wall it was earned does not
matter here. Each function costs a constant number of queries, whoever and however many the people are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment.content import Framework, Frameworks
from lms.assessment.deciding.models import Decision, Review
from lms.assessment.deciding.rules import Counts, counts
from lms.assessment.knowledge.models import KnowledgeShown
from lms.assessment.rules import Judgement
from lms.assessment.signing.models import SignOff, SignOffWithdrawal
from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.core.shelves import shelf

LineOf = tuple[str, str]
"""A line by the code of its framework and its key."""


@dataclass(frozen=True)
class UnitEarned:
    """A unit that is signed off, in one edition of a framework; `standards` says that it is one of the standards."""

    framework: str
    edition: str
    unit: str
    on: date
    standards: bool


def units_of(db: Db, learner_ids: Collection[UUID]) -> dict[UUID, list[UnitEarned]]:
    """The units of these learners whose sign-off stands, the first first. One query."""
    found: defaultdict[UUID, list[UnitEarned]] = defaultdict(list)
    standards = {each.code for each in shelf(db, Frameworks).standards()}
    for row in columns(db, _UNITS, {"ids": list(learner_ids)}):
        one = UnitEarned(row.framework, row.edition, row.unit, london_day(row.at), row.framework in standards)
        found[row.learner_id].append(one)
    return found


def lines_of(db: Db, learner_ids: Collection[UUID], lines: Collection[LineOf]) -> dict[UUID, dict[LineOf, date]]:
    """Which of these lines each learner has met or shown, and on which day first. Two queries, none for no lines.

    A line is met by the last decision on it, when that counts; what is to know is also shown by learning.
    """
    found: defaultdict[UUID, dict[LineOf, date]] = defaultdict(dict)
    if not lines:
        return found
    asked = {"ids": list(learner_ids), "lines": sorted({key for _, key in lines})}
    wanted = frozenset(lines)
    for row in columns(db, _SHOWN, asked):
        _earlier(found[row.learner_id], (row.framework, row.line), london_day(row.at), wanted)
    for row in _met(columns(db, _DECIDED, asked)):
        _earlier(found[row.learner_id], (row.framework, row.line), london_day(row.at), wanted)
    return found


def knowledge_of(db: Db, learner_ids: Collection[UUID]) -> dict[UUID, dict[str, date]]:
    """The standards of which each learner has shown all that is to know, by the framework's code, and since when.

    Two queries; the second only about those who showed as many lines as there are.
    """
    frameworks = {each.code: each for each in shelf(db, Frameworks).standards() if each.knowledge}
    least = min((len(each.knowledge) for each in frameworks.values()), default=0)
    asked = {"frameworks": list(frameworks), "least": least}
    many = columns(db, _MANY, {**asked, "ids": list(learner_ids)}).all() if frameworks else []
    if not many:
        return {}
    shown: defaultdict[tuple[UUID, str], dict[str, Any]] = defaultdict(dict)
    for row in columns(db, _WHOLE, {"ids": [row.learner_id for row in many], "frameworks": list(frameworks)}):
        shown[row.learner_id, row.framework][row.line] = row.at
    found: defaultdict[UUID, dict[str, date]] = defaultdict(dict)
    for (learner_id, code), lines in shown.items():
        since = _since(frameworks[code], lines)
        if since is not None:
            found[learner_id][code] = since
    return found


def _since(framework: Framework, shown: Mapping[str, Any]) -> date | None:
    days = [shown.get(line.key) for line in framework.knowledge]
    return None if any(day is None for day in days) else london_day(max(day for day in days if day is not None))


def _earlier(known: dict[LineOf, date], line: LineOf, on: date, wanted: Collection[LineOf]) -> None:
    if line in wanted:
        known[line] = min(on, known.get(line, on))


def _met(rows: Iterable[Any]) -> Iterable[Any]:
    """Of decisions in order, the last of each line in each enrolment, when it says met and counts."""
    last: dict[tuple[UUID, str], Any] = {}
    said: defaultdict[UUID, dict[Any, Any]] = defaultdict(dict)
    for row in rows:  # once for each review, and once without any
        last[row.enrolment_id, row.line] = row
        if row.part is not None:
            said[row.id][row.part] = row.outcome
    for row in last.values():
        how = counts(latest=True, needs_countersign=row.needs_countersign, reviews=said.get(row.id))
        if row.judgement is Judgement.MET and how is Counts.YES:
            yield row


_IDS: Any = bindparam("ids", expanding=True)
_UNITS = (
    select(SignOff.learner_id, SignOff.framework, SignOff.edition, SignOff.unit, SignOff.at)
    .outerjoin(SignOffWithdrawal, SignOffWithdrawal.sign_off_id == SignOff.id)
    .where(SignOff.learner_id.in_(_IDS), SignOffWithdrawal.sign_off_id.is_(None))
    .order_by(SignOff.at)
)
_DECIDED = (
    select(
        Decision.learner_id,
        Decision.enrolment_id,
        Decision.framework,
        Decision.line,
        Decision.id,
        Decision.judgement,
        Decision.needs_countersign,
        Decision.at,
        Review.part,
        Review.outcome,
    )
    .outerjoin(Review, Review.decision_id == Decision.id)
    .where(Decision.learner_id.in_(_IDS), Decision.line.in_(bindparam("lines", expanding=True)))
    .order_by(Decision.line, Decision.turn)
)
_FIRST = func.min(KnowledgeShown.at).label("at")
_BY_LINE = (KnowledgeShown.learner_id, KnowledgeShown.framework, KnowledgeShown.line)
_SHOWN = (
    select(*_BY_LINE, _FIRST)
    .where(KnowledgeShown.learner_id.in_(_IDS), KnowledgeShown.line.in_(bindparam("lines", expanding=True)))
    .group_by(*_BY_LINE)
)
_OF_STANDARDS = KnowledgeShown.framework.in_(bindparam("frameworks", expanding=True))
_MANY = (
    select(KnowledgeShown.learner_id)
    .where(KnowledgeShown.learner_id.in_(_IDS), _OF_STANDARDS)
    .group_by(KnowledgeShown.learner_id, KnowledgeShown.framework)
    .having(func.count(KnowledgeShown.line.distinct()) >= bindparam("least"))
)
_WHOLE = select(*_BY_LINE, _FIRST).where(KnowledgeShown.learner_id.in_(_IDS), _OF_STANDARDS).group_by(*_BY_LINE)
"""Put together once: verdicts on many people ask them, some thousand people at a time."""
