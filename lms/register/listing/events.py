"""Facts about listings. Codes and days only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class ListingMoved(Fact):
    """A listing went from one state to another. `because` is what the rules said of the PA at that moment."""

    authority_id: UUID
    was: str | None
    state: str
    act: str
    reason: str | None
    because: str | None


@dataclass(frozen=True, kw_only=True)
class ListingRunsOut(Fact):
    """A PA is warned: something required counts up to the day before `runs_out_on`, in `days` days (0: today).

    `lapses_on` is the first day on which the listing itself is hidden if nothing happens.
    """

    authority_id: UUID
    days: int
    runs_out_on: date
    lapses_on: date


@dataclass(frozen=True, kw_only=True)
class RemovalNoticeGiven(Fact):
    """A PA was told that their listing ends on a day."""

    authority_id: UUID
    notice_id: UUID
    reason: str
    removed_on: date


@dataclass(frozen=True, kw_only=True)
class RemovalNoticeTakenBack(Fact):
    """A listing does not end after all."""

    authority_id: UUID
    notice_id: UUID


@dataclass(frozen=True, kw_only=True)
class ListingReviewAsked(Fact):
    """A PA asked for a decision to be looked at again."""

    authority_id: UUID
    review_id: UUID


@dataclass(frozen=True, kw_only=True)
class ListingReviewAnswered(Fact):
    """Somebody else looked at the decision again: it stands, or was changed."""

    authority_id: UUID
    review_id: UUID
    changed: bool


@dataclass(frozen=True, kw_only=True)
class WaiverGiven(Fact):
    """A manager does without a requirement for one PA, until a day."""

    authority_id: UUID
    waiver_id: UUID
    code: str
    reason: str
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class WaiverEnded(Fact):
    """A waiver was ended early."""

    authority_id: UUID
    waiver_id: UUID
    code: str
