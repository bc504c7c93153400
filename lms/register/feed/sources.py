"""Where what is told comes from: listings, verdicts, profiles, names and agreements, many PAs at once."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select

from lms.core.content import Words
from lms.core.db import Db, columns
from lms.people import queries as people
from lms.register import queries as register
from lms.register.content import Edition
from lms.register.directory import queries as directory
from lms.register.feed.queries import agreed_of_many
from lms.register.feed.rules import SHOWN_STATES, About, Met, Shown, Statement, Told, may_be_told, told
from lms.register.lines import AreaLine, CodeLine, Line
from lms.register.listing import queries as listing
from lms.register.models import Standing
from lms.register.working_out import work_out


def told_of_many(db: Db, person_ids: Collection[UUID], authority_id: UUID, on: date) -> dict[UUID, dict[str, Any]]:
    """What other systems are told of these PAs; those of whom nothing is told are left out. A few queries."""
    return _told(db, agreed_of_many(db, person_ids, authority_id), authority_id, on)


def told_if_agreed(db: Db, person_id: UUID, authority_id: UUID, on: date) -> dict[str, Any] | None:
    """What other systems would be told of a PA today if they agreed to all of it; None when nothing."""
    return _told(db, {person_id: frozenset(Told)}, authority_id, on).get(person_id)


def _told(db: Db, agreed: Mapping[UUID, Collection[Told]], authority_id: UUID, on: date) -> dict[UUID, dict[str, Any]]:
    edition = register.edition_for(db, authority_id, on)
    listings = listing.listings_of_many(db, list(agreed), authority_id)
    ids = [person_id for person_id, one in listings.items() if one.state in SHOWN_STATES]
    if edition is None or not ids:
        return {}
    shown, names = shown_by(edition), people.persons(db, ids)
    profiles = directory.profile_for_feed(db, ids, authority_id)
    found = {}
    for person_id, met in _met(db, edition, ids, authority_id, on).items():
        one = listings[person_id]
        about = About(names[person_id].name, one.state, one.since, met, profiles.get(person_id, {}))
        data = told(shown, about, agreed[person_id])
        if data is not None:
            found[person_id] = data
    return found


def shown_by(edition: Edition) -> Shown:
    """What an edition of the rules lets be told."""
    return Shown(
        may=may_be_told(edition.file.employer_sees, edition.file.employer_never_sees),
        statements=tuple(_statement(line) for line in edition.lines.values()),
        label=_both(edition.file.provisional.label),
    )


def _statement(line: Line) -> Statement:
    content: dict[str, Any] = {}
    if isinstance(line, CodeLine):
        content = {"version": line.version}
    elif isinstance(line, AreaLine):
        content = {"areas": list(line.areas)}
    return Statement(line.code, line.kind, line.visible, _both(line.title), content)


def _both(words: Words) -> Mapping[str, str | None]:
    return {"en": words.en, "cy": words.cy}


def _met(db: Db, edition: Edition, ids: Collection[UUID], authority_id: UUID, on: date) -> dict[UUID, dict[str, Met]]:
    """How every requirement of these PAs stands; whom the authority knows no more is left out."""
    known = [row[0] for row in columns(db, _KNOWN, {"authority_id": authority_id, "ids": list(ids), "on": on})]
    return {
        each.person_id: {one.code: Met(one.state, one.since) for one in each.verdict.findings}
        for each in work_out(db, edition, authority_id, known, on=on)
    }


_KNOWN = select(Standing.person_id).where(
    Standing.authority_id == bindparam("authority_id"),
    Standing.person_id.in_(bindparam("ids", expanding=True)),
    or_(Standing.ended_on.is_(None), Standing.ended_on >= bindparam("on")),
)
