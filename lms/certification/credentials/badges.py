"""The one file that knows openbadgeslib: sign, verify, and put credentials into pictures and take them out again.

The library and the JSON-LD processor it needs take some 20 MB and a fifth of a second, so this file is imported where
it is used (see `library`), and a server that nobody asks for a credential stays small. Contexts come with the library:
nothing is ever fetched.
"""

import json
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from xml.parsers.expat import ExpatError

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib import baking
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.keys import public_jwk_from_pem
from openbadgeslib.ob3.credential import Achievement, Evidence, IdentityObject, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.did import multikey_from_pem
from openbadgeslib.ob3.ldp import OB3LdpSigner, add_data_integrity_proof, verify_data_integrity_proof
from openbadgeslib.ob3.status import decode_encoded_list, set_indices
from openbadgeslib.ob3.status_list import encode_bitstring
from png import FormatError

from lms.certification.credentials.rules import SIZE, Mark

ALGORITHM = "EdDSA"
JWK = "-jwk"
"""What the name of a key ends with where it stands as a JWK, for those who check the JWT."""

_BASE = "https://www.w3.org/ns/credentials/v2"
_DID_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
]


@dataclass(frozen=True)
class Place:
    """A credential's place in a status list. `messages` say what the bit means where the standard has no word."""

    mark: Mark
    address: str
    number: int
    messages: tuple[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Says:
    """All that a credential says. Moments are aware; `criteria` and `evidence` may be Markdown."""

    id: UUID
    issuer: str
    issuer_name: str
    issuer_url: str
    language: str
    name: str
    description: str
    code: str
    achievement_id: str
    criteria: str
    check: str
    evidence_name: str
    evidence: str
    picture: str
    picture_says: str
    begins: datetime
    ends: datetime | None
    name_hash: str
    salt: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Signed:
    """One thing signed in both ways: JSON with a Data Integrity proof, and a JWT."""

    document: str
    token: str


@dataclass(frozen=True)
class Signer:
    """An authority's key for credentials. `method` is its name in the issuer's document."""

    private: Ed25519PrivateKey = field(repr=False)
    method: str

    def credential(self, says: Says, at: datetime) -> Signed:
        """A credential, signed. Raises LibOpenBadgesException for what cannot be signed whole."""
        said = _said(says)
        signed = OB3LdpSigner(self.private, self.method).sign(said, created=at)
        return Signed(text_of(signed), self._token(said.to_jwt_payload()))

    def status_list(self, mark: Mark, address: str, issuer: str, numbers: Collection[int], *, window: Any) -> Signed:
        """A status list in which these places are marked. `window` is (begins, ends, milliseconds it may be kept)."""
        begins, ends, kept = window
        listed = {
            "@context": [_BASE],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer,
            "validFrom": _moment(begins),
            "validUntil": _moment(ends),
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": mark.purpose,
                "encodedList": encode_bitstring(numbers, SIZE),
                "ttl": kept,
            },
        }
        signed = add_data_integrity_proof(listed, self.private, self.method, created=begins)
        claims = {"iss": issuer, "jti": address, "nbf": int(begins.timestamp()), "exp": int(ends.timestamp())}
        return Signed(text_of(signed), self._token({**listed, **claims}))

    def _token(self, payload: dict[str, Any]) -> str:
        # The library names no key in the header; where the issuer's document has several, a checker has to know which.
        headers = {"kid": self.method + JWK, "jwk": _jwk(_public(self.private))}
        return jwt.encode(payload, self.private, ALGORITHM, headers=headers)


def sound(document: str, public_pem: str) -> bool:
    """Whether a credential or a list as JSON is signed whole by this key. Whether it still counts is not asked here.

    Only for what we made ourselves: working a stranger's JSON-LD out can take long.
    """
    try:
        verify_data_integrity_proof(json.loads(document), public_pem)
    except (LibOpenBadgesException, ValueError):
        return False
    return True


