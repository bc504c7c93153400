"""What is said of a file: each verdict names what is the matter and what to do. Plain Python."""

from dataclasses import dataclass
from enum import StrEnum

from lms.certification.checking.files.seen import Seen
from lms.core.words import N_

LARGEST = 2 * 1024 * 1024
"""Bytes of a file that is checked. A certificate has less than half of one million."""


class FileVerdict(StrEnum):
    """What a file is. Only the first two are what we issued."""

    GENUINE = "genuine"
    GENUINE_CREDENTIAL = "genuine_credential"
    NOT_THE_ISSUED_ONE = "not_the_issued_one"
    ADDED = "added"
    CHANGED = "changed"
    SEVERAL_SEALS = "several_seals"
    OTHER_KEY = "other_key"
    OLD_KEY = "old_key"
    UNKNOWN_NUMBER = "unknown_number"
    UNSEALED = "unsealed"
    ALTERED_CREDENTIAL = "altered_credential"
    DOUBTFUL_CREDENTIAL = "doubtful_credential"
    UNKNOWN_CREDENTIAL = "unknown_credential"
    CUT = "cut"
    BROKEN = "broken"
    LOCKED = "locked"
    TOO_MUCH = "too_much"
    PICTURE = "picture"
    ARCHIVE = "archive"
    NO_KIND = "no_kind"

    @property
    def genuine(self) -> bool:
        """Whether the file is as we issued it."""
        return self in {FileVerdict.GENUINE, FileVerdict.GENUINE_CREDENTIAL}

    @property
    def false(self) -> bool:
        """Whether the file claims what is not so, as opposed to one that cannot be read or is of no kind of ours."""
        return self in _FALSE

    @property
    def heading(self) -> str:
        """The answer in one line; a message id."""
        return _SAID[self].heading

    @property
    def why(self) -> str:
        """What is the matter; a message id."""
        return _SAID[self].why

    @property
    def todo(self) -> str:
        """What to do; a message id."""
        return _SAID[self].todo


@dataclass(frozen=True)
class _Said:
    heading: str
    why: str
    todo: str


_ASK = N_("Do not rely on this file. Ask the holder for the file as they downloaded it, or for their share link.")
_COMPARE = N_("Do not rely on this file. Compare it with what is on record below, line by line.")
_NUMBER = N_("Enter the number that stands on it instead, or ask the holder for the PDF as they downloaded it.")

