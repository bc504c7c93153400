"""Short texts kept so that the database alone does not tell them: account numbers, identifiers of learners.

The key comes from the site's secret and a purpose, so that what one room locked another cannot open by mistake. Who
changes LMS_SECRET_KEY locks these texts away for good: they have to be given anew.
"""

import hmac
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lms.core.house import House

_NONCE = 12
"""Bytes of chance before each text; one key may lock some billions of texts with that many."""
_FILE = "locked.key"


class Locker:
    """Locks and opens texts for one purpose."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = _key(sha256(secret.encode()).hexdigest(), purpose)

    def lock(self, text: str, *, about: str) -> bytes:
        """A text made unreadable. `about` names what it belongs to: put into another row, it does not open."""
        nonce = token_bytes(_NONCE)
        return nonce + AESGCM(self._key).encrypt(nonce, text.encode(), about.encode())

    def open(self, kept: bytes, *, about: str) -> str | None:
        """The text again; None when the site's secret is another one now, or somebody altered what was kept."""
        try:
            return AESGCM(self._key).decrypt(kept[:_NONCE], kept[_NONCE:], about.encode()).decode()
        except InvalidTag:
            return None

    def mark(self, text: str) -> str:
        """By what equal texts are known without opening any: 64 characters that lead back to none without the key."""
        return hmac.digest(self._key, b"mark:" + text.encode(), "sha256").hex()


def locker_of(house: House, purpose: str) -> Locker:
    """The locker of a house for a purpose. Where no secret is set, as in a demonstration, one is kept in its folder."""
    return Locker(house.settings.secret_key or _kept_secret(house), purpose)


def _kept_secret(house: House) -> str:
    path = house.settings.data / _FILE
    if not path.exists():
        mine = path.with_name(f"{_FILE}.{token_hex(8)}")
        mine.touch(mode=0o600)
        mine.write_text(token_hex(32), encoding="utf-8")
        with suppress(FileExistsError):  # another process was first: its secret is everybody's
            path.hardlink_to(mine)
        mine.unlink()
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=8)
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"lms {purpose}".encode()).derive(secret.encode())
