"""What somebody from outside may read, and for how long. Plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lms.core.words import N_

LONGEST = timedelta(days=92)
"""A visit takes days, seldom weeks: an access that is forgotten ends by itself within a quarter of a year."""


@dataclass(frozen=True, kw_only=True)
class Access:
    """An access: to one learner's record of a course, or to one standard of everybody decided between two days.

    `since` and `until` are the first and last day of looking; `ended_on` the day on which it was ended before that.
    """

    enrolment_id: UUID | None = None
    unit: str | None = None
    work_from: date | None = None
    work_until: date | None = None
    since: date
    until: date
    ended_on: date | None = None

    def runs(self, on: date) -> bool:
        """Whether it opens anything on a day; an access that was ended is over at once."""
        return self.ended_on is None and self.since <= on <= self.until

    def opens(self, enrolment_id: UUID, unit: str, first: date | None, last: date | None, on: date) -> bool:
        """Whether it opens a learner's unit on a day; `first` and `last` are the days of its decisions."""
        if not self.runs(on):
            return False
        if self.enrolment_id is not None:
            return self.enrolment_id == enrolment_id
        if self.unit != unit or first is None or last is None or self.work_from is None or self.work_until is None:
            return False
        return first <= self.work_until and last >= self.work_from


def opened(accesses: Iterable[Access], enrolment_id: UUID, unit: str, days: tuple[date, date] | None, on: date) -> bool:
    """Whether any of several accesses opens a learner's unit on a day."""
    first, last = days or (None, None)
    return any(each.opens(enrolment_id, unit, first, last, on) for each in accesses)


def wrong(access: Access, today: date) -> str | None:
    """What cannot be so in an access that is to be given, as a message id; None when nothing."""
    if access.until < access.since or access.until < today:
        return N_("The last day has to be today or later, and not before the first day.")
    if access.until - max(access.since, today) > LONGEST:
        return N_("Give access for three months at most. You can give it again.")
    if (access.enrolment_id is None) == (access.unit is None):
        return N_("Choose one learner, or one standard.")
    if access.unit is not None and not (
        access.work_from and access.work_until and access.work_from <= access.work_until
    ):
        return N_("Say between which two days the work was decided.")
    return None
