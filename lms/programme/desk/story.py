"""One PA's whole story in time order, as a coordinator of one authority may see it.

Every fact comes through this one reading place: only kinds that stand in `story_words.SAID` are read at all, and each
is told only when what it names belongs behind the authority's wall. Alerts about somebody's safety and what is on a
certificate of the Disclosure and Barring Service are not among them, and what people wrote is in no fact.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lms.certification.naming import named
from lms.core.db import Db
from lms.core.told import Happened, happened_to
from lms.funding.claims import queries as claims
from lms.learning import queries as learning
from lms.people import queries as people
from lms.people import working_for
from lms.people.rules import Role
from lms.people.viewer import Viewer
from lms.programme.desk.story_claimed import claimed
from lms.programme.desk.story_contacts import contacts
from lms.programme.desk.story_entries import Entry, StoryMaker
from lms.programme.desk.story_words import SAID, Part
from lms.register.kinds import ListingState
from lms.register.listing.labels import STATES


@dataclass(frozen=True)
class _Behind:
    """What of a person stands behind an authority's wall, by what facts name it with."""

    authority_id: str
    enrolments: frozenset[str]
    certificates: Mapping[str, tuple[str, str]]
    claims: frozenset[str]
    employers: Mapping[str, str]

    def tells(self, fact: Happened) -> bool:
        """Whether everything that places a fact is here, and something does. A draft is the PA's own business."""
        data = fact.data
        if data.get("role", Role.PA) != Role.PA or data.get("state") == ListingState.DRAFT:
            return False
        placed = [
            data[name] in there
            for name, there in (
                ("authority_id", {self.authority_id}),
                ("organisation_id", {self.authority_id}),
                ("enrolment_id", self.enrolments),
                ("certificate_id", self.certificates),
                ("claim_id", self.claims),
                ("employer_id", self.employers),
            )
            if data.get(name) is not None
        ]
        return bool(placed) and all(placed)


def facts(db: Db, person_id: UUID, authority_id: UUID, _viewer: Viewer) -> list[Entry]:
    """What the event log tells: study, evidence without its content, decisions, certificates, register, money."""
    found = happened_to(db, person_id, SAID)
    behind = _behind(db, person_id, authority_id, found)
    names = _names(db, found)
    return [_entry(each, behind, names) for each in found if behind.tells(each)]


def _behind(db: Db, person_id: UUID, authority_id: UUID, found: Collection[Happened]) -> _Behind:
    enrolments = learning.every_enrolment_of(db, [person_id])
    ids = {UUID(each.data["certificate_id"]) for each in found if "certificate_id" in each.data}
    given = named(db, ids, authority_id)
    every = working_for.every_work_of(db, [person_id]) if _any(found, "employer_id") else []
    homes = people.organisations(db, {each.employer_id for each in every if each.authority_id == authority_id})
    paid_for = claims.with_learner(db, person_id, authority_id) if _any(found, "claim_id") else []
    return _Behind(
        str(authority_id),
        frozenset(str(each.id) for each in enrolments if each.authority_id == authority_id),
        {str(id): each for id, each in given.items()},
        frozenset(str(id) for id in paid_for),
        {str(id): each.name for id, each in homes.items()},
    )


def _any(found: Collection[Happened], name: str) -> bool:
    return any(name in each.data for each in found)


def _names(db: Db, found: Collection[Happened]) -> Mapping[str, str]:
    """The names of people whom facts name, by id in text: whom somebody nudged, and who assesses."""
    named = {UUID(each.data[name]) for each in found for name in _PEOPLE if each.data.get(name)}
    return {str(id): each.name for id, each in people.persons(db, named).items()}


_PEOPLE = ("assessor_id", "person_id")
_TITLED = ("module", "course")


def _entry(fact: Happened, behind: _Behind, names: Mapping[str, str]) -> Entry:
    part, said = SAID[fact.kind]
    data = fact.data
    number, title = behind.certificates.get(str(data.get("certificate_id")), ("", ""))
    endpoint, args = _leads(data)
    return Entry(
        at=fact.at,
        part=part,
        said=said,
        by=fact.by,
        values={
            "unit": str(data.get("unit", "")),
            "met": str(data.get("met", "")),
            "others": str(data.get("others", "")),
            "percent": str(data.get("percent", "")),
            "number": number,
            "title": title,
            "employer": behind.employers.get(str(data.get("employer_id")), ""),
            "who": names.get(str(data.get("person_id") or data.get("assessor_id")), ""),
        },
        titled={name: str(data[name]) for name in _TITLED if data.get(name)},
        worded={"state": STATES[ListingState(data["state"])]} if fact.kind == "ListingMoved" else {},
        endpoint=endpoint,
        args=args,
    )


def _leads(data: Mapping[str, Any]) -> tuple[str, Mapping[str, UUID]]:
    if "certificate_id" in data:
        return "lms.life.one", {"certificate_id": UUID(data["certificate_id"])}
    if "claim_id" in data:
        return "lms.funding.claim", {"claim_id": UUID(data["claim_id"])}
    if "message_id" in data:
        return "lms.messages_out.one", {"message_id": UUID(data["message_id"])}
    if "gathering_id" in data:
        return "lms.gatherings.one", {"gathering_id": UUID(data["gathering_id"])}
    if "group_id" in data:
        return "lms.groups.group", {"group_id": UUID(data["group_id"])}
    return "", {}


STORY: tuple[StoryMaker, ...] = (facts, claimed, contacts)
"""Who tells of a person, as CARDS are for a home page."""


def story(db: Db, person_id: UUID, authority_id: UUID, viewer: Viewer, *, part: Part | None = None) -> list[Entry]:
    """Everything there is to tell a viewer, the newest first, or one part of it. A constant number of queries."""
    every = [
        entry for make in STORY for entry in make(db, person_id, authority_id, viewer) if part in {None, entry.part}
    ]
    return sorted(every, key=lambda entry: entry.at, reverse=True)
