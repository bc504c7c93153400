"""What came of one line of a batch, as it is kept, and in words for people. Nothing in it names anybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lms.certification.bulk.rules import Line
from lms.certification.rules import MissingThing, Named, Need
from lms.core.content import Words
from lms.core.words import N_, NotFound, Refused, Say

Kept = Mapping[str, Any]
"""One reason as JSON: what is missing, since when it waits, what refused it, or what went wrong."""

_NOTHING = N_("There is nothing here yet that this certificate could be for, such as standards that are opened.")
_WAITS = N_("Everything is there. It waits until a quality assurer has looked at the work, since %(day)s.")
_TROUBLE = N_(
    "Something is wrong with this record (%(what)s), so it was left out and the others went on. Try it again. If it"
    " stays, tell whoever looks after PALMS for you."
)


@dataclass(frozen=True)
class Outcome:
    """How a line stands now, why, and the certificate there is."""

    state: Line
    why: tuple[Kept, ...] = ()
    certificate_id: UUID | None = None


def missing(things: Sequence[MissingThing]) -> Outcome:
    """Something is not on record yet."""
    return Outcome(Line.MISSING, tuple(_kept(thing) for thing in things))


def waits(since: date) -> Outcome:
    """A quality sample is waited for."""
    return Outcome(Line.WAITS, ({"waits": since.isoformat()},))


def went_wrong(trouble: Exception) -> Outcome:
    """A record nothing can be issued for: there is nothing it could be for, a refusal in its own words, or a fault.

    A fault is kept by the name of its error, which names nobody.
    """
    if isinstance(trouble, NotFound):
        return Outcome(Line.MISSING, ({"nothing": True},))
    if isinstance(trouble, Refused):
        values = {name: str(value) for name, value in trouble.values.items()}
        return Outcome(Line.FAILED, ({"refused": trouble.message, "values": values},))
    return Outcome(Line.FAILED, ({"trouble": type(trouble).__name__},))


def _kept(thing: MissingThing) -> Kept:
    names = [{"code": each.code, "en": each.title.en, "cy": each.title.cy} for each in thing.names]
    return {"what": thing.what.value, "names": names, "too_old": thing.too_old}


def lines(why: Sequence[Kept], say: Say, language: str, written: Callable[[date], str]) -> list[str]:
    """Why a line stands as it does, a sentence for each reason. `written` puts a day into words."""
    return [line for each in why for line in _lines(each, say, language, written)]


def _lines(each: Kept, say: Say, language: str, written: Callable[[date], str]) -> list[str]:
    if "what" in each:
        names = tuple(Named(n["code"], Words(en=n["en"], cy=n["cy"])) for n in each["names"])
        return MissingThing(Need(each["what"]), names, too_old=each["too_old"]).lines(say, language)
    if "nothing" in each:
        return [say(_NOTHING)]
    if "waits" in each:
        return [say(_WAITS) % {"day": written(date.fromisoformat(each["waits"]))}]
    if "refused" in each:
        text = say(each["refused"])
        return [text % each["values"] if each["values"] else text]
    return [say(_TROUBLE) % {"what": each["trouble"]}]
