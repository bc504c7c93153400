"""What stands on home pages about certificates that changed: for their holders, and for those who look after them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from lms.certification import queries as certificates
from lms.certification.holder import queries
from lms.certification.life import queries as life
from lms.certification.life.rules import WARNINGS
from lms.certification.queries import CertificateView
from lms.certification.rules import Standing
from lms.core import i18n
from lms.core.cards import Card, Count, Rarely
from lms.core.clock import london_day
from lms.core.content import Words
from lms.core.db import Db
from lms.core.words import N_
from lms.people.rules import Role
from lms.people.viewer import Viewer

MOST = 3
_CHANGED = {
    Standing.SUSPENDED: (
        12,
        N_("Your certificate is suspended"),
        N_("%(title)s does not count for the time being. Read what you were told."),
    ),
    Standing.WITHDRAWN: (
        13,
        N_("Your certificate was withdrawn"),
        N_("%(title)s does not count any more. Read what you were told, and what you can do."),
    ),
    Standing.REPLACED: (
        16,
        N_("Your certificate has a new number"),
        N_("%(title)s was issued anew with your right name. The old number says that it was replaced."),
    ),
    Standing.VALID: (
        18,
        N_("Your certificate ends soon"),
        N_("%(title)s counts until %(last)s. See what you need for a new one."),
    ),
    Standing.LAPSED: (
        17,
        N_("Your certificate no longer counts"),
        N_("%(title)s counted until %(last)s. See what you need for a new one."),
    ),
}


def _cards(db: Db, viewer: Viewer, now: datetime) -> list[Card]:
    """For a PA: certificates that changed in the last two weeks, are suspended, or end soon; three at most.

    For coordinators and quality assurers: that certificates are suspended, so that somebody has to decide. At most two
    queries for each.
    """
    found: list[Card] = []
    if viewer.has(Role.PA):
        on = london_day(now)
        news = queries.news_of(db, viewer.person_id, on, since=certificates.NEW_FOR, soon=timedelta(days=WARNINGS[0]))
        found += [_card(each, _what(each, on)) for each in news[:MOST]]
    looking_after = viewer.authorities(Role.COORDINATOR, Role.QUALITY_ASSURER)
    if looking_after:
        found += _suspended(life.count_suspended(db, looking_after))
    return found


def _what(found: CertificateView, on: date) -> Standing:
    """What is new about it. One that replaced another says so for a while; it is the old one that is “replaced”."""
    stands = found.standing(on)
    fresh = found.replaces is not None and london_day(found.issued_at) > on - certificates.NEW_FOR
    return Standing.REPLACED if stands is Standing.VALID and fresh else stands


def _card(found: CertificateView, stands: Standing) -> Card:
    weight, title, body = _CHANGED[stands]
    ends = stands in (Standing.VALID, Standing.LAPSED)
    last = found.lapses_on - timedelta(days=1) if found.lapses_on else None
    return Card(
        weight=weight,
        title=title,
        body=body,
        values={"title": found.title, "last": _day(last) if last else ""},
        action=N_("See what you need") if ends else N_("Read it"),
        endpoint="lms.holder.mine" if ends else "lms.holder.certificate",
        args={} if ends else {"certificate_id": found.id},
    )


def _day(value: date) -> Words:
    return Words(en=i18n.day(value, "en"), cy=i18n.day(value, "cy"))


def _suspended(how_many: int) -> list[Card]:
    if not how_many:
        return []
    return [
        Card(
            weight=35,
            title=N_("Suspended certificates"),
            body=N_("%(count)s. Somebody has to say whether they count again or are withdrawn."),
            values={"count": Count(N_("%(num)s is suspended"), N_("%(num)s are suspended"), how_many)},
            action=N_("Look at them"),
            endpoint="lms.life.issued",
            args={"standing": str(Standing.SUSPENDED)},
        )
    ]


def _asks(viewer: Viewer, _now: datetime) -> Mapping[str, object] | None:
    looking_after = viewer.authorities(Role.COORDINATOR, Role.QUALITY_ASSURER)
    held = viewer.person_id if viewer.has(Role.PA) else None
    if not looking_after and held is None:
        return None
    return {"changes_of": held, "suspended_in": list(looking_after)}


cards = Rarely(_cards, (queries.ANY_HELD, life.ANY_SUSPENDED), _asks)
