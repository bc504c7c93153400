"""Where vacancies are posted, how long they stand, and which PA may answer one. Plain Python."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.register.kinds import ContactModel, ListingState

USUAL_DAYS = 28
"""How long a vacancy stands where the authority's rules say nothing of adverts."""

OFFERED = frozenset({ContactModel.ADVERT_REPLY})
"""The contact models in which employers post vacancies."""


class Stop(StrEnum):
    """Why a PA cannot answer a vacancy."""

    NO_PROFILE = "no_profile"
    NOT_ON_REGISTER = "not_on_register"
    NOT_ACCREDITED = "not_accredited"
    BLOCKED = "blocked"
    OVER = "over"


@dataclass(frozen=True)
class Asking:
    """A PA as far as it matters for answering: where the listing stands, and whether employers can see a profile."""

    state: ListingState | None
    profile_seen: bool
    blocked: bool
    provisional_may: bool


def stop(asking: Asking, *, ends_on: date | None, ended_on: date | None, on: date) -> Stop | None:
    """What stops a PA from answering on a day; None when nothing does. The last day of a vacancy counts."""
    if not open_on(ends_on, ended_on, on):
        return Stop.OVER
    if asking.blocked:
        return Stop.BLOCKED
    if asking.state is ListingState.PROVISIONAL and not asking.provisional_may:
        return Stop.NOT_ACCREDITED
    if asking.state not in {ListingState.LISTED, ListingState.PROVISIONAL}:
        return Stop.NOT_ON_REGISTER
    return None if asking.profile_seen else Stop.NO_PROFILE


def open_on(ends_on: date | None, ended_on: date | None, on: date) -> bool:
    """Whether a vacancy can be answered on a day."""
    return ends_on is not None and on <= ends_on and ended_on is None


def last_day(published_on: date, expires_days: int) -> date:
    """The last day of a vacancy: so many days count, the first one included."""
    return published_on + timedelta(days=max(expires_days, 1) - 1)
