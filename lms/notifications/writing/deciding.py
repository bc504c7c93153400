"""Who gets a message how, and who does not and why: the same answer for the preview and for the sending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select

from lms.core.clock import london_day
from lms.core.db import Db, columns
from lms.notifications.preferences import queries as preferences
from lms.notifications.preferences.queries import Chosen
from lms.notifications.preferences.rules import Purpose, Route, Topic, Way, route, through_employer
from lms.notifications.writing.models import BulkMessage, BulkMessageTo
from lms.notifications.writing.rules import MOST_A_DAY, Out, Text, filled, missing
from lms.notifications.writing.values import Known, known
from lms.people import queries as people
from lms.people.queries import PersonView

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decided:
    """One person: the way to them or why they get nothing, and the message as they read it.

    `via` is the employer it goes through. `text` is None when a field has no value for them.
    """

    someone: PersonView
    chosen: Chosen
    goes: Route
    out: Out | None
    missing: str
    via: UUID | None
    text: Text | None
    fell_back: bool


@dataclass(frozen=True)
class Message:
    """What is decided about: a message by language, whose it is, and what it is about."""

    authority_id: UUID
    sender_id: UUID
    topic: Topic
    texts: Mapping[str, Text]
    event: str = ""

    def text_for(self, language: str) -> tuple[Text, bool]:
        """The message in a language; in English, and True, where it is not there in that language."""
        if language in self.texts:
            return self.texts[language], False
        return self.texts.get("en") or next(iter(self.texts.values())), True


def decide(db: Db, message: Message, ids: Sequence[UUID], now: datetime) -> list[Decided]:
    """What is decided about some people, in their order; unknown ids are left out. A constant number of queries."""
    on, there = london_day(now), people.persons(db, ids)
    persons = [there[id] for id in ids if id in there]
    chosen = preferences.chosen(db, persons)
    of_day = _of_day(db, message.authority_id, ids, now)
    vias = _vias(db, ids, now) if message.topic is Topic.WORK else {}
    filling = known(
        db,
        authority_id=message.authority_id,
        sender_id=message.sender_id,
        event=message.event,
        ids=[each.id for each in persons],
        languages={each.language for each in persons},
        on=on,
    )
    return [
        _one(message, each, chosen[each.id], filling, of_day=of_day.get(each.id, 0), via=vias.get(each.id))
        for each in persons
    ]


def _one(
    message: Message, someone: PersonView, chosen: Chosen, filling: Known, *, of_day: int, via: UUID | None
) -> Decided:
    text, fell_back = message.text_for(someone.language)
    values = filling.values_of(someone)
    without = missing(text, values)
    out = Out.NO_VALUE if without else Out.TOO_MANY if of_day >= MOST_A_DAY else None
    goes = Route(Way.PAGE) if via else route(Purpose.COORDINATOR, chosen.wishes, chosen.reach)
    ready = None if without else filled(text, values)
    return Decided(someone, chosen, goes, out, without[0] if without else "", via, ready, fell_back)


def _vias(db: Db, ids: Sequence[UUID], now: datetime) -> dict[UUID, UUID]:
    """Of these people, whose messages about work go to which employer. Two queries.

    Who works for more than one is written to straight: one employer need not know of work with another.
    """
    said = preferences.through(db, ids)
    homes: dict[UUID, list[UUID]] = {}
    for pa, employer in people.employed_by(db, None, ids, london_day(now)) if said else ():
        homes.setdefault(pa, []).append(employer)
    found = {}
    for pa, employers in homes.items():
        wished, agreed = said.get((pa, employers[0]), (False, None))
        if len(employers) == 1 and through_employer(Topic.WORK, wished=wished, agreed=bool(agreed)):
            found[pa] = employers[0]
    return found


_OF_DAY = (
    select(BulkMessageTo.person_id, func.count())
    .join(BulkMessage, BulkMessage.id == BulkMessageTo.message_id)
    .where(
        BulkMessageTo.person_id.in_(bindparam("ids", expanding=True)),
        BulkMessageTo.at > bindparam("since"),
        BulkMessage.authority_id == bindparam("authority_id"),
    )
    .group_by(BulkMessageTo.person_id)
)


def _of_day(db: Db, authority_id: UUID, ids: Sequence[UUID], now: datetime) -> dict[UUID, int]:
    """How many messages of an authority each of them was sent in the last day. One query."""
    values = {"ids": list(ids), "since": now - DAY, "authority_id": authority_id}
    return dict(columns(db, _OF_DAY, values).all())
