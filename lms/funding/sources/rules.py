"""No cost is met twice: what may be said of one cost, and what is left of it for somebody who asks. Plain Python.

A cost is one kind of cost of one training of one enrolment. Amounts are whole pence; `None` for a share means that
the source meets the whole cost, which only a source that stands alone can do.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lms.funding.money import Pence
from lms.funding.reasons import Plain
from lms.funding.sources.words import FROM_RECORDS, Source

MOST_PENCE = 10_000_000
"""More than any cost of one learner's training: a hundred thousand pounds is a slip of the finger."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one source gives to a cost. `scheme` names the scheme behind a claim or a council's place."""

    source: Source
    pence: Pence | None = None
    scheme: str | None = None
    line_id: UUID | None = None
    place_id: UUID | None = None

    @property
    def from_records(self) -> bool:
        """Whether a claim's line or a place stands behind it, so that it ends only with that."""
        return self.line_id is not None or self.place_id is not None

    @property
    def who(self) -> tuple[Source, str | None]:
        """What makes it the same source as another: its kind, and its scheme where it has one."""
        return self.source, self.scheme if self.source in FROM_RECORDS else None


class Wrong(StrEnum):
    """Why shares cannot stand beside each other."""

    TOGETHER_MORE = "together_more"
    WHOLE_AND_MORE = "whole_and_more"
    COST_UNKNOWN = "cost_unknown"
    SAME_TWICE = "same_twice"
    NOT_POSITIVE = "not_positive"
    TOO_MUCH = "too_much"


def wrong_with(shares: Sequence[Share], cost: Pence | None) -> Wrong | None:
    """What is wrong with these sources for one cost; None when they can stand. No shares at all can.

    Several sources need the cost known and an amount from each, together at most the cost.
    """
    amounts = [share.pence for share in shares]
    if any(pence is not None and pence <= 0 for pence in amounts) or (cost is not None and cost <= 0):
        return Wrong.NOT_POSITIVE
    if any(pence is not None and pence > MOST_PENCE for pence in (*amounts, cost)):
        return Wrong.TOO_MUCH
    if len({(*share.who, share.line_id, share.place_id) for share in shares}) < len(shares):
        return Wrong.SAME_TWICE
    if len(shares) > 1 and any(pence is None for pence in amounts):
        return Wrong.WHOLE_AND_MORE
    if cost is None:
        return Wrong.COST_UNKNOWN if len(shares) > 1 else None
    return Wrong.TOGETHER_MORE if given(shares, cost) > cost else None


def given(shares: Iterable[Share], cost: Pence) -> Pence:
    """What these sources give together to a cost."""
    return sum(cost if share.pence is None else share.pence for share in shares)


def left(shares: Sequence[Share], cost: Pence | None) -> Pence | None:
    """What nobody meets yet of a cost; None while the cost is not known and no source meets the whole of it."""
    if any(share.pence is None for share in shares):
        return 0
    return None if cost is None else max(0, cost - given(shares, cost))


class StopCode(StrEnum):
    """Why a scheme cannot be asked for a cost."""

    MET_BY_OTHER = "met_by_other"
    MET_TWICE = "met_twice"


@dataclass(frozen=True)
class SourceStop:
    """What stands in the way of asking a scheme for a cost. Values: `source`, or `left_pence` and `cost_pence`."""

    code: StopCode
    values: Mapping[str, Plain] = field(default_factory=dict)


def stop(
    shares: Sequence[Share], *, line_id: UUID, scheme: str, wanted: Pence, cost: Pence | None, said_cost: Pence | None
) -> SourceStop | None:
    """What stops a scheme from being asked for `wanted` of a cost; None when nothing does.

    The scheme's own share, by its line or by its name, never stands in its own way: it is what is being asked for.
    `cost` is what the claim says, `said_cost` what was said with the sources; of two, the lower one counts.
    """
    others = [share for share in shares if share.line_id != line_id and share.scheme != scheme]
    if not others:
        return None
    known = [pence for pence in (cost, said_cost) if pence is not None]
    whole = next((share for share in others if share.pence is None), None)
    if whole is not None:
        return SourceStop(StopCode.MET_BY_OTHER, {"source": whole.source.value})
    if not known:
        return None
    cost = min(known)
    room = max(0, cost - given(others, cost))
    if room == 0:
        return SourceStop(StopCode.MET_BY_OTHER, {"source": others[0].source.value})
    if wanted > room:
        return SourceStop(StopCode.MET_TWICE, {"left_pence": room, "cost_pence": cost})
    return None


def with_share(shares: Sequence[Share], new: Share) -> tuple[Share, ...]:
    """The sources with one more; one that stood there of the same line, place or name makes way for it."""
    return (*(share for share in shares if not _same(share, new)), new)


def without(shares: Sequence[Share], *, line_id: UUID | None = None, place_id: UUID | None = None) -> tuple[Share, ...]:
    """The sources without what a line or a place gave."""
    gone = {line_id, place_id} - {None}
    return tuple(share for share in shares if not gone & {share.line_id, share.place_id})


def _same(one: Share, other: Share) -> bool:
    if one.line_id and other.line_id:
        return one.line_id == other.line_id
    if one.place_id and other.place_id:
        return one.place_id == other.place_id
    return one.who == other.who
