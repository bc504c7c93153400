"""What pages about one learner's practice show: each unit with its lines, pieces, decisions and sign-offs.

The learner, their assessor and the authority's staff read the same; only where links lead, and which units and pieces
somebody may see, is different.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from lms.assessment import places
from lms.assessment.content import Placed
from lms.assessment.deciding import queries
from lms.assessment.deciding.queries import DecisionView, LineStand, UnitStand
from lms.assessment.deciding.recorded import Recorded, recorded_in
from lms.assessment.deciding.rules import Stand, is_beside_the_point
from lms.assessment.evidence.queries import EvidenceView
from lms.assessment.rules import Kind, UnitState
from lms.assessment.shelf.parts import Line
from lms.assessment.signing.queries import SignOffView
from lms.core.content import Words
from lms.core.db import Db
from lms.core.words import NotFound
from lms.learning.queries import EnrolmentView

_OPEN = frozenset({Stand.NOTHING, Stand.OFFERED, Stand.NOT_YET_MET, Stand.MORE_EVIDENCE, Stand.SENT_BACK})


@dataclass(frozen=True)
class Practice:
    """Everything recorded about the units of one enrolment that somebody may see."""

    enrolment: EnrolmentView
    stands: Mapping[str, UnitStand]
    pieces: Mapping[UUID, EvidenceView]
    decisions: Sequence[DecisionView]
    sign_offs: Sequence[SignOffView]

    @cached_property
    def standards(self) -> tuple[UnitStand, ...]:
        """The units of published standards, in order."""
        return tuple(each for each in self.stands.values() if each.placed.framework.is_standards)

    @cached_property
    def by_framework(self) -> list[tuple[Words, list[UnitStand]]]:
        """The units with the title of what they belong to."""
        found: dict[str, tuple[Words, list[UnitStand]]] = {}
        for each in self.stands.values():
            framework = each.placed.framework
            found.setdefault(framework.code, (framework.title, []))[1].append(each)
        return list(found.values())

    @cached_property
    def _by_line(self) -> Mapping[str, Sequence[DecisionView]]:
        found: dict[str, list[DecisionView]] = {}
        for decision in self.decisions:
            found.setdefault(decision.line, []).append(decision)
        return {line: sorted(those, key=lambda one: one.at, reverse=True) for line, those in found.items()}

    def history(self, line: Line) -> Sequence[DecisionView]:
        """Every decision of a line, the latest first."""
        return self._by_line.get(line.key, ())

    def pieces_on(self, line: Line) -> list[EvidenceView]:
        """The pieces that speak to a line and stand, the latest first."""
        return [piece for piece in self.standing_pieces if line.key in piece.lines]

    @cached_property
    def standing_pieces(self) -> list[EvidenceView]:
        """The pieces that were not taken back, the latest first."""
        return [piece for piece in self.all_pieces if not piece.withdrawn]

    @cached_property
    def all_pieces(self) -> list[EvidenceView]:
        """Every piece, the latest first."""
        return sorted(self.pieces.values(), key=lambda piece: (piece.offered_at, piece.id), reverse=True)

    def pieces_of(self, unit: UnitStand) -> list[EvidenceView]:
        """The pieces that speak to a line of a unit, the latest first."""
        return [piece for piece in self.all_pieces if unit.placed.unit.code in piece.units]

    def undecided(self) -> list[EvidenceView]:
        """The pieces that speak to a line on which nobody has decided since they were offered, the oldest first.

        What somebody saw does not wait for the knowledge it was ticked for: it cannot show that.
        """
        waiting = [piece for piece in self.standing_pieces if any(self._waits(piece, key) for key in piece.lines)]
        return waiting[::-1]

    def _waits(self, piece: EvidenceView, key: str) -> bool:
        unit = next((unit for unit in self.stands.values() if key in unit.lines), None)
        if unit is None or unit.state is UnitState.SIGNED_OFF:
            return False
        line, judging = unit.lines[key].line, unit.placed.framework.judging
        if is_beside_the_point(line.kind, piece.kind, judging.allowed[line.kind]):
            return False
        latest = self._by_line.get(key, ())
        return unit.lines[key].stand in _OPEN and not (latest and latest[0].at >= piece.offered_at)

    def withdrawn_of(self, unit: UnitStand) -> list[SignOffView]:
        """The sign-offs of a unit that were withdrawn, the latest first."""
        code = unit.placed.unit.code
        return [each for each in self.sign_offs if each.unit == code and each.withdrawn is not None]

    def sign_off_of(self, unit: UnitStand) -> SignOffView | None:
        """The sign-off of a unit that stands."""
        code = unit.placed.unit.code
        return next((each for each in self.sign_offs if each.unit == code and each.withdrawn is None), None)

    def unit(self, code: str) -> UnitStand:
        """One of the units. Raises NotFound."""
        if code not in self.stands:
            raise NotFound("unit")
        return self.stands[code]

    def line(self, key: str) -> Line | None:
        """A line of one of the units."""
        for unit in self.stands.values():
            if key in unit.lines:
                return unit.lines[key].line
        return None

    def unit_of(self, key: str) -> UnitStand | None:
        """The unit a line stands in."""
        return next((unit for unit in self.stands.values() if key in unit.lines), None)


def practice_of(
    db: Db,
    enrolment: EnrolmentView,
    *,
    only: Collection[str] | None = None,
    of_viewer: UUID | None = None,
    history: bool = False,
    recorded: Recorded | None = None,
) -> Practice:
    """Everything recorded about an enrolment. `only`: the units somebody may see; None means all of them.

    Of pieces that speak to other units alone they see what they offered themselves (`of_viewer`). `history`: with the
    sign-offs that were withdrawn. `recorded`: by whoever read several enrolments at once.
    """
    found = recorded_in(db, [enrolment.id])[enrolment.id] if recorded is None else recorded
    units = places.units_of(db, enrolment)
    every = (
        queries.stand_in(db, enrolment, units, found.decisions, spoken=found.spoken, sign_offs=found.sign_offs)
        if units
        else {}
    )
    seen = {code: stand for code, stand in every.items() if only is None or code in only}
    pieces = {
        piece.id: piece
        for piece in found.pieces
        if only is None or seen.keys() & set(piece.units) or (of_viewer is not None and piece.by == of_viewer)
    }
    decided = [each for each in found.decisions if each.unit in seen]
    signed = found.sign_offs if history else [each.sign_off for each in seen.values() if each.sign_off]
    sign_offs = [each for each in signed if each.unit in seen]
    return Practice(enrolment, seen, pieces, decided, sign_offs)


def met_of(unit: UnitStand) -> tuple[int, int]:
    """How many lines of a unit are met, and how many there are."""
    return unit.met, len(unit.lines)


_TO_WORK_ON = frozenset({Stand.NOT_YET_MET, Stand.MORE_EVIDENCE, Stand.SENT_BACK})


@dataclass(frozen=True)
class Parted:
    """The lines of a unit: those somebody has to see at work, and those that are knowledge."""

    seen: Sequence[LineStand]
    knowledge: Sequence[LineStand]

    @property
    def shown(self) -> int:
        """How many lines of knowledge are met."""
        return sum(each.stand is Stand.MET for each in self.knowledge)

    @property
    def open(self) -> bool:
        """Whether knowledge is shown without being asked for: there is something to work on, or nothing else."""
        return not self.seen or any(each.stand in _TO_WORK_ON for each in self.knowledge)


def parted(unit: UnitStand) -> Parted:
    """The lines of a unit in two parts, each in the order of the framework."""
    every = unit.lines.values()
    return Parted(
        [each for each in every if each.line.kind is Kind.PRACTICE],
        [each for each in every if each.line.kind is not Kind.PRACTICE],
    )


def still_open(unit: UnitStand) -> tuple[list[LineStand], list[LineStand]]:
    """The lines of a unit that are not met: what has to be seen at work, and what is knowledge."""
    lacking = [each for each in unit.lines.values() if each.stand is not Stand.MET]
    seen = [each for each in lacking if each.line.kind is Kind.PRACTICE]
    return seen, [each for each in lacking if each.line.kind is not Kind.PRACTICE]


def placed_of(stands: Iterable[UnitStand]) -> list[Placed]:
    """The units themselves."""
    return [stand.placed for stand in stands]