def token_sound(token: str, public_pem: str) -> bool:
    """Whether a JWT is signed by this key. Its days are not asked for here."""
    unasked = {"verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False}
    try:
        jwt.decode(token, public_pem, algorithms=[ALGORITHM], options=unasked)  # type: ignore[arg-type]  # as documented
    except jwt.PyJWTError:
        return False
    return True


def payload_of(token: str) -> dict[str, Any] | None:
    """What a JWT holds, believed by nobody yet; None when that cannot be read."""
    try:
        return dict(jwt.decode(token, options={"verify_signature": False}))
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None


def into_png(picture: bytes, text: str) -> bytes:
    """A PNG with a credential in it."""
    return baking.bake_png(picture, text, keyword=baking.ITXT_KEYWORD_OB3)


def into_svg(picture: bytes, text: str) -> bytes:
    """A drawing with a credential in it."""
    element, namespace = baking.SVG_ELEMENT_OB3, baking.SVG_NS_OB3
    return baking.bake_svg(picture, text, element=element, namespace=namespace, as_text=True)


def out_of_png(data: bytes) -> str | None:
    """The credential in a PNG; None when there is none, or what says it is a PNG is none."""
    try:
        return baking.extract_png(data, keyword=baking.ITXT_KEYWORD_OB3)
    except _UNREADABLE:
        return None


def out_of_svg(data: bytes) -> str | None:
    """The credential in a drawing; None when there is none, or what says it is a drawing is none."""
    try:
        return baking.extract_svg(data, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    except _UNREADABLE:
        return None


def marked_in(encoded: str) -> frozenset[int]:
    """The places that are marked in an encoded list. Raises ValueError."""
    return set_indices(decode_encoded_list(encoded))


def keys_document(issuer: str, keys: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The issuer's document: every key it ever had, as (name, public PEM). What an old key signed can thus be checked.

    Each stands there twice: as Multikey for Data Integrity proofs, and as JWK for JWTs.
    """
    methods: list[dict[str, Any]] = []
    for name, pem in keys:
        methods += [
            {"id": name, "type": "Multikey", "controller": issuer, "publicKeyMultibase": multikey_from_pem(pem)},
            {"id": name + JWK, "type": "JsonWebKey", "controller": issuer, "publicKeyJwk": _jwk(pem)},
        ]
    said = [method["id"] for method in methods]
    return {"@context": _DID_CONTEXTS, "id": issuer, "verificationMethod": methods, "assertionMethod": said}


_UNREADABLE = (
    LibOpenBadgesException,
    FormatError,
    ExpatError,
    ValueError,
    zlib.error,
    RecursionError,
)
"""All that a picture made by a stranger can be wrong in; what defusedxml refuses is a ValueError."""


@dataclass(kw_only=True)
class _Credential(OpenBadgeCredential):
    """The library's credential with what it has no field for."""

    says: Says

    def to_vc(self) -> dict[str, Any]:
        document = super().to_vc()
        says = self.says
        achievement = document["credentialSubject"]["achievement"]
        achievement["criteria"]["id"] = says.check
        achievement["image"]["caption"] = says.picture_says
        achievement |= {"inLanguage": says.language, "humanCode": says.code}
        document["validFrom"] = _moment(says.begins)
        if says.ends:
            document["validUntil"] = _moment(says.ends)
        return document


def _said(says: Says) -> _Credential:
    return _Credential(
        says=says,
        id=f"urn:uuid:{says.id}",
        issuer=Issuer(id=says.issuer, name=says.issuer_name, url=says.issuer_url),
        recipient_id=None,
        identifiers=[IdentityObject(says.name_hash, "name", hashed=True, salt=says.salt)],
        achievement=Achievement(
            id=says.achievement_id,
            name=says.name,
            description=says.description,
            criteria_narrative=says.criteria,
            achievement_type="Certificate",
            image_url=says.picture,
        ),
        name=says.name,
        evidence=[Evidence(id=says.check, name=says.evidence_name, narrative=says.evidence)],
        issuance_date=says.begins,
        expiration_date=says.ends,
        credential_status=[_entry(place) for place in says.places],
    )


def _entry(place: Place) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": f"{place.address}#{place.number}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": place.mark.purpose,
        "statusListIndex": str(place.number),
        "statusListCredential": place.address,
    }
    if place.messages:
        entry["statusMessage"] = [
            {"status": f"0x{bit}", "message": message} for bit, message in enumerate(place.messages)
        ]
    return entry


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def text_of(document: dict[str, Any]) -> str:
    """JSON as it is kept and sent."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _jwk(pem: str) -> dict[str, Any]:
    return {name: value for name, value in public_jwk_from_pem(pem).items() if name in {"kty", "crv", "x"}}


def _public(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
