"""Facts of reports."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.core.events import Fact


@dataclass(frozen=True, kw_only=True)
class ReportAsked(Fact):
    """Somebody (`about`) asked for a report, under its number; `replaces_id` is the one it corrects."""

    report_id: UUID
    authority_id: UUID
    kind: str
    number: int
    first_on: date
    last_on: date
    replaces_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ReportsSet(Fact):
    """A coordinator (`about`) set under how many people a number is kept back, and how many years reports are kept."""

    authority_id: UUID
    threshold: int
    keep_years: int


@dataclass(frozen=True, kw_only=True)
class FiguresPublished(Fact):
    """A coordinator (`about`) put the headline counts of a report on the public page; None: took the page down."""

    authority_id: UUID
    report_id: UUID | None
