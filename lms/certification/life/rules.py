"""What can become of an issued certificate, by whom and for which reasons, and when its holder is warned. Plain Python.

A certificate that was withdrawn never comes back, and one that was replaced stays replaced: the standing of a
certificate that nobody moves changes by the calendar alone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.certification.life.moves import Move
from lms.certification.life.reasons import SuspensionReason
from lms.certification.rules import Standing, WithdrawalReason, standing
from lms.people.rules import Role

MOVES: Mapping[Standing, frozenset[Move]] = {
    Standing.VALID: frozenset({Move.SUSPEND, Move.WITHDRAW, Move.REPLACE}),
    Standing.LAPSED: frozenset({Move.WITHDRAW, Move.REPLACE}),
    Standing.SUSPENDED: frozenset({Move.LIFT, Move.WITHDRAW}),
    Standing.REPLACED: frozenset(),
    Standing.WITHDRAWN: frozenset(),
}
"""What can be done to a certificate, by how it stands. Nothing leads back from withdrawn or replaced."""

NO_REASON = ""
"""In place of a reason class, for a replacement, which has none."""

BY_COORDINATOR: Mapping[Move, frozenset[str]] = {
    Move.SUSPEND: frozenset(map(str, SuspensionReason)),
    Move.LIFT: frozenset(map(str, SuspensionReason)),
    Move.WITHDRAW: frozenset(
        map(str, (WithdrawalReason.ISSUED_IN_ERROR, WithdrawalReason.GROUND_FELL_AWAY, WithdrawalReason.HOLDER_ASKED))
    ),
    Move.REPLACE: frozenset({NO_REASON}),
}
BY_QUALITY_ASSURER: Mapping[Move, frozenset[str]] = {
    Move.SUSPEND: frozenset({str(SuspensionReason.GROUND_LOOKED_AT)}),
    Move.LIFT: frozenset({str(SuspensionReason.GROUND_LOOKED_AT)}),
    Move.WITHDRAW: frozenset({str(WithdrawalReason.GROUND_FELL_AWAY)}),
}
PARTS: Mapping[Role, Mapping[Move, frozenset[str]]] = {
    Role.COORDINATOR: BY_COORDINATOR,
    Role.QUALITY_ASSURER: BY_QUALITY_ASSURER,
}
"""Who may do what, with which reason classes. A quality assurer speaks about the work a certificate rests on, and
about nothing else; names and wishes of the holder are a coordinator's. For lifting, the class is the suspension's."""


class Stop(StrEnum):
    """Why somebody cannot do something to a certificate."""

    OWN = "own"
    NOT_NOW = "not_now"
    NOT_THEIRS = "not_theirs"


def may(roles: Collection[Role]) -> bool:
    """Whether these roles, held behind the wall of a certificate's authority, let somebody look after it."""
    return any(role in PARTS for role in roles)


def reasons(
    move: Move, *, standing: Standing, roles: Collection[Role], suspended_because: SuspensionReason | None = None
) -> frozenset[str]:
    """The reason classes with which somebody in these roles may do this now; empty when they may not.

    `suspended_because` is why it is suspended now: whoever may not suspend for a reason does not lift it either.
    """
    if move not in MOVES[standing]:
        return frozenset()
    found = frozenset[str]().union(*(PARTS[role].get(move, frozenset()) for role in roles if role in PARTS))
    if move is Move.LIFT:
        return found & ({str(suspended_because)} if suspended_because else set())
    return found


def stops(
    move: Move,
    *,
    reason: str,
    own: bool,
    standing: Standing,
    roles: Collection[Role],
    suspended_because: SuspensionReason | None = None,
) -> Stop | None:
    """What stops somebody from a move with a reason class, or None. `own`: they are the holder.

    Nobody moves a certificate of their own, whatever their roles.
    """
    if own:
        return Stop.OWN
    if move not in MOVES[standing]:
        return Stop.NOT_NOW
    if reason not in reasons(move, standing=standing, roles=roles, suspended_because=suspended_because):
        return Stop.NOT_THEIRS
    return None


@dataclass(frozen=True)
class Span:
    """A suspension: from a day on, up to the day before it was lifted; `lifted` None while it is not."""

    since: date
    lifted: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.lifted is None or on < self.lifted)


@dataclass(frozen=True, kw_only=True)
class Life:
    """The days that matter in the life of a certificate."""

    issued: date
    lapses: date | None = None
    suspensions: tuple[Span, ...] = ()
    withdrawn: date | None = None
    replaced: date | None = None


def stood(life: Life, on: date) -> Standing | None:
    """How a certificate stood on a day, with everything that is known today; None before its issue."""
    if on < life.issued:
        return None
    since = next((span.since for span in life.suspensions if span.holds(on)), None)
    return standing(lapses=life.lapses, withdrawn=life.withdrawn, replaced=life.replaced, suspended=since, on=on)


ENDED = 0
WARNINGS = (90, 30, ENDED)
"""How many days before its end a holder is told; 0 is the day itself."""

TOO_LATE = timedelta(days=30)
"""A certificate that ended longer ago is not told of any more: after a long standstill nobody wants old news."""


def step_on(lapses: date, on: date) -> int | None:
    """Which warning belongs to a day: the last one that has come; None long before and long after the end."""
    if on >= lapses + TOO_LATE:
        return None
    return min((days for days in WARNINGS if lapses - timedelta(days=days) <= on), default=None)


def warns(step: int, *, issued: date, lapses: date) -> bool:
    """Whether a warning says anything new: not when the certificate was issued with so few days to count."""
    return step == ENDED or issued < lapses - timedelta(days=step)
