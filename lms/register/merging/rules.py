"""Which records of an authority look like the same person, and what both hold together. Plain Python.

It compares what the register team may see anyway, and only within one authority. It suggests; people decide.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from lms.register.held import Held
from lms.register.merging.reasons import Likeness

MOST_ALIKE = 5
"""Names more people than this share say nothing by themselves."""

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame"})
_MISSING = re.compile(r"[^\w]+")


@dataclass(frozen=True)
class Looks:
    """What of a record is compared: the name, the e-mail address, and who they work for."""

    person_id: UUID
    name: str
    email: str | None
    employers: frozenset[UUID] = frozenset()


def name_key(name: str) -> str:
    """A name without case, accents, titles, hyphens and order, so that “Dr Siân ap Rhys” is “rhys, sian ap”."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = _MISSING.sub(" ", plain.casefold()).split()
    return " ".join(sorted(word for word in words if word not in _TITLES) or sorted(words))


def email_key(email: str | None) -> str:
    """An address without case, dots and what follows a plus, since many services deliver all of these alike."""
    if not email or "@" not in email:
        return ""
    mailbox, _at, host = email.casefold().rpartition("@")
    return f"{mailbox.partition('+')[0].replace('.', '')}@{host}"


def pairs(people: Iterable[Looks]) -> dict[tuple[UUID, UUID], Likeness]:
    """Every two records that look alike, the smaller id first, and what makes them so."""
    found: dict[tuple[UUID, UUID], Likeness] = {}
    by_name, by_email = _grouped(people)
    for group in by_name.values():
        for one, other in _alike(group):
            found[_in_order(one, other)] = _likeness(one, other)
    for group in by_email.values():
        for one, other in combinations(group[: 2 * MOST_ALIKE], 2):
            found.setdefault(_in_order(one, other), Likeness.EMAIL)
    return found


def _grouped(people: Iterable[Looks]) -> tuple[Mapping[str, list[Looks]], Mapping[str, list[Looks]]]:
    by_name: dict[str, list[Looks]] = defaultdict(list)
    by_email: dict[str, list[Looks]] = defaultdict(list)
    for each in people:
        if key := name_key(each.name):
            by_name[key].append(each)
        if key := email_key(each.email):
            by_email[key].append(each)
    return by_name, by_email


def _alike(group: Sequence[Looks]) -> Iterator[tuple[Looks, Looks]]:
    """Of a name few share everybody; of a common one those who share something else too."""
    if len(group) <= MOST_ALIKE:
        yield from combinations(group, 2)
        return
    shared: dict[object, list[Looks]] = defaultdict(list)
    for each in group:
        for key in (email_key(each.email), *each.employers):
            if key:
                shared[key].append(each)
    for some in shared.values():
        yield from combinations(some[: 2 * MOST_ALIKE], 2)


def _likeness(one: Looks, other: Looks) -> Likeness:
    key = email_key(one.email)
    if key and key == email_key(other.email):
        return Likeness.NAME_AND_EMAIL
    return Likeness.NAME_AND_EMPLOYER if one.employers & other.employers else Likeness.NAME


def _in_order(one: Looks, other: Looks) -> tuple[UUID, UUID]:
    return (min(one.person_id, other.person_id), max(one.person_id, other.person_id))


def together(one: Held, other: Held) -> Held:
    """What two records hold together, to look at beforehand what a link would do."""
    return Held(
        circumstances=one.circumstances | other.circumstances,
        seen=(*one.seen, *other.seen),
        disclosures=(*one.disclosures, *other.disclosures),
        references=(*one.references, *other.references),
        learned=(*one.learned, *other.learned),
        accepted=(*one.accepted, *other.accepted),
        areas=(*one.areas, *other.areas),
        waivers=(*one.waivers, *other.waivers),
    )
