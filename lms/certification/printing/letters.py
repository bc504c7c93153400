"""What of a holder's name can be printed in the letters of our PDFs, and how large.

A name in letters that `lms.core.fonts` has not is never printed as boxes: the page says where it stands in full.
Chinese, Japanese and Korean are among them: their fonts weigh twenty megabytes each, and the ones a reader may have on
its device it may not have.
"""

from lms.core.fonts import coverage

__all__ = ["EVERYDAY", "coverage", "points", "printed"]

EVERYDAY = range(0x20, 0x17F)
"""Latin letters that are certainly there, so that most names need no look into the font; a test compares."""

_NEEDS_SHAPING = range(0x0900, 0x0E00)
"""Scripts of South Asia, whose letters change places when they meet; drawn one by one they spell something else."""


def printed(name: str) -> str:
    """The words of a name that can be printed, all of them for most names; empty when there is none.

    Of “王小明 (Wang Xiaoming)” it is “Wang Xiaoming”. Whoever prints less than the whole has to say so.
    """
    if _can_print(name):
        return name
    words = [word for word in name.split() if _can_print(word)]
    left = " ".join(words).strip("()[],;-–/ ")
    return left if sum(letter.isalpha() for letter in left) > 1 else ""


def points(name: str) -> int:
    """The size in which a holder's name is set: a short one large, one of 200 letters on three lines."""
    return next((size for most, size in ((24, 32), (48, 25), (80, 20), (120, 16)) if len(name) <= most), 13)


def _can_print(text: str) -> bool:
    unusual = {ord(letter) for letter in text if ord(letter) not in EVERYDAY}
    return not unusual or all(letter in coverage() and letter not in _NEEDS_SHAPING for letter in unusual)
