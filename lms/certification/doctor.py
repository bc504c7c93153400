"""What `lms doctor` says about certificates: each row is as it was frozen, and the record of facts says the same.

Its paper and what was done to it are compared in `witnessed`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from lms.certification import witnessed
from lms.certification.credentials import queries as credentials
from lms.certification.credentials.lists import GOOD_FOR
from lms.certification.events import CertificateIssued, CertificateReplaced
from lms.certification.freezing import FROZEN, as_frozen
from lms.certification.models import Certificate
from lms.core.clock import london_day
from lms.core.db import Db
from lms.core.doctor import NAMED, Finding, Level
from lms.core.events import told
from lms.core.house import House

LATE = timedelta(days=2)
"""Lists are signed anew each day; one that is older was forgotten."""

AT_ONCE = 500
"""Rows held in memory: each has its whole page with it."""

_ROWS = select(*(getattr(Certificate, name) for name in FROZEN), Certificate.frozen_digest)


def look(db: Db, house: House, now: datetime) -> Iterator[Finding]:
    """Certificates, their papers, what was done to them, and the lists that say which credentials count no longer."""
    yield from _certificates(db)
    yield from witnessed.look(db, house)
    yield from _lists(db, now)


def _certificates(db: Db) -> Iterator[Finding]:
    """Every certificate that was changed after its issue, or that was issued and is gone. Names numbers, no people.

    A row is compared with its own digest, and that with the fact of its issue, which the chain keeps from being
    rewritten. Facts that were erased, and those from before there were digests, witness nothing.
    """
    witnessed = _witnessed(db)
    wrong, count = 0, 0
    for row in db.execute(_ROWS.order_by(Certificate.issued_at)).yield_per(AT_ONCE).mappings():
        count += 1
        fact = witnessed.pop(str(row["id"]), "")
        if not as_frozen(row) or (fact and fact != row["frozen_digest"]):
            wrong += 1
            if wrong <= NAMED:
                yield _wrong(f"Certificate {row['number']} was changed after it was issued. Restore its row.")
    if wrong > NAMED:
        yield _wrong(f"… and {wrong - NAMED:,} more were changed.")
    if witnessed:
        yield _wrong(f"{len(witnessed):,} certificates were issued and are gone, such as {min(witnessed)}.")
    if not wrong and not witnessed:
        yield Finding(Level.WELL, "certificates", f"All {count:,} say what they said when they were issued.")


def _witnessed(db: Db) -> dict[str, str]:
    """The digests that the facts of issue tell, by certificate."""
    found: dict[str, str] = {}
    for data in told(db, (CertificateIssued, CertificateReplaced)):
        certificate = data.get("by_id") or data.get("certificate_id")
        if certificate:
            found[str(certificate)] = str(data.get("frozen_digest") or "")
    return found


def _lists(db: Db, now: datetime) -> Iterator[Finding]:
    """Status lists the worker should have signed anew: when one lapses, nobody can check a credential in it."""
    count, oldest = credentials.signed_before(db, now - LATE, NAMED)
    for address, at in oldest:
        lapses = at + GOOD_FOR
        yield Finding(
            Level.WRONG,
            "credentials",
            f"The status list {address} was last signed on {london_day(at):%d %B %Y} "
            f"and {'lapsed' if lapses <= now else 'lapses'} on {london_day(lapses):%d %B %Y}. Is `lms worker` running?",
        )
    if count > NAMED:
        yield Finding(Level.WRONG, "credentials", f"… and {count - NAMED:,} more.")


def _wrong(sentence: str) -> Finding:
    return Finding(Level.WRONG, "certificates", sentence)
