"""The numbers by which payers know learners: one spelling of each, and whether it is well formed. Plain Python.

Sources: the unique learner number has ten digits, the last of which checks the others (Learning Records Service); the
form of a National Insurance number is HMRC's (NIM39110). What an awarding body's registration looks like is each
body's own affair, so only what no number can be is refused.
"""

import re

from lms.core.words import N_
from lms.funding.evidence.vocabulary import NumberKind

_NINO = re.compile(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")
_NEVER_GIVEN = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
_REGISTRATION = re.compile(r"(?=.*[0-9])[A-Z0-9][A-Z0-9/.-]{2,23}")

LONGEST = 40
"""Characters that are read at all."""

TROUBLES = {
    NumberKind.UNIQUE_LEARNER_NUMBER: N_(
        "This is not a unique learner number: it has 10 digits, and the last one checks the others. "
        "Look at it again, digit by digit."
    ),
    NumberKind.NATIONAL_INSURANCE_NUMBER: N_(
        "This is not a National Insurance number. It has two letters, six digits and a last letter A, B, C or D, "
        "such as QQ 12 34 56 C."
    ),
    NumberKind.AWARDING_BODY_REGISTRATION: N_(
        "This is not a registration number: it has 3 to 24 letters and digits, at least one of them a digit."
    ),
}


def spelled(kind: NumberKind, typed: str) -> str:
    """The one spelling of a number as somebody typed it: without spaces, in capitals. Not yet checked."""
    bare = "".join(typed[:LONGEST].split()).upper()
    return bare if kind is NumberKind.AWARDING_BODY_REGISTRATION else bare.replace("-", "")


def well_formed(kind: NumberKind, number: str) -> bool:
    """Whether a number in its one spelling can be one at all."""
    match kind:
        case NumberKind.UNIQUE_LEARNER_NUMBER:
            return is_learner_number(number)
        case NumberKind.NATIONAL_INSURANCE_NUMBER:
            return bool(_NINO.fullmatch(number)) and number[:2] not in _NEVER_GIVEN
        case NumberKind.AWARDING_BODY_REGISTRATION:
            return bool(_REGISTRATION.fullmatch(number))


def is_learner_number(number: str) -> bool:
    """Ten digits that do not begin with 0: the first nine times 10 to 2, over 11; 10 less the rest is the last digit.

    A rest of 0 leaves no digit, so no such number is given out.
    """
    if not (len(number) == 10 and number.isascii() and number.isdigit() and number[0] != "0"):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
    return rest != 0 and 10 - rest == int(number[9])


def shown(number: str) -> str:
    """A number as it may stand where not everybody has to read it: its last three signs."""
    return f"…{number[-3:]}"
