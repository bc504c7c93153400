"""New keys, and private keys in their files, which only their owner can read. Nothing here knows the database.

Seals are RSA with 3072 bits, which every reader of PDFs checks; credentials are Ed25519, which `eddsa-rdfc-2022` asks
for. A seal has an X.509 certificate: one made here is signed by itself, so that it proves that a paper was not changed,
and our check page who sealed it. An authority whose seal readers shall trust by themselves lays its own key and
certificate into the folder of keys (see docs/certificates.md).
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from lms.certification.keys.rules import Purpose
from lms.core.words import Refused

RSA_BITS = 3072
YEARS = timedelta(days=365 * 30)
"""How long a seal's own certificate says it lasts: papers are looked at for as long as somebody works."""

LONGEST_NAME = 64
"""What X.520 allows in a name."""

PrivateKey = rsa.RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True)
class Pair:
    """A key with what of it is public. Never printed: `repr` holds nothing of the private part."""

    private: PrivateKey
    public_pem: str
    fingerprint: str
    certificate_pem: str | None

    def __repr__(self) -> str:
        return f"Pair({self.fingerprint})"


def new_pair(purpose: Purpose, *, authority: str, code: str, now: datetime) -> Pair:
    """A new key for an authority, with its certificate when it seals."""
    if purpose is Purpose.CREDENTIAL:
        return _pair(Ed25519PrivateKey.generate(), None)
    private = new_rsa()
    return _pair(private, _certified(private, authority, code, now))


def new_rsa() -> rsa.RSAPrivateKey:
    """A fresh RSA key: half a second of work."""
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def write(path: Path, pair: Pair) -> None:
    """Write a private key to a new file nobody else may read, in a folder nobody else may enter.

    Refused when that cannot be done.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(pair.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise Refused(
            "A key cannot be written to %(path)s: %(why)s. Mend it, or name another folder in LMS_KEYS.",
            path=path.parent,
            why=error.strerror or "",
        ) from error


@lru_cache(maxsize=256)
def private_of(path: Path, fingerprint: str) -> PrivateKey:
    """The private key in a file, which is read once a process: checking an RSA key takes as long as ten signatures.

    Raises FileNotFoundError; Refused when it is no key that can sign here, or another than the one with `fingerprint`.
    """
    private = _read(path.read_bytes(), path)
    if _fingerprint(private) != fingerprint:
        raise Refused("The key in %(path)s is not the one it was.", path=path)
    return private


def given(path: Path, purpose: Purpose) -> Pair | None:
    """The key an operator laid into the folder of keys, with its certificate and those of its issuers; None if none.

    Refused when the file cannot be read, is encrypted, is of another kind, or its certificate is not of this key.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Refused("The key in %(path)s cannot be read: %(why)s.", path=path, why=error.strerror or "") from error
    return _given(path, data, purpose)


@lru_cache(maxsize=256)
def _given(path: Path, data: bytes, purpose: Purpose) -> Pair:
    private = _read(data, path)
    wanted = rsa.RSAPrivateKey if purpose is Purpose.SEAL else Ed25519PrivateKey
    if not isinstance(private, wanted):
        kind = "an RSA key" if purpose is Purpose.SEAL else "an Ed25519 key"
        raise Refused("%(path)s has to hold %(kind)s.", path=path, kind=kind)
    if purpose is Purpose.CREDENTIAL:
        return _pair(private, None)
    try:
        chain = x509.load_pem_x509_certificates(data)
    except ValueError:
        chain = []
    own = _public_der(private)
    if not chain or chain[0].public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != own:
        raise Refused("%(path)s has to hold the certificate of its key, first of its certificates.", path=path)
    return _pair(private, "".join(each.public_bytes(Encoding.PEM).decode() for each in chain))


def file_of(folder: Path, key_id: UUID) -> Path:
    """Where the private half of a key made here lies."""
    return folder / f"{key_id}.pem"


def new_id() -> UUID:
    """The name of a new key and of its file."""
    return uuid4()


def _read(data: bytes, path: Path) -> PrivateKey:
    try:
        private = load_pem_private_key(data, password=None)
    except (TypeError, ValueError) as error:
        raise Refused("%(path)s holds no private key in PEM that is not encrypted.", path=path) from error
    if not isinstance(private, rsa.RSAPrivateKey | Ed25519PrivateKey):
        raise Refused("%(path)s has to hold an RSA or an Ed25519 key.", path=path)
    if isinstance(private, rsa.RSAPrivateKey) and private.key_size < 2048:
        raise Refused("The key in %(path)s is too short: a seal needs at least 2048 bits.", path=path)
    return private


def _pair(private: PrivateKey, certificate_pem: str | None) -> Pair:
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return Pair(private, public, _fingerprint(private), certificate_pem)


def _fingerprint(private: PrivateKey) -> str:
    return hashlib.sha256(_public_der(private)).hexdigest()


def _public_der(private: PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _certified(private: rsa.RSAPrivateKey, authority: str, code: str, now: datetime) -> str:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, authority[:LONGEST_NAME]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, code[:LONGEST_NAME]),
            x509.NameAttribute(NameOID.COMMON_NAME, authority[:LONGEST_NAME]),
        ]
    )
    public = private.public_key()
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))  # a reader whose clock is behind
        .not_valid_after(now + YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .sign(private, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()
