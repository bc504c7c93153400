"""What a message may hold: fields that are filled in for whom it goes to, and no way to anything else. Plain Python.

A field is written ((first name)), as GOV.UK Notify writes it. The list is closed and filled in once, so that what is
filled in is never looked at again. No template language ever sees what a coordinator or anybody else wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from lms.core.words import N_, Refused
from lms.notifications.channels.lengths import MOST_PARTS, length
from lms.notifications.preferences.rules import Topic

LONGEST_SUBJECT, LONGEST_BODY, LONGEST_SHORT = 120, 4000, 600
MOST_PEOPLE = 10_000
"""People one message goes to at most."""
MOST_A_DAY = 3
"""Messages of coordinators of one authority that reach one person in a day."""


class Field(StrEnum):
    """What can be filled in. Each is about the one the message goes to, or the same for everybody."""

    FIRST_NAME = "first name"
    NAME = "name"
    COURSE = "course"
    NEXT_STEP = "next step"
    CONTACT = "contact name"
    CONTACT_PHONE = "contact phone"
    CONTACT_EMAIL = "contact email"
    AUTHORITY = "authority"
    EVENT = "event"


OWN = frozenset({Field.COURSE, Field.NEXT_STEP})
"""Fields about what somebody learns: not in a message about work, which may go through their employer."""

_FIELD = re.compile(r"\(\(([^()\n]{0,60})\)\)")
_ADDRESS = re.compile(r"(?i)\b(?:https?://|ftp://|www\.)[^\s<>]+")
_BARE = re.compile(r"(?i)(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|org|net|uk|wales|cymru|info|io|ly|eu|gl|me|co)\b(?!@)")


@dataclass(frozen=True)
class Text:
    """A message in one language: the subject, the body, and what a text message says."""

    subject: str
    body: str
    short: str = ""

    @property
    def every(self) -> str:
        """All of it, for looking through."""
        return f"{self.subject}\n{self.body}\n{self.short}"


def cleaned(text: Text) -> Text:
    """The same with a subject on one line, lines ended one way, and without letters that are none."""
    return Text(" ".join(_letters(text.subject).split()), _lines(text.body), " ".join(_letters(text.short).split()))


def _lines(body: str) -> str:
    lines = _letters(body.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())


def fields_in(text: Text) -> list[str]:
    """What stands between double brackets, as it was typed and in its order."""
    return [_spelled(found) for found in _FIELD.findall(text.every)]


def _spelled(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())


def check(text: Text, topic: Topic, *, site: str) -> None:
    """Refuse a message that could not go out as it is; `site` is the address of PALMS.

    Raises Refused, with a sentence that says how to mend it.
    """
    if not text.subject or not text.body:
        raise Refused(N_("Write a subject and a message."))
    _check_lengths(text)
    _check_fields(text, topic)
    check_links(text.every, site)


def _check_lengths(text: Text) -> None:
    for part, most in ((text.subject, LONGEST_SUBJECT), (text.body, LONGEST_BODY), (text.short, LONGEST_SHORT)):
        if len(part) > most:
            raise Refused(N_("Shorten “%(part)s…” to at most %(most)s characters."), part=part[:30], most=most)
    if length(text.short).parts > MOST_PARTS:
        raise Refused(
            N_("The text message is sent in %(parts)s parts. Shorten it to at most %(most)s."),
            parts=length(text.short).parts,
            most=MOST_PARTS,
        )


def _check_fields(text: Text, topic: Topic) -> None:
    known = {each.value for each in Field}
    for name in fields_in(text):
        if name not in known:
            raise Refused(
                N_("There is no field ((%(name)s)). Take it out, or use one of: %(known)s."),
                name=name,
                known=", ".join(known_fields(topic)),
            )
        if topic is Topic.WORK and name in OWN:
            raise Refused(
                N_("Take out ((%(name)s)): a message about work can go through an employer, who must not read it."),
                name=name,
            )


def known_fields(topic: Topic) -> list[str]:
    """The fields of a message about something."""
    return [each.value for each in Field if topic is not Topic.WORK or each not in OWN]


def check_links(words: str, site: str) -> None:
    """Refuse words with a link to anywhere but `site`, the address of PALMS; also words that fill a field."""
    for found in [*_ADDRESS.findall(words), *_BARE.findall(_ADDRESS.sub(" ", words))]:
        if not _is_ours(found, site):
            raise Refused(
                N_("Take out %(link)s: a message leads to PALMS alone, so that people can trust its links."),
                link=found[:60],
            )


def _is_ours(found: str, site: str) -> bool:
    own = urlsplit(site)
    try:
        parts = urlsplit(found.rstrip(".,;:!?)"))
        return (parts.scheme, parts.hostname, parts.port) == (own.scheme, own.hostname, own.port) and not parts.username
    except ValueError:
        return False


def missing(text: Text, values: Mapping[str, str]) -> list[str]:
    """The fields of a message for which there is nothing to fill in, each once."""
    return list(dict.fromkeys(name for name in fields_in(text) if not values.get(name)))


def filled(text: Text, values: Mapping[str, str]) -> Text:
    """The message with its fields filled in, once. Raises Refused when one has no value."""
    without = missing(text, values)
    if without:
        raise Refused(N_("There is nothing to fill in for ((%(name)s))."), name=without[0])

    def fill(part: str) -> str:
        return _FIELD.sub(lambda found: " ".join(values[_spelled(found[1])].split()), part)

    return Text(fill(text.subject), fill(text.body), fill(text.short))


class Out(StrEnum):
    """Why somebody does not get a message."""

    NO_VALUE = "no_value"
    TOO_MANY = "too_many"
    NOT_HERE = "not_here"
