"""When a certificate is earned, how long it counts, and how it stands on a day. Plain Python."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NamedTuple, Self
from uuid import UUID

from pydantic import Field, model_validator

from lms.core.clock import london_day
from lms.core.content import Authored, Words
from lms.core.words import N_, Say


class Need(StrEnum):
    """What a rule can ask for. REFRESHED: modules studied again, since the certificate that is refreshed.

    OWN_STUDY is asked of itself: that nothing is called study that was prior learning.
    """

    CERTIFICATES_HELD = "certificates_held"
    ATTENDED = "attended"
    MODULE_STUDIED = "module_studied"
    MODULES_STUDIED = "modules_studied"
    REFRESHED = "refreshed"
    KNOWLEDGE_SHOWN = "knowledge_shown"
    PRACTICE_SIGNED_OFF = "practice_signed_off"
    STANDARDS_SIGNED_OFF = "standards_signed_off"
    CONDUCT_ACCEPTED = "conduct_accepted"
    OWN_STUDY = "own_study"


class Needs(Authored):
    """An issue rule as it is authored: what has to be on record.

    `practice_signed_off` is of the units of what was earned: all of them, so that there have to be some (true), or
    those there are (where_there_is). `modules_studied` names a course, `knowledge_shown` and `standards_signed_off` the
    framework whose every standard is meant; true means the one the certificate is for.
    """

    module_studied: bool = False
    practice_signed_off: bool | Literal["where_there_is"] = False
    modules_studied: str | Literal[True] | None = None
    knowledge_shown: str | Literal[True] | None = None
    standards_signed_off: str | Literal[True] | None = None
    conduct_accepted: bool = False
    certificates_held: tuple[str, ...] = Field(default=(), max_length=20)
    attended: bool = False

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.asked:
            raise ValueError("a rule has to need something")
        return self

    @property
    def asked(self) -> tuple[Need, ...]:
        """What is asked for, in the order in which it is quickest found out."""
        return tuple(need for need, name in _ASKED if getattr(self, name))


_ASKED = tuple((need, need.value) for need in Need if need.value in Needs.model_fields)
_UNTITLED = Words(en="")


class Ground(NamedTuple):
    """One thing a certificate can rest on, and when it came true (`at`, aware UTC; None: not yet).

    `code` and `title` are its own: a module, a unit, a standard, a certificate. `what` is the kind of record, `id` and
    `digest` which one; `by`, `capacity` and `organisation` who signed it, in which enrolment. `prior`: outcomes that
    were not studied.
    """

    need: Need
    code: str = ""
    title: Words = _UNTITLED
    at: datetime | None = None
    what: str = ""
    id: UUID | None = None
    digest: str = ""
    by: str = ""
    capacity: str = ""
    organisation: str = ""
    edition: str = ""
    enrolment_id: UUID | None = None
    prior: tuple[str, ...] = ()

    @property
    def on(self) -> date | None:
        """The day in the United Kingdom."""
        return london_day(self.at) if self.at else None


Earned = Mapping[Need, Sequence[Ground]]
"""What is on record of each thing a rule asks for; nothing at all where there can be nothing."""


@dataclass(frozen=True)
class Named:
    """Something by its code and its title."""

    code: str
    title: Words


@dataclass(frozen=True)
class MissingThing:
    """What is not on record yet for a certificate, and of what. `too_old`: it is, but from too long ago."""

    what: Need
    names: tuple[Named, ...] = ()
    too_old: bool = False

    def lines(self, say: Say, language: str) -> list[str]:
        """What is missing in plain words, a sentence for each thing. `say` gives message ids in the language."""
        if self.too_old:
            return [say(_TOO_OLD) % _values(name, language) for name in self.names]
        if not self.names:
            return [say(_NONE[self.what])]
        return [say(_NAMED[self.what]) % _values(name, language) for name in self.names]


def _values(name: Named, language: str) -> dict[str, str]:
    return {"code": name.code, "title": name.title.text(language)}


_NAMED = {
    Need.MODULE_STUDIED: N_("Module %(code)s %(title)s is not studied yet."),
    Need.MODULES_STUDIED: N_("Module %(code)s %(title)s is not studied yet."),
    Need.REFRESHED: N_("Module %(code)s %(title)s has not been studied again yet."),
    Need.PRACTICE_SIGNED_OFF: N_("The practice %(code)s %(title)s is not signed off yet."),
    Need.KNOWLEDGE_SHOWN: N_("Knowledge for standard %(code)s %(title)s is not all shown yet."),
    Need.STANDARDS_SIGNED_OFF: N_("Standard %(code)s %(title)s is not signed off yet."),
    Need.CONDUCT_ACCEPTED: N_("The code of conduct is not accepted yet."),
    Need.CERTIFICATES_HELD: N_("The certificate %(code)s %(title)s is not held, or no longer counts."),
    Need.ATTENDED: N_("Nobody has written down yet that the holder was there."),
    Need.OWN_STUDY: N_(
        "Part of module %(code)s %(title)s was accepted as prior learning, and this certificate has no words for that."
    ),
}
_NONE = _NAMED | {
    Need.MODULE_STUDIED: N_("The module is not studied yet."),
    Need.MODULES_STUDIED: N_("The course has no modules to study."),
    Need.REFRESHED: N_("There is no module to study again."),
    Need.PRACTICE_SIGNED_OFF: N_("There is no practice here that could be signed off."),
    Need.KNOWLEDGE_SHOWN: N_("There are no standards here whose knowledge could be shown."),
    Need.STANDARDS_SIGNED_OFF: N_("There are no standards here that could be signed off."),
    Need.CERTIFICATES_HELD: N_("A certificate that this one rests on is not held."),
}
_TOO_OLD = N_("%(code)s %(title)s was too long ago to count for this certificate.")


@dataclass(frozen=True)
class Verdict:
    """Whether a certificate may be issued: what is missing, since when it waits for a sample, and which one stands."""

    missing: tuple[MissingThing, ...] = ()
    waits_since: date | None = None
    already: UUID | None = None

    @property
    def issuable(self) -> bool:
        """Whether nothing is missing, nothing is waited for, and none stands already."""
        return not self.missing and self.waits_since is None and self.already is None

    def lines(self, say: Say, language: str) -> list[str]:
        """What is missing, a sentence for each thing."""
        return [line for thing in self.missing for line in thing.lines(say, language)]


def issuable(asked: Sequence[Need], earned: Earned, *, since: date | None = None) -> Verdict:
    """Whether what is on record is all that is asked for. `since`: nothing of it may be from before that day."""
    missing: list[MissingThing] = []
    for need in asked:
        grounds = earned.get(need, ())
        open_ones = tuple(Named(each.code, each.title) for each in grounds if each.at is None)
        if not grounds or open_ones:
            missing.append(MissingThing(need, open_ones))
        old = tuple(Named(e.code, e.title) for e in grounds if since and e.on and e.on < since and need in _AGES)
        if old:
            missing.append(MissingThing(need, old, too_old=True))
    return Verdict(tuple(missing))


_AGES = frozenset(Need) - {Need.CERTIFICATES_HELD, Need.CONDUCT_ACCEPTED}
"""What can be too long ago. A certificate that is held says itself until when it counts; a code is the newest one."""


def months_before(on: date, months: int) -> date:
    """The day so many months earlier; the last day of a shorter month."""
    years, month = divmod(on.month - 1 - months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


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
    REPLACED = "replaced"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"


def standing(
    *,
    on: date,
    lapses: date | None = None,
    withdrawn: date | None = None,
    replaced: date | None = None,
    suspended: date | None = None,
) -> Standing:
    """How a certificate stands on a day: withdrawn goes before replaced, that before suspended, and lapsed comes last.

    `suspended` is the day of a suspension that is not lifted.
    """
    days = {Standing.WITHDRAWN: withdrawn, Standing.REPLACED: replaced, Standing.SUSPENDED: suspended}
    found = (name for name, since in (days | {Standing.LAPSED: lapses}).items() if since is not None and since <= on)
    return next(found, Standing.VALID)


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


@dataclass(frozen=True)
class Earlier:
    """A certificate issued before: for what, in what it was earned, and how it was withdrawn (None: it was not)."""

    id: UUID
    kind: str
    code: str
    source_id: UUID
    issued_at: datetime
    withdrawn: Withdrawn | None = None


def comes_anew(withdrawn: Sequence[Earlier], *, earned_at: datetime | None, renews: bool = False) -> bool:
    """Whether a certificate comes, given those for the same that were withdrawn since one stood (or ever, if none did).

    It is issued once. Only when what it rested on fell away, such as a sign-off that was withdrawn, and was earned anew
    since (`earned_at`: the last of what it rests on now), does it come again. What was issued by mistake, replaced, or
    given back at the holder's wish never comes back by itself; of a kind that renews, it can be earned anew.
    """
    ends = [each.withdrawn for each in withdrawn if each.withdrawn is not None]
    if not renews and any(end.because is not WithdrawalReason.GROUND_FELL_AWAY for end in ends):
        return False
    return all(earned_at is not None and earned_at >= end.at for end in ends)


_REASONS = {
    WithdrawalReason.ISSUED_IN_ERROR: N_("It was issued by mistake."),
    WithdrawalReason.GROUND_FELL_AWAY: N_("Something it rested on no longer holds."),
    WithdrawalReason.REPLACED: N_("It was replaced by another certificate."),
    WithdrawalReason.HOLDER_ASKED: N_("The holder asked for it."),
}
