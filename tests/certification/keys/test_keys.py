"""Keys: one at first need, private in a file and nowhere else, and every earlier one stays for checking."""

import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import func, select

from lms.certification.keys import making, queries, services
from lms.certification.keys.models import KeyRow
from lms.certification.keys.services import Key, Purpose
from lms.core.house import House
from lms.core.words import NotFound, Refused
from tests.world import World


def at_hand(house: House, world: World, now: datetime, purpose: Purpose = Purpose.SEAL) -> Key:
    return services.at_hand(house, world.authority, purpose, now)


def laid_in(house: House, data: bytes, purpose: str = "seal") -> Path:
    house.settings.keys.mkdir(parents=True, exist_ok=True)
    path = house.settings.keys / f"RIVERMERE-{purpose}.pem"
    path.write_bytes(data)
    return path


def pem_of(pair: making.Pair) -> bytes:
    private = pair.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + (pair.certificate_pem or "").encode()


def test_a_key_is_made_at_first_need_and_used_from_then_on(house: House, world: World, now: datetime) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"), house.database.reading() as db:
        services.current(db, house, world.authority, Purpose.SEAL, now)
    first = at_hand(house, world, now)
    with house.database.reading() as db:
        again = services.current(db, house, world.authority, Purpose.SEAL, now)
        assert queries.every(db, world.authority, Purpose.SEAL) == (queries.key(db, first.id),)
        assert queries.every(db, world.authority, Purpose.CREDENTIAL) == ()
    assert (again.id, again.fingerprint, first.turn) == (first.id, first.fingerprint, 1)


def test_each_purpose_has_its_own_kind(house: House, world: World, now: datetime) -> None:
    seal, credential = at_hand(house, world, now), at_hand(house, world, now, Purpose.CREDENTIAL)
    assert isinstance(seal.private(), rsa.RSAPrivateKey)
    assert isinstance(credential.private(), Ed25519PrivateKey)
    assert credential.certificate_pem is None
    certificate = x509.load_pem_x509_certificate((seal.certificate_pem or "").encode())
    assert certificate.not_valid_before_utc < now < now + timedelta(days=9000) < certificate.not_valid_after_utc
    assert "Rivermere Council" in certificate.subject.rfc4514_string()
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign


def test_the_private_half_is_in_a_file_only_its_owner_reads(house: House, world: World, now: datetime) -> None:
    key = at_hand(house, world, now)
    assert key.path.parent == house.settings.keys
    assert stat.S_IMODE(key.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.path.parent.stat().st_mode) == 0o700
    secret = key.path.read_text().splitlines()[1]
    with house.database.reading() as db:
        row = db.scalars(select(KeyRow)).one()
        assert not any(secret in str(value) for value in vars(row).values())
    assert secret not in repr(key)


def test_a_new_key_signs_and_the_old_one_stays_public(house: House, world: World, now: datetime) -> None:
    old = at_hand(house, world, now)
    with house.database.writing() as db:
        new = services.new(db, house, world.authority, Purpose.SEAL, now)
    assert at_hand(house, world, now).id == new.id != old.id
    with house.database.reading() as db:
        assert [key.turn for key in queries.every(db, world.authority, Purpose.SEAL)] == [2, 1]
        found = queries.by_fingerprint(db, old.fingerprint)
        assert found is not None
        assert (found.id, found.retired_at) == (old.id, None)


def test_a_retired_key_signs_nothing_more_and_stays_public(house: House, world: World, now: datetime) -> None:
    old = at_hand(house, world, now)
    for _ in range(2):
        with house.database.writing() as db:
            services.retire(db, key_id=old.id, by=world.coordinator, now=now)
    assert at_hand(house, world, now + timedelta(days=1)).turn == 2
    with house.database.reading() as db:
        assert queries.key(db, old.id).retired_at == now
        assert len(queries.of_purpose(db, Purpose.SEAL)) == 2
    with pytest.raises(NotFound), house.database.writing() as db:
        services.retire(db, key_id=world.pa, by=None, now=now)


def test_where_the_files_were_lost_the_site_goes_on_with_a_new_key(house: House, world: World, now: datetime) -> None:
    old = at_hand(house, world, now)
    old.path.unlink()
    assert at_hand(house, world, now).turn == 2
    making.private_of.cache_clear()
    with pytest.raises(NotFound):
        old.private()


def test_an_authority_may_bring_its_own(house: House, world: World, now: datetime) -> None:
    made_here = at_hand(house, world, now)
    pair = making.new_pair(Purpose.SEAL, authority="Rivermere Council Seals", code="SEALS", now=now)
    path = laid_in(house, pem_of(pair))
    given = at_hand(house, world, now)
    assert (given.fingerprint, given.path, given.turn) == (pair.fingerprint, path, 2)
    assert given.certificate_pem == pair.certificate_pem
    with pytest.raises(Refused, match="as long as it lies there"), house.database.writing() as db:
        services.new(db, house, world.authority, Purpose.SEAL, now)
    with house.database.writing() as db:
        services.retire(db, key_id=given.id, by=None, now=now)
    with pytest.raises(Refused, match="is retired"):
        at_hand(house, world, now)
    path.unlink()
    assert at_hand(house, world, now).id == made_here.id


@pytest.mark.parametrize("what", ["nothing", "credential", "no certificate", "another's certificate", "short"])
def test_what_is_laid_in_and_is_no_key_is_refused(house: House, world: World, now: datetime, what: str) -> None:
    one, other = (making.new_pair(Purpose.SEAL, authority="A", code="A", now=now) for _ in range(2))
    short = making._pair(rsa.generate_private_key(public_exponent=65537, key_size=1024), None)  # noqa: S505  as it must not be
    laid_in(
        house,
        {
            "nothing": b"",
            "credential": pem_of(making.new_pair(Purpose.CREDENTIAL, authority="A", code="A", now=now)),
            "no certificate": pem_of(making._pair(one.private, None)),
            "another's certificate": pem_of(making._pair(one.private, other.certificate_pem)),
            "short": pem_of(short),
        }[what],
    )
    with pytest.raises(Refused, match="RIVERMERE-seal"):
        at_hand(house, world, now)


def test_a_key_laid_in_the_place_of_another_signs(house: House, world: World, now: datetime) -> None:
    found = []
    for _ in range(2):
        pair = making.new_pair(Purpose.SEAL, authority="A", code="A", now=now)
        laid_in(house, pem_of(pair))
        key = at_hand(house, world, now)
        assert making._fingerprint(key.private()) == key.fingerprint == pair.fingerprint
        found.append(key)
    making.private_of.cache_clear()
    with pytest.raises(Refused, match="not the one it was"):
        found[0].private()


def test_another_authoritys_key_is_refused(house: House, world: World, now: datetime) -> None:
    pair = making.new_pair(Purpose.CREDENTIAL, authority="A", code="A", now=now)
    laid_in(house, pem_of(pair), "credential")
    at_hand(house, world, now, Purpose.CREDENTIAL)
    (house.settings.keys / "DYFFRYN-credential.pem").write_bytes(pem_of(pair))
    with pytest.raises(Refused, match="another authority"):
        services.at_hand(house, world.other_authority, Purpose.CREDENTIAL, now)


def test_a_folder_that_cannot_be_written_is_said(house: House, world: World, now: datetime) -> None:
    house.settings.keys.parent.mkdir(parents=True, exist_ok=True)
    house.settings.keys.write_text("a file")
    with pytest.raises(Refused, match=r"keys.*Not a directory"):
        at_hand(house, world, now)
    with house.database.reading() as db:
        assert db.scalar(select(func.count()).select_from(KeyRow)) == 0
