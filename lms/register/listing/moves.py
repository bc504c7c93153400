"""The moves a listing can make, as data: from where, to where, by whom, and what has to be so. Plain Python.

Every transition of the reference file stands here under the same names. The rest is ours, each with its reason:
a PA may leave from anywhere but a suspension; a concern is looked into whether a PA paused or lapsed meanwhile; a
disclosure that is talked about takes a listed PA back to checking, as the rules of disclosures say; a review, and the
undoing of a link between two records of one person, bring back what was ended.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from lms.register.kinds import ListingState
from lms.register.rules import Because, Verdict

State = ListingState


class Actor(StrEnum):
    """In which part somebody moves a listing. A manager may do what an officer may. Nobody is the system."""

    PA = "pa"
    OFFICER = "register_officer"
    MANAGER = "register_manager"
    SYSTEM = "system"


class Act(StrEnum):
    """What is done with a move, in one word, so that two moves between the same states stay two things."""

    START = "start"
    SEND = "send"
    TAKE_UP = "take_up"
    SHOW = "show"
    LIST = "list"
    REFUSE = "refuse"
    PAUSE = "pause"
    GO_ON = "go_on"
    LEAVE = "leave"
    SUSPEND = "suspend"
    LIFT = "lift"
    REMOVE = "remove"
    LAPSE = "lapse"
    COME_BACK = "come_back"
    TALK_FIRST = "talk_first"
    OPEN_AGAIN = "open_again"
    LINK = "link"
    UNLINK = "unlink"


class Need(StrEnum):
    """What has to be so before a move is made."""

    NOTHING = "nothing"
    ALL_MET = "all_requirements_met"
    ENOUGH_TO_BEGIN = "provisional_requirements_met"
    RAN_OUT = "requirement_expired_after_grace"
    NO_LONGER_ENOUGH = "provisional_period_over"
    TALKED_ABOUT = "disclosure_is_talked_about"
    REASON = "recorded_reason"
    DECISION = "recorded_decision"


@dataclass(frozen=True)
class Move:
    """One allowed move. `was` None: there was no listing yet."""

    was: State | None
    to: State
    act: Act
    by: frozenset[Actor]
    needs: Need = Need.NOTHING


_PA, _OFFICER, _MANAGER, _SYSTEM = (frozenset({a}) for a in (Actor.PA, Actor.OFFICER, Actor.MANAGER, Actor.SYSTEM))
_TEAM_OR_SYSTEM = _OFFICER | _SYSTEM

_REFERENCE = (
    Move(State.DRAFT, State.SUBMITTED, Act.SEND, _PA),
    Move(State.SUBMITTED, State.CHECKING, Act.TAKE_UP, _OFFICER),
    Move(State.CHECKING, State.PROVISIONAL, Act.SHOW, _OFFICER, Need.ENOUGH_TO_BEGIN),
    Move(State.CHECKING, State.LISTED, Act.LIST, _OFFICER, Need.ALL_MET),
    Move(State.PROVISIONAL, State.LISTED, Act.LIST, _TEAM_OR_SYSTEM, Need.ALL_MET),
    Move(State.CHECKING, State.REFUSED, Act.REFUSE, _OFFICER, Need.REASON),
    Move(State.LISTED, State.PAUSED, Act.PAUSE, _PA),
    Move(State.PROVISIONAL, State.PAUSED, Act.PAUSE, _PA),
    Move(State.PAUSED, State.LISTED, Act.GO_ON, _PA, Need.ALL_MET),
    Move(State.LISTED, State.LAPSED, Act.LAPSE, _SYSTEM, Need.RAN_OUT),
    Move(State.PROVISIONAL, State.LAPSED, Act.LAPSE, _SYSTEM, Need.NO_LONGER_ENOUGH),
    Move(State.LAPSED, State.LISTED, Act.COME_BACK, _TEAM_OR_SYSTEM, Need.ALL_MET),
    Move(State.LISTED, State.SUSPENDED, Act.SUSPEND, _OFFICER, Need.REASON),
    Move(State.PROVISIONAL, State.SUSPENDED, Act.SUSPEND, _OFFICER, Need.REASON),
    Move(State.SUSPENDED, State.LISTED, Act.LIFT, _MANAGER, Need.DECISION),
    Move(State.SUSPENDED, State.REMOVED, Act.REMOVE, _MANAGER, Need.DECISION),
    Move(State.LISTED, State.REMOVED, Act.LEAVE, _PA),
    Move(State.LISTED, State.REMOVED, Act.REMOVE, _MANAGER | _SYSTEM, Need.REASON),
)
"""The transitions of the reference file (one of them, from listed to removed, is two acts here)."""

_HIDDEN = (State.PAUSED, State.LAPSED)
_CAN_LEAVE = (State.DRAFT, State.SUBMITTED, State.CHECKING, State.PROVISIONAL, *_HIDDEN)
_ENDED = (State.REMOVED, State.REFUSED)
_OPEN = tuple(state for state in State if state not in _ENDED)

_OURS = (
    Move(None, State.DRAFT, Act.START, _PA),
    *(Move(was, State.DRAFT, Act.START, _PA) for was in _ENDED),
    *(Move(was, State.REMOVED, Act.LEAVE, _PA | _SYSTEM) for was in _CAN_LEAVE),
    Move(State.LISTED, State.REMOVED, Act.LEAVE, _SYSTEM),
    Move(State.PAUSED, State.PROVISIONAL, Act.GO_ON, _PA, Need.ENOUGH_TO_BEGIN),
    *(Move(was, State.SUSPENDED, Act.SUSPEND, _OFFICER, Need.REASON) for was in _HIDDEN),
    *(Move(State.SUSPENDED, to, Act.LIFT, _MANAGER, Need.DECISION) for to in (State.PROVISIONAL, *_HIDDEN)),
    *(
        Move(was, State.REMOVED, Act.REMOVE, _MANAGER | _SYSTEM, Need.REASON)
        for was in (State.CHECKING, State.PROVISIONAL, *_HIDDEN)
    ),
    Move(State.SUSPENDED, State.REMOVED, Act.REMOVE, _SYSTEM, Need.REASON),
    *(
        Move(was, State.CHECKING, Act.TALK_FIRST, _TEAM_OR_SYSTEM, Need.TALKED_ABOUT)
        for was in (State.LISTED, State.PROVISIONAL, State.LAPSED)
    ),
    *(Move(was, State.CHECKING, Act.OPEN_AGAIN, _MANAGER, Need.DECISION) for was in _ENDED),
    *(Move(was, State.REMOVED, Act.LINK, _OFFICER, Need.REASON) for was in _OPEN),
    *(Move(State.REMOVED, to, Act.UNLINK, _OFFICER, Need.DECISION) for to in _OPEN),
)

MOVES: tuple[Move, ...] = _REFERENCE + _OURS
"""Every move there is. What is not here cannot happen."""

VISIBLE = frozenset({State.LISTED, State.PROVISIONAL})
"""The states in which employers see a PA."""

ENDED = frozenset(_ENDED)
"""The states after which a PA would begin anew."""

DEALT_WITH_BY_TEAM = frozenset({State.SUBMITTED, State.CHECKING})
"""The states in which a listing waits for the register team."""


def moves_from(was: State | None, actors: Collection[Actor]) -> tuple[Move, ...]:
    """What somebody in these parts may do with a listing, whatever else is needed."""
    return tuple(move for move in MOVES if move.was is was and move.by & frozenset(actors))


def move_between(was: State | None, to: State, actors: Collection[Actor], act: Act | None = None) -> Move | None:
    """The move between two states by somebody in one of these parts; None where there is none.

    Of several acts between the same states the first is meant, unless `act` says which.
    """
    found = (move for move in moves_from(was, actors) if move.to is to)
    return next((move for move in found if act is None or move.act is act), None)


def allows(need: Need, verdict: Verdict | None) -> bool:
    """Whether what the rules say of a PA lets a move happen. Reasons and decisions are looked for elsewhere."""
    match need:
        case Need.ALL_MET:
            return verdict is not None and verdict.state is State.LISTED
        case Need.ENOUGH_TO_BEGIN:
            return verdict is not None and verdict.state in VISIBLE
        case Need.RAN_OUT:
            return verdict is not None and verdict.state is State.LAPSED
        case Need.NO_LONGER_ENOUGH:
            return verdict is not None and verdict.state not in VISIBLE
        case Need.TALKED_ABOUT:
            return verdict is not None and verdict.because in HELD_BACK
        case _:
            return True


HELD_BACK = frozenset({Because.DISCLOSURE_IS_DISCUSSED, Because.DECIDED_AGAINST})
"""A disclosure is talked about, or was decided against: until that is settled nobody is shown."""
