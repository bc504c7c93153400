"""What a certificate says as a credential: what it proves and does not, its days, who issued it, where to check it.

Of the holder there is only a salted hash of the name: whoever is told the name can see that it fits. Evidence goes as
far as the paper, and no further.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from lms.certification.credentials import rules
from lms.certification.credentials.queries import Facts, ListView
from lms.certification.credentials.rules import Mark
from lms.certification.printing.pdf import address_of
from lms.core.i18n import day, say_in
from lms.core.words import N_

if TYPE_CHECKING:
    from lms.certification.credentials.badges import Place, Says

PICTURE = "/credentials/badge.png"
NOT_REPLACED = N_("It was not replaced.")
REPLACED = N_("It was replaced by another certificate.")


def says(found: Facts, listed: ListView, place: int, base_url: str) -> "Says":
    """What a credential says, with its place in a status list."""
    from lms.certification.credentials.badges import Says  # noqa: PLC0415  a large library: see there

    check = address_of(base_url, found.number)
    salt = secrets.token_hex(16)
    return Says(
        id=uuid4(),
        issuer=listed.issuer,
        issuer_name=found.authority_name,
        issuer_url=base_url,
        language=found.language,
        name=found.title,
        description=_line(f"{found.proves[0]} {found.does_not_prove[0]}"),
        code=found.code,
        achievement_id=f"{check}#achievement",
        criteria=_criteria(found),
        check=check,
        evidence_name=found.number,
        evidence="\n".join(_evidence(found)),
        picture=base_url + PICTURE,
        picture_says=found.title,
        begins=rules.begins(found.issued_on),
        ends=rules.ends(found.lapses_on),
        name_hash=rules.name_hash(found.holder_name, salt),
        salt=salt,
        places=_places(listed, place, found.language),
    )


def _criteria(found: Facts) -> str:
    said, say = found.face.get("say") or {}, say_in(found.language)
    parts = (
        (said.get("proves") or say(N_("What it proves")), found.proves),
        (said.get("does_not_prove") or say(N_("What it does not prove")), found.does_not_prove),
    )
    return "\n\n".join(f"**{heading}**\n\n{_listed(lines)}" for heading, lines in parts)


def _evidence(found: Facts) -> Iterator[str]:
    for fact in found.shown:
        yield f"- {_line(fact['label'])}: {_line(fact['text'])}"
    for each in found.achievements:
        on = day(date.fromisoformat(each["on"]), found.language) if each.get("on") else ""
        yield "- " + ", ".join(_line(part) for part in (each["code"], each["title"], on, each.get("by", "")) if part)


def _places(listed: ListView, place: int, language: str) -> "tuple[Place, ...]":
    from lms.certification.credentials.badges import Place  # noqa: PLC0415  as above

    say = say_in(language)
    messages = {Mark.REPLACED: (say(NOT_REPLACED), say(REPLACED))}
    return tuple(Place(mark, f"{listed.address}/{mark}", place, messages.get(mark)) for mark in Mark)


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {_line(line)}" for line in lines)


def _line(text: str) -> str:
    return " ".join(text.split())
