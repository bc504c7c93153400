"""The secret a system and we share, and the signature made with it (Standard Webhooks, symmetric, `v1`).

The secret is not kept: it is worked out from LMS_SECRET_KEY, the notification's id and how often it was made anew.
So a copy of the database tells nobody how to sign. A fingerprint is kept, by which a changed key is noticed.
"""

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from standardwebhooks.webhooks import Webhook as Signer

BYTES = 32


def secret(key: str, webhook_id: UUID, turn: int) -> str:
    """The secret in the form other systems expect, "whsec_" and base64. `turn` counts how often it was made anew."""
    info = f"palms webhook {webhook_id} {turn}".encode()
    derived = HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=info).derive(key.encode())
    return "whsec_" + base64.b64encode(derived).decode()


def fingerprint(said: str) -> str:
    """By what a secret is known again: 16 characters that do not lead back to it."""
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def still_counts(key: str | None, webhook_id: UUID, turn: int, kept: str) -> bool:
    """Whether this key still makes the secret that was handed out, by the fingerprint that was kept of it."""
    return bool(key) and fingerprint(secret(key or "", webhook_id, turn)) == kept


def headers(secrets: Iterable[str], *, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers a notification goes out with: id, moment, and a signature for each secret."""
    text = body.decode()
    signed = " ".join(Signer(each).sign(message_id, now, text) for each in secrets)
    return {
        "content-type": "application/json",
        "user-agent": "PALMS",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signed,
    }
