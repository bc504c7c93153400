"""The whole record of a learner's practice as it stands, for paper: lines, decisions, evidence, and every sign-off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.assessment import places
from lms.assessment.content import Placed
from lms.assessment.deciding import queries as deciding
from lms.assessment.deciding.queries import DecisionView, UnitStand
from lms.assessment.evidence import queries as evidence
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.signing.queries import SignOffView, sign_offs_of
from lms.core.db import Db
from lms.learning.queries import EnrolmentView


@dataclass(frozen=True)
class UnitRecord:
    """One unit on paper. `decided` are all decisions by line, the newest first; `signed` also what was withdrawn."""

    stand: UnitStand
    decided: Mapping[str, Sequence[DecisionView]]
    signed: Sequence[SignOffView]

    @property
    def placed(self) -> Placed:
        """The unit, in its framework."""
        return self.stand.placed


@dataclass(frozen=True)
class Record:
    """Units with all that was decided of them, and every piece of evidence that speaks to them, numbered."""

    units: Sequence[UnitRecord]
    evidence: Sequence[tuple[int, EvidenceView]]

    def numbers_for(self, line: str) -> str:
        """The numbers of the pieces that speak to a line: “2, 5”."""
        return ", ".join(str(number) for number, piece in self.evidence if line in piece.lines and not piece.withdrawn)

    def number_of(self, piece_id: object) -> int | None:
        """The number of a piece; None when it is not among these."""
        return next((number for number, piece in self.evidence if piece.id == piece_id), None)


def record_of(db: Db, enrolment: EnrolmentView, units: Sequence[Placed]) -> Record:
    """The record of these units of a learner. A constant number of queries."""
    every = deciding.decisions_of(db, enrolment.id)
    stands = deciding.stand_in(db, enrolment, places.units_of(db, enrolment), every)
    decided: dict[str, list[DecisionView]] = {}
    for each in every:
        decided.setdefault(each.line, []).append(each)
    signed = sign_offs_of(db, enrolment.id)
    pieces_of = evidence.evidence_of(db, enrolment.id, used=deciding.used_by(every))
    codes = [placed.unit.code for placed in units]
    pieces = [
        each
        for each in sorted(pieces_of, key=lambda each: (each.offered_at, each.id))
        if any(unit in codes for unit in each.units)
    ]
    found = [
        UnitRecord(stands[code], decided, [each for each in signed if each.unit == code])
        for code in codes
        if code in stands
    ]
    return Record(found, list(enumerate(pieces, start=1)))
