"""Secrets: links, sessions, passwords and passphrases. Only digests are kept."""

import hashlib
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from lms.people.passphrase_words import WORDS

_hasher = PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash that is compared for somebody who does not exist."""
    return _hasher.hash(secrets.token_urlsafe(16))


def new_secret() -> str:
    """A secret for a link or a session: 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret: SHA-256 in hexadecimal. Such secrets are random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hash_password(password: str) -> str:
    """The argon2id hash of a password or passphrase."""
    return _hasher.hash(password)


def verify(kept: str | None, password: str) -> bool:
    """Whether a password fits. Takes as long for somebody who does not exist, so that time tells nothing."""
    try:
        _hasher.verify(kept or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


def new_passphrase() -> str:
    """Five plain words to read out over the telephone (40 bits; guessing is slowed)."""
    return "-".join(secrets.choice(WORDS) for _ in range(5))
