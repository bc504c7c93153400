"""What keys are for. Plain Python."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a key signs: papers (PAdES, RSA) or credentials (Open Badges, Ed25519)."""

    SEAL = "seal"
    CREDENTIAL = "credential"


class Sealed(StrEnum):
    """How a PDF was sealed: by our key alone (PAdES B-B), or with the time stamp of a server as well (B-T)."""

    SEALED = "sealed"
    STAMPED = "stamped"
