"""What people wrote, made safe to keep and to show: one Unicode form, nothing invisible, no longer than agreed."""

import unicodedata

from lms.core.words import N_, Refused

LONGEST_SEEN = 4000
LONGEST_FEEDBACK = 2000

# Direction marks can make a sentence read as another one; PostgreSQL refuses control characters such as NUL.
_HIDDEN = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy(text: str, longest: int) -> str:
    """Text of several lines without what nobody can see. Refused when it is longer than `longest` characters."""
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(c for c in lines if c in "\n\t" or not (c in _HIDDEN or unicodedata.category(c) in {"Cc", "Cs"}))
    kept = kept.strip()
    if len(kept) > longest:
        raise Refused(N_("Shorten this to at most %(most)s characters."), most=longest)
    return kept
