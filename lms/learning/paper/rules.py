"""What stands on a sheet: whose it is, which it is, and letters for what is chosen. Plain Python."""

from hashlib import blake2b
from uuid import UUID

LONGEST_NAME = 40
"""Characters of a name on a sheet."""

LETTERS = "ABCDEFGHIJ"

_SIGNS = "2346789ABCDEFGHJKMNPQRTVWXY"
"""Signs that no handwriting mixes up: no 0 and O, no 1, I and L, no 5 and S, no U and no Z."""

_LENGTH = 6


def sheet_number(attempt_id: UUID) -> str:
    """The short number of a sheet, such as K7Q-M2D: always the same for an attempt, and made to be read from paper."""
    left = int.from_bytes(blake2b(attempt_id.bytes, digest_size=8).digest())
    signs = []
    for _ in range(_LENGTH):
        left, sign = divmod(left, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return f"{''.join(signs[:3])}-{''.join(signs[3:])}"


def same_number(typed: str, attempt_id: UUID) -> bool:
    """Whether what was typed is the number of an attempt's sheet, however it is spaced."""
    return _bare(typed) == _bare(sheet_number(attempt_id))


def _bare(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())


def initials(name: str) -> str:
    """The initials of a name, so that a paper left on a bus tells nobody who studies: “P. M.”."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split() if word[0].isalpha())[
        :LONGEST_NAME
    ]
