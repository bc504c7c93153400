"""What somebody decides of one line, cleaned, and checked against the evidence it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from lms.assessment.content import Line, Placed
from lms.assessment.deciding.rules import NOT_SAID, Five, Resting, Weak, weakness
from lms.assessment.deciding.sentences import WEAK, WITHDRAWN
from lms.assessment.evidence.models import Evidence, EvidenceLine, EvidenceWithdrawn
from lms.assessment.evidence.rules import EvidenceKind
from lms.assessment.rules import Judgement
from lms.assessment.texts import LONGEST_FEEDBACK, LONGEST_REASON
from lms.core.db import Db, columns
from lms.core.spelling import clean_text
from lms.core.words import NotFound, Refused

MOST_BESIDE = 50
"""Pieces that may stand beside the one a decision rests on."""


@dataclass(frozen=True)
class Deciding:
    """A decision of one line, by its key. `rests_on` is the piece a “met” stands on, `beside` others that add to it.

    `reason` is for the record; `feedback` is what the learner reads.
    """

    line: str
    judgement: Judgement
    reason: str = ""
    feedback: str = ""
    rests_on: UUID | None = None
    beside: tuple[UUID, ...] = ()
    five: Five = NOT_SAID


def cleaned(deciding: Deciding) -> Deciding:
    """The same with its texts cleaned and each piece once. Refused when a text is too long."""
    beside = tuple(dict.fromkeys(each for each in deciding.beside if each != deciding.rests_on))
    if len(beside) > MOST_BESIDE:
        raise NotFound("evidence")
    reason = clean_text(deciding.reason, LONGEST_REASON)
    return replace(deciding, reason=reason, feedback=clean_text(deciding.feedback, LONGEST_FEEDBACK), beside=beside)


@dataclass(frozen=True)
class Piece:
    """What deciding needs to know of a piece; `lines` are those it speaks to, and whether it carries each."""

    kind: EvidenceKind
    on: date
    withdrawn: bool
    lines: Mapping[str, bool]


_PIECES = (
    select(Evidence.id, Evidence.kind, Evidence.on_day, EvidenceWithdrawn.at, EvidenceLine.line, EvidenceLine.carries)
    .join(EvidenceLine, EvidenceLine.evidence_id == Evidence.id)
    .outerjoin(EvidenceWithdrawn, EvidenceWithdrawn.evidence_id == Evidence.id)
    .where(
        Evidence.enrolment_id == bindparam("enrolment_id"),
        Evidence.id.in_(bindparam("ids", expanding=True)),
    )
)


def pieces_of(db: Db, enrolment_id: UUID, decisions: Sequence[Deciding]) -> Mapping[UUID, Piece]:
    """The pieces these decisions name, of this enrolment. One query. Raises NotFound when one is another's."""
    named = {each for d in decisions for each in (*d.beside, d.rests_on) if each is not None}
    if not named:
        return {}
    rows: dict[UUID, list[Any]] = {}
    for row in columns(db, _PIECES, {"enrolment_id": enrolment_id, "ids": list(named)}):
        rows.setdefault(row.id, []).append(row)
    if rows.keys() != named:
        raise NotFound("evidence")
    return {
        id: Piece(of[0].kind, of[0].on_day, of[0].at is not None, {row.line: row.carries for row in of})
        for id, of in rows.items()
    }


def refuse_weak(deciding: Deciding, placed: Placed, line: Line, pieces: Mapping[UUID, Piece]) -> None:
    """Refuse a decision that cannot stand: unreasoned, resting on nothing, or on what it may not rest on.

    Raises NotFound for a piece that does not speak to the line it should carry.
    """
    named = [pieces[each] for each in (*deciding.beside, deciding.rests_on) if each is not None]
    if any(each.withdrawn for each in named):
        raise Refused(WITHDRAWN, code=line.called)
    resting = pieces[deciding.rests_on] if deciding.rests_on else None
    if resting is not None and line.key not in resting.lines:
        raise NotFound("evidence")
    why = weakness(
        deciding.judgement,
        line.kind,
        Resting(resting.kind, resting.lines[line.key]) if resting else None,
        allowed=placed.framework.judging.allowed[line.kind],
        may_be_simulated=line.may_be_simulated,
        five=deciding.five,
        feedback=deciding.feedback,
    )
    if why is not None:
        values = {} if why is Weak.NEEDS_FEEDBACK else {"code": line.called}
        raise Refused(WEAK[why], **values)