_SAID = {
    FileVerdict.GENUINE: _Said(
        N_("This file is genuine"),
        N_("It is the file we issued, to the last letter: nothing in it was changed, and nothing was added."),
        N_("Look below how the certificate stands today."),
    ),
    FileVerdict.GENUINE_CREDENTIAL: _Said(
        N_("This credential is genuine"),
        N_("Its signature is ours, and nothing in it was changed."),
        N_("Look below how the certificate stands today."),
    ),
    FileVerdict.NOT_THE_ISSUED_ONE: _Said(
        N_("This is not the file we issued"),
        N_("It is sealed with a key of the authority, but it is not the file we have on record for this number."),
        _COMPARE,
    ),
    FileVerdict.ADDED: _Said(
        N_("Something was added to this file"),
        N_("The certificate was sealed, and something was added afterwards: a note, a field, a page or a signature."),
        _ASK,
    ),
    FileVerdict.CHANGED: _Said(
        N_("This file was changed"),
        N_("Its seal is broken: the file is not as it was when it was sealed."),
        _ASK,
    ),
    FileVerdict.SEVERAL_SEALS: _Said(
        N_("Somebody else has signed this file"),
        N_("A certificate of ours has one seal. This file has more than one, so something was added to it."),
        _ASK,
    ),
    FileVerdict.OTHER_KEY: _Said(
        N_("This file was not sealed by the authority it names"),
        N_("Anybody can make a seal. This one is not the authority’s whose certificate has this number."),
        _COMPARE,
    ),
    FileVerdict.OLD_KEY: _Said(
        N_("This file was sealed with a key that was out of use"),
        N_("The key was retired before this certificate was made, so the authority did not seal it."),
        _COMPARE,
    ),
    FileVerdict.UNKNOWN_NUMBER: _Said(
        N_("We cannot confirm this file"),
        N_("No certificate on record has the number in it."),
        N_("Do not rely on this file. Ask the person who gave it to you, and the authority named on it."),
    ),
    FileVerdict.UNSEALED: _Said(
        N_("This file has no seal"),
        N_("It may be a copy that was printed, scanned or saved anew. Anybody can make such a file."),
        _NUMBER,
    ),
    FileVerdict.ALTERED_CREDENTIAL: _Said(
        N_("This credential was changed"),
        N_("Its signature does not fit what stands in it."),
        _ASK,
    ),
    FileVerdict.DOUBTFUL_CREDENTIAL: _Said(
        N_("We cannot confirm this credential"),
        N_("It is one of ours, but it does not stand."),
        _ASK,
    ),
    FileVerdict.UNKNOWN_CREDENTIAL: _Said(
        N_("We did not issue this credential"),
        N_("It is not signed with a key of ours."),
        N_("Ask whoever is named in it as its issuer. We can only check what was issued here."),
    ),
    FileVerdict.CUT: _Said(
        N_("This file is not complete"),
        N_("Its end is missing. Sending or saving it probably broke off."),
        N_("Ask for the file once more, and choose it again."),
    ),
    FileVerdict.BROKEN: _Said(
        N_("This file cannot be read"),
        N_("It calls itself a PDF, but it is damaged or was made to look like one."),
        _NUMBER,
    ),
    FileVerdict.LOCKED: _Said(
        N_("This file is locked with a password"),
        N_("Our certificates are never locked, so this is not the file we issued."),
        _NUMBER,
    ),
    FileVerdict.TOO_MUCH: _Said(
        N_("This file cannot be checked"),
        N_("It holds far more than a certificate does, and we stopped reading it."),
        _NUMBER,
    ),
    FileVerdict.PICTURE: _Said(
        N_("A picture cannot be checked"),
        N_("A photo or scan of a certificate carries no seal, however genuine the paper is."),
        _NUMBER,
    ),
    FileVerdict.ARCHIVE: _Said(
        N_("This is a folder of files packed into one"),
        N_("We check one certificate at a time."),
        N_("Unpack it and choose the PDF of one certificate."),
    ),
    FileVerdict.NO_KIND: _Said(
        N_("This is not a file we can check"),
        N_("We check the PDF of a certificate, and its badge or other credential: a PNG, SVG or JSON file."),
        _NUMBER,
    ),
}

_FALSE = frozenset(
    {
        FileVerdict.NOT_THE_ISSUED_ONE, FileVerdict.ADDED, FileVerdict.CHANGED, FileVerdict.SEVERAL_SEALS,
        FileVerdict.OTHER_KEY, FileVerdict.OLD_KEY, FileVerdict.UNKNOWN_NUMBER, FileVerdict.ALTERED_CREDENTIAL,
        FileVerdict.DOUBTFUL_CREDENTIAL, FileVerdict.LOCKED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class OnRecord:
    """What the record says beside a PDF.

    `number_known`: a certificate has the number in it. `begins_as_issued`: the file begins with all of the PDF we
    issued. `own_key`: the seal's key is one of that certificate's authority; `retired_before`: it was retired before
    the PDF was made.
    """

    number_known: bool = False
    begins_as_issued: bool = False
    own_key: bool = False
    retired_before: bool = False


def of_pdf(seen: Seen, record: OnRecord) -> FileVerdict:
    """What a PDF is that is not, to the byte, one we issued."""
    if seen.locked:
        return FileVerdict.LOCKED
    if record.begins_as_issued:
        return FileVerdict.SEVERAL_SEALS if len(seen.seals) > 1 else FileVerdict.ADDED
    if seen.broken or not seen.seals:
        return FileVerdict.CUT if seen.cut else FileVerdict.BROKEN if seen.broken else FileVerdict.UNSEALED
    return _of_sealed(seen, record)


def _of_sealed(seen: Seen, record: OnRecord) -> FileVerdict:
    first = seen.seals[0]
    if len(seen.seals) > 1:
        return FileVerdict.SEVERAL_SEALS
    if not first.unbroken:
        return FileVerdict.CUT if seen.cut else FileVerdict.CHANGED
    if not first.whole or first.added != "none":
        return FileVerdict.ADDED
    if not record.number_known:
        return FileVerdict.UNKNOWN_NUMBER
    if not record.own_key:
        return FileVerdict.OTHER_KEY
    return FileVerdict.OLD_KEY if record.retired_before else FileVerdict.NOT_THE_ISSUED_ONE
