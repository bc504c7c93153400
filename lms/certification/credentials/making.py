"""The worker makes a credential for each certificate: signs it, checks it as anybody would, and keeps it for good.

It is made once, soon after the issue, and not when somebody asks: its place in the status list has to be fixed, a list
says nothing about those who are not in it, and the holder may ask years later, when the key is retired.
"""

from datetime import datetime
from uuid import UUID

from lms.certification.credentials import lists, queries, saying
from lms.certification.credentials.models import Credential
from lms.certification.credentials.queries import Facts
from lms.certification.keys.services import Key
from lms.core.db import add_once
from lms.core.house import House
from lms.core.words import NotFound

TRIES = 5
"""How often another place is drawn when somebody took it within the same moment."""


class NotSound(Exception):  # noqa: N818  says what it is
    """A credential did not stand our own check, so it is not kept and not handed out."""


def make(house: House, key: str, now: datetime) -> None:
    """Work: make the credential of a certificate (its id). Doing it twice changes nothing.

    Raises NotSound when what was signed does not stand our own check; Refused when there is no key to sign with.
    """
    certificate_id = UUID(key)
    for _ in range(TRIES):
        with house.database.reading() as db:
            if queries.ready(db, certificate_id):
                return
            try:
                found = queries.facts(db, certificate_id)
            except NotFound:
                return
        row = _made(house, certificate_id, found, lists.signing_key(house, found.authority_id, now), now)
        with house.database.writing() as db:
            added = add_once(db, row)
        if added:
            _mark_at_once(house, certificate_id, row.list_id, now)
            return
    raise NotSound("no free place")


def _made(house: House, certificate_id: UUID, found: Facts, key: Key, now: datetime) -> Credential:
    from lms.certification.credentials import badges  # noqa: PLC0415  a large library: see there

    listed, place = lists.free_place(house, key, now)
    said = saying.says(found, listed, place, house.settings.base_url)
    signed = lists.signer(key, listed.issuer).credential(said, now)
    if not (badges.sound(signed.document, key.public_pem) and badges.token_sound(signed.token, key.public_pem)):
        raise NotSound("signature")
    return Credential(
        certificate_id=certificate_id,
        id=said.id,
        list_id=listed.id,
        place=place,
        key_id=key.id,
        document=signed.document,
        token=signed.token,
        made_at=now,
    )


def _mark_at_once(house: House, certificate_id: UUID, list_id: UUID, now: datetime) -> None:
    """What happened to the certificate before its credential was there is said by the list as well."""
    with house.database.reading() as db:
        stands = queries.marks_of(db, certificate_id)
    if stands:
        lists.refresh(house, list_id, now)
