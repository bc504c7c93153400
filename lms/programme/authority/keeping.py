"""How long what is kept, for what reason, and where that is set: gathered from the rooms that forget."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms.assessment.media.rules import KEPT_FOR
from lms.core.cards import Count
from lms.core.db import Db
from lms.core.words import N_
from lms.funding.authoring.queries import schemes_for
from lms.people.rules import INVITATION_LASTS
from lms.programme.bulk.rules import KEPT_FOR as TOGETHER_KEPT
from lms.programme.forgetting.setting import years_of
from lms.programme.intake.sweeping import KEPT as INTAKE_KEPT
from lms.programme.mentors.rules import KEPT_FOR as MENTORS_KEPT
from lms.programme.reports.services import setting_of
from lms.register import queries as register
from lms.register.feed.keeping import KEPT as FEED_KEPT
from lms.register.webhooks.rules import KEPT as WEBHOOKS_KEPT

_YEARS = (N_("%(num)s year"), N_("%(num)s years"))
_MONTHS = (N_("%(num)s month"), N_("%(num)s months"))
_DAYS = (N_("%(num)s day"), N_("%(num)s days"))


@dataclass(frozen=True)
class Period:
    """How long something is kept. `count` None: there is no end yet; `about` names what it belongs to, such as a
    scheme. Without an `endpoint` it is the same for everybody."""

    what: str
    count: Count | None
    counted_from: str
    why: str
    endpoint: str = ""
    about: str = ""


def periods(db: Db, authority_id: UUID, on: date) -> list[Period]:
    """Every period of an authority on a day."""
    return [
        *_register(db, authority_id, on),
        *_money(db, authority_id, on),
        *_programme(db, authority_id),
        *_contacts(db, authority_id, on),
        *_fixed(),
    ]


def _register(db: Db, authority_id: UUID, on: date) -> Iterable[Period]:
    edition = register.edition_for(db, authority_id, on)
    if edition is None:
        return
    kept = edition.file.retention
    yield Period(
        N_("Decisions about criminal record certificates with content"),
        Count(*_YEARS, kept.decision_record_years),
        N_("the last step about it"),
        N_("Code of practice for handling disclosure information (Police Act 1997): no longer than is needed"),
        "lms.rules.editions",
    )
    yield Period(
        N_("Profiles and messages of the register"),
        Count(*_MONTHS, kept.inactive_profile_months),
        N_("the PA’s last step on the register, or the last message"),
        N_("UK GDPR, article 5(1)(e): no longer than is needed"),
        "lms.rules.editions",
    )


def _money(db: Db, authority_id: UUID, on: date) -> Iterable[Period]:
    """Schemes that keep as long stand in one row: most do, and the odd ones are seen."""
    years: defaultdict[int, list[str]] = defaultdict(list)
    bank: defaultdict[int, list[str]] = defaultdict(list)
    for scheme in schemes_for(db, authority_id, on=on).all:
        years[scheme.retention.years].append(scheme.code)
        bank[scheme.retention.bank_details_days].append(scheme.code)
    for many, codes in sorted(years.items()):
        yield Period(
            N_("Records of claims under %(about)s"),
            Count(*_YEARS, many),
            N_("the day the scheme names, such as the end of the claim year"),
            N_("The scheme’s own rules; accounts are usually kept for six years"),
            "lms.schemes.schemes",
            ", ".join(sorted(codes)),
        )
    for days, codes in sorted(bank.items()):
        yield Period(
            N_("Bank details of employers under %(about)s"),
            Count(*_DAYS, days),
            N_("the end of the application"),
            N_("UK GDPR, article 5(1)(e): no longer than money may still go there"),
            "lms.schemes.schemes",
            ", ".join(sorted(codes)),
        )


def _programme(db: Db, authority_id: UUID) -> Iterable[Period]:
    yield Period(
        N_("Reports and their files"),
        Count(*_YEARS, setting_of(db, authority_id).keep_years),
        N_("the day they were asked for; the one that is public stays"),
        N_("Committees ask for the figures of former years; they hold numbers, no names"),
        "lms.reports.settings",
    )
    needed = N_("UK GDPR, article 5(1)(e): no longer than is needed")
    for what, days, begins in (
        (N_("Lists people came in on"), INTAKE_KEPT.days, N_("the day they were taken in")),
        (N_("Names in what was done for many"), TOGETHER_KEPT.days, N_("the day it was asked for")),
        (N_("What a newcomer passed to a mentor"), MENTORS_KEPT.days, N_("the end of mentoring")),
    ):
        yield Period(what, Count(*_DAYS, days), begins, needed)


def _contacts(db: Db, authority_id: UUID, on: date) -> Iterable[Period]:
    kept = years_of(db, authority_id, on)
    needed = N_("UK GDPR, article 5(1)(e): no longer than is needed")
    for what, years, begins in (
        (N_("Contact notes"), kept.notes, N_("the day one was written, or last corrected")),
        (N_("Call-backs and their answers"), kept.call_backs, N_("the day the call-back ended")),
        (N_("Alerts"), kept.alerts, N_("the day one was closed")),
    ):
        count = Count(*_YEARS, years) if years else None
        yield Period(what, count, begins, needed, "lms.forgetting.contacts")


def _fixed() -> Iterable[Period]:
    short = N_("UK GDPR, article 5(1)(c): nothing more than is needed")
    for what, days, begins in (
        (N_("Files that were sent and never used as evidence"), KEPT_FOR.days, N_("the day they were sent")),
        (N_("Invitations that nobody used"), INVITATION_LASTS.days, N_("the day they were sent")),
        (N_("What systems received from the register"), FEED_KEPT.days, N_("the day it was received")),
        (N_("What was sent to notified systems"), WEBHOOKS_KEPT.days, N_("the day it was sent")),
    ):
        yield Period(what, Count(*_DAYS, days), begins, short)
    yield Period(
        N_("What people learned, showed and were certified for"),
        None,
        N_("the day it happened"),
        N_("A certificate has to stand up to a check for as long as the person works"),
    )
    yield Period(
        N_("Who did what, and when"),
        None,
        N_("the day it happened"),
        N_("The record has to prove itself; names can be taken out of it without breaking it"),
    )
