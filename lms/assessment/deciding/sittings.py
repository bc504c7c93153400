"""Write decisions that were made together: all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from lms.assessment import places
from lms.assessment.closing import refuse_signed_off
from lms.assessment.competence.rules import MayDecide
from lms.assessment.content import Line, Placed
from lms.assessment.deciding.admitting import deciding_on
from lms.assessment.deciding.deciding import Deciding, cleaned, pieces_of, refuse_weak
from lms.assessment.deciding.latest import Latest, latest_of
from lms.assessment.deciding.models import Decision, DecisionDraft, DecisionEvidence, Sitting
from lms.assessment.deciding.rules import counts
from lms.assessment.deciding.sentences import OVERTAKEN, REUSED
from lms.assessment.events import CriterionJudged, DecisionsFinalised
from lms.assessment.evidence.rules import Way
from lms.assessment.rules import Judgement, Standing
from lms.assessment.standing_rows import refresh_all
from lms.core.clock import london_day
from lms.core.db import Db, columns, write_rows
from lms.core.events import record_all
from lms.core.words import Refused
from lms.learning.queries import EnrolmentView


@dataclass(frozen=True, kw_only=True)
class Sits:
    """Somebody who decides on a learner's lines: who, how they stand to the learner, when, and by which way."""

    enrolment: EnrolmentView
    standing: Standing
    by: UUID
    now: datetime
    way: Way = Way.PAGE
    language: str = "en"


def sit(
    db: Db,
    id: UUID,
    sits: Sits,
    decisions: Sequence[Deciding],
    *,
    lines: Mapping[str, tuple[Placed, Line]],
    saw: Mapping[str, UUID | None] | None = None,
) -> UUID:
    """Write decisions in a sitting of their own, whose number is `id`; the same again changes nothing.

    `lines` are those decided on, as `places.lines_of` gives them. `saw`: for lines of which somebody had a decision in
    sight, which; refused when another came since. Everything is checked before anything is written. Whoever is `sits`
    has been admitted already.
    """
    decisions = [cleaned(each) for each in decisions]
    units = {placed.unit.code: placed for placed, _ in lines.values()}
    held = places.hold_all(db, sits.enrolment, units, now=sits.now)
    earlier = db.get(Sitting, id) if columns(db, _SITTING, {"id": id}).first() else None
    if earlier is not None:
        _refuse_another_one(db, earlier, sits, decisions)
        return id
    for unit in units:
        refuse_signed_off(db, sits.enrolment.id, unit, standing=sits.standing, by=sits.by, language=sits.language)
    latest = latest_of(db, sits.enrolment.id)
    _refuse_overtaken(latest, lines, saw or {})
    pieces = pieces_of(db, sits.enrolment.id, decisions)
    today = london_day(sits.now)
    days = {each.line: pieces[each.rests_on].on if each.rests_on else today for each in decisions}
    wanted = [(lines[each.line][0], days[each.line]) for each in decisions]
    may = deciding_on(db, sits.enrolment, wanted, by=sits.by, standing=sits.standing, today=today)
    for each in decisions:
        refuse_weak(each, *lines[each.line], pieces)
    rows = []
    for each in decisions:
        placed, line = lines[each.line]
        answer, before = may[placed.unit.code, days[each.line]], latest.get(each.line)
        rows.append(_row(each, placed, line, **_made(id, sits), **_after(before), **_with(answer)))
    if not _written(db, _sitting(id, sits), rows, decisions):
        raise Refused(OVERTAKEN, code=lines[decisions[0].line][1].called)
    _forget_drafts(db, sits, lines)
    standing = {**latest, **{row.line: _now_latest(row) for row in rows}}
    refresh_all(db, sits.enrolment, sits.now, units=list(units.values()), latest=standing, rows=held.values())
    _record(db, id, sits, rows)
    return id


_SITTING = select(Sitting.id).where(Sitting.id == bindparam("id"))
"""Whether there is one: nearly always not, and an entity that is not there costs twice as much."""


def _refuse_overtaken(
    latest: Mapping[str, Latest], lines: Mapping[str, tuple[Placed, Line]], saw: Mapping[str, UUID | None]
) -> None:
    for line, seen in saw.items():
        now = latest.get(line)
        if line in lines and (now.id if now else None) != seen:
            raise Refused(OVERTAKEN, code=lines[line][1].called)


def _refuse_another_one(db: Db, earlier: Sitting, sits: Sits, decisions: Sequence[Deciding]) -> None:
    """A double tap brings the same decisions and is quiet; anything else must not be lost without a word."""
    wanted = select(Decision.line, Decision.judgement, Decision.feedback, Decision.rests_on)
    there = {tuple(row) for row in db.execute(wanted.where(Decision.sitting_id == earlier.id))}
    asked = {(each.line, each.judgement, each.feedback, each.rests_on) for each in decisions}
    if (earlier.enrolment_id, earlier.by) != (sits.enrolment.id, sits.by) or there != asked:
        raise Refused(REUSED)


