"""What our own check says to credentials: genuine ones in every form, altered ones, strange ones."""

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.credentials import badges, judging, pictures, queries, services
from lms.certification.credentials.judging import Judged, judge
from lms.certification.credentials.queries import Kept
from lms.certification.credentials.rules import Form
from lms.certification.keys import services as keys
from lms.certification.keys.services import Purpose
from lms.core.house import House
from tests.certification.credentials import issuing
from tests.world import World

Judge = Callable[[bytes | str | dict[str, Any]], Judged]


@pytest.fixture
def certificate_id(house: House, world: World, now: datetime) -> UUID:
    return issuing.made(house, world, now, lapses_on=date(2028, 6, 1))


@pytest.fixture
def kept(house: House, certificate_id: UUID) -> Kept:
    with house.database.reading() as db:
        found = queries.kept(db, certificate_id)
    assert found
    return found


@pytest.fixture
def document(kept: Kept) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(kept.document)
    return read


@pytest.fixture
def judged(house: House) -> Iterator[Judge]:
    with house.database.reading() as db:

        def ask(shown: bytes | str | dict[str, Any]) -> Judged:
            text = json.dumps(shown) if isinstance(shown, dict) else shown
            return judge(db, house, text.encode() if isinstance(text, str) else text)

        yield ask


def test_each_form_is_genuine(house: House, kept: Kept, judged: Judge) -> None:
    for form in Form:
        with house.database.reading() as db:
            made = services.handed_out(db, house, kept.certificate_id, form)
        assert made
        name, data = made
        assert name == f"{kept.number}.{form}"
        assert judged(data) == Judged(kept.number, genuine=True, altered=False, why=judging.GENUINE)


def test_how_it_is_laid_out_does_not_matter(document: dict[str, Any], kept: Kept, judged: Judge) -> None:
    for text in (
        json.dumps(document, indent=4, sort_keys=True),
        "\ufeff" + kept.document + "\r\n",
        f"\n {kept.token} \n",
        badges.into_png(pictures.png(), kept.token),
        badges.into_svg(pictures.svg(), kept.token),
    ):
        assert judged(text).genuine


CHANGES = {
    "what it was given for": lambda d: d.update(name="Care Certificate"),
    "what it proves": lambda d: d["credentialSubject"]["achievement"]["criteria"].update(narrative="Everything."),
    "the facts on the certificate": lambda d: d["evidence"][0].update(narrative="- Course: another"),
    "the day it counts from": lambda d: d.update(validFrom="2020-01-01T00:00:00Z"),
    "the day it ends": lambda d: d.pop("validUntil"),
    "who issued it": lambda d: d["issuer"].update(name="Harbourgate Council"),
    "whose it is": lambda d: d["credentialSubject"]["identifier"][0].update(salt="0"),
    "where it says whether it still counts": lambda d: d["credentialStatus"].pop(),
    "its signature": lambda d: d["proof"].update(created="2020-01-01T00:00:00Z"),
    "its own number": lambda d: d.update(id=f"urn:uuid:{uuid4()}"),
    "its picture": lambda d: d["credentialSubject"]["achievement"]["image"].update(id="https://example.org/x.png"),
    "something else in it": lambda d: d.update(more=1),
}


def test_an_altered_one_is_named_as_altered(kept: Kept, judged: Judge) -> None:
    for changed, change in CHANGES.items():
        document = json.loads(kept.document)
        change(document)
        text = json.dumps(document)
        said = Judged(kept.number, genuine=False, altered=True, why=judging.ALTERED, changed=(changed,))
        for data in (text, badges.into_png(pictures.png(), text), badges.into_svg(pictures.svg(), text)):
            assert judged(data) == said, changed


def test_without_its_signature_it_is_altered(document: dict[str, Any], kept: Kept, judged: Judge) -> None:
    del document["proof"]
    assert judged(document).changed == ("its signature",)


def test_one_letter_of_a_token_is_enough(kept: Kept, judged: Judge) -> None:
    """Wherever it is: what can be read of it is compared, what cannot be read is called damaged."""
    token = kept.token
    for at in range(0, len(token), 29):
        if token[at] == ".":
            continue
        other = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        said = judged(other)
        assert said.altered, at
        assert not said.genuine


def test_a_token_signed_by_somebody_else_is_altered(kept: Kept, judged: Judge) -> None:
    stolen = badges.Ed25519PrivateKey.generate()
    forged = badges.jwt.encode(badges.payload_of(kept.token) or {}, stolen, "EdDSA")
    assert judged(forged) == Judged(
        kept.number, genuine=False, altered=True, why=judging.ALTERED, changed=("its signature",)
    )


def test_what_our_own_key_signed_but_we_never_issued_is_not_genuine(
    house: House, world: World, now: datetime, document: dict[str, Any], judged: Judge
) -> None:
    key = keys.at_hand(house, world.authority, Purpose.CREDENTIAL, now)
    del document["proof"]
    document["name"] = "Care Certificate"
    method = document["issuer"]["id"] + "#" + key.fingerprint[:16]
    signed = badges.add_data_integrity_proof(document, key.private(), method)
    assert badges.sound(json.dumps(signed), key.public_pem)
    assert judged(signed).altered


def test_an_earlier_key_still_counts(house: House, world: World, now: datetime, kept: Kept) -> None:
    with house.database.writing() as db:
        keys.retire(db, key_id=kept.key.id, by=world.admin, now=now)
    with house.database.reading() as db:
        said = judge(db, house, kept.document.encode())
    assert (said.genuine, said.why) == (True, judging.OLD_KEY)


