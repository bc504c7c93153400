"""Read mentoring. What each side is shown is narrowed here: nothing of a mentor's is in what a newcomer is given."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, or_, select

from lms.core.db import Db, columns
from lms.core.words import NotFound
from lms.people import queries as people
from lms.programme.mentors.models import Mentor, MentorContact, MentorMatch, MentorRequest, MentorsApart
from lms.programme.mentors.words import Kind, Way


@dataclass(frozen=True)
class MentorView:
    """A mentor, as they themselves and coordinators see them; never shown to a newcomer."""

    id: UUID
    authority_id: UUID
    person_id: UUID
    kind: Kind
    language: str
    area: str
    for_what: str
    way: Way
    address: str
    room: int
    agreed_at: datetime


def _mentor(row: Mentor) -> MentorView:
    return MentorView(
        row.id, row.authority_id, row.person_id, row.kind, str(row.language), row.area, row.for_what, row.way,
        row.address, row.room, row.agreed_at,
    )  # fmt: skip


def offers_of(db: Db, person_id: UUID, authority_ids: Collection[UUID]) -> list[MentorView]:
    """Where somebody is a mentor now. One query."""
    mine = (Mentor.person_id == person_id) & Mentor.authority_id.in_(authority_ids) & Mentor.ended_at.is_(None)
    return [_mentor(row) for row in db.scalars(select(Mentor).where(mine).order_by(Mentor.agreed_at))]


def mentors_in(db: Db, authority_id: UUID) -> list[MentorView]:
    """An authority's mentors now, for its coordinators. One query."""
    here = (Mentor.authority_id == authority_id) & Mentor.ended_at.is_(None)
    return [_mentor(row) for row in db.scalars(select(Mentor).where(here).order_by(Mentor.agreed_at, Mentor.id))]


@dataclass(frozen=True)
class RequestView:
    """A newcomer's own request, or a coordinator's suggestion to them. There is nothing of a mentor in it.

    `matched_at`: since when somebody has the details; `contacts`: how often they got in touch.
    """

    id: UUID
    authority_id: UUID
    newcomer_id: UUID
    kind: Kind
    language: str
    area: str
    near: bool
    agreed_at: datetime | None
    made_at: datetime
    matched_at: datetime | None = None


_REQUESTS = (
    select(
        MentorRequest.id,
        MentorRequest.authority_id,
        MentorRequest.newcomer_id,
        MentorRequest.kind,
        MentorRequest.language,
        MentorRequest.area,
        MentorRequest.near,
        MentorRequest.agreed_at,
        MentorRequest.made_at,
        MentorMatch.matched_at,
    )
    .outerjoin(MentorMatch, MentorMatch.request_id == MentorRequest.id)
    .where(MentorRequest.ended_at.is_(None))
    .order_by(MentorRequest.made_at, MentorRequest.id)
)
_OF_NEWCOMER = _REQUESTS.where(MentorRequest.newcomer_id == bindparam("person_id"))
_IN_AUTHORITY = _REQUESTS.where(MentorRequest.authority_id == bindparam("authority_id"))


def _request(row: Any) -> RequestView:
    return RequestView(*row)


def requests_of(db: Db, person_id: UUID, authority_ids: Collection[UUID]) -> list[RequestView]:
    """A newcomer's own open requests and suggestions. One query."""
    rows = columns(db, _OF_NEWCOMER, {"person_id": person_id})
    return [_request(row) for row in rows if row.authority_id in authority_ids]


def requests_in(db: Db, authority_id: UUID) -> list[RequestView]:
    """An authority's open requests, the oldest first, for its coordinators. One query."""
    return [_request(row) for row in columns(db, _IN_AUTHORITY, {"authority_id": authority_id})]


def request(db: Db, authority_id: UUID, request_id: UUID) -> RequestView:
    """One open request of an authority. Raises NotFound."""
    for found in requests_in(db, authority_id):
        if found.id == request_id:
            return found
    raise NotFound("request")


