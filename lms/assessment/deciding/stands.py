"""Where the lines of units stand, lean: for what is written, where pages read `deciding.queries`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.assessment.content import Frameworks, Line, Placed
from lms.assessment.deciding.latest import Latest, latest_of
from lms.assessment.deciding.models import Decision
from lms.assessment.deciding.rules import Counts, Stand, is_beside_the_point, stand
from lms.assessment.evidence.models import Evidence, EvidenceLine, EvidenceWithdrawn
from lms.assessment.knowledge.queries import shown_lines
from lms.assessment.rules import Judgement, Kind
from lms.core.db import Db, columns
from lms.core.shelves import shelf
from lms.learning.queries import EnrolmentView

_OFFERED = (
    select(EvidenceLine.line)
    .distinct()
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == EvidenceLine.evidence_id)
    .where(EvidenceLine.enrolment_id == bindparam("enrolment_id"), EvidenceWithdrawn.at.is_(None))
)


def offered_lines(db: Db, enrolment_id: UUID) -> frozenset[str]:
    """The lines of an enrolment that evidence speaks to. One query."""
    return frozenset(row[0] for row in columns(db, _OFFERED, {"enrolment_id": enrolment_id}))


_DECIDED = select(Decision.id).where(
    Decision.enrolment_id == EvidenceLine.enrolment_id,
    Decision.line == EvidenceLine.line,
    Decision.at >= EvidenceLine.said_at,
)
_UNDECIDED = (
    select(
        EvidenceLine.unit,
        EvidenceLine.line,
        Evidence.kind,
        Evidence.framework,
        Evidence.edition,
        func.min(EvidenceLine.said_at).label("since"),
    )
    .join(Evidence, Evidence.id == EvidenceLine.evidence_id)
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == EvidenceLine.evidence_id)
    .where(EvidenceLine.enrolment_id == bindparam("enrolment_id"), EvidenceWithdrawn.at.is_(None), ~_DECIDED.exists())
    .group_by(EvidenceLine.unit, EvidenceLine.line, Evidence.kind, Evidence.framework, Evidence.edition)
)


def undecided_of(db: Db, enrolment_id: UUID) -> dict[str, tuple[int, datetime]]:
    """How many lines of each unit have evidence that nobody decided on since, and since when. One query.

    What somebody saw does not wait for the knowledge it was ticked for: it cannot show that.
    """
    frameworks = shelf(db, Frameworks).by_edition
    found: dict[str, dict[str, datetime]] = {}
    for row in columns(db, _UNDECIDED, {"enrolment_id": enrolment_id}):
        framework = frameworks.get((row.framework, row.edition))
        line = framework.lines.get(row.line) if framework else None
        if framework and line and is_beside_the_point(line.kind, row.kind, framework.judging.allowed[line.kind]):
            continue
        since = found.setdefault(row.unit, {})
        since[row.line] = min(row.since, since.get(row.line, row.since))
    return {unit: (len(since), min(since.values())) for unit, since in found.items()}


def knowledge_of(
    db: Db, enrolment: EnrolmentView, units: Sequence[Placed], decided: Collection[str]
) -> Mapping[tuple[str, str], frozenset[str]]:
    """The knowledge lines shown whole behind this wall, by framework and edition. One query for each edition asked.

    Editions whose knowledge lines are all decided are not asked: a decision goes first.
    """
    asked = {
        (placed.framework.code, placed.framework.edition)
        for placed in units
        if any(line.key not in decided for line in placed.unit.knowledge)
    }
    return {
        (code, edition): shown_lines(db, enrolment.learner_id, code, edition, authority_id=enrolment.authority_id)
        for code, edition in sorted(asked)
    }


class Decided(Protocol):
    """What of a decision says where its line stands."""

    @property
    def judgement(self) -> Judgement:
        """What was judged."""

    @property
    def counts(self) -> Counts:
        """Whether it counts."""


def line_stand(
    line: Line, latest: Decided | None, *, shown: Collection[str] = (), offered: Collection[str] = ()
) -> Stand:
    """Where one line stands, of what was read."""
    return stand(
        line.kind,
        (latest.judgement, latest.counts) if latest else None,
        knowledge_shown=line.kind is Kind.KNOWLEDGE and line.key in shown,
        evidence=line.key in offered,
    )


def stands_of(
    db: Db, enrolment: EnrolmentView, units: Sequence[Placed], latest: Mapping[str, Latest] | None = None
) -> tuple[Mapping[str, Mapping[str, Stand]], Mapping[str, Latest]]:
    """Where each line of these units stands, by unit and key, and the last decisions. At most three queries.

    `latest`: those decisions, by whoever has just written the last of them.
    """
    latest = latest_of(db, enrolment.id) if latest is None else latest
    offered = offered_lines(db, enrolment.id)
    shown = knowledge_of(db, enrolment, units, latest)
    found = {
        placed.unit.code: {
            line.key: line_stand(
                line,
                latest.get(line.key),
                shown=shown.get((placed.framework.code, placed.framework.edition), ()),
                offered=offered,
            )
            for line in placed.unit.lines
        }
        for placed in units
    }
    return found, latest
