"""The words for subsidised places, and the moves somebody's asking may make. Plain Python."""

from enum import StrEnum

from lms.people.rules import Role


class PlaceState(StrEnum):
    """Where somebody stands with a place on one course."""

    ASKED = "asked"
    WAITING = "waiting"
    OFFERED = "offered"
    PLACE = "place"
    ATTENDED = "attended"
    MISSED = "missed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    LEFT = "left"
    REFUSED = "refused"
    CANCELLED = "cancelled"


S = PlaceState

MOVES: dict[PlaceState, frozenset[PlaceState]] = {
    S.ASKED: frozenset({S.WAITING, S.REFUSED, S.LEFT, S.CANCELLED}),
    S.WAITING: frozenset({S.OFFERED, S.ASKED, S.REFUSED, S.LEFT, S.CANCELLED}),
    S.OFFERED: frozenset({S.PLACE, S.DECLINED, S.LAPSED, S.CANCELLED}),
    S.PLACE: frozenset({S.ATTENDED, S.MISSED, S.LEFT, S.CANCELLED}),
    S.ATTENDED: frozenset({S.MISSED}),
    S.MISSED: frozenset({S.ATTENDED}),
    S.DECLINED: frozenset({S.ASKED}),
    S.LAPSED: frozenset({S.ASKED}),
    S.LEFT: frozenset({S.ASKED}),
    S.REFUSED: frozenset({S.ASKED}),
    S.CANCELLED: frozenset(),
}
"""The moves somebody's asking may make. Whatever is not here is refused."""

HOLDS = frozenset({S.OFFERED, S.PLACE, S.ATTENDED, S.MISSED})
"""Who takes up one of the places: also who was offered one and has not answered yet."""
HAS = frozenset({S.PLACE, S.ATTENDED})
"""Who has a place, or had one and was there."""
IN_LINE = frozenset({S.ASKED, S.WAITING})
AGAIN = frozenset({S.DECLINED, S.LAPSED, S.LEFT, S.REFUSED})
"""From where somebody may ask once more, at the end of the line."""


class Why(StrEnum):
    """Why a move was made, where it is not plain from the move."""

    PROOF_SEEN = "proof_seen"
    PROOF_NEEDED = "proof_needed"
    OUTSIDE_AREA = "outside_area"
    NOT_A_PA = "not_a_pa"
    HAS_PLACE = "has_place"
    CALLED_OFF = "called_off"
    TOO_LATE = "too_late"
    CORRECTED = "corrected"


class Order(StrEnum):
    """In which order those who wait are offered a place."""

    FIRST_COME = "first_come"
    NEED = "need"


class Need(StrEnum):
    """How much somebody needs the training, by what it is for. Never by anybody's health."""

    BEFORE_WORK = "before_work"
    FOR_REGISTER = "for_register"
    USEFUL = "useful"


class ProofKind(StrEnum):
    """What the team saw that shows where a PA works. Never a copy of it, never an address."""

    EMPLOYER_LETTER = "employer_letter"
    CONTRACT = "contract"
    PAYSLIP = "payslip"
    COUNCIL_RECORD = "council_record"
    KNOWN_EMPLOYER = "known_employer"


SHOWN = tuple(kind for kind in ProofKind if kind is not ProofKind.KNOWN_EMPLOYER)
"""What somebody shows; a known employer is what PALMS knows by itself."""

TEAM = (Role.COORDINATOR, Role.FUNDING_OFFICER)
