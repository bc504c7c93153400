"""What can be seen in a PDF from outside. Plain Python, since the process that serves pages reads no PDF itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Seal:
    """One signature. `fingerprint` is the SHA-256 of the signer's public key as DER, in hexadecimal.

    `unbroken`: what it covers is as it was sealed. `whole`: it covers every byte. `added`: what came after it, by
    pyHanko's comparison, "none" when nothing did. `start_sha256` is the digest of the file up to where it ends.
    `final`: it says that nothing may be changed afterwards (DocMDP P=1).
    """

    fingerprint: str
    unbroken: bool
    whole: bool
    added: str
    start_sha256: str
    final: bool


@dataclass(frozen=True)
class Seen:
    """What was found in a PDF. `numbers` are what its title names as its number, which anybody can write."""

    locked: bool = False
    broken: bool = False
    cut: bool = False
    numbers: tuple[str, ...] = ()
    seals: tuple[Seal, ...] = ()
