"""The second step of signing in for staff: six digits from an authenticator app (TOTP, RFC 6238)."""

from datetime import datetime
from uuid import UUID

import pyotp

from lms.core.db import Db
from lms.core.events import record
from lms.core.words import N_, Refused
from lms.people.events import SecondFactorSet
from lms.people.models import Person


def new_secret() -> str:
    """A secret to show once, as a code to scan and as letters to type (base32)."""
    return pyotp.random_base32()


def address(secret: str, name: str) -> str:
    """What the app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="PALMS")


def owed(db: Db, person_id: UUID) -> bool:
    """Whether this person signs in with a second step."""
    return db.get_one(Person, person_id).totp_secret is not None


def turn_on(db: Db, *, person_id: UUID, secret: str, code: str, now: datetime) -> None:
    """Turn the second step on, once the app has shown that it knows the secret. Refused when the code is wrong."""
    row = db.get_one(Person, person_id)
    if not pyotp.TOTP(secret).verify(_digits(code), for_time=now, valid_window=1):
        raise Refused(N_("This code is not right. Wait for the next one in your app and enter that."))
    row.totp_secret, row.totp_used = secret, _step(now)
    record(db, SecondFactorSet(about=person_id), by=person_id, now=now)


def accept(db: Db, person_id: UUID, code: str, *, now: datetime) -> bool:
    """Whether a code is right; each is accepted once, a neighbouring half minute is tolerated."""
    row = db.get_one(Person, person_id, with_for_update=True, populate_existing=True)
    if row.totp_secret is None:
        return False
    totp = pyotp.TOTP(row.totp_secret)
    for step in range(_step(now) - 1, _step(now) + 2):
        if step > (row.totp_used or 0) and totp.at(step * totp.interval) == _digits(code):
            row.totp_used = step
            db.flush()
            return True
    return False


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isascii() and c.isdigit())


def _step(now: datetime) -> int:
    return int(now.timestamp()) // 30


def code_now(secret: str, now: datetime) -> str:
    """The code an app would show at a moment, for the demonstration and for tests."""
    return pyotp.TOTP(secret).at(now)
