"""Systems that ask for Rivermere's and Dyffryn's registers: their tokens, PAs who agreed, and what was told of whom."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from lms.core.clock import london_day
from lms.core.house import House
from lms.people.tokens import queries as tokens
from lms.people.tokens import services
from lms.people.tokens.rules import USUAL, Scope
from lms.register import queries as register
from lms.register.feed import queries
from lms.register.feed import services as feed
from lms.register.feed.rules import Told, Way
from lms.register.feed.sources import shown_by

SYSTEMS = (
    ("RIVERMERE", "Council website", "Maureen Doyle", (Scope.LISTINGS,)),
    ("RIVERMERE", "Direct payments office", "Maureen Doyle", (Scope.LISTINGS, Scope.VERDICTS)),
    ("DYFFRYN", "Gwefan y Cyngor / Council website", "Catrin Vaughan", (Scope.LISTINGS,)),
)
AGREED = {
    "RIVERMERE": (
        "Olu Adebayo",
        "Karen Whitlock",
        "Mark Ellison",
        "Priya Nair",
        "Steph Rowley",
        "Hazel Brook",
        "Grace Adomako",
        "Yusuf Demir",
    ),
    "DYFFRYN": ("Glyn Parry", "Nerys Lewis", "Meinir Vaughan"),
}
TOOK_BACK = ("RIVERMERE", "Yusuf Demir")
ALSO_VERDICT = "Olu Adebayo"


def show(
    house: House, places: Mapping[str, UUID], persons: Mapping[str, UUID], *, now: datetime
) -> list[dict[str, str]]:
    """Make the tokens, let PAs agree, and let systems ask; the tokens are given back, to be written down."""
    made = []
    with house.database.writing() as db:
        for authority, system, by, scopes in SYSTEMS:
            secret = services.make(
                db,
                once=uuid4(),
                authority_id=places[authority],
                system=system,
                scopes=scopes,
                ends_on=london_day(now) + USUAL,
                by=persons[by],
                now=now - timedelta(days=20),
            )
            told = ", ".join(scope.value for scope in scopes)
            made.append({"authority": authority, "system": system, "scopes": told, "token": secret})
    _agree(house, places, persons, now - timedelta(days=19))
    with house.database.writing() as db:
        authority, name = TOOK_BACK
        feed.take_back(db, once=uuid4(), person_id=persons[name], authority_id=places[authority], now=now)
    for days in (9, 2, 1):
        _ask(house, places, persons, now - timedelta(days=days))
    return made


def _agree(house: House, places: Mapping[str, UUID], persons: Mapping[str, UUID], now: datetime) -> None:
    for authority, names in AGREED.items():
        for name in names:
            if name not in persons:
                continue
            with house.database.writing() as db:
                edition = register.edition_for(db, places[authority], london_day(now))
                may = shown_by(edition).may if edition else frozenset()
                told = may | ({Told.VERDICT} if name == ALSO_VERDICT else frozenset())
                feed.agree(
                    db, once=uuid4(), person_id=persons[name], authority_id=places[authority], told=told, now=now
                )


def _ask(house: House, places: Mapping[str, UUID], persons: Mapping[str, UUID], now: datetime) -> None:
    """Each system reads the whole list of its authority once, and one of them a verdict."""
    with house.database.writing() as db:
        for authority_id in (places["RIVERMERE"], places["DYFFRYN"]):
            head = queries.head(db, authority_id).last
            for one in tokens.tokens_of(db, authority_id):
                here: dict[str, Any] = {"token_id": one.id, "authority_id": authority_id, "now": now}
                if head:
                    feed.note_received(db, way=Way.LISTINGS, after=0, last=head, head=head, **here)
                if Scope.VERDICTS in one.scopes and ALSO_VERDICT in persons:
                    feed.note_received(db, way=Way.VERDICT, person_id=persons[ALSO_VERDICT], **here)
                services.used(db, token_id=one.id, on=london_day(now))
