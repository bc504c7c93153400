"""Make keys, find the one to sign with, and retire them. The private half stays in a file of the folder of keys.

Which key signs: the one an operator laid into the folder as `<authority's code>-<purpose>.pem`; else the newest that is
not retired and whose file is here; else a new one. A site whose folder of keys was lost goes on with new keys by
itself, and what the lost ones signed is still checked by their public half.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from lms.certification.keys import making, queries
from lms.certification.keys.making import Pair, PrivateKey
from lms.certification.keys.models import KeyRow, RetiredKey
from lms.certification.keys.queries import PublicKey
from lms.certification.keys.rules import Purpose
from lms.core.db import Db, add_once
from lms.core.house import House
from lms.core.words import NotFound, Refused
from lms.people import queries as people

__all__ = ["Key", "Purpose", "at_hand", "current", "is_here", "new", "retire"]


@dataclass(frozen=True)
class Key(PublicKey):
    """A key that can sign. `repr` says where the private half lies, never what it is."""

    path: Path = field(kw_only=True)

    def private(self) -> PrivateKey:
        """The private half: RSA for seals, Ed25519 for credentials. Raises NotFound when its file has gone."""
        try:
            return making.private_of(self.path, self.fingerprint)
        except FileNotFoundError as gone:
            raise NotFound("private key") from gone


def at_hand(house: House, authority_id: UUID, purpose: Purpose, now: datetime) -> Key:
    """The key to sign with now, in units of work of its own: for the worker. Raises NotFound; Refused as `current`."""
    with house.database.reading() as db:
        found = _here(db, house, authority_id, purpose)
    if found is not None:
        return found
    with house.database.writing() as db:
        return current(db, house, authority_id, purpose, now)


def current(db: Db, house: House, authority_id: UUID, purpose: Purpose, now: datetime) -> Key:
    """The key to sign with now; the first time it is made, for which this unit of work has to be a writing one.

    Raises NotFound for an authority that is not there; Refused when the folder of keys holds something that is no key
    for this, holds a retired one, or cannot be written.
    """
    return _here(db, house, authority_id, purpose) or _here_by_now(db, house, authority_id, purpose, now)


def new(db: Db, house: House, authority_id: UUID, purpose: Purpose, now: datetime) -> Key:
    """Make a key that signs from now on; the earlier ones stay for checking. Raises NotFound; Refused as `current`.

    Refused also where the operator laid in a key: that one signs as long as it is there.
    """
    code = people.organisation(db, authority_id).code or str(authority_id)
    path = _laid_in(house, code, purpose)
    if path.exists():
        raise Refused("The key in %(path)s signs as long as it lies there. Put the new one in its place.", path=path)
    _one_at_a_time(db)
    return _make(db, house, authority_id, purpose, now)


def is_here(house: House, key: PublicKey) -> bool:
    """Whether the private half of a key lies in the folder of keys on this machine."""
    if making.file_of(house.settings.keys, key.id).exists():
        return True
    laid_in = house.settings.keys.glob(f"*-{key.purpose}.pem")
    pairs = (making.given(path, key.purpose) for path in laid_in)
    return any(pair is not None and pair.fingerprint == key.fingerprint for pair in pairs)


def retire(db: Db, *, key_id: UUID, by: UUID | None, now: datetime) -> None:
    """Let a key sign nothing more; what it signed stays good. A second time changes nothing. Raises NotFound."""
    queries.key(db, key_id)
    add_once(db, RetiredKey(key_id=key_id, at=now, by=by))


def _here(db: Db, house: House, authority_id: UUID, purpose: Purpose) -> Key | None:
    code = people.organisation(db, authority_id).code or str(authority_id)
    path = _laid_in(house, code, purpose)
    pair = making.given(path, purpose)
    if pair is None:
        kept = [each for each in queries.every(db, authority_id, purpose) if each.retired_at is None]
        with_files = ((each, making.file_of(house.settings.keys, each.id)) for each in kept)
        return next((_key(each, file) for each, file in with_files if file.exists()), None)
    known = queries.by_fingerprint(db, pair.fingerprint)
    if known is None:
        return None
    if known.retired_at is not None or (known.authority_id, known.purpose) != (authority_id, purpose):
        why = "is retired" if known.retired_at else "is another authority’s"
        raise Refused("The key in %(path)s %(why)s. Put another one in its place, or take it away.", path=path, why=why)
    return _key(known, path)


def _here_by_now(db: Db, house: House, authority_id: UUID, purpose: Purpose, now: datetime) -> Key:
    _one_at_a_time(db)
    if (found := _here(db, house, authority_id, purpose)) is not None:  # made while we waited
        return found
    path = _laid_in(house, people.organisation(db, authority_id).code or str(authority_id), purpose)
    pair = making.given(path, purpose)
    if pair is not None:
        return _key(_add(db, pair, making.new_id(), (authority_id, purpose), now), path)
    return _make(db, house, authority_id, purpose, now)


def _make(db: Db, house: House, authority_id: UUID, purpose: Purpose, now: datetime) -> Key:
    authority = people.organisation(db, authority_id)
    pair = making.new_pair(purpose, authority=authority.name, code=authority.code or str(authority_id), now=now)
    key_id = making.new_id()
    path = making.file_of(house.settings.keys, key_id)
    making.write(path, pair)  # before the row: a row always names a key that was there
    return _key(_add(db, pair, key_id, (authority_id, purpose), now), path)


def _add(db: Db, pair: Pair, key_id: UUID, whose: tuple[UUID, Purpose], now: datetime) -> PublicKey:
    authority_id, purpose = whose
    last = queries.newest(db, authority_id, purpose)
    row = KeyRow(
        id=key_id,
        authority_id=authority_id,
        purpose=purpose,
        turn=last.turn + 1 if last else 1,
        fingerprint=pair.fingerprint,
        public_pem=pair.public_pem,
        certificate_pem=pair.certificate_pem,
        made_at=now,
    )
    db.add(row)
    db.flush()
    return queries.key(db, key_id)


def _key(public: PublicKey, path: Path) -> Key:
    return Key(**vars(public), path=path)


def _laid_in(house: House, code: str, purpose: Purpose) -> Path:
    """Where an operator lays a key of an authority's own. A code is a word of letters, so it leads nowhere else."""
    return house.settings.keys / f"{Path(code).name}-{purpose}.pem"


def _one_at_a_time(db: Db) -> None:
    """Two workers that need an authority's first key make one, not two. SQLite's writers wait for each other anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(736502)"))
