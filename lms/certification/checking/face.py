"""What a stranger sees of a certificate: all that is on the paper, in its order and with its labels, but for the name.

The name is shown as its holder chose, or whole to somebody who typed it and it fitted. Where it is not shown it stands
nowhere else on the page either, should it be part of a sentence.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.certification.checking.queries import CheckedView
from lms.certification.holder.rules import NameShown, initials
from lms.core.i18n import day


@dataclass(frozen=True)
class Side:
    """The certificate in one of its languages: `shown` are its facts, each a label and a text."""

    language: str
    title: str
    shown: Sequence[tuple[str, str]]
    proves: Sequence[str]
    does_not_prove: Sequence[str]


@dataclass(frozen=True)
class Face:
    """All that is on the paper. `whole` is whether `name` is the whole name; `achieved` heads the second page."""

    name: str
    whole: bool
    sides: Sequence[Side]
    signatories: Sequence[Mapping[str, str]]
    achievements: Sequence[Mapping[str, str]]
    achieved: str


def face_of(certificate: CheckedView, name: NameShown) -> Face:
    """The face of a certificate, with so much of the holder's name."""
    whole = name is NameShown.FULL
    shown = certificate.holder_name if whole else initials(certificate.holder_name)
    # As words of its own: somebody may be called Li, and “Living” stays what the paper says.
    named = re.compile(rf"(?<!\w){re.escape(certificate.holder_name)}(?!\w)")

    def hidden(text: str) -> str:
        return text if whole else named.sub(lambda _found: shown, text)

    own = {
        "title": certificate.title,
        "shown": certificate.shown,
        "proves": certificate.proves,
        "does_not_prove": certificate.does_not_prove,
    }
    sides = [(certificate.language, own), *certificate.also.items()]
    return Face(
        name=shown,
        whole=whole,
        sides=[_side(language, texts, hidden) for language, texts in sides],
        signatories=certificate.signatories,
        achievements=[
            {**each, "on": _day(each.get("on", ""), certificate.language)} for each in certificate.achievements
        ],
        achieved=hidden(certificate.achieved or ""),
    )


def _side(language: str, texts: Mapping[str, Any], hidden: Any) -> Side:
    return Side(
        language=language,
        title=hidden(texts["title"]),
        shown=[(fact["label"], hidden(fact["text"])) for fact in texts["shown"]],
        proves=[hidden(line) for line in texts["proves"]],
        does_not_prove=[hidden(line) for line in texts["does_not_prove"]],
    )


def _day(text: str, language: str) -> str:
    """A day as the paper writes it; it is kept as in ISO 8601."""
    try:
        return day(date.fromisoformat(text), language)
    except ValueError:
        return text
