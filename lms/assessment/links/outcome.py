"""What becomes of answers: evidence, and for a known person who may decide, decisions and a sign-off.

Each step may be refused by the rules of its own room, for what happened while somebody was answering. Then what they
said is kept with the reason, and they are thanked all the same: they did what they were asked.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from lms.assessment.competence import ties
from lms.assessment.competence.rules import Relation
from lms.assessment.deciding import queries as deciding_queries
from lms.assessment.deciding import services as deciding
from lms.assessment.deciding.rules import ALL_FIVE
from lms.assessment.deciding.services import Deciding
from lms.assessment.evidence import services as evidence
from lms.assessment.evidence.rules import EvidenceKind, Way
from lms.assessment.evidence.services import Offer
from lms.assessment.links import rules
from lms.assessment.links.rules import Close, Kind, Met, Real, Sign
from lms.assessment.rules import Judgement, Standing
from lms.assessment.signing import services as signing
from lms.assessment.signing.rules import Declaration, How
from lms.core.db import Db
from lms.core.i18n import say_in
from lms.core.words import N_, NotFound, Refused
from lms.learning.queries import EnrolmentView

if TYPE_CHECKING:
    from datetime import datetime

    from lms.assessment.links.answering import Sheet

NOT_REAL = {
    Real.SHOWN: N_("They said that it was practised or shown, and not real work."),
    Real.UNSURE: N_("They were not sure whether it was real work."),
}
"""What is added to the words of somebody who saw no real work; message ids."""
REASON = N_("They saw it at work, and said so by a one-time link.")
_TIES = {Close.NO: Relation.NONE, Close.RELATED: Relation.RELATIVE, Close.SAME_HOME: Relation.SAME_HOME}


@dataclass(frozen=True)
class Came:
    """What came of an answer: the piece of evidence, if any, and why something was kept out, as a message id."""

    evidence_id: UUID | None = None
    kept_out: str = ""


def settle(db: Db, sheet: "Sheet", *, now: "datetime", language: str) -> Came:
    """Turn what somebody said into evidence, and decisions where they may decide. Refuses nothing itself."""
    codes = sheet.codes
    seen = rules.seen_lines(sheet.link.lines, codes)
    if not seen:
        return Came()
    _tell_tie(db, sheet, now)
    evidence_id = uuid5(sheet.link.id, "evidence")
    decides = sheet.standing if rules.may_be_decided(codes, decides=sheet.standing is not None) else None
    why = _tried(db, lambda: _offer(db, sheet, evidence_id, seen, decides=decides, now=now, language=language))
    if why is not None:
        return Came(None, why)
    if decides is None:
        return Came(evidence_id)
    why = _tried(db, lambda: _decide(db, sheet, evidence_id, decides, now=now, language=language))
    if why is None and codes.get(Kind.SIGN) == Sign.YES:
        why = _tried(db, lambda: _sign(db, sheet, decides, now=now, language=language))
    return Came(evidence_id, why or "")


def _tried(db: Db, step: Callable[[], None]) -> str | None:
    """Do a step in a savepoint; the reason when its room refuses, and then nothing of it is written."""
    try:
        with db.begin_nested():
            step()
    except Refused as refusal:
        return str(refusal)[:300]
    except NotFound:
        return N_("This is not asked of them any more.")
    return None


def _tell_tie(db: Db, sheet: "Sheet", now: "datetime") -> None:
    """How a known person is tied to the learner goes on record, where they said it; a witness's stands in the proof."""
    relation = _TIES.get(Close(sheet.codes.get(Kind.CLOSE, Close.NOT_SAID)))
    person = sheet.link.person_id
    if person is None or relation is None:
        return
    _tried(
        db,
        lambda: ties.declare(
            db,
            id=uuid5(sheet.link.id, "tie"),
            person_id=person,
            learner_id=sheet.link.learner_id,
            relation=relation,
            by=person,
            now=now,
        ),
    )


def _offer(
    db: Db,
    sheet: "Sheet",
    id: UUID,
    seen: tuple[str, ...],
    *,
    decides: Standing | None,
    now: "datetime",
    language: str,
) -> None:
    link, codes = sheet.link, sheet.codes
    real = Real(codes[Kind.REAL])
    # A decision may rest on an observation alone, so only who could decide makes one; all others are witnesses.
    kind = EvidenceKind.DIRECT_OBSERVATION if decides is not None else EvidenceKind.WITNESS_TESTIMONY
    said = [codes[Kind.WHAT], say_in(language)(NOT_REAL[real]) if real in NOT_REAL else ""]
    evidence.offer_evidence(
        db,
        id=id,
        enrolment_id=link.enrolment_id,
        offer=Offer(kind=kind, on=sheet.day, text="\n\n".join(filter(None, said)), lines=seen),
        by=link.person_id,
        part=link.part,
        behalf=link.household_id,
        named=_named(sheet),
        now=now,
        way=Way.LINK,
        source_id=link.id,
    )


def _named(sheet: "Sheet") -> str:
    relation = f" ({sheet.link.relation})" if sheet.link.relation else ""
    return f"{sheet.link.name}{relation}"[:160]


def _decide(db: Db, sheet: "Sheet", evidence_id: UUID, standing: Standing, *, now: "datetime", language: str) -> None:
    decisions = []
    for question in sheet.asked:
        if question.kind is not Kind.MET or question.line is None:
            continue
        met = Met(sheet.codes[question.code])
        if met is Met.UNSURE:
            continue
        decisions.append(
            Deciding(
                line=question.line,
                judgement=Judgement.MET if met is Met.YES else Judgement.NOT_YET_MET,
                reason=say_in(language)(REASON),
                feedback=sheet.codes.get(f"{Kind.NEXT}-{question.number}", ""),
                rests_on=evidence_id,
                five=ALL_FIVE,
            )
        )
    if decisions:
        assert sheet.link.person_id is not None  # only a known person has a standing
        deciding.decide(
            db,
            id=uuid5(sheet.link.id, "decisions"),
            enrolment_id=sheet.link.enrolment_id,
            decisions=decisions,
            by=sheet.link.person_id,
            now=now,
            among={standing.capacity},
            language=language,
            way=Way.LINK,
        )


def _sign(db: Db, sheet: "Sheet", standing: Standing, *, now: "datetime", language: str) -> None:
    assert sheet.link.person_id is not None
    signing.sign_off(
        db,
        id=uuid5(sheet.link.id, "sign-off"),
        enrolment_id=sheet.link.enrolment_id,
        unit=sheet.link.unit,
        declaration=Declaration(name=sheet.link.name, role=str(standing.capacity), how=How.TYPED),
        by=sheet.link.person_id,
        now=now,
        among={standing.capacity},
        language=language,
    )


def would_be_complete(db: Db, enrolment: EnrolmentView, unit: str, lines: Collection[str]) -> bool:
    """Whether a unit would be complete once all these lines are met."""
    stand = deciding_queries.stand_of(db, enrolment).get(unit)
    return stand is not None and stand.sign_off is None and set(stand.missing) <= set(lines)