def test_a_day_that_has_not_come_is_said(house: House, world: World, now: datetime, judged: Judge) -> None:
    later = issuing.made(house, world, now, issued_on=now.date() + timedelta(days=2))
    with house.database.reading() as db:
        found = queries.kept(db, later)
    assert found
    for shown in (found.document, found.token):
        said = judged(shown)
        assert (said.genuine, said.altered, said.why) == (False, False, judging.NOT_YET)


def test_what_we_keep_is_checked_as_well(house: House, kept: Kept, document: dict[str, Any]) -> None:
    """Somebody changed the row and shows what it says now."""
    from lms.certification.credentials.models import Credential

    document["name"] = "Care Certificate"
    with house.database.writing() as db:
        db.get_one(Credential, kept.certificate_id).document = json.dumps(document)
    with house.database.reading() as db:
        said = judge(db, house, json.dumps(document).encode())
        assert (said.genuine, said.why) == (False, judging.BROKEN)
        with pytest.raises(Exception, match="did not stand our own check"):
            services.handed_out(db, house, kept.certificate_id, Form.JSON)


def test_somebody_elses_credential_is_not_ours(document: dict[str, Any], judged: Judge) -> None:
    text = json.dumps({**document, "id": f"urn:uuid:{uuid4()}"}).replace("PALMS-", "OTHER-")
    assert judged(text) == Judged(None, genuine=False, altered=False, why=judging.NOT_OURS)


STRANGE = [
    b"", b"hello", b"%PDF-1.7", b"{}", b"[]", b"{", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\nxxxx", b"<svg", b"<svg/>",
    b"<a><b></a>", b'<!DOCTYPE a [<!ENTITY b "c">]><svg>&b;</svg>', b"\xff\xfe{\x00}\x00", b"\x00" * 100,
    pictures.png(), pictures.svg(), b"<a>" * 3_000,
]  # fmt: skip


def test_what_holds_no_credential_is_no_credential(judged: Judge) -> None:
    for data in STRANGE:
        said = judged(data)
        assert (said.number, said.genuine) == (None, False), data[:20]
        assert said.why in {judging.NOTHING, judging.DAMAGED}, data[:20]
    assert judged(pictures.png()) == Judged(None, genuine=False, altered=False, why=judging.NOTHING)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_it(data: bytes) -> None:
    for beginning in (b"", b"{", b"<", b"\x89PNG\r\n\x1a\n", b"a.b.c"):
        services.seems_one(beginning + data)
        text = judging._text(beginning + data)
        if text:
            judging._number_in(judging._unpacked(text))
            judging._read(text)


HOSTILE = [
    b"[" * 100_000,
    b'{"a":' * 40_000,
    b'{"id": NaN}',
    b'{"id": 1e999}',
    b'{"id": "\\ud800"}',
    b'{"id": "urn:uuid:x", "id": "urn:uuid:y"}',
    b'{"id": ["urn:uuid:1"], "type": {}}',
    b'{"id": "urn:uuid:' + b"9" * 5000 + b'"}',
]


def test_hostile_json_is_answered(judged: Judge) -> None:
    assert not any(judged(data).genuine for data in HOSTILE)


def test_a_name_that_stands_twice_is_damaged(kept: Kept, judged: Judge) -> None:
    """Two readers could read two different things."""
    twice = kept.document[:-1] + ',"name":"Care Certificate"}'
    said = judged(twice)
    assert (said.number, said.altered, said.why) == (kept.number, True, judging.DAMAGED)


def test_two_credentials_in_one_picture_are_one_too_many(document: dict[str, Any], kept: Kept, judged: Judge) -> None:
    document["name"] = "Care Certificate"
    once = badges.into_png(pictures.png(), kept.document)
    for data in (
        badges.into_png(once, json.dumps(document)),
        badges.into_svg(badges.into_svg(pictures.svg(), kept.document), json.dumps(document)),
    ):
        said = judged(data)
        assert (said.genuine, said.altered, said.why) == (False, True, judging.MORE_THAN_ONE)


def test_what_is_too_large_is_not_read(judged: Judge) -> None:
    assert judged(b"{" + b" " * judging.LARGEST).why == judging.TOO_LARGE
    assert judged(b"{" + b" " * judging.LONGEST + b"}").why == judging.TOO_LARGE
    assert judged(pictures.png() + b" " * judging.LARGEST).why == judging.TOO_LARGE
    assert judged(b"<svg>" + b"<g/>" * judging.MOST_TAGS + b"</svg>").why == judging.TOO_LARGE


def test_a_picture_that_unpacks_without_end_is_refused(judged: Judge) -> None:
    bomb = zlib.compress(b"{" + bytes(30_000_000))
    chunk = b"openbadgecredential\x00\x01\x00\x00\x00" + bomb
    body = b"iTXt" + chunk
    picture = pictures.png()
    end = picture.rindex(b"IEND") - 4
    packed = len(chunk).to_bytes(4) + body + zlib.crc32(body).to_bytes(4)
    assert judged(picture[:end] + packed + picture[end:]).why == judging.NOTHING


def test_a_damaged_token_still_says_whose_it_was(kept: Kept, judged: Judge) -> None:
    head, payload, _signature = kept.token.split(".")
    read = base64.urlsafe_b64decode(payload + "==").decode()
    broken = base64.urlsafe_b64encode(read[:-1].encode()).decode().rstrip("=")
    said = judged(f"{head}.{broken}.AAAA")
    assert (said.number, said.altered, said.why) == (kept.number, True, judging.DAMAGED)