@dataclass(frozen=True)
class Newcomer:
    """What a mentor is given of a newcomer, while both want it: what the newcomer agreed to, and nothing else."""

    match_id: UUID
    authority_id: UUID
    name: str
    language: str
    way: Way | None
    address: str
    matched_at: datetime
    contacts: int
    minutes: int


_COUNTED = (
    select(
        MentorContact.match_id,
        func.count().label("contacts"),
        func.coalesce(func.sum(MentorContact.minutes), 0).label("minutes"),
    )
    .group_by(MentorContact.match_id)
    .subquery()
)
_NEWCOMERS = (
    select(
        MentorMatch.id,
        MentorMatch.authority_id,
        MentorRequest.name,
        MentorRequest.language,
        MentorRequest.way,
        MentorRequest.address,
        MentorMatch.matched_at,
        func.coalesce(_COUNTED.c.contacts, 0),
        func.coalesce(_COUNTED.c.minutes, 0),
    )
    .join(MentorRequest, MentorRequest.id == MentorMatch.request_id)
    .join(Mentor, Mentor.id == MentorMatch.mentor_id)
    .outerjoin(_COUNTED, _COUNTED.c.match_id == MentorMatch.id)
    .where(
        Mentor.person_id == bindparam("person_id"),
        Mentor.ended_at.is_(None),
        MentorMatch.ended_at.is_(None),
        MentorRequest.ended_at.is_(None),
    )
    .order_by(MentorMatch.matched_at, MentorMatch.id)
)


def newcomers_of(db: Db, person_id: UUID, authority_ids: Collection[UUID]) -> list[Newcomer]:
    """Whose details a mentor has now. One query."""
    rows = columns(db, _NEWCOMERS, {"person_id": person_id})
    found = [
        Newcomer(id, where, name, str(language), way, address, at, int(contacts), int(minutes))
        for id, where, name, language, way, address, at, contacts, minutes in rows
    ]
    return [each for each in found if each.authority_id in authority_ids]


_WHO: Any = bindparam("mentoring_of", type_=Uuid())
ANY_HAS_NEWCOMER = (
    select(MentorMatch.id)
    .join(Mentor, Mentor.id == MentorMatch.mentor_id)
    .where(Mentor.person_id == _WHO, Mentor.ended_at.is_(None), MentorMatch.ended_at.is_(None))
)
ANY_ASKED = select(MentorRequest.id).where(MentorRequest.newcomer_id == _WHO, MentorRequest.ended_at.is_(None))
ANY_WAITS = select(MentorRequest.id).where(
    MentorRequest.authority_id.in_(bindparam("mentors_wanted_in", type_=Uuid(), expanding=True)),
    MentorRequest.ended_at.is_(None),
)
"""Whether a home page may have a card of mentoring at all: somebody has a newcomer, asked, or waits in an authority."""


@dataclass(frozen=True)
class PairView:
    """A mentor and their newcomer, for coordinators: names, and how often they were in touch."""

    match_id: UUID
    mentor_id: UUID
    mentor: str
    newcomer: str
    matched_at: datetime
    contacts: int


_PAIRS = (
    select(
        MentorMatch.id,
        MentorMatch.mentor_id,
        Mentor.person_id,
        MentorRequest.newcomer_id,
        MentorMatch.matched_at,
        func.coalesce(_COUNTED.c.contacts, 0).label("contacts"),
    )
    .join(MentorRequest, MentorRequest.id == MentorMatch.request_id)
    .join(Mentor, Mentor.id == MentorMatch.mentor_id)
    .outerjoin(_COUNTED, _COUNTED.c.match_id == MentorMatch.id)
    .where(MentorMatch.authority_id == bindparam("authority_id"), MentorMatch.ended_at.is_(None))
    .order_by(MentorMatch.matched_at, MentorMatch.id)
)


