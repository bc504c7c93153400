"""Status lists: opened when an authority needs one, signed by the worker, signed anew when a fact changes them.

What they say is worked out from facts each time, so nothing has to be undone and no order can go wrong.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import select

from lms.certification.credentials import queries, rules
from lms.certification.credentials.models import StatusDocument, StatusList
from lms.certification.credentials.queries import ListView
from lms.certification.credentials.rules import SIZE, Mark
from lms.certification.keys import services as keys
from lms.certification.keys.services import Key, Purpose
from lms.core.db import Db
from lms.core.house import House

if TYPE_CHECKING:
    from lms.certification.credentials.badges import Signer

GOOD_FOR = timedelta(days=14)
"""How long a signed list may be believed, so that nobody can go on showing an old one."""

ANEW_AFTER = timedelta(days=1)
"""How old a list gets before it is signed anew although nothing changed."""

KEPT = timedelta(minutes=5)
"""How long whoever reads a list may keep it."""

DRAWN = 8


def signing_key(house: House, authority_id: UUID, now: datetime) -> Key:
    """The key an authority's credentials are signed with now. Refused when the folder of keys is not in order."""
    return keys.at_hand(house, authority_id, Purpose.CREDENTIAL, now)


def signer(key: Key, issuer: str) -> "Signer":
    """What signs for an issuer with a key."""
    from lms.certification.credentials.badges import Signer  # noqa: PLC0415  a large library: see there

    private = key.private()
    return Signer(private, rules.method_of(issuer, key.fingerprint))  # type: ignore[arg-type]  # Ed25519 by its purpose


def free_place(house: House, key: Key, now: datetime) -> tuple[ListView, int]:
    """A list with a free place in it, drawn at random. Another list is opened when most places drawn are taken."""
    issuer = rules.issuer_of(house.settings.base_url, key.authority_id)
    drawn = [secrets.randbelow(SIZE) for _ in range(DRAWN)]
    with house.database.reading() as db:
        listed = queries.newest_list(db, key.authority_id, issuer)
        taken = queries.taken(db, listed.id, drawn) if listed else set()
    free = [place for place in drawn if place not in taken]
    if listed is None or len(free) <= DRAWN // 2:
        return _opened(house, key, issuer, now), drawn[0]
    return listed, free[0]


def refresh(house: House, list_id: UUID, now: datetime) -> None:
    """Sign anew what a list says when that changed, or when it is a day old. Raises NotFound; Refused as `signing_key`.

    Whoever else refreshes it waits, so that the list always says what was on record last.
    """
    with house.database.reading() as db:
        listed = queries.one_list(db, list_id)
    signing = signer(signing_key(house, listed.authority_id, now), listed.issuer)
    with house.database.writing() as db:
        db.execute(select(StatusList.id).where(StatusList.id == list_id).with_for_update())
        for mark in Mark:
            _bring_up_to_date(db, listed, mark, signing, now)


def refresh_for(house: House, key: str, now: datetime) -> None:
    """Work: something happened to a certificate (its id), so its list may have to say something else."""
    with house.database.reading() as db:
        list_id = queries.list_of(db, UUID(key))
    if list_id is not None:  # else its credential is still being made, and whoever makes it looks
        refresh(house, list_id, now)


def sweep(house: House, now: datetime) -> None:
    """Sign anew every list that was signed more than a day ago."""
    with house.database.reading() as db:
        old = queries.lists_made_before(db, now - ANEW_AFTER)
    for list_id in old:
        refresh(house, list_id, now)


def _opened(house: House, key: Key, issuer: str, now: datetime) -> ListView:
    list_id = uuid4()
    address = rules.list_address(house.settings.base_url, list_id)
    listed = ListView(list_id, key.authority_id, issuer, address)
    signing = signer(key, issuer)
    rows = [_signed(listed, mark, (), signing, now) for mark in Mark]
    with house.database.writing() as db:
        db.add(StatusList(id=list_id, authority_id=key.authority_id, issuer=issuer, address=address, opened_at=now))
        db.flush()
        db.add_all(rows)
    return listed


def _bring_up_to_date(db: Db, listed: ListView, mark: Mark, signing: "Signer", now: datetime) -> None:
    places = queries.marked(db, listed.id, mark)
    there = db.get_one(StatusDocument, (listed.id, mark))
    if there.marked == _digest(places) and there.made_at > now - ANEW_AFTER:
        return
    made = _signed(listed, mark, places, signing, now)
    there.marked, there.document, there.token, there.made_at = made.marked, made.document, made.token, now


def _signed(listed: ListView, mark: Mark, places: Sequence[int], signing: "Signer", now: datetime) -> StatusDocument:
    window = (now, now + GOOD_FOR, int(KEPT.total_seconds() * 1000))
    made = signing.status_list(mark, f"{listed.address}/{mark}", listed.issuer, places, window=window)
    return StatusDocument(
        list_id=listed.id,
        mark=mark,
        marked=_digest(places),
        document=made.document,
        token=made.token,
        made_at=now,
    )


def _digest(places: Sequence[int]) -> str:
    return sha256(",".join(map(str, places)).encode()).hexdigest()