def _sitting(id: UUID, sits: Sits) -> Sitting:
    return Sitting(
        id=id,
        enrolment_id=sits.enrolment.id,
        learner_id=sits.enrolment.learner_id,
        by=sits.by,
        capacity=sits.standing.capacity,
        behalf=sits.standing.behalf,
        way=sits.way,
        at=sits.now,
    )


def _row(deciding: Deciding, placed: Placed, line: Line, **given: Any) -> Decision:
    five = deciding.five
    return Decision(
        **given,
        id=uuid4(),
        unit=placed.unit.code,
        line=line.key,
        kind=line.kind,
        framework=placed.framework.code,
        edition=placed.framework.edition,
        judgement=deciding.judgement,
        reason=deciding.reason,
        feedback=deciding.feedback,
        valid=five.valid,
        authentic=five.authentic,
        reliable=five.reliable,
        current=five.current,
        sufficient=five.sufficient,
        rests_on=deciding.rests_on,
    )


def _made(sitting_id: UUID, sits: Sits) -> dict[str, Any]:
    """What all decisions of a sitting say: whose, by whom, in which capacity, when."""
    return {
        "sitting_id": sitting_id,
        "enrolment_id": sits.enrolment.id,
        "learner_id": sits.enrolment.learner_id,
        "authority_id": sits.enrolment.authority_id,
        "by": sits.by,
        "capacity": sits.standing.capacity,
        "behalf": sits.standing.behalf,
        "at": sits.now,
    }


def _after(before: Latest | None) -> dict[str, Any]:
    return {"turn": before.turn + 1, "saw": before.id} if before else {"turn": 1, "saw": None}


def _now_latest(row: Decision) -> Latest:
    """A decision just written: the last of its line, and nobody has said anything of it yet."""
    counting = counts(latest=True, needs_countersign=row.needs_countersign)
    return Latest(row.id, row.unit, row.line, row.turn, row.judgement, row.by, row.rests_on, counting)


def _with(answer: MayDecide) -> dict[str, Any]:
    return {"needs_countersign": answer.countersign, "flags": ",".join(sorted(answer.flags))}


def _written(db: Db, sitting: Sitting, rows: Sequence[Decision], decisions: Sequence[Deciding]) -> bool:
    """Add the rows together; False when another writer was first with a line by a moment. Refused for a used number."""
    try:
        with db.begin_nested():
            write_rows(db, [sitting])
            write_rows(db, rows)
    except IntegrityError as error:
        if any(key in str(error.orig) for key in _SITTING_KEY):
            raise Refused(REUSED) from None
        if "turn" not in str(error.orig):  # the name of the one constraint that two writers at once can break
            raise
        return False
    for row, deciding in zip(rows, decisions, strict=True):
        db.add_all(DecisionEvidence(decision_id=row.id, evidence_id=each) for each in deciding.beside)
    return True


_SITTING_KEY = ("UNIQUE constraint failed: lms_sitting.id", '"pk_lms_sitting"')
"""What the databases call the key of sittings."""


def _forget_drafts(db: Db, sits: Sits, lines: Mapping[str, object]) -> None:
    db.connection().execute(_FORGET, {"enrolment_id": sits.enrolment.id, "person_id": sits.by, "lines": list(lines)})


# Nothing reads these drafts again in the same unit of work, so they are not looked for among what it holds.
_FORGET = (
    delete(DecisionDraft)
    .where(
        DecisionDraft.enrolment_id == bindparam("enrolment_id"),
        DecisionDraft.by == bindparam("person_id"),
        DecisionDraft.line.in_(bindparam("lines", expanding=True)),
    )
    .execution_options(synchronize_session=False)
)


def _record(db: Db, id: UUID, sits: Sits, rows: Sequence[Decision]) -> None:
    about, enrolment_id, behalf = sits.enrolment.learner_id, sits.enrolment.id, sits.standing.behalf
    judged = [
        CriterionJudged(
            about=about,
            enrolment_id=enrolment_id,
            unit=row.unit,
            criterion=row.line,
            judgement=row.judgement,
            judgement_id=row.id,
            observation_id=row.rests_on,
            capacity=row.capacity,
        )
        for row in rows
    ]
    met = sum(row.judgement is Judgement.MET for row in rows)
    fact = DecisionsFinalised(
        about=about,
        enrolment_id=enrolment_id,
        sitting_id=id,
        units=tuple(dict.fromkeys(row.unit for row in rows)),
        met=met,
        others=len(rows) - met,
    )
    record_all(db, [*judged, fact], by=sits.by, now=sits.now, behalf=behalf)