def pairs_in(db: Db, authority_id: UUID) -> list[PairView]:
    """The pairs of an authority now. Two queries."""
    rows = columns(db, _PAIRS, {"authority_id": authority_id}).all()
    names = people.persons(db, {row.person_id for row in rows} | {row.newcomer_id for row in rows})
    return [
        PairView(row[0], row[1], names[row[2]].name, names[row[3]].name, row.matched_at, int(row.contacts))
        for row in rows
    ]


@dataclass(frozen=True)
class Counts:
    """Numbers of an authority's mentoring, and nothing of what was spoken."""

    mentors: int
    waiting: int
    pairs: int
    ever: int
    contacts: int
    minutes: int


def counts(db: Db, authority_id: UUID) -> Counts:
    """How many mentors there are, newcomers waiting, pairs now and ever, contacts made and minutes. Four queries."""
    asked = requests_in(db, authority_id)
    mine = MentorMatch.authority_id == authority_id
    ever, now = db.execute(select(func.count(), func.count().filter(MentorMatch.ended_at.is_(None))).where(mine)).one()
    contacts, minutes = db.execute(
        select(func.count(), func.coalesce(func.sum(MentorContact.minutes), 0))
        .join(MentorMatch, MentorMatch.id == MentorContact.match_id)
        .where(mine)
    ).one()
    return Counts(
        mentors=len(mentors_in(db, authority_id)),
        waiting=sum(1 for each in asked if each.agreed_at and not each.matched_at),
        pairs=now,
        ever=ever,
        contacts=contacts,
        minutes=int(minutes or 0),
    )


def load_of(db: Db, authority_id: UUID) -> dict[UUID, int]:
    """How many newcomers each mentor of an authority has now, by the mentor's offer. One query."""
    found: defaultdict[UUID, int] = defaultdict(int)
    here = (MentorMatch.authority_id == authority_id) & MentorMatch.ended_at.is_(None)
    for mentor_id, many in db.execute(
        select(MentorMatch.mentor_id, func.count()).where(here).group_by(MentorMatch.mentor_id)
    ):
        found[mentor_id] = many
    return found


def apart_from(db: Db, authority_id: UUID, person_id: UUID) -> set[UUID]:
    """With whom somebody is never matched. One query."""
    mine = or_(MentorsApart.one_id == person_id, MentorsApart.other_id == person_id)
    rows = db.execute(
        select(MentorsApart.one_id, MentorsApart.other_id).where(MentorsApart.authority_id == authority_id, mine)
    )
    return {one for row in rows for one in row if one != person_id}


@dataclass(frozen=True)
class Apart:
    """Two people who are never matched."""

    one: people.PersonView
    other: people.PersonView


def apart_in(db: Db, authority_id: UUID) -> list[Apart]:
    """Those who are kept apart, for coordinators. Two queries."""
    rows = db.execute(
        select(MentorsApart.one_id, MentorsApart.other_id)
        .where(MentorsApart.authority_id == authority_id)
        .order_by(MentorsApart.at)
    ).all()
    names = people.persons(db, {id for row in rows for id in row})
    return [Apart(names[one], names[other]) for one, other in rows]


def mentor_person(db: Db, match_id: UUID) -> UUID:
    """Who the mentor of a match is. For what is written to them; raises NotFound."""
    found = db.scalar(
        select(Mentor.person_id).join(MentorMatch, MentorMatch.mentor_id == Mentor.id).where(MentorMatch.id == match_id)
    )
    if found is None:
        raise NotFound("match")
    return found


def newcomer_of(db: Db, match_id: UUID) -> UUID:
    """Who the newcomer of a match is. Raises NotFound."""
    found = db.scalar(
        select(MentorRequest.newcomer_id)
        .join(MentorMatch, MentorMatch.request_id == MentorRequest.id)
        .where(MentorMatch.id == match_id)
    )
    if found is None:
        raise NotFound("match")
    return found
