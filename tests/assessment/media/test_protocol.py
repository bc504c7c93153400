"""Uploads that go on where they stopped: the protocol, whose upload it is, and what is refused before a byte comes."""

import base64
import hashlib
import io
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from lms.assessment.media import services, taking
from lms.assessment.media.halves import PIECE, ChecksumWrong, Halves, Lost, NoRoom, Taken
from lms.assessment.media.models import Upload
from lms.assessment.media.rules import KEPT_FOR, MB, Limits
from lms.assessment.media.tus import BadHeader, checksum, metadata, number
from lms.core.house import House
from tests.assessment.media import samples
from tests.assessment.media.conftest import PhoneOf
from tests.conftest import StandingClock
from tests.world import World

PHOTO = samples.photo()


def test_a_file_sent_in_pieces_is_whole_in_the_end(phone_of: PhoneOf, world: World) -> None:
    phone = phone_of(world.pa)
    begun = phone.begin(len(PHOTO))
    assert begun.status_code == 201
    assert begun.headers["Upload-Offset"] == "0"
    assert begun.headers["Tus-Resumable"] == "1.0.0"
    assert "Upload-Expires" in begun.headers
    at = begun.headers["Location"]
    first = phone.send(at, 0, PHOTO[:1000])
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    asked = phone.ask("HEAD", at)
    assert asked.status_code == 200
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("1000", str(len(PHOTO)))
    assert asked.headers["Cache-Control"] == "no-store"
    last = phone.send(at, 1000, PHOTO[1000:])
    assert last.headers["Upload-Offset"] == str(len(PHOTO))
    found = phone.ask("POST", f"{at}/look").get_json()
    assert (found["state"], found["kind"]) == ("ready", "Photo")
    assert phone.ask("POST", f"{at}/look").get_json() == found
    small = phone.browser.get(found["thumbnail"])
    assert small.mimetype == "image/jpeg"


def test_what_can_be_done_is_said_beforehand(phone_of: PhoneOf, world: World) -> None:
    answer = phone_of(world.pa).ask("OPTIONS", "/evidence/uploads")
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration,checksum"
    assert answer.headers["Tus-Max-Size"] == str(500 * MB)


def test_a_piece_that_does_not_fit_what_is_here_is_refused(phone_of: PhoneOf, world: World) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(100).headers["Location"]
    assert phone.send(at, 10, b"x" * 10).status_code == 409
    assert phone.send(at, 0, b"x" * 101).status_code == 413
    assert phone.send(at, 0, b"x" * 10, Content_Type="text/plain").status_code == 415
    assert phone.ask("PATCH", at, b"x", Upload_Offset="many").status_code == 400
    assert phone.ask("PATCH", at, b"x", Upload_Offset="0", Tus_Resumable="0.2").status_code == 412
    assert phone.ask("HEAD", at).headers["Upload-Offset"] == "0"


def test_a_piece_sent_twice_is_there_once(phone_of: PhoneOf, world: World) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    assert phone.send(at, 0, PHOTO).status_code == 204
    assert phone.send(at, 0, PHOTO).status_code == 409
    assert phone.send(at, len(PHOTO), b"").status_code == 204


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_that_came_damaged_is_not_kept(phone_of: PhoneOf, world: World, algorithm: str) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    right = f"{algorithm} {base64.b64encode(hashlib.new(algorithm, PHOTO).digest()).decode()}"
    assert phone.send(at, 0, b"y" + PHOTO[1:], Upload_Checksum=right).status_code == 460
    assert phone.ask("HEAD", at).headers["Upload-Offset"] == "0"
    assert phone.send(at, 0, PHOTO, Upload_Checksum="md5 abcd").status_code == 400
    assert phone.send(at, 0, PHOTO, Upload_Checksum=right).status_code == 204


def test_only_its_owner_knows_of_an_upload(phone_of: PhoneOf, world: World) -> None:
    mine, theirs = phone_of(world.pa), phone_of(world.second_pa)
    at = mine.begin(len(PHOTO)).headers["Location"]
    for method, path in (("HEAD", at), ("GET", at), ("PATCH", at), ("DELETE", at), ("POST", f"{at}/look")):
        assert theirs.ask(method, path, Upload_Offset="0").status_code == 404, method
        nobody = theirs.ask(method, path.replace(at, f"/evidence/uploads/{uuid4()}"), Upload_Offset="0")
        assert nobody.status_code == 404
    assert theirs.browser.get(f"{at}/thumbnail").status_code == 404
    assert mine.ask("HEAD", at).status_code == 200


def test_without_the_token_of_the_session_nothing_is_taken(phone_of: PhoneOf, world: World) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    phone.token = "somebody else's"
    assert phone.send(at, 0, PHOTO).status_code == 400
    assert phone.ask("DELETE", at).status_code == 400
    assert phone.begin(10).status_code == 400


