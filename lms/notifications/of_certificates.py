"""Whom to tell of what becomes of a certificate. No message says why, or what somebody wrote about it."""

from datetime import datetime, timedelta
from uuid import UUID

from lms.certification import queries as certification
from lms.certification.events import (
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.life import queries as life
from lms.certification.life.events import CertificateLapsed, CertificateLapsesSoon
from lms.certification.queries import CertificateView
from lms.core import i18n
from lms.core.clock import london_day
from lms.core.db import Db
from lms.notifications import services
from lms.people import queries as people
from lms.people.rules import Role

Moved = CertificateSuspended | CertificateSuspensionLifted | CertificateWithdrawn | CertificateReplaced

_KINDS: dict[type[Moved], str] = {
    CertificateSuspended: "certificate_suspended",
    CertificateSuspensionLifted: "certificate_lifted",
    CertificateWithdrawn: "certificate_withdrawn",
    CertificateReplaced: "certificate_replaced",
}


def tell_of_move(db: Db, fact: Moved, now: datetime) -> None:
    """Both sides hear: the holder, and the coordinators of its authority, but not whoever did it.

    A certificate that was replaced already is withdrawn along with the one that replaced it: that is no news of its
    own.
    """
    found = certification.certificate(db, fact.certificate_id)
    if isinstance(fact, CertificateWithdrawn) and found.replaced_by:
        return
    shown = certification.certificate(db, fact.by_id) if isinstance(fact, CertificateReplaced) else found
    _tell(db, _KINDS[type(fact)], fact.about, shown, now)
    doer = life.moved_by(db, found.id, now)
    on = london_day(now)
    for someone in people.people_in(db, found.authority_id, Role.COORDINATOR, on):
        if someone.id not in {doer, fact.about}:
            services.tell_person(db, "certificate_moved", someone, now, number=found.number, certificate=str(found.id))


def tell_of_end(db: Db, fact: CertificateLapsesSoon | CertificateLapsed, now: datetime) -> None:
    """The holder hears in time that a certificate ends, and on the day that it has."""
    kind = "certificate_ended" if isinstance(fact, CertificateLapsed) else "certificate_ends_soon"
    someone = people.person(db, fact.about)
    last = i18n.day(fact.lapses_on - timedelta(days=1), someone.language)
    _tell(db, kind, fact.about, certification.certificate(db, fact.certificate_id), now, last=last)


def _tell(db: Db, kind: str, holder_id: UUID, found: CertificateView, now: datetime, **more: str) -> None:
    holder = people.person(db, holder_id)
    values = {"number": found.number, "title": found.title, "certificate": str(found.id), **more}
    services.tell_person(db, kind, holder, now, **values)
