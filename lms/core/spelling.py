"""One spelling for names, addresses and free text: what people typed, without what nobody can see."""

import re
import unicodedata

from lms.core.words import N_, Refused

LONGEST_NAME = 120
# Without the characters by which mail programs read one address as another, or as several (RFC 5322, "specials").
_EMAIL = re.compile(r'[^@\s()<>\[\]:;,\\"]{1,64}@[^@\s.()<>\[\]:;,\\"]+(\.[^@\s.()<>\[\]:;,\\"]+)+')
_USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,39}")
# Direction marks can make a name or a sentence read as another one; line feeds and tabs are kept in long text.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str, *, keep: str = "") -> str:
    """Text in one Unicode form without control characters and direction marks, except those in `keep`."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in normal if c in keep or (unicodedata.category(c) not in {"Cc", "Cs"} and c not in _DIRECTION_MARKS)
    )


def clean_name(text: str) -> str:
    """A name on one line. Refused when nothing is left of it or it is longer than 120 characters."""
    name = " ".join(visible(text, keep="\t\n").split())
    if not name:
        raise Refused(N_("Enter a name."))
    if len(name) > LONGEST_NAME:
        raise Refused(N_("Enter a name of at most %(most)s characters."), most=LONGEST_NAME)
    return name


def clean_text(text: str, longest: int) -> str:
    """Text of several lines. Refused when it is longer than `longest` characters."""
    cleaned = visible(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t").strip()
    if len(cleaned) > longest:
        raise Refused(N_("Shorten this to at most %(most)s characters."), most=longest)
    return cleaned


def clean_email(text: str) -> str:
    """An e-mail address in lower case. Refused when it has not the shape of one."""
    address = visible(text).strip().lower()
    unseen = any(unicodedata.category(c) == "Cf" for c in address)
    if len(address) > 254 or unseen or "=?" in address or not _EMAIL.fullmatch(address):
        raise Refused(N_("Enter an e-mail address in the correct form, like name@example.com."))
    return address


def clean_username(text: str) -> str:
    """A username in lower case: 3 to 40 letters, digits, dots and hyphens."""
    name = visible(text).strip().lower()
    if not _USERNAME.fullmatch(name):
        raise Refused(N_("Enter a username of 3 to 40 letters, numbers, dots and hyphens."))
    return name