def test_whoever_was_shown_no_form_cannot_begin(phone_of: PhoneOf, world: World) -> None:
    phone, other = phone_of(world.pa), phone_of(world.second_pa)
    phone.note = other.note
    assert phone.begin(len(PHOTO)).status_code == 404
    phone.note = str(world.authority)
    assert phone.begin(len(PHOTO)).status_code == 404


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"in_it": "not_agreed"}, "has not agreed, so it is not kept"),
        ({"in_it": "perhaps"}, "Say whether anybody else is in it"),
        ({"allowed": "no"}, "tick the box"),
        ({"kind": "program"}, "not a file that is taken here"),
    ],
)
def test_dignity_is_asked_for_before_a_byte_is_kept(
    phone_of: PhoneOf, world: World, house: House, told: dict[str, str], sentence: str
) -> None:
    answer = phone_of(world.pa).begin(len(PHOTO), **told)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert _uploads(house) == []
    assert list(taking.halves_of(house).lying_here()) == []


def test_an_authority_says_how_large_files_may_be(phone_of: PhoneOf, world: World, house: House, now: datetime) -> None:
    phone = phone_of(world.pa)
    assert phone.begin(11 * MB).status_code == 422
    assert phone.begin(0).status_code == 422
    small = Limits(photo=1, voice=2, video=3, document=1, a_day=3)
    with house.database.writing() as db:
        services.set_limits(db, id=uuid4(), authority_id=world.authority, limits=small, by=world.admin, now=now)
    answer = phone.begin(MB + 1)
    assert (answer.status_code, "larger than 1 MB" in answer.get_data(as_text=True)) == (422, True)
    assert phone.begin(2 * MB, kind="video").status_code == 201
    assert phone.begin(MB, kind="video").status_code == 201
    assert "within a day" in phone.begin(1).get_data(as_text=True)
    elsewhere = phone_of(world.other_pa, world.other_authority)
    assert elsewhere.begin(2 * MB).status_code == 201


def test_the_day_passes(phone_of: PhoneOf, world: World, house: House, clock: StandingClock) -> None:
    with house.database.writing() as db:
        services.set_limits(
            db,
            id=uuid4(),
            authority_id=world.authority,
            limits=Limits(photo=1, voice=1, video=1, document=1, a_day=1),
            by=world.admin,
            now=clock(),
        )
    assert phone_of(world.pa).begin(MB).status_code == 201
    assert phone_of(world.pa).begin(MB).status_code == 422
    clock.on(hours=25)
    assert phone_of(world.pa).begin(MB).status_code == 201


def test_an_upload_can_be_thrown_away(phone_of: PhoneOf, world: World, house: House) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    phone.send(at, 0, PHOTO[:100])
    assert phone.ask("DELETE", at).status_code == 204
    assert phone.ask("HEAD", at).status_code == 404
    assert phone.ask("DELETE", at).status_code == 404
    assert list(taking.halves_of(house).lying_here()) == []


