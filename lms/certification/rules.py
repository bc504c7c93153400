"""When a certificate is earned, how long it counts, and how it stands on a day. Plain Python."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lms.core.content import Authored
from lms.core.words import N_


class Missing(StrEnum):
    """What is not on record yet for a certificate to be issued."""

    MODULE_STUDIED = "module_studied"
    PRACTICE_SIGNED_OFF = "practice_signed_off"

    @property
    def sentence(self) -> str:
        """What is missing, for people; a message id."""
        return _SENTENCES[self]


_SENTENCES = {
    Missing.MODULE_STUDIED: N_("The lessons, the activity and the knowledge check of the module are not all done yet."),
    Missing.PRACTICE_SIGNED_OFF: N_("The practice of the module is not signed off yet."),
}


class Needs(Authored):
    """An issue rule as it is authored: what has to be on record."""

    module_studied: bool
    practice_signed_off: bool


@dataclass(frozen=True, kw_only=True)
class Earned:
    """What is on record for one learner and one module: the days on which it came true, None for not yet."""

    studied_on: date | None
    signed_off_on: date | None


@dataclass(frozen=True)
class Verdict:
    """Whether a certificate may be issued, and what is missing when not."""

    missing: tuple[Missing, ...]

    @property
    def issuable(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def issuable(needs: Needs, earned: Earned) -> Verdict:
    """Whether what is on record is all that the rule needs."""
    asked = {
        Missing.MODULE_STUDIED: (needs.module_studied, earned.studied_on),
        Missing.PRACTICE_SIGNED_OFF: (needs.practice_signed_off, earned.signed_off_on),
    }
    return Verdict(tuple(name for name, (needed, day) in asked.items() if needed and day is None))


def lapses_on(issued_on: date, validity_months: int | None) -> date | None:
    """The first day on which a certificate no longer counts; None when it never lapses.

    Issued on the last day of a long month, it lapses on the last day of a shorter one.
    """
    if validity_months is None:
        return None
    years, month = divmod(issued_on.month - 1 + validity_months, 12)
    year, month = issued_on.year + years, month + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


class Standing(StrEnum):
    """How an issued certificate stands on a day."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


def standing(*, lapses: date | None, withdrawn: date | None, on: date) -> Standing:
    """How a certificate stands on a day. A withdrawn one is withdrawn, whether or not it would have lapsed since."""
    if withdrawn is not None and withdrawn <= on:
        return Standing.WITHDRAWN
    if lapses is not None and lapses <= on:
        return Standing.LAPSED
    return Standing.VALID


class WithdrawalReason(StrEnum):
    """Why a certificate was withdrawn: a class that says nothing about the person, since everybody can read it."""

    ISSUED_IN_ERROR = "issued_in_error"
    GROUND_FELL_AWAY = "ground_fell_away"
    REPLACED = "replaced"
    HOLDER_ASKED = "holder_asked"

    @property
    def sentence(self) -> str:
        """The reason class in words; a message id."""
        return _REASONS[self]


@dataclass(frozen=True)
class Withdrawn:
    """Why and when (aware UTC) a certificate was withdrawn."""

    because: WithdrawalReason
    at: datetime


def turn_to_issue(earlier: Sequence[Withdrawn | None], *, signed_off_at: datetime | None) -> int | None:
    """Which turn a certificate would be, given how each earlier one was withdrawn (None: it was not); None: no turn.

    It is issued once. Only when what it rested on fell away, such as a sign-off that was withdrawn, and was signed off
    anew since, is there another turn. What was issued by mistake, replaced, or given back at the holder's wish never
    comes back by itself.
    """
    for each in earlier:
        if each is None or each.because is not WithdrawalReason.GROUND_FELL_AWAY:
            return None
        if signed_off_at is None or signed_off_at < each.at:
            return None
    return len(earlier) + 1


_REASONS = {
    WithdrawalReason.ISSUED_IN_ERROR: N_("It was issued by mistake."),
    WithdrawalReason.GROUND_FELL_AWAY: N_("Something it rested on no longer holds."),
    WithdrawalReason.REPLACED: N_("It was replaced by another certificate."),
    WithdrawalReason.HOLDER_ASKED: N_("The holder asked for it."),
}
