"""What `lms doctor` says about certificates: each row is as it was frozen, and the record of facts says the same."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from lms.certification.events import CertificateIssued, CertificateReplaced
from lms.certification.freezing import FROZEN, as_frozen
from lms.certification.models import Certificate
from lms.core.db import Db
from lms.core.doctor import NAMED, Finding, Level
from lms.core.events import told
from lms.core.house import House

AT_ONCE = 500
"""Rows held in memory: each has its whole page with it."""

_ROWS = select(*(getattr(Certificate, name) for name in FROZEN), Certificate.frozen_digest)


def look(db: Db, _house: House, _now: datetime) -> Iterator[Finding]:
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


def _wrong(sentence: str) -> Finding:
    return Finding(Level.WRONG, "certificates", sentence)