def test_a_full_disk_keeps_nothing_half(
    phone_of: PhoneOf, world: World, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    assert phone.send(at, 0, PHOTO[:100]).status_code == 204

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lms.assessment.media.halves.os.fsync", full)
    answer = phone.send(at, 100, PHOTO[100:])
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert phone.ask("HEAD", at).headers["Upload-Offset"] == "100"
    part = taking.halves_of(house).part(UUID(at.rsplit("/", 1)[1]))
    assert part.stat().st_size == 100
    monkeypatch.undo()
    assert phone.send(at, 100, PHOTO[100:]).status_code == 204


def test_no_upload_begins_that_would_fill_the_disk(
    phone_of: PhoneOf, world: World, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = SimpleNamespace(free=100 * MB)
    monkeypatch.setattr("lms.assessment.media.halves.shutil.disk_usage", lambda _path: usage)
    assert phone_of(world.pa).begin(1000).status_code == 503
    assert _uploads(house) == []


class Breaks(io.RawIOBase):
    """A line that breaks off after some bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        found = self._data.read(size)
        if not found:
            raise ConnectionResetError
        return found


def test_a_line_that_breaks_off_keeps_what_came(tmp_path: Any) -> None:
    halves, upload = Halves(tmp_path / "u"), uuid4()
    halves.begin(upload, 10 * PIECE)
    reached = halves.receive(upload, 0, 10 * PIECE, Breaks(b"x" * (PIECE + 5)))  # type: ignore[arg-type]
    assert reached == PIECE + 5
    assert halves.part(upload).stat().st_size == PIECE + 5
    assert halves.receive(upload, reached, 10 * PIECE, io.BytesIO(b"y" * 7)) == PIECE + 12
    said = checksum({"Upload-Checksum": f"sha1 {base64.b64encode(b'no').decode()}"}.get)
    with pytest.raises(ChecksumWrong):
        halves.receive(upload, PIECE + 12, 10 * PIECE, Breaks(b"z" * 9), said)  # type: ignore[arg-type]
    assert halves.part(upload).stat().st_size == PIECE + 12


def test_what_came_after_the_last_note_is_sent_again(tmp_path: Any) -> None:
    halves, upload = Halves(tmp_path / "u"), uuid4()
    halves.begin(upload, 100)
    halves.receive(upload, 0, 100, io.BytesIO(b"a" * 50))
    assert halves.receive(upload, 20, 100, io.BytesIO(b"b" * 10)) == 30  # the power went before 50 was written down
    assert halves.part(upload).read_bytes() == b"a" * 20 + b"b" * 10
    with pytest.raises(Lost):
        halves.receive(upload, 40, 100, io.BytesIO(b"c"))


def test_two_cannot_write_the_same_upload(phone_of: PhoneOf, world: World, house: House) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    halves, upload = taking.halves_of(house), UUID(at.rsplit("/", 1)[1])
    with halves.alone(upload):
        assert phone.send(at, 0, PHOTO).status_code == 423
        with pytest.raises(Taken), halves.alone(upload):
            pass
    assert phone.send(at, 0, PHOTO).status_code == 204
    with halves.alone(upload):
        assert phone.ask("POST", f"{at}/look").status_code == 423


def test_no_room_is_said_as_such(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    halves, upload = Halves(tmp_path / "u"), uuid4()
    halves.begin(upload, 100)
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(122, "Disk quota exceeded")))
    with pytest.raises(NoRoom):
        halves.receive(upload, 0, 100, io.BytesIO(b"x"))
    assert halves.part(upload).stat().st_size == 0


def test_what_waited_too_long_is_thrown_away(
    phone_of: PhoneOf, world: World, house: House, clock: StandingClock
) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    phone.send(at, 0, PHOTO[:100])
    assert taking.sweep(house, clock()).expired == 0
    clock.on(days=KEPT_FOR.days)
    assert taking.sweep(house, clock()).expired == 1
    assert list(taking.halves_of(house).lying_here()) == []
    assert taking.sweep(house, clock()).expired == 0


def test_files_that_belong_to_nothing_are_thrown_away(house: House, world: World, now: datetime) -> None:
    halves, stray = taking.halves_of(house), uuid4()
    halves.begin(stray, 1)
    old = (now - timedelta(days=2)).timestamp()
    os.utime(halves.part(stray), (now.timestamp(), now.timestamp()))
    assert taking.sweep(house, now).stray == 0
    os.utime(halves.part(stray), (old, old))
    assert taking.sweep(house, now).stray == 1


def test_bytes_that_are_gone_are_asked_for_anew(phone_of: PhoneOf, world: World, house: House) -> None:
    phone = phone_of(world.pa)
    at = phone.begin(len(PHOTO)).headers["Location"]
    phone.send(at, 0, PHOTO[:100])
    taking.halves_of(house).drop(UUID(at.rsplit("/", 1)[1]))
    assert phone.ask("HEAD", at).status_code == 404
    assert phone.send(at, 100, PHOTO[100:]).status_code == 404


def test_somebody_can_have_only_so_many_open(phone_of: PhoneOf, world: World) -> None:
    phone = phone_of(world.pa)
    for _ in range(30):
        assert phone.begin(10).status_code == 201
    assert phone.begin(10).status_code == 422


@pytest.mark.parametrize("said", ["a b", "a !!!", "a YQ==,a YQ==", "x" * 5000, "a AA=="])
def test_metadata_nobody_can_use_is_refused(said: str) -> None:
    with pytest.raises(BadHeader):
        metadata({"Upload-Metadata": said}.get)


@pytest.mark.parametrize("said", ["", "-1", "1.5", "１", "9" * 20])
def test_a_number_is_a_number(said: str) -> None:
    with pytest.raises(BadHeader):
        number({"Upload-Length": said}.get, "Upload-Length")


def test_the_database_itself_keeps_offsets_inside(house: House, world: World, sent: Callable[..., UUID]) -> None:
    from sqlalchemy.exc import IntegrityError

    upload = sent(PHOTO)
    with house.database.unit(writing=True) as db, pytest.raises(IntegrityError):
        db.execute(update(Upload).where(Upload.id == upload).values(offset=Upload.length + 1))


def _uploads(house: House) -> list[UUID]:
    with house.database.reading() as db:
        return list(db.scalars(select(Upload.id)))
